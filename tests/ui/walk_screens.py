"""Every screen of the real window, in every language and size: named, reachable, readable, whole.

One school is made once and opened anew for each language, since a page keeps the words it was
built with.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from desktop.storage.sql import Connection
from desktop.ui import language, loop, strings
from desktop.ui.shell.window import MainWindow
from desktop.ui.widgets.table import Table
from tests.tools import translations
from tests.ui import accessibility, keyboard, legibility, pseudo, screens
from tests.ui.driving import click, in_front, opened, quiet, until

pytestmark = pytest.mark.timeout(300)


LAPTOP = (1366, 768)
"""The smallest screen that schools still buy."""


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample school; whoever comes first makes it."""
    return tmp_path_factory.mktemp("school")


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    """The application, as it was before afterwards."""
    before = QLocale()
    yield qapp
    strings.install(None)
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


async def at_home(window: MainWindow) -> None:
    """In the sample school, which is made if it is not there yet."""
    await until(lambda: window.here is not None or _choice(window), "the first page")
    if window.here is None:
        click(window, "choose-sample")
        await until(lambda: window.here is not None, "Today")
    # The words beside it are of one language or another; the tick is the same in all.
    await until(lambda: window.status._sync.icon_name == "check", "the first sync")
    await quiet(window)


def _choice(window: MainWindow) -> bool:
    found = window.findChild(QWidget, "choose-sample")
    return found is not None and found.isVisible()


def _of(screen: str, faults: list[str]) -> list[str]:
    return [f"{screen}: {fault}" for fault in faults]


def test_every_screen_can_be_named_reached_pressed_and_read(
    profile: Path, spoken: QApplication
) -> None:
    assert loop.run(spoken, _look_closely(profile)) == []


async def _look_closely(profile: Path) -> list[str]:
    faults: list[str] = []
    async with opened(profile) as window:
        await at_home(window)
        await in_front(window)
        async for screen in screens.every(window):
            faults += _of(screen, [
                *accessibility.unnamed(window), *accessibility.wrong_roles(window),
                *accessibility.out_of_reach(window), *accessibility.too_small(window),
                *accessibility.by_colour_alone(window), *legibility.pale(window),
                *keyboard.traps(window),
            ])  # fmt: skip
        async for name, sheet in screens.every_sheet(window):
            faults += _of(name, [
                *accessibility.unnamed(sheet), *accessibility.wrong_roles(sheet),
                *accessibility.too_small(sheet), *legibility.pale(sheet),
                *legibility.clipped(sheet), *keyboard.traps(sheet),
            ])  # fmt: skip
            sheet.close()
        for appearance in ("dark", "contrast"):
            window.theme.show(appearance=appearance)  # type: ignore[arg-type]
            async for screen in screens.every(window):
                faults += _of(f"{screen}, {appearance}", legibility.pale(window))
        window.theme.show(appearance="light")
    return sorted(set(faults))


@pytest.mark.parametrize("spoken_here", ["en", "es", "german", "arabic"])
def test_every_screen_has_room_for_its_words_at_twice_the_size(
    spoken_here: str, profile: Path, spoken: QApplication
) -> None:
    _speak(spoken, spoken_here)
    assert loop.run(spoken, _look_for_room(profile, spoken_here)) == []


async def _look_for_room(profile: Path, spoken_here: str) -> list[str]:
    faults: list[str] = []
    async with opened(profile) as window:
        await at_home(window)
        window.resize(*LAPTOP)
        assert window.desk is not None
        data = window.desk.services.ask(_everything).result()
        for scale in (1.0, 2.0):
            window.theme.show(scale=scale)
            async for screen in screens.every(window):
                faults += _of(f"{screen} at {scale:.0%}", legibility.clipped(window))
                if spoken_here == "german":
                    faults += _of(screen, _escaped(window, data))
                if spoken_here == "arabic":
                    faults += _of(screen, _not_mirrored(window))
        window.theme.show(scale=1.0)
    return sorted(set(faults))


def _speak(application: QApplication, code: str) -> None:
    if code in ("en", "es"):
        language.speak(application, code)
    else:
        strings.install(getattr(pseudo, code))
    if code == "arabic":
        QLocale.setDefault(QLocale("ar_EG"))
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


SENTENCES = frozenset().union(*(pseudo.words(one.text) for one in translations.sentences()))
"""Every word that the window says of its own."""


def _escaped(window: MainWindow, data: str) -> list[str]:
    """Words of the window's own that nobody translated; `data` is everything the school holds."""
    found = []
    for widget in accessibility.in_sight(window):
        for text in _texts(widget):
            for part in re.split(r"[·•|→]|: |\. ", pseudo.untranslated(text)):
                known = part.strip(" .:…") in data  # a title may be cut short
                if len(pseudo.words(part) & SENTENCES) >= 2 and not known:
                    found.append(f"{accessibility.called(widget)} says “{part}” in no language")
    return found


def _everything(connection: Connection) -> str:
    """Every word of every record, as a page may show it."""
    found = connection.execute("SELECT local FROM record WHERE local <> ''")
    return " ".join(text for (one,) in found for text in _strings(json.loads(one)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _texts(widget: QWidget) -> Iterator[str]:
    """What of a widget is seen or spoken; what was typed is a person's own."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, Table):
        yield from (column.title for column in widget.rows.columns)


def _not_mirrored(window: MainWindow) -> list[str]:
    """What still stands where it stands for text that runs from left to right."""
    found = []
    if window.sidebar.x() < window.pages.x():
        found.append("the side bar is on the left")
    page = window.pages.currentWidget()
    header = page.header  # type: ignore[attr-defined]
    beside = header._actions.geometry().top() < header.title.geometry().bottom()
    title_x = header.title.mapTo(header, header.title.rect().topLeft()).x()
    if header._actions.isVisible() and beside and header._actions.x() > title_x:
        found.append("the page's actions are right of its title")
    for table in page.findChildren(Table):
        shown = [at for at in range(len(table.rows.columns)) if not table.isColumnHidden(at)]
        places = [table.columnViewportPosition(at) for at in shown]
        if table.isVisible() and places != sorted(places, reverse=True):
            found.append(f"the columns of {accessibility.called(table)} run to the right")
    return found
