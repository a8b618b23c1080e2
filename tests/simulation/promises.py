"""The seven promises of syncing, each checked against what people did and what is there now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from desktop.backend import problems
from desktop.classroom.identity import NATURAL_KEYS
from desktop.classroom.records import PARENTS
from desktop.errors import Offline
from desktop.storage import conflicts, ingest, records, rejections, sending
from desktop.storage.records import StoredRecord
from desktop.storage.sql import Connection
from desktop.sync.outcome import Report
from desktop.sync.status import State, Status
from desktop.wire.feed import ChangedRecord
from desktop.wire.push import Op, OpResult
from tests.simulation.schoolhouse import Line, Schoolhouse
from tests.simulation.teacher import Deed, Tokens, tokens

if TYPE_CHECKING:
    from tests.simulation.device import Device
    from tests.simulation.world import World

Name = tuple[str, str]
"""A record: its collection and its id."""

Sight = dict[Name, ChangedRecord]
"""What a person's devices hold when they have fetched everything."""

_BACK = ("restore", "decide", "discard")
"""Deeds by which a person brings back what another deleted."""

_WORDS = b"class-shared"
"""Something of every cache, and too long to stand in a random one."""
UNNAMED = "unnamed at 0"
"""What stands for a record of which nothing could be read."""
JUST_NOW_S = 0.2
"""An edit may be younger than the count that a round ended with."""


class Watch:
    """Sees every push that arrives, and what became of it."""

    def __init__(self, school: Schoolhouse, broke: Callable[[str], None]) -> None:
        self._school = school
        self._broke = broke
        self._applied: set[tuple[str, str]] = set()
        self._changes: dict[tuple[int, str], str] = {}
        self.devices: list[Device] = []

    def pushed(self, who: str, ops: list[Op], results: list[OpResult]) -> None:
        """Promises 2 and 7, at the moment of the push."""
        for op, result in zip(ops, results, strict=True):
            self._came_under_one_name(who, op, result)
            if result.outcome == "applied":
                if (who, op.op_id) in self._applied:
                    self._broke(f"promise 2: op {op.op_id} of {who} took effect twice")
                self._applied.add((who, op.op_id))
                if op.kind in ("create", "append"):
                    self._parents_are_there(op)
            elif result.code == "parent_missing":
                self._was_it_our_order(who, op)

    def _came_under_one_name(self, who: str, op: Op, result: OpResult) -> None:
        """What was applied never comes again under another op_id: only the id makes it once.

        From another device of the same person it may: both brought back what both had deleted.
        """
        if not tokens(op.patch):  # two people may well choose the same status
            return
        content = msgspec.json.encode(
            [who, op.collection, op.id, op.kind, op.base_version, op.patch]
        ).decode()
        change = (self._sender(who, op), content)
        known = self._changes.get(change)
        if known not in (None, op.op_id):
            self._broke(f"promise 2: a change of {op.collection} {op.id} came under two op ids")
        if result.outcome == "applied":
            self._changes[change] = op.op_id

    def _sender(self, who: str, op: Op) -> int:
        """The place of the device whose outbox holds the op; -1 when that one has died since."""
        for device in self.devices:
            if device.owner == who and device.alive and device.look(_holds(op.op_id)):
                return device.place
        return -1

    def _parents_are_there(self, op: Op) -> None:
        for collection, id_ in parents_of(op.collection, op.patch):
            found = self._school._memory.execute(
                "SELECT deleted FROM record WHERE collection = ? AND id = ?", (collection, id_)
            ).fetchone()
            if found is None or found[0]:
                self._broke(
                    f"promise 7: {op.collection} {op.id} was taken without its {collection}"
                )

    def _was_it_our_order(self, who: str, op: Op) -> None:
        for device in self.devices:
            if device.owner != who or not device.alive:
                continue
            if not device.look(_holds(op.op_id)):
                continue
            for collection, id_ in parents_of(op.collection, op.patch):
                parent = _get(device, collection, id_)
                if parent is not None and not parent.deleted and parent.version == 0:
                    self._broke(f"promise 7: {op.collection} {op.id} was sent before its parent")


