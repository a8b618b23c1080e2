"""Two devices, a small school server and a bad network, in whatever order chance thinks of.

The server here is the contract in forty lines: versions, a ledger of op ids, and nothing else.
"""

import concurrent.futures
import itertools
import os
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.storage import conflicts, ingest, outbox, records, rejections, sending
from desktop.storage.cache import Cache
from desktop.storage.ops import PendingOp
from desktop.wire.feed import ChangedRecord

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""Where waiting for a disk costs nothing: what a power cut does is tried elsewhere."""


class Inline(concurrent.futures.Executor):
    """Runs what it is handed at once, so that a run of chance can be repeated."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (a future carries any error)
            future.set_exception(error)
        return future


class Server:
    """The server's side of the contract."""

    def __init__(self) -> None:
        self.version = 0
        self.records: dict[str, ChangedRecord] = {}
        self.ledger: dict[str, int] = {}
        self.applied: list[str] = []

    def push(self, op: PendingOp, by: str) -> tuple[str, Any]:
        if op.op_id in self.ledger:
            return "applied", self.ledger[op.op_id]
        current = self.records.get(op.id)
        alive = current is not None and not current.deleted
        new = op.kind == "create"
        if (current is None and not new) or op.patch.get("room") == "refused":
            return "rejected", "It cannot be."
        if current is not None and ((new and alive) or op.base_version != current.version):
            return "conflict", current
        self.version += 1
        deleted = op.kind == "delete"
        old = current.data if current is not None and not new else {}
        self.records[op.id] = ChangedRecord(
            id=op.id, collection=op.collection, version=self.version, updated_by=by,
            deleted=deleted, data={} if deleted else {**old, **op.patch}, updated_at="",
        )  # fmt: skip
        self.ledger[op.op_id] = self.version
        self.applied.append(op.op_id)
        return "applied", self.version

    def after(self, cursor: int) -> list[ChangedRecord]:
        found = [record for record in self.records.values() if record.version > cursor]
        return sorted(found, key=lambda record: record.version)


class Device:
    """A teacher's computer."""

    def __init__(self, name: str, folder: Path, server: Server, clock: Any) -> None:
        self.name, self.folder, self.server, self.clock = name, folder, server, clock
        self.seed = sum(name.encode())
        self.open()

    def open(self) -> None:
        self.seed += 1
        self.cache = Cache.open(
            self.folder, clock=self.clock, chance=random.Random(f"{self.name}{self.seed}"),
            who=self.name, executor=Inline(),
        )  # fmt: skip

    def act(self, verb: Callable[..., Any], *args: Any) -> Any:
        return self.cache.write(lambda tx: verb(tx, *args)).result()

    def crash_and_start(self) -> None:
        self.cache.close()
        self.open()
        self.act(sending.return_all)

    def seen(self, id_: str) -> dict[str, Any] | None:
        record = self.cache.read(lambda c: records.get(c, "classes", id_))
        return None if record is None else record.seen

    def alive(self) -> list[str]:
        return [record.id for record in self.cache.read(lambda c: records.find(c, "classes"))]

    def push(self, fate: str) -> None:
        batch = self.cache.read(sending.next_ops)
        self.act(sending.mark_in_flight, [op.op_id for op in batch])
        if fate == "request lost":
            self.act(sending.returned, [op.op_id for op in batch], "lost")
            return
        answers = [(op, *self.server.push(op, self.name)) for op in batch]
        if fate == "answer lost":
            self.act(sending.returned, [op.op_id for op in batch], "lost")
            return
        if fate == "crash":
            self.crash_and_start()
            return
        for op, outcome, rest in answers:
            match outcome:
                case "applied":
                    self.act(sending.applied, op.op_id, rest)
                case "conflict":
                    self.act(sending.conflicted, op.op_id, rest)
                case _:
                    self.act(sending.rejected, op.op_id, "refused", rest)

    def pull(self) -> None:
        news = self.server.after(int(self.cache.read(ingest.get_cursor) or 0))
        for start in range(0, len(news), 2):
            page = news[start : start + 2]
            self.act(ingest.apply_page, page, str(page[-1].version))

    def settle(self, take: str) -> None:
        for one in self.cache.read(conflicts.open_ones):
            self.act(conflicts.resolve, one.id, take)
        for one in self.cache.read(rejections.open_ones):
            self.act(rejections.discard, one.op_id)


@pytest.fixture(scope="module")
def template() -> Any:
    """An empty cache, migrated once: opening a copy of it is quick."""
    from desktop.classroom.instants import SystemClock

    with tempfile.TemporaryDirectory() as folder:
        Cache.open(Path(folder) / "empty", clock=SystemClock(), chance=random.Random(1)).close()
        yield Path(folder) / "empty" / "cache.sqlite"


