"""A lesson to look at, part by part: plan, quiz to read or try, world, and what Studio gets."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.lessons.package import LessonPackage
from desktop.ui.parts import looking, package_view, package_words
from desktop.ui.parts.looking import NO_LESSON
from desktop.ui.parts.place_view import PlaceView
from desktop.ui.parts.quiz_player import QuizPlayer
from desktop.ui.parts.world_panel import WorldPanel
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, empty, holding
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.segments import Segments

Run = Callable[[Coroutine[Any, Any, Any]], None]
"""Runs work beside the window, and says what fails."""


class LessonView(QWidget):
    """Five tabs over one package. World and objects are built when first looked at.

    Emits `zone_chosen(id)` when a person picks a zone of the world.
    """

    zone_chosen = Signal(str)

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self._package: LessonPackage | None = None
        self._lesson_id = NO_LESSON
        self._built: LessonPackage | None = None
        self.tabs = Segments(
            (
                ("plan", tr("Plan")),
                ("quiz", tr("Quiz")),
                ("play", tr("Try the quiz")),
                ("world", tr("World")),
                ("studio", tr("In Studio")),
            ),
            tr("Part of the lesson"),
        )
        self.tabs.chosen.connect(lambda _key: self._turn())
        self._words = column(gap=0)
        self.world = WorldPanel()
        self.world.zone_chosen.connect(self.zone_chosen)
        self.place = PlaceView()
        self.player = QuizPlayer()
        self._building = label(tr("Building the world…"), "soft")
        self._pages = QStackedWidget()
        self._reading = holding(self._words)
        for page in (
            self._reading,
            holding(column(self._building, None)),
            self.player,
            self.world,
            self.place,
        ):
            self._pages.addWidget(page)
        whole = column(self.tabs, gap=tokens.SPACE_4)
        whole.addWidget(self._pages, 1)
        self.setLayout(whole)

    def show_package(self, package: LessonPackage, lesson_id: str = NO_LESSON) -> None:
        """Show another lesson, or the same as it is now; the tab stays."""
        if package != self._package or lesson_id != self._lesson_id:
            self._package, self._lesson_id = package, lesson_id
            self._built = None
            self._turn()

    def _turn(self) -> None:
        package, tab = self._package, self.tabs.value
        if package is None:
            return
        if tab in ("plan", "quiz"):
            empty(self._words)
            shown = package_words.shown(package)
            inside = package_view.plan(shown) if tab == "plan" else package_view.quiz(shown)
            area = scrolling(inside)
            area.setFocusPolicy(area.focusPolicy().StrongFocus)
            area.setAccessibleName(tr("The lesson"))
            self._words.addWidget(area, 1)
            self._pages.setCurrentWidget(self._reading)
        elif tab == "play":
            self.player.play(package.quiz)
            self._pages.setCurrentWidget(self.player)
        elif self._built is package:
            self._pages.setCurrentWidget(self.world if tab == "world" else self.place)
        else:
            self._pages.setCurrentIndex(1)
            self._run(self._look(package))

    async def _look(self, package: LessonPackage) -> None:
        found = await looking.look(package, self._lesson_id)
        if package is self._package:
            self.world.show_scene(found.scene, found.size)
            self.place.show_look(found)
            self._built = package
            self._turn()
