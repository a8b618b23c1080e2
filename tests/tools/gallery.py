"""The gallery: every component in every state, with the appearance and the text size to switch.

python -m tests.tools.gallery            the window
python -m tests.tools.gallery --renew    make the pictures that tests/ui/test_gallery.py keeps
"""

import argparse
import os
import sys
from pathlib import Path

if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import cast

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget

from desktop.settings import Theme as Appearance
from desktop.ui.preferences import SCALES, Motion
from desktop.ui.theme import fonts, tokens
from desktop.ui.theme.theme import Theme, qt_application
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.segments import Segments
from tests.tools.exhibits import EXHIBITS, framed

PICTURES = Path(__file__).resolve().parents[1] / "ui" / "pictures"
APPEARANCES: tuple[Appearance, ...] = ("light", "dark", "contrast")
"""What a kept picture shows, one below the other."""
SHRUNK = 0.5
"""Kept at half the size: small files, and what differs in the rendering of letters blurs away."""


class Gallery(QMainWindow):
    """Every exhibit below the other, under the switches."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Gallery")
        looks = Segments(
            [(one, one.title()) for one in ("light", "dark", "contrast")], "Appearance"
        )
        looks.choose(theme.appearance)
        looks.chosen.connect(lambda key: theme.show(appearance=cast("Appearance", key)))
        sizes = Segments([(str(one), f"{one:.0%}") for one in SCALES], "Text size")
        sizes.chosen.connect(lambda key: theme.show(scale=float(key)))
        moves = Segments([("system", "Motion"), ("less", "Less")], "Motion")
        moves.chosen.connect(lambda key: theme.show(motion=cast("Motion", key)))
        turns = Segments([("ltr", "Left to right"), ("rtl", "Right to left")], "Direction")
        turns.chosen.connect(_turn)
        inside = column(gap=tokens.SPACE_3, margins=(24, 24, 24, 24))
        for name, build in EXHIBITS.items():
            for part in (
                label(name, "title"),
                label((build.__doc__ or "").strip(), "soft"),
                build(),
            ):
                inside.addWidget(part)
            inside.addSpacing(tokens.SPACE_6)
        whole = column(row(looks, sizes, moves, turns, None, margins=(24, 12, 24, 0)))
        whole.addWidget(scrolling(holding(inside)), 1)
        self.setCentralWidget(holding(whole, "content"))
        self.resize(980, 820)

    def press(self, key: str) -> None:
        """Press the switch with this key."""
        found = self.findChild(QAbstractButton, key)
        assert found is not None, key
        found.click()


def _turn(key: str) -> None:
    right_to_left = key == "rtl"
    directions = Qt.LayoutDirection
    QApplication.setLayoutDirection(
        directions.RightToLeft if right_to_left else directions.LeftToRight
    )


def determinate(theme: Theme) -> None:
    """Make what is painted the same everywhere: our own face, no motion, one region."""
    fonts.bring()
    QLocale.setDefault(QLocale("en_US"))
    theme.show(motion="less", scale=1.0)


def picture(name: str, theme: Theme) -> QImage:
    """The exhibit `name` in every appearance that is kept, one below the other, shrunk."""
    shots = []
    for appearance in APPEARANCES:
        theme.show(appearance=appearance)
        shots.append(shot(framed(name)))
    whole = QImage(
        QSize(max(one.width() for one in shots), sum(one.height() for one in shots)),
        QImage.Format.Format_RGB32,
    )
    painter, top = QPainter(whole), 0
    for one in shots:
        painter.drawImage(0, top, one)
        top += one.height()
    painter.end()
    return whole.scaled(
        whole.size() * SHRUNK,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def settle() -> None:
    """Have every layout and every style take its place."""
    for _ in range(4):  # a wrapped label asks for its height once its width is known, and so on
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def shot(frame: QWidget) -> QImage:
    """A picture of `frame` as a person would see it, with the focus where it comes to be."""
    frame.show()
    settle()
    image = frame.grab().toImage()
    frame.close()
    frame.deleteLater()
    return image


def renew(theme: Theme) -> int:
    """Make every picture anew; returns how many there are."""
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.png"):
        old.unlink()
    determinate(theme)
    for name in EXHIBITS:
        picture(name, theme).convertToFormat(QImage.Format.Format_RGB888).save(
            str(PICTURES / f"{name}.png")
        )
    return len(EXHIBITS)


def main() -> int:
    """Open the gallery, or renew its pictures; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--renew", action="store_true", help="make the kept pictures anew")
    wanted = arguments.parse_args()
    application = qt_application(sys.argv)
    if wanted.renew:
        fonts.NATIVE.clear()
        theme = Theme(application, "light", motion="less")
        print(f"{renew(theme)} pictures in {PICTURES.name}; look at them before you keep them")
        return 0
    window = Gallery(Theme(application, "light"))
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
