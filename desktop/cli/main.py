"""The root of the command line: its options, and the commands, each loaded when it is called."""

import importlib
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from desktop import logs
from desktop.cli.context import Context
from desktop.errors import CompanionError
from desktop.settings import Settings

COMMANDS = {
    "school": ("desktop.cli.school:school", "Run and administer a school server."),
    "login": ("desktop.cli.account:login", "Sign in to a school server."),
    "logout": ("desktop.cli.account:logout", "Sign out, and erase this computer's copy if asked."),
    "sync": ("desktop.cli.sync:sync", "Bring this computer and the school server together."),
    "ops": ("desktop.cli.sync:ops", "List the changes the server does not have yet."),
    "conflicts": ("desktop.cli.sync:conflicts", "List what waits for a decision."),
    "resolve": ("desktop.cli.sync:resolve", "Decide a conflict."),
    "history": ("desktop.cli.sync:history", "Show everything that happened to a record."),
    "undo": ("desktop.cli.undo:undo", "Take back the last thing that was done here."),
    "unsent": ("desktop.cli.unsent:unsent", "Keep, send, give up or export what waits."),
    "records": ("desktop.cli.records:records", "Show the records of a collection."),
    "edit": ("desktop.cli.records:edit", "Change fields of a record."),
    "create": ("desktop.cli.records:create", "Make a record."),
    "delete": ("desktop.cli.records:delete", "Delete a record."),
    "roster": ("desktop.cli.classes:roster", "Bring a class list in from a file."),
    "award": ("desktop.cli.classes:award", "Give students XP."),
    "leaderboard": ("desktop.cli.classes:leaderboard", "Show a class's leaderboard."),
    "analytics": ("desktop.cli.classes:analytics", "Show how a class is doing."),
    "generate": ("desktop.cli.generate:generate", "Make a lesson from a sentence."),
    "lesson": ("desktop.cli.lessons:lesson", "List, check, build and try lessons."),
    "scan": ("desktop.cli.studio:scan", "Check Luau or a model file for anything unsafe."),
    "plugin": ("desktop.cli.studio:plugin", "Install or remove the Roblox Studio plugin."),
    "studio-server": (
        "desktop.cli.studio_server:studio_server",
        "Reach Studio by its own server, where plugins are not allowed.",
    ),
    "bridge": ("desktop.cli.pushes:bridge", "Run the bridge to Roblox Studio."),
    "push": ("desktop.cli.pushes:push", "Put a lesson into Roblox Studio."),
    "pushes": ("desktop.cli.pushes:pushes", "List what was put into Roblox Studio."),
    "publish": ("desktop.cli.publishing:publish", "Publish a lesson's place on Roblox."),
    "publishes": ("desktop.cli.publishing:publishes", "List what was published on Roblox."),
    "links": ("desktop.cli.links:links", "Open toolboxai: links with the Companion."),
    "cache": ("desktop.cli.cache:cache", "Show, copy, restore and erase what is on this computer."),
    "doctor": ("desktop.cli.doctor:doctor", "Check everything, each thing with its mend."),
    "demo": ("desktop.cli.demo:demo", "Show the whole road on a sample school."),
}
"""Each command: where it lives, and what it does. A module is imported when it is called."""


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
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command = getattr(importlib.import_module(module), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{COMMANDS[cmd_name][0]} is no command")
        logs.join()
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table: the help imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


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
    # Standard output belongs to the result alone, so whatever is logged goes beside it.
    logging.basicConfig(stream=sys.stderr, level=logging.INFO if verbose else logging.ERROR)
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
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain of it too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return outcome if isinstance(outcome, int) else 0
