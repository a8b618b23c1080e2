"""The tabs of a class that show and do not change: roster and lessons."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.cells import Row
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.table import Column, Table


class _TableTab(QWidget):
    """A table, or an empty state that says how to fill it."""

    def __init__(self, table: Table, nothing: EmptyState) -> None:
        super().__init__()
        self.table = table
        self._nothing = nothing
        self.setLayout(column(table, nothing, gap=0))
        nothing.hide()

    def tell(self, rows: Sequence[Row]) -> None:
        """Show `rows`."""
        self.table.show_rows(rows, key=-1)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)


class RosterTab(_TableTab):
    """The students of the class; several can be picked."""

    def __init__(self, bring: Callable[[], object], award: Callable[[], object]) -> None:
        table = Table(
            (
                Column(tr("Student"), "person", 4),
                Column(tr("Roblox name"), "soft", 2, spare=True),
                Column(tr("Level"), "number", 1),
                Column(tr("XP"), "number", 1),
                Column(tr("Last active"), "soft", 2, spare=True),
                Column(tr("Note"), "tag", 0),
            ),
            tr("Roster"),
            many=True,
        )
        table.activated_row.connect(lambda _row: award())
        nothing = EmptyState(
            "classes",
            tr("Bring your class list"),
            tr("A CSV or Excel file from Google Classroom, your school's system, or typed by "
               "hand. You see what it changes before anything is saved."),
            Button(tr("Choose a file"), bring, variant="primary", icon="upload"),
        )  # fmt: skip
        super().__init__(table, nothing)

    def picked(self) -> list[Row]:
        """The students that are picked."""
        return self.table.picked_rows()

    def pick(self, student_ids: Sequence[str]) -> None:
        """Pick students, and bring the first into sight; of nobody, nothing changes."""
        if student_ids:
            self.table.pick_keys(student_ids)


class LessonsTab(_TableTab):
    """The lessons given to the class."""

    def __init__(self, go: Callable[[Route], None]) -> None:
        table = Table(
            (
                Column(tr("Lesson"), "strong", 4),
                Column(tr("Due"), "text", 0),
                Column(tr("State"), "tag", 0),
            ),
            tr("Lessons"),
        )
        table.activated_row.connect(lambda line: go(Route("lesson", line[-1])))
        nothing = EmptyState(
            "lessons",
            tr("No lessons for this class yet"),
            tr("Describe one in a sentence, and give it to this class when you save it."),
            Button(tr("Make a lesson"), lambda: go(Route("generate")), variant="primary",
                   icon="generate"),
        )  # fmt: skip
        super().__init__(table, nothing)
