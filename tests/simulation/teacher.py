"""What a person does at a device: one deed in one transaction, on whatever they see there.

Whatever a person types carries the number of the step (`~17~`), so that it can be found again.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.classroom import identity
from desktop.storage import conflicts, outbox, records, rejections
from desktop.storage.records import StoredRecord
from desktop.storage.transaction import Transaction
from tests.simulation.script import Step

Tokens = frozenset[int]
"""The numbers of the steps in which a person typed something."""

LINES = {
    "classes": ("room", "section"),
    "students": ("email", "alias"),
    "lessons": ("title", "subject"),
    "assessments": ("title",),
    "badges": ("description",),
    "attendance": ("note",),
    "announcements": ("title",),
}
TEXTS = {"students": "note", "lessons": "summary", "submissions": "feedback"}
TAGS = {"lessons": "tags", "students": "accommodations"}
CHOICES = {
    "lessons": ("status", ("draft", "approved", "archived")),
    "assessments": ("due_at", ("2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z", None)),
    "submissions": ("status", ("missing", "submitted", "graded")),
    "attendance": ("state", ("present", "absent", "late")),
}
DAY = "2026-09-01"
MOMENT = "2026-09-01T06:00:00Z"


@dataclass(frozen=True)
class Deed:
    """What a person did. The record held `before`, and holds `after` by their decision."""

    number: int
    place: int
    verb: str
    collection: str
    id: str
    before: Tokens = frozenset()
    """What they saw and took away or replaced."""
    after: Tokens = frozenset()
    """What they wrote, or kept by decision."""
    deletes: bool = False
    firm: bool = True
    """Whether it has to show at the server; giving one's own change up does not."""


def tokens(data: Any) -> Tokens:
    """What of people's typing is in some data."""
    if data is None:
        return frozenset()
    found = {int(number) for number in re.findall(r"~(\d+)~", msgspec.json.encode(data).decode())}
    score = data.get("score") if isinstance(data, dict) else data
    if isinstance(score, float) and score % 1 == 0.5:
        found.add(int(score))
    return frozenset(found)


def perform(tx: Transaction, step: Step, place: int) -> Deed | None:
    """Do what the step says; None when there is nothing here to do it to."""
    return _DEEDS[step.verb](tx, step, place, _Dice(step))


