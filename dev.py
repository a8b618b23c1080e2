"""The project's tasks, on a bare machine: `python3 dev.py` lists them. Standard library only."""

# Until the version is checked this file must be readable for any Python 3.
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 11), (3, 13)
CHECKED = ["desktop", "dev.py", "installer", "benchmarks", "tests"]


def run(arguments: list[str]) -> int:
    """Set up, then open the app; without a display, run the demo in the terminal."""
    from installer import debian, environment

    if not has_display():
        print("There is no display here, so this is the demo in the terminal.", flush=True)
        return demo(arguments)
    environment.ensure(ROOT)
    debian.ensure(debian.WINDOW)
    return python("-m", "desktop", *arguments)


def demo(arguments: list[str]) -> int:
    """Set up, then run the main job in the terminal, from a sentence to a leaderboard."""
    from installer import environment

    environment.ensure(ROOT)
    return python("-m", "desktop", "demo", *arguments)


def test(arguments: list[str]) -> int:
    """Set up, then check and run every test, headless; with arguments, only that pytest run."""
    from installer import debian, environment

    environment.ensure(ROOT)
    debian.ensure(debian.TESTS)
    if python("-c", "import PySide6.QtWidgets"):
        return 1  # what is missing was said, and half of the tests would prove little
    if arguments:
        return python("-m", "pytest", *arguments)
    code = python("tests/tools/fetch_lune.py", "--into", ".venv/share/lune") or check([])
    # The whole suite: what is deselected or skipped counts as a failure (tests/conftest.py). A
    # worker that crashes stays away: a new one would be handed its test again, and crash again.
    workers = ("-n", "2", "--dist", "loadfile", "--max-worker-restart", "0")
    return code or python("-m", "pytest", *workers, whole_suite="1")


def check(arguments: list[str]) -> int:
    """Lint, formatting, types and the floors; `--fix` mends what can be mended."""
    from installer import environment

    environment.ensure(ROOT)
    fix = "--fix" in arguments
    steps = [
        ["ruff", "check", *(["--fix"] if fix else []), *CHECKED],
        ["ruff", "format", *([] if fix else ["--check"]), *CHECKED],
        ["mypy", "-p", "desktop"],
        ["mypy", "dev.py", "installer", "benchmarks"],
    ]
    for step in steps:
        print("$", " ".join(step), flush=True)
        code = python("-m", *step)
        if code:
            return code
    print("$ lint-imports", flush=True)
    return python("-c", "from importlinter.cli import lint_imports_command as c; c()")


def bench(arguments: list[str]) -> int:
    """Measure against floors taken in the same run, and print a table of ratios."""
    from installer import debian, environment

    environment.ensure(ROOT)
    debian.ensure(debian.OFFSCREEN)
    return python("-m", "benchmarks", *arguments)


def simulate(arguments: list[str]) -> int:
    """Sync in simulated worlds full of faults: `--seeds 100000 --jobs 2`; a failing one shrinks."""
    from installer import environment

    environment.ensure(ROOT)
    return python("-m", "tests.simulation", *arguments)


def screenshots(arguments: list[str]) -> int:
    """Photograph the screens, light and dark, into docs/images."""
    from installer import debian, environment

    environment.ensure(ROOT)
    debian.ensure(debian.OFFSCREEN)
    return python("-m", "tests.tools.screenshots", *arguments)


def gallery(arguments: list[str]) -> int:
    """Show every component in every state; `--renew` makes the pictures the tests compare with."""
    from installer import debian, environment

    environment.ensure(ROOT)
    debian.ensure(debian.TESTS)
    return python("-m", "tests.tools.gallery", *arguments)


def build(arguments: list[str]) -> int:
    """Build the program that runs without Python into dist/; `--check` also runs it."""
    from installer import debian, environment

    environment.ensure(ROOT)
    debian.ensure(debian.BUILD)
    code = python(
        "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "installer/companion.spec"
    )
    if code or "--check" not in arguments:
        return code
    return python("-m", "pytest", "installer/check_built.py")


def lock(arguments: list[str]) -> int:
    """Choose the newest versions that pyproject.toml allows and write requirements/lock.txt."""
    from installer import environment

    return environment.lock(ROOT, upgrade="--keep" not in arguments)


def tool(arguments: list[str]) -> int:
    """Run a locked tool of the environment, as in `dev.py tool ruff format`."""
    from installer import environment

    environment.ensure(ROOT)
    return python("-m", *arguments)


TASKS = [run, demo, test, check, bench, simulate, screenshots, gallery, build, lock, tool]


def python(*arguments: str, **settings: str) -> int:
    """Run the environment's Python in the project's folder and return its exit code."""
    from installer import environment

    variables = dict(os.environ)
    for name, value in settings.items():
        variables["TOOLBOXAI_" + name.upper()] = value
    command = [str(environment.interpreter(ROOT)), *arguments]
    try:
        return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode
    except KeyboardInterrupt:
        return 130  # the child heard it too, and has said what there was to say


def has_display() -> bool:
    """Whether a window could be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def with_a_fitting_python(arguments: list[str]) -> int | None:
    """Go on in another Python when this one does not fit; None when it does."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return None
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        other = shutil.which("python3.%d" % minor)
        if other and subprocess.call([other, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([other, str(Path(__file__).resolve()), *arguments])
    sys.stderr.write(
        "This needs Python 3.11, 3.12 or 3.13; this one is %s, and no other was found.\n"
        "Install one of them (python.org has them for every system) and run this again.\n"
        % sys.version.split()[0]
    )
    return 1


def main(arguments: list[str]) -> int:
    """Run the task that the command line names, or list the tasks."""
    tasks = {task.__name__: task for task in TASKS}
    if arguments and arguments[0] in tasks:
        code = with_a_fitting_python(arguments)
        return tasks[arguments[0]](arguments[1:]) if code is None else code
    print("python3 dev.py TASK. Each task first makes .venv and installs what is locked.\n")
    for name, task in tasks.items():
        print("  %-12s %s" % (name, task.__doc__))
    if arguments and arguments[0] not in ("-h", "--help", "help"):
        sys.stderr.write("\nThere is no task %r.\n" % arguments[0])
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
