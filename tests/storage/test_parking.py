"""Changes that do not go: kept only here, given up, and let go again."""

from typing import Any

import pytest

from desktop.actions import undo
from desktop.errors import Refused, WrongUse
from desktop.storage import history, ingest, outbox, parking, records, rejections, sending
from desktop.sync import unsettled


@pytest.fixture
def on_server(act: Any, said: Any) -> str:
    act(ingest.apply_page, [said("classes", "c1", 1, name="5B", room="12", subject="")], "k1")
    return "c1"


def _kept(act: Any, ask: Any, on_server: str) -> str:
    op_id = str(act(outbox.update, "classes", on_server, {"room": "14"}).op_id)
    act(parking.keep, op_id)
    return op_id


def test_what_is_kept_only_here_is_never_sent_until_it_is_released(
    act: Any, ask: Any, on_server: str
) -> None:
    op_id = _kept(act, ask, on_server)
    assert ask(sending.next_ops) == []
    act(sending.return_all)
    assert ask(sending.next_ops) == [], "also not after a restart"
    assert ask(records.get, "classes", on_server).local["room"] == "14", "it is still shown"
    act(parking.release, op_id)
    (op,) = ask(sending.next_ops)
    assert (op.op_id, op.patch) == (op_id, {"room": "14"})


def test_later_changes_of_a_kept_record_stay_with_it(act: Any, ask: Any, on_server: str) -> None:
    op_id = _kept(act, ask, on_server)
    act(outbox.update, "classes", on_server, {"subject": "Art"})
    assert ask(sending.next_ops) == []
    act(parking.release, op_id)
    (op,) = ask(sending.next_ops)
    assert op.patch == {"room": "14", "subject": "Art"}


def test_a_change_that_may_have_arrived_is_kept_and_goes_again_under_its_own_name(
    act: Any, ask: Any, on_server: str
) -> None:
    op_id = act(outbox.update, "classes", on_server, {"room": "14"}).op_id
    act(sending.mark_in_flight, [op_id])
    act(sending.returned, [op_id], "lost")
    act(parking.keep, op_id)
    act(outbox.update, "classes", on_server, {"room": "15"})
    assert ask(sending.next_ops) == []
    act(parking.release, op_id)
    (op,) = ask(sending.next_ops)
    assert (op.op_id, op.patch, op.sent) == (op_id, {"room": "14"}, True)


def test_nothing_that_is_on_its_way_can_be_kept_or_given_up(
    act: Any, ask: Any, on_server: str
) -> None:
    op_id = act(outbox.update, "classes", on_server, {"room": "14"}).op_id
    act(sending.mark_in_flight, [op_id])
    for verb in (parking.keep, parking.discard):
        with pytest.raises(parking.OnItsWay, match="Try again in a moment"):
            act(verb, op_id)


def test_a_child_of_what_is_kept_waits_with_it(act: Any, ask: Any) -> None:
    made = act(outbox.create, "classes", {"name": "6A"})
    act(outbox.create, "students", {"given_name": "Ana", "class_ids": [made.id]})
    act(parking.keep, made.op_id)
    assert ask(sending.next_ops) == []
    act(parking.release, made.op_id)
    assert [op.collection for op in ask(sending.next_ops)] == ["classes"]


def test_kept_is_counted_apart_and_nothing_says_synced(act: Any, ask: Any, on_server: str) -> None:
    _kept(act, ask, on_server)
    counts = ask(unsettled.counts)
    assert (counts.waiting, counts.kept, counts.since) == (0, 1, None)
    assert counts.not_on_the_server == 1
    assert ask(sending.count) == 1, "whoever erases this computer is told of it"


def test_the_server_may_change_what_is_kept_here(
    act: Any, ask: Any, said: Any, on_server: str
) -> None:
    op_id = _kept(act, ask, on_server)
    page = [said("classes", on_server, 2, name="5B", room="12", subject="Art")]
    act(ingest.apply_page, page, "k2")
    now = ask(records.get, "classes", on_server)
    assert (now.local["room"], now.local["subject"], now.dirty) == ("14", "Art", True)
    assert ask(sending.next_ops) == []
    act(parking.release, op_id)
    assert ask(sending.next_ops)[0].base_version == 2


