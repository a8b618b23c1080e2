"""The drawing of a lesson's world, two ways to look at it, and its zones to read beside it."""

import functools
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desktop.lessons.preview import Area, Scene
from desktop.ui.parts.world_view import WorldView
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, empty, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.segments import Segments

BESIDE_EM = 54
"""From so many widths of the letter x on, the zones stand beside the drawing."""
FIRST_SIZE = QSize(720, 420)


class _ZoneButton(Button):
    """Number and title of a zone; a title that is too long ends in dots."""

    def __init__(self, area: Area, pressed: Callable[[], None]) -> None:
        self._words = f"{area.number}. {area.title}"
        name = tr("Zone {number}: {title}", number=area.number, title=area.title)
        super().__init__("", pressed, variant="nav", name=name, tip=area.title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Say as much of the title as there is room for."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        around = self.sizeHint().width() - metrics.horizontalAdvance(self.text().replace("&&", "&"))
        room = self.width() - around
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))


class WorldPanel(QWidget):
    """Shows a scene, and unless `beside` is False its zones as a list.

    Emits `zone_chosen(id)` when a person picks a zone, in drawing or list.
    """

    zone_chosen = Signal(str)

    def __init__(self, *, beside: bool = True) -> None:
        super().__init__()
        self.view = WorldView()
        self._looks = Segments(
            (("above", tr("From above")), ("free", tr("From the side"))), tr("How to look at it")
        )
        self._looks.chosen.connect(lambda key: self.view.look("free" if key == "free" else "above"))
        self._zones: dict[str, Button] = {}
        self._areas: dict[str, Area] = {}
        self._list = column(gap=2)
        self._read = Card("")
        self._title, self._text = label("", "strong", wrap=True), label("", "soft", wrap=True)
        self._read.body.addWidget(self._title)
        self._read.body.addWidget(self._text)
        self._read.hide()
        self._size = label("", "caption", wrap=True)
        drawing = column(row(self._looks, None), gap=tokens.SPACE_3)
        drawing.addWidget(self.view, 1)
        drawing.addWidget(self._size)
        self._drawing = drawing
        zones = scrolling(holding(column(self._list, self._read, None, gap=tokens.SPACE_4)))
        zones.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not beside:  # what is shown before it lies in something opens a window of its own
            zones.hide()
        self._whole: QBoxLayout = row(gap=tokens.SPACE_4)
        self._whole.addLayout(drawing, 2)
        self._whole.addWidget(zones, 1)
        self.setLayout(self._whole)
        self.view.zone_chosen.connect(self._chosen)

    def show_scene(self, scene: Scene, size: str = "") -> None:
        """Show another world; `size` says how much there is in it."""
        marked = self.view.zone
        self.view.show_scene(scene)
        self._size.setText(size)
        self._areas = {area.zone: area for area in scene.areas}
        empty(self._list)
        self._zones = {}
        for area in scene.areas:
            button = _ZoneButton(area, functools.partial(self._chosen, area.zone))
            self._zones[area.zone] = button
            self._list.addWidget(button)
        self._mark(marked if marked in self._areas else "")

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A drawing wants room."""
        return FIRST_SIZE

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Where room is short the zones come below the drawing."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look at the room anew when the words change their size."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        directions = QBoxLayout.Direction
        by_text = BESIDE_EM * self.fontMetrics().horizontalAdvance("x") * 1.4
        by_drawing = self._drawing.minimumSize().width() * 1.5 + tokens.SPACE_4
        beside = self.width() >= max(by_text, by_drawing)
        self._whole.setDirection(directions.LeftToRight if beside else directions.TopToBottom)

    def _chosen(self, zone: str) -> None:
        self._mark(zone)
        self.zone_chosen.emit(zone)

    def _mark(self, zone: str) -> None:
        self.view.mark(zone)
        for key, button in self._zones.items():
            button.setChecked(key == zone)
        area = self._areas.get(zone)
        self._read.setVisible(area is not None)
        if area is not None:
            self._title.setText(area.title)
            self._text.setText(area.text or tr("Nothing is read out on arrival."))
