"""How a sample pupil works through a lesson: an ability, some luck, and answers that follow."""

import datetime as dt
import math
import random
from dataclasses import dataclass, field
from typing import Any

from desktop.classroom.questions import Question
from desktop.school import rewards
from desktop.school.sample.people import Pupil

HARDNESS = {"easy": -0.8, "medium": 0.0, "hard": 0.9, "expert": 1.6}
"""Where a question sits on the scale of ability (a Rasch model: one parameter each)."""
LEARNED_A_WEEK = 0.05
STAYS_AWAY = 0.04
STAYS_AWAY_WEAK = 0.14
"""Pupils who find it hard hand in less: that is what a teacher has to see."""
UNGRADED_DAYS = 6


@dataclass(frozen=True)
class Learner:
    """A pupil with an ability: 0 is average, 1 one standard deviation above."""

    id: str
    pupil: Pupil
    ability: float


@dataclass(frozen=True)
class Event:
    """Something that happened in the world, with the XP it gave."""

    kind: str
    at: dt.datetime
    data: dict[str, Any]
    xp: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Part:
    """What a pupil did in one lesson."""

    began: dt.datetime
    status: str
    score: float | None = None
    marks: dict[str, float] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    feedback: str = ""
    submitted_at: dt.datetime | None = None
    events: tuple[Event, ...] = ()


def take_part(
    chance: random.Random,
    learner: Learner,
    quiz: list[Question],
    week: int,
    taught: dt.datetime,
    now: dt.datetime,
) -> Part:
    """Let a learner work through a quiz after the lesson of a week began at `taught`."""
    away = STAYS_AWAY_WEAK if learner.ability < -0.8 else STAYS_AWAY
    began = taught + dt.timedelta(minutes=12, seconds=chance.randrange(240))
    if chance.random() < away or began > now:
        return Part(began, "missing")
    ability = learner.ability + LEARNED_A_WEEK * week + chance.gauss(0, 0.3)
    moment = began
    events = [Event("joined", moment, {})]
    marks: dict[str, float] = {}
    answers: dict[str, Any] = {}
    for question in quiz:
        moment += dt.timedelta(seconds=chance.randrange(25, 110))
        if moment > now:
            break
        right = chance.random() < 1 / (1 + math.exp(HARDNESS[question.difficulty] - ability))
        given = _given(chance, question, right=right)
        marks[question.id] = question.points if right else 0.0
        answers[question.id] = given
        events.append(_answer(question, given, moment, right=right))
    if len(marks) < len(quiz):
        return Part(began, "in_progress", None, marks, answers, events=tuple(events))
    moment += dt.timedelta(seconds=30)
    score = sum(marks.values())
    done = {"score": score}
    events.append(Event("completed", moment, done, rewards.COMPLETED, "Finished the lesson"))
    # The newest work waits for its teacher: part of it is still to be graded.
    waits = (now - moment).days < UNGRADED_DAYS and chance.random() < 0.3
    return Part(
        began,
        "submitted" if waits else "graded",
        None if waits else score,
        {} if waits else marks,
        answers,
        "" if waits else _feedback(chance, score / sum(q.points for q in quiz)),
        moment,
        tuple(events),
    )


def practise(
    chance: random.Random,
    learner: Learner,
    quiz: list[Question],
    week: int,
    began: dt.datetime,
    now: dt.datetime,
) -> tuple[Event, ...]:
    """A few questions again after school; each was rewarded when it was first got right."""
    ability = learner.ability + LEARNED_A_WEEK * (week + 1)
    moment = began
    events = [Event("joined", moment, {})]
    for question in chance.sample(quiz, min(len(quiz), chance.randrange(2, 5))):
        moment += dt.timedelta(seconds=chance.randrange(20, 90))
        right = chance.random() < 1 / (1 + math.exp(HARDNESS[question.difficulty] - ability))
        given = _given(chance, question, right=right)
        told = _answer(question, given, moment, right=right)
        events.append(Event(told.kind, told.at, told.data))
    events.append(Event("left", moment + dt.timedelta(seconds=30), {}))
    return tuple(event for event in events if event.at <= now)


def _answer(question: Question, given: object, at: dt.datetime, *, right: bool) -> Event:
    data = {
        "question_id": question.id,
        "given": given,
        "correct": right,
        "standard": question.standard,
        "difficulty": question.difficulty,
    }
    xp = rewards.for_answer(question.points) if right else 0
    return Event("answer", at, data, xp, "A right answer" if right else "")


def _given(chance: random.Random, question: Question, *, right: bool) -> object:
    """What was answered: the right thing, or something wrong of the same kind."""
    answer = question.answer
    match question.kind:
        case "multiple_choice":
            wrong = [choice for choice in question.choices if choice != answer]
            return answer if right else chance.choice(wrong)
        case "true_false":
            return answer if right else ("false" if answer == "true" else "true")
        case "short_answer":
            return answer[0] if right else "I am not sure"
        case _:
            given = list(answer)
            if not right:
                given[0], given[1] = given[1], given[0]
            return given


def _feedback(chance: random.Random, share: float) -> str:
    if chance.random() < 0.6:
        return ""
    if share >= 0.9:
        return chance.choice(("Excellent work.", "You have really understood this."))
    if share >= 0.6:
        return chance.choice(("Good. Look at the ones you missed once more.", "Well done."))
    return chance.choice(("Let us go through this together.", "Please try the practice again."))
