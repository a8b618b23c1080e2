"""Verbs for experience points: given once, and never changed."""

from collections.abc import Sequence

from desktop.actions import lookup
from desktop.classroom import instants
from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import outbox
from desktop.storage.transaction import Transaction


def award(
    tx: Transaction, class_id: str, student_ids: Sequence[str], xp: int, reason: str = ""
) -> list[str]:
    """Give `xp` to each of the students, and return the ids of the awards in their order.

    Raises:
        UnknownRecord: the class or a student does not exist; then nobody gets anything.
        WrongUse: a student is not in the class, nobody is named, or the XP is 0.
    """
    lookup.need(tx, "classes", class_id)
    if not student_ids or not xp:
        raise WrongUse(say("Choose at least one student, and how many XP they get."))
    for student_id in student_ids:
        student = lookup.need(tx, "students", student_id)
        if class_id not in student.local.get("class_ids", ()):
            raise WrongUse(say("A student you chose is not in this class."))
    at = instants.to_text(tx.now)
    return [
        outbox.append(tx, "xp_awards", {"student_id": student_id, "class_id": class_id, "xp": xp,
                                        "reason": reason, "source": "teacher",
                                        "awarded_at": at}).id
        for student_id in dict.fromkeys(student_ids)
    ]  # fmt: skip
