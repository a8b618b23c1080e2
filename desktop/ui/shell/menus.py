"""The menu bar, and with it the shortcuts, made from the commands."""

import sys
from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.ui import commands
from desktop.ui.commands import MENUS, Command, Menu, Shell
from desktop.ui.strings import tr

MAC = sys.platform == "darwin"
_ROLES = {
    "about": QAction.MenuRole.AboutRole,
    "preferences": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
}


class Menus:
    """One action a command, in the menus of `bar`; an action's keys work wherever one is.

    The titles are there at once; `fill` puts the commands under them.
    """

    def __init__(self, bar: QMenuBar) -> None:
        self.actions: dict[str, QAction] = {}
        self._menus = {menu: bar.addMenu(tr(title)) for menu, title in MENUS.items()}
        self._name_edits: Callable[[], object] | None = None

    def fill(self, shell: Shell) -> None:
        """Make the actions, which act on `shell`."""
        self.shell = shell
        for menu, shown in self._menus.items():
            self._fill(shown, menu)
        self.update()

    @property
    def _commands(self) -> dict[str, Command]:
        return {command.id: command for command in commands.COMMANDS}

    def _before_edit(self) -> None:
        if self._name_edits is not None:
            self._name_edits()

    def update(self) -> None:
        """What cannot be done now is grey, and its keys do nothing."""
        for command in commands.COMMANDS:
            self.actions[command.id].setEnabled(command.when(self.shell))

    def about_to_edit(self, tell: Callable[[], object] | None) -> None:
        """Have `tell` called before the Edit menu shows, to `name` what there is to undo."""
        self._name_edits = tell
        if tell is None:
            for command_id in ("edit.undo", "edit.redo"):
                self.name(command_id, tr(self._commands[command_id].title))

    def name(self, command_id: str, words: str) -> None:
        """Show other words for a command: what there is to undo."""
        self.actions[command_id].setText(words.replace("&", "&&"))

    def _fill(self, menu: QMenu, which: Menu) -> None:
        menu.aboutToShow.connect(self.update)
        if which == "edit":
            menu.aboutToShow.connect(self._before_edit)
        before: Command | None = None
        for command in commands.of_menu(which):
            if before is not None and before.group != command.group:
                menu.addSeparator()
            before = command
            menu.addAction(self._action(command, menu))

    def _action(self, command: Command, parent: QMenu) -> QAction:
        keys = command.keys_on(mac=MAC)
        words = tr(command.title)
        if keys and not command.bound:
            shown = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            words += f"\t{shown}"
        made = QAction(words, parent)
        made.setObjectName(command.id)
        # Without a role Qt guesses one on macOS from the words, in English only.
        made.setMenuRole(_ROLES.get(command.role, QAction.MenuRole.NoRole))
        if command.bound:
            made.setShortcuts([QKeySequence(one) for one in keys])
        made.triggered.connect(self._doing(command))
        self.actions[command.id] = made
        return made

    def _doing(self, command: Command) -> Callable[[], None]:
        def do() -> None:
            command.do(self.shell)

        return do
