"""A share of the many lessons (see `many.py`)."""

import dataclasses

import pytest

from desktop.lessons.builder import build
from desktop.lessons.schema import ENVIRONMENTS, INTERACTIONS
from desktop.lessons.templates import catalogue
from tests.lessons import many, wishes

IN_THE_SUITE = 40


def test_the_many_lessons_cover_everything_there_is() -> None:
    wanted = wishes.wishes(500)
    assert len({(wish.topic, wish.grade) for wish in wanted}) > 300
    assert len({wish.topic for wish in wanted}) == len(catalogue.topics())
    assert {wish.environment for wish in wanted} == set(ENVIRONMENTS)
    assert {wish.grade for wish in wanted} == set(range(14))
    worlds = {(wish.environment, wish.interaction) for wish in wanted}
    assert len(worlds) == len(ENVIRONMENTS) * len(INTERACTIONS)
    few = wanted[:IN_THE_SUITE]
    assert len({wish.subject for wish in few}) == 5
    assert len({wish.grade for wish in few}) > 9
    assert {wish.difficulty for wish in few} == set(wishes.DIFFICULTIES)
    assert {wish.interaction for wish in few} == set(INTERACTIONS)


@pytest.mark.parametrize("start", range(0, IN_THE_SUITE, many.AT_ONCE))
def test_a_lesson_is_sound_from_its_wish_to_its_reports(start: int) -> None:
    assert many.faults(wishes.wishes(IN_THE_SUITE)[start : start + many.AT_ONCE]) == []


def test_a_report_that_says_something_else_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    (wish,) = wishes.wishes(1)
    (lesson,) = [wish.package()]
    spoiled = lesson.quiz[0].model_copy(update={"points": lesson.quiz[0].points + 1})
    other = lesson.model_copy(update={"quiz": [spoiled, *lesson.quiz[1:]]})
    monkeypatch.setattr(many, "build", lambda _, **rest: build(other, **rest))
    assert ["left with the score" in fault for fault in many.faults([wish])] == [True]
    short = dataclasses.replace(wish, questions=wish.questions + 1)
    monkeypatch.setattr(wishes.Wish, "package", lambda _: lesson)
    assert any("questions instead of" in fault for fault in many.faults([short]))
