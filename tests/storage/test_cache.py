"""The cache: one that writes, many that read, subscribers told, and faults in sentences."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest

from desktop.storage import connections, outbox, records, sending
from desktop.storage.cache import EVERYTHING, Cache
from desktop.storage.errors import CacheBusy, CacheClosed, DiskFull, NewerCache


def _count(connection: Any) -> int:
    return connection.execute("SELECT count(*) FROM record").scalar()


def _make_class(tx: Any, name: str = "5B") -> outbox.Edit:
    return outbox.create(tx, "classes", {"name": name})


def test_what_was_written_is_there_after_closing_and_opening(open_cache: Any) -> None:
    cache = open_cache()
    edit = cache.write(_make_class).result()
    cache.close()
    again = open_cache()
    found = again.read(lambda c: records.get(c, "classes", edit.id))
    assert found.local["name"] == "5B"
    assert again.read(sending.count) == 1


def test_work_that_fails_leaves_nothing_and_its_future_raises(cache: Cache) -> None:
    def half(tx: Any) -> None:
        _make_class(tx)
        raise ArithmeticError("in the middle")

    with pytest.raises(ArithmeticError):
        cache.write(half).result()
    assert cache.read(_count) == 0
    assert cache.write(_make_class).result().id


def test_subscribers_hear_which_records_changed_after_the_commit(cache: Cache) -> None:
    heard = []
    seen = []

    def listener(changes: Any) -> None:
        heard.append(changes)
        seen.append(cache.read(_count))

    unsubscribe = cache.subscribe(listener)
    edit = cache.write(_make_class).result()
    assert heard == [frozenset({("classes", edit.id)})]
    assert seen == [1]
    unsubscribe()
    cache.write(_make_class).result()
    assert len(heard) == 1


def test_subscribers_hear_nothing_of_work_that_failed_or_changed_nothing(cache: Cache) -> None:
    heard = []
    cache.subscribe(heard.append)
    cache.write(lambda tx: tx.connection.execute("SELECT 1").scalar()).result()
    with pytest.raises(ZeroDivisionError):
        cache.write(lambda tx: (_make_class(tx), 1 / 0)).result()
    assert heard == []


@pytest.mark.logs("a listener of the cache failed")
def test_a_subscriber_that_fails_spoils_neither_the_commit_nor_the_others(cache: Cache) -> None:
    heard = []
    cache.subscribe(lambda changes: 1 / 0)
    cache.subscribe(heard.append)
    assert cache.write(_make_class).result().id
    assert len(heard) == 1


def test_a_reader_sees_one_unchanging_state_while_others_write(cache: Cache) -> None:
    cache.write(_make_class).result()

    def look_twice(connection: Any) -> tuple[int, int]:
        before = _count(connection)
        cache.write(_make_class).result()
        return before, _count(connection)

    assert cache.read(look_twice) == (1, 1)
    assert cache.read(_count) == 2


def test_a_question_may_ask_another_question(cache: Cache) -> None:
    cache.write(_make_class).result()
    assert cache.read(lambda c: cache.read(_count) + _count(c)) == 2


def test_a_reader_cannot_write(cache: Cache) -> None:
    with pytest.raises(Exception, match="attempt to write"):
        cache.read(lambda c: c.execute("DELETE FROM record"))


def test_many_threads_read_and_write_at_once(cache: Cache) -> None:
    failures = []

    def work() -> None:
        try:
            for _ in range(10):
                cache.write(_make_class).result()
                assert cache.read(_count) > 0
        except BaseException as error:  # noqa: BLE001  (reported by the assertion below)
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert cache.read(_count) == 60


def test_closing_finishes_what_was_asked_and_then_refuses(open_cache: Any) -> None:
    cache = open_cache()
    waiting = [cache.write(_make_class) for _ in range(20)]
    cache.close()
    assert all(future.result().id for future in waiting)
    with pytest.raises(CacheClosed):
        cache.write(_make_class)
    with pytest.raises(CacheClosed):
        cache.read(_count)
    cache.close()
    assert not list(cache.folder.glob("*-wal"))
    assert not list(cache.folder.glob("open-*"))


def test_only_this_user_may_look_into_the_folder(cache: Cache) -> None:
    cache.write(_make_class).result()
    cache.back_up().result()
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    for file in cache.folder.rglob("*"):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_two_processes_share_a_cache_and_each_notices_the_other(open_cache: Any) -> None:
    window, command = open_cache(), open_cache()
    heard = []
    window.subscribe(heard.append)
    assert window.look_outside().result() is False
    command.write(_make_class).result()
    assert window.look_outside().result() is True
    assert heard == [EVERYTHING]
    window.write(_make_class).result()
    assert window.look_outside().result() is False
    assert command.read(_count) == 2


def test_a_cache_that_another_process_holds_for_too_long_is_said_to_be_busy(
    open_cache: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_S", 0.1)
    cache, other = open_cache(), open_cache()
    begun, done = threading.Event(), threading.Event()
    holding = other.write(lambda tx: (begun.set(), done.wait(10)))
    begun.wait(10)
    with pytest.raises(CacheBusy, match="Another copy of the Companion"):
        cache.write(_make_class).result()
    done.set()
    holding.result()
    assert cache.write(_make_class).result().id


def test_a_cache_of_a_newer_version_is_refused_and_left_untouched(open_cache: Any) -> None:
    cache = open_cache()
    cache.close()
    with sqlite3.connect(cache.file) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    before = cache.file.read_bytes()
    with pytest.raises(NewerCache, match="newer version of the Companion"):
        open_cache()
    assert cache.file.read_bytes() == before
    assert not list(cache.folder.glob("damaged-*"))


def test_a_full_disk_is_said_and_the_last_good_state_stays(cache: Cache) -> None:
    cache.write(_make_class).result()

    def fill(tx: Any) -> None:
        pages = tx.connection.execute("PRAGMA page_count").scalar()
        tx.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        for _ in range(100):
            outbox.create(tx, "classes", {"name": "C", "room": "x" * 200})

    with pytest.raises(DiskFull, match="no room left") as refusal:
        cache.write(fill).result()
    assert "Free some space" in str(refusal.value)
    assert cache.read(_count) == 1
    cache.write(
        lambda tx: tx.connection.execute("PRAGMA max_page_count = 1000000").scalar()
    ).result()
    assert cache.write(_make_class).result().id


READ_ONLY = textwrap.dedent("""
    import os, random, sys
    from pathlib import Path
    from desktop.classroom.instants import SystemClock
    from desktop.errors import CompanionError
    from desktop.storage import connections
    from desktop.storage.cache import Cache
    import desktop.storage.driver
    if os.geteuid() == 0:  # root may write anywhere
        os.setgid(65534)
        os.setuid(65534)
    try:
        Cache.open(Path(sys.argv[1]), clock=SystemClock(), chance=random.Random(1))
    except CompanionError as error:
        print(type(error).__name__, error)
