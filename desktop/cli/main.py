"""The root of the command line: its options, and the commands, each loaded when it is called."""

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import click

from desktop.cli.context import Context
from desktop.errors import CompanionError
from desktop.settings import Settings

COMMANDS = {
    "school": "desktop.cli.school:school",
    "login": "desktop.cli.account:login",
    "logout": "desktop.cli.account:logout",
    "sync": "desktop.cli.sync:sync",
    "ops": "desktop.cli.sync:ops",
    "conflicts": "desktop.cli.sync:conflicts",
    "resolve": "desktop.cli.sync:resolve",
    "history": "desktop.cli.sync:history",
    "records": "desktop.cli.records:records",
    "edit": "desktop.cli.records:edit",
    "create": "desktop.cli.records:create",
    "delete": "desktop.cli.records:delete",
    "roster": "desktop.cli.classes:roster",
    "award": "desktop.cli.classes:award",
    "leaderboard": "desktop.cli.classes:leaderboard",
    "analytics": "desktop.cli.classes:analytics",
    "generate": "desktop.cli.lessons:generate",
    "lesson": "desktop.cli.lessons:lesson",
    "scan": "desktop.cli.studio:scan",
    "plugin": "desktop.cli.studio:plugin",
    "bridge": "desktop.cli.studio:bridge",
    "push": "desktop.cli.studio:push",
    "pushes": "desktop.cli.studio:pushes",
    "doctor": "desktop.cli.doctor:doctor",
    "demo": "desktop.cli.demo:demo",
}
"""Each command and where it lives; a module is imported only when its command is called."""


OpenWindow = Callable[[Settings], int]


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """All command names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command, or None when there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name]} is no command")
        return command


@click.group(cls=LazyGroup, invoke_without_command=True)
@click.option(
    "--profile",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that holds everything.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print JSON on standard output and nothing else."
)
@click.option(
    "--vault",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep secrets in this encrypted file.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
@click.version_option(package_name="toolboxai-companion")
@click.pass_context
def cli(
    ctx: click.Context, profile: Path | None, as_json: bool, vault: Path | None, verbose: bool
) -> None:
    """ToolBoxAI Teacher Companion. Without a command, the window opens."""
    open_window: OpenWindow = ctx.obj
    ctx.obj = Context(profile=profile, as_json=as_json, vault=vault, verbose=verbose)
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(ctx.obj.settings))


def run(arguments: list[str], open_window: OpenWindow) -> int:
    """Run one command line and return its exit code; a known error becomes its sentence.

    `open_window` opens the window and returns its exit code: it is handed in, because nothing
    here may know Qt.
    """
    try:
        outcome = cli.main(
            args=arguments,
            prog_name="toolboxai-companion",
            standalone_mode=False,
            obj=open_window,
        )
    except click.ClickException as error:
        error.show(file=sys.stderr)
        return error.exit_code
    except click.Abort:
        print("Stopped.", file=sys.stderr)
        return 1
    except CompanionError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return outcome if isinstance(outcome, int) else 0
