"""Accounts to look at the window with, each a profile made with the program's own verbs.

The sample school, an empty one, one with 10,000 of everything, and one whose school does not answer
or answers nonsense.
"""

import contextlib
import datetime as dt
import itertools
import os
import shutil
import threading
from asyncio import wrap_future
from collections.abc import Iterator
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

from desktop import __version__, workspaces
from desktop.actions import grades
from desktop.actions import lessons as lesson_verbs
from desktop.backend import accounts, cache_keys, secrets
from desktop.backend.accounts import Account
from desktop.backend.transport import HttpTransport
from desktop.classroom.instants import SystemClock
from desktop.settings import Settings
from desktop.storage import ingest, pushes
from desktop.storage.transaction import Transaction
from desktop.ui.parts import pushing
from desktop.ui.preferences import Preferences
from desktop.ui.shell.window import MainWindow
from desktop.wire import auth
from desktop.wire.feed import MAX_PAGE, ChangedRecord
from tests.lessons import made
from tests.ui import driving, sync_desk

PATIENCE_S = 300.0
"""Pictures are no test of speed: a busy machine may take its time."""
MANY = 10_000
LONG_AGO = dt.timedelta(days=7)
CLASS = "class-0"
"""The one that all students are in."""
WHEN = "2026-11-23T09:00:00.000Z"
PASSPHRASE = "a passphrase for pictures"
GIVEN = ("Ana", "Björn", "Chidi", "Dolores", "Émile", "Fatima", "Grace", "Hiro", "Ines", "Jamal")
FAMILY = ("Karo", "Minde", "Sonvic", "Letu", "García", "Berø", "Okafor", "Lindgren", "Ruiz", "Ode")
SUBJECTS = ("mathematics", "science", "history", "language", "geography")


def fresh(folder: Path) -> Path:
    """A profile on which nobody is signed in, and whose tour was taken."""
    folder.mkdir(parents=True)
    Preferences(toured=True, version=__version__).save(folder)
    return folder


async def sample(folder: Path) -> Path:
    """The sample school, with a lesson that was edited, and pushes in every state."""
    async with driving.opened(fresh(folder)) as window:
        await _begin(window, "choose-sample")
    package = made.fields()
    with workspaces.open_offline(Settings.load(profile=folder)) as workspace:
        lesson = workspace.act(_last_week, package).result()
    async with driving.opened(folder) as window:
        await driving.until(lambda: window.here is not None, "Today", PATIENCE_S)
        await _work(window, lesson, package)
    return folder


async def empty(folder: Path) -> Path:
    """A Local school in which there is nothing yet."""
    async with driving.opened(fresh(folder)) as window:
        await _begin(window, "choose-own")
    return folder


async def elsewhere(folder: Path, like: Path, server: str) -> Path:
    """What is in the account of the profile `like`, and more that waits, at the school `server`."""
    known = accounts.current(like)
    assert known is not None
    account = await _signed_in(fresh(folder), server)
    store = _secrets(folder)
    key = cache_keys.find(store, known.slug)
    if key is not None:
        cache_keys.keep(store, account.slug, key)
    place = accounts.place(folder, account).folder
    shutil.copytree(accounts.place(like, known).folder, place, dirs_exist_ok=True)
    with workspaces.open_offline(Settings.load(profile=folder)) as workspace:
        for work in (sync_desk.furnish, sync_desk.waiting, sync_desk.refused, sync_desk.kept,
                     sync_desk.past, sync_desk.conflict):  # fmt: skip
            workspace.act(work).result()
    return folder


async def full(folder: Path, server: str) -> Path:
    """10,000 classes, students of one class with a grade each, lessons, and changes that wait."""
    await _signed_in(fresh(folder), server)
    with workspaces.open_offline(Settings.load(profile=folder)) as workspace:
        for page in _pages(_crowd()):
            workspace.act(ingest.apply_page, page, None).result()
        workspace.act(_wait_in_line).result()
    return folder


@contextlib.contextmanager
def secrets_in(folder: Path) -> Iterator[None]:
    """Secrets are kept in a vault in `folder`, not in the keyring of whoever takes pictures."""
    kept = {"TOOLBOXAI_VAULT": str(folder / "vault"), "TOOLBOXAI_VAULT_PASSPHRASE": PASSPHRASE}
    before = {name: os.environ.get(name) for name in kept}
    os.environ.update(kept)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


@contextlib.contextmanager
def nonsense() -> Iterator[str]:
    """A server that answers everything with something that is no answer; its address."""
    server = ThreadingTCPServer(("127.0.0.1", 0), _Nonsense)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


NO_ANSWER = b'{"a": {"school": "would say"}, "none": ["of", "this"]}'


class _Nonsense(StreamRequestHandler):
    def handle(self) -> None:
        """Whatever is asked, the same answer."""
        while self.rfile.readline().strip():
            pass
        head = f"Content-Type: application/json\r\nContent-Length: {len(NO_ANSWER)}"
        self.wfile.write(f"HTTP/1.1 200 OK\r\n{head}\r\nConnection: close\r\n\r\n".encode())
        self.wfile.write(NO_ANSWER)


