"""The command line as scripts from outside use it: names, JSON, exit codes, and no Qt."""

import contextlib
import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.backend import secrets
from desktop.cli import main
from tests.sync.world import ROOT, School

WITHOUT_QT = (
    "import sys; sys.modules.update(PySide6=None, shiboken6=None, qasync=None); "
    "from desktop.__main__ import main; main()"
)
SYNC_FIELDS = {
    "pushed", "pulled", "merged", "conflicts", "rejected", "waiting", "cursor", "seconds",
}  # fmt: skip


class Shell:
    """One profile, used from outside. In this process, unless the process is what is tested."""

    def __init__(self, folder: Path) -> None:
        self.root = ["--profile", str(folder / "profile"), "--vault", str(folder / "vault")]

    def run(self, *arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        out, err, given = io.StringIO(), io.StringIO(), sys.stdin
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            sys.stdin = io.StringIO(stdin)
            try:
                code = main.run([*self.root, "--json", *arguments], lambda _: 99)
            finally:
                sys.stdin = given
        return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-u", "-c", WITHOUT_QT, *self.root, *arguments], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def json(self, *arguments: str, exit_code: int = 0) -> Any:
        done = self.run(*arguments)
        assert done.returncode == exit_code, done.stderr
        assert done.stdout.count("\n") == 1, "one document on one line, and nothing else"
        return json.loads(done.stdout)

    def login(self, school: School, password: str = "") -> "subprocess.CompletedProcess[str]":
        return self.run(*self.login_arguments(school), stdin=(password or school.password) + "\n")

    @staticmethod
    def login_arguments(school: School) -> list[str]:
        options = ["--server", school.url, "--username", school.username, "--password-stdin"]
        return ["login", *options]


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a long passphrase")


@pytest.fixture
def shell(tmp_path: Path, school: School) -> Shell:
    one = Shell(tmp_path)
    assert one.login(school).returncode == 0
    return one


def test_signing_in_says_who_and_where(tmp_path: Path, school: School) -> None:
    done = Shell(tmp_path).login(school)
    told = json.loads(done.stdout)
    assert set(told) == {"user", "server", "server_kind"}
    assert told["user"]["username"] == school.username
    assert (told["server"], told["server_kind"]) == (school.url, "companion")
    assert school.password not in done.stdout + done.stderr


def test_a_wrong_password_is_1_with_a_sentence_and_nothing_on_stdout(
    tmp_path: Path, school: School
) -> None:
    done = Shell(tmp_path).login(school, "wrong")
    assert (done.returncode, done.stdout) == (1, "")
    assert "do not go together" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreachable_server_is_3(tmp_path: Path) -> None:
    done = Shell(tmp_path).run(
        "login", "--server", "http://127.0.0.1:9", "--username", "a", "--password-stdin",
        stdin="b\n",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")


def test_without_keyring_and_vault_both_ways_are_named(
    tmp_path: Path, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "KEYRINGS", ())
    shell = Shell(tmp_path)
    shell.root = shell.root[:2]
    done = shell.login(school)
    assert (done.returncode, done.stdout) == (1, "")
    assert "keyring" in done.stderr
    assert "--vault" in done.stderr


@pytest.mark.parametrize("arguments", [["sync"], ["ops"], ["records", "classes"], ["logout"]])
def test_whoever_is_not_signed_in_is_told_the_command(tmp_path: Path, arguments: list[str]) -> None:
    done = Shell(tmp_path).run(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "login --server" in done.stderr


def test_a_record_goes_from_create_over_edit_and_sync_to_delete(shell: Shell) -> None:
    made = shell.json("create", "classes", "name=4A", "grade_level=4", 'room="12"')
    assert set(made) == {"id", "op_id"}
    (waiting,) = shell.json("ops")
    assert (waiting["op_id"], waiting["kind"], waiting["state"]) == (
        made["op_id"], "create", "pending",
    )  # fmt: skip
    (row,) = shell.json("records", "classes", "--id", made["id"])
    assert set(row) == {"id", "version", "pending", "data"}
    assert (row["version"], row["pending"]) == (0, True)
    assert (row["data"]["name"], row["data"]["grade_level"]) == ("4A", 4)

    report = shell.json("sync")
    assert set(report) == SYNC_FIELDS
    assert (report["pushed"], report["waiting"], report["conflicts"]) == (1, 0, 0)
    assert shell.json("ops") == []
    (row,) = shell.json("records", "classes", "--where", "room=12", "--id", made["id"])
    assert row["version"] > 0
    assert not row["pending"]

    shell.json("edit", "classes", made["id"], "subject=Maths")
    (pending,) = shell.json("records", "classes", "--pending")
    assert pending["data"]["subject"] == "Maths"
    (change,) = shell.json("history", "classes", made["id"])[-1:]
    assert (change["field"], change["old"], change["new"]) == ("subject", "", "Maths")
    shell.json("delete", "classes", made["id"])
    shell.json("sync")
    assert shell.json("records", "classes", "--id", made["id"]) == []


def test_a_conflict_is_4_and_is_resolved_by_each_of_three_ways(
    shell: Shell, school: School, tmp_path: Path
) -> None:
    other = Shell(tmp_path / "other")
    other.login(school)
    made = shell.json("create", "classes", "name=4A")["id"]
    shell.json("sync")
    other.json("sync")
    for take, room in (("mine", "here"), ("theirs", "there"), ('"third"', "third")):
        other.json("edit", "classes", made, "room=there")
        other.json("sync")
        shell.json("edit", "classes", made, "room=here")
        assert shell.json("sync", exit_code=4)["conflicts"] == 1
        (conflict,) = shell.json("conflicts")
        found = (conflict["field"], conflict["mine"], conflict["theirs"])
        assert found == ("room", "here", "there")
        shell.json("resolve", str(conflict["id"]), "--take", take)
        assert shell.json("conflicts") == []
        shell.json("sync")
        (row,) = shell.json("records", "classes", "--id", made)
        assert (row["data"]["room"], row["pending"]) == (room, False)
        other.json("sync")
        other.json("edit", "classes", made, 'room=""')
        other.json("sync")
        shell.json("sync")


def test_offline_is_3_and_the_work_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "school"
    folder.mkdir()
    school = School(folder, "--empty")
    shell = Shell(tmp_path)
    shell.login(school)
    school.stop()
    made = shell.json("create", "classes", "name=4A")
    report = shell.json("sync", exit_code=3)
    assert (report["pushed"], report["waiting"]) == (0, 1)
    assert [op["op_id"] for op in shell.json("ops")] == [made["op_id"]]

    refused = shell.run("logout", "--erase")
    assert refused.returncode == 4
    assert [op["op_id"] for op in json.loads(refused.stdout)["unsent"]] == [made["op_id"]]
    assert [op["op_id"] for op in shell.json("ops")] == [made["op_id"]]
    assert len(shell.json("logout", "--erase", "--discard-unsent")["unsent"]) == 1
    assert shell.run("ops").returncode == 1
    assert list((tmp_path / "profile" / "accounts").iterdir()) == []


def test_signing_out_keeps_the_work_for_the_next_sign_in(shell: Shell, school: School) -> None:
    made = shell.json("create", "classes", "name=4A")
    assert len(shell.json("logout")["unsent"]) == 1
    shell.login(school)
    assert [op["op_id"] for op in shell.json("ops")] == [made["op_id"]]
    assert shell.json("sync")["pushed"] == 1
    assert shell.json("logout", "--erase") == {"unsent": []}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["create", "classes", "grade_level=4"], 5),
        (["create", "classes", "name=4A", "grade_level=99"], 5),
        (["create", "progress_events", "kind=joined"], 5),
        (["create", "classes", "name"], 2),
        (["edit", "classes", "no-such-record", "name=x"], 5),
        (["records", "unicorns"], 2),
        (["resolve", "7", "--take", "mine"], 2),
        (["edit", "classes"], 2),
        (["dance"], 2),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    shell: Shell, arguments: list[str], code: int
) -> None:
    done = shell.run(*arguments)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_without_qt_a_fresh_process_signs_in_syncs_and_shows(
    tmp_path: Path, school: School
) -> None:
    shell = Shell(tmp_path)
    for arguments, stdin in (
        (["--json", *shell.login_arguments(school)], school.password),
        (["--json", "sync"], ""),
        (["--json", "records", "classes"], ""),
    ):
        with shell.start(*arguments) as process:
            out, err = process.communicate(stdin)
        assert process.returncode == 0, err
        json.loads(out)


def test_watching_prints_a_line_a_round_until_it_is_stopped(
    shell: Shell, school: School, tmp_path: Path
) -> None:
    with shell.start("--json", "sync", "--watch") as watching:
        assert watching.stdout is not None
        assert set(json.loads(watching.stdout.readline())) == SYNC_FIELDS
        other = Shell(tmp_path / "other")
        other.login(school)
        made = other.json("create", "classes", "name=seen by the watcher")
        other.json("sync")
        while not json.loads(watching.stdout.readline())["pulled"]:
            pass
        watching.send_signal(signal.SIGTERM)
        watching.communicate()
    assert watching.returncode == 0
    assert len(shell.json("records", "classes", "--id", made["id"])) == 1


def test_the_help_names_every_command_and_loads_none() -> None:
    code = (
        "import sys; sys.argv = ['x', '--help']\n"
        "from desktop.__main__ import main\n"
        "try: main()\n"
        "finally: print(*sorted(m for m in sys.modules if m.startswith('desktop.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "desktop.cli.context desktop.cli.main"
    for name in ("school", "login", "sync", "records", "generate", "push", "doctor", "demo"):
        assert f"  {name} " in done.stdout


def test_a_reader_that_has_seen_enough_makes_no_traceback(shell: Shell) -> None:
    for number in range(3):
        shell.json("create", "classes", f"name=Class {number}")
    with shell.start("records", "classes") as reading:
        assert reading.stdout is not None
        reading.stdout.close()
        assert reading.stderr is not None
        assert "Traceback" not in reading.stderr.read()
