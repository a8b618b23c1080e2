"""What the list of classes says, and what a new class is made of."""

from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.actions import classes as verbs
from desktop.storage.queries import classes as queries
from desktop.ui.parts.words import class_caption, class_tags, grade
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services
    from desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class ClassLine:
    """A class in the list."""

    id: str
    name: str
    caption: str
    tags: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class NewClass:
    """A filled form."""

    name: str
    subject: str = ""
    grade_level: int | None = None
    room: str = ""


def _make(tx: "Transaction", new: NewClass, *, teacher_id: str) -> str:
    return verbs.create_class(
        tx,
        new.name,
        subject=new.subject,
        grade_level=new.grade_level,
        room=new.room,
        teacher_ids=[teacher_id],
    )


class ClassesPresenter:
    """Reads the classes and makes new ones."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self) -> list[ClassLine]:
        """The classes by name."""
        rows = await wrap_future(self._services.ask(queries.class_list))
        return [ClassLine(row.id, row.name, class_caption(row), class_tags(row)) for row in rows]

    async def subtitle(self) -> str:
        """The line below the title, when there are classes."""
        students = await wrap_future(self._services.ask(queries.student_count))
        return plural("{count} student in all", "{count} students in all", students)

    async def make(self, new: NewClass) -> str:
        """Make a class; returns its id. Its days are those of this computer's time zone."""
        return await wrap_future(
            self._services.act(_make, new, teacher_id=self._services.account.user.id)
        )

    @staticmethod
    def grades() -> list[tuple[str, object]]:
        """The grades of the form."""
        return [(tr("No grade"), None), *((grade(level), level) for level in range(14))]
