"""Our own components: they speak, they keep quick, they survive other sizes."""

import random
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets import files
from desktop.ui.widgets.avatar import initials
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import column, holding
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.cells import Said, Tag
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.listing import SHOWN, Line, ListCard
from desktop.ui.widgets.scroll import Fade, OverBar, ScrollArea, scrolling
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.side_sheet import SideSheet
from desktop.ui.widgets.stages import DONE, StageList
from desktop.ui.widgets.table import Column, Rows, Table
from desktop.ui.widgets.ticks import Tick
from desktop.ui.widgets.toast import Toast
from tests.ui.monkey.watch import Strays

COLUMNS = (
    Column("Student", "person", 3),
    Column("XP", "number"),
    Column("State", "tag", 0),
)


def people(many: int) -> list[tuple[object, ...]]:
    chance = random.Random(7)
    return [(f"Pupil {chance.random():.6f}", at % 997, Tag("new"), str(at)) for at in range(many)]


def test_initials_come_from_any_name() -> None:
    assert initials("Ada Lovelace") == "AL"
    assert initials("Björk") == "B"
    assert initials("María de los Ángeles Ruiz") == "MR"
    assert initials("李 小龙") == "李小"
    assert initials("  ") == "?"


def test_the_tables_model_keeps_qts_rules(qapp: object) -> None:
    rows = Rows(COLUMNS)
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.show(people(50))
    rows.sort(1, Qt.SortOrder.DescendingOrder)
    rows.show(people(3))
    assert tester is not None


def test_ten_thousand_rows_are_shown_sorted_and_painted_quickly(qtbot: QtBot, theme: Theme) -> None:
    table = Table(COLUMNS, "Students")
    qtbot.addWidget(table)
    table.resize(900, 700)
    table.show()
    started = time.perf_counter()
    table.show_rows(people(10_000), key=-1)
    table.rows.sort(0)
    table.rows.sort(1, Qt.SortOrder.DescendingOrder)
    table.grab()
    assert time.perf_counter() - started < 1.5
    assert table.rows.rows[0][1] == 996


def test_a_table_on_screen_follows_colours_text_size_and_direction(
    qtbot: QtBot, theme: Theme
) -> None:
    def shown() -> Table:
        table = Table(COLUMNS, "Students")
        qtbot.addWidget(table)
        table.resize(500, 300)
        table.show_rows(people(5), key=-1)
        table.show()
        return table

    old = shown()
    before = old.viewport().grab().toImage()
    theme.show("dark", scale=1.5)
    old.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    new = shown()
    new.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def pictures() -> list[QImage]:
        return [one.viewport().grab().toImage() for one in (old, new)]

    def alike() -> bool:
        after, fresh = pictures()
        return after == fresh

    qtbot.waitUntil(alike)
    assert pictures()[0] != before
    theme.show("light", scale=1.0)


def test_a_table_keeps_what_was_picked_when_rows_change(qtbot: QtBot, theme: Theme) -> None:
    table = Table(COLUMNS, "Students", many=True)
    qtbot.addWidget(table)
    table.show_rows(people(5), key=-1)
    table.pick(3)
    table.show_rows(list(reversed(people(5))), key=-1)
    assert [row[-1] for row in table.picked_rows()] == ["3"]


def test_words_are_sorted_without_their_case(qapp: object) -> None:
    rows = Rows((Column("Name"),))
    rows.show([("bea",), ("Carl",), ("ada",), ("Bo",)])
    rows.sort(0)
    assert [row[0] for row in rows.rows] == ["ada", "bea", "Bo", "Carl"]


def test_sorting_a_column_with_gaps_puts_nothing_first(qapp: object) -> None:
    rows = Rows((Column("Score", "number"),))
    rows.show([(3,), (None,), (1.5,)])
    rows.sort(0)
    assert rows.rows == [(None,), (1.5,), (3,)]


def test_enter_opens_the_row(qtbot: QtBot, theme: Theme) -> None:
    table = Table(COLUMNS, "Students")
    qtbot.addWidget(table)
    table.show_rows(people(3))
    table.setCurrentIndex(table.rows.index(1, 0))
    with qtbot.waitSignal(table.activated_row) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [people(3)[1]]


