"""The world of a lesson as a drawing: from above, or from any side; a click chooses a zone."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.lessons import preview
from desktop.lessons.preview import Area, Camera, Face, Scene
from desktop.ui.strings import plural, tr
from desktop.ui.theme import tokens
from desktop.ui.theme.current import colour

View = Literal["above", "free"]
FREE_TURN_DEG, FREE_TILT_DEG = 32.0, 38.0
FLATTEST_DEG, STEEPEST_DEG = 12.0, 88.0
DEGREES_A_PIXEL = 0.4
STEP_DEG = 10.0
NEAREST, FARTHEST = 12.0, 0.6
"""How far one may come closer, and go away, from the view that shows everything."""
ZOOM_STEP = 1.2
AIR_PX = 24
BADGE_PX = 22
CLICK_PX = 4
"""A mouse that moved no more than this meant to click, not to turn."""
EDGE_SHADE = 115
"""Edges are so many per cent darker than their face."""


class WorldView(QWidget):
    """Draws a scene. Emits `zone_chosen(id)` when a person picks a zone, with mouse or keys."""

    zone_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._scene = Scene((), ())
        self._view: View = "above"
        self._above_deg = 0.0
        self._turn, self._tilt = FREE_TURN_DEG, FREE_TILT_DEG
        self._zoom, self._pan = 1.0, QPointF()
        self._zone = ""
        self._faces: list[Face] | None = None
        self._reach: tuple[float, float, float, float] | None = None
        self._pressed: QPointF | None = None
        self._moved = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._name()

    @property
    def zone(self) -> str:
        """The zone that is marked; empty for none."""
        return self._zone

    def show_scene(self, scene: Scene) -> None:
        """Draw another scene; a zone that is still there stays marked."""
        self._scene = scene
        if self._zone not in {area.zone for area in scene.areas}:
            self._zone = ""
        self._lie_down()
        self._look_anew()

    def look(self, view: View) -> None:
        """Look from above, or from the side, at everything."""
        self._view = view
        self._turn, self._tilt = FREE_TURN_DEG, FREE_TILT_DEG
        self._zoom, self._pan = 1.0, QPointF()
        self._name()
        self._look_anew()

    def mark(self, zone: str) -> None:
        """Mark a zone without telling anyone."""
        self._zone = zone
        self._name()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Turn with the room."""
        super().resizeEvent(event)
        before = self._above_deg
        self._lie_down()
        if self._above_deg != before:
            self._look_anew()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """A drawing wants room."""
        return QSize(560, 420)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """The least in which zones can be told apart."""
        return QSize(280, 260)

    # What is seen.

    @property
    def _camera(self) -> Camera:
        return Camera(self._above_deg) if self._view == "above" else Camera(self._turn, self._tilt)

    def _lie_down(self) -> None:
        """From above, let what is long lie along the longer side of the room."""
        left, top, right, bottom = preview.reach(self._scene, Camera())
        lies = right - left >= bottom - top
        self._above_deg = 0.0 if lies == (self.width() >= self.height()) else 90.0

    def _seen(self) -> list[Face]:
        if self._faces is None:
            self._faces = preview.drawn(self._scene, self._camera)
        return self._faces

    def _look_anew(self) -> None:
        self._faces = self._reach = None
        self.update()

    def _frame(self) -> tuple[float, QPointF]:
        """Pixels a stud, and where the middle of the scene comes to lie."""
        if self._reach is None:
            self._reach = preview.reach(self._scene, self._camera)
        left, top, right, bottom = self._reach
        wide, high = max(right - left, 1.0), max(bottom - top, 1.0)
        fit = min((self.width() - 2 * AIR_PX) / wide, (self.height() - 2 * AIR_PX) / high)
        scale = max(fit, 0.01) * self._zoom
        middle = QPointF((left + right) / 2, (top + bottom) / 2)
        return scale, QPointF(self.rect().center()) + self._pan - middle * scale

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt's name)
        """Paint what is seen, the way through it, and the numbers of the zones."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        scale, origin = self._frame()
        for face in self._seen():
            _paint_face(painter, face, scale, origin)
        self._paint_way(painter, scale, origin)
        for area in self._scene.areas:
            self._paint_badge(painter, area, scale, origin)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colour("accent")), tokens.FOCUS_RING))
            inset = tokens.FOCUS_RING / 2
            edge = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(edge, tokens.RADIUS, tokens.RADIUS)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour("sunken")))
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole, tokens.RADIUS, tokens.RADIUS)
        inside = self.rect().adjusted(2, 2, -2, -2)
        painter.setClipRect(inside)

    def _paint_way(self, painter: QPainter, scale: float, origin: QPointF) -> None:
        """The marked zone's edge, and the way that leads from zone to zone."""
        camera, heart = self._camera, self._scene.heart
        for area in self._scene.areas:
            if area.zone == self._zone:
                points = preview.outline(area, self._scene, camera)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colour("surface")), 5.0))
                painter.drawPolygon(_polygon(points, scale, origin))
                painter.setPen(QPen(QColor(colour("accent")), 3.0))
                painter.drawPolygon(_polygon(points, scale, origin))
        middles = [_at(camera.see(area.middle, heart), scale, origin) for area in self._scene.areas]
        pen = QPen(QColor(colour("accent")), 2.0, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(middles))

    def _paint_badge(self, painter: QPainter, area: Area, scale: float, origin: QPointF) -> None:
        chosen = area.zone == self._zone
        middle = _at(self._camera.see(area.middle, self._scene.heart), scale, origin)
        size = max(BADGE_PX, round(self.fontMetrics().height() * 1.3))
        box = QRectF(0, 0, size, size)
        box.moveCenter(middle)
        painter.setPen(QPen(QColor(colour("accent")), 2.0))
        painter.setBrush(QColor(colour("accent" if chosen else "surface")))
        painter.drawEllipse(box)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colour("on_accent" if chosen else "accent_ink")))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(area.number))

    # What a person does.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Begin a click or a drag."""
        self._pressed, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Turn the world with the left button, move it with another or from above."""
        if self._pressed is None:
            return
        way = event.position() - self._pressed
        if not self._moved and way.manhattanLength() <= CLICK_PX:
            return
        self._moved = True
        self._pressed = event.position()
        if self._view == "free" and event.buttons() & Qt.MouseButton.LeftButton:
            self._turn_by(-way.x() * DEGREES_A_PIXEL, way.y() * DEGREES_A_PIXEL)
        else:
            self._pan += way
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """A click chooses the zone below the mouse."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._moved or event.button() != Qt.MouseButton.LeftButton:
            return
        zone = self._zone_at(event.position())
        if zone:
            self._choose(zone)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  (Qt's name)
        """Come closer or go away, towards the mouse, while Ctrl is held; else the page scrolls."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self._come_closer(ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt's name)
        """Come closer to what is below the mouse."""
        self._come_closer(ZOOM_STEP**2, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Arrows turn or move, + and - come closer and go away, 0 shows all, N and P walk."""
        key = Qt.Key(event.key())
        turns = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
                 Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}  # fmt: skip
        middle = QPointF(self.rect().center())
        if key in turns:
            across, up = turns[key]
            if self._view == "free":
                self._turn_by(across * STEP_DEG, up * STEP_DEG)
            else:
                self._pan += QPointF(-across, up) * STEP_DEG * 4
                self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._come_closer(ZOOM_STEP, middle)
        elif key == Qt.Key.Key_Minus:
            self._come_closer(1 / ZOOM_STEP, middle)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.look(self._view)
        elif key in (Qt.Key.Key_N, Qt.Key.Key_P):
            self._walk(1 if key == Qt.Key.Key_N else -1)
        else:
            super().keyPressEvent(event)

    def _turn_by(self, across: float, up: float) -> None:
        self._turn = (self._turn + across) % 360
        self._tilt = min(STEEPEST_DEG, max(FLATTEST_DEG, self._tilt + up))
        self._look_anew()

    def _come_closer(self, factor: float, towards: QPointF) -> None:
        before = self._zoom
        self._zoom = min(NEAREST, max(FARTHEST, before * factor))
        off = towards - QPointF(self.rect().center())
        self._pan = off - (off - self._pan) * (self._zoom / before)
        self.update()

    def _walk(self, step: int) -> None:
        zones = [area.zone for area in self._scene.areas]
        if zones:
            at = zones.index(self._zone) + step if self._zone in zones else 0
            self._choose(zones[at % len(zones)])

    def _zone_at(self, place: QPointF) -> str:
        scale, origin = self._frame()
        point = (place - origin) / scale
        return preview.zone_at(self._seen(), (point.x(), point.y()))

    def _choose(self, zone: str) -> None:
        self.mark(zone)
        self.zone_chosen.emit(zone)

    def _name(self) -> None:
        above = self._view == "above"
        self.setAccessibleName(
            tr("The world from above") if above else tr("The world from the side")
        )
        marked = next((one for one in self._scene.areas if one.zone == self._zone), None)
        self.setAccessibleDescription(
            tr("Zone {number}: {title}", number=marked.number, title=marked.title)
            if marked
            else plural("{count} zone", "{count} zones", len(self._scene.areas))
        )
        self.setToolTip(
            tr("Drag to move, Ctrl and the wheel to come closer, 0 for everything")
            if above
            else tr("Drag to turn, Ctrl and the wheel to come closer, 0 for everything")
        )


def _at(point: preview.Point, scale: float, origin: QPointF) -> QPointF:
    return QPointF(point[0] * scale, point[1] * scale) + origin


def _polygon(points: tuple[preview.Point, ...], scale: float, origin: QPointF) -> QPolygonF:
    return QPolygonF([_at(point, scale, origin) for point in points])


def _paint_face(painter: QPainter, face: Face, scale: float, origin: QPointF) -> None:
    paint = QColor.fromRgbF(*face.colour, max(0.0, 1.0 - face.see_through))
    painter.setBrush(paint)
    painter.setPen(QPen(paint.darker(EDGE_SHADE), 0.8))
    if face.radius:
        radius = face.radius * scale
        painter.drawEllipse(_at(face.points[0], scale, origin), radius, radius)
    else:
        painter.drawPolygon(_polygon(face.points, scale, origin))
