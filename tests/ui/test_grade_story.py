"""How a grade came about, on the screen and on paper."""

import re
import stat
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from desktop.actions import grades
from desktop.classroom import instants
from desktop.storage import rounds
from desktop.ui import loop
from desktop.ui.one_class.presenter import ClassPresenter
from desktop.ui.one_class.story_sheet import StorySheet
from desktop.ui.strings import long_day
from desktop.ui.theme.theme import Theme
from tests.ui import accessibility, sync_desk
from tests.ui.sync_desk import QUIZ, STUDENT, WORK


def test_the_story_is_shown_and_saved_as_a_pdf_of_its_owner_only(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def told() -> None:
        async with sync_desk.desk_in(tmp_path / "account", theme) as (_, office, _heard):
            office.act(sync_desk.furnish).result()
            office.act(grades.set_score, WORK, 8.0).result()
            presenter = ClassPresenter(office)  # type: ignore[arg-type]
            presenter.assessment_id = QUIZ
            assert await presenter.story("nobody") is None
            story = await presenter.story(STUDENT)
            assert story is not None
            over = QWidget()
            sheet = StorySheet(over, story)
            sheet.show()
            told = sheet.page.toPlainText()
            assert "Score: 5 → 8" in told
            here = instants.from_text(story.lines[-1].at).astimezone()
            assert f"{long_day(here.date())}, {here:%H:%M} · Ana Ruiz · on this computer" in told
            assert not re.search(r"\d{4}-\d\d-\d\dT", told), "a time as machines write it"
            assert not accessibility.unnamed(sheet)
            file = tmp_path / "grade.pdf"
            sheet.save(file)
            assert file.read_bytes().startswith(b"%PDF")
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
            assert "Saved as grade.pdf" in sheet.banner.text
            sheet.save(tmp_path / "nowhere" / "grade.pdf")
            assert "could not be written" in sheet.banner.text
            sheet.close()
            over.deleteLater()

    loop.run(qapp, told())


def test_a_long_history_of_rounds_is_kept_short(qapp: Any, theme: Theme, tmp_path: Path) -> None:
    async def told() -> None:
        async with sync_desk.desk_in(tmp_path / "account", theme) as (_, office, _heard):
            for number in range(rounds.KEEP + 5):
                office.act(
                    rounds.note, seconds=1.0, pushed=number + 1, pulled=0, merged=0, problem=""
                ).result()
            kept = office.ask(rounds.recent, 1_000).result()
            assert len(kept) == rounds.KEEP
            assert kept[0].pushed == rounds.KEEP + 5

    loop.run(qapp, told())
