"""A question as rows to fill in, whatever its kind, and from rows back to the question."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from desktop.classroom.questions import QuestionKind

KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
Fields = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of a question: a choice, a spelling, a step, or a pair."""

    text: str
    partner: str = ""
    """The other side of a pair; empty for other kinds."""
    right: bool = True
    """Whether it is a right answer; only wrong choices are not."""


def new(id_: str, kind: QuestionKind = "multiple_choice") -> Fields:
    """A question of which everything is still to be written."""
    question: Fields = {
        "id": id_, "kind": kind, "prompt": "", "choices": [], "answer": "", "explanation": "",
        "points": 1.0, "standard": "", "difficulty": "medium",
    }  # fmt: skip
    return with_rows(question, [Row(""), Row("", right=False)])


def rows(question: Fields) -> list[Row]:
    """The lines of a question. A true-or-false question has two."""
    answer = question.get("answer")
    several = [str(one) for one in answer] if isinstance(answer, list) else [str(answer or "")]
    choices = [str(one) for one in question.get("choices", ())]
    match question["kind"]:
        case "true_false":
            return [Row(word, right=answer == word) for word in ("true", "false")]
        case "multiple_choice":
            right = choices.index(several[0]) if several[0] in choices else -1
            return [Row(text, right=at == right) for at, text in enumerate(choices)]
        case "matching":
            partners = [*several, *[""] * len(choices)]
            return [Row(text, partners[at]) for at, text in enumerate(choices)]
        case _:
            return [Row(text) for text in several]


def with_rows(question: Fields, lines: Sequence[Row]) -> Fields:
    """The question with other lines."""
    texts = [one.text for one in lines]
    match question["kind"]:
        case "true_false" | "multiple_choice":
            choices = texts if question["kind"] == "multiple_choice" else []
            answer: str | list[str] = next((one.text for one in lines if one.right), "")
        case "matching":
            choices, answer = texts, [one.partner for one in lines]
        case "ordering":
            choices, answer = _mixed(texts), texts
        case _:
            choices, answer = [], texts
    return {**question, "choices": choices, "answer": answer}


def as_kind(question: Fields, kind: QuestionKind) -> Fields:
    """The same question asked another way, with as much of its lines as that way has room for."""
    before = rows(question)
    changed = {**question, "kind": kind}
    if kind == "true_false":
        return with_rows(changed, [Row("true"), Row("false", right=False)])
    if question["kind"] == "true_false":
        before = []
    texts = [Row(one.text, one.partner) for one in before]
    if kind == "short_answer":
        right = [Row(one.text) for one in before if one.right]
        return with_rows(changed, right or [Row("")])
    if kind == "multiple_choice":
        first = next((at for at, one in enumerate(before) if one.right), 0)
        texts = [Row(one.text, right=at == first) for at, one in enumerate(before)]
    missing = 2 - len(texts)
    blank = [Row("", right=kind != "multiple_choice" or not texts), Row("", right=False)]
    return with_rows(changed, [*texts, *blank[:missing]] if missing > 0 else texts)


def _mixed(texts: Sequence[str]) -> list[str]:
    """An order that is the same everywhere, says nothing, and is never the right one."""
    mixed = sorted(texts, key=lambda text: hashlib.sha256(text.encode()).digest())
    return mixed[::-1] if mixed == list(texts) else mixed
