"""The Studio commands as a script has them: real processes, their JSON, their exit codes."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.studio import pairing, rbxmx
from desktop.studio.simulator import SimulatedStudio
from tests.studio import builds, mcp
from tests.studio.conftest import free_port
from tests.studio.lune import LuneStudio


@dataclass(frozen=True)
class Done:
    code: int
    told: Any
    said: str


@pytest.fixture
def ports() -> str:
    """Two free ports below 49152, as the settings want them."""
    found: list[str] = []
    while len(found) < 2:
        port = free_port()
        if port < 49_152:
            found.append(str(port))
    return " ".join(found)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def start(home: Path, ports: str, *arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "desktop", "--profile", str(home), "--json", *map(str, arguments)]


def environment(ports: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "TOOLBOXAI" not in name}
    return {**kept, "TOOLBOXAI_BRIDGE_PORTS": ports}


def ask(home: Path, ports: str, *arguments: str | Path) -> Done:
    done = subprocess.run(
        start(home, ports, *arguments),
        env=environment(ports),
        capture_output=True,
        text=True,
        timeout=60,
    )
    return Done(done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr)


async def ask_beside(home: Path, ports: str, *arguments: str | Path) -> Done:
    return await asyncio.to_thread(ask, home, ports, *arguments)


@contextlib.asynccontextmanager
async def serving(home: Path, ports: str) -> AsyncIterator[dict[str, Any]]:
    """`bridge serve` in a process of its own, ended with SIGTERM."""
    process = await asyncio.create_subprocess_exec(
        *start(home, ports, "bridge", "serve"),
        env=environment(ports),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    yield json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 20) == 0


@pytest.fixture
def model(tmp_path: Path) -> Path:
    file = tmp_path / "lesson.rbxmx"
    file.write_bytes(rbxmx.write_build(builds.lesson()))
    return file


def test_scan_says_what_it_found_and_refuses_what_may_not_go_in(
    home: Path, ports: str, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.luau", tmp_path / "bad.luau"
    good.write_text("print(1)")
    bad.write_text("print(1)\nloadstring('x')()")
    done = ask(home, ports, "scan", good)
    assert (done.code, done.told) == (0, {"verdict": "ok", "findings": []})
    done = ask(home, ports, "scan", good, bad)
    assert done.code == 5
    assert done.told["verdict"] == "blocked"
    (finding,) = done.told["findings"]
    assert (finding["rule"], finding["line"]) == ("run_text", 2)
    assert "loadstring" in finding["text"]


def test_scan_reads_models_and_says_what_it_cannot_read(
    home: Path, ports: str, model: Path, tmp_path: Path
) -> None:
    assert ask(home, ports, "scan", model).told["verdict"] == "ok"
    hostile = tmp_path / "hostile.rbxmx"
    hostile.write_bytes(rbxmx.write([builds.script("A", "require(1)")]))
    done = ask(home, ports, "scan", hostile)
    assert (done.code, done.told["findings"][0]["rule"]) == (5, "require")
    assert ask(home, ports, "scan", tmp_path / "missing.luau").code == 2
    (tmp_path / "image.luau").write_bytes(b"\xff\xd8\xff")
    assert ask(home, ports, "scan", tmp_path / "image.luau").code == 2


def test_the_plugin_is_installed_looked_at_and_removed(
    home: Path, ports: str, tmp_path: Path
) -> None:
    folder = tmp_path / "Plugins"
    done = ask(home, ports, "plugin", "install", "--folder", folder)
    assert done.code == 0
    assert Path(done.told["path"]).is_file()
    assert done.told["ports"] == [int(port) for port in ports.split()]
    assert done.told["version"]
    found = ask(home, ports, "plugin", "status", "--folder", folder).told
    assert (found["installed"], found["ours"]) == (True, True)
    assert not ask(home, ports, "plugin", "remove", "--folder", folder).told["installed"]
    assert not list(folder.iterdir())


def test_a_push_without_studio_is_queued_and_listed(home: Path, ports: str, model: Path) -> None:
    done = ask(home, ports, "push", model, "--wait", "0")
    assert (done.code, done.told["state"]) == (3, "queued")
    assert "Studio" in done.said
    (listed,) = ask(home, ports, "pushes").told
    assert (listed["push_id"], listed["state"]) == (done.told["push_id"], "queued")


def test_a_push_that_fails_the_scan_is_refused(home: Path, ports: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.rbxmx"
    file.write_bytes(rbxmx.write([builds.script("A", "getfenv()")]))
    done = ask(home, ports, "push", file, "--wait", "0")
    assert (done.code, done.told) == (5, None)
    assert "may not go into Studio" in done.said
    assert ask(home, ports, "pushes").told == []


def test_a_push_of_nothing_that_is_known_is_wrong_use(
    home: Path, ports: str, tmp_path: Path
) -> None:
    assert ask(home, ports, "push", tmp_path / "missing.rbxmx").code == 2
    assert ask(home, ports, "push", "undo", "no-such-push", "--wait", "0").code == 2
    broken = tmp_path / "broken.rbxmx"
    broken.write_text("no xml")
    assert ask(home, ports, "push", broken).code == 2


async def test_push_and_undo_run_their_own_bridge_when_none_runs(
    home: Path, ports: str, model: Path
) -> None:
    pairing.load_or_make(home, tuple(int(port) for port in ports.split()))
    async with SimulatedStudio(home) as studio:
        before = studio.tree_hash()
        done = await ask_beside(home, ports, "push", model, "--wait", "30")
        assert (done.code, done.told["state"]) == (0, "landed")
        hashes = {each["path"]: each.get("sha256") for each in studio.tree()}
        for item in done.told["items"]:
            assert hashes[item["path"]] == (item["source_sha256"] or None)
        undone = await ask_beside(home, ports, "push", "undo", done.told["push_id"], "--wait", "30")
        assert (undone.code, undone.told["state"]) == (0, "undone")
        assert studio.tree_hash() == before


async def test_push_hands_over_to_a_running_bridge_and_asks_about_conflicts(
    home: Path, ports: str, model: Path
) -> None:
    async with serving(home, ports) as told:
        assert told["url"] == f"http://127.0.0.1:{told['ports'][0]}"
        async with SimulatedStudio(home) as studio:
            done = await ask_beside(home, ports, "push", model, "--wait", "30")
            assert (done.code, done.told["state"]) == (0, "landed")
            studio.edit("ServerScriptService/Lesson/Main", "Source", "mine = 1")
            mine = studio.tree_hash()
            done = await ask_beside(home, ports, "push", model, "--wait", "30")
            assert (done.code, done.told["state"]) == (4, "conflict")
            assert studio.tree_hash() == mine
            keep = ("--wait", "30", "--on-conflict", "replace")
            done = await ask_beside(home, ports, "push", model, *keep)
            assert (done.code, done.told["state"]) == (0, "landed")
            assert studio.tree_hash() != mine
            undone = await ask_beside(home, ports, "push", "undo", done.told["push_id"])
            assert (undone.code, undone.told["state"]) == (0, "undone")
            assert studio.tree_hash() == mine


async def test_a_second_bridge_of_a_profile_says_so(home: Path, ports: str) -> None:
    async with serving(home, ports):
        done = await ask_beside(home, ports, "bridge", "serve")
        assert done.code == 1
        assert "already connected" in done.said


async def test_studios_own_server_is_chosen_looked_at_and_lands_a_push(
    home: Path, ports: str, model: Path, tmp_path: Path
) -> None:
    async with LuneStudio(None) as studio, mcp.serving(tmp_path, studio=studio) as server:
        done = await ask_beside(home, ports, "studio-server", "on", "--program", server.program)
        assert (done.code, done.told["road"]) == (0, "server")
        assert "not tried against every version" in done.said
        done = await ask_beside(home, ports, "studio-server", "status")
        assert (done.code, done.told) == (
            0,
            {
                "road": "server",
                "program": str(server.program),
                "tool": "execute_luau",
                "studios": 1,
                "problem": "",
            },
        )
        done = await ask_beside(home, ports, "push", model, "--wait", "30")
        assert (done.code, done.told["state"]) == (0, "landed")
        assert "Workspace/Lesson/Line" in await studio.tree()
        done = await ask_beside(home, ports, "push", "undo", done.told["push_id"])
        assert done.code == 0
        assert "Workspace/Lesson" not in await studio.tree()
        server.is_on = False
        done = await ask_beside(home, ports, "studio-server", "status")
        assert done.code == 1
        assert "Enable Studio as MCP server" in done.told["problem"]
        done = await ask_beside(home, ports, "studio-server", "off")
        assert (done.code, done.told["road"]) == (0, "plugin")
