"""Administering a school from the command line, on real folders."""

import json
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from click.testing import CliRunner, Result

from desktop.cli.context import Context
from desktop.cli.school import school as group
from desktop.errors import CompanionError
from desktop.school.administration import BadBackup, NoSchool
from desktop.school.database import Database, NewerSchool, alembic_config
from desktop.school.engines import file_url
from desktop.school.folder import Folder, SchoolInUse
from desktop.school.tables import metadata


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "school"


def run(*arguments: str, words: str | None = None) -> Any:
    """Run `school ...` with --json and return its document; a refusal is raised."""
    context = Context(profile=None, as_json=True, vault=None, verbose=False)
    result: Result = CliRunner().invoke(group, list(arguments), obj=context, input=words)
    if isinstance(result.exception, CompanionError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_school_is_seeded_validated_and_reset(data: Path) -> None:
    at = ("--data", str(data))
    seeded = run("seed", "--size", "2500", *at)
    assert seeded["records"] == 2_500
    assert run("validate", *at) == {
        "ok": True,
        "records": 2_500,
        "problems": [],
        "problem_count": 0,
    }
    with pytest.raises(CompanionError, match="filled already"):
        run("seed", "--empty", *at)
    assert "school.sqlite" in run("reset", *at)["deleted"]
    with pytest.raises(NoSchool):
        run("validate", *at)
    assert run("seed", "--empty", *at)["records"] == 0


def test_a_sample_that_has_aged_is_made_anew(data: Path) -> None:
    at = ("--data", str(data))
    run("seed", "--empty", *at)
    (epoch,) = (_facts(data)["epoch"],)
    done = run("reset", "--sample", *at)
    assert done["records"] > 20_000
    assert _facts(data)["filled"] == "sample"
    assert _facts(data)["epoch"] != epoch  # so that every app fetches the new one
    with pytest.raises(CompanionError, match="filled already"):
        run("seed", "--sample", *at)


def test_validate_names_what_does_not_fit(data: Path) -> None:
    at = ("--data", str(data))
    run("seed", "--size", "40", *at)
    with sqlite3.connect(data / "school.sqlite") as connection:
        connection.execute(
            """UPDATE record SET data = '{"name": 5}' WHERE collection = 'classes'"""
        )
    connection.close()
    with pytest.raises(CompanionError, match="1 things"):
        run("validate", *at)


def test_a_backup_brings_the_school_back_and_expires_old_cursors(
    data: Path, tmp_path: Path
) -> None:
    at = ("--data", str(data))
    run("seed", "--size", "100", *at)
    run("user", "add", "ada", "--password-stdin", *at, words="ten letters and more\n")
    before = _facts(data)
    file = tmp_path / "backup.sqlite"
    assert run("backup", str(file), *at)["bytes"] == file.stat().st_size
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with sqlite3.connect(data / "school.sqlite") as connection:
        connection.execute("DELETE FROM record")
    connection.close()
    done = run("restore", str(file), *at)
    assert done["records"] == 100
    assert Path(done["kept"]).exists()
    after = _facts(data)
    assert after["epoch"] != before["epoch"]
    assert after["filled"] == before["filled"]
    assert _column(data, "SELECT username FROM account WHERE role = 'teacher' ORDER BY 1") == [
        "ada",
        "local-teacher",
    ]


def test_a_backup_never_overwrites_and_a_bad_one_changes_nothing(
    data: Path, tmp_path: Path
) -> None:
    at = ("--data", str(data))
    run("seed", "--size", "50", *at)
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"this is no school" * 100)
    with pytest.raises(CompanionError, match="there already"):
        run("backup", str(bad), *at)
    with pytest.raises(BadBackup):
        run("restore", str(bad), *at)
    assert run("validate", *at)["records"] == 50


def test_what_would_disturb_a_running_server_is_refused(data: Path, tmp_path: Path) -> None:
    at = ("--data", str(data))
    run("seed", "--size", "10", *at)
    folder = Folder.open(data)
    folder.lock()
    try:
        for arguments in (("reset",), ("seed", "--empty"), ("restore", str(data / "school.lock"))):
            with pytest.raises(SchoolInUse):
                run(*arguments, *at)
        assert run("backup", str(tmp_path / "b.sqlite"), *at)["bytes"] > 0
        assert run("validate", *at)["ok"] is True
    finally:
        folder.release()


def test_accounts_and_invites_are_made(data: Path) -> None:
    at = ("--data", str(data))
    run("seed", "--empty", *at)
    made = run("user", "add", "boss", "--role", "admin", *at)
    assert len(made["password"]) >= 10
    with pytest.raises(CompanionError, match="taken"):
        run("user", "add", "BOSS", *at)
    with pytest.raises(CompanionError, match="at least 10"):
        run("user", "add", "eve", "--password-stdin", *at, words="short\n")
    assert run("invite", "--role", "student", *at)["role"] == "student"
    assert _column(data, "SELECT action FROM audit ORDER BY seq") == [
        "account.added",
        "invite.made",
    ]


def test_the_doctor_finds_what_is_wrong_and_says_the_mend(data: Path) -> None:
    at = ("--data", str(data))
    run("seed", "--empty", *at)
    assert all(found["ok"] for found in run("doctor", *at))
    (data / "secrets.json").write_text("{}")
    data.chmod(0o700)
    process = subprocess.run(
        [sys.executable, "-m", "desktop", "--json", "school", "doctor", *at],
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1
    bad = [found for found in json.loads(process.stdout) if not found["ok"]]
    assert [found["check"] for found in bad] == ["secrets"]
    assert bad[0]["mend"]
    data.chmod(0o755)
    with pytest.raises(CompanionError, match="mending"):
        run("doctor", *at)


def test_migrations_make_exactly_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    database = Database(file_url(tmp_path / "s.sqlite"))
    database.migrate()
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    assert database.is_current()
    database.close()


def test_a_migration_can_be_taken_back_and_made_again(tmp_path: Path) -> None:
    database = Database(file_url(tmp_path / "s.sqlite"))
    database.migrate()
    with database.write() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    database.migrate()
    assert database.is_current()
    database.close()


def test_a_school_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    database = Database(file_url(tmp_path / "s.sqlite"))
    database.migrate()
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerSchool, match="newer version"):
        database.migrate()
    database.close()


def _facts(data: Path) -> dict[str, str]:
    with sqlite3.connect(data / "school.sqlite") as connection:
        found = dict(connection.execute("SELECT name, value FROM fact").fetchall())
    connection.close()
    return found


def _column(data: Path, query: str) -> list[str]:
    with sqlite3.connect(data / "school.sqlite") as connection:
        found = [row[0] for row in connection.execute(query)]
    connection.close()
    return found
