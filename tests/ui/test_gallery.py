"""Every component looks as it is kept, and changes its appearance while it is on screen.

A picture that changed on purpose is made anew by `python3 dev.py gallery --renew`: look at it, then
commit it. What the test saw lies beside its temporary files, named in the failure.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.theme import fonts
from desktop.ui.theme.theme import Theme
from tests.tools import gallery
from tests.tools.exhibits import EXHIBITS, framed
from tests.ui import pictures


@pytest.fixture
def still(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theme]:
    """The theme as the pictures were made: our own face on every system, no motion, one region."""
    before = QLocale()
    monkeypatch.setattr(fonts, "NATIVE", {})
    gallery.determinate(theme)
    yield theme
    QLocale.setDefault(before)
    theme.show(appearance="light", motion="system")


@pytest.mark.parametrize("name", EXHIBITS)
def test_a_component_looks_as_it_is_kept(
    name: str, still: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    seen = gallery.picture(name, still)
    differs = pictures.difference(seen, pictures.read(gallery.PICTURES / f"{name}.png"))
    if differs:
        seen.save(str(tmp_path / f"{name}.png"))
    assert not differs, f"{name}: {differs}; seen: {tmp_path}; renew: dev.py gallery --renew"


def test_every_kept_picture_has_its_component() -> None:
    assert {file.stem for file in gallery.PICTURES.glob("*.png")} == set(EXHIBITS)


def test_a_picture_tells_a_lost_icon_and_another_colour_but_no_other_rendering_of_letters(
    still: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    kept = pictures.read(gallery.PICTURES / "buttons.png")
    hurt = kept.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(hurt)
    painter.fillRect(150, 40, 10, 10, QColor(kept.pixelColor(120, 2)))  # as large as an icon here
    painter.fillRect(150, 17, 14, 10, QColor("#1d6a42"))
    painter.end()
    assert pictures.difference(hurt, kept)
    font = QFont(qapp.font())
    font.setHintingPreference(QFont.HintingPreference.PreferFullHinting)
    font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    qapp.setFont(font)
    assert not pictures.difference(gallery.picture("buttons", still), kept)


@pytest.mark.parametrize("name", EXHIBITS)
def test_a_component_on_screen_keeps_no_old_colour(name: str, still: Theme, qtbot: QtBot) -> None:
    changed = framed(name)
    qtbot.addWidget(changed)
    changed.show()
    gallery.settle()
    still.show(appearance="dark")
    gallery.settle()
    seen = changed.grab().toImage()
    changed.close()
    assert not pictures.difference(seen, gallery.shot(framed(name)))


def test_the_gallery_shows_every_component_and_switches_while_it_is_open(
    still: Theme, qtbot: QtBot, qapp: QApplication
) -> None:
    window = gallery.Gallery(still)
    qtbot.addWidget(window)
    window.show()
    for key in ("dark", "contrast", "1.5", "rtl", "ltr", "1.0", "light"):
        window.press(key)
        assert not window.grab().isNull()
    assert still.appearance == "light"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight
