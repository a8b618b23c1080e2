"""Studio's own MCP server as a road: the plugin's modules run in Lune, call by call."""

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.studio.errors import CannotUndo
from desktop.studio.server import chunk, road, socket
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.lune import LuneStudio
from tests.studio.mcp import BEFORE_IT, Json, McpStudio, serving

LAND_S = 40.0


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(road, "AGAIN_S", 0.1)
    monkeypatch.setattr(road, "LOOK_S", 0.2)
    monkeypatch.setattr(socket, "LOOK_S", 0.2)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[McpStudio]:
    async with LuneStudio(None) as studio, serving(tmp_path, studio=studio) as double:
        yield double


async def connect(service: StudioService, server: McpStudio) -> None:
    await service.take_road("server", server.program)
    await builds.until(lambda: service.windows())


def commits(server: McpStudio, name: str = "ToolBoxAI: Fractions") -> list[str]:
    """How the recordings of that name ended."""
    return [one["operation"] for one in server.studio.events if one.get("name") == name]


def brings_commit(code: str) -> bool:
    return '\\"type\\":\\"commit\\"' in code


async def test_a_lesson_lands_verified_as_one_step_and_one_undo_restores_the_exact_tree(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    assert [(one.place_name, one.through) for one in service.windows()] == [
        ("Lune place", "server")
    ]
    before = await server.studio.whole()
    push_id = await service.queue(builds.lesson())
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("landed", "")
    tree = await server.studio.tree()
    for path, source in builds.lesson().scripts.items():
        assert tree[path]["sha256"] == hashlib.sha256(source.encode()).hexdigest()
    assert commits(server) == ["Commit"]
    assert {one["studio_id"] for one in server.calls} == {"studio-1"}
    assert {one["datamodel_type"] for one in server.calls} == {"Edit"}
    await server.studio.ask("undo")
    assert await server.studio.whole() == before
    await builds.until(lambda: service.push(push_id).state == "undone")


async def test_the_apps_undo_takes_a_push_back_also_after_the_app_was_closed(
    service: StudioService, server: McpStudio, cache: Cache, profile: Path
) -> None:
    await connect(service, server)
    first = await service.queue(builds.scripts("print(1)"))
    assert (await service.settled(first, LAND_S)).state == "landed"
    before = await server.studio.whole()
    second = await service.queue(builds.scripts("print(2)"))
    assert (await service.settled(second, LAND_S)).state == "landed"
    await service.stop()
    again = StudioService(
        cache,
        SystemClock(),
        random.Random(3),
        profile,
        platform_port=0,
        road="server",
        server_program=server.program,
    )
    await again.start()
    try:
        await builds.until(lambda: again.windows())
        await again.undo(second)
        assert await server.studio.whole() == before
        with pytest.raises(CannotUndo, match="not in Studio"):
            await again.undo(second)
    finally:
        await again.stop()


async def test_what_was_changed_by_hand_is_asked_about_and_nothing_is_touched_until_then(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    first = await service.queue(builds.scripts("print(1)"))
    await service.settled(first, LAND_S)
    path = "ServerScriptService/Lesson/A"
    await server.studio.ask("edit", path=path, property="Source", value="print('mine')")
    before = await server.studio.whole()
    push_id = await service.queue(builds.scripts("print(2)"))
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("conflict", "A was changed in Studio since it landed.")
    assert [one.action for one in service.items(push_id)] == ["unchanged", "conflict"]
    assert await server.studio.whole() == before
    await service.resolve(push_id, "replace")
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    tree = await server.studio.tree()
    assert tree[path]["sha256"] == hashlib.sha256(b"print(2)").hexdigest()
    backups = [one for one in tree if one.startswith("ServerStorage/ToolBoxAI Backups/")]
    assert backups


async def test_what_reads_back_differently_is_cancelled_and_leaves_no_trace(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    before = await server.studio.whole()
    await server.studio.ask("spoil", how="source")
    push_id = await service.queue(builds.scripts("print(2)\r\nprint(3)"))
    push = await service.settled(push_id, LAND_S)
    assert push.state == "failed"
    assert "reads back differently" in push.reason
    assert commits(server) == ["Cancel"]
    assert await server.studio.whole() == before


async def test_a_lost_answer_is_asked_about_and_never_made_again(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    server.loses = brings_commit
    push_id = await service.queue(builds.lesson())
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    assert commits(server) == ["Commit"]
    assert sum(brings_commit(one["code"]) for one in server.calls) == 1


async def test_a_program_that_dies_before_studio_heard_lands_the_push_once_when_it_is_back(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    died = []

    def dies(message: Json) -> list[bytes] | None:
        called = message.get("params", {}).get("arguments", {})
        if brings_commit(called.get("code", "")) and not died:
            died.append(message)
            server.hang_up()
            return []
        return None

    server.instead = dies
    push_id = await service.queue(builds.lesson())
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    assert died
    assert commits(server) == ["Commit"]


async def test_a_long_source_goes_in_by_slices_that_each_fit_a_script(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    await server.studio.ask("forget", on=True)
    source = "-- " + "é" * 240_000
    push_id = await service.queue(builds.scripts(source), reviewed=True)
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("landed", "")
    landed = (await server.studio.tree())["ServerScriptService/Lesson/A"]
    assert landed["sha256"] == hashlib.sha256(source.encode()).hexdigest()
    longest = max(len(one["code"]) for one in server.calls)
    assert longest <= chunk.MOST_CHARACTERS
    assert len(server.calls) > 600_000 / chunk.PIECE_CHARACTERS


async def test_the_server_before_it_which_makes_a_step_of_every_call_lands_a_lesson_too(
    service: StudioService, server: McpStudio
) -> None:
    server.tools, server.records = BEFORE_IT, True
    server.dress = lambda text: f"[OUTPUT] busy\n[RETURNED RESULTS] {text}\n"
    await connect(service, server)
    push_id = await service.queue(builds.lesson())
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("landed", "")
    assert commits(server) == ["Commit"]
    await service.undo(push_id)
    assert not [path for path in await server.studio.tree() if "Lesson" in path]
    # It is looked at rarely then; being told to stop does not wait for that.
    await asyncio.wait_for(service.take_road("plugin"), LAND_S)


async def test_a_push_waits_while_studio_runs_a_play_test(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    await server.studio.ask("play_test", on=True)
    push_id = await service.queue(builds.scripts("print(1)"))
    await builds.until(lambda: "play test" in service.push(push_id).reason)
    await server.studio.ask("play_test", on=False)
    assert (await service.settled(push_id, LAND_S)).state == "landed"


async def test_a_server_that_forgets_between_calls_is_told_of_in_a_sentence(
    service: StudioService, server: McpStudio
) -> None:
    server.forgets = True
    await service.take_road("server", server.program)
    await builds.until(lambda: service.road_problem)
    assert "forgets between two calls" in str(service.road_problem)
    server.forgets = False
    await builds.until(lambda: service.windows() and service.road_problem is None)


async def test_studio_closed_in_the_middle_keeps_the_push_for_the_next_one(
    service: StudioService, server: McpStudio
) -> None:
    await connect(service, server)
    server.is_on = False
    server.hang_up()
    await builds.until(lambda: not service.windows())
    push_id = await service.queue(builds.scripts("print(1)"))
    await builds.until(lambda: "is not on" in str(service.road_problem))
    assert service.push(push_id).state == "queued"
    server.is_on = True
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    await asyncio.wait_for(service.take_road("plugin"), LAND_S)
    assert service.windows() == []
