"""What is asked of every stop of a walk, in one language, at one size, in one appearance.

A page keeps the words it was built with, hence a window is opened anew for each language. The
school is made once.
"""

import importlib
import json
import pkgutil
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QWidget,
)

from desktop import ui
from desktop.settings import Theme as Appearance
from desktop.storage.sql import Connection
from desktop.ui import language, strings
from desktop.ui.page import Page
from desktop.ui.shell.window import MainWindow
from desktop.ui.widgets.table import Table
from tests.tools import translations
from tests.ui import accessibility, keyboard, legibility, pseudo, sync_desk
from tests.ui.driving import click, in_front, opened, said, until, visible
from tests.ui.walk import pages, sheets, states
from tests.ui.walk.going import Stop, go, opened_dialog, settled

LAPTOP = (1366, 768)
"""The smallest screen that schools still buy."""
LANGUAGES = ("en", "es", "german", "arabic")
"""Two that people speak, a longer German that nobody speaks, and an Arabic that nobody reads."""


@dataclass(frozen=True)
class Look:
    """How the window is looked at."""

    language: str = "en"
    scale: float = 1.0
    appearance: Appearance = "light"
    closely: bool = False
    """Names, roles, reach, targets and the keyboard too, which no language or colour changes."""

    def __str__(self) -> str:
        return f"{self.language}, {self.scale:.0%}, {self.appearance}"


@dataclass
class Walk:
    """What one walk came by, and what it found."""

    look: Look
    faults: list[str] = field(default_factory=list)
    stops: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    """The classes of every widget that was in sight."""


async def walk(profile: Path, look: Look, only: str = "") -> Walk:
    """Go everywhere, or where `only` is in the name of the stop, and look at it.

    `profile` is the folder of the sample school; whoever comes first makes it.
    """
    made = Walk(look)
    data = ""
    async with opened(profile) as window:
        await _at_home(window)
        window.resize(*LAPTOP)
        assert window.desk is not None
        data = window.desk.services.ask(_everything).result() + OWN_WORDS
        window.theme.show(scale=look.scale, appearance=look.appearance)
        await in_front(window)
        async for name, root in _stops(window, profile):
            if only not in name:
                continue
            made.stops.append(name)
            seen = accessibility.in_sight(root)
            made.kinds |= {cls.__name__ for one in seen for cls in type(one).__mro__}
            made.faults += [f"{name}: {fault}" for fault in faults(root, look, data)]
        window.theme.show(scale=1.0, appearance="light")
    return made


async def _stops(window: MainWindow, profile: Path) -> AsyncIterator[Stop]:
    async for stop in pages.every(window):
        yield stop
    async for stop in sheets.every(window, profile):
        yield stop
    async for stop in states.every(window.theme, LAPTOP):
        yield stop


async def _at_home(window: MainWindow) -> None:
    """In the sample school with a lesson that was made, changed and pushed, made if need be."""
    await until(lambda: window.here is not None or visible(window, "choose-sample"), "a page")
    fresh = window.here is None
    if fresh:
        click(window, "choose-sample")
        await until(lambda: window.here is not None or said(window), "Today")
        assert window.here is not None, said(window)
    # The words beside it are of one language or another; the tick is the same in all.
    await until(lambda: window.status._sync.icon_name == "check", "the first sync")
    await settled(window)
    if window.tour is not None:
        window.tour.end()
    if fresh:
        await _furnish(window)


async def _furnish(window: MainWindow) -> None:
    studio = await go(window, "studio")
    click(studio, "practice")
    await until(lambda: window.status._studio.icon_name == "check", "Studio")
    page = await go(window, "generate")
    page.wish.sentence.setText(pages.WISH)
    click(page, "make")
    await until(lambda: visible(page, "save-and-push"), "the lesson")
    click(page, "save-and-push")
    async with opened_dialog() as dialog:
        click(dialog, "push-now")
        await until(lambda: window.here is not None and window.here.screen == "studio", "Studio")
    await until(lambda: studio.findChildren(QAbstractButton, "undo"), "the verified push")
    lesson = await pages.open_lesson(window)
    editor = await go(window, "edit-lesson", lesson.subject)
    editor._form.write(("title",), pages.KEPT)
    await editor._save()
    lesson = await pages.open_lesson(window, pages.KEPT)
    click(lesson, "approve")
    await until(lambda: not visible(lesson, "approve"), "the approval")


def faults(root: QWidget, look: Look, data: str = "") -> Iterator[str]:
    """What is wrong with what is in sight in `root`, in sentences; `data` is no fault."""
    yield from legibility.clipped(root)
    if look.scale == 1.0 or look.appearance != "light":
        yield from legibility.pale(root)
    if look.closely:
        yield from accessibility.unnamed(root)
        yield from accessibility.wrong_roles(root)
        yield from accessibility.too_small(root)
        yield from accessibility.by_colour_alone(root)
        if isinstance(root, (QMainWindow, QDialog)):
            # With real keys: asked for the whole chain of the focus, PySide loses menus' actions.
            yield from keyboard.traps(root)
    if look.language == "german":
        yield from _escaped(root, data)
    if look.language == "arabic" and isinstance(root, MainWindow) and root.desk is not None:
        yield from _not_mirrored(root)


def left_out(walks: Iterable[Walk]) -> list[str]:
    """The pages and dialogs of the program that no walk came by."""
    for one in pkgutil.walk_packages(ui.__path__, f"{ui.__name__}."):
        importlib.import_module(one.name)
    seen = frozenset().union(*(one.kinds for one in walks))
    known = {*_below(Page), *_below(QDialog)}
    return sorted(
        f"{one.__module__}.{one.__name__}"
        for one in known
        if one.__module__.startswith(ui.__name__) and one.__name__ not in seen
    )


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


@contextmanager
def spoken(application: QApplication, code: str) -> Iterator[None]:
    """Everything that is built inside speaks one of `LANGUAGES`."""
    before = QLocale()
    if code in ("en", "es"):
        language.speak(application, code)
    else:
        strings.install(getattr(pseudo, code))
    if code == "arabic":
        QLocale.setDefault(QLocale("ar_EG"))
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        yield
    finally:
        strings.install(None)
        QLocale.setDefault(before)
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


OWN_WORDS = "".join(
    Path(str(one.__file__)).read_text(encoding="utf-8")
    for one in (pages, sheets, states, sync_desk)
)
"""What a walk itself puts into the window is as good as data."""
SENTENCES = frozenset().union(*(pseudo.words(one.text) for one in translations.sentences()))
"""Every word that the window says of its own."""


def _escaped(root: QWidget, data: str) -> list[str]:
    """Words of the window's own that nobody translated; `data` is everything the school holds."""
    found = []
    for widget in accessibility.in_sight(root):
        for text in _texts(widget):
            for part in re.split(r"<[^>]+>|[·•|→\n]|: |\. ", pseudo.untranslated(text)):
                # A title may be cut short; one word alone is a key or an address.
                known = part.strip(" .:…") in data or " " not in part.strip()
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
