"""A round through a quiz: the first answer counts, and the score is the one the place gives."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.lessons import quiz_play, quiz_round
from desktop.lessons.quiz_round import QuizRound
from tests.lessons.made import fractions

QUIZ = tuple(fractions(12).quiz)


def wrong(question: Any) -> Any:
    return [quiz_play.WRONG] if isinstance(question.answer, list) else quiz_play.WRONG


@given(st.lists(st.booleans(), min_size=len(QUIZ), max_size=len(QUIZ)))
def test_the_score_is_what_the_right_first_answers_are_worth(rights: list[bool]) -> None:
    played = QuizRound(QUIZ)
    for right in rights:
        question = played.question
        assert question is not None
        told = played.answer(quiz_play.right_answer(question) if right else wrong(question))
        assert told is right
        played.answer(quiz_play.right_answer(question))  # a second answer changes nothing
        played.go_on()
    assert played.question is None
    expected = sum(one.points for one, right in zip(QUIZ, rights, strict=True) if right)
    assert played.score == expected
    assert len(played.missed) == rights.count(False)


def test_partners_are_all_there_and_not_in_the_order_of_their_pairs() -> None:
    from desktop.classroom.questions import Question

    letters = [chr(97 + at) for at in range(10)]
    pairs = Question(
        id="q",
        kind="matching",
        prompt="?",
        choices=letters,
        answer=[one.upper() for one in letters],
    )
    offered = quiz_round.partners(pairs)
    assert sorted(offered) == sorted(pairs.answer)
    assert offered != pairs.answer
    assert quiz_round.solution(pairs).startswith("a → A; b → B")
