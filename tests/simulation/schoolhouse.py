"""The real school of a world: its tables in memory, its handlers called without sockets."""

import contextlib
import random
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import fastapi.dependencies.utils
import fastapi.routing
import msgspec
from fastapi import Request as HttpRequest

from desktop.backend.transport import Answer, Request
from desktop.classroom import instants
from desktop.school import application, asking, facts, feed, problems, push, store
from desktop.school import school as whole
from desktop.school.commits import Commits
from desktop.school.folder import Folder
from desktop.school.problems import Fault
from desktop.school.routes import about, auth, realtime, sync
from desktop.school.sight import Actor
from desktop.school.tables import account
from desktop.wire import API_PREFIX
from desktop.wire.auth import RefreshRequest
from desktop.wire.feed import ChangedRecord
from desktop.wire.push import Op, OpResult, PushRequest
from desktop.wire.realtime import AuthRequest
from tests.simulation import memory
from tests.simulation.clockwork import BEGINNING, VirtualLoop, WorldClock, in_no_thread

EPOCH = "0123456789ab"
TEACHERS = ("ada", "ben")
HEAD = "head"
"""The administrator, who moves teachers between classes."""
CHANGES, PUSH, REFRESH, CAPABILITIES, LET_IN = (
    f"{API_PREFIX}/{path}"
    for path in ("sync/changes", "sync/push", "auth/refresh", "capabilities", "realtime/auth")
)

Pushed = Callable[[str, list[Op], list[OpResult]], None]
"""Hears of every push that took effect: who, what, and what became of it."""


@dataclass(frozen=True)
class Line:
    """One record as the server holds it."""

    collection: str
    id: str
    version: int
    deleted: bool
    data: dict[str, Any]


