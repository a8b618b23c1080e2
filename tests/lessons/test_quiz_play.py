"""The place judges and scores an answer as the Companion does."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.classroom.questions import Question, is_right
from desktop.lessons import assets, quiz_play
from desktop.lessons.builder import content, literal
from desktop.lessons.request import QuizRequest, from_sentence
from desktop.lessons.templates import catalogue
from tests.lessons import machine, made
from tests.lessons.test_templates import request_for

LETTERS = st.text(
    st.characters(max_codepoint=0x52F, exclude_categories=["Cs", "Cn"])
    | st.sampled_from("ΣσςßẞİıK ﬁǅŉ\u2003\u3000éÑçЖҐơƯẤ１Ａ"),
    max_size=12,
)
RARE = {
    0x149, 0x220, 0x345, 0x37F, 0x390, 0x3B0, 0x4C0, 0x1CA, 0x1CB, 0xFB01, *range(0x181, 0x1C9),
    *range(0x1F0, 0x1F8), *range(0x23A, 0x246), *range(0x370, 0x380), *range(0x3CF, 0x400),
    *range(0x250, 0x2B0), *range(0x1C80, 0x1CC0), *range(0x1F00, 0x2000), *range(0x2C00, 0x2E00),
    *range(0xA640, 0xA800),
}  # fmt: skip
"""Letters outside the alphabets that the place knows; it leaves them as they are."""


def judged(question: Question, given: object) -> bool:
    logic = machine.module("QuizLogic")
    keys = machine.run(
        "return "
        + literal.literal({"kind": question.kind, "answer": question.answer, "points": 1.0})
    )
    told = machine.run(f"return {literal.literal(given)}")
    return bool(logic.get("isRight")(keys, told)[0])


@given(spellings=st.lists(LETTERS.filter(bool), min_size=1, max_size=3), given_=LETTERS)
def test_a_written_answer_is_judged_as_in_python(spellings: list[str], given_: str) -> None:
    question = Question(id="q", kind="short_answer", prompt="?", answer=spellings)
    for told in (given_, *(f" {one.upper()}\t" for one in spellings), *spellings):
        if not RARE & set(map(ord, "".join((told, *spellings)))):
            assert judged(question, told) == is_right(question, told), (spellings, told)


@pytest.mark.parametrize(
    ("written", "right"),
    [("  EL  NIÑO ", "el niño"), ("STRASSE", "straße"), ("ΟΔΟΣ", "οδος"), ("МОСКВА", "москва"),
     ("ĐẠI HỌC", "đại học"), ("Photo\u00a0synthesis", "photo synthesis")],
)  # fmt: skip
def test_case_and_spaces_do_not_matter_in_many_languages(written: str, right: str) -> None:
    question = Question(id="q", kind="short_answer", prompt="?", answer=[right])
    assert is_right(question, written)
    assert judged(question, written)


@pytest.mark.parametrize("topic", catalogue.topics(), ids=lambda topic: topic.id)
def test_every_quiz_scores_fully_when_right_and_nothing_when_wrong(topic: object) -> None:
    request = request_for(topic, topic.grades[0], quiz=QuizRequest(questions=12))  # type: ignore[attr-defined,arg-type]
    lesson = made.generated(request)
    played = quiz_play.play(lesson)
    assert played.mismatches == ()
    assert played.fair
    assert played.best == sum(question.points for question in lesson.quiz)


def test_a_score_counts_only_what_was_right() -> None:
    lesson = made.generated(from_sentence("cells, grade 7"))
    logic, keys = machine.module("QuizLogic"), machine.run(content.answers(lesson))
    given_: dict[str, object] = {one.id: quiz_play.right_answer(one) for one in lesson.quiz[:3]}
    given_[lesson.quiz[3].id] = quiz_play.WRONG
    told = machine.run(f"return {literal.literal(given_)}")
    score = logic.get("score")(keys, told)[0]
    assert score == sum(question.points for question in lesson.quiz[:3])


def test_what_is_no_answer_at_all_is_wrong_and_breaks_nothing() -> None:
    for question in made.generated(from_sentence("cells, grade 7")).quiz:
        for given_ in (5, True, {"a": "b"}, [1, 2], [["x"]], {}):
            assert not judged(question, given_)


def test_a_quiz_is_played_in_a_process_of_its_own() -> None:
    program = (
        "import sys; from desktop.lessons import quiz_play;"
        "quiz_play.serve(sys.stdin.buffer.read(), sys.stdout)"
    )
    played = quiz_play.play_apart(made.fractions(), [sys.executable, "-c", program])
    assert played == quiz_play.play(made.fractions())


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "print('no json')", "print('{}')"])
def test_a_child_that_fails_is_told_in_a_sentence(program: str) -> None:
    with pytest.raises(quiz_play.QuizNotPlayable, match="could not be played to its end"):
        quiz_play.play_apart(made.fractions(), [sys.executable, "-c", program])


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiz_play, "TIMEOUT_S", 0.5)
    with pytest.raises(quiz_play.QuizNotPlayable):
        quiz_play.play_apart(
            made.fractions(), [sys.executable, "-c", "import time; time.sleep(60)"]
        )


def test_playing_prints_nothing_on_standard_output() -> None:
    program = (
        "from desktop.lessons import quiz_play; from tests.lessons import made;"
        "quiz_play.play(made.fractions())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b""


def test_the_place_has_its_modules() -> None:
    with pytest.raises(FileNotFoundError):
        assets.luau("Nothing")
