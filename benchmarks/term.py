"""A believable term in a cache: classes, their students, lessons, and what they did."""

import functools
import random
from collections.abc import Iterator
from itertools import chain, count, islice
from typing import Any

from desktop.storage import ingest
from desktop.storage.cache import Cache
from desktop.storage.transaction import Transaction
from desktop.wire.feed import MAX_PAGE, ChangedRecord

SEED = 20_261_126
CLASSES = [f"0199c0de-0000-7000-9000-{number:012x}" for number in range(5)]
STUDENTS = [f"0199c0de-0000-7000-8000-{number:012x}" for number in range(140)]
LESSONS = [f"0199c0de-0000-7000-a000-{number:012x}" for number in range(40)]
QUIZZES = [f"0199c0de-0000-7000-b000-{number:012x}" for number in range(30)]
GIVEN = ("Ana", "Björn", "Chidi", "Dolores", "Émile", "Fatima", "Grace", "Hiro", "Ines", "Jamal")
FAMILY = ("Álvarez", "Brandt", "Chowdhury", "Dubois", "Eze", "Farkas", "García", "Haddad")

Made = tuple[str, str, dict[str, Any]]
"""A collection, an id and the record's fields."""


def fill(cache: Cache, records: int) -> None:
    """Take `records` records in as a sync does, page by page; most are answers in a lesson."""
    chance = random.Random(SEED)
    made = islice(chain(_setting(), _work(chance), _answers(chance)), records)
    changed = (
        ChangedRecord(id=key, collection=collection, version=version, data=data,
                      updated_at="2026-11-23T09:00:00.000Z")
        for version, (collection, key, data) in enumerate(made, 1)
    )  # fmt: skip
    while page := list(islice(changed, MAX_PAGE)):
        take = functools.partial(ingest.apply_page, page=page, cursor=str(page[-1].version))
        cache.write(take, durable=False).result()


def multiply(cache: Cache, times: int) -> None:
    """Have every answer `times` times; as rows, which is quicker than taking them in."""
    columns = (
        "collection, version, base, local, deleted, dirty, updated_at, updated_by, class_id, "
        "student_id, parent_id, at, name, status, amount"
    )
    copy = (
        f"INSERT INTO record (id, {columns}) SELECT id || ?, {columns} FROM record "
        "WHERE collection = 'progress_events' AND length(id) = 36"
    )

    def work(tx: Transaction) -> None:
        for number in range(1, times):
            tx.connection.execute(copy, (f"-{number}",))

    cache.write(work, durable=False).result()


def _class_of(at: int) -> str:
    return CLASSES[at % len(CLASSES)]


def _setting() -> Iterator[Made]:
    for at, key in enumerate(CLASSES):
        yield "classes", key, {"name": f"Class 5{'ABCDE'[at]}", "subject": "math"}
    for at, key in enumerate(STUDENTS):
        yield (
            "students",
            key,
            {
                "given_name": GIVEN[at % len(GIVEN)],
                "family_name": FAMILY[at // 10 % len(FAMILY)],
                "class_ids": [_class_of(at)],
            },
        )
    for at, key in enumerate(LESSONS):
        data = {"title": f"Lesson {at + 1}", "class_ids": [_class_of(at)], "status": "approved"}
        yield "lessons", key, data
    for at, key in enumerate(QUIZZES):
        yield (
            "assessments",
            key,
            {
                "title": f"Quiz {at + 1}",
                "class_id": _class_of(at),
                "max_score": 20.0,
                "status": "open",
            },
        )


def _work(chance: random.Random) -> Iterator[Made]:
    """What everybody handed in; the latest quizzes wait for their grades."""
    for at, quiz in enumerate(QUIZZES):
        for student in range(at % len(CLASSES), len(STUDENTS), len(CLASSES)):
            graded = at < 25
            yield (
                "submissions",
                f"{quiz[:-5]}{at:02x}{student:03x}",
                {
                    "assessment_id": quiz,
                    "student_id": STUDENTS[student],
                    "class_id": _class_of(student),
                    "status": "graded" if graded else "submitted",
                    "score": float(chance.randint(8, 20)) if graded else None,
                    "max_score": 20.0,
                    "submitted_at": _moment(chance),
                },
            )


def _answers(chance: random.Random) -> Iterator[Made]:
    for number in count():
        student = chance.randrange(len(STUDENTS))
        lesson = chance.randrange(8) * len(CLASSES) + student % len(CLASSES)
        yield (
            "progress_events",
            f"0199c0de-0001-7000-8000-{number:012x}",
            {
                "student_id": STUDENTS[student],
                "class_id": _class_of(student),
                "lesson_id": LESSONS[lesson],
                "kind": "answer",
                "at": _moment(chance),
                "data": {
                    "question_id": f"q{number % 12}",
                    "correct": chance.random() < 0.7,
                    "points": 5,
                    "standard": f"5.NF.{lesson // len(CLASSES) + 1}",
                },
            },
        )


def _moment(chance: random.Random) -> str:
    day, minute = chance.randint(1, 28), chance.randint(0, 59)
    return f"2026-{chance.randint(9, 11):02}-{day:02}T09:{minute:02}:00.000Z"