def _holds(op_id: str) -> Callable[[Connection], bool]:
    return lambda connection: any(one.op_id == op_id for one in sending.waiting(connection))


def parents_of(collection: str, data: dict[str, Any]) -> Iterable[Name]:
    """The records that a record names."""
    for name, parent in PARENTS.get(collection, {}).items():
        value = data.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one:
                yield parent, one


def _get(device: Device, collection: str, id: str) -> StoredRecord | None:  # noqa: A002
    return device.look(lambda connection: records.get(connection, collection, id))


def check_status(world: World, device: Device, status: Status) -> None:
    """Promise 6, as the window of a device that syncs by itself says it."""
    if status.state is State.SYNCED and device.edited_at < world.loop.time() - JUST_NOW_S:
        waiting = device.look(sending.count)
        if waiting:
            world._broke(f"promise 6: device {device.place} says synced and {waiting} wait")


def check_report(world: World, device: Device, report: Report, head: int) -> None:
    """Promise 6: 'synced' is said only when it is so."""
    status = Status(
        counts=report.counts,
        problem="" if report.problem is None else str(report.problem),
        offline=isinstance(report.problem, Offline),
        sign_in_needed=isinstance(report.problem, problems.SignInNeeded),
        last_synced=None if report.failed else world.school.clock.now(),
    )
    if status.state is not State.SYNCED:
        return
    if device.edited_at < world.loop.time() - JUST_NOW_S:
        waiting = device.look(sending.count)
        if waiting:
            world._broke(f"promise 6: device {device.place} says synced and {waiting} wait")
    reached = int(report.cursor.rpartition(".")[2] or 0)
    if reached < head:
        world._broke(f"promise 6: device {device.place} says synced at {reached} of {head}")


@dataclass
class Held:
    """What devices hold that the server does not."""

    typed: dict[Name, set[int]] = field(default_factory=lambda: defaultdict(set))
    undecided: set[Name] = field(default_factory=set)
    """Records with an open conflict or an open refusal somewhere."""


def check(world: World, *, decided: bool) -> None:
    """The promises that show at the end, when everything has come to rest."""
    sight = {
        owner: {(one.collection, one.id): one for one in world.school.in_sight_of(owner)}
        for owner in dict.fromkeys(world.script.owners)
    }
    lines = {(line.collection, line.id): line for line in world.school.lines()}
    held = Held()
    for device in world.devices:
        _hold(held, device)
        _check_progress(world, device, decided=decided)
        _check_convergence(world, device, sight[device.owner])
        _check_questions(world, device)
    _check_orphans(world, lines)
    _check_deeds(world, lines, held, sight)
    _check_awards(world, lines)


def check_secrecy(device: Device) -> str:
    """A file of an encrypted device that anybody can read; "" when there is none."""
    for file in device.folder.rglob("*"):
        if device.key is not None and file.is_file() and _WORDS in file.read_bytes():
            return str(file.relative_to(device.folder))
    return ""


def check_the_rest(world: World) -> None:
    """Promise 5: what cannot be read is named on each device, and everything else goes on."""
    for device in world.devices:
        there = {(one.collection, one.id): one for one in world.school.in_sight_of(device.owner)}
        spoiled = [name for name in world.school.poisoned if name in there]
        _check_convergence(world, device, there, leaving_out=frozenset(spoiled))
        aside = {(one.collection, one.id): one for one in device.look(ingest.aside)}
        for name in spoiled:
            here = _get(device, *name)
            if here is not None and here.version >= there[name].version:
                continue  # it was read before it was spoiled
            if not there[name].deleted and name not in aside and ("", UNNAMED) not in aside:
                world._broke(f"promise 5: device {device.place} does not name {' '.join(name)}")


