"""The library of lessons."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QFileDialog

from desktop.ui.desk import Desk
from desktop.ui.lessons import exchange
from desktop.ui.lessons.presenter import ORDERS, LessonsPresenter, Wanted
from desktop.ui.lessons.sheets import GiveSheet, LessonImportSheet, TagsSheet
from desktop.ui.page import Page
from desktop.ui.routes import Route
from desktop.ui.strings import plural, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import files
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import choice_field, fill, text_field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.sheet import answer
from desktop.ui.widgets.table import Column, Table

CHOICE_LETTERS = 13
"""So many wide ones have room in what narrows the library down."""


class LessonsPage(Page):
    """A table of lessons; Enter or a double click opens one, and several can be chosen at once."""

    kinds = frozenset({"lessons", "classes"})

    def __init__(self, desk: Desk) -> None:
        bring = Button(tr("&Import…"), self._choose_file, icon="upload",
                       tip=tr("Take in a lesson that somebody shared"))  # fmt: skip
        bring.setObjectName("import-lesson")
        new = Button(
            tr("New &lesson"), lambda: desk.go(Route("generate")), variant="primary", icon="plus"
        )
        super().__init__(desk, PageHeader(tr("Lessons"), bring, new))
        self._presenter = LessonsPresenter(desk.services, desk.undoing)
        self._one_file_at_a_time = asyncio.Lock()
        self._build_tools()
        self._build_table()
        self._build_deeds()
        self._nothing = EmptyState(
            "lessons",
            tr("Your library is empty"),
            tr("Describe a lesson in one sentence and watch it being made: a plan, a quiz, and a "
               "world for Roblox Studio."),
            Button(tr("Make a lesson"), lambda: desk.go(Route("generate")), variant="primary",
                   icon="generate"),
        )  # fmt: skip
        self._no_hit = EmptyState(
            "search",
            tr("No lesson fits"),
            tr("Type fewer letters, or show every subject, grade, class and tag."),
            Button(tr("Show &all"), self._show_all),
        )
        some = column(self._tools, gap=tokens.SPACE_4)
        some.addWidget(self.table, 1)
        some.addWidget(self._no_hit, 1)
        some.addWidget(self._deeds)
        self._some = holding(some)
        self.body.addWidget(self._some, 1)
        self.body.addWidget(self._nothing, 1)
        self._nothing.hide()
        self._no_hit.hide()

    def _build_tools(self) -> None:
        self._find = text_field(tr("Find a lesson"), tr("Find a lesson"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(lambda: self._filter())
        self._status = Segments(
            (
                ("", tr("All")),
                ("draft", tr("Drafts")),
                ("approved", tr("Approved ones")),
                ("archived", tr("The archive")),
            ),
            tr("Show"),
        )
        self._status.chosen.connect(lambda: self._filter())
        self._subject = self._choice(tr("Subject"), tr("Every subject"))
        self._grade = self._choice(tr("Grade"), tr("Every grade"))
        self._class = self._choice(tr("Class"), tr("Every class"))
        self._tag = self._choice(tr("Tag"), tr("Every tag"))
        self._first: QBoxLayout = row(self._status, gap=tokens.SPACE_4)
        self._first.addWidget(self._find, 1)
        self._order = choice_field(
            tr("Sort"), [(tr(words), order) for order, words in ORDERS.items()]
        )
        self._order.setObjectName("order")
        self._order.activated.connect(lambda _: self._sort())
        choices = (self._subject, self._grade, self._class, self._tag, self._order)
        self._tools = column(self._first, Flow(*choices), gap=tokens.SPACE_3)

    def _choice(self, name: str, everything: str) -> QComboBox:
        made = choice_field(name, [(everything, None)])
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(CHOICE_LETTERS)  # else the longest tag says how wide it is
        made.currentIndexChanged.connect(lambda _: self._filter())
        return made

    def _build_table(self) -> None:
        self.table = Table(
            (
                Column(tr("Lesson"), "strong", 20),
                Column(tr("Subject"), "text", 2, spare=True),
                Column(tr("Grade"), "text", 0, spare=True),
                Column(tr("Classes"), "soft", 2, spare=True),
                Column(tr("Tags"), "soft", 2, spare=True),
                Column(tr("Changed"), "soft", 0, spare=True),
                Column(tr("State"), "tag", 0),
            ),
            tr("Lessons"),
            many=True,
        )
        self.table.activated_row.connect(lambda line: self.desk.go(Route("lesson", line[-1])))
        self.table.picked.connect(self._picked)

    def _build_deeds(self) -> None:
        self._chosen = label("", "soft")
        self._away = self._deed(tr("Put a&way"), "put-away", self._archived)
        self._back = self._deed(tr("&Bring back"), "bring-back", self._restored)
        self._back.hide()
        share = Button(tr("&Share…"), self._choose_place,
                       tip=tr("Save for another teacher (.toolbox)"))  # fmt: skip
        share.setObjectName("share")
        self._buttons = (
            self._deed(tr("Give to &classes…"), "give", self._given),
            self._deed(tr("&Tags…"), "tags", self._tagged),
            self._deed(tr("&Duplicate"), "duplicate", self._duplicated),
            share,
            self._away,
            self._back,
        )
        self._deeds = holding(column(self._chosen, Flow(*self._buttons), gap=tokens.SPACE_2))

    def _deed(
        self, words: str, name: str, work: Callable[[list[str]], Coroutine[Any, Any, None]]
    ) -> Button:
        made = Button(words, lambda: self.run(work(self._ids())))
        made.setObjectName(name)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Where there is no room to type beside the states, the field stands below them."""
        super().resizeEvent(event)
        wants = self._status.sizeHint().width() + self._find.sizeHint().width()
        room = self._some.width() - self._first.spacing()
        directions = QBoxLayout.Direction
        self._first.setDirection(
            directions.LeftToRight if room >= wants else directions.TopToBottom
        )

    async def refresh(self) -> None:
        """Ask for the library and show it."""
        await self._presenter.load(self._order.currentData())
        fill(self._subject, self._presenter.subjects())
        fill(self._grade, self._presenter.grades())
        fill(self._class, self._presenter.classes())
        fill(self._tag, self._presenter.tags())
        self._filter()

    def take_up(self, habit: str) -> None:
        """Sort as was chosen another time."""
        self._order.setCurrentIndex(max(0, self._order.findData(habit)))

    def take_in(self, file: str) -> None:
        """Show what is in a lesson's file, and take it in when the teacher says so."""
        self.run(self._import(Path(file)))

    def _filter(self) -> None:
        wanted = Wanted(
            self._find.text(),
            self._status.value,
            self._subject.currentData(),
            self._grade.currentData(),
            self._class.currentData(),
            self._tag.currentData(),
        )
        rows = self._presenter.rows(wanted)
        some = self._presenter.count > 0
        self.header.tell(tr("Lessons"), self._presenter.subtitle())
        self._some.setVisible(some)
        self._nothing.setVisible(not some)
        self.table.setVisible(bool(rows))
        self._no_hit.setVisible(not rows)
        self._deeds.setVisible(bool(rows))
        self.table.show_rows(rows, key=-1)

    def _sort(self) -> None:
        """Sort anew, whatever column was clicked before."""
        self.table.sort_as_given()
        self.habit_chosen.emit(self._order.currentData())
        self.refresh_soon()

    def _show_all(self) -> None:
        for choice in (self._subject, self._grade, self._class, self._tag):
            choice.setCurrentIndex(0)
        self._status.choose("")
        self._find.clear()
        self._filter()

    def _ids(self) -> list[str]:
        return [str(line[-1]) for line in self.table.picked_rows()]

    def _picked(self) -> None:
        chosen = self._ids()
        self._chosen.setText(
            plural("{count} lesson chosen", "{count} lessons chosen", len(chosen))
            if chosen
            else tr("Choose one or several")
        )
        for button in self._buttons:
            button.setEnabled(bool(chosen))
        away = bool(chosen) and self._presenter.put_away(chosen)
        self._away.setVisible(not away)
        self._back.setVisible(away)

    async def _archived(self, chosen: list[str]) -> None:
        await self._presenter.archive(chosen)

    async def _restored(self, chosen: list[str]) -> None:
        await self._presenter.restore(chosen)

    async def _duplicated(self, chosen: list[str]) -> None:
        await self._presenter.duplicate(chosen)

    async def _tagged(self, chosen: list[str]) -> None:
        known, on = self._presenter.all_tags(), self._presenter.tags_of(chosen)
        sheet = TagsSheet(self, len(chosen), known, on)
        async with answer(sheet) as yes:
            if yes and (sheet.add or sheet.remove):
                await self._presenter.tag(chosen, sheet.add, sheet.remove)

    async def _given(self, chosen: list[str]) -> None:
        sheet = GiveSheet(self, len(chosen), await self._presenter.teaching())
        async with answer(sheet) as yes:
            if yes:
                await self._presenter.give(chosen, sheet.class_ids, sheet.day)

    async def _import(self, file: Path) -> None:
        async with self._one_file_at_a_time:
            shown = await exchange.look_into(self.desk.services, file)
            async with answer(LessonImportSheet(self, shown, self.run)) as yes:
                if yes:
                    lesson_id = await exchange.take_in(self.desk.undoing, shown)
                    self.desk.go(Route("lesson", lesson_id))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Choose the lesson to take in"))
        downloads = QStandardPaths.StandardLocation.DownloadLocation
        dialog.setDirectory(QStandardPaths.writableLocation(downloads))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Lessons (*.toolbox *.json)"), tr("All files (*)")])
        files.ask(dialog, lambda file: self.take_in(str(file)))

    def _choose_place(self) -> None:
        """One lesson becomes a file of any name, several become files in a folder."""
        chosen = self._ids()
        names = exchange.file_names([self._presenter.title_of(one) for one in chosen])
        dialog = QFileDialog(self, tr("Share lessons as files"))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        if len(chosen) == 1:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(tr("Shared lesson (*.toolbox)"))
            dialog.setDefaultSuffix("toolbox")
            dialog.selectFile(names[0])
            files.ask(dialog, lambda file: self.run(self._shared([(chosen[0], file)])))
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            files.ask(
                dialog,
                lambda folder: self.run(
                    self._shared(
                        [(one, folder / name) for one, name in zip(chosen, names, strict=True)]
                    )
                ),
            )

    async def _shared(self, chosen: list[tuple[str, Path]]) -> None:
        one = len(chosen) == 1
        name = chosen[0][1].name if one else chosen[0][1].parent.name
        title = tr("Share lessons as {name}", name=name)
        async with self.desk.work.doing(title, again=lambda: self.run(self._shared(chosen))):
            fingerprint = await exchange.share(self.desk.services, chosen)
        self.desk.toast(exchange.shared_words(name, fingerprint))
