"""Edits and what they leave to be sent."""

from typing import Any

import pytest

from desktop.storage import history, outbox, records, sending
from desktop.storage.errors import InvalidEdit, UnknownRecord

SUBMISSION = {"assessment_id": "a1", "student_id": "s1", "class_id": "c1"}


def _send(act: Any, *op_ids: str) -> None:
    act(sending.mark_in_flight, op_ids)


def test_an_edit_writes_what_is_seen_what_is_sent_and_the_history_at_once(
    act: Any, ask: Any, clock: Any
) -> None:
    edit = act(outbox.create, "classes", {"name": "5B"})
    seen = ask(records.get, "classes", edit.id)
    assert (seen.version, seen.base, seen.dirty) == (0, None, True)
    assert seen.local["time_zone"] == "UTC"
    (op,) = ask(sending.waiting)
    assert (op.op_id, op.kind, op.base_version) == (edit.op_id, "create", 0)
    assert op.patch == seen.local
    assert op.created_at == "2026-11-18T09:00:00.000Z"
    (change,) = ask(history.of, "classes", edit.id)
    assert (change.field, change.old, change.new) == ("", None, seen.local)
    assert (change.who, change.origin) == ("Ana Ruiz", "this computer")


def test_edits_that_have_not_left_become_one_op(act: Any, ask: Any) -> None:
    edit = act(outbox.create, "classes", {"name": "5B"})
    act(outbox.update, "classes", edit.id, {"room": "12"})
    act(outbox.update, "classes", edit.id, {"room": "13", "term": "autumn"})
    (op,) = ask(sending.waiting)
    assert op.op_id == edit.op_id
    assert op.kind == "create"
    assert (op.patch["room"], op.patch["term"]) == ("13", "autumn")


def test_a_record_made_and_deleted_before_it_left_leaves_nothing(act: Any, ask: Any) -> None:
    edit = act(outbox.create, "students", {"given_name": "Ana", "class_ids": ["c1"]})
    act(outbox.update, "students", edit.id, {"note": "x"})
    act(outbox.delete, "students", edit.id)
    assert ask(sending.count) == 0
    assert ask(records.get, "students", edit.id) is None
    assert ask(records.find, "students", {"class_ids": "c1"}) == []
    assert [change.field for change in ask(history.of, "students", edit.id)] == ["", "note", ""]


@pytest.fixture
def on_server(act: Any, said: Any) -> str:
    """A class that the server holds at version 7."""
    from desktop.storage import ingest

    act(ingest.apply_page, [said("classes", "c1", 7, name="5B", room="12", term="")], "c7")
    return "c1"


def test_updates_merge_their_patches_and_keep_the_version_they_were_made_on(
    act: Any, ask: Any, on_server: Any
) -> None:
    first = act(outbox.update, "classes", on_server, {"room": "13"})
    second = act(outbox.update, "classes", on_server, {"term": "autumn"})
    (op,) = ask(sending.waiting)
    assert first.op_id == second.op_id == op.op_id
    assert (op.kind, op.base_version) == ("update", 7)
    assert op.patch == {"room": "13", "term": "autumn"}
    assert ask(records.get, "classes", on_server).base["room"] == "12"


def test_an_edit_taken_back_before_it_left_leaves_nothing_to_send(
    act: Any, ask: Any, on_server: Any
) -> None:
    act(outbox.update, "classes", on_server, {"room": "13"})
    assert act(outbox.update, "classes", on_server, {"room": "12"}).op_id == ""
    assert ask(sending.count) == 0
    assert not ask(records.get, "classes", on_server).dirty


def test_an_edit_that_changes_nothing_makes_nothing(act: Any, ask: Any, on_server: Any) -> None:
    assert act(outbox.update, "classes", on_server, {"room": "12"}).op_id == ""
    assert ask(history.of, "classes", on_server) == []
    assert ask(sending.count) == 0


def test_an_edit_made_while_its_op_is_in_flight_is_sent_afterwards(
    act: Any, ask: Any, on_server: Any
) -> None:
    first = act(outbox.update, "classes", on_server, {"room": "13"})
    _send(act, first.op_id)
    second = act(outbox.update, "classes", on_server, {"room": "14"})
    assert second.op_id != first.op_id
    assert [op.patch for op in ask(sending.waiting)] == [{"room": "13"}, {"room": "14"}]
    assert ask(sending.next_ops) == []
    act(sending.applied, first.op_id, 8)
    (op,) = ask(sending.next_ops)
    assert (op.op_id, op.base_version, op.patch) == (second.op_id, 8, {"room": "14"})


