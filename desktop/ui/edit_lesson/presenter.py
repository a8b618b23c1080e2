"""What the editor decides: where a lesson is kept while it is written, and what is said of it."""

import copy
import json
from asyncio import wrap_future
from typing import TYPE_CHECKING

from desktop.actions import lessons as lesson_actions
from desktop.classroom import instants
from desktop.errors import WrongUse
from desktop.lessons import editing, package
from desktop.lessons.editing import Editing, Fault, Fields
from desktop.lessons.package import InvalidPackage, LessonPackage
from desktop.lessons.schema import SCHEMA_VERSION, PartName
from desktop.storage import drafts, records
from desktop.ui.parts.by_whom import by_whom
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services
    from desktop.storage.transaction import Transaction


class EditPresenter:
    """Holds one lesson while it is written, and keeps it on the disk."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self.lesson_id = ""
        self.editing: Editing | None = None
        self._opened: LessonPackage | None = None
        """The lesson as it was when the editor was opened."""
        self._stored: Fields = {}
        """What the library holds, as far as we know."""
        self._kept = ""
        """What is on the disk of what is being written: in the library, or as a draft."""

    @property
    def title(self) -> str:
        """What the lesson is called now."""
        return str(self.editing.fields.get("title", "")) if self.editing else ""

    async def open(self, lesson_id: str) -> str:
        """Take up a lesson where it was left; returns why that cannot be, or nothing."""
        self.lesson_id, self.editing, self._opened = lesson_id, None, None
        found = await self._found()
        if found is None:
            return tr("This lesson is no longer here.")
        try:
            self._opened = package.load(found)
        except InvalidPackage as invalid:
            return tr("This lesson cannot be edited: {why}", why=str(invalid))
        self._stored = self._opened.model_dump(mode="json")
        draft = await wrap_future(self._services.ask(drafts.of, self._subject))
        self.editing = Editing(_read(draft) or self._stored)
        self._kept = _written(self.editing.fields)
        return ""

    async def look_again(self) -> bool:
        """Take in what came from elsewhere meanwhile; whether anything did."""
        if self.editing is None:
            return False
        found = await self._found()
        if found is None:
            return False
        try:
            theirs = package.load(found).model_dump(mode="json")
        except InvalidPackage:
            return False  # it stays as it is here until there is something that can be read
        if theirs == self._stored:
            return False
        mine = self.editing.fields
        together = editing.rebased(self._stored, mine, theirs)
        self._stored = theirs
        if together == mine:
            return False
        self.editing.replace(together)
        return True

    @property
    def waits(self) -> bool:
        """Whether something was written that is not on the disk yet."""
        return self.editing is not None and _written(self.editing.fields) != self._kept

    async def keep(self) -> None:
        """Save what is written: into the library if it is a lesson, else as a draft."""
        if self.editing is None or not self.waits or self._opened is None:
            return
        lesson = self.editing.package()
        if lesson is None:
            self._kept = _written(self.editing.fields)
            await wrap_future(self._services.act(drafts.keep, self._subject, self._kept))
            return
        now = instants.to_text(self._services.clock.now())
        whole = editing.signed(self._opened, lesson, now).model_dump(mode="json")
        self.editing.fields["provenance"] = copy.deepcopy(whole["provenance"])
        self._kept, self._stored = _written(self.editing.fields), whole
        await wrap_future(self._services.act(_save, self.lesson_id, whole, self._subject))

    async def provider(self) -> str:
        """Who would write a part anew; "" while only templates are set up."""
        return (await by_whom(self._services)).name

    async def revise(self, part: PartName, instruction: str) -> str:
        """Ask for a part to be written anew; returns the id of the wish.

        Raises:
            WrongUse: the lesson is not whole.
        """
        lesson = self.editing.package() if self.editing else None
        if lesson is None:
            raise WrongUse(
                tr("A part of this lesson is not whole yet."),
                mend=tr("Mend the places that want a look, and ask again."),
            )
        return await self._services.lessons.revise(
            lesson, part, instruction, lesson_id=self.lesson_id
        )

    def words(self, faults: list[Fault]) -> str:
        """Where things stand, as a sentence."""
        if self.waits:
            return tr("Saving…")
        count = sum(one.severe for one in faults)
        if count:
            return plural(
                "Kept here as a draft. {count} place wants a look before it goes into the library.",
                "Kept here as a draft. {count} places want a look before it goes into the library.",
                count,
            )
        return tr("Everything is saved in your library.")

    @property
    def _subject(self) -> str:
        return f"lessons/{self.lesson_id}"

    async def _found(self) -> Fields | None:
        found = await wrap_future(self._services.ask(records.get, "lessons", self.lesson_id))
        if found is None or found.seen is None:
            return None
        return dict(found.seen.get("package") or {})


def _written(fields: Fields) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _read(draft: str | None) -> Fields | None:
    """A draft as it was kept; None where there is none that this version can go on with."""
    try:
        fields = json.loads(draft) if draft else None
        if not isinstance(fields, dict):
            return None
        return package.migrated(fields, package.MIGRATIONS, SCHEMA_VERSION)
    except (ValueError, InvalidPackage):
        return None


def _save(tx: "Transaction", lesson_id: str, whole: Fields, subject: str) -> None:
    lesson_actions.save_lesson(tx, whole, lesson_id=lesson_id)
    drafts.drop(tx, subject)
