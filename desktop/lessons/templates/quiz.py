"""A quiz from a topic's drafts: no question twice, difficulty that rises, answers in all places."""

import random
from collections.abc import Sequence
from typing import TypeVar

from desktop.classroom.questions import Difficulty, Question
from desktop.lessons.request import LessonRequest, UnclearRequest
from desktop.lessons.templates.topic import Draft, Topic
from desktop.sentences import say

Thing = TypeVar("Thing")

TRIES = 2_000
"""Drafts looked at before the topic counts as exhausted."""

LEVELS: dict[Difficulty, tuple[Difficulty, Difficulty, Difficulty]] = {
    "easy": ("easy", "easy", "medium"),
    "medium": ("easy", "medium", "hard"),
    "hard": ("medium", "hard", "hard"),
    "expert": ("medium", "hard", "expert"),
}
SHARES: dict[Difficulty, tuple[float, float]] = {
    "easy": (0.6, 0.9),
    "medium": (0.35, 0.75),
    "hard": (0.2, 0.6),
    "expert": (0.1, 0.45),
}
"""Up to which share of the quiz questions of level 1, then of level 2, are wanted."""


class TooFewQuestions(UnclearRequest):
    """The template has fewer questions of the wanted kinds than were asked for."""


def make(topic: Topic, request: LessonRequest, chance: random.Random) -> list[Question]:
    """Draw the quiz a request asks for.

    Raises:
        TooFewQuestions: the topic does not hold that many questions of these kinds.
    """
    wanted = request.quiz.questions
    drafts = _drawn(topic, request, chance)
    if len(drafts) < wanted:
        raise TooFewQuestions(
            say(
                "The template '{title}' has {count} questions of these kinds, fewer than "
                "the {wanted} asked for.",
                title=topic.title,
                count=len(drafts),
                wanted=wanted,
            ),
            mend=say("Ask for fewer questions, or for more kinds of question."),
        )
    picked = sorted(_picked(drafts, wanted, request.difficulty), key=lambda draft: draft.level)
    places = _places(picked, chance)
    return [
        _question(f"q{number}", draft, place, request.difficulty, chance)
        for number, (draft, place) in enumerate(zip(picked, places, strict=True), 1)
    ]


def _drawn(topic: Topic, request: LessonRequest, chance: random.Random) -> list[Draft]:
    """Distinct drafts, three times as many as wanted where the topic has them."""
    drawn: dict[str, Draft] = {}
    for tries, draft in enumerate(topic.drafts(chance, request.grade_level)):
        if draft.kind in request.quiz.kinds and _complete(draft):
            drawn.setdefault(draft.prompt, draft)
        if tries > TRIES or len(drawn) >= 3 * request.quiz.questions + 12:
            break
    return list(drawn.values())


def _complete(draft: Draft) -> bool:
    return draft.kind != "multiple_choice" or len(draft.wrong) >= 2


def _picked(drafts: Sequence[Draft], wanted: int, difficulty: Difficulty) -> list[Draft]:
    easy, middle = (round(share * wanted) for share in SHARES[difficulty])
    shares = {1: easy, 2: middle - easy, 3: wanted - middle}
    picked = [
        draft
        for level, share in shares.items()
        for draft in [one for one in drafts if one.level == level][:share]
    ]
    rest = [draft for draft in drafts if draft not in picked]
    return picked + rest[: wanted - len(picked)]


def _places(drafts: Sequence[Draft], chance: random.Random) -> list[int]:
    """Where each right choice stands: every place about equally often, in no pattern."""
    places: list[int] = []
    bag: list[int] = []
    for draft in drafts:
        if draft.kind != "multiple_choice":
            places.append(0)
            continue
        size = len(draft.wrong) + 1
        fitting = [place for place in bag if place < size]
        if not fitting:
            bag = [*bag, *chance.sample(range(4), 4)]
            fitting = [place for place in bag if place < size]
        bag.remove(fitting[0])
        places.append(fitting[0])
    return places


def _question(
    id_: str, draft: Draft, place: int, difficulty: Difficulty, chance: random.Random
) -> Question:
    choices, answer = _choices_and_answer(draft, place, chance)
    return Question(
        id=id_,
        kind=draft.kind,
        prompt=draft.prompt,
        choices=choices,
        answer=answer,
        explanation=draft.why,
        points=float(draft.level),
        difficulty=LEVELS[difficulty][draft.level - 1],
    )


def _choices_and_answer(
    draft: Draft, place: int, chance: random.Random
) -> tuple[list[str], str | list[str]]:
    right = draft.right
    if draft.kind == "ordering":
        return _mixed(list(right), chance), list(right)
    if draft.kind == "matching":
        pairs = _mixed(list(zip(draft.left, right, strict=True)), chance)
        return [left for left, _ in pairs], [partner for _, partner in pairs]
    if draft.kind == "multiple_choice":
        choices = _mixed(list(draft.wrong), chance)
        choices.insert(place, str(right))
        return choices, str(right)
    return [], str(right) if isinstance(right, str) else list(right)


def _mixed(things: list[Thing], chance: random.Random) -> list[Thing]:
    """The same things in another order; two or more never stay as they were."""
    mixed = chance.sample(things, len(things))
    return mixed if mixed != things or len(things) < 2 else [*things[1:], things[0]]
