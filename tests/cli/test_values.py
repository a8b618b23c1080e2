"""Values on the command line."""

import pytest

from desktop.cli import values
from desktop.errors import WrongUse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4), ("4.5", 4.5), ("true", True), ("null", None), ('"4"', "4"), ("[1,2]", [1, 2]),
        ("Maths", "Maths"), ("4A", "4A"), ("", ""), ("NaN", "NaN"), ("Infinity", "Infinity"),
        ("{broken", "{broken"), ("a=b", "a=b"),
    ],
)  # fmt: skip
def test_json_is_json_and_a_bare_word_is_text(text: str, value: object) -> None:
    assert values.read(text) == value


def test_fields_split_at_the_first_equals_sign() -> None:
    assert values.fields(["name=a=b", "xp=5"]) == {"name": "a=b", "xp": 5}


@pytest.mark.parametrize("pair", ["name", "=5", " =5"])
def test_what_is_no_pair_is_wrong_use(pair: str) -> None:
    with pytest.raises(WrongUse):
        values.fields([pair])


def test_a_long_value_is_cut_in_a_line_for_people() -> None:
    assert values.shown("short") == '"short"'
    assert len(values.shown("x" * 500)) == 60
