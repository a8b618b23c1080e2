"""Every dialog of the window, opened where a person opens it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from desktop.ui.lessons import exchange
from desktop.ui.settings.plan_card import _OffersSheet
from desktop.ui.settings.plans import OfferShown
from desktop.ui.shell.window import MainWindow
from desktop.ui.widgets.date_field import DateField
from tests.ui import driving
from tests.ui.walk.going import Stop, go, laid_out, opened_dialog, table_in_sight
from tests.ui.walk.pages import KEPT, open_lesson

ROSTER = (
    "First name,Last name,Email\nAda,Lovelace,ada@school.example\n"
    "Grace,Hopper,grace@school.example\n,,nameless@school.example\n"
    "Alan,Turing,alan@school\nAda,Lovelace,ada@school.example\n"
)
OFFERS = (OfferShown("teacher", "Teacher", "100 lessons a day"),
          OfferShown("school", "School", "As many lessons as you like, for everyone"))  # fmt: skip

Opens = Callable[[MainWindow, Path], Awaitable[object]]


async def every(window: MainWindow, files: Path) -> AsyncIterator[Stop]:
    """Open each dialog, and close it again; `files` is a folder for the files of some of them."""
    for opens in OPENINGS:
        name = opens.__name__.strip("_").replace("_", " ")
        await opens(window, files)
        async with opened_dialog(name) as dialog:
            yield name, dialog
            async for stop in _inside(name, dialog):
                yield stop


async def _inside(name: str, dialog: QWidget) -> AsyncIterator[Stop]:
    """What a dialog shows after another choice in it."""
    if name == "leave":
        for choice in ("erase", "erase-all"):
            button = dialog.findChild(QAbstractButton, choice)
            if button is not None:
                button.click()
                await laid_out()
                yield f"{name}, {choice}", dialog
    if name == "palette":
        dialog.findChildren(QLineEdit)[0].setText("cl")
        await asyncio.sleep(0.1)
        await laid_out()
        yield "palette, found", dialog
    for field in dialog.findChildren(DateField):
        field.open()
        await laid_out()
        assert field._calendar is not None
        yield f"{name}, the calendar", field._calendar
        field._calendar.close()


def _press(page: QWidget, name: str) -> None:
    button = page.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()


async def _palette(window: MainWindow, _files: Path) -> None:
    await go(window, "today")
    window.open_palette()


async def _shortcuts(window: MainWindow, _files: Path) -> None:
    window.menus.actions["help.shortcuts"].trigger()


async def _new_class(window: MainWindow, _files: Path) -> None:
    _press(await go(window, "classes"), "new-class")


async def _in_class(window: MainWindow, tab: str) -> Any:
    page = await go(window, "class", window.page("class").subject)
    _press(page, tab)
    await laid_out()
    await go(window, "class", page.subject)
    return page


async def _award(window: MainWindow, _files: Path) -> None:
    page = await _in_class(window, "roster")
    table_in_sight(page).pick(1)
    _press(page, "award")


async def _roster(window: MainWindow, files: Path) -> None:
    file = files / "class-list.csv"
    file.write_text(ROSTER, encoding="utf-8")
    page = await _in_class(window, "roster")
    page.take_in(str(file))


async def _history_of_a_class(window: MainWindow, _files: Path) -> None:
    _press(await _in_class(window, "roster"), "history")


async def _story_of_a_grade(window: MainWindow, _files: Path) -> None:
    page = await _in_class(window, "grades")
    page._tell_story(page.grades.table.rows.rows[0][-1])


async def _tags(window: MainWindow, _files: Path) -> None:
    page = await go(window, "lessons")
    page.table.pick(0)
    _press(page, "tags")


async def _give(window: MainWindow, _files: Path) -> None:
    page = await go(window, "lessons")
    page.table.pick(0)
    _press(page, "give")


async def _lesson_file(window: MainWindow, files: Path) -> None:
    assert window.desk is not None
    page = await go(window, "lessons")
    file = files / "lesson.toolbox"
    lesson_id = str(page.table.rows.rows[0][-1])
    await exchange.share(window.desk.services, [(lesson_id, file)])
    page.take_in(str(file))


def _of_a_lesson(name: str) -> Opens:
    async def opens(window: MainWindow, _files: Path) -> None:
        page = await open_lesson(window, KEPT)
        if name == "push":
            _press(page, name)
        else:
            driving.choose_more(page, name)

    opens.__name__ = f"{name}_of_a_lesson"
    return opens


async def _revise(window: MainWindow, _files: Path) -> None:
    page = await open_lesson(window, KEPT)
    _press(await go(window, "edit-lesson", page.subject), "revise")


async def _paste(window: MainWindow, _files: Path) -> None:
    _press(await go(window, "generate"), "paste-source")


async def _leave(window: MainWindow, _files: Path) -> None:
    _press(await go(window, "settings"), "leave")


async def _copies(window: MainWindow, _files: Path) -> None:
    page = await go(window, "settings")
    await page._presenter.copy_now()
    _press(page, "put-back")


async def _student_to_erase(window: MainWindow, _files: Path) -> None:
    _press(await go(window, "settings"), "erase-student")


async def _recovery_code(window: MainWindow, _files: Path) -> None:
    page = await go(window, "settings")
    page._kept._presenter.recovery_code = lambda: "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345-6789"
    _press(page, "recovery-code")


async def _plans(window: MainWindow, _files: Path) -> None:
    sheet = _OffersSheet(await go(window, "settings"), OFFERS)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()


OPENINGS: tuple[Opens, ...] = (
    _palette, _shortcuts, _new_class, _award, _roster, _history_of_a_class, _story_of_a_grade,
    _tags, _give, _lesson_file, *map(_of_a_lesson, ("versions", "history", "publish", "push")),
    _revise, _paste, _leave, _copies, _student_to_erase, _recovery_code, _plans,
)  # fmt: skip
"""How each dialog is come to."""