def test_what_is_given_up_shows_what_the_server_holds_and_can_be_undone(
    act: Any, ask: Any, on_server: str
) -> None:
    op_id = act(outbox.update, "classes", on_server, {"room": "14"}).op_id
    act(parking.discard, op_id)
    found = ask(records.get, "classes", on_server)
    assert (found.local["room"], found.dirty) == ("12", False)
    assert ask(sending.count) == 0
    assert ask(history.of, "classes", on_server)[-1].old == "14", "it stays in the history"
    act(undo.undo)
    assert ask(sending.waiting)[0].patch == {"room": "14"}


def test_a_new_record_that_is_given_up_is_gone_and_comes_back(act: Any, ask: Any) -> None:
    made = act(outbox.create, "classes", {"name": "6A"})
    act(parking.discard, made.op_id)
    assert ask(records.get, "classes", made.id) is None
    act(undo.undo)
    assert ask(records.get, "classes", made.id).local["name"] == "6A"
    assert ask(sending.waiting)[0].kind == "create"


def test_a_new_record_that_others_belong_to_is_not_given_up(act: Any, ask: Any) -> None:
    made = act(outbox.create, "classes", {"name": "6A"})
    act(outbox.create, "students", {"given_name": "Ana", "class_ids": [made.id]})
    with pytest.raises(Refused, match="belong to this"):
        act(parking.discard, made.op_id)


def test_a_deletion_that_is_given_up_brings_the_record_back(
    act: Any, ask: Any, on_server: str
) -> None:
    op_id = act(outbox.delete, "classes", on_server).op_id
    act(parking.discard, op_id)
    assert ask(records.get, "classes", on_server).seen["room"] == "12"
    assert ask(sending.count) == 0


def test_giving_up_what_may_have_arrived_sends_what_takes_it_back(
    act: Any, ask: Any, on_server: str
) -> None:
    op_id = act(outbox.update, "classes", on_server, {"room": "14"}).op_id
    act(sending.mark_in_flight, [op_id])
    act(sending.returned, [op_id], "lost")
    act(parking.discard, op_id)
    assert [op.patch for op in ask(sending.waiting)] == [{"room": "14"}, {"room": "12"}]
    student, group = "s1", on_server
    award = {
        "student_id": student,
        "class_id": group,
        "xp": 5,
        "awarded_at": "2026-01-01T00:00:00Z",
    }
    given = act(outbox.append, "xp_awards", award)
    act(sending.mark_in_flight, [given.op_id])
    act(sending.returned, [given.op_id], "lost")
    with pytest.raises(Refused, match="may have reached"):
        act(parking.discard, given.op_id)


def test_a_refused_change_can_be_kept_only_here(act: Any, ask: Any, on_server: str) -> None:
    op_id = act(outbox.update, "classes", on_server, {"room": "14"}).op_id
    act(sending.mark_in_flight, [op_id])
    act(sending.rejected, op_id, "invalid", "No.")
    act(parking.keep, op_id)
    assert ask(rejections.open_ones) == []
    (op,) = ask(sending.waiting)
    assert (op.state, op.patch) == ("kept", {"room": "14"})
    assert ask(sending.next_ops) == []


def test_what_does_not_wait_is_named(act: Any) -> None:
    for verb in (parking.keep, parking.release, parking.discard):
        with pytest.raises(WrongUse, match="o9"):
            act(verb, "o9")


def test_a_refused_change_that_may_have_arrived_is_kept_under_its_own_name(
    act: Any, ask: Any, on_server: str
) -> None:
    op_id = act(outbox.update, "classes", on_server, {"room": "14"}).op_id
    act(sending.rejected, op_id, rejections.TOO_LARGE, "Too large.")
    act(parking.keep, op_id)
    assert ask(sending.next_ops) == []
    act(parking.release, op_id)
    (op,) = ask(sending.next_ops)
    assert (op.op_id, op.patch, op.sent) == (op_id, {"room": "14"}, True)


def test_what_left_before_and_stands_behind_a_parked_change_keeps_no_news_out(
    act: Any, ask: Any, said: Any, on_server: str
) -> None:
    first = act(outbox.update, "classes", on_server, {"room": "14"}).op_id
    act(sending.mark_in_flight, [first])
    second = act(outbox.update, "classes", on_server, {"subject": "Art"}).op_id
    act(sending.mark_in_flight, [second])
    act(sending.returned, [first, second], "The answer made no sense.")
    act(parking.set_aside, first, "The answer made no sense.")
    news = said("classes", on_server, 2, name="5B", room="15", subject="")
    taken = act(ingest.apply_page, [news], "k2")
    assert (taken.merged, taken.postponed) == (1, 0)
    assert ask(sending.count_parked) == 0, "with news of its record it goes once more"
