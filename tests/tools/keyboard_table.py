"""Writes docs/keyboard.md from the commands of the window.

python -m tests.tools.keyboard_table
"""

import sys
from pathlib import Path

from desktop.ui import commands
from desktop.ui.commands import MENUS, Menu

FILE = Path(__file__).resolve().parents[2] / "docs" / "keyboard.md"
HEAD = """# Commands and keys

Every command of the window, menu by menu. All of them are in the palette too (Ctrl+K, on a Mac
⌘K): type a few letters of what you want. `?` shows this table in the window.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for menu, title in MENUS.items():
        parts.append(f"## {title.replace('&', '')}\n\n| Command | Windows, Linux | Mac |")
        parts[-1] += "\n| --- | --- | --- |\n" + "\n".join(_lines(menu)) + "\n"
    return "\n".join(parts)


def _lines(menu: Menu) -> list[str]:
    return [
        f"| {one.title} | {_keys(one, mac=False)} | {_keys(one, mac=True)} |"
        for one in commands.of_menu(menu)
    ]


def _keys(command: commands.Command, *, mac: bool) -> str:
    return ", ".join(commands.shown_keys(keys, mac=mac) for keys in command.keys_on(mac=mac))


def main() -> int:
    """Write it; returns the exit code."""
    FILE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
