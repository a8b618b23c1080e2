"""What the library shows, and how it is searched."""

from asyncio import wrap_future
from typing import TYPE_CHECKING

from desktop.storage.queries import lessons as queries
from desktop.storage.queries.lessons import LessonRow
from desktop.ui.parts.words import grade, lesson_tag, subject
from desktop.ui.strings import plural
from desktop.ui.widgets.cells import Row

if TYPE_CHECKING:
    from desktop.services import Services


class LessonsPresenter:
    """Reads the library and keeps it for the search, which is answered as one types."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._lessons: tuple[LessonRow, ...] = ()

    @property
    def count(self) -> int:
        """How many lessons there are in all."""
        return len(self._lessons)

    async def load(self) -> None:
        """Ask for the library."""
        self._lessons = await wrap_future(self._services.ask(queries.lesson_library))

    def subtitle(self) -> str:
        """The line below the title."""
        return plural("{count} lesson", "{count} lessons", self.count) if self.count else ""

    def rows(self, typed: str, status: str) -> list[Row]:
        """Title, subject, grade, classes, state and id of the lessons that fit."""
        words = typed.casefold().split()
        return [
            (
                one.title,
                subject(one.subject),
                grade(one.grade_level),
                ", ".join(one.class_names),
                lesson_tag(one.status, pending=one.pending),
                one.id,
            )
            for one in self._lessons
            if status in ("", one.status) and all(word in _searched(one) for word in words)
        ]


def _searched(one: LessonRow) -> str:
    return " ".join((one.title, one.subject, one.summary, *one.class_names)).casefold()
