"""Every component of the window in every state it has, for the gallery and for its pictures."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from desktop.ui.theme import tokens
from desktop.ui.theme.current import colours
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.calendar import Calendar
from desktop.ui.widgets.cells import Tag
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import choice_field, named, number_field, text_field
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label, rule, tag
from desktop.ui.widgets.listing import Line, ListCard
from desktop.ui.widgets.more import MoreButton
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.side_sheet import SideSheet
from desktop.ui.widgets.stages import DONE, FAILED, RUNNING, WAITING, StageList
from desktop.ui.widgets.table import Column, Table
from desktop.ui.widgets.tile import Tile
from desktop.ui.widgets.toast import Toast

DAY = dt.date(2026, 11, 3)
WIDTH_PX = 640
PUPILS = (
    "Ada Lovelace",
    "Grace Hopper",
    "Alan Turing",
    "María de los Ángeles Ruiz",
    "Björk",
    "李 小龙",
)


def nothing() -> None:
    """What the exhibits do when they are pressed."""


def type_scale() -> QWidget:
    """Each voice of the type scale."""
    voices = ("display", "heading", "title", "lead", "", "strong", "soft", "caption")
    lines = [label(f"{voice or 'body'}: seven classes, 140 students", voice) for voice in voices]
    tones = [label(tone, "strong", tone=tone) for tone in ("good", "warn", "bad", "accent")]
    return holding(column(*lines, rule(), row(*tones, None)))


def buttons() -> QWidget:
    """Each variant at rest, with an icon, and disabled."""
    grid = QGridLayout()
    for at, variant in enumerate(("primary", "", "quiet", "danger", "status")):
        off = Button("Off", nothing, variant=variant, icon="plus")
        off.setEnabled(False)
        made = [Button("&Save", nothing, variant=variant),
                Button("Add", nothing, variant=variant, icon="plus"),
                Button("", nothing, variant=variant, icon="close", tip="Close"), off]  # fmt: skip
        for place, one in enumerate((label(variant or "plain", "soft"), *made)):
            grid.addWidget(one, at, place)
    return holding(grid)


def navigation() -> QWidget:
    """An entry of the side bar at rest, lit, and disabled."""
    made = [
        Button(words, nothing, variant="nav", icon="classes") for words in ("Rest", "Lit", "Off")
    ]
    for one in made:
        one.setCheckable(True)
    made[1].setChecked(True)
    made[2].setEnabled(False)
    around = holding(column(*made, gap=2, margins=(12, 12, 12, 12)), "sidebar")
    around.setFixedWidth(220)
    return holding(row(around, None))


def fields() -> QWidget:
    """Text, choice and number, filled, empty and disabled."""
    off = text_field("Disabled", "nothing to type")
    off.setEnabled(False)
    made = (
        named(text_field("Name of the class", "for example 5B")),
        named(text_field("Filled", value="Mathematics 4A")),
        named(off),
        named(choice_field("Difficulty", [("Medium", 1), ("Hard", 2)])),
        named(number_field("Minutes", 5, 90, 45)),
    )
    grid = QGridLayout()
    grid.setSpacing(tokens.SPACE_4)
    for at, one in enumerate(made):
        grid.addLayout(one, at // 2, at % 2)
    return holding(grid)


def page_header() -> QWidget:
    """Where I am, what it is, what I can do here."""
    more = MoreButton()
    more.add("History…", "history", nothing)
    header = PageHeader(
        "",
        more,
        Button("&Import roster…", nothing, icon="upload"),
        Button("Award &XP", nothing, variant="primary", icon="star"),
        back=nothing,
    )
    header.tell("English 8B", "Language · Grade 8 · Library · 31 students")
    header.tags.addWidget(tag("Draft"))
    return header


def cards() -> QWidget:
    """Things that belong together; lines that lead somewhere."""
    lines = ListCard("Your classes")
    lines.show_lines(
        (
            Line(
                "English 8B",
                "31 students",
                nothing,
                tags=[("9 to grade", "accent")],
                avatar="English 8B",
            ),
            Line("Quiz: Cells", "due 28 November", nothing, icon="clock"),
        ),
        lambda line: line,
    )
    plain = Card("On this computer", label("29,859 records"), Button("Copy", nothing), None)
    around = row(gap=tokens.SPACE_4)
    around.addWidget(lines, 3)
    around.addWidget(plain, 2)
    return holding(around)


def tiles() -> QWidget:
    """One figure each; the note says what the colour says."""
    made = [Tile("Students"), Tile("Falling behind"), Tile("Not synced")]
    made[0].tell("140", "in 5 classes")
    made[1].tell("17", "They need you", "warn")
    made[2].tell("0", "Nothing waits", "good")
    return holding(row(*made, gap=tokens.SPACE_4))


def table() -> QWidget:
    """People, figures, second voices and tags; one row picked."""
    made = Table(
        (Column("Student", "person", 3), Column("Lesson", "strong", 2), Column("Seen", "soft"),
         Column("XP", "number"), Column("State", "tag", 0)),
        "Students",
    )  # fmt: skip
    tones = (("Approved", "good"), ("To grade", "accent"), ("Missing", "warn"), ("Rejected", "bad"),
             ("Draft", "plain"), ("", "plain"))  # fmt: skip
    made.show_rows(
        [(name, "Fractions", f"{at + 2} days ago", 1310 - 111 * at, Tag(*tones[at]))
         for at, name in enumerate(PUPILS)]
    )  # fmt: skip
    made.pick(1)
    made.setFixedHeight(300)
    return made


def empty_state() -> QWidget:
    """What would be here, and how to get it."""
    return EmptyState(
        "classes",
        "No classes yet",
        "A class holds its students, lessons and grades. Start with its name; the list of students "
        "comes from a file.",
        Button("Make a class", nothing, variant="primary", icon="plus"),
    )


def banners() -> QWidget:
    """Four tones, with and without an action."""
    made = []
    for tone, words in (
        ("info", "The practice Studio is open."),
        ("good", "Everything is saved."),
        ("warn", "The school's server is away. Everything you do is kept here."),
        ("bad", "The list could not be read: it has no column for names."),
    ):
        one = Banner()
        one.tell(words, tone, "Try again" if tone in ("warn", "bad") else "", nothing)
        made.append(one)
    return holding(column(*made))


def toasts() -> QWidget:
    """What just happened, and how to take it back; the newest at the foot."""
    over = QWidget()
    over.setFixedHeight(170)
    toast = Toast(over)
    toast.tell("Copied. The newest seven copies are kept.")
    toast.tell("50 XP for Ada Lovelace.", "Undo", nothing)
    return over


def progress() -> QWidget:
    """Known, not known, done."""
    made = [
        Progress("Push to Studio"),
        Progress("Make a lesson"),
        Progress("Copy", can_cancel=False),
    ]
    made[0].tell("Sending 96 of 160 things", 0.6, "about 20 s left")
    made[1].tell("Writing the quiz")
    made[2].tell("Copied", 1.0)
    return holding(column(*made, gap=tokens.SPACE_5))


def stages() -> QWidget:
    """A stage waits, runs, is done or has failed, and says so in words."""
    made = StageList(["Plan", "Quiz", "World", "Check"])
    for at, (state, note) in enumerate(
        ((DONE, "3 objectives."), (RUNNING, "5 of 8 questions."), (FAILED, "No room for it."),
         (WAITING, ""))
    ):  # fmt: skip
        made.tell(at, state, note)
    return made


def tags() -> QWidget:
    """Five tones."""
    tones = ("plain", "accent", "good", "warn", "bad")
    return holding(row(*(tag(tone.capitalize(), tone) for tone in tones), None))


def avatars() -> QWidget:
    """The same colour for the same name; any name."""
    return holding(row(*(Avatar(name) for name in PUPILS), None))


def segments() -> QWidget:
    """A few choices, one of them made."""
    made = Segments((("week", "&Week"), ("month", "&Month"), ("all", "&All time")), "Period")
    made.choose("month")
    return holding(row(made, None))


def date_field() -> QWidget:
    """Filled, empty, and with something that is no date."""
    wrong = DateField("Wrong", today=lambda: DAY)
    wrong.edit.setText("soon")
    wrong.edit.editingFinished.emit()
    made = (DateField("Due", DAY, today=lambda: DAY), DateField("Empty", today=lambda: DAY), wrong)
    return holding(row(*(holding(column(named(one), None)) for one in made), gap=tokens.SPACE_4))


def month() -> QWidget:
    """The calendar of a date field; the days before 3 November cannot be chosen."""
    made = Calendar(DAY)
    made.show_day(DAY + dt.timedelta(days=8))
    made.limit(DAY, DAY + dt.timedelta(days=60))
    return holding(row(made, None))


def side_sheet() -> QWidget:
    """Details beside the work."""
    over = QWidget()
    over.setFixedHeight(260)
    over.setLayout(column(label("The page stays in sight.", "soft"), None))
    sheet = SideSheet(over, "Ada Lovelace", "English 8B", label("Level 6, 1,310 XP"),
                      Button("Award XP", nothing))  # fmt: skip
    sheet.open()
    return over


def icons() -> QWidget:
    """The icons of the set, each with its name."""
    from desktop.ui.theme import icons as the_set

    grid = QGridLayout()
    for at, name in enumerate(sorted(file.stem for file in the_set.FOLDER.glob("*.svg"))):
        grid.addLayout(row(Glyph(name, "ink"), label(name, "caption"), None), at // 5, at % 5)
    return holding(grid)


def palette() -> QWidget:
    """The colours, each with the job that names it."""
    return _Swatches()


class _Swatches(QWidget):
    """Repaints itself, as everything else does, when the palette changes."""

    def __init__(self) -> None:
        super().__init__()
        self._roles = [name for name, value in vars(tokens.LIGHT).items() if str(value)[0] == "#"]
        self.setFixedHeight(-(-len(self._roles) // 5) * 44)

    def paintEvent(self, event: object) -> None:  # noqa: N802  (Qt's name)
        """A field of colour and its name, five in a row."""
        from PySide6.QtGui import QColor, QPainter

        painter, palette = QPainter(self), colours()
        wide = self.width() // 5
        for at, role in enumerate(self._roles):
            left, top = at % 5 * wide, at // 5 * 44
            painter.setPen(QColor(palette.edge))
            painter.setBrush(QColor(getattr(palette, role)))
            painter.drawRoundedRect(left, top + 2, 34, 34, 6, 6)
            painter.setPen(QColor(palette.ink))
            painter.drawText(left + 42, top, wide - 42, 40, Qt.AlignmentFlag.AlignVCenter, role)
        painter.end()


EXHIBITS: dict[str, Callable[[], QWidget]] = {
    "type-scale": type_scale,
    "palette": palette,
    "icons": icons,
    "buttons": buttons,
    "navigation": navigation,
    "fields": fields,
    "page-header": page_header,
    "cards": cards,
    "tiles": tiles,
    "table": table,
    "empty-state": empty_state,
    "banners": banners,
    "toasts": toasts,
    "progress": progress,
    "stages": stages,
    "tags": tags,
    "avatars": avatars,
    "segments": segments,
    "date-field": date_field,
    "calendar": month,
    "side-sheet": side_sheet,
}
"""Each component by its name."""


def framed(name: str) -> QWidget:
    """The exhibit `name` on the ground of a page, as wide as in its picture."""
    exhibit = EXHIBITS[name]()
    edge = (tokens.SPACE_4,) * 4
    frame = holding(column(exhibit, None, margins=edge), "content")
    frame.setFixedWidth(WIDTH_PX)
    layout = frame.layout()
    assert isinstance(layout, QLayout)
    layout.activate()
    return frame
