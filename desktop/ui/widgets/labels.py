"""Words on the screen: every label of the window is made here, so that one look serves all."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QSizePolicy, QWidget

_FROM_THE_LEFT, _FROM_THE_RIGHT = (
    side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)
"""Without `AlignAbsolute` Qt turns the side by the first letter of each text."""


def label(text: str, role: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A label in one voice of the type scale: display, heading, title, lead, strong, soft, caption.

    Text is plain text, whatever it holds: a pupil's name is never read as markup. It begins where
    the window's lines begin, also a name of the other direction.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    mirrored = QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    made.setAlignment(_FROM_THE_RIGHT if mirrored else _FROM_THE_LEFT)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def tag(text: str, tone: str = "plain") -> QLabel:
    """A short word on a tinted ground: plain, accent, good, warn, bad."""
    made = label(text)
    made.setProperty("tag", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    made.setIndent(0)  # the style sheet has the air already
    return made


def restyle(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def rule() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setObjectName("rule")
    return made