def _hold(held: Held, device: Device) -> None:
    for conflict in device.look(conflicts.open_ones):
        name = (conflict.collection, conflict.record_id)
        held.undecided.add(name)
        held.typed[name] |= tokens(conflict.mine) | tokens(conflict.theirs)
    for refused in device.look(rejections.open_ones):
        held.undecided.add((refused.collection, refused.id))
        held.typed[refused.collection, refused.id] |= tokens(refused.patch)
    for op in device.look(sending.waiting):
        held.undecided.add((op.collection, op.id))
        held.typed[op.collection, op.id] |= tokens(op.patch)


def _check_progress(world: World, device: Device, *, decided: bool) -> None:
    """Promise 5: only what a person has to decide may still wait."""
    waiting = device.look(sending.waiting)
    if decided and waiting:
        world._broke(f"promise 5: device {device.place} still keeps {_named(waiting)}")
        return
    stuck = {(one.collection, one.record_id) for one in device.look(conflicts.open_ones)}
    stuck |= {(one.collection, one.id) for one in device.look(rejections.open_ones)}
    for op in waiting:
        name = (op.collection, op.id)
        record = _get(device, *name)
        parents = set(parents_of(op.collection, record.local if record else {}))
        if name not in stuck and parents.isdisjoint(stuck) and op.kind != "delete":
            world._broke(f"promise 5: device {device.place} keeps {_named([op])} for no reason")


def _named(ops: Iterable[Any]) -> str:
    return ", ".join(f"{op.kind} of {op.collection} {op.id} ({op.last_error})" for op in ops)


def _check_convergence(
    world: World, device: Device, there: Sight, leaving_out: frozenset[Name] = frozenset()
) -> None:
    """Promise 3: what the server shows this person is what is here, byte for byte."""
    here = {(one.collection, one.id): one for one in all_records(device)}
    for name, line in there.items():
        record = here.pop(name, None)
        if name in leaving_out:
            continue
        if record is None:
            if not line.deleted:
                world._broke(f"promise 3: device {device.place} lacks {' '.join(name)}")
            continue
        base = record.base if record.dirty else record.seen
        wanted = None if line.deleted else line.data
        if base != wanted or (record.version != line.version and not line.deleted):
            world._broke(
                f"promise 3: device {device.place} holds {' '.join(name)} as "
                f"{record.version} {base}, the server as {line.version} {wanted}"
            )
    for name, record in here.items():
        if not record.deleted and not record.dirty:
            world._broke(f"promise 3: device {device.place} still shows {' '.join(name)}")


def _check_questions(world: World, device: Device) -> None:
    """Promise 2: nobody is asked to choose between a value and what somebody made of it.

    That happens when one effect is taken for two: the other side saw mine, and went on from it.
    """
    rows = device.look(
        lambda connection: connection.execute(
            "SELECT collection, id, field, base, mine, theirs FROM conflict"
        ).all()
    )
    for collection, id_, name, *values in rows:
        base, mine, became = (tokens(records.load(value)) for value in values)
        was = mine - base
        for deed in world.ledger.deeds:
            if (deed.collection, deed.id) != (collection, id_) or deed.verb in _BACK:
                continue
            if was and was <= deed.before and became & deed.after and deed.place != device.place:
                world._broke(
                    f"promise 2: device {device.place} asks about {name} of {collection} {id_}, "
                    f"though step {deed.number} knew it"
                )


def all_records(device: Device) -> list[StoredRecord]:
    """Everything a cache holds, deleted or not."""
    return device.look(
        lambda connection: [
            records.stored(row)
            for row in connection.execute(
                "SELECT collection, id, version, base, local, deleted, dirty, updated_at, "
                "updated_by FROM record ORDER BY collection, id"
            )
        ]
    )


