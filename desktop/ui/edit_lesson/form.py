"""Fields that write into the lesson being edited, and say right below what is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.lessons import package
from desktop.lessons.editing import Editing, Fault, Path
from desktop.ui.strings import shown, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, Part, column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import choice_field, number_field, text_field
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.prose import Prose

MOST_MINUTES = 480
MOST_SAID = 3
"""So many complaints are told below one field."""


@dataclass(frozen=True)
class _Bound:
    """A field, the place it writes to, and the line that says what is wrong there."""

    path: Path
    field: QWidget
    complaint: QLabel
    whole: bool
    """It also answers for what has no field of its own further in."""


class Form:
    """Makes the fields of one page of the editor.

    `changed` is called after every change; `rebuilt` after one that moved things, so that their
    fields have to be made anew; it is given the place that should have the focus then.
    """

    def __init__(
        self,
        editing: Editing,
        changed: Callable[[], None],
        rebuilt: Callable[[Path | None], None],
    ) -> None:
        self.editing = editing
        self.changed = changed
        self.rebuilt = rebuilt
        self._bound: list[_Bound] = []
        self._followers: list[Callable[[], None]] = []

    def follow(self, tell: Callable[[], None]) -> None:
        """Have `tell` called now and after every change, for what is said and not written."""
        self._followers.append(tell)
        tell()

    def line(self, path: Path, name: str, example: str = "") -> QVBoxLayout:
        """One line of text."""
        field = text_field(name, example, str(self.editing.at(path)))
        field.textEdited.connect(lambda text: self.write(path, text))
        field.editingFinished.connect(self.editing.pause)
        return self.bind(path, field)

    def prose(self, path: Path, name: str, *, least_lines: int = 2) -> QVBoxLayout:
        """Several lines of text."""
        field = Prose(name, "", str(self.editing.at(path)), least_lines=least_lines)
        field.textChanged.connect(lambda: self.write(path, field.toPlainText()))
        return self.bind(path, field)

    def choice(self, path: Path, name: str, choices: Sequence[tuple[str, object]]) -> QVBoxLayout:
        """One of several."""
        field = choice_field(name, choices)
        field.setCurrentIndex(field.findData(self.editing.at(path)))
        field.activated.connect(lambda _: self.write(path, field.currentData()))
        return self.bind(path, field)

    def minutes(self, path: Path) -> QVBoxLayout:
        """How long something takes."""
        now = self.editing.at(path)
        field = number_field(tr("Minutes"), 1, MOST_MINUTES, now if isinstance(now, int) else 1)
        field.valueChanged.connect(lambda value: self.write(path, value))
        return self.bind(path, field)

    def bind(self, path: Path, field: QWidget, *, whole: bool = False) -> QVBoxLayout:
        """The field with its name above, and room for a complaint below."""
        words = label(field.accessibleName(), "field")
        words.setBuddy(field)
        return column(words, self.bare(path, field, whole=whole), gap=tokens.SPACE_1)

    def bare(self, path: Path, field: QWidget, *, whole: bool = False) -> QVBoxLayout:
        """The field, with only its accessible name, and room for a complaint below."""
        complaint = label("", "caption", tone="bad", wrap=True)
        complaint.hide()
        self._bound.append(_Bound(path, field, complaint, whole))
        return column(field, complaint, gap=2)

    def card(self, path: Path, count: int, title: str, *parts: Part) -> Card:
        """One entry of a list of `count`: its fields, and buttons to move it or take it out."""
        place = int(path[-1])
        up = Button("", lambda: self._move(path, -1), variant="quiet", icon="chevron-up",
                    tip=tr("Move up"), name=tr("Move up: {title}", title=title))  # fmt: skip
        down = Button("", lambda: self._move(path, 1), variant="quiet", icon="chevron-down",
                      tip=tr("Move down"), name=tr("Move down: {title}", title=title))  # fmt: skip
        up.setEnabled(place > 0)
        down.setEnabled(place < count - 1)
        if count == 1:
            up.hide()
            down.hide()
        out = Button("", lambda: self._remove(path), variant="quiet", icon="trash",
                     tip=tr("Take out"), name=tr("Take out: {title}", title=title))  # fmt: skip
        head = row(label(title, "caption"), None, up, down, out, gap=0)
        return Card("", head, *parts, gap=tokens.SPACE_2)

    def adder(self, words: str, path: Path, item: Callable[[], object]) -> QHBoxLayout:
        """A button that puts another entry at the end of a list."""
        return row(Button(words, lambda: self._add(path, item()), icon="plus"), None)

    def write(self, path: Path, value: object) -> None:
        """Put a value into the lesson."""
        self.editing.write(path, value)
        self.changed()

    def show_faults(self, faults: Sequence[Fault]) -> list[Fault]:
        """Say each fault below its field; returns those that have no field here."""
        for tell in self._followers:
            tell()
        left = []
        said: dict[int, list[str]] = {at: [] for at in range(len(self._bound))}
        for fault in faults:
            at = self._field_of(fault.path)
            if at is None:
                left.append(fault)
            else:
                said[at].append(_sentence(fault, self._bound[at].path))
        for at, texts in said.items():
            complaint = self._bound[at].complaint
            complaint.setText(" ".join(texts[:MOST_SAID]))
            complaint.setVisible(bool(texts))
        return left

    def focus(self, path: Path) -> bool:
        """Give the focus to the field at `path`, or the first one further in."""
        for bound in self._bound:
            if bound.path[: len(path)] == path:
                bound.field.setFocus()
                return True
        return False

    def focused(self) -> Path | None:
        """The place of the field that has the focus."""
        return next((one.path for one in self._bound if one.field.hasFocus()), None)

    def _field_of(self, path: Path) -> int | None:
        for at, bound in enumerate(self._bound):
            if bound.path == path:
                return at
        for at, bound in enumerate(self._bound):
            if bound.whole and path[: len(bound.path)] == bound.path:
                return at
        return None

    def _add(self, path: Path, item: object) -> None:
        self.rebuilt(self.editing.add(path, item))

    def _move(self, path: Path, step: int) -> None:
        self.rebuilt(self.editing.move(path, step))

    def _remove(self, path: Path) -> None:
        self.editing.remove(path)
        self.rebuilt((*path[:-1], max(0, int(path[-1]) - 1)))


def _sentence(fault: Fault, path: Path) -> str:
    """What is wrong, and where, as far as the field at `path` does not show it."""
    place = package.place_of(fault.path[len(path) :])
    words = f"{place}: {shown(fault.text)}" if place else shown(fault.text)
    return words[:1].upper() + words[1:].rstrip(".") + "."
