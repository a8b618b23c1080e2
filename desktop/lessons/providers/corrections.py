"""What is wrong with an answer in one way only is put right here, and told; sense is never guessed.

Minutes that do not add up, the letter of a choice instead of its words, things that stand twice:
asking a model again for these costs time and money, and brings the same or worse. What a question
means, and which answer to it is right, is never touched.
"""

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from desktop.lessons.providers.drafts import (
    ActivityForm,
    Outline,
    QuestionForm,
    Quiz,
    ThingForm,
    Things,
)

Corrected = TypeVar("Corrected")
Piece = TypeVar("Piece")

TRUTHS = {
    **dict.fromkeys(("true", "t", "yes", "verdadero", "cierto"), "true"),
    **dict.fromkeys(("false", "f", "no", "falso"), "false"),
}
_LABELLED = re.compile(r"\(?([A-Za-z]|\d{1,2}(?=\)))[).]\s+(\S.*)", re.DOTALL)
"""`A) Paris`, `b. Paris`, `(1) Paris`; not `1. May`, which is a date."""
_LABEL = re.compile(r"\(?([A-Za-z]|\d{1,2}(?=\)))[).]?")
_LETTERS = "abcdefghijkl"


@dataclasses.dataclass(frozen=True)
class Correction(Generic[Corrected]):
    """What an answer came to, and a sentence for each thing that was put right in it."""

    value: Corrected
    notes: tuple[str, ...] = ()


def outline(form: Outline, minutes: int) -> Correction[Outline]:
    """Steps that take `minutes` together, and nothing that stands there twice."""
    steps = activities(form.activities, minutes)
    goals, goal_notes = _once(form.objectives, lambda one: one.text, "objective")
    terms, term_notes = _once(form.vocabulary, lambda one: one.term, "word")
    changed = {"activities": steps.value, "objectives": goals, "vocabulary": terms}
    return Correction(form.model_copy(update=changed), (*steps.notes, *goal_notes, *term_notes))


def activities(steps: list[ActivityForm], minutes: int) -> Correction[list[ActivityForm]]:
    """The steps with minutes that add up, in the proportions that they had.

    More steps than minutes stay as they are.
    """
    if sum(step.minutes for step in steps) == minutes or len(steps) > minutes:
        return Correction(steps)
    shares = apportioned([step.minutes for step in steps], minutes)
    return Correction(
        [
            step.model_copy(update={"minutes": share})
            for step, share in zip(steps, shares, strict=True)
        ],
        (f"The minutes of the steps were adjusted to add up to {minutes}.",),
    )


def apportioned(weights: Sequence[int], total: int) -> list[int]:
    """Whole numbers of at least 1 that add up to `total`, in proportion to positive `weights`.

    By largest remainder (Hamilton's method); the first of equal remainders comes first. `total` is
    at least as large as there are weights.
    """
    short: set[int] = set()
    while True:
        free = [place for place in range(len(weights)) if place not in short]
        left, whole = total - len(short), sum(weights[place] for place in free)
        below = {place for place in free if weights[place] * left < whole}
        if not below:
            break
        short |= below
    shares = [1] * len(weights)
    for place in free:
        shares[place] = weights[place] * left // whole
    by_remainder = sorted(free, key=lambda place: -(weights[place] * left % whole))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def things(form: Things) -> Correction[Things]:
    """A row with nothing to put in a row, and a text, is an exhibit."""
    found: list[ThingForm] = []
    notes: list[str] = []
    for one in form.objects:
        alone = one.kind == "row" and len(one.labels) < 2 and one.text.strip()
        found.append(one.model_copy(update={"kind": "exhibit"}) if alone else one)
        if alone:
            notes.append(f"'{one.title}' has nothing to put in a row: it is shown as an exhibit.")
    return Correction(form.model_copy(update={"objects": found}), tuple(notes))


