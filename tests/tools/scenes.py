"""Every screen of the window, every tab of it and everything that opens over it, by name.

A scene brings something into sight and says what is to be seen. Each begins wherever the one before
ended, so they can be taken in any order; what the account does not have is `Absent`.
"""

import asyncio
import functools
import unittest.mock
from asyncio import wrap_future
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QDialog, QRadioButton, QWidget

from desktop.actions.classes import create_class
from desktop.sentences import say
from desktop.storage.errors import DiskFull, LockedCache
from desktop.storage.lesson_jobs import StoredJob
from desktop.storage.queries import classes
from desktop.storage.queries.lessons import lesson_library
from desktop.ui.routes import SCREENS, Route
from desktop.ui.shell.deeds import Deeds
from desktop.ui.shell.window import MainWindow
from desktop.ui.strings import shown
from desktop.ui.welcome import trouble
from desktop.ui.welcome.trouble_view import Ways
from desktop.ui.welcome.view import WelcomePage
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.table import Table
from tests.ui import planted
from tests.ui.driving import button, choose_more, quiet, until

ROSTER = (
    "First name,Last name,Email\nAda,Lovelace,ada@school.example\n"
    "Grace,Hopper,grace@school.example\n,,nameless@school.example\n"
    "Alan,Turing,alan@school\nAda,Lovelace,ada@school.example\n"
)
WISH = "fractions on a number line, grade 4"
CALM_S = 0.3
"""By then lines have broken, animations have ended, and what was pressed has been painted."""


class Absent(Exception):
    """The account has nothing of the kind."""


@dataclass(frozen=True)
class Stage:
    """The window that is photographed, and a folder for files that scenes need."""

    window: MainWindow
    folder: Path

    async def go(self, screen: str, subject: str = "") -> Any:
        """Come to a screen, and wait until it has loaded; each has parts of its own."""
        self.window.go(Route(screen, subject))
        page = await quiet(self.window)
        await asyncio.sleep(CALM_S)
        return page

    async def press(self, root: QWidget, name: str) -> None:
        """Press a button, and wait for what follows."""
        button(root, name).click()
        await asyncio.sleep(CALM_S)
        await quiet(self.window)

    async def dialog(self) -> QDialog:
        """What opened over the window."""
        await until(lambda: isinstance(QApplication.activeModalWidget(), QDialog), "the dialog")
        await asyncio.sleep(CALM_S)
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    async def ask(self, query: Callable[..., Any], *args: Any) -> Any:
        """Ask the cache."""
        return await wrap_future(_services(self).ask(query, *args))

    async def a_class(self) -> str:
        """The class with the most students; a school without any gets one."""
        found = await self.ask(classes.class_list)
        if found:
            return str(max(found, key=lambda one: one.students).id)
        return str(await wrap_future(_services(self).act(create_class, "5B")))

    async def a_lesson(self) -> str:
        """A lesson that has a package."""
        for one in await self.ask(lesson_library):
            if one.questions:
                return str(one.id)
        raise Absent


Scene = Callable[[Stage], Awaitable[QWidget | None]]
"""Returns what alone is to be seen; None for the window with what lies over it."""


async def _screen(stage: Stage, screen: str, subject: str = "") -> None:
    await stage.go(screen, subject)


async def _end_of(stage: Stage, screen: str, share: float) -> None:
    """A long page, scrolled down."""
    page = await stage.go(screen)
    bars = [one.verticalScrollBar() for one in page.findChildren(QAbstractScrollArea)]
    bar = max(bars, key=lambda one: one.maximum())
    bar.setValue(round(bar.maximum() * share))
    await asyncio.sleep(CALM_S)


async def _class(stage: Stage, tab: str) -> Any:
    page = await stage.go("class", await stage.a_class())
    await stage.press(page, tab)
    return page


async def _class_tab(stage: Stage, tab: str) -> None:
    await _class(stage, tab)


