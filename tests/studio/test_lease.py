"""One writing user at a time: the mark in the place, two users' plugins, and clocks that differ."""

from dataclasses import dataclass
from typing import Any

import pytest

from desktop.studio import plugin
from desktop.studio.luau_machine import LuauMachine


@dataclass
class Clock:
    """What both plugins take for the time, in seconds."""

    now: float = 1_000.0


class Room:
    """A place, and the marks of the users in it."""

    def __init__(self, machine: LuauMachine, clock: Clock) -> None:
        self._machine = machine
        outside = machine.table(
            {
                "clock": machine.function(lambda: clock.now),
                "time": machine.function(lambda: clock.now),
            }
        )
        self._studio = machine.package("studio_simulator")("Studio").get("open")(
            outside, machine.luau("Place")
        )[0]
        self._lease = machine.package("studio_plugin", plugin.written())("Lease")

    def user(self, companion: str) -> "User":
        services = self._studio.get("services")
        made = self._lease.get("new")(services, self._machine.luau(companion))[0]
        return User(self._machine, made)

    def marks(self) -> int:
        found: Any = self._machine.plain(self._studio.get("tree")()[0])
        return sum(b"writing" in each["path"] for each in found)


class User:
    def __init__(self, machine: LuauMachine, lease: Any) -> None:
        self._machine = machine
        self._lease = lease

    def take(self, name: str) -> bytes | None:
        return self._call("take", self._machine.luau(name))

    def holder(self) -> bytes | None:
        return self._call("holder")

    def renew(self) -> None:
        self._call("renew")

    def release(self) -> None:
        self._call("release")

    def _call(self, name: str, *arguments: Any) -> Any:
        returned = self._method(name)(self._lease, *arguments)
        return self._machine.plain(returned[0]) if returned else None

    def _method(self, name: str) -> Any:
        call = self._machine.vm.load_chunk(
            f"local lease = ... return function(_, ...) return lease:{name}(...) end"
        )
        return call(self._lease)[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(clock: Clock) -> Room:
    return Room(LuauMachine(), clock)


def test_the_second_user_is_told_who_writes_and_may_when_it_is_given_back(room: Room) -> None:
    first, second = room.user("one"), room.user("two")
    assert first.take("Ms. Rivera") is None
    assert second.take("Mr. Okafor") == b"Ms. Rivera"
    assert first.holder() is None
    first.release()
    assert room.marks() == 0
    assert second.take("Mr. Okafor") is None
    assert first.holder() == b"Mr. Okafor"


def test_a_mark_that_nobody_renews_counts_for_a_minute(room: Room, clock: Clock) -> None:
    first, second = room.user("one"), room.user("two")
    first.take("Ms. Rivera")
    assert second.holder() == b"Ms. Rivera"
    clock.now += 59
    assert second.holder() == b"Ms. Rivera"
    clock.now += 2
    assert second.holder() is None
    assert second.take("Mr. Okafor") is None
    first.release()  # comes to itself too late: it is no longer its own
    assert room.marks() == 1


def test_a_long_push_keeps_the_mark_by_renewing_it(room: Room, clock: Clock) -> None:
    first, second = room.user("one"), room.user("two")
    first.take("Ms. Rivera")
    for _ in range(10):
        assert second.holder() == b"Ms. Rivera"
        clock.now += 25
        first.renew()
    assert second.holder() == b"Ms. Rivera"


def test_a_user_whose_studio_died_need_not_wait_for_their_own_mark(room: Room) -> None:
    room.user("one").take("Ms. Rivera")
    again = room.user("one")
    assert again.holder() is None
    assert again.take("Ms. Rivera") is None
    again.release()
    assert room.marks() == 0


def test_somebody_without_a_name_is_somebody_else(room: Room) -> None:
    room.user("one").take("")
    assert room.user("two").holder() == b"Somebody else"