async def _signed_in(folder: Path, server: str) -> Account:
    """Whoever signed in once at a school that is not to be reached now."""
    user = accounts.User(id="u1", username="ana", display_name="Ana Ruiz", role="teacher")
    account = Account(server=server, kind="companion", server_name="Riverside School", user=user)
    transport, clock = HttpTransport(server), SystemClock()
    session = accounts.open_session(folder, account, transport, _secrets(folder), clock=clock)
    who = auth.User(id=user.id, username=user.username, role="teacher")
    await session.keep(auth.Tokens(access_token="a", refresh_token="r", user=who))
    await transport.close()
    accounts.make_current(folder, account)
    return account


def _secrets(folder: Path) -> secrets.SecretStore:
    settings = Settings.load(profile=folder)
    return secrets.open_store(settings.vault, settings.vault_passphrase)


async def _begin(window: MainWindow, choice: str) -> None:
    """From the first page into a school, until the first sync is done."""
    await driving.until(lambda: driving.visible(window, choice), "the choice", PATIENCE_S)
    driving.click(window, choice)
    await driving.until(lambda: window.here is not None, "Today", PATIENCE_S)
    done = "All saved"
    await driving.until(lambda: window.status._sync.text() == done, "the first sync", PATIENCE_S)


def _last_week(tx: Transaction, package: dict[str, Any]) -> str:
    """Keep a lesson, as of some days ago."""
    tx.now -= LONG_AGO
    return lesson_verbs.save_lesson(tx, package)


async def _work(window: MainWindow, lesson: str, package: dict[str, Any]) -> None:
    """An edit of the lesson, and a push of it in each state that lasts."""
    assert window.desk is not None
    behind = window.desk.services
    package["objectives"][0]["text"] = "Name the fraction of a point between 0 and 1."
    package["activities"][0]["title"] = "What do we know about halves?"
    await wrap_future(behind.act(lesson_verbs.save_lesson, package, lesson_id=lesson))
    build = await pushing.build(made.fractions(), lesson)
    place: dict[str, object] = {
        "place_id": "12345",
        "place_name": "Fractions, my place",
        "reason": "",
    }
    await behind.studio.queue(build)
    for values in (
        {**place, "state": "failed", "reason": "Studio was closed while it went in."},
        {**place, "state": "conflict"},
        {**place, "state": "landed", "milliseconds": 1_225},
    ):
        await wrap_future(behind.act(_end, await behind.studio.queue(build), values))


def _end(tx: Transaction, push: str, values: dict[str, object]) -> None:
    """A push came so far, in a place in which somebody had built on."""
    words = ("create", "update", "conflict", "unchanged")
    plan = [(item.number, words[item.number % len(words)], "")
            for item in pushes.items_of(tx.connection, push)]  # fmt: skip
    pushes.set_plan(tx, push, plan)
    pushes.change(tx, push, **values)


def _crowd() -> Iterator[dict[str, Any]]:
    """The records of the crowded school: collection, id and data."""
    package = made.fields()
    for number in range(MANY):
        given, family = GIVEN[number % 10], FAMILY[number // 10 % 10]
        student, subject = f"student-{number}", SUBJECTS[number % len(SUBJECTS)]
        when = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}T10:00:00.000Z"
        of = {"student_id": student, "class_id": CLASS}
        grade = number % 12 + 1
        yield _record("classes", f"class-{number}", name=f"Class {number + 1}", subject=subject,
                      grade_level=grade, room=f"Room {number % 90 + 1}")  # fmt: skip
        yield _record("students", student, given_name=given, family_name=f"{family} {number}",
                      class_ids=[CLASS], roblox_username=f"{given}{number}")  # fmt: skip
        yield _record("lessons", f"lesson-{number}", title=f"Fractions, part {number + 1}",
                      subject=subject, grade_level=grade, class_ids=[CLASS], due_at=when,
                      status="approved" if number % 2 else "draft",
                      tags=[] if number % 3 else ["review"],
                      **({} if number else {"package": package}))  # fmt: skip
        yield _record("submissions", f"work-{number}", **of, assessment_id="quiz", max_score=10.0,
                      score=float(number % 11), status="graded", submitted_at=when)  # fmt: skip
        yield _record("xp_awards", f"award-{number}", **of, xp=number % 900, reason="quiz",
                      awarded_at=WHEN)  # fmt: skip
    yield _record("assessments", "quiz", title="Fractions quiz", class_id=CLASS, max_score=10.0)


def _record(collection: str, id_: str, **data: Any) -> dict[str, Any]:
    return {"collection": collection, "id": id_, "data": data}


def _pages(records: Iterator[dict[str, Any]]) -> Iterator[list[ChangedRecord]]:
    """As a school server tells them: a page at a time, each with its version."""
    told = (
        ChangedRecord(version=version, updated_at=WHEN, **one)
        for version, one in enumerate(records, 1)
    )
    while page := list(itertools.islice(told, MAX_PAGE)):
        yield page


def _wait_in_line(tx: Transaction) -> None:
    for number in range(MANY):
        grades.set_score(tx, f"work-{number}", float(number % 10 + 1))