class _Dice(random.Random):
    """The choices of one step. In a crowded world everybody works on the same two records."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.pick)
        self.crowded = step.crowded


_CROWD = ("submissions", "students")


def _word(step: Step) -> str:
    return f"~{step.number}~"


def _some(tx: Transaction, chance: random.Random, *collections: str) -> StoredRecord | None:
    """A record that the person sees."""
    crowd = [name for name in _CROWD if name in collections]
    if crowd and isinstance(chance, _Dice) and chance.crowded:
        seen = records.find(tx.connection, chance.choice(crowd), limit=1)
        return seen[0] if seen else None
    seen = records.find(tx.connection, chance.choice(collections))
    return seen[chance.randrange(len(seen))] if seen else None


def _update(
    tx: Transaction, step: Step, place: int, record: StoredRecord, patch: dict[str, Any]
) -> Deed:
    was = tokens(record.local)
    outbox.update(tx, record.collection, record.id, patch)
    now = tokens({**record.local, **patch})
    return Deed(step.number, place, step.verb, record.collection, record.id, was - now, now - was)


def _change(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    record = _some(tx, chance, *LINES, "submissions")
    if record is None:
        return None
    if record.collection in CHOICES and (record.collection not in LINES or chance.random() < 0.3):
        field, values = CHOICES[record.collection]
        return _update(tx, step, place, record, {field: chance.choice(values)})
    field = chance.choice(LINES[record.collection])
    return _update(tx, step, place, record, {field: _word(step)})


def _write_text(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    record = _some(tx, chance, *TEXTS)
    if record is None:
        return None
    field = TEXTS[record.collection]
    lines = (record.local.get(field) or "").splitlines()
    at = chance.randrange(len(lines) + 1)
    if lines and chance.random() < 0.4:
        at = min(at, len(lines) - 1)
        lines[at : at + 1] = [_word(step)] if chance.random() < 0.7 else []
    else:
        lines.insert(at, _word(step))
    return _update(tx, step, place, record, {field: "\n".join(lines)})


def _score(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    record = _some(tx, chance, "submissions")
    if record is None:
        return None
    value = None if chance.random() < 0.15 else step.number + 0.5
    return _update(tx, step, place, record, {"score": value})


def _tag(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    record = _some(tx, chance, *TAGS)
    if record is None:
        return None
    field = TAGS[record.collection]
    tags = list(record.local.get(field) or [])
    if tags and chance.random() < 0.4:
        tags.pop(chance.randrange(len(tags)))
    else:
        tags.append(_word(step))
    return _update(tx, step, place, record, {field: tags})


def _enrol(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    record, group = _some(tx, chance, "students", "lessons"), _some(tx, chance, "classes")
    if record is None or group is None:
        return None
    if chance.random() < 0.6:
        # What was just changed into what was just made: then the order of their ops matters.
        changed = records.find(tx.connection, record.collection, pending=True)
        record = next((one for one in changed if not one.deleted), record)
        group = records.find(tx.connection, "classes")[-1]
    ids = list(record.local.get("class_ids") or [])
    if group.id in ids and len(ids) > 1:
        ids.remove(group.id)
    elif group.id not in ids:
        ids.append(group.id)
    return _update(tx, step, place, record, {"class_ids": ids})


_MADE = {
    "classes": 4,
    "students": 2,
    "lessons": 2,
    "assessments": 2,
    "submissions": 1,
    "badges": 1,
    "attendance": 1,
    "announcements": 1,
}


def _create(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    (collection,) = chance.choices(list(_MADE), list(_MADE.values()))
    if isinstance(chance, _Dice) and chance.crowded and chance.random() < 0.4:
        collection = "classes"
    data = _new(tx, collection, _word(step), chance)
    return None if data is None else _made(tx, step, place, collection, data)


def _award(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    data = _new(tx, "xp_awards", _word(step), chance)
    return None if data is None else _made(tx, step, place, "xp_awards", data)


def _made(tx: Transaction, step: Step, place: int, collection: str, data: dict[str, Any]) -> Deed:
    if (named := identity.natural_id(collection, data)) is None:
        made = outbox.create(tx, collection, data)
        return Deed(step.number, place, step.verb, collection, made.id, after=tokens(data))
    # It may be here already, under the same id: then this changes it, or brings it back.
    known = records.get(tx.connection, collection, named)
    outbox.put_named(tx, collection, data)
    was, now = _seen_tokens(known), _seen_tokens(records.get(tx.connection, collection, named))
    verb = "restore" if known is not None and known.deleted else step.verb
    return Deed(step.number, place, verb, collection, named, was - now, now - was)


def _new(
    tx: Transaction, collection: str, word: str, chance: random.Random
) -> dict[str, Any] | None:
    """The data of a new record, on parents that the person sees."""
    group, pupil = _some(tx, chance, "classes"), _some(tx, chance, "students")
    quiz = _some(tx, chance, "assessments")
    if collection == "classes":
        return {"name": word}
    if group is None:
        return None
    if collection == "students":
        return {"given_name": word, "class_ids": [group.id]}
    if collection in ("lessons", "announcements"):
        return {"title": word, "class_ids": [group.id]}
    if collection == "assessments":
        lesson = _some(tx, chance, "lessons")
        return {"title": word, "class_id": group.id, "lesson_id": lesson.id if lesson else ""}
    if collection == "badges":
        return {"name": word, "class_id": group.id}
    if pupil is None:
        return None
    whose = {"student_id": pupil.id, "class_id": group.id}
    if collection == "attendance":
        return whose | {"day": DAY, "note": word}
    if collection == "xp_awards":
        return whose | {"xp": 10, "reason": word, "awarded_at": MOMENT}
    return None if quiz is None else whose | {"assessment_id": quiz.id, "feedback": word}


def _delete(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    record = _some(tx, chance, *LINES, "submissions")
    if record is None:
        return None
    outbox.delete(tx, record.collection, record.id)
    # What the school took away already, both sides agree on: it comes back when it gives it back.
    gone = record.base is None and record.version > 0
    return Deed(step.number, place, step.verb, record.collection, record.id,
                before=tokens(record.local), deletes=True, firm=not gone)  # fmt: skip


def _restore(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    rows = tx.connection.execute(
        "SELECT collection, id FROM record WHERE deleted = 1 AND local != '{}' ORDER BY seq"
    ).all()
    if not rows:
        return None
    collection, id_ = rows[chance.randrange(len(rows))]
    if collection in ("xp_awards", "badge_awards"):
        return None
    record = records.get(tx.connection, collection, id_)
    outbox.restore(tx, collection, id_)
    after = tokens(record.local) if record else frozenset()
    return Deed(step.number, place, step.verb, collection, id_, after=after)


def _decide(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    waiting = conflicts.open_ones(tx.connection)
    if not waiting:
        return None
    return decide(tx, step, place, waiting[chance.randrange(len(waiting))], chance)


def decide(
    tx: Transaction,
    step: Step,
    place: int,
    conflict: conflicts.Conflict,
    chance: random.Random,
) -> Deed:
    """Decide a conflict as a person does who sees both sides."""
    take: conflicts.Take = chance.choice(("mine", "theirs"))
    if conflict.field in LINES.get(conflict.collection, ()) and chance.random() < 0.2:
        take = conflicts.Value(_word(step))
    was = records.get(tx.connection, conflict.collection, conflict.record_id)
    conflicts.resolve(tx, conflict.id, take)
    now = records.get(tx.connection, conflict.collection, conflict.record_id)
    had, has = _seen_tokens(was), _seen_tokens(now)
    both = had | tokens(conflict.mine) | tokens(conflict.theirs)
    return Deed(step.number, place, step.verb, conflict.collection, conflict.record_id,
                both - has, has, deletes=take == "mine" and now is not None and now.deleted,
                firm=take != "theirs")  # fmt: skip


def _seen_tokens(record: StoredRecord | None) -> Tokens:
    return frozenset() if record is None else tokens(record.seen)


def _retry(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    refused = rejections.open_ones(tx.connection)
    if not refused:
        return None
    one = refused[chance.randrange(len(refused))]
    rejections.retry(tx, one.op_id)
    return Deed(step.number, place, step.verb, one.collection, one.id)


def _discard(tx: Transaction, step: Step, place: int, chance: random.Random) -> Deed | None:
    refused = rejections.open_ones(tx.connection)
    if not refused:
        return None
    return discard(tx, step, place, refused[chance.randrange(len(refused))])


def discard(tx: Transaction, step: Step, place: int, one: rejections.Rejection) -> Deed:
    """Give a refused change up."""
    was = records.get(tx.connection, one.collection, one.id)
    rejections.discard(tx, one.op_id)
    now = records.get(tx.connection, one.collection, one.id)
    had, has = _seen_tokens(was) | tokens(one.patch), _seen_tokens(now)
    return Deed(step.number, place, "discard", one.collection, one.id, had - has, has, firm=False)


_DEEDS: dict[str, Callable[[Transaction, Step, int, random.Random], Deed | None]] = {
    "change": _change,
    "write text": _write_text,
    "score": _score,
    "tag": _tag,
    "enrol": _enrol,
    "create": _create,
    "award": _award,
    "delete": _delete,
    "restore": _restore,
    "decide": _decide,
    "retry": _retry,
    "discard": _discard,
}