async def _over_roster(stage: Stage, name: str) -> None:
    """With two students picked, press a button of the class."""
    page = await _class(stage, "roster")
    table = _table(page)
    table.pick(1)
    await stage.press(page, name)
    await stage.dialog()


async def _grade_story(stage: Stage) -> None:
    page = await _class(stage, "grades")
    _table(page).pick(0)
    await stage.press(page, "grade-story")
    await stage.dialog()


async def _import(stage: Stage) -> None:
    page = await _class(stage, "roster")
    roster = stage.folder / "class-list.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    page.take_in(str(roster))
    await stage.dialog()


async def _over_library(stage: Stage, name: str) -> None:
    """With three lessons chosen, press a button below the table; no button: only choose."""
    page = await stage.go("lessons")
    page._show_all()
    table = _table(page)
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for at in range(3):
        table.selectionModel().select(table.rows.index(at, 0), flags.Select | flags.Rows)
    await asyncio.sleep(CALM_S)
    if name:
        await stage.press(page, name)
        await stage.dialog()


async def _nothing_found(stage: Stage) -> None:
    page = await stage.go("lessons")
    _table(page)
    page._find.setText("zzz")
    await asyncio.sleep(CALM_S)


async def _lesson(stage: Stage, tab: str) -> Any:
    page = await stage.go("lesson", await stage.a_lesson())
    await stage.press(page, tab)
    return page


async def _lesson_tab(stage: Stage, tab: str) -> None:
    page = await _lesson(stage, tab)
    view = page._lesson
    if tab in ("world", "studio"):
        await until(lambda: view._built is not None, "the world")
        await asyncio.sleep(CALM_S)


async def _quiz_answered(stage: Stage) -> None:
    page = await _lesson(stage, "play")
    player = page._lesson.player
    for choice in player.findChildren(QRadioButton)[:1]:
        choice.click()
    await stage.press(player, "answer")


async def _over_lesson(stage: Stage, name: str) -> None:
    page = await _lesson(stage, "plan")
    if name == "publish" and page._approve.isVisible():
        await stage.press(page, "approve")
    if name == "push":
        await stage.press(page, name)
    else:
        choose_more(page, name)
    await stage.dialog()


async def _more_deeds(stage: Stage) -> None:
    page = await _lesson(stage, "plan")
    await stage.press(page, "more-deeds")


async def _edit(stage: Stage, tab: str, name: str = "") -> None:
    page = await stage.go("edit-lesson", await stage.a_lesson())
    await stage.press(page, tab)
    if tab == "world":
        await asyncio.sleep(1.0)  # the drawing is made beside the window
    if name:
        await stage.press(page, name)
        await stage.dialog()


async def _calendar(stage: Stage) -> QWidget:
    """The calendar of the sheet that gives lessons to classes."""
    await _over_library(stage, "give")
    sheet = await stage.dialog()
    field = sheet.findChildren(DateField)[0]
    field.open()
    await asyncio.sleep(CALM_S)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    return popup


async def _generating(stage: Stage, step: int) -> None:
    """The stages as they go by, or the lesson at their end."""
    page = await stage.go("generate")
    page._again()
    page.wish.sentence.setText(WISH)
    button(page, "make").click()
    await until(lambda: page._steps.currentIndex() == step, "the lesson")
    if step == 2:
        await asyncio.sleep(CALM_S)


async def _lesson_failed(stage: Stage) -> None:
    """A lesson that a provider was writing, where it stopped."""
    page = await stage.go("generate")
    why = say(
        "The AI provider at {host} has too much to do for this key just now.", host="ai.example"
    )
    job = StoredJob(
        "job-1", "make", WISH, "", "best", "{}", state="failed", stage=2, retryable=True,
        words="3 objectives, 5 activities.", detail=shown(why), model="gpt-5-mini",
        tokens=4_812, cost="0.011",
    )  # fmt: skip
    page.making.begin(by_ai=True)
    page.making.tell(job)
    page._steps.setCurrentIndex(1)
    await asyncio.sleep(CALM_S)


