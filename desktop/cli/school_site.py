"""The two options of every `school` command that say where the school is."""

import functools
from collections.abc import Callable
from pathlib import Path

import click

from desktop.cli.context import Context


def at(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the two options that say where the school is, and it the `site`."""

    @click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        help="The school's folder; by default `school` in the profile.",
    )
    @click.option(
        "--database-url",
        envvar="TOOLBOXAI_DATABASE_URL",
        help="Where the records are, if not in the folder or where its database.toml says.",
    )
    @functools.wraps(command)
    def located(data: Path | None, database_url: str | None, **wish: object) -> None:
        from desktop.school.site import Site

        path = folder(click.get_current_context().obj, data)
        command(site=Site.find(path, database_url), **wish)

    return located


def folder(context: Context, data: Path | None) -> Path:
    """The data folder that a command works on."""
    return (data or context.settings.profile / "school").absolute()
