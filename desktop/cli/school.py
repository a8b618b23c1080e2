"""The command `school`: runs the school server, and administers its data folder."""

import contextlib
import functools
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.cli.context import Context
from desktop.cli.school_site import at
from desktop.cli.school_user import user
from desktop.errors import CompanionError, Refused, WrongUse

if TYPE_CHECKING:
    from desktop.school.school import School
    from desktop.school.site import Site


def _tells_in_json(command: Callable[..., None]) -> Callable[..., None]:
    """Structured logs, before anything that is imported for the command has something to say."""

    @functools.wraps(command)
    def told(**wish: object) -> None:
        from desktop.school import logs

        logs.configure(verbose=click.get_current_context().obj.verbose)
        command(**wish)

    return told


@click.group()
def school() -> None:
    """Run and administer a school server."""


school.add_command(user)


@school.command()
@_tells_in_json
@at
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, help="Port; 0 lets the system choose."
)
@click.option("--sample", is_flag=True, help="Fill a new school with five sample classes.")
@click.option("--empty", is_flag=True, help="Start a new school with nobody in it.")
@click.option("--owner", is_flag=True, help="Let the teacher of this machine in.")
@click.option("--until-stdin-closes", is_flag=True, help="Stop when standard input ends.")
@click.option(
    "--certificate",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Encrypt with this certificate (PEM); needs --key.",
)
@click.option(
    "--key", type=click.Path(dir_okay=False, path_type=Path), help="The certificate's key (PEM)."
)
@click.option("--allow-network", is_flag=True, help="Listen beyond this machine, unencrypted.")
@click.option(
    "--public-url",
    help="Where a web server on this machine lets people in, such as https://school.example.",
)
def serve(
    site: "Site",
    host: str,
    port: int,
    sample: bool,
    empty: bool,
    owner: bool,
    until_stdin_closes: bool,
    certificate: Path | None,
    key: Path | None,
    allow_network: bool,
    public_url: str | None,
) -> None:
    """Run the school server in the foreground."""
    from desktop.school import serve
    from desktop.school.certificate import Certificate
    from desktop.school.public_url import PublicUrl

    if sample and empty:
        raise WrongUse("Choose either --sample or --empty.")
    if (certificate is None) != (key is None):
        raise WrongUse("--certificate and --key belong together.")
    wish = serve.Wish(
        site=site,
        host=host,
        port=port,
        filling="sample" if sample else "empty" if empty else None,
        owner=owner,
        until_stdin_closes=until_stdin_closes,
        allow_network=allow_network,
        certificate=Certificate(certificate, key) if certificate and key else None,
        public_url=PublicUrl.read(public_url) if public_url else None,
    )
    serve.serve(wish, _announce)


@school.command()
@at
@click.option("--sample", is_flag=True, help="Five classes with a term behind them.")
@click.option("--empty", is_flag=True, help="Nobody and nothing.")
@click.option("--size", type=click.IntRange(1, 5_000_000), help="That many records, to measure.")
@click.pass_obj
def seed(context: Context, site: "Site", sample: bool, empty: bool, size: int | None) -> None:
    """Fill a new school."""
    from desktop.school import facts, seeding

    if sum((sample, empty, size is not None)) != 1:
        raise WrongUse("Choose one of --sample, --empty and --size.")
    with _closed_school(site) as opened:
        with opened.database.read() as connection:
            if facts.get(connection, facts.FILLED):
                raise Refused(
                    "This school was filled already.", mend="Clear it first with `school reset`."
                )
        if size is not None:
            records = seeding.seed_many(opened, size)
        elif sample:
            records = seeding.seed_sample(opened)
        else:
            seeding.fill(opened, "empty")
            records = 0
    context.emit({"records": records, "data": str(site.path)})
    context.say(f"The school has {records} records now.")


