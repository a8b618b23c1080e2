"""The dock widget of the built plugin: what it shows, what its buttons do, how it looks."""

import asyncio
import hashlib
from typing import Any

import pytest

from desktop.lessons.instances import Build, Instance, Placed
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.lune import LuneStudio

LAND_S = 20.0
LESSON = "ServerScriptService/Lesson"


async def texts(studio: LuneStudio) -> list[str]:
    return [each["text"] for each in await studio.ask("widget") if each["class"] == "TextLabel"]


async def buttons(studio: LuneStudio) -> dict[str, dict[str, Any]]:
    shown = await studio.ask("widget")
    return {each["name"]: each for each in shown if each["class"] == "TextButton"}


async def says(studio: LuneStudio, part: str) -> None:
    """Wait until the widget says something."""
    for _ in range(400):
        if any(part in text for text in await texts(studio)):
            return
        await asyncio.sleep(0.02)
    raise AssertionError((part, await texts(studio)))


def sha256(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


async def with_two_conflicts(service: StudioService, studio: LuneStudio) -> str:
    """Two scripts were changed by hand, and a newer lesson comes in."""
    first = builds.scripts("print('a1')", "print('b1')\nprint('same')", "print('c')")
    await service.settled(await service.queue(first), LAND_S)
    for name in "AB":
        await studio.ask(
            "edit", path=f"{LESSON}/{name}", property="Source", value=f"print('my {name}')"
        )
    newer = builds.scripts("print('a2')", "print('b2')\nprint('same')", "print('c')")
    push_id = await service.queue(newer)
    assert (await service.settled(push_id, LAND_S)).state == "conflict"
    await says(studio, "Choose for each, or for all.")
    return push_id


async def test_it_says_whether_the_companion_is_there(
    service: StudioService, studio: LuneStudio
) -> None:
    await says(studio, "Connected to the ToolBoxAI Companion.")
    await service.stop()
    await says(studio, "Looking for the ToolBoxAI Companion.")


async def test_a_conflict_shows_what_changes_and_asks_for_each(
    service: StudioService, studio: LuneStudio
) -> None:
    await with_two_conflicts(service, studio)
    shown = await texts(studio)
    assert "Changed here: ServerScriptService / Lesson / A" in shown
    assert "A was changed in Studio since it landed." in shown
    assert "As it is: ServerScriptService / Lesson / C" in shown
    assert not (await buttons(studio))["go on"]["selectable"]


async def test_each_item_is_put_in_as_it_was_chosen(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await with_two_conflicts(service, studio)
    (first, second) = [name for name in await buttons(studio) if name.startswith("keep ")]
    await studio.ask("click", name=first)
    assert (await buttons(studio))[first]["text"] == "● Keep mine"
    await studio.ask("click", name="go on")  # nothing happens before all is chosen
    assert service.push(push_id).state == "conflict"
    await studio.ask("click", name=second.replace("keep", "replace"))
    await studio.ask("click", name="go on")
    await builds.until(lambda: service.push(push_id).state == "landed", LAND_S)
    tree = await studio.tree()
    assert tree[f"{LESSON}/A"]["sha256"] == sha256("print('my A')")
    assert tree[f"{LESSON}/B"]["sha256"] == sha256("print('b2')\nprint('same')")
    backups = [path for path in tree if path.startswith("ServerStorage/ToolBoxAI Backups/B")]
    assert len(backups) == 1


async def test_a_change_of_a_script_is_shown_line_by_line(
    service: StudioService, studio: LuneStudio
) -> None:
    await with_two_conflicts(service, studio)
    name = [name for name in await buttons(studio) if name.startswith("change ")][1]
    await studio.ask("click", name=name)
    await says(studio, "+  print('b2')")
    shown = await texts(studio)
    assert shown.index("−  print('my B')") < shown.index("+  print('b2')")
    assert shown.index("+  print('b2')") < shown.index("+  print('same')")
    assert (await buttons(studio))[name]["text"] == "Hide the change"
    await studio.ask("click", name=name)
    assert not [text for text in await texts(studio) if text.startswith("+")]


async def test_all_conflicts_can_be_answered_alike_by_a_key(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await with_two_conflicts(service, studio)
    await studio.ask("action", id="ToolBoxAI_copy")
    await builds.until(lambda: service.push(push_id).state == "landed", LAND_S)
    assert f"{LESSON}/A (ToolBoxAI 2)" in await studio.tree()


async def test_the_history_takes_a_lesson_out_and_the_app_hears_of_it(
    service: StudioService, studio: LuneStudio
) -> None:
    before = await studio.whole()
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await says(studio, "Fractions is in, checked item by item.")
    assert "What came into this place" in await texts(studio)
    await studio.ask("click", name=f"undo {push_id}")
    await builds.until(lambda: service.push(push_id).state == "undone", LAND_S)
    assert await studio.whole() == before
    await says(studio, "Fractions (taken out)")
    assert f"undo {push_id}" not in await buttons(studio)


async def test_a_lesson_is_taken_out_without_the_app_which_hears_of_it_later(
    service: StudioService, studio: LuneStudio
) -> None:
    before = await studio.whole()
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await service.stop()
    await studio.ask("action", id="ToolBoxAI_Undo")
    await says(studio, "Fractions (taken out)")
    assert await studio.whole() == before
    await service.start()
    await builds.until(lambda: service.push(push_id).state == "undone", LAND_S)


async def test_the_history_survives_a_plugin_that_is_loaded_anew(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await studio.ask("restart")
    await says(studio, "Connected to the ToolBoxAI Companion.")
    assert f"undo {push_id}" in await buttons(studio)


async def test_it_follows_studios_theme_and_text_size_while_it_is_open(
    service: StudioService, studio: LuneStudio
) -> None:
    await says(studio, "Connected to the ToolBoxAI Companion.")
    light = await studio.ask("widget")
    await studio.ask("look", dark=True, text_size=4)
    dark = await studio.ask("widget")
    assert [each["text"] for each in dark] == [each["text"] for each in light]
    for one, other in zip(light, dark, strict=True):
        assert one["ink"] != other["ink"]
        assert other["size"] > one["size"] * 1.4


@pytest.mark.parametrize("width", [200, 480])
async def test_however_narrow_it_is_and_large_the_text_nothing_is_wider_than_the_panel(
    service: StudioService, studio: LuneStudio, width: int
) -> None:
    await with_two_conflicts(service, studio)
    await studio.ask("look", dark=False, text_size=4)
    await studio.ask("narrow", width=width)
    layout = await studio.ask("layout")
    # Downwards there is as much room as it takes; what is drawn ends where the bar begins.
    assert (layout["canvas"], layout["direction"], layout["inset"]) == ("Y", "Y", "ScrollBar")
    kinds = {each["class"] for each in layout["texts"]}
    assert kinds == {"TextLabel", "TextButton"}
    for each in layout["texts"]:
        assert each["wraps"], each
        if each["class"] == "TextLabel":
            # As wide as the panel, as high as its lines.
            assert (each["size"], each["grows"]) == ([1, 0, 0, 0], "Y"), each
            assert each["beside"] < width / 2, each
        else:
            assert (each["size"], each["grows"], each["rowWraps"]) == ([0, 0, 0, 0], "XY", True)
            assert each["widest"] == width - layout["bar"] - each["beside"], each


async def test_every_button_that_acts_can_be_reached_by_keyboard_in_reading_order(
    service: StudioService, studio: LuneStudio
) -> None:
    await with_two_conflicts(service, studio)
    shown = await buttons(studio)
    assert all(each["selectable"] for name, each in shown.items() if name != "go on")
    orders = [each["order"] for each in shown.values()]
    assert orders == sorted(orders)
    assert len(set(orders)) == len(orders)


async def test_a_large_push_is_counted_rather_than_listed(
    service: StudioService, studio: LuneStudio
) -> None:
    await studio.ask("put", path="ServerScriptService", **{"class": "Folder", "name": "Lesson"})
    parts = tuple(Instance("Folder", f"F{number}") for number in range(500))
    top = Instance("Folder", "Lesson", children=parts)
    build = Build("Many", "many", "ab" * 32, (Placed("ServerScriptService", top),))
    assert (await service.settled(await service.queue(build), LAND_S)).state == "conflict"
    await says(studio, "Choose for each, or for all.")
    shown = await texts(studio)
    assert len(shown) < 150
    assert "New: 401 more" in shown
