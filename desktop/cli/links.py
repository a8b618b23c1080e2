"""Links that begin with toolboxai: have this computer open them with the Companion."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from desktop.backend.local_school import own_command
from desktop.cli.context import Context
from desktop.errors import CompanionError

SCHEME = "toolboxai"
KEY = rf"Software\Classes\{SCHEME}"
ENTRY = "toolboxai-companion-links.desktop"


@click.group()
def links() -> None:
    """Have this computer open links that begin with toolboxai: with the Companion."""


@links.command()
@click.pass_obj
def register(context: Context) -> None:
    """Open such links with this program, for this user."""
    _told(context, _register(own_command()))


@links.command()
@click.pass_obj
def forget(context: Context) -> None:
    """Leave such links alone again."""
    _told(context, _forget())


def _told(context: Context, where: str) -> None:
    context.emit({"where": where})
    context.say(where)


def _register(command: list[str]) -> str:
    if sys.platform == "win32":
        import winreg

        opens = " ".join(f'"{part}"' for part in (*command, "%1"))
        for where, name, value in (
            ("", "", "URL:ToolBoxAI Teacher Companion"),
            ("", "URL Protocol", ""),
            (r"\shell\open\command", "", opens),
        ):
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, KEY + where) as key:
                winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)
        return KEY
    if sys.platform == "darwin":
        raise CompanionError(
            "On a Mac, links belong to the installed app.",
            mend="Put the Companion into Applications and open it once.",
        )
    file = _entry()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(desktop_entry(command), encoding="utf-8")
    tool = shutil.which("xdg-mime")
    if tool is not None:
        kind = f"x-scheme-handler/{SCHEME}"
        ours = [tool, "default", file.name, kind]
        subprocess.run(ours, check=False, timeout=10)  # noqa: S603  (a tool of the desktop's)
    return str(file)


def _forget() -> str:
    if sys.platform == "win32":
        import winreg

        for part in (r"\shell\open\command", r"\shell\open", r"\shell", ""):
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, KEY + part)
        return KEY
    file = _entry()
    file.unlink(missing_ok=True)
    return str(file)


def desktop_entry(command: list[str]) -> str:
    """The entry of a Linux desktop (https://specifications.freedesktop.org/desktop-entry-spec)."""
    quoted = " ".join(
        '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in command
    )
    lines = {
        "Type": "Application",
        "Name": "ToolBoxAI Teacher Companion",
        "Exec": f"{quoted.replace('%', '%%')} %u",
        "MimeType": f"x-scheme-handler/{SCHEME};",
        "NoDisplay": "true",
    }
    return (
        "\n".join(["[Desktop Entry]", *(f"{name}={value}" for name, value in lines.items())]) + "\n"
    )


def _entry() -> Path:
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "applications" / ENTRY
