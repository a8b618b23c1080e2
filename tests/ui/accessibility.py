"""Walks what is in sight as a screen reader would, and names what it could not say or reach.

Each check answers with sentences, one a fault; none stands for all is well. They look at a root and
everything visible in it, so that a test may plant a fault in a small widget and see it found.
"""

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTableView,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from desktop.ui.theme import tokens

INTERACTIVE = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QTextEdit,
)  # fmt: skip
Role = QAccessible.Role
ROLES: tuple[tuple[type[QWidget], tuple[QAccessible.Role, ...]], ...] = (
    (QCheckBox, (Role.CheckBox,)),
    (QRadioButton, (Role.RadioButton,)),
    # A button that stays down is a check box to a screen reader, and so it should be.
    (QPushButton, (Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu)),
    (QComboBox, (Role.ComboBox,)),
    (QAbstractSpinBox, (Role.SpinBox,)),
    (QLineEdit, (Role.EditableText,)),
    (QPlainTextEdit, (Role.EditableText,)),
    (QTextBrowser, (Role.StaticText,)),
    (QTextEdit, (Role.EditableText,)),
    (QTableView, (Role.Table,)),
    (QProgressBar, (Role.ProgressBar,)),
    (QLabel, (Role.StaticText, Role.Graphic)),
)
ALL_SPEAKABLE = frozenset(
    {Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.ComboBox, Role.SpinBox,
     Role.EditableText, Role.Table, Role.List, Role.Tree, Role.Slider, Role.ProgressBar,
     Role.MenuItem, Role.PageTab, Role.Link}
)  # fmt: skip
"""What a screen reader stops at and must be able to call by a name."""


def called(widget: QWidget) -> str:
    """How a fault speaks of a widget."""
    text = getattr(widget, "text", None)
    said = widget.accessibleName() or (text() if callable(text) else "") or widget.objectName()
    return f"{type(widget).__name__} “{said}”"


def in_sight(root: QWidget) -> Iterator[QWidget]:
    """The widgets of ours that are visible in `root`; not the insides of Qt's own controls."""
    for widget in _not_hidden(root):
        inside = isinstance(widget.parent(), (QAbstractSpinBox, QComboBox, QLineEdit))
        if inside or widget.objectName().startswith("qt_"):
            continue
        if type(widget).__name__.startswith("QCombo") and not isinstance(widget, QComboBox):
            continue
        if widget.size().isEmpty():
            continue
        yield widget


def _not_hidden(root: QWidget) -> Iterator[QWidget]:
    """`root` and what lies in it, without the many widgets of what is hidden."""
    yield root
    for child in root.children():
        if isinstance(child, QWidget) and not child.isHidden():
            yield from _not_hidden(child)


def unnamed(root: QWidget) -> list[str]:
    """What a screen reader stops at in Qt's accessibility tree and can give no name."""
    found = []
    for told in _tree(QAccessible.queryAccessibleInterface(root)):
        widget = told.object()
        if not isinstance(widget, QWidget) or not widget.isVisibleTo(root):
            continue
        inside = isinstance(widget.parent(), (QAbstractSpinBox, QComboBox))
        speakable = told.role() in ALL_SPEAKABLE or isinstance(widget, INTERACTIVE)
        hidden_part = widget.objectName().startswith("qt_") or isinstance(widget, QHeaderView)
        if not speakable or inside or hidden_part:
            continue
        if not told.text(QAccessible.Text.Name).strip():
            found.append(f"{called(widget)} has no name")
    return found


def _tree(told: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """A widget's interface and all below it; the cells of a table are its own matter."""
    if told is None:
        return
    yield told
    if told.role() in (Role.Table, Role.List, Role.Tree):
        return
    for at in range(told.childCount()):
        yield from _tree(told.child(at))


def wrong_roles(root: QWidget) -> list[str]:
    """Widgets that Qt's accessibility tree takes for something else, or for nothing at all."""
    found = []
    for widget in in_sight(root):
        told = QAccessible.queryAccessibleInterface(widget)
        role = told.role() if told is not None else Role.NoRole
        expected = next((roles for kind, roles in ROLES if isinstance(widget, kind)), None)
        if expected is not None and role not in expected:
            found.append(f"{called(widget)} has the role {role.name}")
        if isinstance(widget, QScrollArea) and widget.accessibleName():
            continue  # takes the focus so that keys can scroll it, and says what it holds
        if widget.accessibleName() and widget.accessibleDescription():
            continue  # a drawing, which Qt has no role for: it says what it shows in words
        if (
            expected is None
            and _by_tab(widget)
            and role in (Role.NoRole, Role.Client, Role.Whitespace)
        ):
            found.append(f"{called(widget)} takes the focus and has no role")
    return found


def out_of_reach(root: QWidget) -> list[str]:
    """The interactive widgets in sight that the Tab key never reaches."""
    reached, at = set(), root.nextInFocusChain()
    while at is not None and at is not root and at not in reached:
        reached.add(at)
        at = at.nextInFocusChain()
    return [
        f"{called(widget)} is out of reach"
        for widget in in_sight(root)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, QHeaderView)  # Alt with an arrow sorts without it
        and widget.isEnabled()
        and not _has_another_way(widget)
        and (widget not in reached or not _by_tab(widget))
    ]


def _by_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


def _has_another_way(widget: QWidget) -> bool:
    """Whether arrows reach it: a day of a calendar, or one of a few choices."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is not None and group.exclusive():
        # Qt lets Tab come to the one that had the focus last, or else to the first.
        return any(_by_tab(one) and one.isVisible() for one in group.buttons())
    parent = widget.parentWidget()
    return parent is not None and parent.objectName() == "calendar"


def too_small(root: QWidget) -> list[str]:
    """What is to be pressed and measures less than WCAG asks for in one direction."""
    least = QSize(tokens.TARGET_PX, tokens.TARGET_PX)
    return [
        f"{called(widget)} measures {widget.width()} by {widget.height()}"
        for widget in in_sight(root)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, QHeaderView)
        and widget.size().boundedTo(least) != least
    ]


def by_colour_alone(root: QWidget) -> list[str]:
    """What wears the colour of a warning or of success and says nothing."""
    found = []
    for widget in in_sight(root):
        tone = widget.property("tone") or widget.property("tag")
        if not tone or tone in ("plain", "info"):
            continue
        speaking = (QLabel, QAbstractButton)
        words = [one.text() for one in (widget, *widget.findChildren(QLabel))
                 if isinstance(one, speaking) and one.isVisibleTo(root)]  # fmt: skip
        if isinstance(widget, QLabel) and not any(letter.isalpha() for letter in widget.text()):
            words = _beside(widget)  # a figure: what stands around it says why it is coloured
        if not any(letter.isalpha() for text in words for letter in text):
            found.append(f"{called(widget)} is {tone} by its colour alone")
    return found


def _beside(widget: QLabel) -> list[str]:
    parent = widget.parentWidget()
    others = parent.findChildren(QLabel) if parent is not None else []
    notes = [one for one in others if one is not widget and one.property("role") == "caption"]
    return [one.text() for one in notes if not one.isHidden()]
