"""The floors of the house: who may import whom, and what is loaded when."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = {
    "alembic",
    "fastapi",
    "httpx",
    "keyring",
    "openpyxl",
    "PySide6",
    "pydantic",
    "sqlalchemy",
    "starlette",
    "uvicorn",
    "websockets",
}
LIGHT = [
    "desktop.__main__",
    "desktop.classroom.ids",
    "desktop.classroom.instants",
    "desktop.classroom.records",
    "desktop.cli.context",
    "desktop.cli.main",
    "desktop.errors",
    "desktop.logs",
    "desktop.settings",
]
WITHOUT_QT = "import sys; sys.modules.update(PySide6=None, shiboken6=None, qasync=None); "


def python(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_imports_point_down_and_every_module_has_a_floor() -> None:
    done = python("from importlinter.cli import lint_imports_command as c; c()", "--no-cache")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", LIGHT)
def test_a_light_module_loads_nothing_heavy(module: str) -> None:
    done = python(f"import {module}, sys; print(*{{m.split('.')[0] for m in sys.modules}})")
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())


def test_the_command_line_lists_its_commands_without_qt() -> None:
    done = python(
        WITHOUT_QT + "from desktop.cli.main import cli, COMMANDS\n"
        "for name in COMMANDS: assert cli.get_command(None, name) is not None, name\n"
        "from desktop.__main__ import main; sys.argv[1:] = ['--help']; main()"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "leaderboard" in done.stdout


def test_no_command_module_imports_qt_on_its_own() -> None:
    done = python(
        "import sys\nfrom desktop.cli.main import cli, COMMANDS\n"
        "for name in COMMANDS: cli.get_command(None, name)\n"
        "print(*sorted(m for m in sys.modules if m.startswith(('PySide6', 'desktop.ui'))))"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_help_and_version_come_quickly_because_no_command_is_loaded_for_them() -> None:
    done = python(
        "import sys\nfrom desktop.cli import main\n"
        "main.run(['--version'], None)\n"
        "print(*(m for m in sys.modules if m.startswith('desktop.cli.')), file=sys.stderr)"
    )
    assert done.stdout.startswith("toolboxai-companion, version ")
    assert set(done.stderr.split()) == {"desktop.cli.context", "desktop.cli.main"}
