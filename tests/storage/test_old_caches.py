"""A cache as each earlier version left it opens today, and everything in it is there."""

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.storage import (
    backup,
    conflicts,
    driver,
    history,
    ingest,
    outbox,
    records,
    rejections,
    schema,
    sending,
)
from desktop.storage.cache import Cache

CACHES = Path(__file__).parents[1] / "data" / "caches"
REVISIONS = sorted(file.name[1:5] for file in (schema.MIGRATIONS / "versions").glob("r[0-9]*.py"))


@pytest.fixture(params=REVISIONS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with the cache of one revision, as it was left."""
    kept = CACHES / f"r{request.param}.sqlite"
    assert kept.exists(), f"make it: python -m tests.data.caches.make ({kept.name})"
    folder = tmp_path / "account"
    folder.mkdir(mode=0o700)
    shutil.copy(kept, folder / "cache.sqlite")
    assert schema.revision_of(folder / "cache.sqlite") == request.param
    return folder


def test_every_migration_has_the_cache_it_left_behind() -> None:
    kept = sorted(file.stem[1:] for file in CACHES.glob("r*.sqlite"))
    assert kept == REVISIONS, "make what is missing: python -m tests.data.caches.make"


@pytest.mark.parametrize("key", [None, b"k" * 32], ids=["plain", "encrypted"])
def test_a_cache_of_any_age_opens_with_everything_in_it(old: Path, clock: Any, key: Any) -> None:
    cache = Cache.open(old, clock=clock, chance=random.Random(1), who="Ana Ruiz", key=key)
    ask = cache.read
    assert cache.notice == ""
    assert {one.id for one in ask(lambda c: records.find(c, "classes"))} == {"c1", "c2", "c3"}
    assert ask(lambda c: records.get(c, "students", "s1")).local["given_name"] == "Ana"
    assert {one.id for one in ask(lambda c: records.find(c, "students", {"class_ids": "c1"}))} == {
        "s1",
        "s2",
    }
    assert {(op.collection, op.id, op.kind) for op in ask(sending.waiting)} == {
        ("classes", "c1", "update"),
        ("students", "s2", "create"),
        ("classes", "c2", "update"),
    }
    (conflict,) = ask(conflicts.open_ones)
    assert (conflict.base, conflict.mine, conflict.theirs) == ("1", "mine", "theirs")
    (refusal,) = ask(rejections.open_ones)
    assert (refusal.patch, refusal.detail) == ({"room": "bad"}, "No such room.")
    assert [(one.old, one.new) for one in ask(lambda c: history.of(c, "classes", "c1"))][-1] == (
        "1",
        "mine",
    )
    assert ask(ingest.get_cursor) == "cursor 5"
    cache.write(lambda tx: outbox.update(tx, "classes", "c1", {"room": "more"})).result()
    cache.write(lambda tx: conflicts.resolve(tx, conflict.id, "mine")).result()
    cache.write(lambda tx: rejections.retry(tx, refusal.op_id)).result()
    assert ask(sending.count) == 4
    cache.close()
    assert schema.revision_of(cache.file, key) == schema.newest()
    assert driver.is_plain(cache.file) is (key is None)
    for copy in backup.copies(old):
        assert backup.check(copy, key).fault == ""
