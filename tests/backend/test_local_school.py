"""Local school as a child process: up, back after a crash, and gone with its parent."""

import asyncio
import os
import random
import signal
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop.backend import local_school, session
from desktop.backend.local_school import LocalSchool, Ready, SchoolDidNotStart, SchoolIsOpen
from desktop.backend.transport import HttpTransport, Request
from desktop.classroom.instants import SystemClock
from tests.sync.world import ROOT


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[LocalSchool]:
    one = make(tmp_path)
    yield one
    await one.stop()


def make(folder: Path, command: list[str] | None = None) -> LocalSchool:
    return LocalSchool(
        folder / "school",
        folder / "logs" / "school.log",
        clock=SystemClock(),
        chance=random.Random(1),
        command=command,
    )


async def answers(url: str) -> bool:
    transport = HttpTransport(url)
    try:
        return (await transport.send(Request("GET", "/health/live"))).status == 200
    finally:
        await transport.close()


async def test_its_owner_signs_in_with_a_password_that_lies_nowhere(
    school: LocalSchool, tmp_path: Path
) -> None:
    ready = await school.start("empty")
    transport = HttpTransport(ready.url)
    tokens = await session.log_in(transport, school.owner.username, school.owner.password, "x")
    assert tokens.user.role == "teacher"
    await transport.close()
    secret = school.owner.password
    assert secret not in repr(ready)
    await school.stop()
    assert _files_with(secret, tmp_path) == []
    assert stat.S_IMODE((tmp_path / "logs" / "school.log").stat().st_mode) == 0o600


def _files_with(secret: str, folder: Path) -> list[Path]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [file for file in files if secret.encode() in file.read_bytes()]


async def test_it_comes_back_at_the_same_address_after_a_crash(school: LocalSchool) -> None:
    ready = await school.start("empty")
    back = asyncio.Event()
    told: list[Ready] = []

    async def listen(again: Ready) -> None:
        told.append(again)
        back.set()

    school.on_restart(listen)
    os.kill(ready.pid, signal.SIGKILL)
    await asyncio.wait_for(back.wait(), 30)
    assert told[0].pid != ready.pid
    assert told[0].url == ready.url
    assert await answers(school.ready.url)


async def test_a_stopped_school_stays_stopped(school: LocalSchool) -> None:
    ready = await school.start("empty")
    await school.stop()
    await school.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(ready.pid, 0)
    with pytest.raises(SchoolDidNotStart):
        _ = school.ready


async def test_a_second_school_on_the_same_data_says_why_it_does_not_start(
    school: LocalSchool, tmp_path: Path
) -> None:
    await school.start("empty")
    with pytest.raises(SchoolIsOpen, match="another window"):
        await make(tmp_path).start()


async def test_a_command_that_says_nonsense_is_no_school(tmp_path: Path) -> None:
    with pytest.raises(SchoolDidNotStart):
        await make(tmp_path, [sys.executable, "-c", "print('hello')"]).start()


async def test_a_command_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SchoolDidNotStart):
        await make(tmp_path, [str(tmp_path / "nothing")]).start()


def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import asyncio, random, sys, pathlib\n"
        "from desktop.backend.local_school import LocalSchool\n"
        "from desktop.classroom.instants import SystemClock\n"
        "async def main():\n"
        "    p = pathlib.Path(sys.argv[1])\n"
        "    s = LocalSchool(p / 'd', p / 'l', clock=SystemClock(), chance=random.Random(1))\n"
        "    print((await s.start('empty')).pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    for _ in range(200):
        if not _runs(pid):
            return
        asyncio.run(asyncio.sleep(0.05))
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the school outlived its parent")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_frozen_app_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert local_school.own_command() == [sys.executable]
