"""Finds sentences of the window that stand in the code without passing through a translation."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWS = {
    "setText": (0,), "setToolTip": (0,), "setStatusTip": (0,), "setWindowTitle": (0,),
    "setPlaceholderText": (0,), "setAccessibleName": (0,), "setAccessibleDescription": (0,),
    "setTitle": (0,), "addItem": (0,), "addAction": (0,), "addMenu": (0,), "addTab": (1,),
    "setSuffix": (0,), "setPrefix": (0,), "setSpecialValueText": (0,), "toast": (0,),
    "tell": (0, 1), "QLabel": (0,), "QPushButton": (0,), "QAction": (0,), "label": (0,),
    "tag": (0,), "Button": (0,), "Card": (0,), "ListCard": (0,), "Tile": (0,), "Column": (0,),
    "PageHeader": (0,), "EmptyState": (1, 2), "Sheet": (1, 2, 3), "text_field": (0, 1),
    "choice_field": (0,), "number_field": (0,), "DateField": (0,), "Progress": (0,), "Bar": (0,),
    "Segments": (1,), "SideSheet": (1, 2), "Table": (1,), "Line": (0, 1),
}  # fmt: skip
"""What shows or speaks its arguments at these places."""
KEYWORDS = frozenset({"tip", "name", "example", "subtitle"})
"""Named arguments of those that are shown or spoken too."""

NO_LANGUAGE = frozenset(
    {"info", "good", "warn", "bad", "plain", "accent", "ABCD-EFGH-…", "https://"}
)
"""Names of tones, which style alone reads, and how codes and addresses look."""


def escaped(folder: Path = ROOT / "desktop" / "ui") -> list[str]:
    """Each sentence that no translation can reach, with its file and line."""
    return [
        f"{file.relative_to(folder)}:{line}: {text!r}"
        for file in sorted(folder.rglob("*.py"))
        for line, text in found_in(file.read_text(encoding="utf-8"))
    ]


def found_in(source: str) -> list[tuple[int, str]]:
    """The line and the words of each sentence in `source` that is shown as it stands."""
    return sorted(
        (part.lineno, text)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for argument in _shown(node)
        for part, text in _words(argument)
        if any(letter.isalpha() for letter in text) and text not in NO_LANGUAGE
    )


def _shown(call: ast.Call) -> Iterator[ast.expr]:
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
    places = SHOWS.get(str(name))
    if places is None:
        return
    for at in places:
        if at < len(call.args):
            yield call.args[at]
    for keyword in call.keywords:
        if keyword.arg in KEYWORDS:
            yield keyword.value


def _words(node: ast.expr) -> Iterator[tuple[ast.expr, str]]:
    """The plain words of an expression; what a call gives back is its own matter."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node, node.value
    elif isinstance(node, ast.JoinedStr):
        for value in node.values:
            if isinstance(value, ast.Constant):
                yield node, str(value.value)
    elif isinstance(node, ast.BinOp):
        yield from _words(node.left)
        yield from _words(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _words(value)
