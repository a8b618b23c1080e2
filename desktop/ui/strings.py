"""Every sentence the window shows passes through here; knows no Qt, so presenters may speak too."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from desktop.errors import CompanionError
from desktop.sentences import Sentence

Translate = Callable[[str, int], str]
"""A source sentence and a count (-1: none) to the sentence in the teacher's language."""


@dataclass(frozen=True)
class Writing:
    """How a language writes days and figures."""

    long_day: Callable[[dt.date], str]
    """`Monday, 23 November`."""
    short_day: Callable[[dt.date], str]
    """`23 November`, as short as the language likes it."""
    decimal: Callable[[float], str]
    """A figure with one place behind its point or comma."""
    whole: Callable[[int], str]
    """A figure with its thousands apart."""


_ENGLISH = Writing(
    long_day=lambda day: day.strftime("%A, %d %B").replace(" 0", " "),
    short_day=lambda day: day.strftime("%d %B").lstrip("0"),
    decimal=lambda value: f"{value:.1f}",
    whole=lambda value: f"{value:,}",
)
_translations: list[Translate] = []
_writings: list[Writing] = []


def install(translate: Translate | None, writing: Writing | None = None) -> None:
    """Speak and write like this from now on; None goes back to the English of the code.

    The language of a process is as global as the language of a person, hence the one global here.
    """
    _translations[:] = [translate] if translate else []
    _writings[:] = [writing] if writing else []


def mark(text: str) -> str:
    """`text` itself: it is translated where it is shown, and this lets the catalogue find it."""
    return text


def long_day(day: dt.date) -> str:
    """A day with its weekday, as the teacher's language writes it."""
    return _writing().long_day(day)


def short_day(day: dt.date) -> str:
    """A day without its year, as the teacher's language writes it."""
    return _writing().short_day(day)


def decimal(value: float) -> str:
    """A figure without a useless `.0`, at most one place, as the teacher's language writes it."""
    return str(int(value)) if value == int(value) else _writing().decimal(value)


def whole(value: int) -> str:
    """A whole figure with its thousands apart, as the teacher's language writes it."""
    return _writing().whole(value)


def tr(text: str, /, **values: object) -> str:
    """`text` in the teacher's language, with `{names}` filled from `values`."""
    return _translated(text, -1).format(**values) if values else _translated(text, -1)


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """`one` or `many` as the language wants it for `count`, which fills `{count}`."""
    source = many if _translations or count != 1 else one
    return _translated(source, count).format(count=whole(count), **values)


def shown(text: str) -> str:
    """What was said below the window, in the teacher's language where its template is known."""
    if not isinstance(text, Sentence):
        return text
    values = {name: _filled_in(value) for name, value in text.values.items()}
    said = _translated(text.template, -1)
    return said.format(**values) if values else said


def _filled_in(value: object) -> object:
    if isinstance(value, CompanionError):
        return sentence_of(value)
    return shown(value) if isinstance(value, str) else value


def sentence_of(error: CompanionError) -> str:
    """What happened and what to do next, as far as possible in the teacher's language."""
    return " ".join(shown(part) for part in (error.message, error.mend) if part)


def _translated(text: str, count: int) -> str:
    return _translations[0](text, count) if _translations else text


def _writing() -> Writing:
    return _writings[0] if _writings else _ENGLISH
