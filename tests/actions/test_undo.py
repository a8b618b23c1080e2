"""Undo: step by step, across restarts, and never over what somebody else decided."""

from typing import Any

import pytest

from desktop.actions import classes, grades, roster, undo, xp
from desktop.actions.undo import CannotUndo
from desktop.classroom.roster import reading
from desktop.storage import conflicts, history, ingest, outbox, records, rejections, sending, steps

FILE = "First name,Last name,Email\n" + "".join(
    f"Pupil{number},Name{number},p{number}@school.example\n" for number in range(30)
)


@pytest.fixture
def group(act: Any) -> Any:
    return act(classes.create_class, "5B", room="12")


def seen(ask: Any, collection: str, id_: str) -> Any:
    found = ask(records.get, collection, id_)
    return None if found is None else found.seen


def send_all(act: Any, ask: Any, version: int = 1) -> int:
    """Every op that waits reaches the server; returns the last version."""
    while ready := ask(sending.next_ops):
        act(sending.mark_in_flight, [op.op_id for op in ready])
        for op in ready:
            act(sending.applied, op.op_id, version)
            version += 1
    return version


def enrolled(act: Any, group: Any, many: int) -> list[str]:
    return [act(roster.enrol, group, given_name=f"Pupil {one}") for one in range(many)]


def test_the_last_change_is_taken_back_and_leaves_nothing_to_send(
    act: Any, ask: Any, group: Any
) -> None:
    send_all(act, ask)
    act(classes.change_class, group, room="14")
    act(undo.undo)
    assert seen(ask, "classes", group)["room"] == "12"
    assert ask(sending.count) == 0
    values = [(one.field, one.old, one.new) for one in ask(history.of, "classes", group)][1:]
    assert values == [("room", "12", "14"), ("room", "14", "12")], "an undo is an edit like any"


def test_a_change_that_was_sent_is_taken_back_by_another_op(act: Any, ask: Any, group: Any) -> None:
    send_all(act, ask)
    act(classes.change_class, group, room="14")
    send_all(act, ask, 10)
    act(undo.undo)
    (op,) = ask(sending.waiting)
    assert (op.kind, op.patch) == ("update", {"room": "12"})


def test_undo_goes_on_step_by_step_after_a_restart_and_redo_comes_back(open_cache: Any) -> None:
    cache = open_cache()
    made = cache.write(lambda tx: classes.create_class(tx, "5B")).result()
    for room in ("1", "2", "3"):
        cache.write(lambda tx, room=room: classes.change_class(tx, made, room=room)).result()
    rooms = []

    def now() -> Any:
        return again.read(lambda c: records.get(c, "classes", made).local["room"])  # type: ignore[union-attr]

    for verb in (undo.undo, undo.undo, undo.redo, undo.undo, undo.undo, undo.redo, undo.redo,
                 undo.redo):  # fmt: skip
        cache.close()
        again = cache = open_cache()
        cache.write(verb).result()
        rooms.append(now())
    assert rooms == ["2", "1", "2", "1", "", "1", "2", "3"]
    with pytest.raises(CannotUndo, match="nothing to redo"):
        cache.write(undo.redo).result()


def test_something_new_ends_what_could_be_redone(act: Any, group: Any) -> None:
    act(classes.change_class, group, room="14")
    act(undo.undo)
    act(classes.change_class, group, subject="Maths")
    with pytest.raises(CannotUndo, match="nothing to redo"):
        act(undo.redo)


def test_with_nothing_done_there_is_nothing_to_undo(act: Any) -> None:
    with pytest.raises(CannotUndo, match="nothing to undo"):
        act(undo.undo)
    with pytest.raises(CannotUndo, match="no step 7"):
        act(undo.undo, 7)


def test_a_value_that_somebody_else_has_changed_since_stays_and_they_are_named(
    act: Any, ask: Any, said: Any, group: Any
) -> None:
    version = send_all(act, ask)
    act(classes.change_class, group, room="14")
    version = send_all(act, ask, version)
    theirs = {**seen(ask, "classes", group), "room": "99"}
    act(ingest.apply_page, [said("classes", group, version + 1, **theirs)], "c1")
    with pytest.raises(CannotUndo, match="Ben has changed this since") as refused:
        act(undo.undo)
    assert refused.value.record == ("classes", group), "the window offers to look at it"
    assert seen(ask, "classes", group)["room"] == "99"
    assert ask(steps.to_undo) is not None, "a refused undo leaves no trace"


def test_another_field_changed_by_somebody_else_does_not_stand_in_the_way(
    act: Any, ask: Any, said: Any, group: Any
) -> None:
    version = send_all(act, ask)
    act(classes.change_class, group, room="14")
    version = send_all(act, ask, version)
    theirs = {**seen(ask, "classes", group), "subject": "Art"}
    act(ingest.apply_page, [said("classes", group, version + 1, **theirs)], "c1")
    act(undo.undo)
    now = seen(ask, "classes", group)
    assert (now["room"], now["subject"]) == ("12", "Art")


