"""Studio's own MCP server as the road into Studio: switched on and off, and looked at."""

import asyncio
from pathlib import Path

import click

from desktop import settings
from desktop.cli.context import Context
from desktop.errors import CompanionError
from desktop.studio.server import road

UNTRIED = "It was not tried against every version of Studio."


@click.group("studio-server")
def studio_server() -> None:
    """Reach Roblox Studio by the MCP server that it ships, where plugins are not allowed."""


@studio_server.command("on")
@click.option(
    "--program", type=click.Path(dir_okay=False, path_type=Path), help="Another server's program."
)
@click.pass_obj
def switch_on(ctx: Context, program: Path | None) -> None:
    """Have lessons go in by Studio's own server, from the next start."""
    chosen = program.absolute() if program else None
    settings.save(ctx.settings.profile, {"studio_road": "server", "studio_server": chosen})
    ctx.emit(_told("server", chosen))
    ctx.say(f"Lessons go into Studio by its own server from the next start. {UNTRIED}")
    ctx.say(road.HOW_TO_SWITCH_ON)


@studio_server.command("off")
@click.pass_obj
def switch_off(ctx: Context) -> None:
    """Have lessons go in by our plugin again, from the next start."""
    settings.save(ctx.settings.profile, {"studio_road": None, "studio_server": None})
    ctx.emit(_told("plugin", None))
    ctx.say("Lessons go into Studio by our plugin from the next start.")


@studio_server.command("status")
@click.pass_obj
def status(ctx: Context) -> None:
    """Say which road is chosen, and start the server once to see whether a lesson could go in."""
    chosen = ctx.settings.studio_server
    told = _told(ctx.settings.studio_road, chosen)
    ctx.say(
        f"Lessons go in by Studio's own server. {UNTRIED}"
        if ctx.settings.studio_road == "server"
        else "Lessons go in by our plugin."
    )
    try:
        found = asyncio.run(road.look(chosen))
    except CompanionError as problem:
        ctx.emit(told | {"problem": str(problem)})
        raise
    ctx.emit(told | {"program": str(found.program), "tool": found.tool, "studios": found.studios})
    ctx.say(f"{found.program} answers, and has {found.tool}. Studios open: {found.studios}.")


def _told(chosen: str, program: Path | None) -> dict[str, object]:
    named = str(program) if program else ""
    return {"road": chosen, "program": named, "tool": "", "studios": 0, "problem": ""}
