"""The project's own environment in .venv: made once, locked, repaired and upgraded by itself."""

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from installer import debian

STAMP = "toolboxai-complete.txt"
"""Written into .venv last: without it, the set-up was cut short."""


def interpreter(root: Path) -> Path:
    """The environment's Python, whether it exists yet or not."""
    folder = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return root / ".venv" / folder


def ensure(root: Path) -> None:
    """Make sure that .venv holds exactly what is locked; quick when it already does.

    Ends the process with a sentence when the environment cannot be made.
    """
    if _is_complete(root):
        return
    with _one_at_a_time(root / ".venv.lock"):
        if not _is_complete(root):
            _set_up(root)


def lock(root: Path, *, upgrade: bool) -> int:
    """Write requirements/lock.txt for every platform, with hashes and without index addresses.

    Nobody needs uv but this task, so it gets one for itself when there is none.
    """
    with tempfile.TemporaryDirectory() as scratch:
        uv = shutil.which("uv")
        if uv is None:
            ensure(root)
            _run(_pip(root), "--quiet", "--target", scratch, "uv")
            uv = str(next(Path(scratch, "bin").glob("uv*")))
        command = [
            uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11",
            "--generate-hashes", "--no-emit-index-url", "--extra", "window", "--group", "dev",
            "--quiet", "--output-file", "requirements/lock.txt",
        ]  # fmt: skip
        if upgrade:
            command.append("--upgrade")
        return subprocess.run(command, cwd=root, check=False).returncode


def _fingerprint(root: Path) -> str:
    """What the environment depends on: what is locked, and how the project is installed."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    installed = json.dumps([project.get("build-system"), project.get("project")])
    locked = (root / "requirements/lock.txt").read_bytes().replace(b"\r\n", b"\n")
    return f"{hashlib.sha256(locked + installed.encode()).hexdigest()} {root}"


def _is_complete(root: Path) -> bool:
    try:
        stamp = (root / ".venv" / STAMP).read_text(encoding="utf-8")
    except OSError:
        return False
    return stamp == _fingerprint(root) and interpreter(root).exists()


def _set_up(root: Path) -> None:
    folder = root / ".venv"
    stamp = folder / STAMP
    if not stamp.exists() or not _runs(interpreter(root)):
        # Never begun, cut short, or its Python is gone: half an environment is worse than none.
        _say("Making the environment in .venv (once, a minute or two) ...")
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable], "-m", "venv", "--without-pip", str(folder))
    else:
        _say("Bringing the environment in .venv up to date ...")
        stamp.unlink()
    _install(root)
    # pip and uv have compiled the libraries. Ours is compiled here, even where
    # PYTHONDONTWRITEBYTECODE is set: else each start would pay for it again.
    _run([str(interpreter(root))], "-m", "compileall", "-q", "desktop", cwd=root, quiet=True)
    stamp.write_text(_fingerprint(root), encoding="utf-8")


def _install(root: Path) -> None:
    locked = ["-r", "requirements/lock.txt"]
    # "compat" makes a plain path file; the default runs an import hook at each start of Python.
    # setuptools warns that it may go one day: the lock decides when, not a person's first run.
    project = ["--no-deps", "--no-build-isolation", "--config-settings", "editable_mode=compat"]
    pip = _pip(root)
    _run(pip, "--quiet", "--require-hashes", "--only-binary", ":all:", *locked, cwd=root)
    _run(pip, "--quiet", *project, "--editable", ".", cwd=root, warnings="ignore")


def _pip(root: Path) -> list[str]:
    """The start of a command that installs into .venv: uv if it is here, else some pip."""
    python = str(interpreter(root))
    uv = shutil.which("uv")
    if uv is not None and _runs(uv, "--version"):
        return [uv, "pip", "install", "--compile-bytecode", "--python", python]
    if importlib.util.find_spec("ensurepip") is None:
        wheel = debian.pip_wheel(root / ".venv")
        if wheel is not None:
            return [python, f"{wheel}/pip", "install", "--disable-pip-version-check"]
    if not _runs(python, "-m", "pip", "--version"):
        _run([python], "-m", "ensurepip", quiet=True)
    return [python, "-m", "pip", "install", "--disable-pip-version-check"]


def _runs(program: "str | Path", *arguments: str) -> bool:
    try:
        done = subprocess.run(
            [program, *(arguments or ("-c", ""))], capture_output=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _run(
    start: list[str],
    *arguments: str,
    cwd: Path | None = None,
    quiet: bool = False,
    warnings: str = "",
) -> None:
    command = [*start, *arguments]
    out = subprocess.DEVNULL if quiet else None
    settings = {**os.environ, "PYTHONWARNINGS": warnings} if warnings else None
    code = subprocess.run(command, cwd=cwd, stdout=out, env=settings, check=False).returncode
    if code:
        sys.exit(
            "The environment could not be made. This command failed: "
            f"{' '.join(command)}\nMend what it says above, and run the same task again."
        )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Hold a lock among processes: two set-ups at once would break each other's files."""
    with path.open("a+b") as file:
        waited = False
        while not _try_lock(file.fileno()):
            if not waited:
                _say("Another set-up is at work in this folder; waiting for it ...")
                waited = True
            time.sleep(0.5)
        yield  # closing the file gives the lock back, however this ends


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
