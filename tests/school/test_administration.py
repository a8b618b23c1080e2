"""Administering a school from the command line, on real folders."""

import contextlib
import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from click.testing import CliRunner, Result

from desktop.cli.context import Context
from desktop.cli.school import school as group
from desktop.errors import CompanionError
from desktop.school.backups import BadBackup, NoSchool
from desktop.school.database import Database, NewerSchool, alembic_config
from desktop.school.engines import file_url
from desktop.school.folder import Folder, SchoolInUse
from desktop.school.site import DatabaseUnreadable
from desktop.school.tables import metadata


class Place:
    """Where a school is administered: its folder, and its database in there or elsewhere."""

    def __init__(self, data: Path, url: sa.URL | None) -> None:
        self.data = data
        self.url = url or file_url(data / "school.sqlite")
        self.on_server = url is not None
        told = self.url.render_as_string(hide_password=False)
        self.options = ("--data", str(data), *(("--database-url", told) if url else ()))

    def run(self, *arguments: str, words: str | None = None) -> Any:
        return run(*arguments, *self.options, words=words)

    def change(self, statement: str) -> None:
        """Damage the school behind the program's back."""
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            assert connection.exec_driver_sql(statement).rowcount > 0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    @contextlib.contextmanager
    def served(self) -> Iterator[None]:
        """As while a server is at work, on this machine or, with PostgreSQL, on another."""
        folder = Folder.open(
            self.data.with_name("another machine") if self.on_server else self.data
        )
        folder.lock()
        database = Database(self.url, serves=True)
        try:
            with database.read():
                pass  # its connection stays open in the pool, as a server's does
            yield
        finally:
            database.close()
            folder.release()

    def checks(self) -> list[dict[str, Any]]:
        """What the doctor found, whatever it thinks of that."""
        context = Context(profile=None, as_json=True, vault=None, verbose=False)
        told = CliRunner().invoke(group, ["doctor", *self.options], obj=context)
        found: list[dict[str, Any]] = json.loads(told.stdout)
        assert (told.exit_code == 0) == all(check["ok"] for check in found)
        return found

    def facts(self) -> dict[str, str]:
        return dict(self.rows("SELECT name, value FROM fact"))


@pytest.fixture
def place(tmp_path: Path, database_url: sa.URL | None) -> Place:
    return Place(tmp_path / "school", database_url)


def run(*arguments: str, words: str | None = None) -> Any:
    """Run `school ...` with --json and return its document; a refusal is raised."""
    context = Context(profile=None, as_json=True, vault=None, verbose=False)
    result: Result = CliRunner().invoke(group, list(arguments), obj=context, input=words)
    if isinstance(result.exception, CompanionError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_school_is_seeded_validated_and_reset(place: Place) -> None:
    seeded = place.run("seed", "--size", "2500")
    assert seeded["records"] == 2_500
    assert place.run("validate") == {
        "ok": True,
        "records": 2_500,
        "problems": [],
        "problem_count": 0,
    }
    with pytest.raises(CompanionError, match="filled already"):
        place.run("seed", "--empty")
    assert "secrets.json" in place.run("reset")["deleted"]
    with pytest.raises(NoSchool):
        place.run("validate")
    assert place.run("seed", "--empty")["records"] == 0


def test_a_sample_that_has_aged_is_made_anew(place: Place) -> None:
    place.run("seed", "--empty")
    (epoch,) = (place.facts()["epoch"],)
    done = place.run("reset", "--sample")
    assert done["records"] > 20_000
    assert place.facts()["filled"] == "sample"
    assert place.facts()["epoch"] != epoch  # so that every app fetches the new one
    with pytest.raises(CompanionError, match="filled already"):
        place.run("seed", "--sample")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (
            """UPDATE record SET data = '{"name": 5}' WHERE collection = 'classes'""",
            "Expected `str`",
        ),
        ("UPDATE record SET data = '{' WHERE collection = 'classes'", "cannot be read"),
        ("DELETE FROM record WHERE collection = 'classes'", "is not in classes"),
        ("DELETE FROM reach WHERE collection = 'students'", "not seen by"),
        ("UPDATE class_teacher SET user_id = 'eve'", "Its teachers"),
        ("UPDATE counter SET value = value - 1", "never given"),
    ],
)
def test_validate_names_what_does_not_fit(place: Place, damage: str, said: str) -> None:
    place.run("seed", "--size", "40")
    place.change(damage)
    with pytest.raises(CompanionError, match="do not fit"):
        place.run("validate")
    context = Context(profile=None, as_json=True, vault=None, verbose=False)
    told = CliRunner().invoke(group, ["validate", *place.options], obj=context)
    problems = json.loads(told.stdout)["problems"]
    assert any(said in problem["problem"] for problem in problems), problems