async def _fault_page(stage: Stage) -> None:
    """A screen that could not be built; whoever clears up has it built again."""
    window, screen = stage.window, "tasks"
    await stage.go("today")
    if (before := window._pages.pop(screen, None)) is not None:
        await window._close(before)
    broken = f"{planted.__name__}:{planted.BrokenOnce.__name__}"
    with unittest.mock.patch.dict(SCREENS, {screen: broken}):
        window.go(Route(screen))
    await asyncio.sleep(CALM_S)


async def _wish(stage: Stage) -> None:
    page = await stage.go("generate")
    page._again()
    await asyncio.sleep(CALM_S)


async def _studio(stage: Stage, *, connected: bool) -> None:
    page = await stage.go("studio")
    presenter = page._presenter
    if connected != (presenter._practice is not None):
        await stage.press(page, "practice")
        await until(lambda: bool(_services(stage).studio.windows()) == connected, "Studio")
        await asyncio.sleep(1.0)


async def _palette(stage: Stage, typed: str) -> None:
    await stage.go("today")
    stage.window.open_palette()
    dialog: Any = await stage.dialog()
    dialog.field.setText(typed)
    await asyncio.sleep(CALM_S * 2)


async def _over_window(stage: Stage, deed: str) -> None:
    await stage.go("today")
    getattr(Deeds(stage.window), deed)()
    await stage.dialog()


async def _over(stage: Stage, screen: str, name: str) -> None:
    page = await stage.go(screen)
    button(page, name).click()
    await stage.dialog()


async def _tour(stage: Stage, at: int) -> None:
    await stage.go("today")
    stage.window.take_tour()
    assert stage.window.tour is not None
    for _ in range(at):
        stage.window.tour.next.click()
    await asyncio.sleep(2 * CALM_S)


async def _drop(stage: Stage) -> None:
    await stage.go("classes")
    stage.window._drop_hint.show_over(stage.window.pages)


async def _toast(stage: Stage) -> None:
    await stage.go("today")
    stage.window.toast.tell("Ada Lovelace has 10 XP more.", "Undo", lambda: None)
    await asyncio.sleep(2 * CALM_S)


async def _projector(stage: Stage) -> QWidget:
    page = await stage.go("leaderboard")
    if not await stage.ask(classes.class_list):
        raise Absent
    page._open_projector()
    await asyncio.sleep(CALM_S)
    wall: QWidget = page._projector
    wall.showNormal()
    wall.resize(1280, 720)
    await until(wall.accessibleName, "the first ranks")
    await asyncio.sleep(CALM_S)
    return wall


async def _broken(stage: Stage, screen: str) -> None:
    """Something of ours breaks on a screen that is open."""
    await stage.go(screen)
    stage.window.tell_fault(RuntimeError("planted"))
    await asyncio.sleep(CALM_S)


def _table(page: QWidget) -> Table:
    found = [one for one in page.findChildren(Table) if one.isVisible() and one.rows.rows]
    if not found:
        raise Absent
    return found[0]


def _services(stage: Stage) -> Any:
    assert stage.window.desk is not None
    return stage.window.desk.services


def _of(scene: Callable[..., Awaitable[QWidget | None]], *args: Any, **more: Any) -> Scene:
    return lambda stage: functools.partial(scene, stage, *args, **more)()


