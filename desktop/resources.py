"""Finds the files that ship beside the program: in a checkout, and inside a frozen app."""

import sys
from pathlib import Path

_FOLDER = "resources"


def path(name: str) -> Path:
    """Where the resource `name` (`studio_plugin`, `icons/app.svg`) lies.

    Raises:
        FileNotFoundError: this copy of the program was put together without it.
    """
    found = _root() / name
    if not found.exists():
        raise FileNotFoundError(f"The program's own file {name} is missing: {found}")
    return found


def _root() -> Path:
    unpacked = getattr(sys, "_MEIPASS", None)
    base = Path(unpacked) if unpacked else Path(__file__).resolve().parent.parent
    return base / _FOLDER
