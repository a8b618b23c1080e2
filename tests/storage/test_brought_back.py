"""Records that one side deleted and somebody brought back: what both sides start from then."""

from typing import Any

import pytest

from desktop.classroom import identity
from desktop.storage import conflicts, ingest, outbox, reconcile, records, sending
from desktop.wire.feed import ChangedRecord

MARK = {"student_id": "s1", "class_id": "c1", "day": "2026-11-23", "state": "late"}


@pytest.fixture
def take(act: Any) -> Any:
    """Takes one page of the feed in."""

    def take(*page: ChangedRecord) -> None:
        act(ingest.apply_page, page, None)

    return take


def _applied(act: Any, ask: Any, version: int) -> None:
    (op,) = ask(sending.next_ops)
    act(sending.mark_in_flight, [op.op_id])
    act(sending.applied, op.op_id, version)


def test_what_is_changed_here_and_brought_back_there_asks_only_about_what_both_changed(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("attendance", "a1", 7, **MARK, note="ill"))
    act(outbox.update, "attendance", "a1", {"state": "excused"})
    take(said("attendance", "a1", 8, deleted=True))
    (found,) = ask(conflicts.open_ones)
    assert found.field == ""
    take(said("attendance", "a1", 9, **MARK, note="ill at home"))
    assert ask(conflicts.open_ones) == []
    (op,) = ask(sending.next_ops)
    assert (op.kind, op.base_version, op.patch) == ("update", 9, {"state": "excused"})
    assert ask(records.get, "attendance", "a1").local["note"] == "ill at home"


def test_a_deletion_that_is_taken_back_asks_nothing_about_what_was_changed_meanwhile(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("attendance", "a1", 7, **MARK, note="ill"))
    act(outbox.delete, "attendance", "a1")
    _applied(act, ask, 8)
    act(outbox.restore, "attendance", "a1")
    take(said("attendance", "a1", 9, **MARK, note="ill at home"))
    assert ask(conflicts.open_ones) == []
    record = ask(records.get, "attendance", "a1")
    assert (record.local["note"], record.dirty) == ("ill at home", False)


def test_what_is_typed_anew_after_a_deletion_is_never_given_up_without_a_question(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    named = identity.natural_id("attendance", MARK)
    take(said("attendance", named, 7, **MARK))
    act(outbox.delete, "attendance", named)
    _applied(act, ask, 8)
    act(outbox.put_named, "attendance", MARK)
    take(said("attendance", named, 9, **{**MARK, "state": "absent"}))
    (asked,) = ask(conflicts.open_ones)
    assert (asked.field, asked.mine, asked.theirs) == ("state", "late", "absent")


def test_what_was_changed_here_is_not_lost_when_the_record_is_brought_back_as_it_was(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("submissions", "w1", 7, student_id="s1", assessment_id="q1", score=7.0))
    act(outbox.update, "submissions", "w1", {"score": 8.0})
    take(said("submissions", "w1", 8, deleted=True))
    take(said("submissions", "w1", 9, student_id="s1", assessment_id="q1", score=9.0))
    (asked,) = ask(conflicts.open_ones)
    assert (asked.field, asked.base, asked.mine, asked.theirs) == ("score", 7.0, 8.0, 9.0)


def test_a_record_that_is_deleted_again_is_not_deleted_here_without_a_question(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("attendance", "a1", 7, **MARK))
    act(outbox.delete, "attendance", "a1")
    _applied(act, ask, 8)
    act(outbox.restore, "attendance", "a1")
    take(said("attendance", "a1", 10, deleted=True))
    (asked,) = ask(conflicts.open_ones)
    assert (asked.field, asked.theirs) == ("", None)
    assert ask(records.get, "attendance", "a1").local["state"] == "late"


def test_what_is_made_anew_over_a_change_nobody_here_saw_stays_a_question(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    named = identity.natural_id("attendance", MARK)
    take(said("attendance", named, 7, **MARK, note="ill"))
    act(outbox.delete, "attendance", named)
    take(said("attendance", named, 8, **MARK, note="ill at home"))
    act(outbox.put_named, "attendance", {**MARK, "note": "overslept"})
    take(said("attendance", named, 9, **{**MARK, "state": "excused"}, note="ill at home"))
    (asked,) = ask(conflicts.open_ones)
    assert (asked.field, asked.mine["note"], asked.theirs["note"]) == (
        "", "overslept", "ill at home"
    )  # fmt: skip
    assert ask(sending.next_ops) == []


def test_a_record_that_left_our_sight_and_was_deleted_is_made_again_on_what_the_school_says(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("attendance", "a1", 7, **MARK))
    act(outbox.update, "attendance", "a1", {"note": "ill"})
    take(said("attendance", "a1", 17, deleted=True))  # others teach the class now
    (question,) = ask(conflicts.open_ones)
    act(conflicts.resolve, question.id, "mine")
    (op,) = ask(sending.next_ops)
    act(sending.mark_in_flight, [op.op_id])
    act(sending.conflicted, op.op_id, said("attendance", "a1", 10, deleted=True))
    (question,) = ask(conflicts.open_ones)  # that somebody deleted it is news
    act(conflicts.resolve, question.id, "mine")
    (again,) = ask(sending.next_ops)
    assert (again.kind, again.base_version) == ("create", 10)
    assert again.op_id != op.op_id


def test_an_answer_that_is_older_than_what_has_come_in_since_is_passed_over(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("attendance", "a1", 7, **MARK))
    act(outbox.update, "attendance", "a1", {"note": "ill"})
    (op,) = ask(sending.next_ops)
    for _ in range(reconcile.FEW_TRIES):
        act(sending.mark_in_flight, [op.op_id])
    take(said("attendance", "a1", 9, **{**MARK, "day": "2026-11-24"}))
    act(sending.conflicted, op.op_id, said("attendance", "a1", 8, **MARK))
    assert ask(records.get, "attendance", "a1").version == 9