def test_a_backup_brings_the_school_back_and_expires_old_cursors(
    place: Place, tmp_path: Path
) -> None:
    place.run("seed", "--size", "100")
    place.run("user", "add", "ada", "--password-stdin", words="ten letters and more\n")
    before = place.facts()
    file = tmp_path / "backup.sqlite"
    assert place.run("backup", str(file))["bytes"] == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    place.change("DELETE FROM record")
    done = place.run("restore", str(file))
    assert done["records"] == 100
    assert Path(done["kept"]).exists()
    after = place.facts()
    assert after["epoch"] != before["epoch"]
    assert after["filled"] == before["filled"]
    assert place.rows("SELECT username FROM account WHERE role = 'teacher' ORDER BY 1") == [
        ("ada",),
        ("local-teacher",),
    ]


ROWS = (
    "SELECT id, version, changed, updated_at, created_by, data FROM record ORDER BY version",
    "SELECT collection, record_id, scope FROM reach ORDER BY 1, 2, 3",
    "SELECT username_key, password_hash, role FROM account ORDER BY 1",
    "SELECT value FROM counter",
    "SELECT seq, action FROM audit ORDER BY seq",
)


def test_a_school_moves_from_a_laptop_to_a_database_and_back(place: Place, tmp_path: Path) -> None:
    laptop = Place(tmp_path / "laptop", None)
    laptop.run("seed", "--size", "3000")
    laptop.run("user", "add", "Zoë", "--password-stdin", words="ten letters and more\n")
    before = [laptop.rows(query) for query in ROWS]
    laptop.run("backup", str(tmp_path / "moving.sqlite"))
    assert place.run("restore", str(tmp_path / "moving.sqlite"))["records"] == 3_000
    assert [place.rows(query) for query in ROWS] == before
    assert place.run("validate")["ok"] is True
    # What numbers itself goes on behind what came along.
    place.run("user", "add", "ben")
    assert [row[0] for row in place.rows("SELECT seq FROM audit ORDER BY seq")] == [1, 2]
    before = [place.rows(query) for query in ROWS]
    place.run("backup", str(tmp_path / "back.sqlite"))
    laptop.run("restore", str(tmp_path / "back.sqlite"))
    assert [laptop.rows(query) for query in ROWS] == before


def test_what_a_restore_replaced_can_be_restored(place: Place, tmp_path: Path) -> None:
    place.run("seed", "--size", "30")
    place.run("backup", str(tmp_path / "first.sqlite"))
    place.run("user", "add", "ada")
    done = place.run("restore", str(tmp_path / "first.sqlite"))
    assert len(place.rows("SELECT id FROM account")) == 1
    kept = Path(done["kept"])
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    place.run("restore", str(kept))
    assert len(place.rows("SELECT id FROM account")) == 2


