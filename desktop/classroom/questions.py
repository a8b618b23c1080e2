"""Questions of a quiz: one shape for a lesson's quiz and for an assessment given to a class."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator  # noqa: TID253

QuestionKind = Literal["multiple_choice", "true_false", "short_answer", "ordering", "matching"]
Difficulty = Literal["easy", "medium", "hard", "expert"]
Line = Annotated[str, Field(min_length=1, max_length=500)]


class Question(BaseModel):
    """One question with its right answer.

    What `answer` holds depends on `kind`:

    * multiple_choice: the one right choice, written as in `choices`.
    * true_false: `"true"` or `"false"`; `choices` stays empty.
    * short_answer: every spelling that counts as right, compared without case and outer space.
    * ordering: all of `choices` in the right order.
    * matching: for each of `choices` (the left column) its partner, in the same order.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
    kind: QuestionKind
    prompt: Annotated[str, Field(min_length=1, max_length=1_000)]
    choices: Annotated[list[Line], Field(max_length=12)] = []
    answer: Line | Annotated[list[Line], Field(min_length=1, max_length=12)]
    explanation: Annotated[str, Field(max_length=2_000)] = ""
    points: Annotated[float, Field(gt=0, le=1_000)] = 1.0
    standard: Annotated[str, Field(max_length=80)] = ""
    difficulty: Difficulty = "medium"

    @model_validator(mode="after")
    def _answer_fits_the_kind(self) -> "Question":
        fault = _fault(self)
        if fault:
            raise ValueError(fault)
        return self


def _fault(question: Question) -> str | None:
    choices, answer = question.choices, question.answer
    if len(set(choices)) != len(choices):
        return "two of the choices are the same"
    match question.kind:
        case "multiple_choice":
            if len(choices) < 2:
                return "a multiple-choice question needs at least two choices"
            if not isinstance(answer, str) or answer not in choices:
                return "the answer is not one of the choices"
        case "true_false":
            if answer not in ("true", "false"):
                return "the answer of a true-or-false question is 'true' or 'false'"
        case "short_answer":
            if not isinstance(answer, list):
                return "a short-answer question lists the spellings that count as right"
        case "ordering":
            if not isinstance(answer, list) or sorted(answer) != sorted(choices):
                return "the answer of an ordering question is its choices in the right order"
            if len(choices) < 2:
                return "an ordering question needs at least two things to order"
        case "matching":
            if not isinstance(answer, list) or len(answer) != len(choices) or len(choices) < 2:
                return "a matching question needs one partner for each of at least two choices"
    return None


def is_right(question: Question, given: str | list[str]) -> bool:
    """Whether `given` answers `question`; the same rule the place's own Luau applies."""
    answer = question.answer
    if question.kind == "short_answer":
        return isinstance(given, str) and _plain(given) in {_plain(spelling) for spelling in answer}
    return given == answer


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
