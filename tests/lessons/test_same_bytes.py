"""Builds that are the same to the byte on every computer."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from desktop.lessons.builder import names, shapes
from tests.lessons.fingerprint import fingerprint
from tests.lessons.wishes import wishes

PINNED = 12
NUDGED = 5
NOISE_STUDS = 1e-10
"""More than any order of additions or any library of functions leaves in a place."""

INEXACT = (
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos", "cosh", "dist",
    "erf", "erfc", "exp", "exp2", "expm1", "gamma", "hypot", "lgamma", "log", "log10", "log1p",
    "log2", "pow", "sin", "sinh", "sqrt", "tan", "tanh",
)  # fmt: skip
"""What the C library of each system works out in its own way, down to the last bit."""


def test_lessons_have_the_bytes_that_were_found_on_every_computer_tried() -> None:
    """docs/developers.md names the computers.

    Who changes a lesson's words writes the new digests down; who changes how it is built tries the
    computers again.
    """
    short = {name: digest[:16] for name, digest in fingerprint(wishes(PINNED)).items()}
    assert short == {
        "lesson": "f822f93aeef397da",
        "rbxm": "c197010951d7aabb",
        "rbxmx": "366fc8cd4a232d3a",
        "rbxlx": "1241cb5884f069bf",
        "rojo": "5a751b1e98cefcbd",
    }


@pytest.mark.parametrize("sign", [1, -1])
def test_no_byte_hangs_on_the_last_bits_of_a_number(
    sign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = fingerprint(wishes(NUDGED))
    for name in INEXACT:
        monkeypatch.setattr(math, name, _nudged(getattr(math, name), sign))
    exact = shapes.part

    def noisy(name: str, size: Any, at: Any, *rest: Any, **more: Any) -> Any:
        size, at = (tuple(one + sign * NOISE_STUDS for one in studs) for studs in (size, at))
        return exact(name, size, at, *rest, **more)

    monkeypatch.setattr(shapes, "part", noisy)
    assert fingerprint(wishes(NUDGED)) == plain


def _nudged(function: Callable[..., float], sign: int) -> Callable[..., float]:
    return lambda *given: math.nextafter(function(*given), sign * math.inf)


def test_a_folder_s_name_keeps_to_one_version_of_unicode() -> None:
    key = names.key("l")
    assert names.folder("分数 и Brüche", "l") == f"分数 и Brüche {key}"
    nko, adlam = "\u07d2\u07de", "\U0001e900"  # letters since Unicode 5.0 and 9.0
    assert names.folder(f"{nko} Halves {adlam}", "l") == f"Halves {key}"
