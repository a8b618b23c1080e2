"""What the library shows, how it is searched, and what is done with the lessons that are chosen."""

import datetime as dt
from asyncio import wrap_future
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.actions import lessons as verbs
from desktop.actions.undo import Recorded
from desktop.classroom import instants
from desktop.storage.queries import classes
from desktop.storage.queries import lessons as queries
from desktop.storage.queries.lessons import LessonRow, Order
from desktop.ui.parts.words import grade, lesson_tag, subject
from desktop.ui.strings import mark, plural, short_day, tr
from desktop.ui.widgets.cells import Row, Said

if TYPE_CHECKING:
    from desktop.services import Services
    from desktop.storage.transaction import Transaction
    from desktop.ui.parts.undoing import Undoing

ORDERS: dict[Order, str] = {
    "changed": mark("Last changed first"),
    "title": mark("By title"),
    "subject": mark("By subject"),
    "due": mark("By due day"),
}
"""How the library can be sorted, as the choice says it."""

Choices = list[tuple[str, object]]
"""Words, and what they stand for; None stands for everything."""


@dataclass(frozen=True)
class Wanted:
    """Which lessons are to be shown; None and "" leave nothing out."""

    typed: str = ""
    status: str = ""
    """"" for all that were not put away."""
    subject: str | None = None
    grade: int | None = None
    class_name: str | None = None
    tag: str | None = None


@dataclass(frozen=True)
class _Kept:
    row: LessonRow
    searched: str


