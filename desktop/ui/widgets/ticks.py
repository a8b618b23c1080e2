"""Boxes to tick and choices to make, whose words go on in the next line where room is short."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

    Base = QAbstractButton
else:
    Base = object


class _Breaking(Base):
    """Breaks the words of a button. Qt breaks none itself, but draws a break that is there."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setText(words)
        self.setAccessibleName(_plain(words))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  (Qt's name)
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  (Qt's name)
        """As high as its lines."""
        more = self._broken(width).count("\n")
        return self._in_one_line().height() + more * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """In one line, if that can be."""
        return self._in_one_line()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As wide as its longest word."""
        metrics = self.fontMetrics()
        longest = max((_width(metrics, one) for one in self._words.split()), default=0)
        return QSize(self._beside() + longest, self._in_one_line().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Break the words where they have to be broken now."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Larger letters break elsewhere."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._break()

    def _break(self) -> None:
        broken = self._broken(self.width())
        if broken != self.text():
            self.setText(broken)
            self.updateGeometry()

    def _broken(self, width: int) -> str:
        room, metrics = width - self._beside(), self.fontMetrics()
        lines: list[str] = []
        for word in self._words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and _width(metrics, longer) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        return "\n".join(lines)

    def _in_one_line(self) -> QSize:
        """What Qt would want for one line, whatever is broken now."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        lines = self.text().split("\n")
        wide = hint.width() - max(_width(metrics, one) for one in lines)
        high = hint.height() - (len(lines) - 1) * metrics.lineSpacing()
        return QSize(wide + _width(metrics, self._words), high)

    def _beside(self) -> int:
        """What is not words: the box, and the air."""
        return self._in_one_line().width() - _width(self.fontMetrics(), self._words)


class Tick(_Breaking, QCheckBox):
    """A box to tick, with words of any length; `&` marks a key, as everywhere."""


class Option(_Breaking, QRadioButton):
    """One of several choices, with words of any length; `&` marks a key, as everywhere."""


def _plain(words: str) -> str:
    """`words` without the marks of keys."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _width(metrics: QFontMetrics, words: str) -> int:
    return metrics.horizontalAdvance(_plain(words))
