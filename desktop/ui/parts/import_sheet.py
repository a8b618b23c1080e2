"""What a roster file would change, before it changes anything; and choosing one."""

from collections.abc import Callable

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.parts.rosters import RosterPreview
from desktop.ui.strings import plural, shown, tr
from desktop.ui.widgets import files
from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.labels import label, tag
from desktop.ui.widgets.sheet import WIDE_PX, Sheet
from desktop.ui.widgets.table import Column, Table

HIGH_PX = 560
MOST_PROBLEMS = 6


class ImportSheet(Sheet):
    """A table of students with what happens to each, and the file's problems in words."""

    least_height = HIGH_PX

    def __init__(self, over: QWidget, preview: RosterPreview) -> None:
        super().__init__(over, tr("Import this class list?"), preview.words, preview.button,
                         width=WIDE_PX)  # fmt: skip
        table = Table(
            (
                Column(tr("Student"), "person", 4),
                Column(tr("E-mail"), "soft", 3),
                Column(tr("What happens"), "tag", 2),
            ),
            tr("Students in the file"),
        )
        table.show_rows(preview.rows)
        new = preview.new_classes
        if new:
            self.fill(label(tr("New class: {names}", names=", ".join(new)), "strong", wrap=True))
        self.fill(row(*(tag(words, tone) for words, tone in preview.counts), None, gap=8))
        for problem in preview.problems[:MOST_PROBLEMS]:
            self.fill(label(shown(problem), tone="warn", wrap=True))
        more = len(preview.problems) - MOST_PROBLEMS
        if more > 0:
            self.fill(label(plural("and {count} more", "and {count} more", more), tone="warn"))
        self.body.addWidget(table, 1)
        self.done_button.setEnabled(preview.changes > 0)


def choose_roster(over: QWidget, chosen: Callable[[str], object]) -> None:
    """Ask for a file, beginning where downloads lie, and hand its path to `chosen`."""
    dialog = QFileDialog(over, tr("Choose the list of students"))
    downloads = QStandardPaths.StandardLocation.DownloadLocation
    dialog.setDirectory(QStandardPaths.writableLocation(downloads))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([tr("Class lists (*.csv *.xlsx *.zip *.tsv *.txt)"), tr("All files (*)")])
    files.ask(dialog, lambda file: chosen(str(file)))
