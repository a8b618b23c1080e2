"""The palette (Ctrl+K): type a few letters, go anywhere, do anything."""

import sys
from asyncio import wrap_future
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.storage.queries.search import Hit, search
from desktop.ui import commands
from desktop.ui.commands import Shell
from desktop.ui.loop import Tasks
from desktop.ui.parts.words import dotted
from desktop.ui.routes import Route
from desktop.ui.shell.finding import Entry, rank
from desktop.ui.strings import mark, tr
from desktop.ui.theme import fonts, icons, tokens
from desktop.ui.theme.current import colour
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.more import MoreButton

if TYPE_CHECKING:
    from desktop.ui.desk import Desk
    from desktop.ui.page import Page

WIDE_PX, HIGH_PX = 600, 420
MOST = 60
"""Lines that are shown; whoever wants another types a letter more."""
MAC = sys.platform == "darwin"
NOTE = Qt.ItemDataRole.UserRole + 1
_TO_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_LEFT_OUT = {"go.anywhere", "edit.find"}
"""Commands that open the palette."""
_NO_DEED = {"nav", "status", "line", "choice"}
"""Buttons of a page that lead somewhere rather than do something."""


class Palette(QDialog):
    """A field over a list: the arrows choose, Enter does it, Escape closes."""

    def __init__(
        self,
        over: QWidget,
        entries: Sequence[Entry],
        recent: Sequence[str],
        chosen: Callable[[Entry], None],
    ) -> None:
        super().__init__(over)
        self._entries, self._recent, self._chosen = list(entries), recent, chosen
        self._hits: list[Entry] = []
        self._shown: list[Entry] = []
        self.setWindowTitle(tr("Go to anything"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("A student, a class, a lesson, or what you want to do"))
        self.field.setAccessibleName(tr("Where to, or what to do?"))
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Found"))
        self.found.setItemDelegate(_Line(self.found))
        self.found.setUniformItemSizes(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.found.itemActivated.connect(lambda _item: self._take())
        self.found.itemClicked.connect(lambda _item: self._take())
        edge = tokens.SPACE_4
        self.setLayout(column(self.field, self.found, margins=(edge, edge, edge, edge)))
        wide = fonts.beside(self, WIDE_PX)
        self.resize(max(WIDE_PX, min(wide, over.width() - 2 * tokens.SPACE_6)), HIGH_PX)
        self._find("")

    def search_in(self, desk: "Desk") -> None:
        """Look for students, classes, lessons and quizzes too, at each letter."""
        tasks = Tasks(lambda _error: None)  # without them everything else can still be chosen
        self.field.textChanged.connect(lambda typed: tasks.start(self._search(desk, typed)))
        self.finished.connect(lambda _result: tasks.cancel())

    async def _search(self, desk: "Desk", typed: str) -> None:
        hits = await wrap_future(desk.services.ask(search, typed))
        if typed == self.field.text():  # else somebody typed on meanwhile
            self._hits = [of_hit(hit, desk.go) for hit in hits]
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """The field hands the arrows on to the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and Qt.Key(event.key()) in _TO_LIST
        ):
            self.found.event(event)
            return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        if not typed.strip():
            self._hits = []
        self._show()

    def _show(self) -> None:
        typed = self.field.text()
        ranked = rank([*self._entries, *self._hits], typed, self._recent)
        known = {entry.key for entry in ranked}
        # The index knows more ways to write a letter than we do.
        self._shown = [*ranked, *(hit for hit in self._hits if hit.key not in known)][:MOST]
        self.found.clear()
        size = fonts.beside(self.found, icons.SIZE_PX)
        self.found.setIconSize(QSize(size, size))
        for entry in self._shown:
            item = QListWidgetItem(entry.title)
            item.setIcon(icons.icon(entry.icon or "dot", colour("ink_soft"), size=size))
            item.setData(NOTE, entry.note)
            spoken = f"{entry.title}, {entry.note}" if entry.note else entry.title
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.found.addItem(item)
        self.found.setCurrentRow(0)

    def _take(self) -> None:
        at = self.found.currentRow()
        if 0 <= at < len(self._shown):
            self.accept()
            self._chosen(self._shown[at])


class _Line(QStyledItemDelegate):
    """A line with a note at its far end."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint title and note; the title gives way."""
        note = str(index.data(NOTE) or "")
        super().paint(painter, option, index)
        if not note:
            return
        painter.save()
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * tokens.CAPTION)
        painter.setFont(font)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        area: QRect = option.rect.adjusted(tokens.SPACE_3, 0, -tokens.SPACE_3, 0)
        painter.setPen(QColor(colour("ink_soft")))
        absolute = Qt.AlignmentFlag.AlignAbsolute  # a painter would turn the side again
        painter.drawText(area, side | absolute | Qt.AlignmentFlag.AlignVCenter, note)
        painter.restore()

    def initStyleOption(  # noqa: N802  (Qt's name)
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave room for the note."""
        super().initStyleOption(option, index)
        note = str(index.data(NOTE) or "")
        if note:
            # Qt knows no right edge of a text beside another, so the title is cut to its room.
            room = option.rect.width() - option.fontMetrics.horizontalAdvance(note)
            room -= option.decorationSize.width() + 5 * tokens.SPACE_3
            option.text = option.fontMetrics.elidedText(
                option.text, Qt.TextElideMode.ElideRight, room
            )


def of_commands(shell: Shell) -> list[Entry]:
    """The commands that can be done now, places first."""
    found = [_of_command(command, shell) for command in commands.COMMANDS if command.bound
             and command.id not in _LEFT_OUT and command.when(shell)]  # fmt: skip
    return sorted(found, key=lambda entry: not entry.key.startswith("go."))


def _of_command(command: commands.Command, shell: Shell) -> Entry:
    keys = command.keys_on(mac=MAC)
    return Entry(
        command.id,
        tr(command.title),
        lambda: command.do(shell),
        note=commands.shown_keys(keys[0], mac=MAC) if keys else "",
        icon=command.icon,
    )


def of_page(page: "Page") -> list[Entry]:
    """What the buttons of the page in sight do, unless a command says the same."""
    known = {tr(command.title) for command in commands.COMMANDS}
    found: dict[str, Entry] = {}
    for button in page.findChildren(Button):
        words = button.text().replace("&", "")
        if words in known or not words or not _can_be_pressed(button):
            continue
        key = f"page.{button.objectName() or words}"
        entry = Entry(key, words, button.click, note=tr("On this page"), icon=button.icon_name)
        found.setdefault(key, entry)
    return [*found.values(), *_of_menus(page)]


def _of_menus(page: "Page") -> list[Entry]:
    """What else can be done on the page: the deeds behind its "More"."""
    return [
        Entry(f"page.{deed.objectName()}", deed.text().replace("&", ""), deed.trigger,
              note=tr("On this page"), icon=more.icon_name)
        for more in page.findChildren(MoreButton)
        if more.isVisible() and more.isEnabled()
        for deed in more.deeds
    ]  # fmt: skip


def _can_be_pressed(button: Button) -> bool:
    does = str(button.property("variant") or "") not in _NO_DEED
    opens = isinstance(button, MoreButton)
    return does and not opens and button.isVisible() and button.isEnabled()


_KINDS = {
    "classes": (mark("Class"), "school"),
    "lessons": (mark("Lesson"), "lessons"),
    "students": (mark("Student"), "classes"),
    "assessments": (mark("Quiz"), "quiz"),
}


def of_hit(hit: Hit, go: Callable[[Route], None]) -> Entry:
    """A record that was found by its name."""
    words, icon = _KINDS[hit.collection]
    route = _route(hit)
    note = dotted(tr(words), hit.class_name)
    return Entry(f"{hit.collection}:{hit.id}", hit.name, lambda: go(route), note=note, icon=icon)


def _route(hit: Hit) -> Route:
    if hit.collection == "lessons":
        return Route("lesson", hit.id)
    if not hit.class_id:  # a student who is in no class now
        return Route("classes")
    part = "" if hit.collection == "classes" else f"{hit.collection}/{hit.id}"
    return Route("class", hit.class_id, part)
