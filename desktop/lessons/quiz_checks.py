"""Is the quiz fair? Checks that need no person: right answers, distractors, length, places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from desktop.classroom.questions import Question, is_right
from desktop.lessons import reading

GIVE_AWAY = 1.8
"""A right choice this many times longer than every wrong one gives itself away."""

GIVE_AWAY_LETTERS = 25
"""Short choices never give themselves away by length."""

BIAS_SHARE = 0.6
BIAS_FROM = 5
"""From this many questions, one place holding more than BIAS_SHARE of the answers is a pattern."""


TRUTH_SHARE = 0.8
"""More of the true-or-false questions than this with one answer is a pattern."""

TOLD_LETTERS = 5
"""A shorter choice may stand in its question by chance."""

ALIKE = 0.8
"""Two prompts that share this much of their words and want the same answer ask the same."""

ALIKE_FROM = 5
"""Words that a prompt needs before it can be like another."""

GRADES_ABOVE = 3
"""A quiz may read this many grades above its own: a subject has long words of its own."""


@dataclass(frozen=True)
class QuizFinding:
    """Something about a quiz that a teacher should see. A severe one makes the quiz wrong."""

    question_id: str
    rule: str
    text: str
    severe: bool


def check(
    quiz: Sequence[Question], *, grade_level: int | None = None, language: str = "en"
) -> list[QuizFinding]:
    """Everything that is wrong or unfair about a quiz, question by question, then as a whole.

    How hard it is to read is judged only with a grade, in English.
    """
    findings = [finding for question in quiz for finding in _check_one(question)]
    return [
        *findings,
        *_duplicates(quiz),
        *_near_duplicates(quiz),
        *_position_bias(quiz),
        *_truth_bias(quiz),
        *_length_bias(quiz),
        *_told_in_the_prompt(quiz),
        *(
            _hard_to_read(quiz, grade_level)
            if grade_level is not None and _english(language)
            else ()
        ),
    ]


def _check_one(question: Question) -> Iterator[QuizFinding]:
    yield from _one_right_answer(question)
    yield from _wrong_sum(question)
    if not question.explanation.strip():
        yield _finding(question, "explanation", "has no explanation of its answer.", severe=False)


def _finding(question: Question, rule: str, words: str, *, severe: bool) -> QuizFinding:
    shown = question.prompt if len(question.prompt) <= 60 else question.prompt[:57] + "..."
    return QuizFinding(question.id, rule, f"The question '{shown}' {words}", severe)


def _one_right_answer(question: Question) -> Iterator[QuizFinding]:
    if not is_right(question, _model_answer(question)):
        yield _finding(question, "answer", "does not accept its own answer.", severe=True)
    choices = [" ".join(choice.split()) for choice in question.choices]
    twins = [choice for choice, count in Counter(choices).items() if count > 1]
    if twins:
        yield _finding(question, "choices", f"offers '{twins[0]}' twice.", severe=True)
    if question.kind == "multiple_choice":
        equal = _equal_values(question)
        if equal:
            yield _finding(
                question, "choices", f"has a second right choice, '{equal}'.", severe=True
            )


def _model_answer(question: Question) -> str | list[str]:
    answer = question.answer
    return answer[0] if question.kind == "short_answer" and isinstance(answer, list) else answer


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _equal_values(question: Question) -> str | None:
    """A wrong choice that is the same number as the right one and could count as right too."""
    if re.search(r"simplest|lowest terms|written as|point as|equivalent", question.prompt):
        return None
    right = _number(str(question.answer))
    if right is None:
        return None
    wrong = [choice for choice in question.choices if choice != question.answer]
    return next((choice for choice in wrong if _number(choice) == right), None)


def _number(text: str) -> Fraction | None:
    plain = text.strip().replace("−", "-").replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?|-?\d{1,15}/[1-9]\d{0,14}", plain):
        return None
    return Fraction(plain)


_TERM = r"(-?\d{1,12}(?:\.\d{1,9})?(?:/[1-9]\d{0,8})?|\(-\d{1,12}\))"
_ASKED = r"(?:what is|calculate|work out)"
_SUM = re.compile(rf"{_ASKED}\s+{_TERM}\s*([+\-−×÷])\s*{_TERM}\s*\??$", re.IGNORECASE)
_PERCENT = re.compile(r"what is (\d{1,3}(?:\.\d+)?)\s?% of (\d{1,9})\??$", re.IGNORECASE)


def recomputed(prompt: str) -> Fraction | None:
    """The value a plain sum in a prompt has, or None when the prompt is no plain sum."""
    text = " ".join(prompt.split())
    percent = _PERCENT.search(text)
    if percent:
        return Fraction(percent[1]) * Fraction(percent[2]) / 100
    found = _SUM.search(text)
    if not found:
        return None
    left, right = (Fraction(found[place].strip("()")) for place in (1, 3))
    match found[2]:
        case "+":
            return left + right
        case "×":
            return left * right
        case "÷":
            return left / right if right else None
    return left - right


def _wrong_sum(question: Question) -> Iterator[QuizFinding]:
    value = recomputed(question.prompt)
    if value is None or question.kind not in ("multiple_choice", "short_answer"):
        return
    answer = _number(str(_model_answer(question)))
    if answer is not None and answer != value:
        yield _finding(
            question, "arithmetic", f"gives {answer} as its answer, but it is {value}.", severe=True
        )


def _duplicates(quiz: Sequence[Question]) -> Iterator[QuizFinding]:
    seen: set[tuple[str, ...]] = set()
    for question in quiz:
        key = (
            _plain(question.prompt),
            *sorted(" ".join(choice.split()) for choice in question.choices),
        )
        if key in seen:
            yield _finding(question, "duplicate", "is asked twice.", severe=True)
        seen.add(key)


def _near_duplicates(quiz: Sequence[Question]) -> Iterator[QuizFinding]:
    """Two that ask the same in slightly other words; other numbers make another question."""
    for number, question in enumerate(quiz):
        for other in quiz[:number]:
            exact = _plain(question.prompt) == _plain(other.prompt)
            if not exact and question.answer == other.answer and _alike(question, other):
                shown = _finding(other, "", "", severe=False).text.removeprefix("The question ")
                yield _finding(
                    question, "alike", f"asks the same as {shown.strip()}.", severe=False
                )
                break


def _alike(one: Question, other: Question) -> bool:
    first, second = (
        re.findall(r"[^\W_]+", question.prompt.casefold()) for question in (one, other)
    )
    if min(len(first), len(second)) < ALIKE_FROM:
        return False
    numbers = [[word for word in words if any(map(str.isdigit, word))] for words in (first, second)]
    shared = Counter(first) & Counter(second)
    whole = Counter(first) | Counter(second)
    return numbers[0] == numbers[1] and shared.total() >= ALIKE * whole.total()


def _position_bias(quiz: Sequence[Question]) -> Iterator[QuizFinding]:
    asked = [one for one in quiz if one.kind == "multiple_choice" and len(one.choices) > 2]
    if len(asked) < BIAS_FROM:
        return
    places = Counter(one.choices.index(str(one.answer)) for one in asked)
    place, count = places.most_common(1)[0]
    if count > BIAS_SHARE * len(asked):
        yield QuizFinding(
            "",
            "position",
            f"The right choice stands in place {place + 1} in {count} of {len(asked)} questions: "
            "mix the choices.",
            severe=False,
        )


def _truth_bias(quiz: Sequence[Question]) -> Iterator[QuizFinding]:
    asked = [str(one.answer) for one in quiz if one.kind == "true_false"]
    if len(asked) < BIAS_FROM:
        return
    answer, count = Counter(asked).most_common(1)[0]
    if count > TRUTH_SHARE * len(asked):
        yield QuizFinding(
            "",
            "truth",
            f"'{answer}' is right in {count} of {len(asked)} true-or-false questions: "
            "turn some of them round.",
            severe=False,
        )


def _length_bias(quiz: Sequence[Question]) -> Iterator[QuizFinding]:
    for question in quiz:
        if question.kind == "multiple_choice" and _gives_itself_away(question):
            yield _finding(
                question, "length", "gives its answer away: it is far longer.", severe=False
            )


def _gives_itself_away(question: Question) -> bool:
    right = len(str(question.answer))
    longest = max((len(one) for one in question.choices if one != question.answer), default=right)
    return right >= GIVE_AWAY_LETTERS and right > GIVE_AWAY * longest


def _told_in_the_prompt(quiz: Sequence[Question]) -> Iterator[QuizFinding]:
    """The right choice stands in the question, and none of the wrong ones does."""
    for question in quiz:
        if question.kind != "multiple_choice" or len(str(question.answer)) < TOLD_LETTERS:
            continue
        told = [choice for choice in question.choices if _stands_in(choice, question.prompt)]
        if told == [question.answer]:
            yield _finding(question, "told", "names its answer itself.", severe=False)


def _stands_in(choice: str, prompt: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(_plain(choice))}(?!\w)", _plain(prompt)) is not None


def _english(language: str) -> bool:
    return language.split("-")[0] == "en"


def _hard_to_read(quiz: Sequence[Question], grade_level: int) -> Iterator[QuizFinding]:
    level = reading.grade(" ".join(_as_sentence(question.prompt) for question in quiz))
    if level is not None and level > grade_level + GRADES_ABOVE:
        yield QuizFinding(
            "",
            "reading",
            f"The questions read like grade {level:.0f} (Flesch-Kincaid), the lesson is for grade "
            f"{grade_level}: shorter sentences and simpler words help.",
            severe=False,
        )


def _as_sentence(prompt: str) -> str:
    text = prompt.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."
