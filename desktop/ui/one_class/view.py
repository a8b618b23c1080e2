"""One class: its roster, lessons, grades and leaderboard, each on a tab."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from desktop.ui.desk import Desk
from desktop.ui.one_class.award_sheet import AwardSheet
from desktop.ui.one_class.grades_tab import GradesTab
from desktop.ui.one_class.presenter import ClassPresenter
from desktop.ui.one_class.story_sheet import StorySheet
from desktop.ui.one_class.tabs import LessonsTab, RosterTab
from desktop.ui.page import Page, Standing
from desktop.ui.parts import history_sheet, rosters
from desktop.ui.parts.board_view import BoardView
from desktop.ui.parts.import_sheet import ImportSheet, choose_roster
from desktop.ui.routes import Route
from desktop.ui.strings import plural, tr
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.sheet import answer


class ClassPage(Page):
    """Shows the class in its address."""

    kinds = frozenset(
        {"classes", "students", "lessons", "assessments", "submissions", "xp_awards",
         "progress_events"}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        self._import = Button(tr("&Import roster…"), self._choose_roster, icon="upload")
        self._award = Button(tr("Award &XP"), self._start_award, variant="primary", icon="star")
        self._award.setObjectName("award")
        self._history = Button(
            tr("H&istory…"),
            self.runs(self._show_history),
            icon="clock",
            tip=tr("Of this class, or of the student who is picked"),
        )
        self._history.setObjectName("history")
        super().__init__(
            desk,
            PageHeader(
                "", self._history, self._import, self._award, back=lambda: desk.go(Route("classes"))
            ),
        )
        self._presenter = ClassPresenter(desk.services)
        self._wanted: tuple[str, ...] = ()
        self.tabs = Segments(
            (("roster", tr("Roster")), ("lessons", tr("Lessons")), ("grades", tr("Grades")),
             ("board", tr("Leaderboard"))),
            tr("Part of the class"),
        )  # fmt: skip
        self.roster = RosterTab(self._choose_roster, self._start_award)
        self.lessons = LessonsTab(desk.go)
        self.grades = GradesTab(self._choose_assessment, self._save_score, self._tell_story)
        self.board = BoardView(self.refresh_soon)
        self._stack = QStackedWidget()
        for tab in (self.roster, self.lessons, self.grades, self.board):
            self._stack.addWidget(tab)
        self.tabs.chosen.connect(self._turn)
        self.roster.table.picked.connect(self._picked)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._stack, 1)
        self._gone = EmptyState(
            "classes", tr("Nothing to show"), tr("It was deleted or moved elsewhere.")
        )
        self._gone.hide()
        self.body.addWidget(self._gone, 1)

    def open(self, subject: str) -> None:
        """Another class starts on its roster, with nobody picked."""
        if subject != self.subject:
            self.roster.table.clearSelection()
            self._show_tab("roster")
            self.board.wanted = ""
        super().open(subject)

    def point_at(self, part: str) -> None:
        """Pick a student on the roster, or a quiz among the grades."""
        collection, _, id_ = part.partition("/")
        if collection == "students":
            self._wanted = (id_,)
            self._show_tab("roster")
        elif collection == "assessments":
            self._presenter.assessment_id = id_
            self._show_tab("grades")

    def standing(self) -> Standing:
        """Also the tab, who is picked, and the quiz."""
        picked = tuple(str(line[-1]) for line in self.roster.picked())
        quiz = self._presenter.assessment_id
        return replace(super().standing(), tab=self.tabs.value, picked=picked, chosen=quiz)

    def stand_again(self, standing: Standing) -> None:
        """Back to the tab, and to who was picked."""
        self._wanted, self._presenter.assessment_id = standing.picked, standing.chosen
        self._show_tab(standing.tab or "roster")
        super().stand_again(standing)

    def _show_tab(self, key: str) -> None:
        self.tabs.choose(key)
        self._turn(key)

    async def refresh(self) -> None:
        """Ask for what the tab in sight shows, and show it."""
        head = await self._presenter.head(self.subject)
        for part in (self.tabs, self._stack, self._history, self._import, self._award):
            part.setVisible(head is not None)
        self._gone.setVisible(head is None)
        if head is None:
            self.header.tell(tr("This class is gone"))
            return
        self.header.tell(head.name, head.subtitle)
        match self.tabs.value:
            case "roster":
                self.roster.tell(await self._presenter.roster(self.subject))
                wanted, self._wanted = self._wanted, ()
                self.roster.pick(wanted)
            case "lessons":
                self.lessons.tell(await self._presenter.lessons(self.subject))
            case "grades":
                self.grades.tell(await self._presenter.grades(self.subject))
            case "board":
                self.board.tell(await self._presenter.board(self.subject, self.board.wanted))
        self._picked()

    def _turn(self, key: str) -> None:
        self._stack.setCurrentIndex(("roster", "lessons", "grades", "board").index(key))
        self.refresh_soon()

    def _picked(self) -> None:
        many = len(self.roster.picked())
        self._award.setText(
            plural("Award &XP to {count}", "Award &XP to {count}", many) if many
            else tr("Award &XP")
        )  # fmt: skip

    def _choose_assessment(self, assessment_id: str) -> None:
        self._presenter.assessment_id = assessment_id
        self.refresh_soon()

    def _save_score(self, student_id: str, typed: str) -> None:
        self.run(self._set_score(student_id, typed))

    async def _set_score(self, student_id: str, typed: str) -> None:
        fault = await self._presenter.set_score(student_id, typed)
        if fault:
            self.grades.refuse(fault)
        else:
            self.grades.saved(student_id, typed)

    def _tell_story(self, student_id: str) -> None:
        self.run(self._show_story(student_id))

    async def _show_story(self, student_id: str) -> None:
        story = await self._presenter.story(student_id)
        if story is None:
            self.desk.toast(tr("There is no grade of this student yet."))
            return
        async with answer(StorySheet(self, story)):
            pass

    async def _show_history(self) -> None:
        """Of the one student who is picked on the roster, else of the class."""
        picked = self.roster.picked() if self.tabs.value == "roster" else []
        if len(picked) == 1:
            await history_sheet.show(self, ("students", str(picked[0][-1])))
        else:
            await history_sheet.show(self, ("classes", self.subject))

    def _start_award(self) -> None:
        self.run(self._give_xp())

    async def _give_xp(self) -> None:
        picked = self.roster.picked()
        if not picked:
            self._show_tab("roster")
            self.banner.tell(
                tr("Pick the students first: click a name, or hold Ctrl to pick several."), "info"
            )
            return
        sheet = AwardSheet(self, [line[0] for line in picked])
        async with answer(sheet) as yes:
            if yes:
                await self._award_to([line[-1] for line in picked], *sheet.filled())

    async def _award_to(self, student_ids: list[str], xp: int, reason: str) -> None:
        step = await self._presenter.award(self.subject, student_ids, xp, reason)
        self.banner.hide()
        self.desk.undoing.done(
            plural("{xp} XP for {count} student.", "{xp} XP for {count} students.",
                   len(student_ids), xp=xp),
            step,
        )  # fmt: skip

    def _choose_roster(self) -> None:
        choose_roster(self, lambda file: self.run(self.import_roster(file)))

    async def import_roster(self, file: str) -> None:
        """Show what the file would change, and change it if that is wanted."""
        services = self.desk.services
        preview = await rosters.look_into(services, file, self.subject)
        async with answer(ImportSheet(self, preview)) as yes:
            if yes:
                title = tr("Import {name}", name=Path(file).name)
                async with self.desk.work.doing(title, route=Route("class", self.subject)):
                    done = await rosters.bring_in(services, preview)
                self.desk.undoing.done(done.words, done.step)

    def take_in(self, file: str) -> None:
        """A class list that was dropped onto the window."""
        self.run(self.import_roster(file))
