"""Asks for a file on this computer beside the work, in the system's own dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog


def ask(dialog: QFileDialog, chosen: Callable[[Path], object]) -> None:
    """Open `dialog`, hand the file to `chosen` if one is chosen, and let the dialog go."""
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