updates = st.tuples(
    st.just("update"), st.integers(0, 1), st.integers(0, 1),
    st.sampled_from(["name", "room", "term"]), st.sampled_from([False, False, False, True]),
)  # fmt: skip
pushes = st.tuples(
    st.just("push"), st.integers(0, 1),
    st.sampled_from(["fine", "fine", "request lost", "answer lost", "crash"]),
)  # fmt: skip
steps = st.one_of(
    updates, updates, updates, pushes, pushes,
    st.tuples(st.just("create"), st.integers(0, 1)),
    st.tuples(st.just("delete"), st.integers(0, 1), st.integers(0, 3)),
    st.tuples(st.just("pull"), st.integers(0, 1)),
    st.tuples(st.just("settle"), st.integers(0, 1), st.sampled_from(["mine", "theirs"])),
)  # fmt: skip


@pytest.mark.timeout(300)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, min_size=15, max_size=40))
def test_nothing_is_lost_doubled_or_left_apart(template: Any, clock: Any, script: Any) -> None:
    server = Server()
    with tempfile.TemporaryDirectory(dir=MEMORY) as outer:
        devices = []
        for name in ("Ana", "Ben"):
            folder = Path(outer) / name
            folder.mkdir()
            shutil.copy(template, folder / "cache.sqlite")
            devices.append(Device(name, folder, server, clock))
        try:
            journal = _play(script, devices)
            _heal(devices)
            _check(server, devices, journal)
        finally:
            for device in devices:
                device.cache.close()


Journal = list[tuple[str, str, str, str]]
"""Every value typed: device, record, field, value."""


def _play(script: list[Any], devices: list[Device]) -> Journal:
    journal: Journal = []
    tokens = (f"value {number}" for number in itertools.count())
    for what, who, *rest in script:
        device = devices[who]
        match what:
            case "create":
                name = next(tokens)
                made = device.act(outbox.create, "classes", {"name": name}).id
                journal.append((device.name, made, "name", name))
            case "update":
                alive = device.alive()
                if alive:
                    which, field, spoiled = rest
                    id_ = alive[which % len(alive)]
                    value = "refused" if spoiled and field == "room" else next(tokens)
                    device.act(outbox.update, "classes", id_, {field: value})
                    journal.append((device.name, id_, field, value))
            case "delete":
                alive = device.alive()
                if alive:
                    device.act(outbox.delete, "classes", alive[rest[0] % len(alive)])
                    journal.append((device.name, alive[rest[0] % len(alive)], "", ""))
            case "push":
                device.push(rest[0])
            case "pull":
                device.pull()
            case "settle":
                device.settle(rest[0])
        _check_held(device)
    return journal


def _check_held(device: Device) -> None:
    """Never two ops of one record at once, and nothing disputed leaves."""
    ready = device.cache.read(sending.next_ops)
    assert len({op.id for op in ready}) == len(ready)
    disputed = {one.record_id for one in device.cache.read(conflicts.open_ones)}
    assert disputed.isdisjoint(op.id for op in ready)


def _heal(devices: list[Device]) -> None:
    """A working network and no new edits: a bounded number of rounds is enough."""
    for _ in range(8):
        for device in devices:
            device.act(sending.return_all)
            device.settle("mine")
            device.push("fine")
            device.push("fine")
            device.pull()


def _check(server: Server, devices: list[Device], journal: Journal) -> None:
    assert len(server.applied) == len(set(server.applied))
    for device in devices:
        assert device.cache.read(sending.waiting) == []
        assert device.cache.read(conflicts.open_ones) == []
        assert device.cache.read(lambda c: records.find(c, "classes", pending=True)) == []
        for id_, held in server.records.items():
            assert device.seen(id_) == (None if held.deleted else held.data)
        assert set(device.alive()) == {
            id_ for id_, held in server.records.items() if not held.deleted
        }
    for id_, held in server.records.items():
        typed = [entry for entry in journal if entry[1] == id_]
        if held.deleted:
            assert any(field == "" for _, _, field, _ in typed), "deleted by nobody"
            continue
        if any(value == "refused" for _, _, _, value in typed):
            continue  # what was refused was given up in the end, with what went along in its op
        for field in ("name", "room", "term"):
            values = [value for _, _, name, value in typed if name == field]
            authors = {who for who, _, name, _ in typed if name == field}
            # Who deletes a record takes back their own edits of it, also when another keeps it.
            deleted = any(name == "" for _, _, name, _ in typed)
            if len(authors) == 1 and not deleted:  # one person alone: their last word holds
                assert held.data[field] == values[-1]
            elif values:
                assert held.data[field] in ([*values, ""] if deleted else values)
