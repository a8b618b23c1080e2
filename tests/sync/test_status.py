"""The state a person is told is never better than it is."""

import datetime as dt

import pytest

from desktop.sync.status import Board, Counts, State, Status

MOMENT = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def test_synced_is_said_only_after_a_whole_round_with_nothing_left() -> None:
    assert Status().state is State.WAITING
    assert Status(last_synced=MOMENT).state is State.SYNCED


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (Status(counts=Counts(waiting=1), last_synced=MOMENT), State.WAITING),
        (Status(counts=Counts(rejected=1), last_synced=MOMENT), State.TROUBLE),
        (Status(counts=Counts(set_aside=1), last_synced=MOMENT), State.TROUBLE),
        (Status(counts=Counts(conflicts=1), last_synced=MOMENT), State.CONFLICTS),
        (Status(problem="x", last_synced=MOMENT), State.TROUBLE),
        (Status(problem="x", offline=True, last_synced=MOMENT), State.OFFLINE),
        (Status(syncing=True, offline=True, last_synced=MOMENT), State.SYNCING),
        (Status(problem="x", sign_in_needed=True, last_synced=MOMENT), State.SIGN_IN_NEEDED),
    ],
)
def test_whatever_is_open_keeps_it_from_saying_synced(status: Status, state: State) -> None:
    assert status.state is state


def test_listeners_hear_real_changes_only_and_none_after_they_left() -> None:
    board, heard = Board(), list[Status]()
    leave = board.subscribe(heard.append)
    board.update(syncing=True)
    board.update(syncing=True)
    assert [status.syncing for status in heard] == [True]
    leave()
    leave()
    board.update(syncing=False)
    assert len(heard) == 1
