"""One window a profile: the second hands its arguments over; nobody else is listened to."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.backend import one_window
from desktop.backend.one_window import OneWindow, WindowStuck

ROOT = Path(__file__).parents[2]


@pytest.fixture
def calls() -> list[list[str]]:
    return []


@pytest.fixture
def first(tmp_path: Path, calls: list[list[str]]) -> Iterator[OneWindow]:
    window = OneWindow(tmp_path)
    assert window.take([])
    window.listen(calls.append)
    yield window
    window.close()


def test_the_second_hands_its_arguments_to_the_first_and_ends(
    first: OneWindow, calls: list[list[str]], tmp_path: Path
) -> None:
    assert not OneWindow(tmp_path).take(["lesson.json", "Größe"])
    assert not OneWindow(tmp_path).take([])
    assert calls == [["lesson.json", "Größe"], []]


def test_each_profile_has_a_window_of_its_own(first: OneWindow, tmp_path: Path) -> None:
    other = OneWindow(tmp_path / "other")
    assert other.take([])
    other.close()


def test_only_this_user_may_read_where_the_window_listens(first: OneWindow, tmp_path: Path) -> None:
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_a_stranger_without_the_secret_is_not_heard(
    first: OneWindow, calls: list[list[str]], tmp_path: Path
) -> None:
    port = json.loads((tmp_path / "window-line.json").read_text())["port"]
    for words in (b"", b"x" * 10, b"x" * 32 + b'["evil"]', b"x" * 200_000):
        with socket.create_connection(("127.0.0.1", port), 5) as line:
            line.settimeout(5)
            line.recv(32)
            try:
                line.sendall(words)
                line.shutdown(socket.SHUT_WR)
                assert line.recv(2) == b""
            except OSError:
                pass
    assert not OneWindow(tmp_path).take(["still there"])
    assert calls == [["still there"]]


def test_while_the_first_is_closing_the_second_waits_and_becomes_the_window(
    first: OneWindow, tmp_path: Path
) -> None:
    first.deaf()
    threading.Timer(0.5, first.close).start()
    second = OneWindow(tmp_path)
    assert second.take([])
    second.close()


def test_a_first_that_does_not_answer_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_window, "PATIENCE_S", 0.3)
    silent = OneWindow(tmp_path)
    assert silent.take([])
    with pytest.raises(WindowStuck, match="already open"):
        OneWindow(tmp_path).take([])
    silent.close()


def test_a_window_that_was_killed_leaves_the_place_free(tmp_path: Path) -> None:
    code = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from desktop.backend.one_window import OneWindow
        window = OneWindow(Path(sys.argv[1]))
        print(window.take([]), flush=True)
        window.listen(print)
        time.sleep(60)
    """)
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "True\n"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    window = OneWindow(tmp_path)
    assert window.take([])
    window.close()
