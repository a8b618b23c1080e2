"""Signing in and out from a shell."""

import asyncio
import sys

import click

from desktop import services, workspaces
from desktop.backend import accounts, secrets
from desktop.classroom.instants import SystemClock
from desktop.cli import values
from desktop.cli.context import Context
from desktop.errors import DecisionNeeded, WrongUse
from desktop.storage import sending


@click.command()
@click.option("--server", required=True, help="Address of the school server.")
@click.option("--username", required=True, help="User name or e-mail address.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def login(context: Context, server: str, username: str, password_stdin: bool) -> None:
    """Sign in to a school server."""
    settings = context.settings
    # Before the password is asked for: without a place for the sign-in it would be in vain.
    store = secrets.open_store(settings.vault, settings.vault_passphrase)
    account = asyncio.run(
        accounts.sign_in(
            server,
            username,
            _password(password_stdin),
            profile=settings.profile,
            secrets=store,
            clock=SystemClock(),
            device=services.device_name(settings),
            allow_plain_http=settings.allow_plain_http,
        )
    )
    user = {
        "id": account.user.id,
        "username": account.user.username,
        "display_name": account.user.display_name,
        "role": account.user.role,
    }
    context.emit({"user": user, "server": account.server, "server_kind": account.kind})
    context.say(f"Signed in at {account.server_name or account.server} as {username}.")


@click.command()
@click.option("--erase", is_flag=True, help="Also erase this account's data on this computer.")
@click.option("--discard-unsent", is_flag=True, help="With --erase: erase unsent changes too.")
@click.pass_obj
def logout(context: Context, erase: bool, discard_unsent: bool) -> None:
    """Sign out; what is on this computer stays unless it is erased."""
    settings = context.settings
    with workspaces.open_offline(settings) as workspace:
        unsent = workspace.ask(sending.waiting).result()
        account = workspace.account
    store = _store(context, account)
    context.emit({"unsent": [values.plain(change) for change in unsent]})
    for change in unsent:
        context.say(f"Not sent yet: {change.kind} {change.collection} {change.id}")
    if erase and unsent and not discard_unsent:
        raise DecisionNeeded(
            f"{len(unsent)} changes have not been sent, so nothing was erased.",
            mend="Run 'toolboxai-companion sync' first, or add --discard-unsent to lose them.",
        )
    asyncio.run(
        accounts.sign_out(settings.profile, account, store, clock=SystemClock(), erase=erase)
    )
    context.say("Signed out." if not erase else "Signed out, and erased from this computer.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        # A newline at the end belongs to the shell, not to the password.
        password = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, err=True)
    else:
        raise WrongUse("There is no password.", mend="Add --password-stdin and pipe it in.")
    if not password:
        raise WrongUse("The password is empty.")
    return password


def _store(context: Context, account: accounts.Account) -> secrets.SecretStore:
    if account.kind == "local":
        # Its sign-in is made anew at each start and kept nowhere: there is nothing to forget.
        return secrets.MemoryStore()
    return secrets.open_store(context.settings.vault, context.settings.vault_passphrase)
