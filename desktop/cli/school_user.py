"""The commands `school user`: the accounts of a school."""

import secrets
import sys
from typing import TYPE_CHECKING

import click

from desktop.cli.context import Context
from desktop.cli.school_site import at
from desktop.errors import CompanionError, WrongUse

if TYPE_CHECKING:
    from desktop.school.site import Site

ROLES = ("teacher", "admin", "student", "parent")
SHORTEST_PASSWORD = 10


@click.group()
def user() -> None:
    """The people of a school."""


@user.command("list")
@at
@click.pass_obj
def list_users(context: Context, site: "Site") -> None:
    """Show every account."""
    from desktop.school import administration, people

    with administration.opened(site) as opened, opened.database.read() as connection:
        found = people.listed(connection)
    context.emit(found)
    for one in found:
        state = "locked" if one["locked"] else f"signed in on {one['devices']}"
        context.say(f"{one['username']}: {one['role']}, {state}")


@user.command("role")
@at
@click.argument("username")
@click.argument("role", type=click.Choice(ROLES))
@click.pass_obj
def change_role(context: Context, site: "Site", username: str, role: str) -> None:
    """Give somebody another role, from their next request on."""
    from desktop.school import administration, people

    with administration.opened(site) as opened, opened.database.write() as connection:
        user_id = people.set_role(connection, username, role)
        opened.accounts.note(connection, "", f"account.role.{role}", user_id)
    context.emit({"id": user_id, "username": username, "role": role})
    context.say(f"{username} is {role} now.")


@user.command("password")
@at
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def change_password(context: Context, site: "Site", username: str, password_stdin: bool) -> None:
    """Replace a password and sign every device out; a locked account is open again."""
    from desktop.school import administration, people

    password = _password(given=password_stdin)
    with administration.opened(site) as opened:
        kept = opened.accounts.hash(password)
        with opened.database.write() as connection:
            user_id = people.set_password(connection, username, kept, opened.moment())
            opened.accounts.note(connection, "", "account.password", user_id)
    made = {"id": user_id, "username": username}
    context.emit(made if password_stdin else {**made, "password": password})
    shown = "" if password_stdin else f" The password is {password}"
    context.say(f"{username} signs in anew everywhere.{shown}")


@user.command("lock")
@at
@click.argument("username")
@click.pass_obj
def lock(context: Context, site: "Site", username: str) -> None:
    """Sign somebody out everywhere and let them in no more; what they wrote stays."""
    from desktop.school import administration, people

    with administration.opened(site) as opened, opened.database.write() as connection:
        user_id = people.lock(connection, username, opened.moment())
        opened.accounts.note(connection, "", "account.locked", user_id)
    context.emit({"id": user_id, "username": username})
    context.say(f"Nobody signs in as {username} any more; `school user password` opens it again.")


@user.command()
@at
@click.argument("username")
@click.option("--role", type=click.Choice(ROLES), default="teacher")
@click.option("--name", default="", help="Name to show.")
@click.option("--email", default="")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.pass_obj
def add(
    context: Context,
    site: "Site",
    username: str,
    role: str,
    name: str,
    email: str,
    password_stdin: bool,
) -> None:
    """Make an account; without --password-stdin, a password is made and shown once."""
    from desktop.school import administration
    from desktop.school.problems import Fault

    password = _password(given=password_stdin)
    with administration.opened(site) as opened:
        kept = opened.accounts.hash(password)
        try:
            with opened.database.write() as connection:
                user_id = opened.accounts.add(
                    connection,
                    username=username,
                    role=role,
                    password_hash=kept,
                    email=email,
                    display_name=name,
                )
                opened.accounts.note(connection, "", "account.added", user_id)
        except Fault as fault:
            raise CompanionError(fault.detail) from fault
    made = {"id": user_id, "username": username, "role": role}
    context.emit(made if password_stdin else {**made, "password": password})
    shown = "" if password_stdin else f" The password is {password}"
    context.say(f"{username} can sign in now.{shown}")


def _password(*, given: bool) -> str:
    """A new password: the one on standard input, or one that is made up."""
    password = sys.stdin.readline().rstrip("\r\n") if given else secrets.token_urlsafe(12)
    if len(password) < SHORTEST_PASSWORD:
        raise WrongUse(f"A password has at least {SHORTEST_PASSWORD} characters.")
    return password
