"""Generate: a sentence becomes a lesson, stage by stage."""

import asyncio
from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QStackedWidget, QWidget

from desktop.storage import lesson_jobs
from desktop.sync.lesson_jobs import Writing
from desktop.ui.desk import Desk
from desktop.ui.generate.asking import Asking
from desktop.ui.generate.making import MakingView
from desktop.ui.generate.material import HistoryCard, MaterialCard
from desktop.ui.generate.presenter import STAGE_NAMES, GeneratePresenter, Wish, request_of
from desktop.ui.page import Page, sentence
from desktop.ui.parts import package_view
from desktop.ui.parts.by_whom import ByWhom
from desktop.ui.parts.lesson_view import LessonView, Run
from desktop.ui.parts.push_sheet import PushSheet
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import stages
from desktop.ui.widgets.boxes import Card, column, empty, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import choice_field, fill, named, number_field, text_field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.sheet import answer

WIDE_PX = 800
"""From this width on, at 100% text, fields and buttons stand side by side."""


class GeneratePage(Page):
    """The wish, then the stages, then the lesson to look at and keep."""

    widest = tokens.COLUMN
    kinds = frozenset({"classes", lesson_jobs.COLLECTION})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PageHeader(tr("New lesson")))
        self._presenter = GeneratePresenter(desk.services)
        self._asking = Asking(desk.services)
        self._by_whom = ByWhom()
        self._watched = ""
        self._asked_for = ""
        self._last: Wish | None = None
        self.wish = WishForm(self._start)
        self.material = MaterialCard(self, self._asking)
        self.history = HistoryCard(
            lambda job: self.run(self._watch(job)),
            lambda job: self.run(self._go_on(job)),
            lambda job: self.run(self._asking.cancel(job)),
            lambda job: self.run(self._asking.forget(job)),
        )
        self.making = MakingView(
            self.runs(self._cancel), self.runs(self._resume), self._by_template, self._again
        )
        self._stages = self.making.stages
        self._deaf = self._asking.on_text(self._heard_text)
        self._result = ResultView(self._save, self._save_and_push, self._again, self.run)
        self._steps = QStackedWidget()
        for step in (
            scrolling(
                holding(column(self.wish, self.material, self.history, None, gap=tokens.SPACE_4))
            ),
            scrolling(holding(column(self.making, None))),
            self._result,
        ):
            self._steps.addWidget(step)
        self.body.addWidget(self._steps, 1)

    async def refresh(self) -> None:
        """Offer the classes, say who writes lessons, and show how those asked for stand."""
        fill(self._result.for_class, await self._presenter.classes())
        self.header.tell(
            tr("New lesson"), tr("Say it in a sentence. You see everything before it is kept.")
        )
        self.history.tell(await self._asking.jobs())
        if self.subject and self.subject != self._asked_for:
            self._asked_for = self.subject
            await self._watch(self.subject)
        elif self._watched:
            await self._show_watched()
        self._by_whom = await self._asking.by_whom()
        self.wish.tell(self._by_whom)
        self.material.setVisible(bool(self._by_whom.name))
        self.material.names.setVisible(self._by_whom.leaves)

    async def close_page(self) -> None:
        """Hear no more of what is being written."""
        self._deaf()
        await super().close_page()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Fit the form and the buttons to the room."""
        super().resizeEvent(event)
        wide = self.width() >= self.desk.theme.px(WIDE_PX)
        self.wish.fit(wide=wide)

    def _start(self) -> None:
        wish = self.wish.filled()
        self._last = wish
        self.run(self._ask(wish) if self.wish.by_ai else self._make(wish))

    def _by_template(self) -> None:
        """The same wish again, without AI; what the provider had done stays on the list."""
        self._watched = ""
        if self._last is not None:
            self.run(self._make(self._last))
        else:
            self._again()

    async def _ask(self, wish: Wish) -> None:
        self.banner.hide()
        fault = self._presenter.fault(wish)
        if fault:
            self.banner.tell(fault, "warn")
            return
        names = self.material.names.isChecked() or not self._by_whom.leaves
        self._watched = await self._asking.ask(request_of(wish), with_names=names)
        self.making.begin(by_ai=True)
        self._steps.setCurrentIndex(1)
        self.refresh_soon()

    async def _watch(self, job_id: str) -> None:
        """Look at a lesson that was asked for, done or not."""
        self._watched = job_id
        self.making.begin(by_ai=True)
        self._steps.setCurrentIndex(1)
        await self._show_watched()

    async def _go_on(self, job_id: str) -> None:
        await self._asking.resume(job_id)
        await self._watch(job_id)

    async def _resume(self) -> None:
        await self._asking.resume(self._watched)

    async def _cancel(self) -> None:
        await self._asking.cancel(self._watched)

    async def _show_watched(self) -> None:
        job = await self._asking.job(self._watched)
        if job is None:
            return
        self.making.tell(job)
        if job.state == "done" and self._steps.currentIndex() == 1:
            self._watched = ""
            await self._presenter.take(job)
            self._result.tell(self._presenter)
            self._steps.setCurrentIndex(2)

    def _heard_text(self, writing: Writing) -> None:
        if writing.job_id == self._watched:
            self.making.write(writing)

    async def _make(self, wish: Wish) -> None:
        self.banner.hide()
        fault = self._presenter.fault(wish)
        if fault:
            self.banner.tell(fault, "warn")
            return
        self.making.begin()
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
        self._watched = ""
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
        shown = (self._example(example) for example in choices.examples())
        examples = Flow(label(tr("Try:"), "soft"), *shown, gap=tokens.SPACE_1)
        self._ask = ask
        self.fit(wide=True)
        words = label(tr("What is the lesson about?"), "field")
        words.setBuddy(self.sentence)
        card = Card("", words, ask, examples, gap=tokens.SPACE_2)
        self._note = label("", "caption", wrap=True)
        self._by = Segments((("ai", tr("With AI")), ("template", tr("From a template"))),
                            tr("How it is made"))  # fmt: skip
        self.setLayout(column(card, self._more, self._by, self._note, gap=tokens.SPACE_4))
        self._by.chosen.connect(lambda _key: self._say_how())
        self._whom = ByWhom()
        self.tell(self._whom)

    @property
    def by_ai(self) -> bool:
        """Whether a provider is to write it."""
        return bool(self._whom.name) and self._by.value == "ai"

    def tell(self, whom: ByWhom) -> None:
        """Say who would write the lesson."""
        self._whom = whom
        self._by.setVisible(bool(whom.name))
        self._say_how()

    def _say_how(self) -> None:
        if self.by_ai:
            words = tr("Written by {name}. Read it through before you approve it.",
                       name=self._whom.name)  # fmt: skip
        elif self._whom.name:
            words = tr("Made from a template, without AI.")
        else:
            words = tr("Without an AI provider, lessons are made from our own templates, and say "
                       "so. Settings has a card for a provider.")  # fmt: skip
        self._note.setText(words)

    def fit(self, *, wide: bool) -> None:
        """Where room is short, or the text is large, things stand below each other."""
        directions = QBoxLayout.Direction
        self._ask.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Where room is short the buttons stand below each other."""
        super().resizeEvent(event)
        found = [self._actions.itemAt(at) for at in range(self._actions.count())]
        wants = sum(one.sizeHint().width() + self._actions.spacing() for one in found if one)
        wide, directions = self.width() >= wants, QBoxLayout.Direction
        self._actions.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def busy(self, on: bool) -> None:
        """While it is being kept, nothing can be pressed twice."""
        for button in (self.save, self.push, self._again):
            button.setEnabled(not on)
