"""The file of a cache is damaged anywhere: after the next sync, each edit is at school or named."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.backend import accounts, locks
from desktop.storage.cache import FILE, Cache
from desktop.sync.engine import SyncEngine
from tests.sync.world import Device, School, devices

PAGE = 4096
DOUBT = "check your newest changes"
KEYS = {"plain": None, "encrypted": b"k" * 32}
Damage = Callable[[Path, random.Random], None]


def _scribble(file: Path, start: int, size: int, chance: random.Random) -> None:
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(chance.randbytes(size))


def header(file: Path, chance: random.Random) -> None:
    _scribble(file, 0, chance.choice((16, 100, PAGE)), chance)


def middle(file: Path, chance: random.Random) -> None:
    pages = file.stat().st_size // PAGE
    for _ in range(chance.randint(1, 5)):
        _scribble(file, chance.randrange(1, pages) * PAGE + chance.randrange(3_000), 300, chance)


def tail(file: Path, chance: random.Random) -> None:
    size = file.stat().st_size
    _scribble(file, size - chance.randint(1, 8) * PAGE, PAGE, chance)


def cut(file: Path, chance: random.Random) -> None:
    with file.open("r+b") as opened:
        opened.truncate(chance.choice((0, 1, PAGE, file.stat().st_size // 2)))


def log(file: Path, chance: random.Random) -> None:
    beside = file.with_name(FILE + "-wal")
    size = beside.stat().st_size
    start = chance.choice((0, 32 + (PAGE + 24) * chance.randint(0, 3)))
    with beside.open("r+b") as opened:
        opened.seek(start)
        opened.write(b"\0" * (size - start if chance.random() < 0.5 else PAGE + 24))


def _reopen(device: Device, folder: Path, key: bytes | None) -> None:
    device.cache = Cache.open(folder, clock=device.clock, chance=device.chance, who="Ana", key=key)
    lock = accounts.Place(folder).sync_lock
    device.engine = SyncEngine(
        device.cache, device.client, clock=device.clock,
        lock=lambda: locks.held(lock, device.clock, 5.0),
    )  # fmt: skip


def _leave_as_a_crash_would(cache: Cache, folder: Path) -> None:
    """The files as they lie on the disk in the middle of work, in `folder`."""
    shutil.copytree(cache.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    (folder / f"{FILE}-shm").unlink(missing_ok=True)
    (folder / "open-dead.lock").touch()


@pytest.mark.logs("a damaged cache was put aside")
@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("damage", [header, middle, tail, cut, log])
@pytest.mark.parametrize("seed", range(3))
async def test_each_edit_is_at_school_or_named(
    tmp_path: Path, school: School, seed: int, damage: Damage, kind: str
) -> None:
    chance = random.Random(f"{seed} {damage.__name__} {kind}")
    async with devices(tmp_path, school, "desk", "witness") as (desk, witness):
        desk.cache.close()
        _reopen(desk, desk.cache.folder, KEYS[kind])
        old = desk.create("classes", name="Sent before")
        for number in range(60):
            desk.create("classes", name=f"Class {number}")
        await desk.round()
        edited = [desk.edit("classes", old, room="Unsent")]
        made = [desk.create("classes", name=f"Unsent {number}") for number in range(20)]
        if seed:
            desk.cache.back_up().result()
        if damage is log:
            made.append(desk.create("classes", name="Newest"))
            crashed = tmp_path / "crashed"
            _leave_as_a_crash_would(desk.cache, crashed)
            desk.cache.close()
        else:
            desk.cache.close()
            crashed = desk.cache.folder
            (crashed / "open-dead.lock").touch()
        damage(crashed / FILE, chance)

        _reopen(desk, crashed, KEYS[kind])
        notice = desk.cache.notice
        await desk.round()
        await desk.round()
        assert desk.waiting() == []
        await witness.round()
        told = [witness.see("classes", one) is not None for one in made]
        told.append((witness.see("classes", old) or {}).get("room") == "Unsent")
        assert all(told) or DOUBT in notice
        if notice:
            assert list(crashed.glob("damaged-*"))
        if seed and damage is not log:
            assert all(told), "a copy held every edit"
        assert edited
        again = desk.create("classes", name="After")
        await desk.round()
        assert desk.see("classes", again)
