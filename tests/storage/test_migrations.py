"""From any older revision to the newest, with a copy of what was there before."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from alembic.config import Config
from alembic.script import ScriptDirectory

from desktop.storage import backup, outbox, records, schema, sending, tables


def _shape(file: Path) -> dict[str, str]:
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
        ).fetchall()
    connection.close()
    return {name: re.sub(r'[\s"]+', "", sql).lower() for name, sql in rows}


def test_the_migrations_make_the_tables_that_the_code_describes(
    open_cache: Any, tmp_path: Path
) -> None:
    migrated = open_cache()
    migrated.close()
    described = tmp_path / "described.sqlite"
    engine = sqlalchemy.create_engine(f"sqlite:///{described}")
    tables.metadata.create_all(engine)
    engine.dispose()
    assert _shape(migrated.file) == _shape(described)


def test_the_revisions_stand_in_one_line_that_their_names_tell() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    line = [revision.revision for revision in script.walk_revisions()][::-1]
    assert line == [f"{number:04d}" for number in range(1, len(line) + 1)]
    assert script.get_heads() == [schema.newest()]
    for revision in script.walk_revisions():
        assert Path(revision.path).name.startswith(f"r{revision.revision}_")


def _older(file: Path, revision: str) -> None:
    file.parent.mkdir()
    schema.migrate(file, to=revision)


def _old_revisions() -> list[str]:
    return [f"{number:04d}" for number in range(1, int(schema.newest()))]


@pytest.mark.parametrize("revision", _old_revisions())
def test_an_older_cache_is_brought_up_to_date_and_copied_before(
    open_cache: Any, tmp_path: Path, revision: Any
) -> None:
    file = tmp_path / "account" / "cache.sqlite"
    _older(file, revision)
    with sqlite3.connect(file) as old:
        old.execute(
            "INSERT INTO op (op_id, collection, id, kind, base_version, patch, created_at, state, "
            "attempts, last_error) VALUES ('o1', 'classes', 'c1', 'delete', 3, '{}', '', "
            "'pending', 0, '')"
        )
    old.close()
    cache = open_cache()
    assert [op.op_id for op in cache.read(sending.waiting)] == ["o1"]
    cache.close()
    assert schema.revision_of(file) == schema.newest()
    assert revision in [schema.revision_of(copy) for copy in backup.copies(cache.folder)]


def test_an_empty_file_becomes_a_cache(open_cache: Any, tmp_path: Path) -> None:
    (tmp_path / "account").mkdir()
    (tmp_path / "account" / "cache.sqlite").touch()
    cache = open_cache()
    edit = cache.write(lambda tx: outbox.create(tx, "classes", {"name": "5B"})).result()
    assert cache.read(lambda c: records.get(c, "classes", edit.id))


def test_a_migration_that_fails_leaves_the_cache_as_it_was(
    open_cache: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "account" / "cache.sqlite"
    _older(file, "0001")
    with sqlite3.connect(file) as old:
        old.execute("CREATE TABLE push (in_the_way TEXT)")
    old.close()
    before = _shape(file)
    with pytest.raises(Exception, match="already exists"):
        open_cache()
    assert _shape(file) == before
    assert schema.revision_of(file) == "0001"


def test_seven_copies_are_kept_and_one_is_made_a_day(open_cache: Any, clock: Any) -> None:
    import datetime as dt

    cache = open_cache()
    cache.write(lambda tx: outbox.create(tx, "classes", {"name": "5B"})).result()
    for _ in range(9):
        cache.close()
        clock.moment += dt.timedelta(days=1)
        cache = open_cache()
        cache.look_outside().result()
        cache.close()
        cache = open_cache()  # the same day: no second copy
    cache.close()
    copies = backup.copies(cache.folder)
    assert len(copies) == 7
    assert copies[0].name.startswith("cache-20261127T")
    with sqlite3.connect(copies[0]) as copy:
        assert copy.execute("SELECT count(*) FROM op").fetchone() == (1,)
    copy.close()
    assert not list(backup.folder_of(cache.folder).glob("unfinished*"))


def test_a_profile_with_a_percent_sign_in_its_path_opens(open_cache: Any, tmp_path: Path) -> None:
    assert open_cache(tmp_path / "50% done").read(sending.count) == 0
