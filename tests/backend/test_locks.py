"""A lock between processes, awaited."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.backend import locks
from desktop.classroom.instants import SystemClock

CLOCK = SystemClock()


async def test_two_holders_take_turns(tmp_path: Path) -> None:
    order: list[str] = []

    async def work(name: str) -> None:
        async with locks.held(tmp_path / "lock", CLOCK, 5):
            order.append(name)
            await asyncio.sleep(0.1)
            order.append(name)

    await asyncio.gather(work("a"), work("b"))
    assert order in (["a", "a", "b", "b"], ["b", "b", "a", "a"])


async def test_a_lock_that_does_not_come_free_is_said(tmp_path: Path) -> None:
    async with locks.held(tmp_path / "lock", CLOCK, 1):
        with pytest.raises(locks.HeldElsewhere):
            async with locks.held(tmp_path / "lock", CLOCK, 0.1):
                pass


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    async def take(timeout_s: float) -> None:
        async with locks.held(tmp_path / "lock", CLOCK, timeout_s):
            pass

    code = (
        "import filelock, sys, time\n"
        "lock = filelock.FileLock(sys.argv[1])\n"
        "lock.acquire(); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(locks.HeldElsewhere):
            asyncio.run(take(0.1))
        other.kill()
    asyncio.run(take(1))
