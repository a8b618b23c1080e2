"""A cache with a key: unreadable without it, encrypted where it lay, and repaired."""

import contextlib
import errno
import os
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from desktop.storage import backup, driver, outbox, records, restoring, sealing, sending
from desktop.storage.cache import Cache
from desktop.storage.errors import LockedCache
from desktop.storage.presence import Presence

KEY, OTHER = b"k" * 32, b"o" * 32
NAME = "Wilhelmina Unmistakable"


@pytest.fixture
def opened(tmp_path: Path, clock: Any) -> Any:
    """Opens the cache of this test with a key; each is closed at the end."""
    caches: list[Cache] = []

    def open_it(key: bytes | None = KEY) -> Cache:
        cache = Cache.open(tmp_path / "account", clock=clock, chance=random.SystemRandom(), key=key)
        caches.append(cache)
        return cache

    yield open_it
    for cache in caches:
        cache.close()


def _make(tx: Any, name: str = NAME) -> outbox.Edit:
    return outbox.create(tx, "students", {"given_name": name, "class_ids": []})


def _names(cache: Cache) -> list[str]:
    return [one.local["given_name"] for one in cache.read(lambda c: records.find(c, "students"))]


def _anywhere(folder: Path, text: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and text in file.read_bytes()]


def test_nothing_in_the_folder_can_be_read_without_the_key(opened: Any) -> None:
    cache = opened()
    cache.write(_make).result()
    cache.back_up().result()
    assert _anywhere(cache.folder, NAME.encode()) == []  # the log beside the open file too
    cache.close()
    assert _anywhere(cache.folder, NAME.encode()) == []
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(cache.file).execute("SELECT * FROM sqlite_master")
    assert _names(opened()) == [NAME]


@pytest.mark.parametrize("key", [None, OTHER])
def test_without_its_key_a_cache_is_locked_and_left_untouched(opened: Any, key: Any) -> None:
    cache = opened()
    cache.write(_make).result()
    cache.close()
    before = cache.file.read_bytes()
    with pytest.raises(LockedCache, match="cache unlock"):
        opened(key)
    assert cache.file.read_bytes() == before
    assert not list(cache.folder.glob("damaged-*"))
    assert _names(opened()) == [NAME]


def test_a_plain_cache_is_encrypted_where_it_lies_with_its_copies(opened: Any) -> None:
    plain = opened(None)
    plain.write(_make).result()
    plain.back_up().result()
    plain.close()
    assert len(_anywhere(plain.folder, NAME.encode())) == 2
    sealed = opened()
    assert _anywhere(sealed.folder, NAME.encode()) == []
    assert _names(sealed) == [NAME]
    assert sealed.read(sending.count) == 1
    edit = sealed.write(_make).result()  # numbers go on where they were
    assert [op.id for op in sealed.read(sending.waiting)][-1] == edit.id
    (copy,) = backup.copies(sealed.folder)[-1:]
    assert backup.check(copy, KEY).fault == ""
    assert backup.check(copy, KEY).encrypted
    assert backup.fault_of(copy, OTHER)


def test_while_another_process_has_a_plain_cache_open_it_stays_plain(opened: Any) -> None:
    plain = opened(None)
    second = opened()
    assert second.key is None
    second.write(_make).result()
    assert _names(plain) == [NAME]
    plain.close()
    second.close()
    assert opened().key == KEY


