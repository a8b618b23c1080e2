"""What is on this computer, from a shell: shown, copied, put back, unlocked and erased."""

import asyncio
import dataclasses
import sys
from pathlib import Path
from typing import Any

import click

from desktop import this_computer, workspaces
from desktop.backend import accounts, cache_keys
from desktop.cli.context import Context
from desktop.errors import DecisionNeeded, WrongUse
from desktop.settings import Settings
from desktop.storage import backup, erasing, inventory, sending
from desktop.workspaces import NobodySignedIn


@click.group()
def cache() -> None:
    """Show, copy, restore and erase what is on this computer."""


@cache.command()
@click.pass_obj
def show(context: Context) -> None:
    """Say what is on this computer, and where."""
    settings = context.settings
    account, folder = this_computer.signed_in(settings)
    with workspaces.open_offline(settings) as workspace:
        inside = workspace.ask(inventory.contents).result()
        key = workspace.cache.key
    copies = inventory.copies(folder, key)
    asides = inventory.asides(folder)
    others = [one.name for one in this_computer.other_accounts(settings)]
    context.emit(
        {
            "account": {"username": account.user.username, "server": account.server},
            "folder": str(folder),
            "bytes": inventory.size_of(folder),
            "encrypted": key is not None,
            "records": inside.records,
            "unsent": inside.unsent,
            "history": inside.history,
            "backups": [_copy(one) for one in copies],
            "set_aside": [{"folder": str(one.folder), "bytes": one.size} for one in asides],
            "other_accounts": others,
        }
    )
    context.say(f"{account.user.username}: {folder}, {inventory.size_of(folder) / 1e6:.1f} MB")
    context.say("Encrypted." if key is not None else f"Not encrypted. {NOT_ENCRYPTED}")
    for collection, number in inside.records.items():
        context.say(f"{number:>8} {collection.replace('_', ' ')}")
    context.say(f"{inside.unsent:>8} changes not sent yet")
    context.say(f"{inside.history:>8} lines of history")
    for one in copies:
        context.say(f"Copy {one.file.name}, {one.size / 1e6:.1f} MB. {one.fault}")
    for aside in asides:
        context.say(f"Set aside: {aside.folder}, {aside.size / 1e6:.1f} MB")
    for name in others:
        context.say(f"Another account: {name}")


NOT_ENCRYPTED = "This computer has no keyring that could keep a key."


def _copy(copy: backup.Copy) -> dict[str, Any]:
    made = None if copy.made_at is None else copy.made_at.isoformat()
    return {
        "name": copy.file.name, "made_at": made, "bytes": copy.size,
        "encrypted": copy.encrypted, "fault": copy.fault,
    }  # fmt: skip


@cache.command("backup")
@click.pass_obj
def back_up(context: Context) -> None:
    """Make a copy now; the newest seven are kept."""
    with workspaces.open_offline(context.settings) as workspace:
        copy = workspace.cache.back_up().result()
    context.emit({"copy": str(copy)})
    context.say(f"Copied to {copy}.")


@cache.command()
@click.argument("copy", metavar="NAME")
@click.pass_obj
def restore(context: Context, copy: str) -> None:
    """Put a copy back; changes that were not sent since are kept, and so is what was there."""
    _, folder = this_computer.signed_in(context.settings)
    named = next((one for one in backup.copies(folder) if one.name == copy), Path(copy))
    if not named.is_file():
        raise WrongUse(
            f"There is no copy {copy}.", mend="'toolboxai-companion cache show' lists them."
        )
    done = this_computer.put_back(context.settings, named)
    context.emit({"aside": done.aside and str(done.aside), "unsent": done.ops, "whole": done.whole})
    context.say(f"The copy is in place, with {done.ops} changes that wait to be sent.")
    if done.aside is not None:
        context.say(f"What was there before is kept in {done.aside}.")
    if not done.whole:
        context.say("Part of it could not be read, so check your newest changes, please.")


@cache.command("recovery-code")
@click.pass_obj
def recovery_code(context: Context) -> None:
    """Show the code that opens this account's work when the keyring is gone. Keep it safe."""
    account, _ = this_computer.signed_in(context.settings)
    key = workspaces.cache_key(context.settings, account)
    if key is None:
        raise WrongUse("The work on this computer is not encrypted.", mend=NOT_ENCRYPTED)
    code = cache_keys.recovery_code(key)
    context.emit({"recovery_code": code})
    context.say(code)
    context.say("Whoever has this code and this computer's files can read them.")


