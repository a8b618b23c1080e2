"""One round through a quiz, as a student plays it: question after question, and the score."""

import hashlib
from dataclasses import dataclass, field

from desktop.classroom.questions import Question, is_right
from desktop.lessons.quiz_play import right_answer

Given = str | list[str]


@dataclass
class QuizRound:
    """Where somebody is in a quiz. The first answer to a question counts, as in the place."""

    questions: tuple[Question, ...]
    at: int = 0
    given: dict[str, Given] = field(default_factory=dict)

    @property
    def question(self) -> Question | None:
        """The question that is asked now; None when all have been."""
        return self.questions[self.at] if self.at < len(self.questions) else None

    @property
    def best(self) -> float:
        """The points for everything right."""
        return sum(one.points for one in self.questions)

    @property
    def score(self) -> float:
        """The points so far."""
        return sum(one.points for one in self.questions if self.was_right(one))

    @property
    def missed(self) -> tuple[Question, ...]:
        """What was answered, and not rightly."""
        return tuple(
            one for one in self.questions if one.id in self.given and not self.was_right(one)
        )

    def was_right(self, question: Question) -> bool:
        """Whether the first answer to a question was right."""
        return question.id in self.given and is_right(question, self.given[question.id])

    def answer(self, given: Given) -> bool:
        """Answer the question that is asked now; whether that is right.

        Raises:
            LookupError: no question is asked any more.
        """
        if self.question is None:
            raise LookupError("the round is over")
        self.given.setdefault(self.question.id, given)
        return is_right(self.question, given)

    def go_on(self) -> None:
        """Go to the next question."""
        self.at = min(self.at + 1, len(self.questions))


def partners(question: Question) -> list[str]:
    """The right column of a matching question, in an order that says nothing."""
    several = question.answer if isinstance(question.answer, list) else [question.answer]
    return sorted(set(several), key=lambda text: hashlib.sha256(text.encode()).digest())


def solution(question: Question) -> str:
    """The right answer as a line of text."""
    right = right_answer(question)
    if question.kind == "matching":
        return "; ".join(f"{a} → {b}" for a, b in zip(question.choices, right, strict=True))
    return right if isinstance(right, str) else ", ".join(right)
