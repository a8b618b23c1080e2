"""Every sentence the window shows passes through here; knows no Qt, so presenters may speak too."""

from collections.abc import Callable

Translate = Callable[[str, int], str]
"""A source sentence and a count (-1: none) to the sentence in the teacher's language."""

_translations: list[Translate] = []


def install(translate: Translate | None) -> None:
    """Use `translate` from now on; None goes back to the English that is written in the code.

    The language of a process is as global as the language of a person, hence the one global here.
    """
    _translations[:] = [translate] if translate else []


def tr(text: str, /, **values: object) -> str:
    """`text` in the teacher's language, with `{names}` filled from `values`."""
    return _translated(text, -1).format(**values) if values else _translated(text, -1)


def plural(one: str, many: str, count: int, /, **values: object) -> str:
    """`one` or `many` as the language wants it for `count`, which fills `{count}`."""
    source = many if _translations or count != 1 else one
    return _translated(source, count).format(count=count, **values)


def _translated(text: str, count: int) -> str:
    return _translations[0](text, count) if _translations else text