def test_the_folder_can_name_its_database(tmp_path: Path, database_url: sa.URL | None) -> None:
    data = tmp_path / "school"
    url = database_url or file_url(tmp_path / "elsewhere.sqlite")
    data.mkdir(mode=0o700)
    file = data / "database.toml"
    file.write_text(f"url = {json.dumps(url.render_as_string(hide_password=False))}\n")
    assert run("seed", "--size", "20", "--data", str(data))["records"] == 20
    assert run("validate", "--data", str(data))["records"] == 20
    assert not (data / "school.sqlite").exists()
    file.write_text('url = "postgresql://u:secret@localhost/d"\n')
    file.chmod(0o644)
    with pytest.raises(DatabaseUnreadable, match="other people"):
        run("validate", "--data", str(data))
    file.write_text("address = 5\n")
    with pytest.raises(DatabaseUnreadable, match="name a database"):
        run("validate", "--data", str(data))


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://ada:secret@/school?host={tmp_path}"
    with pytest.raises(CompanionError, match="cannot be used") as told:
        run("seed", "--empty", "--data", str(tmp_path / "s"), "--database-url", url)
    assert "secret" not in f"{told.value} {told.value.mend}"
    with pytest.raises(CompanionError) as told:
        run("validate", "--data", str(tmp_path / "s"), "--database-url", url)
    assert "secret" not in f"{told.value} {told.value.mend}"


def test_a_backup_never_overwrites_and_a_bad_one_changes_nothing(
    place: Place, tmp_path: Path
) -> None:
    place.run("seed", "--size", "50")
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"this is no school" * 100)
    with pytest.raises(CompanionError, match="there already"):
        place.run("backup", str(bad))
    with pytest.raises(BadBackup):
        place.run("restore", str(bad))
    assert place.run("validate")["records"] == 50


def test_a_backup_of_a_newer_program_changes_nothing(place: Place, tmp_path: Path) -> None:
    place.run("seed", "--size", "50")
    newer = tmp_path / "newer.sqlite"
    place.run("backup", str(newer))
    with contextlib.closing(sqlite3.connect(newer)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchool):
        place.run("restore", str(newer))
    assert place.run("validate")["records"] == 50
    assert not list(place.data.glob("*.restoring*"))


def test_a_backup_takes_the_place_of_a_damaged_file(tmp_path: Path) -> None:
    place = Place(tmp_path / "school", None)
    place.run("seed", "--size", "50")
    place.run("backup", str(tmp_path / "good.sqlite"))
    file = place.data / "school.sqlite"
    file.write_bytes(b"damaged by a disk" * 1_000)
    file.with_name("school.sqlite-wal").write_bytes(b"and what was beside it")
    done = place.run("restore", str(tmp_path / "good.sqlite"))
    assert done["records"] == place.run("validate")["records"] == 50
    assert Path(done["kept"]).read_bytes().startswith(b"damaged by a disk")


def test_a_restore_that_breaks_off_leaves_the_school_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path / "school", None)
    place.run("seed", "--size", "50")
    place.run("backup", str(tmp_path / "first.sqlite"))
    place.run("user", "add", "ada")

    def lost_power(*_: object) -> None:
        raise OSError("the last step was never taken")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", lost_power)
        with pytest.raises(CompanionError, match="as it was"):
            place.run("restore", str(tmp_path / "first.sqlite"))
    assert place.run("validate")["records"] == 50
    assert len(place.rows("SELECT id FROM account WHERE username = 'ada'")) == 1


def test_what_still_lies_in_the_log_of_a_copied_file_is_restored_too(tmp_path: Path) -> None:
    place = Place(tmp_path / "school", None)
    place.run("seed", "--size", "50")
    database = Database(place.url)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE account SET display_name = 'In the log'")
    for suffix in ("", "-wal"):
        shutil.copyfile(place.data / f"school.sqlite{suffix}", tmp_path / f"copy.sqlite{suffix}")
    database.close()
    place.run("reset")
    place.run("restore", str(tmp_path / "copy.sqlite"))
    assert {row[0] for row in place.rows("SELECT display_name FROM account")} == {"In the log"}


def test_what_would_disturb_a_running_server_is_refused(place: Place, tmp_path: Path) -> None:
    place.run("seed", "--size", "10")
    with place.served():
        for arguments in (
            ("reset",),
            ("seed", "--empty"),
            ("restore", str(place.data / "school.lock")),
        ):
            with pytest.raises(SchoolInUse):
                place.run(*arguments)
        assert place.run("backup", str(tmp_path / "b.sqlite"))["bytes"] > 0
        assert place.run("validate")["ok"] is True
    assert "secrets.json" in place.run("reset")["deleted"]


