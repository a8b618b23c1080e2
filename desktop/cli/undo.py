"""Undo from a shell: the last thing that was done here, or the one that is named."""

import click

from desktop import workspaces
from desktop.actions import undo as verbs
from desktop.cli import values
from desktop.cli.context import Context
from desktop.storage.queries import step_words
from desktop.storage.queries.step_words import StepInWords
from desktop.storage.transaction import Transaction


@click.command()
@click.argument("step", type=int, required=False)
@click.option("--redo", is_flag=True, help="Bring back what the last undo took back.")
@click.option("--list", "listing", is_flag=True, help="Show the last steps and change nothing.")
@click.pass_obj
def undo(context: Context, step: int | None, redo: bool, listing: bool) -> None:
    """Take back the last step, or the STEP that --list names."""
    with workspaces.open_offline(context.settings) as workspace:
        if listing:
            _list(context, workspace.ask(step_words.recent).result())
            return
        done, about = workspace.act(_undo, step, redo=redo).result()
    context.emit(values.plain(done))
    context.say(f"{'Brought back' if redo else 'Taken back'}: {_words(about)}.")
    if done.made_up_for:
        context.say(f"{done.made_up_for} had reached the server, so the opposite was awarded.")


def _undo(
    tx: Transaction, step: int | None, *, redo: bool
) -> tuple[verbs.Undone, StepInWords | None]:
    done = verbs.redo(tx) if redo else verbs.undo(tx, step)
    return done, step_words.about_what_was_undone(tx.connection, done.undid)


def _list(context: Context, found: list[StepInWords]) -> None:
    context.emit([values.plain(one.step) | {"words": _words(one)} for one in found])
    for one in found:
        mark = " (undone)" if one.step.undone_by else ""
        context.say(f"{one.step.id}: {one.step.at} {one.step.kind}: {_words(one)}{mark}")
    if not found:
        context.say("Nothing was done here yet.")


def _words(one: StepInWords | None) -> str:
    if one is None:
        return ""
    many = (f"{count} {collection.replace('_', ' ')}" for collection, count in one.counts)
    return one.words or ", ".join(many)
