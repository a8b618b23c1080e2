"""How large things are beside each other, and with larger words."""

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.boxes import column, holding
from desktop.ui.widgets.buttons import Glyph
from desktop.ui.widgets.fields import choice_field, number_field, text_field
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.table import Column, Table


@pytest.fixture
def larger(theme: Theme) -> Any:
    yield theme
    theme.show(scale=1.0)


def _shown(qtbot: Any, widget: QWidget, wide: int = 700, high: int = 300) -> None:
    qtbot.addWidget(widget)
    widget.resize(wide, high)
    widget.show()
    qtbot.waitExposed(widget)


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_fields_of_one_row_are_equally_high(qtbot: Any, larger: Theme, scale: float) -> None:
    larger.show(scale=scale)
    fields = (
        text_field("Name"),
        choice_field("Grade", [("4", 4)]),
        number_field("Points", 1, 9, 1),
    )
    page = holding(column(*fields))
    _shown(qtbot, page)
    heights = [one.sizeHint().height() for one in fields]
    assert max(heights) - min(heights) <= 1


@pytest.mark.parametrize("made", [lambda: Glyph("warning"), lambda: Avatar("Ada Lovelace")])
def test_pictures_beside_words_grow_with_them(qtbot: Any, larger: Theme, made: Any) -> None:
    picture = made()
    page = holding(column(picture, None))
    _shown(qtbot, page)
    before = picture.width()
    larger.show(scale=2.0)
    assert picture.width() == pytest.approx(2 * before, rel=0.15)
    larger.show(scale=1.0)
    assert picture.width() == before


@pytest.mark.usefixtures("theme")
def test_no_air_is_left_below_what_can_be_scrolled(qtbot: Any) -> None:
    words = [label("Takes one student off this computer. " * 2, wrap=True) for _ in range(30)]
    area = scrolling(holding(column(*words, None)))
    _shown(qtbot, area, wide=900)
    inside, last = area.widget(), words[-1]
    below = inside.height() - last.mapTo(inside, last.rect().bottomLeft()).y()
    assert inside.height() > area.height()
    assert below < last.height()


def test_names_keep_their_room_when_the_words_are_large(qtbot: Any, larger: Theme) -> None:
    columns = (Column("Student", "person", 4), Column("Roblox name", "soft", 2, spare=True),
               Column("Last active", "soft", 2, spare=True))  # fmt: skip
    table = Table(columns, "Roster")
    table.show_rows([("Abeni Adeyemi", "EagerHeron588", "6 days ago")])
    _shown(qtbot, table, wide=600)
    assert not table.isColumnHidden(2)
    larger.show(scale=2.0)
    table.show_rows([("Abeni Adeyemi", "EagerHeron588", "6 days ago")])
    assert table.isColumnHidden(2)
    name = table.fontMetrics().horizontalAdvance("Abeni Adeyemi")
    assert table.columnWidth(0) > name + table.rowHeight(0) / 2
