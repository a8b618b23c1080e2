"""A sentence of a teacher, in English or Spanish, becomes a request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import WrongUse
from desktop.lessons.request import UnclearRequest, from_sentence


@pytest.mark.parametrize(
    ("sentence", "topic", "grade", "language"),
    [
        ("fractions on a number line, grade 4", "fractions on a number line", 4, "en"),
        ("the water cycle for 3rd graders", "the water cycle", 3, "en"),
        ("Photosynthesis (Grade 7)", "Photosynthesis", 7, "en"),
        ("trigonometry for 10th grade", "trigonometry", 10, "en"),
        ("Cold War, grade twelve", "Cold War", 12, "en"),
        ("World War 2, grade 10", "World War 2", 10, "en"),
        ("third grade multiplication", "multiplication", 3, "en"),
        ("kindergarten counting", "counting", 0, "en"),
        ("counting for kindergarteners", "counting", 0, "en"),
        ("photosynthesis, year 9", "photosynthesis", 8, "en"),
        ("fracciones, 4.º grado", "fracciones", 4, "es"),
        ("el ciclo del agua, 3er grado", "el ciclo del agua", 3, "es"),
        ("ecosistemas para 5º de primaria", "ecosistemas", 5, "es"),
        ("la Segunda Guerra Mundial para décimo grado", "la Segunda Guerra Mundial", 10, "es"),
        ("contar, preescolar", "contar", 0, "es"),
    ],
)
def test_topic_grade_and_language_are_read(
    sentence: str, topic: str, grade: int, language: str
) -> None:
    read = from_sentence(sentence)
    assert (read.topic, read.grade_level, read.language) == (topic, grade, language)


def test_what_is_said_beside_the_sentence_wins() -> None:
    read = from_sentence("cells, grade 7", grade_level=9, subject="science")
    assert (read.topic, read.grade_level, read.subject) == ("cells", 9, "science")


def test_a_sentence_without_a_grade_asks_for_it() -> None:
    with pytest.raises(UnclearRequest, match="Which grade is 'cells' for"):
        from_sentence("cells")


@pytest.mark.parametrize("sentence", ["", "grade 4", " ,;. grade 4", "?!"])
def test_a_sentence_without_a_topic_asks_for_one(sentence: str) -> None:
    with pytest.raises(UnclearRequest, match="does not name a topic"):
        from_sentence(sentence)


def test_a_grade_that_no_school_has_is_refused() -> None:
    with pytest.raises(UnclearRequest, match="no grade 40"):
        from_sentence("cells, grade 40")


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_in_a_sentence(text: str) -> None:
    told = ""
    try:
        topic = from_sentence(text, grade_level=4).topic
    except WrongUse as error:
        topic, told = "", str(error)
    assert topic or told.endswith((".", "'."))
