"""What the server does not have, from a shell: keep it, let it go, give it up, or export it."""

from collections.abc import Callable
from pathlib import Path

import click

from desktop import private_files, workspaces
from desktop.cli.context import Context
from desktop.errors import WrongUse
from desktop.storage import parking, rejections
from desktop.storage.queries import unsent_export
from desktop.storage.transaction import Transaction


@click.group()
def unsent() -> None:
    """Keep, send, give up or export changes that the server does not have ('ops' lists them)."""


def _verb(name: str, help_: str, verb: Callable[[Transaction, str], object], said: str) -> None:
    @unsent.command(name, help=help_)
    @click.argument("op")
    @click.pass_obj
    def command(context: Context, op: str) -> None:
        with workspaces.open_offline(context.settings) as workspace:
            workspace.act(verb, op).result()
        context.emit({"op_id": op, "done": name})
        context.say(said)


def _give_up(tx: Transaction, op_id: str) -> None:
    if any(one.op_id == op_id for one in rejections.open_ones(tx.connection)):
        rejections.discard(tx, op_id)
    else:
        parking.discard(tx, op_id)


_verb("keep", "Keep a change only on this computer.", parking.keep, "Kept only here.")
_verb("release", "Let a kept change go with the next sync.", parking.release,
      "It goes with the next sync.")  # fmt: skip
_verb("retry", "Send a refused change again.", rejections.retry, "It goes with the next sync.")
_verb("discard", "Give a change up; 'undo' brings it back.", _give_up,
      "Given up. 'toolboxai-companion undo' brings it back.")  # fmt: skip


@unsent.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export(context: Context, file: Path) -> None:
    """Write everything the server does not have to FILE, for people (.txt) or programs (.json)."""
    if file.suffix not in (".json", ".txt"):
        raise WrongUse("The file's name should end in .json or in .txt.")
    with workspaces.open_offline(context.settings) as workspace:
        work = workspace.ask(unsent_export.everything).result()
    text = work.as_json() if file.suffix == ".json" else work.as_text()
    private_files.write(file, text.encode())
    context.emit({"path": str(file), "changes": len(work.entries)})
    context.say(f"{len(work.entries)} changes are in {file}.")
