"""The client of Studio's own MCP server: what it says, and what it makes of whatever comes back."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop.studio.server import client, road
from desktop.studio.server.chunk import Forgotten, NoAnswer, read
from desktop.studio.server.client import McpClient, ServerGone, ServerRefused
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.mcp import (
    BUILT_IN,
    LISTER,
    TEXT,
    Json,
    McpStudio,
    content,
    reply,
    schema,
    serving,
)

RUNNER = BUILT_IN[-1]


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[McpStudio]:
    """A server whose Studio nobody asks for anything."""
    async with serving(tmp_path) as double:
        yield double


@contextlib.asynccontextmanager
async def started(server: McpStudio) -> AsyncIterator[McpClient]:
    made = McpClient([server.program])
    try:
        await made.start()
        yield made
    finally:
        await made.close()


def is_running(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.split()[0] != "Z"


async def test_it_greets_as_the_protocol_wants_and_reads_every_page_of_tools(
    server: McpStudio,
) -> None:
    async with started(server) as made:
        assert [tool.name for tool in await made.tools()] == [one["name"] for one in BUILT_IN]
    greeting, initialized, *_ = server.said
    assert greeting["method"] == "initialize"
    assert greeting["params"]["clientInfo"]["name"] == "ToolBoxAI Companion"
    assert initialized == {"jsonrpc": "2.0", "method": "notifications/initialized"}


async def test_it_answers_a_ping_and_offers_the_server_nothing_else(server: McpStudio) -> None:
    async with started(server) as made:
        await server.say(b'{"jsonrpc":"2.0","id":"a","method":"ping"}')
        await server.say(b'{"jsonrpc":"2.0","id":7,"method":"sampling/createMessage","params":{}}')
        await server.say(b'{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}')
        await made.tools()
    answers = {message["id"]: message for message in server.said if "method" not in message}
    assert answers["a"]["result"] == {}
    assert answers[7]["error"]["code"] == -32601


async def test_what_is_no_message_is_passed_over_and_too_much_of_it_ends_the_line(
    server: McpStudio,
) -> None:
    async with started(server) as made:
        for line in (b"", b"INFO ready", b"[1,2]", b'{"id":999,"result":{}}', b"[" * 50_000):
            await server.say(line)
        assert len(await made.tools()) == len(BUILT_IN)
        await server.say(b"\n".join([b"nonsense"] * (client.MOST_NONSENSE + 1)))
        with pytest.raises(ServerGone, match="no MCP"):
            await asyncio.gather(*(made.tools() for _ in range(50)))


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (b'{"id":%d,"result":"' + b"x" * (client.LINE_BYTES + 10) + b'"}', "more at once"),
        (b'{"id":%d,"result":{"content":[{"type":"text","text":7}]}}', "no MCP"),
        (b'{"id":%d,"result":[]}', "no MCP"),
    ],
    ids=["a line without end", "a text that is a number", "a result that is a list"],
)
async def test_an_answer_that_makes_no_sense_ends_the_line(
    server: McpStudio, told: bytes, reason: str
) -> None:
    server.instead = lambda message: (
        [told % message["id"]] if message.get("method") == "tools/call" else None
    )
    async with started(server) as made:
        with pytest.raises(ServerGone, match=reason):
            await made.call("execute_luau", {})


async def test_a_tool_that_fails_says_so_and_one_that_is_silent_is_given_up_and_told(
    server: McpStudio,
) -> None:
    def instead(message: Json) -> list[bytes] | None:
        if message.get("method") != "tools/call":
            return None
        if message["params"]["name"] == "silent":
            return []
        return [reply(message, content("Unable to reach Roblox Studio", is_error=True))]

    server.instead = instead
    async with started(server) as made:
        with pytest.raises(ServerRefused, match="Unable to reach"):
            await made.call("execute_luau", {})
        with pytest.raises(TimeoutError):
            await made.call("silent", {}, seconds=0.1)
        await made.tools()
    assert "notifications/cancelled" in [message.get("method") for message in server.said]


async def test_a_program_that_does_not_end_is_ended_with_what_it_started(tmp_path: Path) -> None:
    async with serving(tmp_path, "stubborn") as server:
        before = time.monotonic()
        async with started(server) as made:
            await made.tools()
            (child,) = server.children
            assert is_running(child)
        await builds.until(lambda: not is_running(child))
        assert time.monotonic() - before < 60


async def test_a_file_that_is_no_program_is_told_of(tmp_path: Path) -> None:
    file = tmp_path / "StudioMCP"
    file.write_text("no program", encoding="utf-8")
    with pytest.raises(ServerGone, match="denied"):
        await McpClient([file]).start()


def test_an_answer_is_found_in_whatever_a_tool_puts_around_it() -> None:
    body = (
        "%7B%22said%22%3A%22%C2%BD%22%2C%22more%22%3Afalse%2C%22atWork%22%3Afalse%2C"
        "%22recorded%22%3Afalse%2C%22closed%22%3A%22%22%2C%22placeId%22%3A1%2C"
        "%22placeName%22%3A%22A%22%2C%22mode%22%3A%22edit%22%2C%22studio%22%3A%221%22%7D"
    )
    marked = f"TBX1:ab:{body}:ab"
    for text in (marked, f"[OUTPUT] x\n[RETURNED RESULTS] {marked}\n", json.dumps([marked])):
        assert read(text, "ab").said == "½"
    with pytest.raises(NoAnswer):
        read(marked, "cd")  # it is the answer to another call
    with pytest.raises(Forgotten):
        read("TBX1:ab:forgotten:ab", "ab")
    with pytest.raises(NoAnswer, match="no such service"):
        read("TBX1:ab:fault:no%20such%0Aservice:ab", "ab")
    for nonsense in ("", "TBX1:ab::ab", "TBX1:ab:%7B%7D:ab", "TBX1:ab:" + "%5B" * 9_000 + ":ab"):
        with pytest.raises(NoAnswer):
            read(nonsense, "ab")


@pytest.mark.parametrize(
    ("tools", "sentence"),
    [
        ([LISTER], "offers nothing that a lesson could go in by"),
        ([LISTER, {"name": "run_anything", "inputSchema": schema("code", code=TEXT)}], "nothing"),
        ([{"name": "execute_luau", "inputSchema": schema("script", script=TEXT)}], "nothing"),
        (
            [{"name": "run_code", "inputSchema": schema("command", "password", command=TEXT)}],
            "told “password” with every lesson",
        ),
        ([], "its own server is not on"),
    ],
    ids=["no tool", "an unknown name", "an unknown argument", "a further one", "nothing at all"],
)
async def test_a_server_without_a_way_in_is_told_of_in_a_sentence_and_not_guessed_at(
    service: StudioService, server: McpStudio, tools: list[Json], sentence: str
) -> None:
    server.tools, server.is_on = tools, bool(tools)
    await service.take_road("server", server.program)
    await builds.until(lambda: service.road_problem)
    assert sentence in str(service.road_problem)
    assert server.calls == []


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (content("The code is too long."), "It said: “The code is too long.”"),
        (content("x" * 5_000), "It said: “" + "x" * 200 + "” "),
        (content(""), "did not say why"),
        (content("Unable to reach Roblox Studio", is_error=True), "is not on"),
    ],
    ids=["too long", "a flood", "nothing", "no studio"],
)
async def test_a_studio_that_does_not_run_it_is_told_of_in_a_sentence(
    service: StudioService, server: McpStudio, answer: Json, sentence: str
) -> None:
    def instead(message: Json) -> list[bytes] | None:
        runs = message.get("params", {}).get("name") == "execute_luau"
        return [reply(message, answer)] if runs else None

    server.instead = instead
    road_looks = road.LOOK_S
    road.LOOK_S = 0.05
    try:
        await service.take_road("server", server.program)
        await builds.until(lambda: service.road_problem)
    finally:
        road.LOOK_S = road_looks
    assert sentence in f"{service.road_problem} "
    assert service.windows() == []


async def test_a_program_that_is_not_there_is_told_of(
    service: StudioService, tmp_path: Path
) -> None:
    await service.take_road("server", tmp_path / "StudioMCP")
    await builds.until(lambda: service.road_problem)
    assert f"not found at {tmp_path / 'StudioMCP'}" in str(service.road_problem)


async def test_no_program_is_started_unless_the_road_is_chosen(
    service: StudioService, server: McpStudio
) -> None:
    assert service.road == "plugin"
    await asyncio.sleep(0.2)
    assert server.said == []
    await service.take_road("server", server.program)
    await builds.until(lambda: server.said)
    await service.take_road("plugin")
    assert service.road_problem is None
