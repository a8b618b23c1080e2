"""A damaged cache: put aside whole, and nothing that had not reached the server is lost."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from desktop.storage import conflicts, history, ingest, outbox, records, rejections, sending
from desktop.storage.cache import Cache
from desktop.storage.errors import CacheInUse

DAMAGED = pytest.mark.logs("a damaged cache was put aside")


@pytest.fixture
def busy(open_cache: Any, act: Any, said: Any) -> Any:
    """A cache with a clean record, an edit, a creation, a conflict and a refusal."""
    act(
        ingest.apply_page,
        [said("classes", f"c{n}", n, name=f"Class {n}", room="1") for n in range(1, 400)],
        "cursor 400",
    )
    act(outbox.update, "classes", "c1", {"room": "mine"})
    act(outbox.create, "students", {"given_name": "Ana", "class_ids": ["c1"]}, "s1")
    act(outbox.update, "classes", "c2", {"room": "mine"})
    act(ingest.apply_page, [said("classes", "c2", 500, name="Class 2", room="theirs")], None)
    refused = act(outbox.update, "classes", "c3", {"room": "bad"})
    act(sending.rejected, refused.op_id, "invalid", "No such room.")


def _left_behind(cache: Cache) -> Any:
    """Forget the cache as a crash would: the marker stays and nobody holds it."""
    cache.close()
    (cache.folder / "open-dead.lock").touch()


def _scribble(file: Path, start: int, end: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(start)
        opened.write(b"\xa5" * (end - start))


def _page_of(file: Path, name: str) -> int:
    """The byte at which the root page of a table or index begins."""
    with sqlite3.connect(file) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
    connection.close()
    return (root - 1) * size


def _check_rescued(cache: Cache) -> Any:
    ask = cache.read
    assert {(op.collection, op.id, op.kind) for op in ask(sending.waiting)} == {
        ("classes", "c1", "update"),
        ("students", "s1", "create"),
        ("classes", "c2", "update"),
    }
    assert ask(lambda c: records.get(c, "classes", "c1")).local["room"] == "mine"
    assert ask(lambda c: records.get(c, "students", "s1")).local["given_name"] == "Ana"
    assert [one.id for one in ask(lambda c: records.find(c, "students", {"class_ids": "c1"}))] == [
        "s1"
    ]
    (conflict,) = ask(conflicts.open_ones)
    assert (conflict.mine, conflict.theirs) == ("mine", "theirs")
    (refusal,) = ask(rejections.open_ones)
    assert refusal.patch == {"room": "bad"}
    assert ask(lambda c: records.get(c, "classes", "c3")).local["room"] == "bad"
    assert ask(ingest.get_cursor) == ""
    assert ask(lambda c: history.of(c, "classes", "c1"))


@DAMAGED
@pytest.mark.parametrize("where", ["record", "record_identity", "record_of_class"])
def test_what_waits_is_rescued_from_a_damaged_file(
    open_cache: Any, cache: Cache, busy: Any, where: Any
) -> None:
    _left_behind(cache)
    name = {"record_identity": "sqlite_autoindex_record_1"}.get(where, where)
    start = _page_of(cache.file, name)
    _scribble(cache.file, start, start + 4096)
    damaged = cache.file.read_bytes()
    again = open_cache()
    _check_rescued(again)
    assert "3 unsent changes were rescued" in again.notice
    (aside,) = cache.folder.glob("damaged-*")
    assert (aside / "cache.sqlite").read_bytes() == damaged
    assert str(aside) in again.notice
    assert again.write(lambda tx: outbox.update(tx, "classes", "c1", {"room": "more"})).result()


@DAMAGED
def test_where_the_ops_cannot_be_read_the_newest_copy_stands_in(
    open_cache: Any, cache: Cache, busy: Any
) -> None:
    cache.back_up().result()
    _left_behind(cache)
    start = _page_of(cache.file, "op")
    _scribble(cache.file, start, start + 4096)
    again = open_cache()
    _check_rescued(again)
    assert "check your newest changes" in again.notice


@DAMAGED
def test_a_file_that_is_no_database_any_more_is_replaced_by_what_the_copy_holds(
    open_cache: Any, cache: Cache, busy: Any
) -> None:
    cache.back_up().result()
    cache.close()
    cache.file.write_bytes(b"not a database at all" * 1_000)
    _check_rescued(open_cache())


@DAMAGED
def test_without_a_copy_a_lost_file_is_still_put_aside_and_the_app_opens(
    open_cache: Any, cache: Cache, busy: Any
) -> None:
    cache.close()
    cache.file.write_bytes(b"\0" * 10_000 + b"x")
    again = open_cache()
    assert "0 unsent changes were rescued" in again.notice
    assert again.read(sending.count) == 0
    assert again.write(lambda tx: outbox.create(tx, "classes", {"name": "5B"})).result()


def test_a_sound_cache_after_an_unclean_stop_opens_without_a_word(
    open_cache: Any, cache: Cache, busy: Any
) -> None:
    _left_behind(cache)
    again = open_cache()
    assert again.notice == ""
    assert again.read(sending.count) == 3
    assert not list(cache.folder.glob("damaged-*"))
    assert not (cache.folder / "open-dead.lock").exists()


def test_a_damaged_cache_that_another_copy_has_open_is_left_alone(
    open_cache: Any, cache: Cache, busy: Any
) -> None:
    other = open_cache()
    cache.close()
    (cache.folder / "open-dead.lock").touch()
    other.write(lambda tx: tx.connection.execute("PRAGMA wal_checkpoint").fetchall()).exception()
    start = _page_of(cache.file, "record_of_class")
    _scribble(cache.file, start, start + 4096)
    with pytest.raises(CacheInUse, match="another copy of the Companion"):
        open_cache()
    assert not list(cache.folder.glob("damaged-*"))


@DAMAGED
def test_damage_met_at_work_is_said_and_repaired_at_the_next_opening(
    open_cache: Any, cache: Cache, busy: Any
) -> None:
    from desktop.storage.errors import DamagedCache

    cache.close()
    start = _page_of(cache.file, "record")
    _scribble(cache.file, start, start + 4096)
    unlucky = open_cache()
    with pytest.raises(DamagedCache, match="open it again"):
        unlucky.read(lambda c: records.find(c, "classes"))
    unlucky.close()
    _check_rescued(open_cache())