class Schoolhouse:
    """One school for all worlds of this process; `reset` puts it back to its first day."""

    def __init__(self, loop: VirtualLoop) -> None:
        self.clock = WorldClock(loop)
        self._folder = Path(tempfile.mkdtemp(prefix="world-school-"))
        folder = Folder.open(self._folder)
        built = whole.School.open(folder, clock=self.clock, chance=random.Random(1))
        self.people = {name: Actor(f"user-{name}", "teacher", name, name) for name in TEACHERS}
        self.people[HEAD] = Actor(f"user-{HEAD}", "admin", HEAD, HEAD)
        with built.database.write() as connection:
            facts.put(connection, facts.EPOCH, EPOCH)
            for person in self.people.values():
                connection.execute(account.insert(), row_of_account(person))
        built.close()
        self._memory = memory.opened(self._folder / "school.sqlite")
        database = memory.InMemory(self._memory)
        self.school = replace(built, database=database, commits=Commits(database))
        self.first_day = self._memory.serialize()
        self.page_limit = 500
        self.on_push: Pushed = lambda *_: None
        self.application = application.build(self.school)
        self.school.hub._loop = loop
        self.poisoned: dict[tuple[str, str], bool] = {}
        """Records whose lines of the feed are spoiled, and whether they keep their names."""
        shutil.rmtree(self._folder)

    def reset(self, content: bytes) -> None:
        """Put everything back to `content`, with nobody connected."""
        self._memory.deserialize(content)
        self.poisoned.clear()
        hub = self.school.hub
        for kept in (hub.sockets, hub._channels, hub._due):
            kept.clear()

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Answer requests until the block ends, everything where it is: threads have own times."""
        with (
            patch.object(fastapi.routing, "run_in_threadpool", in_no_thread),
            patch.object(fastapi.dependencies.utils, "run_in_threadpool", in_no_thread),
        ):
            async with self.school.commits.running():
                yield

    def content(self) -> bytes:
        """Everything, as `reset` takes it."""
        return self._memory.serialize()

    def new_epoch(self) -> None:
        """Expire every cursor, as after a restore."""
        with self.school.database.write() as connection:
            number = int(facts.get(connection, facts.EPOCH), 16) + 1
            facts.put(connection, facts.EPOCH, f"{number:012x}")

    def sign_in(self, name: str, device: str) -> bytes:
        """Tokens for a device, as the sign-in answers them."""
        person = self.people[name]
        return auth._signed_in(self.school, person.id, device).model_dump_json().encode()

    def sign_out_everywhere(self, name: str) -> None:
        """Revoke every sign-in of a person."""
        self._memory.execute(
            "UPDATE family SET revoked_at = ?, why = 'closed' WHERE user_id = ?",
            (self.school.moment(), self.people[name].id),
        )

    def push(self, name: str, ops: list[Op]) -> list[OpResult]:
        """Changes made at the server itself, by a person."""
        results = push_at(self.school, self.people[name], ops)
        self.on_push(name, ops, results)
        return results

    def head(self) -> int:
        """The version of the latest change."""
        row = self._memory.execute("SELECT value FROM counter WHERE name = 'version'").fetchone()
        return int(row[0])

    def lines(self) -> list[Line]:
        """Every record there is."""
        rows = self._memory.execute(
            "SELECT collection, id, version, deleted, data FROM record ORDER BY version"
        )
        return [Line(c, i, v, bool(d), msgspec.json.decode(data)) for c, i, v, d, data in rows]

    def in_sight_of(self, name: str) -> list[ChangedRecord]:
        """What a person's device holds when it has fetched everything."""
        with self.school.database.read() as connection:
            page = feed.page(connection, self.people[name], "", 1_000_000, [])
        lines = page.body.split(b"\n")[:-2]
        return [msgspec.json.decode(line, type=ChangedRecord) for line in lines]

    # What comes over the network.

    async def answer(self, request: Request) -> Answer:
        """Answer a request by the routes' own functions; nothing of ASGI in between."""
        try:
            return await self._routed(request)
        except Fault as fault:
            answer = problems.document(fault, "simulated")
            return Answer(answer.status_code, dict(answer.headers), bytes(answer.body))

    async def _routed(self, request: Request) -> Answer:
        body = request.body or b""
        if request.path == CAPABILITIES:
            told = await about.capabilities(_AT_SCHOOL, self.school)
            return Answer(200, _JSON, told.model_dump_json().encode())
        if request.path == REFRESH:
            tokens = auth.refresh(RefreshRequest.model_validate_json(body), self.school)
            return Answer(200, _JSON, tokens.model_dump_json().encode())
        actor = await asking.STAFF.admit(self.school, request.token or "")
        if request.path == LET_IN:
            signed = realtime.auth(AuthRequest.model_validate_json(body), actor, self.school)
            return Answer(200, _JSON, signed.model_dump_json().encode())
        if request.path == CHANGES:
            limit = min(int(request.query["limit"]), self.page_limit)
            cursor = request.query.get("cursor", "")
            page = await sync.changes(_PLAIN, actor, self.school, cursor, limit, "")
            return Answer(200, _NDJSON, self._spoiled(bytes(page.body)))
        if request.path == PUSH:
            asked = PushRequest.model_validate_json(body)
            answer = bytes((await sync.push(asked, actor, self.school)).body)
            self._tell(actor.username, asked, answer)
            return Answer(200, _JSON, self._spoiled_results(answer))
        raise Fault(404, "not_found", "There is nothing at this address.")

    async def answer_through_asgi(self, request: Request) -> Answer:
        """Answer a request through the whole application, guard and all."""
        query = dict(request.query)
        if "limit" in query:
            query["limit"] = str(min(int(query["limit"]), self.page_limit))
        headers = {"host": "127.0.0.1", "content-type": request.content_type, **request.headers}
        headers["content-length"] = str(len(request.body or b""))
        if request.token:
            headers["authorization"] = f"Bearer {request.token}"
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": request.path,
            "raw_path": request.path.encode(),
            "root_path": "",
            "query_string": "&".join(f"{k}={v}" for k, v in query.items()).encode(),
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": request.body or b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.application(scope, receive, send)
        names = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        if request.path == PUSH and sent[0]["status"] == 200:
            asked = PushRequest.model_validate_json(request.body or b"")
            with self.school.database.read() as connection:
                actor = self.school.tokens.actor(connection, request.token or "")
            self._tell(actor.username, asked, body)
            body = self._spoiled_results(body)
        if request.path == CHANGES and sent[0]["status"] == 200:
            body = self._spoiled(body)
        return Answer(sent[0]["status"], names, body)

    # Records that nobody can read.

    def poison(self, chance: random.Random) -> None:
        """Spoil a record: from now on its line of the feed makes no sense."""
        live = [line for line in self.lines() if not line.deleted]
        if live:
            line = live[chance.randrange(len(live))]
            self.poisoned[line.collection, line.id] = chance.random() < 0.7

    def mend(self, *, afresh: bool) -> None:
        """Send every record whole again: as a new version of it, or to those who begin anew."""
        spoiled, self.poisoned = self.poisoned, {}
        if afresh or not all(spoiled.values()):
            self.new_epoch()  # what had no name can only be told from a whole snapshot
        with self.school.database.write() as connection:
            writing = store.Writing(connection, now=self.school.moment(), by=f"user-{HEAD}")
            for name in [] if afresh else spoiled:
                current = writing.get(*name)
                if current is not None and not current.deleted:
                    writing.put(*name, current.data, current=current)
            writing.finish()
            hearers = writing.hearers()
        self.school.hub.poke(hearers, writing.version)

    def _spoiled(self, body: bytes) -> bytes:
        if not self.poisoned:
            return body
        return b"\n".join(map(self._spoiled_line, body.split(b"\n")))

    def _spoiled_line(self, line: bytes) -> bytes:
        told = msgspec.json.decode(line) if line else {}
        named = self.poisoned.get((told.get("collection"), told.get("id")))
        if named is None or told.get("deleted"):
            return line
        return msgspec.json.encode({**told, "data": 7}) if named else b'{"data": \xff'

    def _spoiled_results(self, body: bytes) -> bytes:
        """The answer to a push, in which a spoiled record makes no more sense than in the feed.

        Of a deleted one nothing is told that could be spoiled.
        """
        if not self.poisoned:
            return body
        told = msgspec.json.decode(body)
        for result in told["results"]:
            current = result.get("current")
            if current is None or current["deleted"]:
                continue
            if (current["collection"], current["id"]) in self.poisoned:
                current["data"] = 7
        return msgspec.json.encode(told)

    def _tell(self, name: str, asked: PushRequest, answer: bytes) -> None:
        results = [OpResult.model_validate(one) for one in msgspec.json.decode(answer)["results"]]
        self.on_push(name, asked.ops, results)


_JSON = {"content-type": "application/json"}
_NDJSON = {"content-type": sync.NDJSON}
_PLAIN = HttpRequest({"type": "http", "headers": []})
_AT_SCHOOL = HttpRequest(
    {"type": "http", "scheme": "https", "server": ("school.example.org", 443), "path": "/",
     "headers": []}
)  # fmt: skip


def push_at(school: whole.School, person: Actor, ops: list[Op]) -> list[OpResult]:
    """Apply a person's changes at the school itself."""
    results: list[OpResult] = []
    for part in push.parts(school.now, person, ops):
        with school.database.write() as connection:
            pushed = part(connection)
        results += pushed.results
        school.hub.poke(pushed.hearers, pushed.version)
    return results


def row_of_account(person: Actor) -> dict[str, str]:
    """A row of the people who may sign in, with a password that fits nobody."""
    row = dict.fromkeys(("email", "email_key", "password_hash"), "")
    name = person.username
    return row | {
        "id": person.id,
        "username": name,
        "username_key": name,
        "display_name": name,
        "role": person.role,
        "created_at": instants.to_text(BEGINNING),
    }