def test_arrow_keys_move_the_choice_and_mirror_from_right_to_left(
    qtbot: QtBot, theme: Theme
) -> None:
    segments = Segments((("a", "A"), ("b", "B"), ("c", "C")), "Letters")
    qtbot.addWidget(segments)
    heard: list[str] = []
    segments.chosen.connect(heard.append)
    qtbot.keyClick(segments, Qt.Key.Key_Right)
    segments.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(segments, Qt.Key.Key_Right)
    assert heard == ["b", "a"]


def test_a_pupils_name_is_never_read_as_markup(qapp: object) -> None:
    assert label("<b>Robert</b>").textFormat() == Qt.TextFormat.PlainText


def test_a_banner_says_its_words_to_screen_readers_and_does_what_it_offers(
    qtbot: QtBot, theme: Theme
) -> None:
    banner, done = Banner(), []
    qtbot.addWidget(banner)
    banner.tell("The server is away.", "warn", "Try again", lambda: done.append(1))
    assert banner.accessibleName() == "The server is away."
    banner._action.click()
    assert done == [1]
    assert banner.isHidden()


def test_a_toast_stays_inside_a_narrow_window(qtbot: QtBot, theme: Theme) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(420, 300)
    over.show()
    toast = Toast(over)
    toast.tell("Donaudampfschifffahrtsgesellschaft " * 4, "Undo", lambda: None)
    assert toast.geometry().left() >= 0
    assert toast.geometry().right() <= over.width()


def test_a_stage_tells_its_state_in_words_too(qtbot: QtBot, theme: Theme) -> None:
    stages = StageList(["Plan", "Quiz"])
    qtbot.addWidget(stages)
    stages.tell(0, DONE, "3 objectives.")
    names = [line[1].accessibleName() for line in stages._lines]
    assert names[0] == "Plan: done"


class Emitter(QObject):
    fired = Signal(bool)


def test_a_thousand_signals_do_not_end_the_process(qapp: object) -> None:
    emitter, heard = Emitter(), []
    emitter.fired.connect(heard.append)
    for _ in range(1_000):
        emitter.fired.emit(True)
    assert len(heard) == 1_000


def test_segments_stand_below_each_other_where_room_is_short(qtbot: QtBot, theme: Theme) -> None:
    around = QWidget()
    segments = Segments((("a", "Calificaciones"), ("b", "Clasificación")), "Part")
    around.setLayout(column(segments, None))
    qtbot.addWidget(around)
    around.resize(600, 300)
    around.show()
    first, second = segments.findChildren(QAbstractButton)
    qtbot.waitUntil(lambda: first.y() == second.y() and first.x() < second.x())
    around.resize(segments.sizeHint().width() - 20, 300)
    qtbot.waitUntil(lambda: first.y() < second.y())
    assert min(one.width() - one.sizeHint().width() for one in (first, second)) >= 0
    around.resize(600, 300)
    qtbot.waitUntil(lambda: first.y() == second.y())
    around.setStyleSheet("QPushButton { font-size: 60px }")
    qtbot.waitUntil(lambda: first.y() < second.y())
    around.setStyleSheet("")
    qtbot.waitUntil(lambda: first.y() == second.y())


def test_alt_with_an_arrow_sorts_by_the_column_of_the_current_cell(
    qtbot: QtBot, theme: Theme
) -> None:
    table = Table(COLUMNS, "Students")
    qtbot.addWidget(table)
    table.show_rows(people(20))
    table.setCurrentIndex(table.rows.index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    points = [row[1] for row in table.rows.rows]
    assert points == sorted(points, reverse=True)
    assert table.horizontalHeader().sortIndicatorSection() == 1
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row[1] for row in table.rows.rows] == sorted(points)


def test_picked_rows_are_copied_as_a_spreadsheet_takes_them(qtbot: QtBot, theme: Theme) -> None:
    table = Table(COLUMNS, "Students", many=True)
    qtbot.addWidget(table)
    table.show_rows([("Ada\tLovelace", 3, Tag("new"), "1"), ("Alan", None, Tag(""), "2")])
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Ada Lovelace\t3\tnew\nAlan\t\t"


def test_the_bar_over_a_table_takes_no_room_and_moves_it(qtbot: QtBot, theme: Theme) -> None:
    table = Table(COLUMNS, "Students")
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    table.show_rows(people(2))
    alone = table.viewport().width()
    bar = next(one for one in table.findChildren(OverBar))
    assert not bar.isVisible()
    table.show_rows(people(200))
    qtbot.waitUntil(bar.isVisible)
    assert table.viewport().width() == alone
    bar.setValue(bar.maximum())
    assert table.verticalScrollBar().value() == table.verticalScrollBar().maximum()