""")


@pytest.mark.parametrize("made_before", [True, False])
def test_a_folder_that_may_not_be_written_is_named(open_cache: Any, made_before: Any) -> None:
    # Not below tmp_path: other users may not enter that, and root may write anywhere.
    with tempfile.TemporaryDirectory(dir="/tmp") as outer:
        folder = Path(outer) / "account"
        if made_before:
            open_cache(folder).close()
            for file in folder.rglob("*"):
                file.chmod(0o555 if file.is_dir() else 0o444)
        else:
            folder.mkdir()
        Path(outer).chmod(0o755)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder)],
            capture_output=True, text=True, timeout=60, check=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        folder.chmod(0o755)
    assert done.stdout.startswith("ReadOnlyFolder The Companion may not write in")
    assert "--profile" in done.stdout


def test_a_page_that_can_be_fetched_again_need_not_wait_for_the_disk(cache: Cache) -> None:
    levels = [
        cache.write(
            lambda tx: tx.connection.execute("PRAGMA synchronous").scalar(),
            durable=durable,
        ).result()
        for durable in (True, False, True)
    ]
    assert levels == [2, 1, 2]


def test_opening_needs_no_migration_tool_once_the_tables_are_there(
    open_cache: Any, tmp_path: Path
) -> None:
    open_cache().close()
    script = textwrap.dedent("""
        import random, sys
        from pathlib import Path
        from desktop.classroom.instants import SystemClock
        from desktop.storage.cache import Cache
        Cache.open(Path(sys.argv[1]), clock=SystemClock(), chance=random.Random(1)).close()
        print("alembic" in sys.modules)
    """)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "account")],
        capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert done.stdout.strip() == "False"