def test_an_earlier_step_can_be_named_unless_it_was_changed_again(
    act: Any, ask: Any, group: Any
) -> None:
    first = act(undo.recorded, classes.change_class, group, room="14")
    act(classes.change_class, group, subject="Art")
    act(undo.undo, first.step)
    assert (seen(ask, "classes", group)["room"], seen(ask, "classes", group)["subject"]) == (
        "12", "Art",
    )  # fmt: skip
    with pytest.raises(CannotUndo, match="undone before"):
        act(undo.undo, first.step)
    second = act(undo.recorded, classes.change_class, group, room="15")
    act(classes.change_class, group, room="16")
    with pytest.raises(CannotUndo, match="changed this again"):
        act(undo.undo, second.step)


def test_a_whole_roster_is_taken_back_as_one_step_and_brought_back_as_one(
    act: Any, ask: Any
) -> None:
    plan = ask(roster.import_plan, reading.read(FILE.encode()), class_name="6A")
    done = act(undo.recorded, roster.apply, plan)
    assert len(ask(records.find, "students")) == 30
    act(undo.undo, done.step)
    assert ask(records.find, "students") == []
    assert ask(records.find, "classes") == []
    assert ask(sending.count) == 0, "what never left leaves nothing to send"
    act(undo.redo)
    assert len(ask(records.find, "students", {"class_ids": done.result[0]})) == 30


def test_a_roster_that_was_sent_is_deleted_there_too_children_first(act: Any, ask: Any) -> None:
    plan = ask(roster.import_plan, reading.read(FILE.encode()), class_name="6A")
    act(roster.apply, plan)
    send_all(act, ask)
    act(undo.undo)
    assert [op.kind for op in ask(sending.waiting)] == ["delete"] * 31
    assert ask(sending.waiting)[-1].collection == "classes"


def test_a_class_that_somebody_has_put_students_into_stays(act: Any, ask: Any, group: Any) -> None:
    made = ask(steps.to_undo).id
    enrolled(act, group, 1)
    with pytest.raises(CannotUndo, match="Something was added to it since"):
        act(undo.undo, made)
    assert seen(ask, "classes", group) is not None


def test_an_award_to_thirty_that_waits_is_simply_taken_out(act: Any, ask: Any, group: Any) -> None:
    pupils = enrolled(act, group, 30)
    send_all(act, ask)
    act(xp.award, group, pupils, 10, "for tidying up")
    done = act(undo.undo)
    assert done.made_up_for == 0
    assert ask(records.find, "xp_awards") == []
    assert ask(sending.count) == 0
    act(undo.redo)
    assert sum(one.local["xp"] for one in ask(records.find, "xp_awards")) == 300


def test_an_award_that_was_sent_is_made_up_for_and_says_so(act: Any, ask: Any, group: Any) -> None:
    pupils = enrolled(act, group, 3)
    act(xp.award, group, pupils, 10, "for tidying up")
    send_all(act, ask)
    done = act(undo.undo)
    assert done.made_up_for == 3
    awards = [one.local for one in ask(records.find, "xp_awards")]
    assert sum(one["xp"] for one in awards) == 0
    assert {one["reason"] for one in awards if one["xp"] < 0} == {"Taken back: for tidying up"}
    send_all(act, ask, 50)
    act(undo.redo)
    awards = [one.local for one in ask(records.find, "xp_awards")]
    assert sum(one["xp"] for one in awards) == 30
    assert awards[-1]["reason"] == "Given again: for tidying up"


def test_an_award_on_its_way_counts_as_sent(act: Any, ask: Any, group: Any) -> None:
    (pupil,) = enrolled(act, group, 1)
    send_all(act, ask)
    act(xp.award, group, [pupil], 10, "")
    act(sending.mark_in_flight, [op.op_id for op in ask(sending.waiting)])
    act(undo.undo)
    assert [op.patch["xp"] for op in ask(sending.waiting)] == [10, -10]


def test_what_was_deleted_comes_back_as_it_was(act: Any, ask: Any, group: Any) -> None:
    before = seen(ask, "classes", group)
    act(outbox.delete, "classes", group)  # it had never left, so nothing of it is kept
    act(undo.undo)
    assert seen(ask, "classes", group) == before
    send_all(act, ask)
    act(outbox.delete, "classes", group)
    send_all(act, ask, 9)
    act(undo.undo)
    assert seen(ask, "classes", group) == before
    assert [op.kind for op in ask(sending.waiting)] == ["create"]


