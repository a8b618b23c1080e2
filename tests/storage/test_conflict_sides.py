"""Each side of a conflict has its author and its moment."""

import datetime as dt
from typing import Any

from desktop.classroom import instants
from desktop.storage import conflicts, ingest, outbox, sending
from desktop.storage.queries.conflict_sides import Said, sides


def _take(act: Any, *page: Any) -> None:
    act(ingest.apply_page, page, None)


def test_what_was_and_mine_and_theirs_each_have_an_author_and_a_moment(
    act: Any, ask: Any, said: Any, clock: Any
) -> None:
    _take(act, said("submissions", "w1", 7, student_id="s1", assessment_id="q1", score=5.0))
    _take(act, said("submissions", "w1", 8, student_id="s1", assessment_id="q1", score=6.0))
    came = clock.now()
    clock.moment += dt.timedelta(hours=1)
    act(outbox.update, "submissions", "w1", {"score": 8.0})
    typed = clock.now()
    act(outbox.update, "submissions", "w1", {"feedback": "Well done"})
    clock.moment += dt.timedelta(minutes=1)
    _take(act, said("submissions", "w1", 9, student_id="s1", assessment_id="q1", score=9.0))
    (conflict,) = ask(conflicts.open_ones)
    by = ask(sides, conflict)
    assert by.base == Said("Ben", instants.to_text(came), here=False)
    assert by.mine == Said("Ana Ruiz", instants.to_text(typed), here=True)
    assert by.theirs == Said("Ben", "2026-11-18T08:00:00.000Z")


def test_nobody_is_named_for_what_a_record_held_when_it_first_came(
    act: Any, ask: Any, said: Any
) -> None:
    _take(act, said("classes", "c1", 7, name="5B", room="12"))
    act(outbox.update, "classes", "c1", {"room": "13"})
    _take(act, said("classes", "c1", 8, name="5B", room="14"))
    (conflict,) = ask(conflicts.open_ones)
    assert ask(sides, conflict).base == Said()


def test_a_value_that_a_record_was_made_with_has_its_maker(act: Any, ask: Any, said: Any) -> None:
    made = act(outbox.create, "classes", {"name": "5B", "room": "12"})
    act(sending.mark_in_flight, [made.op_id])
    act(sending.applied, made.op_id, 7)
    act(outbox.update, "classes", made.id, {"room": "13"})
    _take(act, said("classes", made.id, 8, name="5B", room="14"))
    (conflict,) = ask(conflicts.open_ones)
    assert ask(sides, conflict).base.here
    assert ask(sides, conflict).mine.here
