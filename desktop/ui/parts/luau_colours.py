"""Luau in colours, for reading: what Pygments finds, in the colours of the theme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit

from desktop.ui.theme.current import colour

_ROLES = {
    "Keyword": "accent_ink",
    "Literal.String": "good",
    "Literal.Number": "warn",
    "Comment": "ink_soft",
    "Name.Builtin": "accent_ink",
    "Name.Function": "accent",
}
"""Kinds of Pygments' tokens, by the beginning of their names, and the theme's colour of each."""

TAB_LETTERS = 4

Span = tuple[int, int, str]
"""Where in a line, how long, and the role of its colour."""


def spans(source: str) -> list[list[Span]]:
    """What is coloured in each line of `source`; positions count UTF-16 units, as Qt does."""
    from pygments.lexers.scripting import LuauLexer

    lines: list[list[Span]] = [[]]
    at = 0
    for kind, text in LuauLexer(stripnl=False, ensurenl=False).get_tokens(source):
        role = next((role for name, role in _ROLES.items() if str(kind)[6:].startswith(name)), "")
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append([])
                at = 0
            length = len(piece.encode("utf-16-le")) // 2
            if role and length:
                lines[-1].append((at, length, role))
            at += length
    return lines


class _Painter(QSyntaxHighlighter):
    """Colours the lines of a text that does not change by itself."""

    lines: list[list[Span]]

    def highlightBlock(self, _text: str) -> None:  # noqa: N802  (Qt's name)
        """Colour one line."""
        number = self.currentBlock().blockNumber()
        for at, length, role in self.lines[number] if number < len(self.lines) else ():
            shape = QTextCharFormat()
            shape.setForeground(QColor(colour(role)))
            if role == "ink_soft":
                shape.setFontItalic(True)
            self.setFormat(at, length, shape)


class LuauText(QPlainTextEdit):
    """A script to read and copy from; Tab moves on."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setObjectName("code")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # in every language
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.setFont(font)
        self.setTabStopDistance(TAB_LETTERS * self.fontMetrics().horizontalAdvance(" "))
        self._painter = _Painter(self.document())
        self._painter.lines = []

    def show_source(self, source: str) -> None:
        """Show another script, from its first line."""
        text = source.replace("\r\n", "\n").replace("\r", "\n")
        self._painter.lines = spans(text)
        self.setPlainText(text)
