"""Compares pictures as an eye does that stands a little back: by small fields, not by pixels."""

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

FIELD_PX = 8
"""The side of a field: how letters are rendered differs between systems, its tone hardly does."""
MOST_IN_A_FIELD = 26.0
"""Of 255. An icon that is gone or a colour of another role is well above it."""
MOST_IN_ALL = 2.0


def difference(one: QImage, other: QImage) -> str:
    """What differs between two pictures in words, or "" where an eye would see none."""
    if one.size() != other.size():
        sizes = [f"{size.width()} by {size.height()}" for size in (one.size(), other.size())]
        return f"the size is {sizes[0]}, not {sizes[1]}"
    apart = np.abs(_fields(one) - _fields(other)).max(axis=2)
    worst = np.unravel_index(apart.argmax(), apart.shape)
    if apart[worst] > MOST_IN_A_FIELD:
        row, column = (int(at) * FIELD_PX for at in worst)
        return f"it differs by {apart[worst]:.0f} around x {column}, y {row}"
    if apart.mean() > MOST_IN_ALL:
        return f"it differs by {apart.mean():.1f} all over"
    return ""


def read(file: Path) -> QImage:
    """A kept picture.

    Raises:
        AssertionError: there is none, or it cannot be read.
    """
    image = QImage(str(file))
    assert not image.isNull(), f"{file.name} is missing: python -m tests.tools.gallery --renew"
    return image


def _fields(image: QImage) -> np.ndarray:
    """The mean colour of each field."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width = plain.height(), plain.width()
    lines = np.frombuffer(plain.constBits(), np.uint8).reshape(height, plain.bytesPerLine())
    pixels = lines[:, : width * 3].reshape(height, width, 3).astype(float)
    tall, wide = -(-height // FIELD_PX) * FIELD_PX, -(-width // FIELD_PX) * FIELD_PX
    padded = np.pad(pixels, ((0, tall - height), (0, wide - width), (0, 0)), mode="edge")
    cut = padded.reshape(tall // FIELD_PX, FIELD_PX, wide // FIELD_PX, FIELD_PX, 3)
    return cut.mean(axis=(1, 3))
