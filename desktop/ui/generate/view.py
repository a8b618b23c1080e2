"""Generate: a sentence becomes a lesson, stage by stage."""

import asyncio
from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedWidget, QWidget

from desktop.ui.desk import Desk
from desktop.ui.generate.presenter import STAGE_NAMES, GeneratePresenter, Wish
from desktop.ui.page import Page, sentence
from desktop.ui.parts import package_view
from desktop.ui.parts.lesson_view import LessonView, Run
from desktop.ui.parts.push_sheet import PushSheet
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import stages
from desktop.ui.widgets.boxes import Card, column, empty, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import choice_field, fill, named, number_field, text_field
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.sheet import answer
from desktop.ui.widgets.stages import StageList

WIDE_PX = 800
"""From this width on, at 100% text, fields and buttons stand side by side."""


class GeneratePage(Page):
    """The wish, then the stages, then the lesson to look at and keep."""

    widest = tokens.COLUMN
    kinds = frozenset({"classes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PageHeader(tr("New lesson")))
        self._presenter = GeneratePresenter(desk.services)
        self.wish = WishForm(self._start)
        self._stages = StageList([tr(name) for name in STAGE_NAMES])
        self._making = Card(tr("Making your lesson"), self._stages, gap=tokens.SPACE_4)
        self._result = ResultView(self._save, self._save_and_push, self._again, self.run)
        self._steps = QStackedWidget()
        for step in (
            scrolling(holding(column(self.wish, None))),
            scrolling(holding(column(self._making, None))),
            self._result,
        ):
            self._steps.addWidget(step)
        self.body.addWidget(self._steps, 1)

    async def refresh(self) -> None:
        """Offer the classes that a lesson can be given to."""
        fill(self._result.for_class, await self._presenter.classes())
        self.header.tell(
            tr("New lesson"), tr("Say it in a sentence. You see everything before it is kept.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Fit the form and the buttons to the room."""
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(WIDE_PX)
        self.wish.fit(wide=wide)
        self._result.fit(wide=wide)

    def _start(self) -> None:
        self.run(self._make(self.wish.filled()))

    async def _make(self, wish: Wish) -> None:
        self.banner.hide()
        fault = self._presenter.fault(wish)
        if fault:
            self.banner.tell(fault, "warn")
            return
        self._stages.reset()
        self._steps.setCurrentIndex(1)
        done = 0
        try:
            async with self.desk.work.doing(
                tr("Make a lesson: {wish}", wish=wish.sentence),
                route=Route("generate"),
                again=lambda: self.run(self._make(wish)),
            ) as doing:
                async for stage in self._presenter.make(wish):
                    self._stages.tell(done, stages.DONE, stage.words)
                    done += 1
                    if done < len(STAGE_NAMES):
                        self._stages.tell(done, stages.RUNNING)
                        doing.tell(tr(STAGE_NAMES[done]), done / len(STAGE_NAMES))
        except asyncio.CancelledError:
            self._steps.setCurrentIndex(0)
            raise
        except Exception as error:  # noqa: BLE001  (shown, or logged as ours; the wish stays)
            self._steps.setCurrentIndex(0)
            self.banner.tell(sentence(error), "warn")
            return
        self._result.tell(self._presenter)
        self._steps.setCurrentIndex(2)

    def _again(self) -> None:
        self._steps.setCurrentIndex(0)
        self.wish.sentence.setFocus()

    def _save(self) -> None:
        self.run(self._keep(push=False))

    def _save_and_push(self) -> None:
        self.run(self._keep(push=True))

    async def _keep(self, *, push: bool) -> None:
        class_id = str(self._result.for_class.currentData() or "")
        self._result.busy(True)
        try:
            lesson_id = await self._presenter.save(class_id)
            pushed = push and await self._push(lesson_id, class_id)
        finally:
            self._result.busy(False)
        self._steps.setCurrentIndex(0)
        self.wish.sentence.clear()
        self.desk.toast(tr("The lesson is in your library."))
        self.desk.go(Route("studio") if pushed else Route("lesson", lesson_id))

    async def _push(self, lesson_id: str, class_id: str) -> bool:
        prepared = await self._presenter.prepare(lesson_id, class_id)
        sheet = PushSheet(self, prepared)
        async with answer(sheet) as yes:
            if yes:
                await self._presenter.push(prepared, sheet.place)
            return yes


class WishForm(QWidget):
    """One sentence; the rest of the form for those who want to say more."""

    def __init__(self, start: Callable[[], None]) -> None:
        super().__init__()
        choices = GeneratePresenter
        self.sentence = text_field(
            tr("What is the lesson about?"), tr("fractions on a number line, grade 4")
        )
        self.sentence.setMaxLength(300)
        self.go = Button(tr("&Make the lesson"), start, variant="primary", icon="generate")
        self.go.setObjectName("make")
        self.sentence.returnPressed.connect(self.go.click)
        self.grade = choice_field(tr("Grade"), choices.grades())
        self.subject = choice_field(tr("Subject"), choices.subjects())
        self.environment = choice_field(tr("World"), choices.environments())
        self.difficulty = choice_field(tr("Difficulty"), choices.difficulties())
        self.difficulty.setCurrentIndex(1)
        self.minutes = number_field(tr("Minutes"), 15, 180, 45, 5)
        self.questions = number_field(tr("Questions"), 1, 20, 8)
        self._more = Card(tr("Choices"), gap=tokens.SPACE_4)
        self._fields = [
            holding(named(field))
            for field in (self.grade, self.subject, self.difficulty,
                          self.environment, self.minutes, self.questions)
        ]  # fmt: skip
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.SPACE_4)
        self._more.body.addLayout(self._grid)
        ask: QBoxLayout = row(gap=tokens.SPACE_3)
        ask.addWidget(self.sentence, 1)
        ask.addWidget(self.go)
        examples: QBoxLayout = row(label(tr("Try:"), "soft"), gap=tokens.SPACE_1)
        for example in choices.examples():
            examples.addWidget(self._example(example))
        examples.addStretch(1)
        self._lines = (ask, examples)
        self.fit(wide=True)
        words = label(tr("What is the lesson about?"), "field")
        words.setBuddy(self.sentence)
        card = Card("", words, ask, examples, gap=tokens.SPACE_2)
        note = label(
            tr("Without an AI provider, lessons are made from our own templates, and say so."),
            "caption",
            wrap=True,
        )
        self.setLayout(column(card, self._more, note, gap=tokens.SPACE_4))

    def fit(self, *, wide: bool) -> None:
        """Where room is short, or the text is large, things stand below each other."""
        directions = QBoxLayout.Direction
        for line in self._lines:
            line.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        across = 3 if wide else 1
        for at, field in enumerate(self._fields):
            self._grid.addWidget(field, at // across, at % across)
        for at in range(3):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def filled(self) -> Wish:
        """What is typed and chosen."""
        return Wish(
            sentence=self.sentence.text().strip(),
            grade_level=self.grade.currentData(),
            subject=self.subject.currentData(),
            environment=self.environment.currentData(),
            difficulty=self.difficulty.currentData(),
            minutes=self.minutes.value(),
            questions=self.questions.value(),
        )

    def _example(self, example: str) -> Button:
        return Button(example, lambda: self.sentence.setText(example), variant="quiet")


class ResultView(QWidget):
    """The lesson that was made, and what to do with it."""

    def __init__(
        self,
        save: Callable[[], None],
        push: Callable[[], None],
        again: Callable[[], None],
        run: Run,
    ) -> None:
        super().__init__()
        self.for_class = choice_field(tr("For"), ())
        self.save = Button(tr("&Save to library"), save, icon="lessons")
        self.save.setObjectName("save")
        self.push = Button(tr("Save and &push to Studio"), push, variant="primary", icon="studio")
        self.push.setObjectName("save-and-push")
        self._again = Button(tr("&Change the wish"), again, variant="quiet", icon="back")
        self._title = label("", "title", wrap=True)
        self._summary = label("", "soft", wrap=True)
        self._tags = row(gap=8)
        self._lesson = LessonView(run)
        words = label(tr("For"), "soft")
        words.setBuddy(self.for_class)
        where = holding(row(words, self.for_class, None))
        self._actions: QBoxLayout = row(self._again, None, where, self.save, self.push)
        whole = column(self._title, self._tags, self._summary, gap=tokens.SPACE_3)
        whole.addWidget(self._lesson, 1)
        whole.addLayout(self._actions)
        self.setLayout(whole)

    def tell(self, presenter: GeneratePresenter) -> None:
        """Show what was made."""
        shown = presenter.shown()
        self._title.setText(shown.title)
        self._summary.setText(shown.summary)
        empty(self._tags)
        self._tags.addWidget(package_view.tags_of(shown.tags))
        self._lesson.tabs.choose("plan")
        self._lesson.show_package(presenter.made)
        self.save.setFocus()

    def fit(self, *, wide: bool) -> None:
        """Where room is short the buttons stand below each other."""
        directions = QBoxLayout.Direction
        self._actions.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def busy(self, on: bool) -> None:
        """While it is being kept, nothing can be pressed twice."""
        for button in (self.save, self.push, self._again):
            button.setEnabled(not on)