def test_what_somebody_else_deleted_has_nothing_to_undo(
    act: Any, ask: Any, said: Any, group: Any
) -> None:
    version = send_all(act, ask)
    act(classes.change_class, group, room="14")
    version = send_all(act, ask, version)
    act(ingest.apply_page, [said("classes", group, version + 1, deleted=True)], "c1")
    with pytest.raises(CannotUndo, match="Ben has deleted this"):
        act(undo.undo)


def test_a_column_of_grades_is_one_step(act: Any, ask: Any, group: Any) -> None:
    pupils = enrolled(act, group, 3)
    quiz = act(outbox.create, "assessments", {"title": "Q", "class_id": group, "max_score": 10}).id
    act(grades.record_score, quiz, pupils[0], 3)
    act(grades.paste_scores, quiz, dict.fromkeys(pupils, 9.0))
    act(undo.undo)
    (left,) = ask(records.find, "submissions")
    assert (left.local["student_id"], left.local["score"]) == (pupils[0], 3)


def test_a_decision_is_taken_back_and_the_question_is_open_again(
    act: Any, ask: Any, said: Any, group: Any
) -> None:
    version = send_all(act, ask)
    act(classes.change_class, group, room="mine")
    theirs = {**seen(ask, "classes", group), "room": "theirs"}
    act(ingest.apply_page, [said("classes", group, version + 1, **theirs)], "c1")
    (asked,) = ask(conflicts.open_ones)
    for take, shown in (
        ("theirs", "theirs"),
        ("mine", "mine"),
        (conflicts.Value("third"), "third"),
    ):
        act(conflicts.resolve, asked.id, take)
        assert seen(ask, "classes", group)["room"] == shown
        assert ask(conflicts.open_ones) == []
        act(undo.undo)
        assert seen(ask, "classes", group)["room"] == "mine"
        assert ask(conflicts.open_ones) == [asked], "base, mine, theirs, who and when as before"
        act(undo.redo)
        assert seen(ask, "classes", group)["room"] == shown
        assert ask(conflicts.open_ones) == []
        act(undo.undo)


def test_a_decision_about_a_deleted_record_is_taken_back(
    act: Any, ask: Any, said: Any, group: Any
) -> None:
    version = send_all(act, ask)
    act(classes.change_class, group, room="mine")
    act(ingest.apply_page, [said("classes", group, version + 1, deleted=True)], "c1")
    (asked,) = ask(conflicts.open_ones)
    act(conflicts.resolve, asked.id, "theirs")
    assert seen(ask, "classes", group) is None
    act(undo.undo)
    assert seen(ask, "classes", group)["room"] == "mine"
    assert ask(conflicts.open_ones) == [asked]


def test_a_decision_that_was_built_upon_stays(act: Any, ask: Any, said: Any, group: Any) -> None:
    version = send_all(act, ask)
    act(classes.change_class, group, room="mine")
    theirs = {**seen(ask, "classes", group), "room": "theirs"}
    act(ingest.apply_page, [said("classes", group, version + 1, **theirs)], "c1")
    (asked,) = ask(conflicts.open_ones)
    decided = act(undo.recorded, conflicts.resolve, asked.id, "theirs")
    act(classes.change_class, group, room="later")
    with pytest.raises(CannotUndo, match="changed since"):
        act(undo.undo, decided.step)


def test_all_questions_are_decided_alike_in_one_step(
    act: Any, ask: Any, said: Any, group: Any
) -> None:
    other = act(classes.create_class, "5C", room="1")
    version = send_all(act, ask)
    for one in (group, other):
        act(classes.change_class, one, room="mine", name="mine")
        theirs = {**seen(ask, "classes", one), "room": "theirs", "name": "theirs"}
        version += 1
        act(ingest.apply_page, [said("classes", one, version, **theirs)], f"c{version}")
    assert len(act(conflicts.resolve_all, "theirs", ("classes", group))) == 2
    assert len(ask(conflicts.open_ones)) == 2
    act(undo.undo)
    assert len(ask(conflicts.open_ones)) == 4
    act(conflicts.resolve_all, "mine")
    assert ask(conflicts.open_ones) == []
    act(undo.undo)
    assert len(ask(conflicts.open_ones)) == 4


def test_a_refused_change_that_was_given_up_comes_back(act: Any, ask: Any, group: Any) -> None:
    send_all(act, ask)
    act(classes.change_class, group, room="14")
    (op,) = ask(sending.waiting)
    act(sending.rejected, op.op_id, "invalid", "No.")
    act(rejections.discard, op.op_id)
    assert seen(ask, "classes", group)["room"] == "12"
    act(undo.undo)
    assert seen(ask, "classes", group)["room"] == "14"
    assert ask(sending.count) == 1
