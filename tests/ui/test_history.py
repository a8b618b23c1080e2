"""The history of a record: what changed, who did it, where, and each step's undo."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from desktop.actions import attendance, classes
from desktop.storage import records
from desktop.ui import loop
from desktop.ui.one_class.view import ClassPage
from desktop.ui.parts import record_history
from desktop.ui.parts.history_sheet import HistorySheet
from desktop.ui.theme.theme import Theme
from tests.ui import accessibility, driving, sync_desk
from tests.ui.driving import until
from tests.ui.sync_desk import CLASS, STUDENT, desk_in


def test_a_class_tells_its_changes_and_takes_one_back_from_there(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def road() -> None:
        async with desk_in(tmp_path / "cache", theme) as (desk, office, heard):
            office.act(sync_desk.furnish).result()
            office.act(classes.change_class, CLASS, room="14").result()
            office.act(classes.change_class, CLASS, subject="Science").result()
            page = ClassPage(desk)
            page.resize(1100, 800)
            page.show()
            page.open(CLASS)
            await until(lambda: not page._refreshing and not page._stale, "the class")
            driving.click(page, "history")
            sheet = await driving.dialog()
            assert isinstance(sheet, HistorySheet)
            assert not accessibility.unnamed(sheet)
            told = [one.text() for one in sheet.findChildren(QLabel)]
            assert "Room: 12 → 14" in told
            assert any(one.startswith("Ana Ruiz · on this computer") for one in told)
            undos = [one for one in sheet.findChildren(type(sheet.done_button))
                     if one.objectName().startswith("undo-")]  # fmt: skip
            assert undos[-1].accessibleName() == "Undo: Room: 12 → 14"
            driving.click(sheet, undos[-1].objectName())
            await until(lambda: heard.toasts, "the undo")
            shown = office.ask(records.get, "classes", CLASS).result()
            assert shown is not None
            assert (shown.local["room"], shown.local["subject"]) == ("12", "Science")
            await page.close_page()
            page.close()

    loop.run(qapp, road())


async def test_a_student_s_history_holds_attendance_and_what_came_from_the_server(
    theme: Theme, tmp_path: Path
) -> None:
    async with desk_in(tmp_path / "cache", theme) as (_, office, _heard):
        office.act(sync_desk.furnish).result()
        day = dt.date(2026, 11, 23)
        office.act(attendance.mark, CLASS, [STUDENT], day, "late").result()
        office.act(attendance.mark, CLASS, [STUDENT], day, "excused").result()
        office.act(sync_desk.on_server, "students", STUDENT, 9, given_name="Ana",
                   family_name="Liu", class_ids=[CLASS]).result()  # fmt: skip
        shown = await record_history.load(office, ("students", STUDENT))
        words = [one.words for one in shown.lines]
        assert words[0] == "Last name: Li → Liu"
        assert words[1] == "Attendance of Ana Liu on 2026-11-23: state: late → excused"
        assert shown.lines[0].who == "Ben Ode · from the server"
        assert shown.lines[0].step == 0
        assert shown.lines[1].step > 0