def test_an_op_whose_answer_was_lost_goes_again_exactly_as_it_was(
    act: Any, ask: Any, on_server: Any
) -> None:
    first = act(outbox.update, "classes", on_server, {"room": "13"})
    _send(act, first.op_id)
    act(sending.returned, [first.op_id], "The network went away.")
    act(outbox.update, "classes", on_server, {"room": "14"})
    (op,) = ask(sending.next_ops)
    assert (op.op_id, op.patch, op.base_version) == (first.op_id, {"room": "13"}, 7)
    assert (op.attempts, op.last_error) == (1, "The network went away.")


def test_what_was_on_its_way_when_the_app_ended_goes_again(
    act: Any, ask: Any, on_server: Any
) -> None:
    first = act(outbox.update, "classes", on_server, {"room": "13"})
    _send(act, first.op_id)
    assert act(sending.return_all) == 1
    assert [op.op_id for op in ask(sending.next_ops)] == [first.op_id]


def test_an_applied_op_makes_the_record_clean(act: Any, ask: Any, on_server: Any) -> None:
    edit = act(outbox.update, "classes", on_server, {"room": "13"})
    act(sending.applied, edit.op_id, 9)
    record = ask(records.get, "classes", on_server)
    assert (record.version, record.dirty, record.base["room"]) == (9, False, "13")
    act(sending.applied, edit.op_id, 9)  # a second answer changes nothing
    assert ask(records.get, "classes", on_server) == record


def test_a_deletion_takes_the_place_of_edits_that_have_not_left(
    act: Any, ask: Any, on_server: Any
) -> None:
    act(outbox.update, "classes", on_server, {"room": "13"})
    deletion = act(outbox.delete, "classes", on_server)
    (op,) = ask(sending.waiting)
    assert (op.op_id, op.kind, op.patch) == (deletion.op_id, "delete", {})
    assert ask(records.find, "classes") == []
    assert [one.id for one in ask(records.find, "classes", pending=True)] == [on_server]
    act(sending.applied, op.op_id, 9)
    record = ask(records.get, "classes", on_server)
    assert (record.deleted, record.dirty) == (True, False)


def test_a_deletion_taken_back_before_it_left_leaves_nothing_to_send(
    act: Any, ask: Any, on_server: Any
) -> None:
    act(outbox.delete, "classes", on_server)
    act(outbox.restore, "classes", on_server)
    assert ask(sending.count) == 0
    assert not ask(records.get, "classes", on_server).dirty


def test_a_deleted_record_that_is_brought_back_is_created_anew(
    act: Any, ask: Any, on_server: Any
) -> None:
    act(sending.applied, act(outbox.delete, "classes", on_server).op_id, 9)
    act(outbox.restore, "classes", on_server)
    (op,) = ask(sending.next_ops)
    assert (op.kind, op.base_version, op.patch["name"]) == ("create", 9, "5B")


def test_a_child_waits_until_its_parent_has_reached_the_server(act: Any, ask: Any) -> None:
    group = act(outbox.create, "classes", {"name": "5B"})
    student = act(outbox.create, "students", {"given_name": "Ana", "class_ids": [group.id]})
    award = {"student_id": student.id, "class_id": group.id, "xp": 5,
             "awarded_at": "2026-11-18T09:00:00Z"}  # fmt: skip
    given = act(outbox.append, "xp_awards", award)
    order = []
    for version in (1, 2, 3):
        (op,) = ask(sending.next_ops)
        order.append(op.op_id)
        _send(act, op.op_id)
        assert ask(sending.next_ops) == []
        act(sending.applied, op.op_id, version)
    assert order == [group.op_id, student.op_id, given.op_id]


def test_a_child_of_a_refused_parent_waits_and_the_others_go_on(act: Any, ask: Any) -> None:
    group = act(outbox.create, "classes", {"name": "5B"})
    act(outbox.create, "students", {"given_name": "Ana", "class_ids": [group.id]})
    other = act(outbox.create, "classes", {"name": "6A"})
    act(sending.rejected, group.op_id, "quota", "No more classes.")
    assert [op.op_id for op in ask(sending.next_ops)] == [other.op_id]


def test_a_parent_is_deleted_only_after_what_still_names_it(
    act: Any, ask: Any, said: Any, on_server: Any
) -> None:
    from desktop.storage import ingest

    act(ingest.apply_page, [said("students", "s1", 8, given_name="A", class_ids=["c1"])], None)
    child = act(outbox.update, "students", "s1", {"note": "n"})
    parent = act(outbox.delete, "classes", on_server)
    assert [op.op_id for op in ask(sending.next_ops)] == [child.op_id]
    act(sending.applied, child.op_id, 9)
    assert [op.op_id for op in ask(sending.next_ops)] == [parent.op_id]


def test_at_most_the_asked_number_leaves_oldest_first(act: Any, ask: Any) -> None:
    made = [act(outbox.create, "classes", {"name": f"C{n}"}).op_id for n in range(5)]
    assert [op.op_id for op in ask(sending.next_ops, 3)] == made[:3]


