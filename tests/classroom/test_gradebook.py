"""What may stand in a cell of the gradebook."""

from typing import Any

import pytest

from desktop.classroom import gradebook


@pytest.mark.parametrize(
    ("text", "score"), [("", None), ("  ", None), ("7", 7.0), (" 7,5 ", 7.5), ("-1", -1.0)]
)
def test_a_cell_is_read_as_a_person_writes_it(text: str, score: Any) -> None:
    assert gradebook.parse_score(text) == score


@pytest.mark.parametrize("text", ["seven", "1e9", "nan", "7/10", "1.2.3", "=1+1"])
def test_what_is_no_number_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        gradebook.parse_score(text)


@pytest.mark.parametrize(
    ("score", "maximum", "fault"),
    [
        (None, 10, None),
        (0, 10, None),
        (12, 10, None),
        (21, 10, "21 is more than twice the maximum of 10."),
        (-0.5, 10, "A score cannot be below 0, and this is -0.5."),
        (float("nan"), 10, "A score is a number."),
        (5_000, 0, None),
    ],
)
def test_a_score_that_cannot_stand_is_refused_in_words(
    score: Any, maximum: Any, fault: str | None
) -> None:
    assert gradebook.score_fault(score, maximum) == fault


def test_a_share_needs_a_score_and_a_maximum() -> None:
    assert gradebook.share(5, 10) == 0.5
    assert gradebook.share(None, 10) is None
    assert gradebook.share(5, 0) is None
