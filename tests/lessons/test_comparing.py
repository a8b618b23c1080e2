"""Two versions side by side: what differs is there, once, and what is alike lies beside itself."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.lessons import comparing
from tests.lessons.made import fractions

texts = st.lists(st.text("abc ", min_size=1, max_size=4), max_size=8)


def test_a_lesson_does_not_differ_from_itself() -> None:
    assert comparing.compare(fractions(), fractions()) == ()


def test_a_question_that_was_changed_stands_beside_what_it_was() -> None:
    before = fractions()
    quiz = [before.quiz[0].model_copy(update={"prompt": "What is new?"}), *before.quiz[1:]]
    (part,) = comparing.compare(before, before.model_copy(update={"quiz": quiz}))
    assert part.part == "quiz"
    (line,) = [one for one in part.lines if one.differs]
    assert line.before is not None
    assert line.before.startswith(before.quiz[0].prompt)
    assert line.after is not None
    assert line.after.startswith("What is new?")


def test_every_part_has_lines_to_read() -> None:
    for part in comparing.parts.PARTS:
        lines = comparing.lines_of(fractions(), part)
        assert all(isinstance(line, str) for line in lines)
        if part not in ("standards", "accommodations"):
            assert lines, part


@given(texts, texts)
def test_both_sides_keep_all_their_lines_in_order(left: list[str], right: list[str]) -> None:
    lines = list(comparing._side_by_side(left, right))
    assert [one.before for one in lines if one.before is not None] == left
    assert [one.after for one in lines if one.after is not None] == right
    assert all(one.before is not None or one.after is not None for one in lines)
