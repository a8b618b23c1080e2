"""`publish` from a shell: what it says before, what it asks, what it keeps."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.backend import accounts
from desktop.lessons import package
from tests.cli.test_contract import Shell
from tests.lessons import made
from tests.studio import roblox_double
from tests.studio.roblox_double import Roblox
from tests.sync.world import School

WHERE = ("--universe", "111", "--place", "222")


@pytest.fixture
def roblox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Roblox]:
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a long passphrase")
    with roblox_double.serving() as served:
        monkeypatch.setenv("TOOLBOXAI_OPEN_CLOUD", served.address)
        yield served


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def lesson(tmp_path: Path) -> str:
    file = tmp_path / "lesson.json"
    file.write_text(package.dump(made.fractions()), encoding="utf-8")
    return str(file)


def test_a_dry_run_says_what_would_be_sent_where_and_sends_nothing(
    roblox: Roblox, shell: Shell, lesson: str
) -> None:
    told = shell.json("publish", lesson, *WHERE, "--dry-run", "--save-only")
    assert told["address"] == roblox.address
    assert (told["universe"], told["place"], told["version_type"]) == ("111", "222", "Saved")
    assert told["verdict"] == "ok"
    assert told["bytes"] > 10_000
    assert not roblox.seen
    assert shell.json("publishes") == []


def test_the_key_is_given_once_and_the_place_is_remembered(
    roblox: Roblox, shell: Shell, lesson: str, tmp_path: Path
) -> None:
    first = shell.run("publish", lesson, *WHERE, "--key-stdin", "--yes", stdin="KEY-1\n")
    assert (first.returncode, json.loads(first.stdout)["version"]) == (0, 7), first.stderr
    again = shell.json("publish", lesson, "--yes", "--note", "with fewer questions")
    assert (again["version"], again["place"]) == (8, "222")
    assert [seen.key for seen in roblox.seen] == ["KEY-1", "KEY-1"]
    listed = shell.json("publishes")
    assert [each["note"] for each in listed] == ["with fewer questions", ""]
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert b"KEY-1" not in kept
    shell.json("publishes", "--forget-key")
    assert shell.run("publish", lesson, "--yes").returncode == 2


def test_without_a_second_word_nothing_is_replaced(
    roblox: Roblox, shell: Shell, lesson: str
) -> None:
    done = shell.run("publish", lesson, *WHERE, "--key-stdin", stdin="KEY-1\n")
    assert done.returncode == 4
    assert "replaced" in done.stderr
    assert not roblox.seen


def test_a_lost_answer_is_a_decision_and_holds_the_next_one_up(
    roblox: Roblox, shell: Shell, lesson: str
) -> None:
    roblox.answers = ["hangs up"]
    given = ("publish", lesson, *WHERE, "--yes")
    done = shell.run(*given, "--key-stdin", stdin="KEY-1\n")
    assert done.returncode == 4
    assert "version history" in done.stderr
    assert shell.run(*given).returncode == 4
    assert len(roblox.seen) == 1
    assert shell.json(*given, "--looked")["version"] == 8


def test_a_file_that_the_scan_blocks_is_refused_also_as_a_dry_run(
    roblox: Roblox, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "bad.rbxlx"
    file.write_text(
        '<roblox version="4"><Item class="ServerScriptService" referent="a"><Properties>'
        '<string name="Name">ServerScriptService</string></Properties>'
        '<Item class="Script" referent="b"><Properties><string name="Name">A</string>'
        '<ProtectedString name="Source">loadstring("x")()</ProtectedString>'
        "</Properties></Item></Item></roblox>"
    )
    done = shell.run("publish", str(file), *WHERE, "--dry-run")
    assert done.returncode == 5, done.stderr
    assert json.loads(done.stdout)["verdict"] == "blocked"
    assert not roblox.seen


def test_sample_places_are_the_same_each_time_and_can_be_published(
    roblox: Roblox, shell: Shell, tmp_path: Path
) -> None:
    told = shell.json("lesson", "build-samples", "--out", str(tmp_path / "one"), "--grade", "1")
    assert told
    again = shell.json("lesson", "build-samples", "--out", str(tmp_path / "two"), "--grade", "1")
    assert [each["sha256"] for each in told] == [each["sha256"] for each in again]
    first = Path(told[0]["path"])
    done = shell.run("publish", str(first), *WHERE, "--key-stdin", "--yes", stdin="KEY-1\n")
    assert done.returncode == 0, done.stderr
    assert roblox.seen[0].body == first.read_bytes()


def test_a_draft_of_the_library_is_not_published_and_an_approved_one_is(
    roblox: Roblox, shell: Shell, lesson: str, tmp_path: Path, school: School
) -> None:
    assert shell.login(school).returncode == 0
    draft = shell.json("lesson", "import", lesson)["id"]
    given = ("publish", draft, *WHERE, "--yes", "--key-stdin")
    refused = shell.run(*given, stdin="KEY-1\n")
    assert refused.returncode == 5
    assert "not approved" in refused.stderr
    assert not roblox.seen
    shell.json("edit", "lessons", draft, 'status="approved"')
    done = shell.run(*given, stdin="KEY-1\n")
    assert done.returncode == 0, done.stderr
    account = accounts.current(tmp_path / "profile")
    assert account is not None
    folder = accounts.place(tmp_path / "profile", account).folder
    assert (folder / "publishes.jsonl").exists(), "it goes when the account is erased"
