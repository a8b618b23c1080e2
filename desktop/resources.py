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


def document(name: str) -> str:
    """The text of a document (`docs/teachers.md`, `docs/news.md`) that ships with the program.

    Raises:
        FileNotFoundError: this copy of the program was put together without it.
    """
    return (_base() / name).read_text(encoding="utf-8")


def _root() -> Path:
    return _base() / _FOLDER


def _base() -> Path:
    unpacked = getattr(sys, "_MEIPASS", None)
    return Path(unpacked) if unpacked else Path(__file__).resolve().parent.parent