def _check_orphans(world: World, lines: dict[Name, Line]) -> None:
    """Promise 7: whatever the server holds has its parents there, if only as tombstones."""
    for name, line in lines.items():
        missing = [] if line.deleted else [
            parent for parent in parents_of(line.collection, line.data) if parent not in lines
        ]  # fmt: skip
        if missing:
            world._broke(f"promise 7: {' '.join(name)} has no {missing}")


def _check_awards(world: World, lines: dict[Name, Line]) -> None:
    """Promise 2: nothing that was added once is there twice."""
    seen: dict[int, Name] = {}
    for name, line in lines.items():
        if line.collection == "xp_awards":
            for token in tokens(line.data):
                if token in seen:
                    world._broke(f"promise 2: award {token} is there as {seen[token]} and {name}")
                seen[token] = name


def _check_deeds(
    world: World, lines: dict[Name, Line], held: Held, sight: dict[str, Sight]
) -> None:
    """Promises 1 and 4: each saved deed holds, waits for a decision, or was decided away."""
    deeds = world.ledger.deeds
    by_record: dict[Name, list[tuple[int, Deed]]] = defaultdict(list)
    for place, deed in enumerate(deeds):
        by_record[deed.collection, deed.id].append((place, deed))
    for place in sorted(world.ledger.saved):
        deed = deeds[place]
        name = (deed.collection, deed.id)
        line = lines.get(name)
        live = tokens(line.data) if line is not None and not line.deleted else frozenset()
        others = [other for at, other in by_record[name] if at != place]
        later = [other for at, other in by_record[name] if at > place]
        _check_written(world, deed, live | held.typed[name], others)
        theirs = sight[world.devices[deed.place].owner].get(name)
        seen = theirs is not None and not theirs.deleted
        gone = (world.devices[deed.place].owner, *name) in world.ledger.out_of_sight
        # What was deleted here and left the person's sight, both sides agree on: it comes back
        # as it is there when it comes into sight again, and edits from before are given up.
        agreed = gone and any(one.deletes and one.place == deed.place for one in (deed, *later))
        if deed.firm and seen and not agreed and name not in held.undecided:
            _check_removed(world, deed, line, live, later)
            _check_deleted(world, deed, line, others, later)


def _check_written(world: World, deed: Deed, found: Tokens | set[int], others: list[Deed]) -> None:
    for token in deed.after - found:
        if not any(token in other.before for other in others):
            world._broke(
                f"promise 1, 4: what step {token} wrote into {deed.collection} {deed.id} is gone, "
                f"and nobody took it away"
            )


def _check_removed(
    world: World, deed: Deed, line: Line | None, live: Tokens, later: list[Deed]
) -> None:
    for token in (deed.before - deed.after) & live:
        if not any(token in other.after for other in later):
            world._broke(
                f"promise 1: step {deed.number} took {token} out of {deed.collection} {deed.id}, "
                f"and it is back"
            )


def _check_deleted(
    world: World, deed: Deed, line: Line | None, others: list[Deed], later: list[Deed]
) -> None:
    # Another device may have brought back what both had deleted, before this one said so.
    brought_back = any(
        one.verb in _BACK for one in others if one in later or one.place != deed.place
    )
    if deed.collection in NATURAL_KEYS:
        # Somebody else made the same one, and never saw the one that was deleted; or it was made
        # again after one that had not been sent.
        made = [one for one in others if one.verb == "create"]
        brought_back |= any(one.place != deed.place or one in later for one in made)
    if deed.deletes and line is not None and not line.deleted and not brought_back:
        world._broke(f"promise 1: step {deed.number} deleted {deed.collection} {deed.id}")


def everything_on(device: Device) -> str:
    """A cache in words, for the trace."""
    tables = {}
    for table in ("record", "op", "conflict", "rejected", "history", "poison"):
        rows = device.look(
            lambda connection, name=table: connection.execute(  # type: ignore[misc]
                f"SELECT * FROM {name} ORDER BY seq"
            ).all()
        )
        tables[table] = rows
    return msgspec.json.encode(tables).decode()