SCENES: dict[str, Scene] = {
    **{one: _of(_screen, one) for one in
       ("today", "classes", "leaderboard", "lessons", "sync", "settings", "tasks", "help")},
    "settings-middle": _of(_end_of, "settings", 0.5),
    "settings-end": _of(_end_of, "settings", 1.0),
    "help-new": _of(_screen, "help", "new"),
    **{f"class-{tab}": _of(_class_tab, tab) for tab in ("roster", "lessons", "grades", "board")},
    "class-gone": _of(_screen, "class", "nobody"),
    "award": _of(_over_roster, "award"),
    "student-history": _of(_over_roster, "history"),
    "grade-story": _of(_grade_story),
    "import": _of(_import),
    "new-class": _of(_over, "classes", "new-class"),
    "projector": _projector,
    "lessons-chosen": _of(_over_library, ""),
    "lessons-none-fits": _nothing_found,
    "give": _of(_over_library, "give"),
    "calendar": _calendar,
    "tags": _of(_over_library, "tags"),
    **{f"lesson-{tab}": _of(_lesson_tab, tab)
       for tab in ("plan", "quiz", "play", "world", "studio")},
    "lesson-play-answered": _quiz_answered,
    "lesson-gone": _of(_screen, "lesson", "nobody"),
    "lesson-more": _more_deeds,
    "versions": _of(_over_lesson, "versions"),
    "lesson-history": _of(_over_lesson, "history"),
    "publish": _of(_over_lesson, "publish"),
    "push-preview": _of(_over_lesson, "push"),
    **{f"edit-{tab}": _of(_edit, tab) for tab in ("about", "plan", "quiz", "world", "notes")},
    "revise": _of(_edit, "plan", "revise"),
    "edit-gone": _of(_screen, "edit-lesson", "nobody"),
    "generate": _wish,
    "generate-stages": _of(_generating, 1),
    "generate-result": _of(_generating, 2),
    "generate-failed": _lesson_failed,
    "studio": _of(_studio, connected=False),
    "studio-connected": _of(_studio, connected=True),
    "fault-page": _fault_page,
    "leave": _of(_over, "settings", "leave"),
    "palette": _of(_palette, ""),
    "palette-found": _of(_palette, "fr"),
    "shortcuts": _of(_over_window, "show_shortcuts"),
    "about": _of(_over_window, "show_about"),
    "drop": _drop,
    "toast": _toast,
    **{f"tour-{at + 1}": _of(_tour, at) for at in range(5)},
}  # fmt: skip
"""In this order they stand on a contact sheet."""

BROKEN: dict[str, Scene] = {
    f"broken-{screen}": _of(_broken, screen)
    for screen in ("today", "classes", "lessons", "generate", "studio", "sync", "settings")
}
"""Screens on which something of ours broke."""


async def at_the_door(stage: Stage, take: Callable[[str], None]) -> None:
    """Before anybody is signed in: the choice, the form, and what it says of a mistake."""
    await until(lambda: _in_sight(stage.window, "choose-sample"), "the choice")
    await asyncio.sleep(CALM_S)
    take("welcome")
    button(stage.window, "choose-server").click()
    await asyncio.sleep(CALM_S)
    take("sign-in")
    button(stage.window, "sign-in").click()
    await asyncio.sleep(CALM_S)
    take("sign-in-fault")
    button(stage.window, "back-to-choices").click()
    await _troubles(stage, take)
    button(stage.window, "choose-own").click()
    await asyncio.sleep(CALM_S)
    take("opening")
    await until(lambda: stage.window.here is not None, "Today")


async def _troubles(stage: Stage, take: Callable[[str], None]) -> None:
    """What stands there when the work on this computer does not open."""
    (door,) = stage.window.findChildren(WelcomePage)
    ways = Ways(lambda: None, lambda _code: None, lambda: None, lambda: None)
    for name, error in (("locked", LockedCache("")), ("disk", DiskFull(""))):
        door.show_trouble(trouble.of(error, "", str(Path.home())), ways)
        await asyncio.sleep(CALM_S)
        take(f"trouble-{name}")
    button(stage.window, "elsewhere").click()


def _in_sight(window: MainWindow, name: str) -> bool:
    found = window.findChild(QWidget, name)
    return found is not None and found.isVisible()
