"""Commands for the road into Roblox Studio: the bridge, pushes and their undo."""

import asyncio
import signal
from collections.abc import Callable
from typing import cast

import click

from desktop.cli import pushing
from desktop.cli.context import Context
from desktop.cli.smoke import bridge_smoke
from desktop.errors import CompanionError, DecisionNeeded, Offline
from desktop.studio.service import Policy, StudioService

WAIT_S = 10.0
"""How long `push` waits by default: long enough for an open Studio to find us."""


@click.group()
def bridge() -> None:
    """The bridge that Roblox Studio connects to."""


bridge.add_command(bridge_smoke)


@bridge.command("serve")
@click.pass_obj
def bridge_serve(ctx: Context) -> None:
    """Run the bridge until stopped; pushes that wait go out when Studio connects."""
    with pushing.open_cache(ctx.settings) as cache:
        service = pushing.make_service(ctx.settings, cache)
        asyncio.run(_serve(ctx, service))


async def _serve(ctx: Context, service: StudioService) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    _stop_on_signals(loop, stopped.set)
    await service.start()
    try:
        ctx.emit({"ports": service.ports, "url": service.url})
        ctx.say(f"Waiting for Roblox Studio on {service.url}. Stop with Ctrl+C.")
        await stopped.wait()
    finally:
        await service.stop()


def _stop_on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows has no such handlers
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


class PushGroup(click.Group):
    """`push FILE ...` and `push undo ID`: a first word that is no command is what to push."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Give `push FILE` to the hidden command that pushes."""
        if args and self.get_command(ctx, args[0]) is None:
            return super().resolve_command(ctx, ["send", *args])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let options come before the file as well: they belong to what pushes."""
        if args and args[0].startswith("-") and args[0] not in {"--help", "-h"}:
            args = ["send", *args]
        return super().parse_args(ctx, args)


@click.group(cls=PushGroup)
def push() -> None:
    """Put a lesson into Roblox Studio: push LESSON-OR-FILE, or push undo ID."""


@push.command("send", hidden=True)
@click.argument("lesson")
@click.option("--wait", "seconds", type=float, default=WAIT_S, help="Seconds to wait for Studio.")
@click.option(
    "--on-conflict",
    type=click.Choice(["ask", "replace", "keep", "copy"]),
    default="ask",
    help="What to do with things that were changed in Studio.",
)
@click.option("--reviewed", is_flag=True, help="You have looked at what the safety scan shows.")
@click.pass_obj
def push_send(
    ctx: Context, lesson: str, seconds: float, on_conflict: str, *, reviewed: bool
) -> None:
    """Push a lesson of the library, a lesson file, or an .rbxmx file."""
    build, silent = pushing.load(ctx.settings, lesson)
    if silent:
        ctx.say(silent)
    with pushing.open_cache(ctx.settings) as cache:
        policy = cast("Policy", on_conflict)
        pushed = asyncio.run(
            pushing.push(ctx.settings, cache, build, policy, seconds, reviewed=reviewed)
        )
    if pushing.approve(ctx.settings, lesson):
        ctx.say("The lesson was a draft; pushing it approved it.")
    ctx.emit(pushing.as_json(pushed))
    problem = _problem(pushed)
    if problem is not None:
        raise problem
    ctx.say(f"{build.title} is in Roblox Studio, checked item by item.")


def _problem(pushed: pushing.Pushed) -> CompanionError | None:
    found = pushed.push
    match found.state:
        case "landed":
            return None
        case "conflict":
            return DecisionNeeded(
                f"{found.reason} Nothing was changed.",
                mend="Push again with --on-conflict replace, keep or copy.",
            )
        case "failed":
            return CompanionError(f"{found.title} did not land: {found.reason}")
        case _:
            why = found.reason or "Roblox Studio is not connected."
            return Offline(
                f"{found.title} is queued: {why}",
                mend="It goes in as soon as Studio and the Companion are both open.",
            )


@push.command("undo")
@click.argument("push_id")
@click.option("--wait", "seconds", type=float, default=WAIT_S, help="Seconds to wait for Studio.")
@click.pass_obj
def push_undo(ctx: Context, push_id: str, seconds: float) -> None:
    """Take a push back out of Studio, as one step."""
    with pushing.open_cache(ctx.settings) as cache:
        asyncio.run(pushing.undo(ctx.settings, cache, push_id, seconds))
        service = pushing.make_service(ctx.settings, cache)
        done = pushing.Pushed(service.push(push_id), service.items(push_id))
    ctx.emit(pushing.as_json(done))
    ctx.say(f"{done.push.title} is out of Roblox Studio again.")


@click.command()
@click.pass_obj
def pushes(ctx: Context) -> None:
    """List the pushes, the newest first."""
    with pushing.open_cache(ctx.settings) as cache:
        found = pushing.make_service(ctx.settings, cache).pushes()
    ctx.emit(
        [
            {
                "push_id": each.id,
                "title": each.title,
                "lesson_id": each.lesson_id,
                "state": each.state,
                "reason": each.reason,
                "place": each.place_name,
                "created_at": each.created_at,
                "updated_at": each.updated_at,
                "milliseconds": each.milliseconds,
            }
            for each in found
        ]
    )
    if not ctx.as_json:
        for each in found:
            ctx.say(f"{each.id}  {each.state:10}  {each.title}  {each.reason}".rstrip())
        if not found:
            ctx.say("Nothing was pushed yet.")
