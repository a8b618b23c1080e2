"""Plain data survives the way through Luau source, and no text can become code."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.lessons.builder import literal
from tests.lessons import machine

texts = st.text(max_size=300)
plain = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, min_size=1, max_size=4)
    | st.dictionaries(texts, inner, min_size=1, max_size=4),
    max_leaves=10,
)  # fmt: skip


def read(source: str) -> object:
    return machine.plain(machine.run(source))


@given(plain)
def test_any_data_comes_back_as_it_went(data: object) -> None:
    assert read(f"return {literal.literal(data)}") == data
    assert read(literal.module(data, "A comment.")) == data


def test_every_letter_of_unicode_comes_back() -> None:
    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
    for start in range(0, len(letters), 50_000):
        text = "".join(letters[start : start + 50_000])
        assert read(f"return {literal.quoted(text)}") == text


def test_half_a_surrogate_pair_becomes_the_sign_for_a_broken_letter() -> None:
    assert read(f"return {literal.quoted(chr(0xD800))}") == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    "hostile",
    [
        '"] = nil } os.exit() --',
        "]]; game:Destroy() --[[",
        "\\",
        '\\"',
        '"\n..error()..\n"',
        "--!nocheck",
        "`{os.time()}`",
        "\r\n\0\x1b[2J",
        "\u202etxt.exe",
    ],
)
def test_hostile_text_stays_text_as_value_and_as_key(hostile: str) -> None:
    assert read(f"return {literal.literal({hostile: hostile})}") == {hostile: hostile}


@given(texts)
def test_source_holds_no_letter_that_hides(text: str) -> None:
    source = literal.text(text, 0)
    assert not [
        one for one in source if unicodedata.category(one) in ("Cf", "Cc") and one not in "\n\t"
    ]


def test_long_text_is_cut_between_words_into_short_lines() -> None:
    text = "wonderful worlds " * 60
    source = literal.literal({"text": text})
    assert max(len(line) for line in source.splitlines()) <= 120
    assert not re.search(r'[a-z]"$', source.splitlines()[2])
    assert read(f"return {source}") == {"text": text}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_without_a_literal_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="has no literal"):
        literal.literal(number)


def test_nothing_is_nil() -> None:
    assert literal.literal(None) == "nil"
    assert literal.literal([]) == literal.literal({}) == "{}"
