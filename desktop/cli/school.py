"""The command `school`: runs the school server, and administers its data folder."""

import sys
from pathlib import Path

import click

from desktop.cli.context import Context
from desktop.errors import WrongUse

_data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="The school's folder; by default `school` in the profile.",
)


@click.group()
def school() -> None:
    """Run and administer a school server."""


@school.command()
@_data
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, help="Port; 0 lets the system choose."
)
@click.option("--sample", is_flag=True, help="Fill a new school with five sample classes.")
@click.option("--empty", is_flag=True, help="Start a new school with nobody in it.")
@click.option("--database-url", help="Keep the records there instead of in the data folder.")
@click.option("--owner", is_flag=True, help="Let the teacher of this machine in.")
@click.option("--until-stdin-closes", is_flag=True, help="Stop when standard input ends.")
@click.option("--allow-network", is_flag=True, help="Listen beyond this machine, unencrypted.")
@click.pass_obj
def serve(
    context: Context,
    data: Path | None,
    host: str,
    port: int,
    sample: bool,
    empty: bool,
    database_url: str | None,
    owner: bool,
    until_stdin_closes: bool,
    allow_network: bool,
) -> None:
    """Run the school server in the foreground."""
    from desktop.school import logs, serve
    from desktop.school.database import read_url

    if sample and empty:
        raise WrongUse("Choose either --sample or --empty.")
    logs.configure(verbose=context.verbose)
    wish = serve.Wish(
        data=folder(context, data),
        host=host,
        port=port,
        filling="sample" if sample else "empty" if empty else None,
        url=read_url(database_url) if database_url else None,
        owner=owner,
        until_stdin_closes=until_stdin_closes,
        allow_network=allow_network,
    )
    serve.serve(wish, _announce)


def folder(context: Context, data: Path | None) -> Path:
    """The data folder that a command works on."""
    return (data or context.settings.profile / "school").absolute()


def _announce(line: dict[str, object]) -> None:
    # With or without --json: whoever starts a server reads this line.
    import json

    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
