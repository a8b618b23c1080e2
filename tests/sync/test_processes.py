"""Real processes on one profile: killed in the middle, two at once, and started again."""

import json
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sync.world import ROOT, School, run_cli

PASSPHRASE = {"TOOLBOXAI_VAULT_PASSPHRASE": "a long passphrase"}


class Gate:
    """A TCP relay in front of the school: it can keep the answers to itself."""

    def __init__(self, school: School) -> None:
        self._target = int(school.url.rpartition(":")[2])
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port = self._listener.getsockname()[1]
        self.keep_answers_to = b""
        self.kept = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._target))
            self._open += [near, far]
            pair = _Pair(self, near, far)
            threading.Thread(target=pair.up, daemon=True).start()
            threading.Thread(target=pair.down, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        for one in self._open:
            one.close()


class _Pair:
    def __init__(self, gate: Gate, near: socket.socket, far: socket.socket) -> None:
        self._gate, self._near, self._far = gate, near, far
        self._keep = False

    def up(self) -> None:
        while piece := _read(self._near):
            wanted = self._gate.keep_answers_to
            if wanted and wanted in piece:
                self._keep = True
            self._far.sendall(piece)
        _hang_up(self._far)

    def down(self) -> None:
        while piece := _read(self._far):
            if self._keep:
                self._gate.kept.set()  # the server has done it, and nobody hears of it
                continue
            try:
                self._near.sendall(piece)
            except OSError:
                break
        _hang_up(self._near)


def _read(side: socket.socket) -> bytes:
    try:
        return side.recv(65_536)
    except OSError:
        return b""


def _hang_up(side: socket.socket) -> None:
    try:
        side.shutdown(socket.SHUT_WR)
    except OSError:
        return


@pytest.fixture
def gate(school: School) -> Iterator[Gate]:
    relay = Gate(school)
    yield relay
    relay.close()


class Shell:
    """One profile, used by commands from outside."""

    def __init__(self, folder: Path) -> None:
        self._root = ["--profile", str(folder / "profile"), "--vault", str(folder / "vault")]

    def run(self, *arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
        return run_cli(*self._root, "--json", *arguments, stdin=stdin, **PASSPHRASE)

    def start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        import os

        return subprocess.Popen(
            [sys.executable, "-m", "desktop", *self._root, "--json", *arguments],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | PASSPHRASE,
        )  # fmt: skip

    def json(self, *arguments: str) -> Any:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def login(self, school: School, port: int | None = None) -> None:
        url = f"http://127.0.0.1:{port}" if port else school.url
        done = self.run(
            "login", "--server", url, "--username", school.username, "--password-stdin",
            stdin=school.password + "\n",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def test_a_process_killed_between_sending_and_the_answer_loses_and_repeats_nothing(
    school: School, gate: Gate, tmp_path: Path
) -> None:
    shell = Shell(tmp_path)
    shell.login(school, gate.port)
    made = shell.json("create", "classes", "name=4A")
    shell.json("sync")
    pupil = shell.json("create", "students", "given_name=Amina", f'class_ids=["{made["id"]}"]')
    award = shell.json(
        "create", "xp_awards", f"student_id={pupil['id']}", f"class_id={made['id']}", "xp=5",
        'awarded_at="2026-03-02T09:00:00Z"',
    )  # fmt: skip
    gate.keep_answers_to = b"/sync/push"
    killed = shell.start("sync")
    assert gate.kept.wait(30)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    states = {op["op_id"]: op["state"] for op in shell.json("ops")}
    assert states[pupil["op_id"]] == "in_flight"

    gate.keep_answers_to = b""
    report = shell.json("sync")
    assert (report["pushed"], report["waiting"], report["rejected"]) == (2, 0, 0)
    other = Shell(tmp_path / "other")
    other.login(school)
    other.json("sync")
    seen = other.json("records", "xp_awards", "--where", f"student_id={pupil['id']}")
    assert [one["id"] for one in seen] == [award["id"]]


def test_several_commands_at_once_share_one_sign_in(school: School, tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell.login(school)
    shell.json("create", "classes", "name=4A")
    running = [shell.start("sync") for _ in range(3)]
    ended = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], ended
    assert sum(json.loads(out)["pushed"] for out, _ in ended) == 1
    assert shell.json("sync")["waiting"] == 0