@school.command()
@at
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--sample", is_flag=True, help="Then fill it with a sample whose term is now.")
@click.pass_obj
def reset(context: Context, site: "Site", yes: bool, sample: bool) -> None:
    """Delete everything in a school.

    A sample school stays at the moment it was made: `--sample` makes a new one of today.
    """
    from desktop.school import administration, seeding
    from desktop.school.school import School

    if not yes and not context.as_json:
        click.confirm(f"Delete every record and account in {site}?", abort=True, err=True)
    with site.held() as held:
        gone = administration.reset(site, held)
        records = 0
        if sample:
            with contextlib.closing(School.open(held, url=site.url)) as opened:
                records = seeding.seed_sample(opened)
    context.emit({"deleted": gone, "data": str(site.path), "records": records})
    if sample:
        context.say(f"The school is a new sample with {records} records.")
    else:
        context.say("The school is empty." if gone else "There was nothing to delete.")


@school.command("rotate-key")
@at
@click.pass_obj
def rotate_key(context: Context, site: "Site") -> None:
    """Sign access tokens with a new key from the next start on; nobody is signed out."""
    from desktop.school import administration

    with administration.opened(site) as opened:
        opened.folder.rotate_signing_key()
        with opened.database.write() as connection:
            opened.accounts.note(connection, "", "key.rotated", "")
    context.emit({"data": str(site.path)})
    context.say("The school signs with a new key from its next start on.")


@school.command()
@at
@click.pass_obj
def validate(context: Context, site: "Site") -> None:
    """Check every record of a school."""
    from desktop.school import administration, validation

    with administration.opened(site) as opened:
        report = validation.validate(opened.database)
    context.emit(report)
    if not report["ok"]:
        for problem in report["problems"]:
            context.say(f"{problem['collection']} {problem['id']}: {problem['problem']}")
        raise Refused(f"{report['problem_count']} things in this school do not fit.")
    context.say(f"All {report['records']} records are sound.")


@school.command()
@at
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(context: Context, site: "Site", file: Path) -> None:
    """Copy a school into one file, also while its server runs."""
    from desktop.school import backups

    made = backups.backup(site, file.absolute())
    context.emit(made)
    context.say(f"The backup is {made['path']}. It holds pupils' names: keep it safe.")


@school.command()
@at
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def restore(context: Context, site: "Site", file: Path) -> None:
    """Put a backup in place of a school; what was there is kept beside it."""
    from desktop.school import backups

    with site.held() as held:
        done = backups.restore(site, held, file.absolute())
    context.emit(done)
    context.say(f"Restored {done['records']} records.")


@school.command()
@at
@click.option("--role", type=click.Choice(["teacher", "student", "parent"]), default="teacher")
@click.pass_obj
def invite(context: Context, site: "Site", role: str) -> None:
    """Make an invite code."""
    from desktop.school import administration

    with (
        administration.opened(site) as opened,
        opened.database.write() as connection,
    ):
        code = opened.accounts.invite(connection, role)
        opened.accounts.note(connection, "", "invite.made", role)
    context.emit({"code": code, "role": role})
    context.say(f"The invite code for a {role} is {code}")


@school.command()
@at
@click.pass_obj
def doctor(context: Context, site: "Site") -> None:
    """Check what a school server needs, each thing with its mend."""
    from desktop.school.doctor import doctor as checked

    checks = checked(site)
    context.emit(checks)
    for found in checks:
        mark = "ok  " if found["ok"] else "BAD "
        context.say(f"{mark} {found['check']}: {found['detail']} {found['mend']}".rstrip())
    if not all(found["ok"] for found in checks):
        raise CompanionError("Something here needs mending.")


@contextlib.contextmanager
def _closed_school(site: "Site") -> "Iterator[School]":
    """The school of a command that must not run beside a server."""
    from desktop.school.school import School

    with (
        site.held() as held,
        contextlib.closing(School.open(held, url=site.url)) as opened,
    ):
        yield opened


def _announce(line: dict[str, object]) -> None:
    # With or without --json: whoever starts a server reads this line.
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