def test_an_area_pales_at_its_foot_until_the_end_is_in_sight(qtbot: QtBot, theme: Theme) -> None:
    inside = QWidget()
    inside.setFixedHeight(900)
    area = scrolling(inside)
    qtbot.addWidget(area)
    area.resize(300, 300)
    area.show()
    fade = area.findChild(Fade)
    qtbot.waitUntil(fade.isVisible)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not fade.isVisible()


def test_a_note_that_offers_something_opens_no_window_of_its_own(
    qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    toast = Toast(over)
    with Strays(qapp) as strays:
        toast.tell("Twelve students came in.", "Undo")
        SideSheet(over, "Versions", "of one lesson")
    assert strays.found == []


def test_a_file_dialog_hands_over_what_was_chosen_and_is_let_go(
    qtbot: QtBot, tmp_path: Path
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    dialog, chosen = QFileDialog(over), list[Path]()
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    files.ask(dialog, chosen.append)
    dialog.fileSelected.emit(str(tmp_path / "unsent-work.json"))
    dialog.reject()
    qtbot.waitUntil(lambda: not over.findChildren(QFileDialog))
    assert chosen == [tmp_path / "unsent-work.json"]


def test_things_that_flow_go_on_in_the_next_line_and_follow_what_changes(
    qtbot: QtBot, theme: Theme
) -> None:
    buttons = [Button(f"Button {at}") for at in range(4)]
    flow, page = Flow(*buttons), QWidget()
    page.setLayout(column(flow, None, margins=(0, 0, 0, 0)))
    qtbot.addWidget(page)
    page.resize(flow.sizeHint().width(), 300)
    page.show()
    assert len({one.y() for one in buttons}) == 1
    page.resize(buttons[0].width() * 2 + 20, 300)
    qtbot.waitUntil(lambda: buttons[2].y() > buttons[1].geometry().bottom())
    assert flow.height() == flow.heightForWidth(flow.width())
    buttons[0].hide()
    qtbot.waitUntil(lambda: buttons[2].y() == buttons[1].y())
    buttons[1].setText("A button with a great many words")
    qtbot.waitUntil(lambda: buttons[2].y() > buttons[1].geometry().bottom())
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.waitUntil(lambda: buttons[3].x() < buttons[2].x())


def test_buttons_that_come_on_a_page_in_the_background_are_there_when_it_is_shown(
    qtbot: QtBot, theme: Theme
) -> None:
    button = Button("Go on from here")
    flow, steps, page = Flow(button), QStackedWidget(), QWidget()
    page.setLayout(column(flow, None))
    steps.addWidget(QWidget())
    steps.addWidget(page)
    qtbot.addWidget(steps)
    button.hide()
    steps.show()
    for shown in (1, 0):  # it was laid out once without the button
        steps.setCurrentIndex(shown)
        QApplication.processEvents()
    button.show()
    steps.setCurrentIndex(1)
    qtbot.waitUntil(lambda: flow.height() >= button.sizeHint().height())
    assert flow.rect().contains(button.geometry())


def test_a_sheet_grows_with_what_comes_to_stand_in_it(qtbot: QtBot, theme: Theme) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    sheet = Sheet(over, "Award", "", "Do it")
    sheet.open()
    before = sheet.height()
    sheet.banner.tell("The score was not saved, because nobody can have one above 100. " * 3, "bad")
    qtbot.waitUntil(lambda: sheet.height() > before)
    assert sheet.done_button.geometry().bottom() < sheet.height()
    sheet.close()


def test_a_card_of_thousands_of_lines_shows_the_first_and_brings_more_when_asked(
    qtbot: QtBot, theme: Theme
) -> None:
    card = ListCard("Your classes")
    qtbot.addWidget(card)
    card.show()

    def shown() -> int:
        return sum(not line.isHidden() for line in card.findChildren(Line))

    def build(at: int) -> Line:
        return Line(f"Class {at}", "", lambda: None)

    card.show_lines(range(10_000), build)
    more = card.findChild(QAbstractButton, "more")
    assert more is not None
    assert more.text() == "Show more (9,950 more)"
    qtbot.waitUntil(lambda: shown() == SHOWN)
    more.click()
    qtbot.waitUntil(lambda: shown() == 2 * SHOWN)
    card.show_lines(range(10_000), build)
    qtbot.waitUntil(lambda: shown() == 2 * SHOWN)
    card.show_lines(range(3), build)
    qtbot.waitUntil(lambda: shown() == 3)
    assert not more.isVisible()


def test_a_line_told_again_stays_and_a_new_one_has_its_turn_with_the_tab_key(
    qtbot: QtBot, theme: Theme
) -> None:
    head, card, foot = Button("Head"), ListCard("Your classes"), Button("Foot")
    page = holding(column(head, card, foot))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    made: dict[str, Line] = {}

    def build(name: str) -> Line:
        made[name] = Line(name, "", lambda: None)
        return made[name]

    def stand(*names: str) -> bool:
        tops = [made[name].y() for name in names if made[name].isVisible()]
        return len(tops) == len(names) and tops == sorted(set(tops))

    def reached(steps: int) -> list[str]:
        head.setFocus()
        names = []
        for _ in range(steps):
            qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
            names.append(page.focusWidget().accessibleName())
        return names

    card.show_lines(["5A", "5C"], build)
    first = dict(made)
    card.show_lines(["5A", "5B", "5C", "5D"], build)
    assert {name: made[name] for name in first} == first
    qtbot.waitUntil(lambda: stand("5A", "5B", "5C", "5D"))
    assert reached(5) == ["5A", "5B", "5C", "5D", "Foot"]
    card.show_lines(["5D", "5C", "5B"], build)
    assert not made["5A"].isVisible()
    qtbot.waitUntil(lambda: stand("5D", "5C", "5B"))
    assert reached(4) == ["5D", "5C", "5B", "Foot"]


def test_a_card_says_a_sentence_until_there_are_lines(qtbot: QtBot, theme: Theme) -> None:
    card = ListCard("Wants a look")
    qtbot.addWidget(card)
    card.show()

    def build(name: str) -> Line:
        return Line(name, "", lambda: None)

    def said() -> list[str]:
        return [one.text() for one in card.findChildren(QLabel) if one.isVisible()]

    for _ in range(2):
        card.show_lines([], build)
        card.say("Nothing presses.")
    assert said() == ["Wants a look", "Nothing presses."]
    card.show_lines(["5A"], build)
    qtbot.waitUntil(lambda: said() == ["Wants a look", "5A"])


def test_a_day_in_words_sorts_by_its_date() -> None:
    rows = Rows((Column("Due"),))
    days = (("2026-12-01", "December 1"), ("2026-11-24", "November 24"), ("2026-11-03", "Today"))
    rows.show([(Said(words, key),) for key, words in days])
    rows.sort(0)
    assert [str(row[0]) for row in rows.rows] == ["Today", "November 24", "December 1"]


def test_the_words_of_a_box_to_tick_go_on_in_the_next_line(qtbot: QtBot, theme: Theme) -> None:
    words = "The &Constitution && the government of the United States"
    tick, page = Tick(words), QWidget()
    page.setLayout(column(tick, None, margins=(0, 0, 0, 0)))
    qtbot.addWidget(page)
    page.resize(tick.sizeHint().width(), 200)
    page.show()
    one_line = tick.height()
    assert "\n" not in tick.text()
    page.resize(tick.sizeHint().width() // 2, 200)
    qtbot.waitUntil(lambda: tick.height() > one_line)
    assert tick.text().replace("\n", " ") == words
    assert tick.accessibleName() == "The Constitution & the government of the United States"
    page.resize(tick.sizeHint().width(), 200)
    qtbot.waitUntil(lambda: tick.height() == one_line)


def test_a_sheet_too_high_for_the_screen_scrolls_and_keeps_its_buttons_in_sight(
    qtbot: QtBot, theme: Theme
) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    sheet = Sheet(over, "What changes", "", "Do it")
    sheet.fill(*(label(f"Line {at}", wrap=True) for at in range(100)))
    sheet.open()
    assert sheet.height() < over.screen().availableGeometry().height()
    assert sheet.done_button.geometry().bottom() < sheet.height()
    area = sheet.findChild(ScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0, "keys must come to what is below, too"
    sheet.close()
