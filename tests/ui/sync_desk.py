"""A desk whose account has the sync state a test wants: real cache, real verbs, no network."""

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop import workspaces
from desktop.actions import classes, roster, xp
from desktop.backend import problems
from desktop.backend.accounts import Account
from desktop.classroom.instants import SystemClock
from desktop.settings import Settings
from desktop.storage import ingest, outbox, parking, records, rounds, sending
from desktop.storage.cache import Cache
from desktop.storage.transaction import Transaction
from desktop.sync import unsettled
from desktop.sync.status import Board, Status
from desktop.ui.bridge import Bridge
from desktop.ui.desk import Desk, Errand
from desktop.ui.loop import Tasks
from desktop.ui.parts.task_centre import TaskCentre
from desktop.ui.parts.undoing import Undoing
from desktop.ui.routes import Route
from desktop.ui.theme.theme import Theme
from desktop.wire.auth import User
from desktop.wire.feed import ChangedRecord

CLASS, QUIZ, WORK, STUDENT = "class-5b", "quiz-1", "work-1", "student-1"


@dataclass
class StillSync:
    """The status, told by hand, and how often somebody asked for a round."""

    board: Board = field(default_factory=Board)
    asked: int = 0
    listeners: list[Any] = field(default_factory=list)

    @property
    def status(self) -> Status:
        return self.board.status

    def subscribe(self, listener: Any) -> Any:
        return self.board.subscribe(listener)

    def on_event(self, listener: Any) -> Any:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def now(self) -> None:
        self.asked += 1


class CutLine:
    """A school that cannot be reached."""

    school = None
    """It is no Local school."""

    async def subscription(self) -> Any:
        raise problems.Offline("https://school.example")

    async def provider(self) -> Any:
        raise problems.Offline("https://school.example")


@dataclass
class NoStudio:
    """A bridge to Studio that nobody is at."""

    road: str = "plugin"
    server_program: Any = None


@dataclass
class Office(workspaces.Workspace):
    """A workspace with a status."""

    sync: StillSync = field(default_factory=StillSync, kw_only=True)
    client: Any = field(default_factory=CutLine, kw_only=True)
    line: Any = field(default_factory=CutLine, kw_only=True)
    generation: Any = field(default_factory=CutLine, kw_only=True)
    studio: Any = field(default_factory=NoStudio, kw_only=True)

    def refresh_status(self, **more: Any) -> None:
        """Count what there is, as live syncing does."""
        told = {"last_synced": self.clock.now(), **more}
        self.sync.board.update(counts=self.ask(unsettled.counts).result(), **told)


@dataclass
class Heard:
    """What the desk was told."""

    toasts: list[tuple[Any, ...]] = field(default_factory=list)
    went: list[Route] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)


@asynccontextmanager
async def desk_in(folder: Path, theme: Theme) -> AsyncIterator[tuple[Desk, Office, Heard]]:
    """A desk on a fresh cache in `folder`, closed afterwards."""
    user = User(id="u1", username="ana", display_name="Ana Ruiz", role="teacher")
    account = Account(server="https://school.example", kind="companion", user=user)
    clock, chance = SystemClock(), random.Random(3)
    cache = Cache.open(folder, clock=clock, chance=chance, who="Ana Ruiz")
    office = Office(Settings.load(profile=folder), clock, chance, account, cache)
    heard = Heard()
    tasks = Tasks(lambda error: heard.toasts.append((str(error),)))
    bridge = Bridge(office.subscribe)
    said, went = lambda *words: heard.toasts.append(words), heard.went.append
    desk = Desk(
        services=office,  # type: ignore[arg-type]  # as much of the services as a page of sync asks
        bridge=bridge,
        theme=theme,
        go=went,
        take_in=lambda given: heard.toasts.append((given,)),
        toast=said,
        undoing=Undoing(office, said, went, tasks.start),  # type: ignore[arg-type]
        work=TaskCentre(clock, folder / "tasks.json"),
        leave=lambda: None,
        away=heard.errands.append,
    )
    try:
        yield desk, office, heard
    finally:
        await tasks.close()
        bridge.close()
        await asyncio.to_thread(office.put_away)


def on_server(
    tx: Transaction, collection: str, id_: str, version: int, by: str = "Ben Ode", **data: Any
) -> None:
    """The server says what a record is."""
    told = ChangedRecord(
        collection=collection, id=id_, version=version, data=data, updated_by=by,
        updated_at=(tx.now - dt.timedelta(hours=2)).isoformat(timespec="milliseconds")
        .replace("+00:00", "Z"),
    )  # fmt: skip
    ingest.apply_page(tx, [told], f"c{version}")