def quiz(form: Quiz) -> Correction[Quiz]:
    """Questions whose answers are written as their kinds want them."""
    found: list[QuestionForm] = []
    notes: list[str] = []
    for number, one in enumerate(form.questions, 1):
        corrected = question(one)
        found.append(corrected.value)
        notes += [f"Question {number}: {note}" for note in corrected.notes]
    return Correction(form.model_copy(update={"questions": found}), tuple(notes))


def question(form: QuestionForm) -> Correction[QuestionForm]:
    """One question whose answer is written as its kind wants it."""
    tidy = form.model_copy(
        update={
            "choices": [one.strip() for one in form.choices],
            "answer": [one.strip() for one in form.answer],
        }
    )
    match form.kind:
        case "true_false":
            truths = [TRUTHS.get(_plain(one), one) for one in tidy.answer]
            return Correction(tidy.model_copy(update={"choices": [], "answer": truths}))
        case "short_answer":
            spellings = list({one.casefold(): one for one in reversed(tidy.answer)}.values())[::-1]
            return Correction(tidy.model_copy(update={"choices": [], "answer": spellings}))
        case "multiple_choice" | "ordering":
            return _chosen(tidy)
    return Correction(tidy)


def _chosen(form: QuestionForm) -> Correction[QuestionForm]:
    """A question whose answer is one of its choices, or all of them in another order."""
    notes: list[str] = []
    choices = _without_labels(form.choices)
    if choices != form.choices:
        notes.append("the letters before the choices were left out.")
    answer = [_choice(one, choices) for one in form.answer]
    notes += [
        f"'{said}' was read as the choice '{meant}'."
        for said, meant in zip(form.answer, answer, strict=True)
        if _plain(said) != _plain(meant) and choices == form.choices
    ]
    if form.kind == "multiple_choice":
        once = list(dict.fromkeys(choices))
        if 2 <= len(once) < len(choices):
            choices = once
            notes.append("a choice that stood there twice was left out.")
        answer = list(dict.fromkeys(answer))
    changed = {"choices": choices, "answer": answer}
    return Correction(form.model_copy(update=changed), tuple(notes))


def _without_labels(choices: list[str]) -> list[str]:
    """Choices without their `A)`, `B)`, ... where each of them has its own."""
    found = [_LABELLED.fullmatch(one) for one in choices]
    if not choices or any(
        match is None or _place(match[1]) != place for place, match in enumerate(found)
    ):
        return choices
    return [match[2] for match in found if match]


def _choice(said: str, choices: list[str]) -> str:
    """The one choice that an answer means, else the answer as it is."""
    if said in choices:
        return said
    alike = {one for one in choices if _plain(one) == _plain(said)}
    if len(alike) == 1:
        return alike.pop()
    with_label = _LABELLED.fullmatch(said)
    if with_label:
        place = _place(with_label[1])
        same = place < len(choices) and _plain(choices[place]) == _plain(with_label[2])
        return choices[place] if same else said
    label = _LABEL.fullmatch(said)
    if label and _place(label[1]) < len(choices) and not any(_LABEL.fullmatch(c) for c in choices):
        return choices[_place(label[1])]
    return said


def _place(label: str) -> int:
    """The place from 0 that `A`, `a` or `1` stands for; beyond all choices where it is none."""
    if label.isdecimal():
        return int(label) - 1 if int(label) else len(_LETTERS)
    return _LETTERS.index(label.lower()) if label.lower() in _LETTERS else len(_LETTERS)


def _plain(text: str) -> str:
    """A text without case, outer space and the stop at its end: as much as never has a meaning."""
    return " ".join(text.split()).rstrip(" .,;").casefold()


def _once(
    pieces: Sequence[Piece], text_of: Callable[[Piece], str], name: str
) -> tuple[list[Piece], list[str]]:
    """The pieces without those that stood there before, and a sentence if there were any."""
    found: dict[str, Piece] = {}
    for one in pieces:
        found.setdefault(_plain(text_of(one)), one)
    lost = len(pieces) - len(found)
    told = f"{lost} {name}{'s' if lost > 1 else ''} that stood there twice: left out."
    return list(found.values()), [told] if lost else []
