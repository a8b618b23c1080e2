"""The environment is made once, locked, and one set-up at a time."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from installer import debian, environment

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that looks complete: a lock, a stamp and a Python."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/lock.txt").write_text("click==8\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    python = environment.interpreter(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    (tmp_path / ".venv" / environment.STAMP).write_text(environment._fingerprint(tmp_path))
    return tmp_path


def test_a_complete_environment_is_left_alone(project: Path) -> None:
    before = sorted(project.rglob("*"))
    environment.ensure(project)
    assert sorted(project.rglob("*")) == before


def test_a_changed_lock_makes_the_environment_incomplete(project: Path) -> None:
    (project / "requirements/lock.txt").write_text("click==9\n")
    assert not environment._is_complete(project)


def test_a_moved_folder_makes_the_environment_incomplete(project: Path, tmp_path: Path) -> None:
    moved = project.rename(tmp_path.with_name("moved"))
    assert not environment._is_complete(moved)


def test_line_endings_of_windows_do_not_change_what_is_locked(project: Path) -> None:
    lock = project / "requirements/lock.txt"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert environment._is_complete(project)


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from installer import environment\n"
        "with environment._one_at_a_time(Path(sys.argv[1])):\n"
        "    print('in', flush=True); sys.stdin.read()"
    )
    lock = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        assert first.stdout.readline().strip() == b"in"
        with lock.open("a+b") as file:
            assert not environment._try_lock(file.fileno())
        first.stdin.close()
        first.wait(10)
    started = time.monotonic()
    with environment._one_at_a_time(lock):
        assert time.monotonic() - started < 5


def test_the_tasks_are_listed_without_any_environment(tmp_path: Path) -> None:
    for name in ("dev.py", "installer"):
        (tmp_path / name).symlink_to(ROOT / name)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "dev.py"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0
    for task in ("run", "demo", "test", "check", "bench", "screenshots", "build", "lock"):
        assert f"\n  {task} " in done.stdout
    assert not (tmp_path / ".venv").exists()


def test_an_unknown_task_is_named_and_exits_2() -> None:
    done = subprocess.run(
        [sys.executable, "dev.py", "fly"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "There is no task 'fly'" in done.stderr


def test_a_python_that_does_not_fit_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    code = (
        "import collections, runpy, sys\n"
        "V = collections.namedtuple('V', 'major minor micro releaselevel serial')\n"
        "sys.version_info = V(3, 9, 2, 'final', 0); sys.version = '3.9.2 (default)'\n"
        "sys.argv = ['dev.py', 'run']; runpy.run_path('dev.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13; this one is 3.9.2" in done.stderr


@pytest.mark.parametrize("installed", ["libglib2.0-0", "libglib2.0-0t64"])
def test_a_library_is_there_under_its_old_or_new_name(
    installed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = tmp_path / "dpkg-query"
    query.write_text(f"#!/bin/sh\necho '{installed} ii '\necho 'libegl1 un '\nexit 1\n")
    query.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert debian._missing(["libgl1", "libegl1", "libglib2.0-0"]) == ["libgl1", "libegl1"]
