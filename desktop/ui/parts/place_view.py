"""What a lesson brings into a place: every object as a tree, and its script or facts beside it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.ui.parts.looking import Look, Thing
from desktop.ui.parts.luau_colours import LuauText
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.labels import label

THING = Qt.ItemDataRole.UserRole
OPEN_DEPTH = 2
"""So many layers of the tree are open from the start."""


class PlaceView(QWidget):
    """The tree, and what is chosen in it."""

    def __init__(self) -> None:
        super().__init__()
        self._size = label("", "caption", wrap=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Objects"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([tr("Object"), tr("Kind")])
        self.tree.setUniformRowHeights(True)
        self.tree.setTabKeyNavigation(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.currentItemChanged.connect(lambda now, _before: self._show(now))
        self.code = LuauText(tr("The script"))
        self.facts = QTreeWidget()
        self.facts.setAccessibleName(tr("Facts of the object"))
        self.facts.setHeaderLabels([tr("Property"), tr("Value")])
        self.facts.setRootIsDecorated(False)
        self.facts.setUniformRowHeights(True)
        self._beside = QStackedWidget()
        for widget in (self.facts, self.code):
            self._beside.addWidget(widget)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.tree)
        halves.addWidget(self._beside)
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        halves.setHandleWidth(tokens.SPACE_3)
        whole = column(gap=tokens.SPACE_2)
        whole.addWidget(halves, 1)
        whole.addWidget(self._size)
        self.setLayout(whole)

    def show_look(self, look: Look) -> None:
        """Show another place, with the first script that there is in sight."""
        self.tree.clear()
        self._size.setText(look.size)
        for service in look.services:
            self._add(self.tree, service, 0)
        first = self._first_script() or self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _add(self, above: QTreeWidget | QTreeWidgetItem, thing: Thing, depth: int) -> None:
        item = QTreeWidgetItem(above, [thing.name, thing.kind])
        item.setData(0, THING, thing)
        for inside in thing.inside:
            self._add(item, inside, depth + 1)
        item.setExpanded(depth < OPEN_DEPTH)

    def _first_script(self) -> QTreeWidgetItem | None:
        found = self.tree.findItems(
            "Script", Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, 1
        )
        return found[0] if found else None

    def _show(self, item: QTreeWidgetItem | None) -> None:
        thing: Thing | None = item.data(0, THING) if item is not None else None
        if thing is None:
            return
        if thing.source is not None:
            self.code.show_source(thing.source)
            self._beside.setCurrentWidget(self.code)
            return
        self.facts.clear()
        self.facts.addTopLevelItems([QTreeWidgetItem(list(fact)) for fact in thing.facts])
        self.facts.resizeColumnToContents(0)
        self._beside.setCurrentWidget(self.facts)
