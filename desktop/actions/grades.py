"""Verbs for grades: a score is set, cleared on purpose, and never lost to a blank."""

from collections.abc import Mapping
from typing import Any

from desktop.actions import lookup
from desktop.classroom import gradebook, instants
from desktop.storage import outbox, records
from desktop.storage.errors import InvalidEdit
from desktop.storage.records import StoredRecord
from desktop.storage.transaction import Transaction


def set_score(tx: Transaction, submission_id: str, score: float | None) -> None:
    """Grade a submission; None clears the grade, because the teacher asked for it.

    Raises:
        UnknownRecord: there is no such submission.
        InvalidEdit: the score cannot stand; the message says why.
    """
    _grade(tx, lookup.need(tx, "submissions", submission_id), score)


def record_score(
    tx: Transaction, assessment_id: str, student_id: str, score: float | None
) -> str | None:
    """Grade a student's work on an assessment, also where nothing was handed in yet.

    Returns the submission's id; None when there is none and no score to write.

    Raises:
        UnknownRecord: the assessment or the student does not exist.
        InvalidEdit: the score cannot stand.
    """
    assessment = lookup.need(tx, "assessments", assessment_id)
    lookup.need(tx, "students", student_id)
    found = records.find(
        tx.connection, "submissions", {"student_id": student_id, "assessment_id": assessment_id}
    )
    if found:
        _grade(tx, found[0], score)
        return found[0].id
    if score is None:
        return None
    maximum = float(assessment.local.get("max_score", 0.0))
    _check(score, maximum)
    fields = {
        "assessment_id": assessment_id,
        "student_id": student_id,
        "class_id": assessment.local["class_id"],
        "max_score": maximum,
        **_graded(tx, score),
    }
    return outbox.put_named(tx, "submissions", fields).id


def paste_scores(
    tx: Transaction, assessment_id: str, scores: Mapping[str, float | None]
) -> list[str]:
    """Write a column of scores by student id; a blank leaves what is there. All or nothing.

    Returns the ids of the submissions that were graded.
    """
    written = [
        record_score(tx, assessment_id, student_id, score)
        for student_id, score in scores.items()
        if score is not None
    ]
    return [submission for submission in written if submission is not None]


def set_feedback(tx: Transaction, submission_id: str, text: str) -> None:
    """Write what the student reads next to the grade."""
    lookup.need(tx, "submissions", submission_id)
    outbox.update(tx, "submissions", submission_id, {"feedback": text})


def _grade(tx: Transaction, submission: StoredRecord, score: float | None) -> None:
    _check(score, float(submission.local.get("max_score") or 0.0))
    handed_in = submission.local.get("submitted_at") is not None
    cleared = {"score": None, "graded_at": None, "status": "submitted" if handed_in else "missing"}
    outbox.update(
        tx, "submissions", submission.id, cleared if score is None else _graded(tx, score)
    )


def _graded(tx: Transaction, score: float) -> dict[str, Any]:
    return {"score": float(score), "status": "graded", "graded_at": instants.to_text(tx.now)}


def _check(score: float | None, maximum: float) -> None:
    fault = gradebook.score_fault(score, maximum)
    if fault:
        raise InvalidEdit(fault)