def test_xp_is_appended_and_never_changed(act: Any, ask: Any) -> None:
    award = {"student_id": "s1", "class_id": "c1", "xp": 5, "awarded_at": "2026-11-18T09:00:00Z"}
    edit = act(outbox.append, "xp_awards", award)
    assert [op.kind for op in ask(sending.waiting)] == ["append"]
    for change in (
        lambda tx: outbox.update(tx, "xp_awards", edit.id, {"xp": 500}),
        lambda tx: outbox.delete(tx, "xp_awards", edit.id),
    ):
        with pytest.raises(InvalidEdit, match="stays as it is"):
            act(change)
    with pytest.raises(InvalidEdit, match="not only added"):
        act(outbox.append, "classes", {"name": "5B"})


@pytest.mark.parametrize(
    ("collection", "data", "words"),
    [
        ("classes", {}, "The name is missing."),
        ("classes", {"name": 5}, "Something about the name does not fit."),
        ("classes", {"name": ""}, "The name is empty."),
        ("classes", {"name": "x" * 201}, "The name may have at most 200 letters."),
        ("classes", {"name": "5B", "grade_level": 99}, "The grade level may be at most 1"),
        ("classes", {"name": "5B", "grade_level": -1}, "The grade level may not be less than 0."),
        ("students", {"class_ids": [5]}, "Something about the classes does not fit."),
        ("submissions", {**SUBMISSION, "score": "A"}, "The score should be a number."),
        ("submissions", {**SUBMISSION, "score": float("nan")}, "The score should be a number."),
        (
            "lessons",
            {"title": "x", "due_at": "tomorrow"},
            "about the due date",
        ),
        ("progress_events", {}, "Only the school server writes progress events."),
        ("teachers", {}, "There is nothing called 'teachers'"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused_by_the_name_of_its_field(
    act: Any, ask: Any, collection: Any, data: bytes, words: str
) -> None:
    with pytest.raises(InvalidEdit, match=words) as refusal:
        act(outbox.create, collection, data)
    assert refusal.value.exit_code == 5
    assert ask(sending.count) == 0


def test_a_change_that_does_not_fit_is_refused_and_nothing_moves(
    act: Any, ask: Any, on_server: Any
) -> None:
    with pytest.raises(InvalidEdit, match="Something about the room does not fit"):
        act(outbox.update, "classes", on_server, {"room": 12})
    with pytest.raises(UnknownRecord):
        act(outbox.update, "classes", "nobody", {"room": "12"})
    with pytest.raises(UnknownRecord):
        act(outbox.delete, "classes", "nobody")
    with pytest.raises(InvalidEdit, match="already a record"):
        act(outbox.create, "classes", {"name": "5B"}, on_server)
    assert ask(sending.count) == 0
    assert not ask(records.get, "classes", on_server).dirty


def test_a_fault_the_server_sent_does_not_stop_the_teacher_from_changing_another_field(
    act: Any, ask: Any, said: Any
) -> None:
    from desktop.storage import ingest

    act(ingest.apply_page, [said("classes", "c2", 3, name="6A", room=["new", "shape"])], None)
    act(outbox.update, "classes", "c2", {"term": "spring"})
    (op,) = ask(sending.waiting)
    assert op.patch == {"term": "spring"}


def test_fields_of_the_future_are_kept(act: Any, ask: Any, said: Any) -> None:
    from desktop.storage import ingest

    act(ingest.apply_page, [said("classes", "c2", 3, name="6A", seating={"rows": 5})], None)
    act(outbox.update, "classes", "c2", {"room": "1"})
    assert ask(records.get, "classes", "c2").local["seating"] == {"rows": 5}
    assert ask(sending.waiting)[0].patch == {"room": "1"}


def test_records_are_found_by_what_their_fields_hold(act: Any, ask: Any) -> None:
    ana = act(outbox.create, "students", {"given_name": "Ana", "class_ids": ["c1", "c2"],
                                          "accommodations": ["large print"]})  # fmt: skip
    wei = act(outbox.create, "students", {"given_name": "Wei", "class_ids": ["c2"]})

    def found(**where: Any) -> list[str]:
        return [record.id for record in ask(records.find, "students", where)]

    assert found() == [ana.id, wei.id]
    assert found(class_ids="c1") == [ana.id]
    assert found(accommodations="large print") == [ana.id]
    assert found(given_name="Wei", class_ids="c2") == [wei.id]
    assert found(id=wei.id) == [wei.id]
    assert found(**{"given_name' OR 1=1 --": "x"}) == []
    assert [one.id for one in ask(records.find, "students", limit=1)] == [ana.id]
