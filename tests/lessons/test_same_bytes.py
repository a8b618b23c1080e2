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
    """docs/developers.md names the computers. Who changes what is built tries them again."""
    short = {name: digest[:16] for name, digest in fingerprint(wishes(PINNED)).items()}
    assert short == {
        "lesson": "fdfa783deb48da06",
        "rbxm": "fc6bb94d137e3222",
        "rbxmx": "39fca9e1f73ed35c",
        "rbxlx": "782a0802d5b8ca7c",
        "rojo": "47925cc4bc9d15e7",
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
