"""Taking in what the server says, without losing what the teacher wrote."""

import dataclasses
from typing import Any

import pytest

from desktop.classroom.merging import FieldConflict, Merged
from desktop.storage import (
    conflicts,
    history,
    ingest,
    outbox,
    reconcile,
    records,
    rejections,
    sending,
)
from desktop.storage.cache import Cache


@pytest.fixture
def take(act: Any) -> Any:
    def run(*said: Any, cursor: str | None = None) -> ingest.Taken:
        return act(ingest.apply_page, said, cursor)

    return run


def test_a_page_and_its_cursor_are_stored_together(
    take: Any, ask: Any, said: Any, cache: Cache
) -> None:
    assert ask(ingest.get_cursor) == ""
    taken = take(said("classes", "c1", 7, name="5B"), cursor="c7")
    assert taken == ingest.Taken(taken=1)
    assert ask(ingest.get_cursor) == "c7"
    record = ask(records.get, "classes", "c1")
    assert (record.version, record.base, record.dirty) == (7, record.local, False)
    assert (record.updated_by, record.updated_at) == ("Ben", "2026-11-18T08:00:00.000Z")


def test_a_page_that_breaks_moves_neither_records_nor_cursor(act: Any, ask: Any, said: Any) -> None:
    good, bad = said("classes", "c1", 7, name="5B"), said("classes", "c2", 8, name="6A")

    def broken(tx: Any) -> None:
        ingest.apply_page(tx, [good, bad], "c8")
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        act(broken)
    assert ask(records.find, "classes") == []
    assert ask(ingest.get_cursor) == ""


def test_the_same_page_again_changes_nothing(take: Any, ask: Any, said: Any) -> None:
    page = [said("classes", "c1", 7, name="5B"), said("classes", "c2", 8, name="6A")]
    take(*page, cursor="c8")
    assert take(*page, cursor="c8") == ingest.Taken(known=2)
    assert ask(history.of, "classes", "c1") == []


def test_an_older_state_is_not_taken(take: Any, ask: Any, said: Any) -> None:
    take(said("classes", "c1", 7, name="new"))
    assert take(said("classes", "c1", 6, name="old")).known == 1
    assert ask(records.get, "classes", "c1").local["name"] == "new"


