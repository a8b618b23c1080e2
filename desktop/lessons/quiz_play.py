"""Plays a lesson's quiz in the real Luau VM, and compares with the rule in Python."""

import ctypes
import functools
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, TextIO

from desktop.classroom.questions import Question, is_right
from desktop.errors import Refused
from desktop.lessons import assets, luau
from desktop.lessons.builder import content
from desktop.lessons.builder.literal import literal
from desktop.lessons.package import LessonPackage, dump, load
from desktop.sentences import say

TIMEOUT_S = 20.0
MEMORY_BYTES = 64_000_000
WRONG = "\N{REPLACEMENT CHARACTER} no answer at all"
"""What nobody would set as the answer of a question."""


class QuizNotPlayable(Refused):
    """The quiz could not be played to its end in time."""


@dataclass(frozen=True)
class Played:
    """How a quiz went: the points for all answers right and all wrong, and what disagreed.

    `mismatches` name questions where Luau and Python judge an answer differently.
    """

    questions: int
    best: float
    score_all_right: float
    score_all_wrong: float
    mismatches: tuple[str, ...]

    @property
    def fair(self) -> bool:
        """Whether everything came out as it must."""
        return (
            not self.mismatches and self.score_all_right == self.best and self.score_all_wrong == 0
        )


def play(package: LessonPackage) -> Played:
    """Answer every question rightly and wrongly, in this process.

    Only our own modules run, and a package reaches them as literals; still, a package from
    elsewhere is better played by `play_apart`.
    """
    logic = _load(assets.luau("QuizLogic"), "QuizLogic")
    keys = _load(content.answers(package), "Answers")
    mismatches: list[str] = []
    for question in package.quiz:
        for given in givens(question):
            told = _load(f"return {literal(given)}", "Given")
            if logic.get("isRight")(keys.get(question.id), told)[0] != is_right(question, given):
                mismatches.append(question.id)
    right = {question.id: right_answer(question) for question in package.quiz}
    wrong = {question.id: WRONG for question in package.quiz}
    return Played(
        questions=len(package.quiz),
        best=sum(question.points for question in package.quiz),
        score_all_right=_score(logic, keys, right),
        score_all_wrong=_score(logic, keys, wrong),
        mismatches=tuple(dict.fromkeys(mismatches)),
    )


def right_answer(question: Question) -> str | list[str]:
    """An answer that is right."""
    answer = question.answer
    return answer[0] if question.kind == "short_answer" and isinstance(answer, list) else answer


def givens(question: Question) -> list[str | list[str]]:
    """Answers worth trying: right ones in several spellings, each choice, and wrong ones."""
    right = right_answer(question)
    tried: list[str | list[str]] = [right, WRONG, "", [], [WRONG], *question.choices]
    if isinstance(right, str):
        tried += [f"  {right}\t", right.upper(), right + "x", [right]]
    else:
        tried += [list(reversed(right)), right[:-1], [*right, WRONG], right[0]]
    return tried


def play_apart(package: LessonPackage, command: Sequence[str]) -> Played:
    """Play in a child process with a time limit; `command` starts one that runs `serve`.

    Raises:
        QuizNotPlayable: the child failed or took too long.
    """
    try:
        ended = subprocess.run(  # noqa: S603  (our own program)
            list(command),
            input=dump(package).encode(),
            capture_output=True,
            timeout=TIMEOUT_S,
            check=True,
        )
        fields = json.loads(ended.stdout)
        return Played(**{**fields, "mismatches": tuple(fields["mismatches"])})
    except (subprocess.SubprocessError, ValueError, TypeError, KeyError) as error:
        raise QuizNotPlayable(
            say("The quiz of this lesson could not be played to its end."),
            mend=say("Look at its questions for anything unusual."),
        ) from error


def serve(package: bytes, answer_to: TextIO) -> None:
    """What the child of `play_apart` does: play the package it was handed, and write how it went.

    Raises:
        InvalidPackage: it was handed something else.
    """
    json.dump(as_json(play(load(package))), answer_to)


def as_json(played: Played) -> dict[str, Any]:
    """What came out, as plain data."""
    return {**asdict(played), "mismatches": list(played.mismatches)}


def _score(logic: Any, keys: Any, given: dict[str, Any]) -> float:  # noqa: ANN401  (Luau values)
    told = _load(f"return {literal(given)}", "Given")
    return float(logic.get("score")(keys, told)[0])


def _load(source: str, name: str) -> Any:  # noqa: ANN401  (a Luau value)
    return _vm().load_chunk(source, name=name)()[0]


@functools.cache
def _vm() -> Any:  # noqa: ANN401  (pluau's own type)
    """One VM for the process's life: dropping one prints on standard output."""
    vm = luau.machine().Lua()
    vm.set_memory_limit(MEMORY_BYTES)
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(vm))
    return vm