@pytest.mark.parametrize("moment", ["sync_to_disk", "note"])
def test_encrypting_that_is_cut_short_leaves_the_plain_cache_and_goes_on_next_time(
    opened: Any, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    plain = opened(None)
    plain.write(_make).result()
    plain.close()

    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(driver if moment == "sync_to_disk" else sealing, moment, cut)
        with pytest.raises(KeyboardInterrupt):
            opened()
    assert driver.is_plain(plain.file)
    assert _names(opened(None)) == [NAME]
    assert not list(plain.folder.glob("unfinished-*"))


@pytest.mark.logs("not everything could be encrypted")
def test_without_room_to_encrypt_the_work_goes_on_plain(
    opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = opened(None)
    plain.write(_make).result()
    plain.close()

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(driver, "sync_to_disk", full)
        unsealed = opened()
    assert unsealed.key is None
    assert _names(unsealed) == [NAME]
    unsealed.close()
    assert _names(opened()) == [NAME]
    assert _anywhere(plain.folder, NAME.encode()) == []


def test_what_was_left_half_made_is_swept_away(opened: Any) -> None:
    cache = opened()
    cache.close()
    (cache.folder / "unfinished-x").touch()
    (cache.folder / "backups").mkdir(exist_ok=True)
    (cache.folder / "backups" / "unfinished-y").touch()
    opened().close()
    assert not list(cache.folder.rglob("unfinished-*"))


@pytest.mark.logs("a damaged cache was put aside")
@pytest.mark.parametrize("page", [0, 1, 5, 9])
def test_a_damaged_encrypted_cache_is_repaired_with_the_same_key(opened: Any, page: int) -> None:
    cache = opened()
    cache.write(_make).result()
    cache.back_up().result()
    cache.close()
    with cache.file.open("r+b") as file:
        file.seek(page * 4096 + 100)
        file.write(os.urandom(200))
    (cache.folder / "open-dead.lock").touch()
    again = opened()
    assert _names(again) == [NAME]
    assert again.read(sending.count) == 1
    assert "rescued" in again.notice
    again.close()
    assert _anywhere(cache.folder, NAME.encode()) == []


def test_no_other_sqlite_touches_a_cache_in_this_process() -> None:
    folder = Path(driver.__file__).parent
    for module in folder.rglob("*.py"):
        assert "sqlite3.connect" not in module.read_text(encoding="utf-8"), module


def _sealed_before(file: Path, key: bytes) -> None:
    """Seal a file in the way of SQLCipher's defaults, as older versions did."""
    older = file.with_name("older")
    with contextlib.closing(driver.connect(file, key)) as now:
        now.execute("PRAGMA journal_mode = DELETE").fetchone()
        now.execute("ATTACH DATABASE ? AS older KEY ?", (str(older), f"x'{key.hex()}'"))
        now.execute("SELECT sqlcipher_export('older')").fetchone()
        now.execute("DETACH DATABASE older")
    older.replace(file)
    assert driver.is_sealed_as_before(file, key)


def test_a_cache_that_was_sealed_as_before_is_sealed_anew_with_its_copies(opened: Any) -> None:
    cache = opened()
    cache.write(_make).result()
    cache.back_up().result()
    cache.close()
    for file in (cache.file, *backup.copies(cache.folder)):
        _sealed_before(file, KEY)
    again = opened()
    assert _names(again) == [NAME]
    assert again.read(sending.count) == 1
    again.write(_make).result()
    again.back_up().result()
    assert _anywhere(again.folder, NAME.encode()) == []
    for file in (again.file, *backup.copies(again.folder)):
        assert not driver.is_sealed_as_before(file, KEY)
        assert backup.fault_of(file, KEY) == ""


def test_what_was_sealed_as_before_is_read_while_another_window_has_it_open(opened: Any) -> None:
    cache = opened()
    cache.write(_make).result()
    cache.close()
    _sealed_before(cache.file, KEY)
    other_window = Presence(cache.folder)
    beside = opened()
    assert _names(beside) == [NAME]
    beside.write(_make).result()
    beside.back_up().result()
    beside.close()
    assert driver.is_sealed_as_before(cache.file, KEY)
    assert [backup.fault_of(copy, KEY) for copy in backup.copies(cache.folder)] == [""]
    other_window.leave(clean=True)
    assert _names(opened()) == [NAME, NAME]
    assert not driver.is_sealed_as_before(cache.file, KEY)


def test_a_copy_that_was_sealed_as_before_can_be_put_back(opened: Any, clock: Any) -> None:
    cache = opened()
    cache.write(_make).result()
    cache.back_up().result()
    cache.close()
    (copy,) = backup.copies(cache.folder)
    _sealed_before(copy, KEY)
    restoring.restore(cache.folder, copy, now=clock.now(), key=KEY)
    assert _names(opened()) == [NAME]
    assert not driver.is_sealed_as_before(cache.file, KEY)
