"""Bad input at each door gets a sentence that a teacher understands, and loses nothing."""

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.backend import cache_keys
from desktop.backend.secrets import open_store
from desktop.storage import driver
from tests.end_to_end.companion import Answer, Companion, bridge_ports

LOADSTRING = "local code = game.Workspace.Code.Value\nloadstring(code)()\n"


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The ready line of a school server."""
    home = tmp_path_factory.mktemp("school")
    with Companion(home).start("school", "serve", "--empty", "--owner") as server:
        yield server.line()


@pytest.fixture
def teacher(tmp_path: Path, school: Any) -> Companion:
    """A computer with somebody signed in, everything synced."""
    computer = Companion(tmp_path / "teacher", bridge_ports())
    computer.sign_in(school)
    computer.tell("sync")
    return computer


def is_for_a_teacher(answer: Answer) -> str:
    """The last words, when they are whole sentences without a machine's jargon."""
    words = answer.said.strip().splitlines()[-1]
    assert words.endswith((".", "?")), answer.said
    for jargon in ("Traceback", "Error", "Exception", "sqlite3.", "errno", "Errno", "None"):
        assert jargon not in words
    return words


def cache_of(computer: Companion) -> Path:
    return next(computer.profile.glob("accounts/*/cache.sqlite"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0 not a table \x00\x01\x02",
        b"Colour,Number\nred,1\nblue,2\n",
        b"PK\x03\x04 a zip that is none",
    ],
    ids=["empty", "a picture", "no names", "a broken zip"],
)
def test_a_broken_class_list_is_named_and_nothing_is_changed(
    teacher: Companion, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "class list.csv"
    file.write_bytes(content)
    before = teacher.tell("records", "students")
    answer = teacher.ask("roster", "import", file, "--class", "New class", code=None)
    assert answer.code != 0
    is_for_a_teacher(answer)
    assert teacher.tell("records", "students") == before
    assert teacher.tell("ops") == []


def test_a_class_list_with_a_few_bad_rows_brings_the_good_ones(
    teacher: Companion, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(
        "First Name,Last Name,Email Address\n"
        "Amina,Yusuf,amina@north.example\n"
        ",,nobody@north.example\n"
        "Amina,Yusuf,amina@north.example\n"
        "Björk,Jónsdóttir,no address\n",
        encoding="utf-16",
    )
    told = teacher.tell("roster", "import", file, "--class", "5C")
    assert told["create"] == 2
    assert told["problems"]


def test_a_wrong_password_signs_nobody_in(tmp_path: Path, school: Any) -> None:
    computer = Companion(tmp_path / "stranger")
    name = school["owner"]["username"]
    who = ("--server", school["url"], "--username", name, "--password-stdin")
    answer = computer.ask("login", *who, typed="wrong\n", code=1)
    assert "password" in is_for_a_teacher(answer).lower()
    assert "wrong\n" not in answer.said
    assert not (computer.profile / "account.json").exists()


def test_a_server_that_is_none_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    computer = Companion(tmp_path / "stranger")
    where = ("--server", f"http://127.0.0.1:{port}", "--username", "a", "--password-stdin")
    answer = computer.ask("login", *where, typed="b\n", code=3)
    assert str(port) in is_for_a_teacher(answer)


def test_offline_edits_wait_and_go_out_later(tmp_path: Path) -> None:
    home = Companion(tmp_path / "school")
    computer = Companion(tmp_path / "teacher")
    with home.start("school", "serve", "--empty", "--owner") as server:
        ready = server.line()
        computer.sign_in(ready)
        computer.tell("sync")
    port = ready["url"].rpartition(":")[2]
    made = computer.tell("create", "classes", 'name="Made on the bus"')
    is_for_a_teacher(computer.ask("sync", code=3))
    assert [op["id"] for op in computer.tell("ops")] == [made["id"]]
    with home.start("school", "serve", "--port", port) as server:
        server.line()
        assert computer.tell("sync")["pushed"] == 1
    assert computer.tell("ops") == []


def test_a_busy_port_is_named_and_the_school_is_untouched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = str(held.getsockname()[1])
        answer = Companion(tmp_path / "school").ask(
            "school", "serve", "--empty", "--port", port, code=1
        )
    assert port in is_for_a_teacher(answer)


def test_busy_bridge_ports_are_named_and_the_push_is_kept(
    teacher: Companion, tmp_path: Path, lesson: Path
) -> None:
    ports = [int(port) for port in teacher.variables["TOOLBOXAI_BRIDGE_PORTS"].split()]
    with (
        socket.create_server(("127.0.0.1", ports[0])),
        socket.create_server(("127.0.0.1", ports[1])),
    ):
        answer = teacher.ask("push", lesson, "--wait", "1", code=1)
    is_for_a_teacher(answer)
    assert [push["state"] for push in teacher.tell("pushes")] == ["queued"]


def test_studio_closed_keeps_the_push_for_later(teacher: Companion, lesson: Path) -> None:
    answer = teacher.ask("push", lesson, "--wait", "1", code=3)
    assert "queued" in is_for_a_teacher(answer) or "Studio" in answer.said
    assert answer.told["state"] == "queued"
    assert [push["push_id"] for push in teacher.tell("pushes")] == [answer.told["push_id"]]


def test_a_damaged_cache_is_rebuilt_and_unsent_work_is_kept(teacher: Companion) -> None:
    teacher.tell("create", "classes", 'name="Made and synced before"')
    teacher.tell("sync")
    made = teacher.tell("create", "classes", 'name="Made and not synced"')
    before = {one["id"] for one in teacher.tell("records", "classes")}
    file = cache_of(teacher)
    vault = open_store(teacher.home / "vault", teacher.passphrase)
    with closing(driver.connect(file, cache_keys.find(vault, file.parent.name))) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (first,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'record_by_name'"
        ).fetchone()
    with file.open("r+b") as damaged:  # the middle of an index turns to noise
        damaged.seek((first - 1) * int(size))
        damaged.write(b"\xa5" * int(size))
    assert pages > first
    for leftover in file.parent.glob("*.clean*"):
        leftover.unlink()
    teacher.ask("sync", code=None)
    teacher.tell("sync")
    after = {one["id"] for one in teacher.tell("records", "classes")}
    assert made["id"] in before
    assert after >= before


def test_a_script_that_loads_code_is_refused_by_the_scan(
    teacher: Companion, tmp_path: Path
) -> None:
    script = tmp_path / "Trap.luau"
    script.write_text(LOADSTRING)
    answer = teacher.ask("scan", script, code=5)
    assert answer.told["verdict"] == "blocked"
    assert any("loadstring" in finding["text"] for finding in answer.told["findings"])
    is_for_a_teacher(answer)


def test_a_place_that_fails_the_scan_is_not_pushed(teacher: Companion, tmp_path: Path) -> None:
    model = tmp_path / "Trap.rbxmx"
    model.write_text(
        '<roblox version="4"><Item class="Script" referent="R1"><Properties>'
        '<string name="Name">Trap</string>'
        f'<ProtectedString name="Source"><![CDATA[{LOADSTRING}]]></ProtectedString>'
        "</Properties></Item></roblox>"
    )
    answer = teacher.ask("push", model, "--wait", "1", code=5)
    is_for_a_teacher(answer)
    assert teacher.tell("pushes") == []


@pytest.mark.parametrize("content", ["", "{", '{"title": 3}', "[]"])
def test_a_lesson_that_is_none_is_named(teacher: Companion, tmp_path: Path, content: str) -> None:
    file = tmp_path / "lesson.json"
    file.write_text(content)
    is_for_a_teacher(teacher.ask("lesson", "validate", file, code=5))


def test_wrong_use_exits_2_and_says_what_there_is(teacher: Companion) -> None:
    for arguments in (["fly"], ["records", "unicorns"], ["edit", "classes"], ["generate", ""]):
        answer = teacher.ask(*arguments, code=2)
        assert answer.said.strip()


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson file made from a sentence."""
    home = tmp_path_factory.mktemp("maker")
    file = home / "lesson.json"
    made = Companion(home).tell("generate", "fractions, grade 4", "--out", file)
    assert json.loads(file.read_text())["title"] == made["title"]
    return file
