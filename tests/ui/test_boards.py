"""The leaderboard's choice of time, and what it says where a time is empty."""

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import classes, xp
from desktop.storage import outbox
from desktop.storage.cache import Cache
from desktop.ui.leaderboard.presenter import wall
from desktop.ui.parts import boards

MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
LAST_WEEK = MONDAY - dt.timedelta(days=6)


class StillClock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = MONDAY

    def now(self) -> dt.datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.moment += dt.timedelta(seconds=seconds)


class School:
    """One class of two in a real cache."""

    def __init__(self, folder: Path) -> None:
        self.clock = StillClock()
        self.cache = Cache.open(folder, clock=self.clock, chance=random.Random(1))
        self.class_id = self.do(classes.create_class, "Mathematics 4b")
        self.ada, self.grace = (self._student(name) for name in ("Ada", "Grace"))

    def do(self, verb: Any, *given: Any, **named: Any) -> Any:
        return self.cache.write(lambda tx: verb(tx, *given, **named)).result()

    def earns(self, student: str, points: int, moment: dt.datetime) -> None:
        self.clock.moment = moment
        self.do(xp.award, self.class_id, [student], points, "")
        self.clock.moment = MONDAY

    def board(self, wanted: str = "") -> boards.Standings:
        return self.cache.read(
            lambda connection: boards.standings(connection, self.class_id, wanted, MONDAY)
        )

    def _student(self, name: str) -> str:
        data = {"given_name": name, "family_name": "Doe", "class_ids": [self.class_id]}
        return str(self.do(outbox.create, "students", data).id)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = School(tmp_path)
    yield made
    made.cache.close()


def test_a_first_look_shows_the_shortest_time_in_which_anybody_has_points(school: School) -> None:
    school.earns(school.ada, 50, LAST_WEEK)
    assert school.board().period == "month"
    school.earns(school.grace, 5, MONDAY - dt.timedelta(hours=1))
    assert school.board().period == "week"


def test_an_empty_week_says_so_and_offers_the_time_that_has_points(school: School) -> None:
    school.earns(school.ada, 50, LAST_WEEK)
    found = school.board("week")
    said = boards.nothing(found)
    assert found.lines == ()
    assert said.title == "No points this week yet"
    assert (said.action, said.period) == ("Show this month", "month")


def test_without_any_points_the_board_tells_where_points_come_from(school: School) -> None:
    said = boards.nothing(school.board())
    assert said.title == "No points yet"
    assert said.action == ""
    assert "award XP" in said.words


def test_new_is_said_only_where_somebody_had_a_place_before(school: School) -> None:
    school.earns(school.ada, 50, MONDAY - dt.timedelta(hours=1))
    assert [words for words, _ in boards.movements(school.board("week"))] == ["", ""]
    school.earns(school.grace, 5, MONDAY - dt.timedelta(days=7, hours=1))
    moved = dict(zip((line.student_id for line in school.board("week").lines),
                     boards.movements(school.board("week")), strict=True))  # fmt: skip
    assert moved[school.ada] == ("new", "accent")


def test_all_time_has_no_movement(school: School) -> None:
    school.earns(school.ada, 50, MONDAY - dt.timedelta(days=30))
    school.earns(school.grace, 90, MONDAY - dt.timedelta(hours=1))
    assert {words for words, _ in boards.movements(school.board("all"))} == {""}


def test_the_wall_never_stays_bare(school: School) -> None:
    school.earns(school.ada, 50, LAST_WEEK)
    empty = wall("Mathematics 4b", school.board("week"))
    assert (empty.lines, empty.words) == ((), "No points this week yet")
    full = wall("Mathematics 4b", school.board("month"))
    assert [line.alias for line in full.lines] == ["Ada"]
    assert full.words == ""
