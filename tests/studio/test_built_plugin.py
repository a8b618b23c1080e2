"""The built plugin file in Lune, with real Roblox instances, against the real bridge."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.studio import pairing, plugin
from desktop.studio.errors import CannotUndo
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.lune import LuneStudio

LAND_S = 20.0


async def connected(service: StudioService) -> None:
    await builds.until(lambda: service.windows())


async def test_a_lesson_lands_verified_and_one_undo_restores_the_exact_tree(
    service: StudioService, studio: LuneStudio
) -> None:
    before = await studio.whole()
    push_id = await service.queue(builds.lesson())
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("landed", "")
    tree = await studio.tree()
    for path, source in builds.lesson().scripts.items():
        assert tree[path]["sha256"] == hashlib.sha256(source.encode()).hexdigest()
    line = next(one for one in await studio.whole() if one["path"] == "Workspace/Lesson/Line")
    assert line["properties"]["Material"] == "Enum.Material.Wood"
    assert line["attributes"]["CheckpointId"] == "c1"
    assert line["tags"] == ["Line"]
    await studio.ask("undo")
    assert await studio.whole() == before
    await builds.until(lambda: service.push(push_id).state == "undone")


async def test_the_apps_undo_takes_the_push_back_as_one_step(
    service: StudioService, studio: LuneStudio
) -> None:
    before = await studio.whole()
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await service.undo(push_id)
    assert await studio.whole() == before
    assert service.push(push_id).state == "undone"
    with pytest.raises(CannotUndo, match="not in Studio"):
        await service.undo(push_id)


async def test_the_apps_undo_leaves_what_the_teacher_did_since(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await studio.ask("put", path="Workspace", **{"class": "Part", "name": "Mine"})
    await service.undo(push_id)
    tree = await studio.tree()
    assert "Workspace/Mine" in tree
    assert not [path for path in tree if "Lesson" in path]


async def test_undo_refuses_when_something_was_put_into_the_lesson(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await studio.ask("put", path="Workspace/Lesson", **{"class": "Part", "name": "Mine"})
    with pytest.raises(CannotUndo, match="was put into Lesson"):
        await service.undo(push_id)
    assert "Workspace/Lesson/Mine" in await studio.tree()


async def test_sources_arrive_byte_for_byte(service: StudioService, studio: LuneStudio) -> None:
    sources = [
        "print(1)\r\nprint(2)\rprint(3)\n",
        "-- a NUL \0 inside\nreturn 1",
        "\ufeffprint('with a BOM')",
        "print('emoji 👩‍🏫 and ½')",
        'print("\\n in a string")\n\n\n',
        "-- " + "x" * 199_996,
        "-- " + "y" * 199_998,
        "-- " + "é" * 199_998,
        "-- " + "z" * 999_997,
        "",
    ]
    push_id = await service.queue(builds.scripts(*sources), reviewed=True)
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("landed", "")
    tree = await studio.tree()
    for number, source in enumerate(sources):
        landed = tree[f"ServerScriptService/Lesson/{chr(ord('A') + number)}"]
        assert landed["sha256"] == hashlib.sha256(source.encode()).hexdigest()
        assert landed["length"] == len(source.encode())
    # What Studio would cut at 200,000 characters went in by the editor's own way.
    written = sorted(each["length"] for each in studio.events if each["event"] == "update_source")
    assert written == [200_001, 399_999, 1_000_000]


async def test_a_mismatch_cancels_names_the_item_and_leaves_no_trace(
    service: StudioService, studio: LuneStudio
) -> None:
    before = await studio.whole()
    await studio.ask("spoil", how="source")
    push_id = await service.queue(builds.scripts("print(1)", "print(2)\r\nprint(3)"))
    push = await service.settled(push_id, LAND_S)
    assert push.state == "failed"
    assert "Source reads back differently" in push.reason
    wrong = [item for item in service.items(push_id) if item.error]
    assert [item.path[-1] for item in wrong] == ["B"]
    assert await studio.whole() == before
    cancelled = [event for event in studio.events if event["event"] == "recording"]
    assert [event["operation"] for event in cancelled] == ["Cancel"]


async def test_pushing_the_same_again_changes_nothing_and_a_new_version_only_what_is_new(
    service: StudioService, studio: LuneStudio
) -> None:
    await service.settled(await service.queue(builds.lesson()), LAND_S)
    again = await service.queue(builds.lesson())
    assert (await service.settled(again, LAND_S)).state == "landed"
    assert {item.action for item in service.items(again)} == {"unchanged"}
    newer = await service.queue(builds.lesson("print('newer')"))
    assert (await service.settled(newer, LAND_S)).state == "landed"
    changed = [item.path for item in service.items(newer) if item.action == "update"]
    assert changed == [("ServerScriptService", "Lesson", "Main")]
    expected = hashlib.sha256(b"print('newer')").hexdigest()
    assert (await studio.tree())["ServerScriptService/Lesson/Main"]["sha256"] == expected


MINE = hashlib.sha256(b"print('mine')").hexdigest()
NEWER = hashlib.sha256(b"print('newer')").hexdigest()
MAIN = "ServerScriptService/Lesson/Main"


async def in_conflict(service: StudioService, studio: LuneStudio) -> str:
    """Land a lesson, change a script of it by hand, push a newer one."""
    await service.settled(await service.queue(builds.lesson()), LAND_S)
    await studio.ask("edit", path=MAIN, property="Source", value="print('mine')")
    push_id = await service.queue(builds.lesson("print('newer')"))
    push = await service.settled(push_id, LAND_S)
    assert push.state == "conflict"
    assert "Main was changed in Studio" in push.reason
    assert (await studio.tree())[MAIN]["sha256"] == MINE
    return push_id


async def test_replace_lands_and_keeps_a_disabled_copy(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await in_conflict(service, studio)
    await service.resolve(push_id, "replace")
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    tree = {entry["path"]: entry for entry in await studio.whole()}
    assert tree[MAIN]["sha256"] == NEWER
    backups = [path for path in tree if path.startswith("ServerStorage/ToolBoxAI Backups/Main")]
    assert len(backups) == 1
    assert tree[backups[0]]["sha256"] == MINE
    assert tree[backups[0]]["properties"]["Disabled"] == "true"
    assert not [name for name in tree[backups[0]]["attributes"] if name.startswith("TBX_")]


async def test_keep_leaves_the_teachers_version(service: StudioService, studio: LuneStudio) -> None:
    push_id = await in_conflict(service, studio)
    await service.resolve(push_id, "keep")
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    assert (await studio.tree())[MAIN]["sha256"] == MINE


async def test_copy_puts_the_new_one_beside(service: StudioService, studio: LuneStudio) -> None:
    push_id = await in_conflict(service, studio)
    await service.resolve(push_id, "copy")
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    tree = await studio.tree()
    assert tree[MAIN]["sha256"] == MINE
    assert tree[MAIN + " (ToolBoxAI 2)"]["sha256"] == NEWER


async def test_the_conflict_can_be_answered_in_the_widget(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await in_conflict(service, studio)
    await builds.until_asked(studio, "all replace")
    await studio.ask("click", name="all replace")
    await builds.until(lambda: service.push(push_id).state == "landed")
    assert (await studio.tree())[MAIN]["sha256"] == NEWER


async def test_a_strangers_object_of_the_same_name_is_never_touched_unasked(
    service: StudioService, studio: LuneStudio
) -> None:
    await studio.ask("put", path="ServerScriptService", **{"class": "Folder", "name": "Lesson"})
    before = await studio.whole()
    push_id = await service.queue(builds.scripts("print(1)"))
    push = await service.settled(push_id, LAND_S)
    assert push.state == "conflict"
    assert "not from ToolBoxAI" in push.reason
    assert await studio.whole() == before


async def test_a_push_waits_for_a_play_test_to_end(
    service: StudioService, studio: LuneStudio
) -> None:
    await studio.ask("play_test", on=True)
    push_id = await service.queue(builds.scripts("print(1)"))
    push = await service.settled(push_id, 1.0)
    assert push.state not in {"landed", "failed"}
    assert "ServerScriptService/Lesson" not in await studio.tree()
    await studio.ask("play_test", on=False)
    assert (await service.settled(push_id, LAND_S)).state == "landed"


async def test_a_push_stays_queued_while_somebody_records_and_lands_afterwards(
    service: StudioService, studio: LuneStudio
) -> None:
    await studio.ask("busy", on=True)
    push_id = await service.queue(builds.scripts("print(1)"))
    push = await service.settled(push_id, 1.0)
    assert push.state == "queued"
    assert "busy" in push.reason
    await studio.ask("busy", on=False)
    assert (await service.settled(push_id, LAND_S)).state == "landed"


async def test_a_push_waits_while_a_colleague_writes_and_says_who(
    service: StudioService, studio: LuneStudio
) -> None:
    await studio.ask("colleague", name="Ms. Rivera")
    push_id = await service.queue(builds.scripts("print(1)"))
    await builds.until(lambda: "Ms. Rivera" in service.push(push_id).reason)
    assert service.push(push_id).state == "queued"
    assert "ServerScriptService/Lesson" not in await studio.tree()
    await studio.ask("colleague_done")
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    assert not [path for path in await studio.tree() if "ToolBoxAI is writing" in path]


async def test_a_mark_that_a_dead_push_left_yesterday_holds_nobody_up(
    service: StudioService, studio: LuneStudio
) -> None:
    await studio.ask("colleague", name="Ms. Rivera", seconds=86_400)
    push_id = await service.queue(builds.scripts("print(1)"))
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    assert not [path for path in await studio.tree() if "ToolBoxAI is writing" in path]


async def test_a_known_push_is_answered_from_the_ledger(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await studio.ask("edit", path=MAIN, property="Source", value="print('mine')")
    before = await studio.whole()
    await service.choose_window(push_id, service.windows()[0].place_id)  # queues it once more
    push = await service.settled(push_id, LAND_S)
    assert push.state == "landed"
    assert await studio.whole() == before


async def test_a_redo_in_studio_is_a_landing_again(
    service: StudioService, studio: LuneStudio
) -> None:
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    await studio.ask("undo")
    await studio.ask("redo")
    await builds.until(lambda: service.push(push_id).state == "landed")


async def test_a_plugin_with_another_secret_is_rejected_and_told_why(
    service: StudioService, profile: Path, plugin_file: Path, tmp_path: Path
) -> None:
    known = pairing.load(profile)
    assert known is not None
    pairing.save(profile, replace(known, secret=bytes(32)))
    async with LuneStudio(plugin_file) as studio:
        await studio.until(lambda event: event["event"] == "socket_closed")
        assert service.windows() == []
        assert service.last_refusal


async def test_the_plugin_believes_no_program_that_cannot_prove_itself(
    profile: Path, plugin_file: Path
) -> None:
    """A squatter on the port answers the greeting, but does not know the secret."""
    from websockets.asyncio.server import ServerConnection, serve

    heard: list[str] = []

    async def squat(socket: ServerConnection) -> None:
        await socket.send('{"type":"challenge","nonceA":"' + "00" * 32 + '"}')
        heard.append(str(await socket.recv()))
        await socket.send('{"type":"welcome","mac":"' + "00" * 32 + '"}')
        await socket.send('{"type":"offer","seq":1,"pushId":"x","items":[],"page":1,"pages":1}')
        heard.extend([str(text) async for text in socket])

    known = pairing.load(profile)
    assert known is not None
    async with serve(squat, "127.0.0.1", known.ports[0]), LuneStudio(plugin_file) as studio:
        await studio.until(lambda event: event["event"] == "socket_closed")
        assert len(heard) == 1
        assert known.secret.hex() not in heard[0]
        shown = await studio.ask("widget")
    assert not any("Connected" in each["text"] for each in shown)


async def test_reinstalling_rotates_the_secret_and_the_running_bridge_takes_it_up(
    service: StudioService, profile: Path, plugin_file: Path
) -> None:
    old = pairing.load(profile)
    done = plugin.install(profile, plugin_file.parent)
    new = pairing.load(profile)
    assert done.is_current
    assert old is not None
    assert new is not None
    assert old.secret != new.secret
    async with LuneStudio(plugin_file):
        await connected(service)


async def test_a_push_can_be_undone_after_studio_was_closed_and_opened_again(
    service: StudioService, studio: LuneStudio, plugin_file: Path, tmp_path: Path
) -> None:
    before = await studio.whole()
    push_id = await service.queue(builds.lesson())
    await service.settled(push_id, LAND_S)
    saved = tmp_path / "place.rbxl"
    await studio.ask("save", file=str(saved))
    await studio.ask("quit")
    await builds.until(lambda: not service.windows())
    async with LuneStudio(plugin_file, saved=saved) as reopened:
        await connected(service)
        await service.undo(push_id)
        assert [each["path"] for each in await reopened.whole()] == [
            each["path"] for each in before
        ]


async def test_an_update_is_not_undone_by_guesswork_after_the_plugin_was_loaded_anew(
    service: StudioService, studio: LuneStudio
) -> None:
    await service.settled(await service.queue(builds.lesson()), LAND_S)
    push_id = await service.queue(builds.lesson("print('newer')"))
    await service.settled(push_id, LAND_S)
    await studio.ask("restart")
    await builds.until(lambda: len([e for e in studio.events if e["event"] == "socket"]) == 2)
    await connected(service)
    with pytest.raises(CannotUndo, match="Studio's own Undo"):
        await service.undo(push_id)
    assert (await studio.tree())[MAIN]["sha256"] == NEWER


async def test_taking_an_update_back_after_other_work_leaves_the_ledger_of_the_version_before(
    service: StudioService, studio: LuneStudio
) -> None:
    await service.settled(await service.queue(builds.lesson()), LAND_S)
    before = await studio.whole()
    push_id = await service.queue(builds.lesson("print('newer')"))
    await service.settled(push_id, LAND_S)
    await studio.ask("put", path="Workspace", **{"class": "Part", "name": "Mine"})
    await service.undo(push_id)
    after = [each for each in await studio.whole() if each["path"] != "Workspace/Mine"]
    assert after == before


async def test_a_studio_without_stream_clients_gets_its_lessons_over_plain_requests(
    service: StudioService, plugin_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_STREAMS", "1")
    async with LuneStudio(plugin_file) as studio:
        await connected(service)
        before = await studio.whole()
        long = "-- " + "x" * 1_000_000
        push_id = await service.queue(builds.scripts("print(1)\r\n", long), reviewed=True)
        push = await service.settled(push_id, LAND_S)
        assert (push.state, push.reason) == ("landed", "")
        landed = (await studio.tree())["ServerScriptService/Lesson/B"]
        assert landed["sha256"] == hashlib.sha256(long.encode()).hexdigest()
        await service.undo(push_id)
        assert await studio.whole() == before
        assert not [event for event in studio.events if event["event"] == "socket"]
