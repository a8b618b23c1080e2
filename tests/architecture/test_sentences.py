"""What goes wrong below the window is said by `say`, so that the window can translate it."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import desktop

ROOT = Path(desktop.__file__).parent
ENGLISH_ONLY = ("cli", "school", "ui")
"""The command line and the school server speak English; the window has `tr`."""


def test_every_error_below_the_window_can_be_said_in_the_teacher_s_language() -> None:
    trees = {
        file.relative_to(ROOT).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(ROOT.rglob("*.py"))
        if file.relative_to(ROOT).parts[0] not in ENGLISH_ONLY
    }
    errors = _errors(trees.values())
    assert {"WrongUse", "Offline", "CannotUndo", "InvalidEdit"} <= errors
    assert not [
        f"{name}:{words.lineno}" for name, tree in trees.items() for words in _plain(tree, errors)
    ]


def test_a_sentence_without_say_is_found() -> None:
    tree = ast.parse(
        'class Lost(CompanionError):\n    def __init__(self, message="It is lost."): ...\n'
        'raise Lost(why or f"{name} is lost.", mend=say("Look again."))\n'
    )
    assert [words.lineno for words in _plain(tree, _errors([tree]))] == [2, 3]


def _errors(trees: Iterable[ast.Module]) -> set[str]:
    """The names of `CompanionError` and of all that come from it."""
    bases = {
        node.name: {_last(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"CompanionError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def _plain(tree: ast.Module, errors: set[str]) -> Iterator[ast.expr]:
    """Sentences that are handed to an error, or are its default, as plain text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name in errors:
            for inner in ast.walk(node):
                if isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                    yield from _sentences(inner.args.defaults)
                if isinstance(inner, ast.Call) and _last(inner.func) == "__init__":
                    yield from _sentences([*inner.args, *(one.value for one in inner.keywords)])
        if isinstance(node, ast.Call) and _last(node.func) in errors:
            yield from _sentences([*node.args, *(one.value for one in node.keywords)])


def _sentences(given: list[ast.expr]) -> Iterator[ast.expr]:
    for one in given:
        match one:
            case ast.BoolOp(values=values):
                yield from _sentences(values)
            case ast.IfExp(body=body, orelse=other):
                yield from _sentences([body, other])
            case ast.JoinedStr():
                yield one
            case ast.Constant(value=str(text)) if " " in text.strip():
                yield one


def _last(name: ast.expr) -> str:
    return name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
