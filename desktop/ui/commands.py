"""Every command of the window, declared once: menus, palette, shortcuts and docs come from here.

Knows no Qt. Keys are written as Qt writes them portably: `Ctrl` is the Command key on a Mac.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from desktop.ui.routes import PLACES, Route
from desktop.ui.strings import mark

Menu = Literal["file", "edit", "view", "go", "help"]
Role = Literal["", "about", "preferences", "quit"]
"""What macOS moves into the menu that bears the program's name."""
EditKey = Literal["cut", "copy", "paste", "select_all"]
Appearance = Literal["system", "light", "dark", "contrast"]

MENUS: dict[Menu, str] = {
    "file": mark("&File"),
    "edit": mark("&Edit"),
    "view": mark("&View"),
    "go": mark("&Go"),
    "help": mark("&Help"),
}
"""The menu bar from left to right."""


class Shell(Protocol):
    """What a command acts on: the window, as far as commands know it."""

    @property
    def signed_in(self) -> bool:
        """Whether an account is open."""

    @property
    def can_go_back(self) -> bool:
        """Whether there is a way back."""

    @property
    def can_go_forward(self) -> bool:
        """Whether somebody went back."""

    def go(self, route: Route) -> None:
        """Go to a screen."""

    def go_back(self) -> None:
        """Go where we were before."""

    def go_forward(self) -> None:
        """Take the last step back again."""

    def press(self, screen: str, name: str) -> None:
        """Go to a screen and press one of its buttons."""

    def open_palette(self) -> None:
        """Open the palette."""

    def sync_now(self) -> None:
        """Sync now."""

    def undo(self, *, again: bool) -> None:
        """Take back the last step, or bring it again."""

    def edit(self, key: EditKey) -> None:
        """Tell the field with the focus to cut, copy, paste or select."""

    def show_appearance(self, appearance: Appearance) -> None:
        """Change the colours of the window."""

    def resize_text(self, step: int) -> None:
        """Make text larger (1), smaller (-1), or as large as the system wants it (0)."""

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop it."""

    def show_shortcuts(self) -> None:
        """Show the sheet of shortcuts."""

    def help_here(self) -> None:
        """Explain the screen in sight."""

    def take_tour(self) -> None:
        """Begin the tour."""

    def show_about(self) -> None:
        """Say which version this is."""

    def close_window(self) -> None:
        """Close the window, and with it the program."""


def always(_: Shell) -> bool:
    """Also before anybody has signed in."""
    return True


def signed_in(shell: Shell) -> bool:
    """Once an account is open."""
    return shell.signed_in


@dataclass(frozen=True)
class Command:
    """One thing the window can be told to do."""

    id: str
    title: str
    """In English; translated where it is shown."""
    menu: Menu
    do: Callable[[Shell], object]
    keys: tuple[str, ...] = ()
    """The first is shown in menus; all of them work."""
    mac_keys: tuple[str, ...] | None = None
    """Where a Mac has keys of its own; None takes `keys`."""
    icon: str = ""
    when: Callable[[Shell], bool] = signed_in
    """Whether it can be done now."""
    role: Role = ""
    bound: bool = True
    """False where the field with the focus answers to the keys by itself; menus show them."""
    group: int = 0
    """A line divides the groups of a menu."""

    def keys_on(self, *, mac: bool) -> tuple[str, ...]:
        """The keys on one platform."""
        return self.mac_keys if mac and self.mac_keys is not None else self.keys


def _place(at: int) -> Command:
    place = PLACES[at]
    route = Route(place.screen)
    return Command(
        f"go.{place.screen}",
        place.title,
        "go",
        lambda shell: shell.go(route),
        keys=(f"Ctrl+{at + 1}",) if at < 9 else (),
        icon=place.icon,
        group=1,
    )


COMMANDS: tuple[Command, ...] = (
    Command("file.new-lesson", mark("New lesson"), "file", lambda at: at.go(Route("generate")),
            keys=("Ctrl+N",), icon="generate"),
    Command("file.new-class", mark("New class…"), "file",
            lambda at: at.press("classes", "new-class"), keys=("Ctrl+Shift+N",), icon="plus"),
    Command("file.sync", mark("Sync now"), "file", lambda at: at.sync_now(),
            keys=("F5", "Ctrl+R"), mac_keys=("Ctrl+R", "F5"), icon="sync", group=1),
    Command("file.leave", mark("Leave this account…"), "file",
            lambda at: at.press("settings", "leave"), group=2),
    Command("file.quit", mark("Quit"), "file", lambda at: at.close_window(), keys=("Ctrl+Q",),
            when=always, role="quit", group=3),
    Command("edit.undo", mark("Undo"), "edit", lambda at: at.undo(again=False),
            keys=("Ctrl+Z",), icon="undo"),
    Command("edit.redo", mark("Redo"), "edit", lambda at: at.undo(again=True),
            keys=("Ctrl+Shift+Z", "Ctrl+Y"), mac_keys=("Ctrl+Shift+Z",)),
    Command("edit.cut", mark("Cut"), "edit", lambda at: at.edit("cut"), keys=("Ctrl+X",),
            when=always, bound=False, group=1),
    Command("edit.copy", mark("Copy"), "edit", lambda at: at.edit("copy"), keys=("Ctrl+C",),
            when=always, bound=False, group=1),
    Command("edit.paste", mark("Paste"), "edit", lambda at: at.edit("paste"), keys=("Ctrl+V",),
            when=always, bound=False, group=1),
    Command("edit.select-all", mark("Select all"), "edit", lambda at: at.edit("select_all"),
            keys=("Ctrl+A",), when=always, bound=False, group=1),
    Command("edit.find", mark("Find a student, class or lesson…"), "edit",
            lambda at: at.open_palette(), keys=("Ctrl+F",), icon="search", group=2),
    Command("edit.settings", mark("Settings…"), "edit", lambda at: at.go(Route("settings")),
            keys=("Ctrl+,",), icon="settings", role="preferences", group=3),
    Command("view.system", mark("Appearance: like the system"), "view",
            lambda at: at.show_appearance("system"), when=always),
    Command("view.light", mark("Appearance: light"), "view", lambda at: at.show_appearance("light"),
            when=always),
    Command("view.dark", mark("Appearance: dark"), "view", lambda at: at.show_appearance("dark"),
            icon="moon", when=always),
    Command("view.contrast", mark("Appearance: high contrast"), "view",
            lambda at: at.show_appearance("contrast"), when=always),
    Command("view.larger", mark("Larger text"), "view", lambda at: at.resize_text(1),
            keys=("Ctrl++", "Ctrl+="), when=always, group=1),
    Command("view.smaller", mark("Smaller text"), "view", lambda at: at.resize_text(-1),
            keys=("Ctrl+-",), when=always, group=1),
    Command("view.usual-size", mark("Text of the usual size"), "view",
            lambda at: at.resize_text(0), keys=("Ctrl+0",), when=always, group=1),
    Command("view.full-screen", mark("Full screen"), "view", lambda at: at.toggle_full_screen(),
            keys=("F11",), mac_keys=("Meta+Ctrl+F",), when=always, group=2),
    Command("go.anywhere", mark("Go to anything…"), "go", lambda at: at.open_palette(),
            keys=("Ctrl+K", "Ctrl+Shift+P"), icon="search"),
    Command("go.back", mark("Back"), "go", lambda at: at.go_back(),
            keys=("Alt+Left",), mac_keys=("Ctrl+[",), icon="back",
            when=lambda at: at.can_go_back),
    Command("go.forward", mark("Forward"), "go", lambda at: at.go_forward(),
            keys=("Alt+Right",), mac_keys=("Ctrl+]",), icon="chevron-right",
            when=lambda at: at.can_go_forward),
    *(_place(at) for at in range(len(PLACES))),
    Command("go.tasks", mark("Tasks"), "go", lambda at: at.go(Route("tasks")), keys=("Ctrl+J",),
            icon="clock", group=2),
    Command("help.here", mark("Help on this page"), "help", lambda at: at.help_here(),
            keys=("F1",), mac_keys=("Ctrl+?", "F1"), icon="info"),
    Command("help.tour", mark("Take the tour"), "help", lambda at: at.take_tour(), icon="star"),
    Command("help.new", mark("What is new"), "help", lambda at: at.go(Route("help", "new")),
            icon="clock"),
    Command("help.shortcuts", mark("Keyboard shortcuts"), "help",
            lambda at: at.show_shortcuts(), keys=("Ctrl+/", "?"), icon="info", when=always),
    Command("help.about", mark("About the Companion"), "help", lambda at: at.show_about(),
            icon="brand", when=always, role="about", group=2),
)  # fmt: skip
"""All of them, in the order of the menus."""

MAC_NAMES = {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥", "Meta": "⌃"}
KEY_NAMES = {"Left": "←", "Right": "→"}
MAC_ORDER = "⌃⌥⇧⌘"


def of_menu(menu: Menu) -> list[Command]:
    """The commands of one menu."""
    return [command for command in COMMANDS if command.menu == menu]


def conflicts(commands: Sequence[Command] = COMMANDS, *, mac: bool) -> list[tuple[str, str, str]]:
    """Keys that two commands claim: the keys, and both ids."""
    found, owners = [], dict[str, str]()
    for command in commands:
        for keys in command.keys_on(mac=mac):
            owner = owners.setdefault(keys, command.id)
            if owner != command.id:
                found.append((keys, owner, command.id))
    return found


def shown_keys(keys: str, *, mac: bool) -> str:
    """`Ctrl+Shift+Z` as a person of that platform reads it: `⇧⌘Z` on a Mac."""
    held, key = _taken_apart(keys)
    key = KEY_NAMES.get(key, key)
    if not mac:
        return "+".join([*held, key])
    signs = sorted((MAC_NAMES[one] for one in held), key=MAC_ORDER.index)
    return "".join([*signs, key])


def _taken_apart(keys: str) -> tuple[list[str], str]:
    """The keys that are held, and the one that is pressed, which may be a plus itself."""
    if keys.endswith("++"):
        return keys[:-2].split("+"), "+"
    *held, key = keys.split("+")
    return held, key
