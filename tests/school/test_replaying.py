"""Whatever is sent again, however often and in whatever pieces: each op takes effect once."""

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.classroom.instants import SystemClock
from desktop.school import facts, feed
from desktop.school.accounts import Accounts
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.passwords import Passwords
from desktop.school.push import parts
from desktop.school.sight import Actor
from desktop.wire.push import Op

IDS = ("a", "b", "c")
MOMENT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@st.composite
def an_op(draw: st.DrawFn, number: int) -> dict[str, Any]:
    collection = draw(st.sampled_from(["classes", "students", "xp_awards"]))
    record_id = draw(st.sampled_from(IDS))
    kind = draw(st.sampled_from(["create", "update", "delete", "append"]))
    patch = {
        "classes": {"name": draw(st.sampled_from(["X", "Y", ""]))},
        "students": {"given_name": "S", "class_ids": draw(st.lists(st.sampled_from(IDS)))},
        "xp_awards": {
            "student_id": draw(st.sampled_from(IDS)),
            "class_id": draw(st.sampled_from(IDS)),
            "xp": number,
            "awarded_at": "2026-03-02T09:00:00Z",
        },
    }[collection]
    return {
        "op_id": f"op{number}",
        "collection": collection,
        "id": record_id,
        "kind": kind,
        "base_version": draw(st.integers(0, 9)) if kind != "create" else 0,
        "patch": {} if kind == "delete" else patch,
        "at": "2026-03-02T09:00:00Z",
    }


@st.composite
def ops_and_repeats(draw: st.DrawFn) -> tuple[list[Op], list[list[int]]]:
    """Some ops, and after each the places of ops before it that are sent again."""
    count = draw(st.integers(1, 10))
    ops = [Op.model_validate(draw(an_op(number))) for number in range(count)]
    repeats = [draw(st.lists(st.integers(0, place), max_size=4)) for place in range(count)]
    return ops, repeats


class World:
    """A school with one teacher, without a server around it."""

    def __init__(self, folder: Any) -> None:
        self.database = Database(file_url(folder / "s.sqlite"))
        self.database.migrate()
        clock = SystemClock()
        with self.database.write() as connection:
            facts.begin(connection)
            accounts = Accounts(clock.now, clock.monotonic, random.Random(1), Passwords())
            accounts.add(connection, username="ada", role="teacher", user_id="ada")
        self.actor = Actor("ada", "teacher")

    def push(self, ops: list[Op]) -> list[str]:
        results = []
        for part in parts(lambda: MOMENT, self.actor, ops):
            with self.database.write() as connection:
                results += part(connection).results
        return [f"{result.outcome} {result.version}" for result in results]

    def state(self) -> list[str]:
        with self.database.read() as connection:
            *lines, _ = feed.page(connection, self.actor, "", 500, []).body.decode().splitlines()
        return lines


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=ops_and_repeats())
def test_replaying_acknowledged_ops_leaves_the_same_school_as_sending_them_once(
    plan: tuple[list[Op], list[list[int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    ops, repeats = plan
    once = World(tmp_path_factory.mktemp("once"))
    often = World(tmp_path_factory.mktemp("often"))
    try:
        answers: list[str] = []
        for place, op in enumerate(ops):
            [answer] = once.push([op])
            answers.append(answer)
            # A push whose answer was lost comes again, with others around it.
            again = [n for n in repeats[place] if answers[n].startswith("applied")]
            told = often.push([op, *(ops[n] for n in again)])
            assert told[0] == answer
            assert told[1:] == [answers[n].replace("applied", "duplicate") for n in again]
        assert once.state() == often.state()
    finally:
        once.database.close()
        often.database.close()
