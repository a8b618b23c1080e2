"""Undo in the window: what was taken back, in words, and the way to look at what stands in it."""

from asyncio import wrap_future
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from desktop.actions import undo
from desktop.actions.undo import CannotUndo, Recorded
from desktop.storage import records
from desktop.storage.queries import step_words
from desktop.storage.queries.step_words import StepInWords
from desktop.ui.parts.words import kind
from desktop.ui.routes import Route
from desktop.ui.strings import plural, sentence_of, shown, tr

if TYPE_CHECKING:
    from concurrent.futures import Future

    from desktop.services import Services
    from desktop.storage.sql import Connection
    from desktop.storage.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")
Say = Callable[..., None]
Run = Callable[[Coroutine[Any, Any, Any]], object]
LOOK_AT = {"classes": "class", "lessons": "lesson"}
"""Collections whose records have a screen of their own."""
PARTS = frozenset({"students", "assessments"})
"""Collections whose records can be pointed at on the screen of their class."""


class Undoing:
    """Takes steps back and brings them again, and says so."""

    def __init__(
        self, services: "Services", say: Say, go: Callable[[Route], None], run: Run
    ) -> None:
        self._services, self._say, self._go, self._run = services, say, go, run

    def act(
        self,
        verb: "Callable[Concatenate[Transaction, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Future[Recorded[T]]":
        """Run a verb of the teacher; the result names the step, for `done`."""
        return self._services.act(lambda tx: undo.recorded(tx, verb, *args, **kwargs))

    def done(self, words: str, step: int) -> None:
        """Say that something was done, and offer to undo just that."""
        if step:
            self._say(words, tr("Undo"), lambda: self._run(self._undo(step)))
        else:
            self._say(words)

    async def next_ones(self) -> tuple[str, str]:
        """What the menu calls undo and redo now: each names what it is about."""
        last, undone = await wrap_future(self._services.ask(step_words.next_ones))
        back, again = in_words(last), in_words(undone)
        return (
            tr("Undo: {what}", what=back) if back else tr("Undo"),
            tr("Redo: {what}", what=again) if again else tr("Redo"),
        )

    def undo(self) -> None:
        """Take back the last step."""
        self._run(self._undo(None))

    def redo(self) -> None:
        """Bring back what was taken back last."""
        self._run(self._redo())

    def take_back(self, step: int) -> None:
        """Take back one step, wherever it stands in the history; a refusal says why."""
        self._run(self._undo(step))

    async def _undo(self, step: int | None) -> None:
        try:
            done, about = await wrap_future(self._services.act(_take_back, step))
        except CannotUndo as error:
            await self._refuse(error)
            return
        words = tr("Taken back: {what}.", what=in_words(about))
        if done.made_up_for:
            words += " " + tr("It had reached the server, so the opposite was awarded.")
        self._say(words, tr("Redo"), self.redo)

    async def _redo(self) -> None:
        try:
            _, about = await wrap_future(self._services.act(_bring_again))
        except CannotUndo as error:
            await self._refuse(error)
            return
        self._say(tr("Here again: {what}.", what=in_words(about)), tr("Undo"), self.undo)

    async def _refuse(self, error: CannotUndo) -> None:
        route = None
        if error.record is not None:
            route = await wrap_future(self._services.ask(place_of, *error.record))
        if route is None:
            self._say(sentence_of(error))
        else:
            self._say(sentence_of(error), tr("Look at it"), lambda: self._go(route))


def in_words(about: StepInWords | None) -> str:
    """What a step was about: one thing by its name, many by their number."""
    if about is None:
        return ""
    if about.words:
        return shown(about.words)
    many = (f"{count} {kind(collection, count)}" for collection, count in about.counts)
    return ", ".join(many) or plural("{count} change", "{count} changes", 1)


def place_of(connection: "Connection", collection: str, id: str) -> Route | None:  # noqa: A002
    """The screen on which a record is shown, or None where there is none."""
    record = records.get(connection, collection, id)
    if record is None:
        return None
    if collection in LOOK_AT:
        return Route(LOOK_AT[collection], id)
    class_id = record.local.get("class_id") or next(iter(record.local.get("class_ids") or ()), "")
    part = f"{collection}/{id}" if collection in PARTS else ""
    return Route("class", class_id, part) if class_id else None


def _take_back(tx: "Transaction", step: int | None) -> tuple[undo.Undone, StepInWords | None]:
    done = undo.undo(tx, step)
    return done, step_words.about_what_was_undone(tx.connection, done.undid)


def _bring_again(tx: "Transaction") -> tuple[undo.Undone, StepInWords | None]:
    done = undo.redo(tx)
    return done, step_words.about_what_was_undone(tx.connection, done.undid)
