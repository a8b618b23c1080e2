"""A lesson looked at before it is pushed: the world drawn, zones picked, scripts read."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.lessons import builder
from desktop.ui.parts.lesson_view import LessonView
from desktop.ui.parts.looking import NO_LESSON
from desktop.ui.parts.luau_colours import spans
from desktop.ui.theme.theme import Theme
from tests.lessons.made import fractions


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> LessonView:
    """The lesson on its plan, in a window of its own."""
    loop = asyncio.new_event_loop()
    done: Callable[[Coroutine[Any, Any, Any]], None] = lambda work: loop.run_until_complete(work)  # noqa: E731
    made = LessonView(done)
    made.destroyed.connect(loop.close)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show_package(fractions())
    made.show()
    return made


def turn_to(view: LessonView, tab: str) -> None:
    button = view.tabs.findChild(type(view.tabs._group.button(0)), tab)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_click_on_a_zone_of_the_drawing_chooses_it(view: LessonView, qtbot: QtBot) -> None:
    turn_to(view, "world")
    world = view.world.view
    scale, origin = world._frame()
    area = world._scene.areas[1]
    x, y = world._camera.see(area.middle, world._scene.heart)
    at = QPoint(round(x * scale + origin.x()), round(y * scale + origin.y()))
    with qtbot.waitSignal(view.zone_chosen) as chosen:
        QTest.mouseClick(world, Qt.MouseButton.LeftButton, pos=at)
    assert chosen.args == [area.zone]
    assert view.world._title.text() == area.title
    assert area.title in world.accessibleDescription()


def test_the_zones_can_be_walked_with_keys_and_from_the_list(view: LessonView) -> None:
    turn_to(view, "world")
    world = view.world.view
    zones = [area.zone for area in world._scene.areas]
    seen = []
    for _ in zones:
        QTest.keyClick(world, Qt.Key.Key_N)
        seen.append(world.zone)
    assert seen == zones
    QTest.mouseClick(view.world._zones[zones[2]], Qt.MouseButton.LeftButton)
    assert world.zone == zones[2]


def test_dragging_turns_the_world_and_zero_brings_it_back(view: LessonView) -> None:
    turn_to(view, "world")
    world = view.world.view
    world.look("free")
    before = world.grab().toImage()
    QTest.mousePress(world, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(world, QPoint(180, 120))
    QTest.mouseRelease(world, Qt.MouseButton.LeftButton, pos=QPoint(180, 120))
    assert world.grab().toImage() != before
    assert world.zone == ""  # a drag chooses nothing
    QTest.keyClick(world, Qt.Key.Key_0)
    world.clearFocus()
    assert world.grab().toImage() == before


def test_the_tree_holds_every_object_and_reads_out_the_scripts_that_are_pushed(
    view: LessonView,
) -> None:
    turn_to(view, "studio")
    build = builder.build(fractions(), lesson_id=NO_LESSON, telemetry=None)
    tree = view.place.tree
    everything = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
    items = tree.findItems("", everything)
    services = {placed.service for placed in build.placed}
    assert len(items) == build.instance_count + len(services)
    quiz = next(item for item in items if item.text(0) == "QuizLogic")
    tree.setCurrentItem(quiz)
    source = next(text for path, text in build.scripts.items() if path.endswith("QuizLogic"))
    assert view.place.code.toPlainText() == source


def test_colours_cover_the_right_letters_also_behind_an_emoji() -> None:
    lines = spans('local x = "🙂" -- why\nreturn 1\n')
    strings = [(at, length) for at, length, role in lines[0] if role == "good"]
    assert strings[0][0] == 10
    assert sum(length for _, length in strings) == 4  # an emoji is two units of UTF-16
    assert (15, 6, "ink_soft") in lines[0]
    assert lines[1][0] == (0, 6, "accent_ink")