def furnish(tx: Transaction) -> None:
    """A class with a student, a quiz, and work that is graded."""
    on_server(tx, "classes", CLASS, 1, name="5B", room="12")
    on_server(tx, "students", STUDENT, 2, given_name="Ana", family_name="Li", class_ids=[CLASS])
    on_server(tx, "assessments", QUIZ, 3, title="Fractions quiz", class_id=CLASS, max_score=10.0)
    on_server(tx, "submissions", WORK, 4, assessment_id=QUIZ, student_id=STUDENT, class_id=CLASS,
              score=5.0, max_score=10.0, status="graded")  # fmt: skip


def waiting(tx: Transaction) -> None:
    """A grade and an award that wait."""
    outbox.update(tx, "submissions", WORK, {"score": 7.0})
    xp.award(tx, CLASS, [STUDENT], 10, "for helping")


def conflict(tx: Transaction) -> None:
    """A grade and a room that two people changed, and a student whom one of them deleted."""
    outbox.update(tx, "submissions", WORK, {"score": 9.0})
    work = records.get(tx.connection, "submissions", WORK)
    assert work is not None
    on_server(tx, "submissions", WORK, 5, **{**work.local, "score": 6.0})
    outbox.update(tx, "classes", CLASS, {"room": "14"})
    on_server(tx, "classes", CLASS, 6, name="5B", room="Library")
    roster.change_student(tx, STUDENT, note="Sits in front")
    ingest.apply_page(
        tx, [ChangedRecord(collection="students", id=STUDENT, version=7, deleted=True,
                           updated_at="2026-11-20T08:00:00.000Z", updated_by="Ben Ode")], "c7",
    )  # fmt: skip


def refused(tx: Transaction) -> None:
    """A change that the server did not take, one whose answer broke us, and a damaged record."""
    edit = outbox.update(tx, "submissions", WORK, {"score": 8.0})
    sending.rejected(tx, edit.op_id, "closed", "This quiz is closed for this term.")
    edit = outbox.update(tx, "classes", CLASS, {"room": "9"})
    parking.set_aside(tx, edit.op_id, "The server's answer to it could not be read.")
    ingest.set_aside(tx, "lessons", "lesson-9", 8, "{}", "ValidationError")


def kept(tx: Transaction) -> None:
    """A class that stays on this computer."""
    made = classes.create_class(tx, "Chess club")
    (op,) = [op for op in sending.waiting(tx.connection) if op.id == made]
    parking.keep(tx, op.op_id)


def past(tx: Transaction) -> None:
    """Some rounds."""
    rounds.note(tx, seconds=1.2, pushed=3, pulled=40, merged=1, problem="")
    for _ in range(3):
        rounds.note(tx, seconds=0.1, pushed=0, pulled=0, merged=0, problem="")
    rounds.note(tx, seconds=10, pushed=0, pulled=0, merged=0,
                problem="https://school.example cannot be reached now.")  # fmt: skip


def lost_to_ben(tx: Transaction) -> None:
    """A room that was changed here, sent, and changed by somebody else since."""
    edit = outbox.update(tx, "classes", CLASS, {"room": "14"})
    sending.applied(tx, edit.op_id, 8)
    on_server(tx, "classes", CLASS, 9, name="5B", room="Library")


def of_each_kind(tx: Transaction) -> None:
    """A due date, a long text and a quiz's questions that two people changed."""
    text = "We fold {} paper.\nThen we count the parts.\nAt the end we play."
    lesson = {"title": "Fractions", "class_ids": [CLASS]}
    on_server(tx, "lessons", "lesson-1", 20, **lesson, summary=text.format("white"),
              due_at="2026-12-01T10:00:00.000Z")  # fmt: skip
    outbox.update(tx, "lessons", "lesson-1", {"summary": text.format("blue"),
                                              "due_at": "2026-12-03T10:00:00.000Z"})  # fmt: skip
    on_server(tx, "lessons", "lesson-1", 21, **lesson, summary=text.format("red"),
              due_at="2026-12-04T10:00:00.000Z")  # fmt: skip
    asked = [{"id": "q1", "prompt": "1/2 + 1/2"}, {"id": "q2", "prompt": "1/4 + 1/4"}]
    quiz = {"title": "Halves", "class_id": CLASS, "max_score": 10.0}
    on_server(tx, "assessments", "quiz-2", 22, **quiz, questions=asked)
    mine, theirs = {"id": "q1", "prompt": "Two halves?"}, {"id": "q1", "prompt": "1/2 and 1/2?"}
    outbox.update(tx, "assessments", "quiz-2", {"questions": [mine, asked[1]]})
    on_server(tx, "assessments", "quiz-2", 23, **quiz, questions=[theirs, asked[1]])


def many(tx: Transaction) -> None:
    """An evening of typing without a network, many times over."""
    for number in range(2_000):
        classes.create_class(tx, f"Class {number}")