def test_what_the_server_made_of_our_own_edit_is_taken_under_the_same_version(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    edit = act(outbox.create, "classes", {"name": "5B"}, "c1")
    act(sending.applied, edit.op_id, 7)
    here = ask(records.get, "classes", "c1").local
    take(said("classes", "c1", 7, **{**here, "teacher_ids": ["t1"]}))
    assert ask(records.get, "classes", "c1").local["teacher_ids"] == ["t1"]


def test_a_clean_record_becomes_what_the_server_says_and_the_old_value_is_in_the_history(
    take: Any, ask: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    take(said("classes", "c1", 9, name="5B", room="14", by="Cem"))
    (change,) = ask(history.of, "classes", "c1")
    assert (change.field, change.old, change.new) == ("room", "12", "14")
    assert (change.who, change.origin) == ("Cem", "server")


def test_a_deleted_record_is_gone_from_every_list(take: Any, ask: Any, said: Any) -> None:
    take(said("students", "s1", 7, given_name="Ana", class_ids=["c1"]))
    assert len(ask(records.find, "students", {"class_ids": "c1"})) == 1
    take(said("students", "s1", 8, deleted=True))
    assert ask(records.find, "students") == []
    assert ask(records.find, "students", {"class_ids": "c1"}) == []
    assert ask(records.get, "students", "s1").deleted
    assert ask(records.get, "students", "s1").local == {}


def test_changes_of_different_fields_both_survive_and_the_op_moves_to_the_new_version(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    act(outbox.update, "classes", "c1", {"name": "5B maths"})
    assert take(said("classes", "c1", 9, name="5B", room="14")) == ingest.Taken(merged=1)
    record = ask(records.get, "classes", "c1")
    assert (record.local["name"], record.local["room"]) == ("5B maths", "14")
    (op,) = ask(sending.next_ops)
    assert (op.base_version, op.patch) == (9, {"name": "5B maths"})
    assert ask(conflicts.open_ones) == []


def test_the_same_change_on_both_sides_dissolves_the_op(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    act(outbox.update, "classes", "c1", {"room": "14"})
    take(said("classes", "c1", 9, name="5B", room="14"))
    assert ask(sending.count) == 0
    assert not ask(records.get, "classes", "c1").dirty


@pytest.fixture
def disputed(act: Any, ask: Any, take: Any, said: Any) -> conflicts.Conflict:
    """The room of a class, changed to 13 here and to 14 there."""
    take(said("classes", "c1", 7, name="5B", room="12", term=""))
    act(outbox.update, "classes", "c1", {"room": "13"})
    take(said("classes", "c1", 9, name="5B", room="14", term="autumn", by="Cem"))
    (found,) = ask(conflicts.open_ones)
    return found


def test_the_same_field_changed_on_both_sides_waits_for_a_person(ask: Any, disputed: Any) -> None:
    assert (disputed.field, disputed.base, disputed.mine, disputed.theirs) == (
        "room", "12", "13", "14",
    )  # fmt: skip
    assert disputed.who == "Cem"
    record = ask(records.get, "classes", "c1")
    assert (record.local["room"], record.local["term"]) == ("13", "autumn")
    assert ask(sending.next_ops) == []
    assert ask(sending.count) == 1


def test_my_value_wins_when_i_say_so(act: Any, ask: Any, disputed: Any) -> None:
    act(conflicts.resolve, disputed.id, "mine")
    (op,) = ask(sending.next_ops)
    assert (op.base_version, op.patch) == (9, {"room": "13"})
    assert ask(conflicts.open_ones) == []
    values = [(change.old, change.new) for change in ask(history.of, "classes", "c1")]
    assert ("14", "13") in values


def test_their_value_wins_when_i_say_so_and_nothing_is_left_to_send(
    act: Any, ask: Any, disputed: Any
) -> None:
    act(conflicts.resolve, disputed.id, "theirs")
    record = ask(records.get, "classes", "c1")
    assert (record.local["room"], record.dirty) == ("14", False)
    assert ask(sending.count) == 0
    values = [(change.old, change.new) for change in ask(history.of, "classes", "c1")]
    assert ("13", "14") in values


def test_a_third_value_wins_when_i_say_so(act: Any, ask: Any, disputed: Any) -> None:
    act(conflicts.resolve, disputed.id, conflicts.Value("15"))
    (op,) = ask(sending.next_ops)
    assert op.patch == {"room": "15"}


def test_a_third_value_that_does_not_fit_is_refused_and_the_conflict_stays(
    act: Any, ask: Any, disputed: Any
) -> None:
    from desktop.storage.errors import InvalidEdit

    with pytest.raises(InvalidEdit, match="room"):
        act(conflicts.resolve, disputed.id, conflicts.Value(15))
    assert ask(conflicts.open_ones) == [disputed]


def test_a_conflict_that_is_decided_cannot_be_decided_again(act: Any, disputed: Any) -> None:
    from desktop.errors import WrongUse

    act(conflicts.resolve, disputed.id, "mine")
    with pytest.raises(WrongUse, match="no open conflict"):
        act(conflicts.resolve, disputed.id, "theirs")


def test_an_open_conflict_hears_of_newer_values_on_both_sides(
    act: Any, ask: Any, take: Any, said: Any, disputed: Any
) -> None:
    act(outbox.update, "classes", "c1", {"room": "13b"})
    take(said("classes", "c1", 11, name="5B", room="14b", term="autumn", by="Dia"))
    (found,) = ask(conflicts.open_ones)
    assert found == dataclasses.replace(disputed, mine="13b", theirs="14b", who="Dia", base="12")


def test_a_conflict_is_over_when_both_sides_come_to_say_the_same(
    act: Any, ask: Any, take: Any, said: Any, disputed: Any
) -> None:
    take(said("classes", "c1", 11, name="5B", room="13", term="autumn"))
    assert ask(conflicts.open_ones) == []
    assert ask(sending.count) == 0


def test_an_unrelated_change_there_leaves_the_conflict_open(
    ask: Any, take: Any, said: Any, disputed: Any
) -> None:
    take(said("classes", "c1", 11, name="5B", room="14", term="spring"))
    (found,) = ask(conflicts.open_ones)
    assert (found.mine, found.theirs) == ("13", "14")
    assert ask(records.get, "classes", "c1").local["term"] == "spring"
    assert ask(sending.next_ops) == []


@pytest.mark.parametrize(("take_side", "kind"), [("mine", "create"), ("theirs", None)])
def test_a_record_deleted_there_and_changed_here_waits_for_a_person(
    act: Any, ask: Any, take: Any, said: Any, take_side: Any, kind: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    act(outbox.update, "classes", "c1", {"room": "13"})
    take(said("classes", "c1", 9, deleted=True))
    (found,) = ask(conflicts.open_ones)
    assert (found.field, found.theirs) == ("", None)
    assert ask(records.get, "classes", "c1").local["room"] == "13"
    act(conflicts.resolve, found.id, take_side)
    ready = ask(sending.next_ops)
    assert [op.kind for op in ready] == ([kind] if kind else [])
    assert ask(records.get, "classes", "c1").deleted is (kind is None)
    if kind:
        assert (ready[0].base_version, ready[0].patch["room"]) == (9, "13")


@pytest.mark.parametrize(("take_side", "kind"), [("mine", "delete"), ("theirs", None)])
def test_a_record_deleted_here_and_changed_there_waits_for_a_person(
    act: Any, ask: Any, take: Any, said: Any, take_side: Any, kind: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    act(outbox.delete, "classes", "c1")
    take(said("classes", "c1", 9, name="5B", room="14"))
    (found,) = ask(conflicts.open_ones)
    assert found.mine is None
    assert ask(records.find, "classes") == []
    act(conflicts.resolve, found.id, take_side)
    assert [op.kind for op in ask(sending.next_ops)] == ([kind] if kind else [])
    record = ask(records.get, "classes", "c1")
    assert record.deleted is (kind == "delete")
    assert record.local["room"] == "14"


def test_a_push_that_met_a_newer_state_is_merged_and_goes_again_as_a_new_op(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    edit = act(outbox.update, "classes", "c1", {"name": "5B maths"})
    act(sending.mark_in_flight, [edit.op_id])
    act(outbox.update, "classes", "c1", {"term": "autumn"})
    act(sending.conflicted, edit.op_id, said("classes", "c1", 9, name="5B", room="14"))
    (op,) = ask(sending.next_ops)
    assert op.op_id != edit.op_id
    assert (op.base_version, op.attempts) == (9, 0)
    assert op.patch == {"name": "5B maths", "term": "autumn"}


def test_a_late_conflict_about_a_state_that_is_already_here_only_makes_a_fresh_op(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    edit = act(outbox.update, "classes", "c1", {"name": "5B maths"})
    for _ in range(reconcile.FEW_TRIES):
        act(sending.mark_in_flight, [edit.op_id])
    take(said("classes", "c1", 11, name="5B", room="16"))
    act(sending.conflicted, edit.op_id, said("classes", "c1", 9, name="5B", room="14"))
    (op,) = ask(sending.next_ops)
    assert (op.base_version, op.patch) == (11, {"name": "5B maths"})
    assert ask(records.get, "classes", "c1").local["room"] == "16"


def test_a_pull_while_an_op_is_on_its_way_leaves_the_op_alone_and_loses_nothing(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    edit = act(outbox.update, "classes", "c1", {"name": "5B maths"})
    for _ in range(reconcile.FEW_TRIES):
        act(sending.mark_in_flight, [edit.op_id])
    take(said("classes", "c1", 9, name="5B", room="14"))
    (op,) = ask(sending.waiting)
    assert (op.op_id, op.base_version, op.patch) == (edit.op_id, 7, {"name": "5B maths"})
    assert ask(records.get, "classes", "c1").local == {"name": "5B maths", "room": "14"}


def test_the_merge_is_the_callers_to_choose(act: Any, ask: Any, take: Any, said: Any) -> None:
    take(said("classes", "c1", 7, name="5B"))
    act(outbox.update, "classes", "c1", {"name": "mine"})
    seen = []

    def choose(record: Any, changed: Any) -> Merged:
        seen.append((record.local["name"], changed.data["name"]))
        return Merged({"name": "both"}, (FieldConflict("name", "5B", "mine", "theirs"),))

    act(ingest.apply_page, [said("classes", "c1", 9, name="theirs")], None, choose)
    assert seen == [("mine", "theirs")]
    assert ask(records.get, "classes", "c1").local["name"] == "both"


def test_a_refused_change_stays_in_sight_with_its_reason_and_does_not_go_again(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    edit = act(outbox.update, "classes", "c1", {"room": "13"})
    act(sending.rejected, edit.op_id, "invalid", "No such room.", [{"pointer": "/room"}])
    (refused,) = ask(rejections.open_ones)
    assert (refused.code, refused.detail, refused.patch) == (
        "invalid", "No such room.", {"room": "13"},
    )  # fmt: skip
    record = ask(records.get, "classes", "c1")
    assert (record.local["room"], record.dirty) == ("13", True)
    assert ask(sending.count) == 0
    act(outbox.update, "classes", "c1", {"term": "autumn"})
    assert ask(sending.waiting)[0].patch == {"term": "autumn"}


def test_a_refused_change_that_is_corrected_goes_again(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    edit = act(outbox.update, "classes", "c1", {"room": "13"})
    act(sending.rejected, edit.op_id, "invalid", "No such room.")
    act(outbox.update, "classes", "c1", {"room": "14"})
    assert ask(rejections.open_ones) == []
    assert ask(sending.next_ops)[0].patch == {"room": "14"}


def test_a_refused_new_record_that_is_corrected_is_created_whole(act: Any, ask: Any) -> None:
    edit = act(outbox.create, "classes", {"name": "5B", "room": "?"})
    act(sending.rejected, edit.op_id, "invalid", "No such room.")
    act(outbox.update, "classes", edit.id, {"room": "12"})
    (op,) = ask(sending.next_ops)
    assert (op.kind, op.patch["name"], op.patch["room"]) == ("create", "5B", "12")
    assert ask(rejections.open_ones) == []


def test_a_refused_change_may_be_tried_again(act: Any, ask: Any, take: Any, said: Any) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    edit = act(outbox.update, "classes", "c1", {"room": "13"})
    act(sending.rejected, edit.op_id, "forbidden", "Not your class.")
    again = act(rejections.retry, edit.op_id)
    (op,) = ask(sending.next_ops)
    assert (op.op_id, op.patch) == (again.op_id, {"room": "13"})
    assert again.op_id != edit.op_id
    assert ask(rejections.open_ones) == []


@pytest.mark.parametrize("kind", ["update", "create"])
def test_what_may_have_arrived_before_it_was_refused_goes_again_as_it_was(
    act: Any, ask: Any, take: Any, said: Any, kind: str
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    if kind == "update":
        edit = act(outbox.update, "classes", "c1", {"room": "13"})
    else:
        edit = act(outbox.create, "classes", {"name": "6A"}, "c2")
    act(sending.mark_in_flight, [edit.op_id])
    (left,) = ask(sending.waiting)
    for reason in ("Too large.", "Too large again."):
        act(sending.rejected, edit.op_id, rejections.TOO_LARGE, reason)
        (refused,) = ask(rejections.open_ones)
        assert refused.detail == reason
        assert act(rejections.retry, edit.op_id).op_id == edit.op_id
    act(outbox.update, "classes", edit.id, {"term": "autumn"})
    first, later = ask(sending.waiting)
    assert (first.op_id, first.kind, first.patch) == (left.op_id, left.kind, left.patch)
    assert (first.created_at, later.patch) == (left.created_at, {"term": "autumn"})


@pytest.mark.parametrize("kind", ["update", "create", "delete"])
def test_a_refused_change_that_is_given_up_shows_the_servers_state_and_stays_in_the_history(
    act: Any, ask: Any, take: Any, said: Any, kind: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"))
    match kind:
        case "update":
            edit = act(outbox.update, "classes", "c1", {"room": "13"})
        case "delete":
            edit = act(outbox.delete, "classes", "c1")
        case _:
            edit = act(outbox.create, "classes", {"name": "6A"}, "c2")
    act(sending.rejected, edit.op_id, "forbidden", "No.")
    act(rejections.discard, edit.op_id)
    assert [(one.id, one.local["room"]) for one in ask(records.find, "classes")] == [("c1", "12")]
    assert ask(records.find, "classes", pending=True) == []
    assert ask(sending.count) == 0
    assert ask(rejections.open_ones) == []
    assert len(ask(history.of, "classes", edit.id)) == 2


def test_a_field_that_the_server_does_not_hold_is_gone_again_once_the_change_is_given_up(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B"))
    edit = act(outbox.update, "classes", "c1", {"room": "13"})
    act(sending.rejected, edit.op_id, "forbidden", "No.")
    act(rejections.discard, edit.op_id)
    record = ask(records.get, "classes", "c1")
    assert (record.local, record.dirty) == ({"name": "5B"}, False)


def test_a_field_filled_and_emptied_again_leaves_the_record_as_the_server_holds_it(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("students", "s1", 7, given_name="Mia"))
    act(outbox.update, "students", "s1", {"home": "12"})
    act(outbox.update, "students", "s1", {"home": None})
    record = ask(records.get, "students", "s1")
    assert (record.local, record.dirty) == ({"given_name": "Mia"}, False)


def test_a_record_that_cannot_be_taken_in_is_set_aside_and_named(act: Any, ask: Any) -> None:
    act(ingest.set_aside, "classes", "c9", 12, '{"name":5}', "The name is no text.")
    act(ingest.set_aside, "classes", "c9", 13, '{"name":6}', "The name is no text.")
    (one,) = ask(ingest.aside)
    assert (one.collection, one.id, one.version, one.reason) == (
        "classes", "c9", 13, "The name is no text.",
    )  # fmt: skip


def test_subscribers_hear_of_a_page_by_ids(cache: Cache, take: Any, said: Any) -> None:
    heard = []
    cache.subscribe(heard.append)
    take(said("classes", "c1", 7, name="5B"), said("students", "s1", 8, given_name="A"))
    take(said("classes", "c1", 7, name="5B"))
    assert heard == [frozenset({("classes", "c1"), ("students", "s1")})]


def test_a_page_of_strange_values_is_kept_as_it_came(take: Any, ask: Any, said: Any) -> None:
    take(
        said("xp_awards", "x1", 7, xp="many", class_id=5, student_id=None, awarded_at=["now"]),
        said("seating_plans", "p1", 8, name={"de": "Plan"}),
        said("students", "s1", 9, class_ids="c1", given_name=5),
    )
    assert ask(records.get, "xp_awards", "x1").local["xp"] == "many"
    assert ask(records.get, "seating_plans", "p1").local["name"] == {"de": "Plan"}
    assert ask(records.get, "students", "s1").local["class_ids"] == "c1"


def test_an_own_change_that_arrived_without_an_answer_is_no_conflict_with_a_newer_one(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    first = act(outbox.create, "classes", {"name": "one"}, "c1")
    act(sending.mark_in_flight, [first.op_id])
    created = ask(records.get, "classes", "c1").local
    act(sending.returned, [first.op_id], "The answer was lost.")
    act(outbox.update, "classes", "c1", {"name": "two"})
    take(said("classes", "c1", 7, **created))
    assert ask(conflicts.open_ones) == []
    assert ask(records.get, "classes", "c1").local["name"] == "two"
    act(sending.applied, first.op_id, 7)
    (op,) = ask(sending.next_ops)
    assert (op.kind, op.base_version, op.patch) == ("update", 7, {"name": "two"})


def test_an_own_new_record_that_somebody_changed_before_we_heard_of_it_is_no_conflict(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    made = act(outbox.create, "classes", {"name": "one"}, "c1")
    act(sending.mark_in_flight, [made.op_id])
    created = ask(records.get, "classes", "c1").local
    act(sending.returned, [made.op_id], "The answer was lost.")
    take(said("classes", "c1", 8, **{**created, "room": "theirs"}))
    assert ask(conflicts.open_ones) == []
    assert ask(records.get, "classes", "c1").local["room"] == "theirs"
    act(sending.applied, made.op_id, 7)
    assert ask(sending.count) == 0
    assert not ask(records.get, "classes", "c1").dirty


def test_an_answer_that_never_comes_does_not_hold_the_record_and_the_cursor_for_ever(
    act: Any, ask: Any, take: Any, said: Any
) -> None:
    take(said("classes", "c1", 7, name="5B", room="12"), cursor="c7")
    edit = act(outbox.update, "classes", "c1", {"room": "13"})

    def no_answer() -> None:
        act(sending.mark_in_flight, [edit.op_id])
        act(sending.returned, [edit.op_id], "The answer was lost.")

    no_answer()
    others = said("classes", "c1", 9, name="5B", room="14"), said("classes", "c2", 8, name="6A")
    assert take(*others, cursor="c9") == ingest.Taken(taken=1, postponed=1)
    assert (ask(conflicts.open_ones), ask(ingest.get_cursor)) == ([], "c7")
    for _ in range(reconcile.MOST_TRIES):
        no_answer()
    assert take(*others, cursor="c9") == ingest.Taken(merged=1, known=1)
    (asked,) = ask(conflicts.open_ones)
    assert (asked.mine, asked.theirs, ask(ingest.get_cursor)) == ("13", "14", "c9")