class LessonsPresenter:
    """Reads the library and keeps it for the search, which is answered as one types."""

    def __init__(self, services: "Services", undoing: "Undoing") -> None:
        self._services, self._undoing = services, undoing
        self._lessons: tuple[_Kept, ...] = ()

    @property
    def count(self) -> int:
        """How many lessons there are, those that were put away included."""
        return len(self._lessons)

    async def load(self, order: Order = "changed") -> None:
        """Ask for the library, in this order."""
        found = await wrap_future(
            self._services.ask(queries.lesson_library, archived=None, order=order)
        )
        if order == "subject":  # by the name that is shown, which the database does not know
            found = tuple(sorted(found, key=lambda one: subject(one.subject).casefold()))
        self._lessons = tuple(_Kept(one, _searched(one)) for one in found)

    def subtitle(self) -> str:
        """The line below the title."""
        in_use = sum(one.row.status != "archived" for one in self._lessons)
        return plural("{count} lesson", "{count} lessons", in_use) if in_use else ""

    def rows(self, wanted: Wanted) -> list[Row]:
        """Title, subject, grade, classes, tags, change, state and id of the lessons that fit."""
        words = wanted.typed.casefold().split()
        return [
            (
                one.title,
                subject(one.subject),
                grade(one.grade_level),
                ", ".join(one.class_names),
                ", ".join(one.tags),
                _day(one.updated_at),
                lesson_tag(one.status, pending=one.pending),
                one.id,
            )
            for kept in self._lessons
            if _fits(one := kept.row, wanted) and all(word in kept.searched for word in words)
        ]

    def subjects(self) -> Choices:
        """The subjects there are lessons of."""
        found = {one.row.subject for one in self._lessons if one.row.subject}
        return [(tr("Every subject"), None), *sorted((subject(one), one) for one in found)]

    def grades(self) -> Choices:
        """The grades there are lessons for."""
        found = {one.row.grade_level for one in self._lessons} - {None}
        levels = sorted(level for level in found if level is not None)
        return [(tr("Every grade"), None), *((grade(level), level) for level in levels)]

    def classes(self) -> Choices:
        """The classes that have lessons."""
        found = {name for one in self._lessons for name in one.row.class_names}
        return [(tr("Every class"), None), *((name, name) for name in sorted(found))]

    def tags(self) -> Choices:
        """The teacher's own words."""
        return [(tr("Every tag"), None), *((tag, tag) for tag in sorted(self.all_tags()))]

    def all_tags(self) -> set[str]:
        """Every word that is on a lesson."""
        return {tag for one in self._lessons for tag in one.row.tags}

    def tags_of(self, lesson_ids: Collection[str]) -> Counter[str]:
        """On how many of these lessons each word is."""
        chosen = set(lesson_ids)
        return Counter(tag for one in self._lessons if one.row.id in chosen for tag in one.row.tags)

    def title_of(self, lesson_id: str) -> str:
        """What a lesson is called."""
        return next((one.row.title for one in self._lessons if one.row.id == lesson_id), "")

    def put_away(self, lesson_ids: Collection[str]) -> bool:
        """Whether all of these lie in the archive."""
        chosen = set(lesson_ids)
        return all(one.row.status == "archived" for one in self._lessons if one.row.id in chosen)

    async def teaching(self) -> Sequence[tuple[str, str]]:
        """The classes a lesson can be given to: id and name."""
        found = await wrap_future(self._services.ask(classes.class_list))
        return [(one.id, one.name) for one in found]

    async def archive(self, lesson_ids: Sequence[str]) -> None:
        """Put lessons away."""
        done = await self._each(lesson_ids, verbs.archive_lesson)
        self._undoing.done(
            plural("{count} lesson put away.", "{count} lessons put away.", len(lesson_ids)),
            done.step,
        )

    async def restore(self, lesson_ids: Sequence[str]) -> None:
        """Bring lessons back from the archive."""
        done = await self._each(lesson_ids, verbs.restore_lesson)
        self._undoing.done(
            plural("{count} lesson is back, as a draft.", "{count} lessons are back, as drafts.",
                   len(lesson_ids)),
            done.step,
        )  # fmt: skip

    async def duplicate(self, lesson_ids: Sequence[str]) -> None:
        """Make a draft like each lesson."""
        titles = {one: tr("{title} (copy)", title=self.title_of(one)) for one in lesson_ids}
        done = await self._each(
            lesson_ids, lambda tx, one: verbs.duplicate_lesson(tx, one, titles[one])
        )
        self._undoing.done(
            plural("{count} copy made, as a draft.", "{count} copies made, as drafts.",
                   len(lesson_ids)),
            done.step,
        )  # fmt: skip

    async def tag(
        self, lesson_ids: Sequence[str], add: Sequence[str], remove: Sequence[str]
    ) -> None:
        """Put words on lessons, and take others off."""
        done = await self._each(lesson_ids, lambda tx, one: verbs.tag_lesson(tx, one, add, remove))
        self._undoing.done(
            plural("Tags of {count} lesson changed.", "Tags of {count} lessons changed.",
                   len(lesson_ids)),
            done.step,
        )  # fmt: skip

    async def give(
        self, lesson_ids: Sequence[str], class_ids: Sequence[str], due: dt.date | None
    ) -> None:
        """Give lessons to classes, until the end of the day `due` on this computer."""
        due_at = instants.to_text(_end_of(due)) if due else None
        done = await self._each(
            lesson_ids, lambda tx, one: verbs.assign_lesson(tx, one, class_ids, due_at)
        )
        self._undoing.done(
            plural("{count} lesson given.", "{count} lessons given.", len(lesson_ids)), done.step
        )

    async def _each(
        self, lesson_ids: Sequence[str], verb: "Callable[[Transaction, str], object]"
    ) -> Recorded[None]:
        return await wrap_future(self._undoing.act(_for_each, lesson_ids, verb))


def _for_each(
    tx: "Transaction", lesson_ids: Sequence[str], verb: "Callable[[Transaction, str], Any]"
) -> None:
    """In one transaction, so that one step takes all of it back."""
    for lesson_id in lesson_ids:
        verb(tx, lesson_id)


def _fits(one: LessonRow, wanted: Wanted) -> bool:
    status = one.status == wanted.status if wanted.status else one.status != "archived"
    return (
        status
        and wanted.subject in (None, one.subject)
        and wanted.grade in (None, one.grade_level)
        and (wanted.class_name is None or wanted.class_name in one.class_names)
        and (wanted.tag is None or wanted.tag in one.tags)
    )


def _searched(one: LessonRow) -> str:
    words = (one.title, one.subject, subject(one.subject), one.summary, *one.class_names, *one.tags)
    return " ".join(words).casefold()


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 59)).astimezone()


def _day(moment: str) -> Said:
    return Said(short_day(instants.from_text(moment).astimezone()), moment)