def test_accounts_and_invites_are_made(place: Place) -> None:
    place.run("seed", "--empty")
    made = place.run("user", "add", "boss", "--role", "admin")
    assert len(made["password"]) >= 10
    with pytest.raises(CompanionError, match="taken"):
        place.run("user", "add", "BOSS")
    with pytest.raises(CompanionError, match="at least 10"):
        place.run("user", "add", "eve", "--password-stdin", words="short\n")
    assert place.run("invite", "--role", "student")["role"] == "student"
    assert [row[0] for row in place.rows("SELECT action FROM audit ORDER BY seq")] == [
        "account.added",
        "invite.made",
    ]


def test_accounts_are_listed_and_changed_and_all_of_it_is_in_the_audit_log(place: Place) -> None:
    place.run("seed", "--empty")
    place.run("user", "add", "ada", "--password-stdin", words="ten letters\n")
    place.run("user", "role", "ADA", "admin")
    assert len(place.run("user", "password", "ada")["password"]) >= 10
    place.run("user", "lock", "ada")
    [ada] = place.run("user", "list")
    assert (ada["username"], ada["role"], ada["locked"]) == ("ada", "admin", True)
    place.run("user", "password", "ada", "--password-stdin", words="ten letters more\n")
    assert place.run("user", "list")[0]["locked"] is False
    with pytest.raises(CompanionError, match="called eve"):
        place.run("user", "lock", "eve")
    assert [row[0] for row in place.rows("SELECT action FROM audit ORDER BY seq")] == [
        "account.added",
        "account.role.admin",
        "account.password",
        "account.locked",
        "account.password",
    ]


def test_the_doctor_finds_what_is_wrong_and_says_the_mend(place: Place) -> None:
    place.run("seed", "--empty")
    # The database server of the tests never waits for its disk, and that is found.
    known = ["durability"] if place.on_server else []
    assert [found["check"] for found in place.checks() if not found["ok"]] == known
    secrets = place.data / "secrets.json"
    secrets.chmod(0o644)
    [open_to_all] = [found for found in place.checks() if found["check"] == "secrets"]
    assert (open_to_all["ok"], "chmod 600" in open_to_all["mend"]) == (False, True)
    secrets.write_text("{}")
    (place.data / "provider.toml").write_text("kind = 7")
    bad = [found for found in place.checks() if not found["ok"]]
    assert [found["check"] for found in bad] == [*known, "secrets", "provider"]
    assert all(found["mend"] for found in bad)
    place.data.chmod(0o755)
    with pytest.raises(CompanionError, match="mending"):
        place.run("doctor")


def test_migrations_make_exactly_the_tables_that_the_program_uses(place: Place) -> None:
    database = Database(place.url)
    database.migrate()
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert database.is_current()
    database.close()


def test_a_migration_can_be_taken_back_and_made_again(place: Place) -> None:
    database = Database(place.url)
    database.migrate()
    with database.write() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    database.migrate()
    assert database.is_current()
    database.close()


def test_a_school_goes_back_to_the_first_shape_of_its_tables_and_forward_with_all_its_data(
    place: Place,
) -> None:
    place.run("seed", "--size", "200")
    place.run("user", "add", "ada")
    queries = (
        "SELECT collection, id, version, data FROM record ORDER BY version",
        "SELECT collection, record_id, scope FROM reach ORDER BY 1, 2, 3",
        "SELECT id, username, password_hash FROM account ORDER BY id",
        "SELECT seq, action, subject FROM audit ORDER BY seq",
    )
    before = [place.rows(query) for query in queries]
    database = Database(place.url)
    scripts = ScriptDirectory.from_config(alembic_config())
    [first] = scripts.get_bases()
    with database.write() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, first)
    assert not database.is_current()
    database.close()
    assert place.run("validate")["ok"] is True
    assert [place.rows(query) for query in queries] == before
    place.run("user", "add", "ben")
    assert place.rows("SELECT max(seq) FROM audit") == [(2,)]


def test_a_school_of_a_newer_program_is_left_alone(place: Place) -> None:
    database = Database(place.url)
    database.migrate()
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchool, match="newer version"):
        database.migrate()
    database.close()
