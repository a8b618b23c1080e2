"""Verbs for assessments: a lesson's quiz is opened for a class, and closed."""

from desktop.actions import lookup
from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import outbox
from desktop.storage.transaction import Transaction


def open_assessment(
    tx: Transaction, lesson_id: str, class_id: str, due_at: str | None = None
) -> str:
    """Give the quiz of a lesson to a class, open at once; returns the assessment's id.

    Raises:
        UnknownRecord: the lesson or the class does not exist.
        WrongUse: the lesson has no quiz.
    """
    lesson = lookup.need(tx, "lessons", lesson_id)
    lookup.need(tx, "classes", class_id)
    questions = (lesson.local.get("package") or {}).get("quiz") or []
    if not questions:
        raise WrongUse(
            say("The lesson '{title}' has no quiz to give to a class.", title=lesson.local["title"])
        )
    fields = {
        "title": lesson.local["title"],
        "class_id": class_id,
        "lesson_id": lesson_id,
        "status": "open",
        "due_at": due_at,
        "max_score": float(sum(question.get("points", 1.0) for question in questions)),
        "questions": questions,
    }
    return outbox.create(tx, "assessments", fields).id


def close_assessment(tx: Transaction, assessment_id: str) -> None:
    """Take no more answers."""
    lookup.need(tx, "assessments", assessment_id)
    outbox.update(tx, "assessments", assessment_id, {"status": "closed"})
