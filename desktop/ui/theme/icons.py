"""Our icons (resources/icons), painted in whatever colour the theme gives."""

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import resources
from desktop.ui.theme import tokens

FOLDER = resources.path("icons")
SIZE_PX = tokens.ICON_PX


POINTING = frozenset({"back", "chevron-left", "chevron-right", "undo"})
"""Icons that point along the line of the text; from right to left they are mirrored."""


@functools.lru_cache(maxsize=256)
def icon(
    name: str,
    colour: str,
    *,
    size: int = SIZE_PX,
    chosen: str | None = None,
    left: int = 0,
    right: int = 0,
    mirrored: bool = False,
) -> QIcon:
    """The icon `name` in `colour`, and in `chosen` while its button is checked.

    `left` and `right` are pixels of air beside it: Qt sets icon and words too close together.
    `mirrored` turns one that points, for text that runs from right to left.
    """
    made = QIcon()
    for scale in (1, 2):
        drawn = pixmap(name, colour, size, scale, mirrored=mirrored)
        made.addPixmap(_aired(drawn, size, scale, left, right))
        if chosen is not None:
            drawn = pixmap(name, chosen, size, scale, mirrored=mirrored)
            on = (QIcon.Mode.Normal, QIcon.State.On)
            made.addPixmap(_aired(drawn, size, scale, left, right), *on)
    return made


def _aired(drawn: QPixmap, size: int, scale: int, left: int, right: int) -> QPixmap:
    if not left and not right:
        return drawn
    whole = QPixmap((size + left + right) * scale, size * scale)
    whole.setDevicePixelRatio(scale)
    whole.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(whole)
    painter.drawPixmap(left, 0, drawn)
    painter.end()
    return _without_engine(whole)


@functools.lru_cache(maxsize=512)
def pixmap(
    name: str, colour: str, size: int, scale: float = 1.0, *, mirrored: bool = False
) -> QPixmap:
    """The icon `name` in `colour`, `size` device-independent pixels wide."""
    picture = QPixmap(round(size * scale), round(size * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(picture)
    if mirrored and name in POINTING:
        painter.translate(size, 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(_source(name, colour))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return _without_engine(picture)


def _without_engine(painted: QPixmap) -> QPixmap:
    """The same picture in a third of the memory: Qt keeps what painted a pixmap as long as it."""
    return painted.copy()


def _source(name: str, colour: str) -> bytes:
    text = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("#000", colour).encode()
