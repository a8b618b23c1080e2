"""`cache`: what is on this computer, shown, copied, put back, unlocked and erased."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.backend import accounts
from desktop.storage import driver

NAME = "Wilhelmina Unmistakable"


class Computer:
    """A profile with somebody signed in, and its command line in processes of its own."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self.profile = home / "profile"
        self.vault: Path | None = home / "vault"
        self._environment = environment
        user = accounts.User(id="t1", username="ana", display_name="Ana Ruiz")
        account = accounts.Account(server="http://127.0.0.1:9", kind="companion", user=user)
        accounts.make_current(self.profile, account)
        self.folder = accounts.place(self.profile, account).folder
        self.file = self.folder / "cache.sqlite"

    def run(self, *words: str, code: int = 0, entered: str = "") -> Any:
        vault = [] if self.vault is None else ["--vault", str(self.vault)]
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--json", "--profile", str(self.profile),
             *vault, *words],
            input=entered, capture_output=True, text=True, timeout=100, env=self._environment,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        self.said = done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def anywhere(self, text: str) -> list[Path]:
        files = (one for one in self.folder.rglob("*") if one.is_file())
        return [one for one in files if text.encode() in one.read_bytes()]


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path, {**os.environ, "TOOLBOXAI_VAULT_PASSPHRASE": "a passphrase"})


def _student(computer: Computer, name: str = NAME) -> str:
    return str(computer.run("create", "students", f"given_name={name}")["id"])


def _names(computer: Computer) -> list[str]:
    return [one["data"]["given_name"] for one in computer.run("records", "students")]


def test_show_says_what_is_here_and_that_it_is_encrypted(computer: Computer) -> None:
    _student(computer)
    computer.run("cache", "backup")
    told = computer.run("cache", "show")
    assert told["encrypted"]
    assert told["records"] == {"students": 1}
    assert told["unsent"] == 1
    assert told["history"] >= 1
    assert told["bytes"] > 0
    assert told["backups"]
    assert all((copy["encrypted"], copy["fault"]) == (True, "") for copy in told["backups"])
    assert computer.anywhere(NAME) == []


def test_a_copy_is_put_back_and_what_was_not_sent_since_stays(computer: Computer) -> None:
    _student(computer, "Early")
    copy = Path(computer.run("cache", "backup")["copy"]).name
    late = _student(computer, "Late")
    told = computer.run("cache", "restore", copy)
    assert told["unsent"] == 2
    assert told["whole"]
    assert sorted(_names(computer)) == ["Early", "Late"]
    assert late in [op["id"] for op in computer.run("ops")]
    assert (Path(told["aside"]) / "cache.sqlite").exists()
    assert not list(computer.folder.glob("cache.sqlite-*"))


def test_a_damaged_copy_is_refused_and_nothing_changes(computer: Computer) -> None:
    _student(computer)
    copy = Path(computer.run("cache", "backup")["copy"])
    copy.write_bytes(copy.read_bytes()[:5_000])
    before = computer.file.read_bytes()
    computer.run("cache", "restore", copy.name, code=1)
    assert "cannot be put in place" in computer.said
    assert computer.file.read_bytes() == before
    assert computer.run("cache", "show")["backups"][0]["fault"]


def test_the_recovery_code_opens_the_work_when_the_vault_is_gone(computer: Computer) -> None:
    _student(computer)
    code = computer.run("cache", "recovery-code")["recovery_code"]
    assert computer.vault is not None
    computer.vault.unlink()
    computer.run("records", "students", code=1)
    assert "cache unlock" in computer.said
    wrong = "B" if code[0] == "A" else "A"
    computer.run("cache", "unlock", "--code-stdin", entered=wrong + code[1:], code=2)
    computer.run("cache", "unlock", "--code-stdin", entered=code.lower().replace("-", " "))
    assert _names(computer) == [NAME]


def test_without_the_code_locked_work_is_put_aside_and_one_begins_anew(computer: Computer) -> None:
    _student(computer)
    locked = computer.file.read_bytes()
    computer.run("cache", "rebuild", code=2)
    assert computer.vault is not None
    computer.vault.unlink()
    aside = Path(computer.run("cache", "rebuild")["aside"])
    assert (aside / "cache.sqlite").read_bytes() == locked
    assert _names(computer) == []
    _student(computer, "New")
    assert computer.run("cache", "show")["encrypted"]


def test_without_a_place_for_a_key_the_cache_is_plain_and_encrypted_once_there_is_one(
    computer: Computer,
) -> None:
    vault, computer.vault = computer.vault, None
    _student(computer)
    told = computer.run("cache", "show")
    assert not told["encrypted"]
    assert "Not encrypted" in computer.said
    assert driver.is_plain(computer.file)
    findings = {one["check"]: one for one in computer.run("doctor", code=1)}
    assert "not encrypted" in findings["cache"]["detail"]
    computer.vault = vault
    assert _names(computer) == [NAME]
    assert computer.anywhere(NAME) == []
    computer.vault = None  # it is remembered which vault has the key
    assert _names(computer) == [NAME]


def test_a_pupil_is_erased_from_the_cache_its_history_and_its_copies(computer: Computer) -> None:
    computer.vault = None  # plain, so that the test can look for the name
    gone, kept = _student(computer), _student(computer, "Kept")
    computer.run("edit", "students", gone, f"family_name={NAME}")
    group = computer.run("create", "classes", "name=5B")["id"]
    computer.run("create", "xp_awards", f"student_id={gone}", f"class_id={group}", "xp=5",
                 "awarded_at=2026-11-23T10:00:00.000Z",
                 f"reason={NAME}")  # fmt: skip
    computer.run("cache", "backup")
    refused = computer.run("cache", "erase", "--student", gone, code=4)
    assert {op["collection"] for op in refused["unsent"]} == {"students", "xp_awards"}
    assert computer.anywhere(NAME)
    told = computer.run("cache", "erase", "--student", gone, "--discard-unsent")
    assert told["erased"] == {"students": 1, "xp_awards": 1}
    assert computer.anywhere(NAME) == []
    assert computer.anywhere(gone) == []
    assert [one["id"] for one in computer.run("records", "students")] == [kept]
    assert {op["collection"] for op in computer.run("ops")} == {"students", "classes"}


def test_an_account_is_erased_once_its_unsent_work_was_named(computer: Computer) -> None:
    _student(computer)
    refused = computer.run("cache", "erase", "--account", code=4)
    assert len(refused["unsent"]) == 1
    assert computer.file.exists()
    computer.run("cache", "erase", "--account", "--discard-unsent")
    assert not computer.folder.exists()
    assert accounts.current(computer.profile) is None


def test_everything_is_erased_with_every_other_account(computer: Computer) -> None:
    other = computer.folder.with_name("somebody-else")
    other.mkdir()
    (other / "cache.sqlite").write_bytes(b"x")
    _student(computer)
    computer.run("cache", "erase", "--everything", code=4)
    assert other.exists()
    told = computer.run("cache", "erase", "--everything", "--discard-unsent")
    assert sorted(told["erased"]) == sorted(["somebody-else", computer.folder.name])
    assert list((computer.profile / "accounts").iterdir()) == []