@cache.command()
@click.option("--code-stdin", is_flag=True, help="Read the recovery code from standard input.")
@click.pass_obj
def unlock(context: Context, code_stdin: bool) -> None:
    """Enter the recovery code, and keep the key again."""
    code = sys.stdin.readline() if code_stdin else click.prompt("Recovery code", err=True)
    this_computer.unlock(context.settings, code)
    with workspaces.open_offline(context.settings) as workspace:
        unsent = workspace.ask(sending.count).result()
    context.emit({"unlocked": True, "unsent": unsent})
    context.say(f"The work on this computer is open again. {unsent} changes wait to be sent.")


@cache.command()
@click.pass_obj
def rebuild(context: Context) -> None:
    """Put work that stays locked aside, and begin anew from the school."""
    aside = this_computer.begin_anew(context.settings)
    context.emit({"aside": str(aside)})
    context.say(
        f"The locked work is kept in {aside}. Run 'toolboxai-companion sync' to fetch the rest."
    )


@cache.command()
@click.option("--student", help="Erase this one student's records, by id.")
@click.option("--account", "whole", is_flag=True, help="Erase everything of this account.")
@click.option("--everything", is_flag=True, help="Erase every account and Local school.")
@click.option("--discard-unsent", is_flag=True, help="Also erase changes that were not sent.")
@click.pass_obj
def erase(
    context: Context, student: str | None, whole: bool, everything: bool, discard_unsent: bool
) -> None:
    """Erase from this computer; what the school has stays there."""
    if sum((student is not None, whole, everything)) != 1:
        raise WrongUse("Name one of --student ID, --account and --everything.")
    if student is not None:
        _erase_student(context, student, discard_unsent)
    else:
        _erase_accounts(context, everything, discard_unsent)


def _erase_student(context: Context, student: str, discard_unsent: bool) -> None:
    with workspaces.open_offline(context.settings) as workspace:
        found = workspace.ask(erasing.traces, student).result()
        _stop_for(context, found.unsent, discard_unsent)
        whole = workspace.cache.erase_pupil(student).result()
    context.emit({"erased": found.records, "copies_removed": whole})
    context.say(f"{found.name or student} is erased from this computer: {found.records}.")
    context.say("If the school still has this student, a later change there brings them back.")


def _erase_accounts(context: Context, everything: bool, discard_unsent: bool) -> None:
    settings = context.settings
    account = accounts.current(settings.profile)
    if account is None and not everything:
        raise NobodySignedIn(settings.profile)
    if account is not None:
        _stop_for(context, _unsent(settings), discard_unsent)
    others = this_computer.other_accounts(settings) if everything else []
    school = settings.school_folder.exists() and everything
    if (others or school) and not discard_unsent:
        raise DecisionNeeded(
            f"{len(others)} other accounts" + (" and Local school" if school else "") + " are on "
            "this computer, and what they hold may be nowhere else, so nothing was erased.",
            mend="Sign in to each and sync first, or add --discard-unsent to lose it.",
        )
    done = asyncio.run(this_computer.erase(settings, others=others, school=school))
    context.emit({"erased": list(done.accounts), "school": done.school})
    context.say(f"Erased from this computer: {', '.join(done.accounts) or 'nothing'}.")


def _unsent(settings: Settings) -> list[Any]:
    with workspaces.open_offline(settings) as workspace:
        return list(workspace.ask(sending.waiting).result())


def _stop_for(context: Context, unsent: list[Any], discard: bool) -> None:
    """Name what would be lost, and stop unless that is wanted."""
    if not unsent or discard:
        return
    context.emit({"unsent": [dataclasses.asdict(one) for one in unsent]})
    for op in unsent:
        context.say(f"Not sent yet: {op.kind} {op.collection} {op.id}")
    raise DecisionNeeded(
        f"{len(unsent)} changes have not been sent, so nothing was erased.",
        mend="Run 'toolboxai-companion sync' first, or add --discard-unsent to lose them.",
    )
