"""What every world begins with: two teachers, two classes, and a little of everything."""

import random
from typing import Any

from desktop.wire.push import Op
from tests.simulation.schoolhouse import HEAD, Schoolhouse

SHARED, OWN = "class-shared", "class-of-ada"
BOTH = ["user-ada", "user-ben"]
AT = "2026-09-01T06:00:00Z"

_RECORDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("classes", SHARED, {"name": "shared", "teacher_ids": BOTH}),
    ("classes", OWN, {"name": "own"}),
    ("students", "pupil-1", {"given_name": "one", "class_ids": [SHARED]}),
    ("students", "pupil-2", {"given_name": "two", "class_ids": [SHARED, OWN]}),
    ("lessons", "lesson-1", {"title": "first", "class_ids": [SHARED], "summary": "a\nb\nc\nd"}),
    ("assessments", "quiz-1", {"title": "quiz", "class_id": SHARED, "lesson_id": "lesson-1"}),
    ("submissions", "work-1", {"assessment_id": "quiz-1", "student_id": "pupil-1",
                               "class_id": SHARED, "feedback": "a\nb\nc"}),
    ("submissions", "work-2", {"assessment_id": "quiz-1", "student_id": "pupil-2",
                               "class_id": SHARED}),
    ("badges", "badge-1", {"name": "badge", "class_id": SHARED}),
)  # fmt: skip


def furnish(school: Schoolhouse) -> None:
    """Put the first records into an empty school."""
    ops = [
        Op(op_id=f"first-{id_}", collection=collection, id=id_, kind="create", patch=data, at=AT)
        for collection, id_, data in _RECORDS
    ]
    results = school.push("ada", ops)
    assert {result.outcome for result in results} == {"applied"}, results


def reassign(school: Schoolhouse, number: int, chance: random.Random) -> None:
    """The administrator gives a class to other teachers."""
    groups = [line for line in school.lines() if line.collection == "classes" and not line.deleted]
    if not groups:
        return
    group = groups[chance.randrange(len(groups))]
    teachers = chance.choice((BOTH, BOTH, BOTH[:1], BOTH[1:]))
    op = Op(
        op_id=f"reassign-{number}",
        collection="classes",
        id=group.id,
        kind="update",
        base_version=group.version,
        patch={"teacher_ids": list(teachers)},
        at=AT,
    )
    school.push(HEAD, [op])
