"""`bridge smoke`: the smoke test in a real Studio, in a terminal."""

import asyncio
import platform

import click

import desktop
from desktop.cli import pushing
from desktop.cli.context import Context
from desktop.errors import CompanionError
from desktop.studio import plugin, smoke
from desktop.studio.service import StudioService
from desktop.studio.smoke import Step


class InTerminal:
    """The person, asked in words on the terminal."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def do(self, what: str) -> None:
        """Say what to do; it is seen when it is done."""
        self._ctx.say(f"  > {what}")

    async def done(self, what: str) -> None:
        """Say what to do, and wait for Enter."""
        await asyncio.to_thread(click.prompt, f"  > {what} Then press Enter", default="",
                                show_default=False, err=True)  # fmt: skip

    async def sees(self, question: str) -> bool:
        """Ask, with yes or no."""
        return bool(await asyncio.to_thread(click.confirm, f"  ? {question}", err=True))


@click.command("smoke")
@click.pass_obj
def bridge_smoke(ctx: Context) -> None:
    """Try the road into a real Roblox Studio, step by step, some five minutes."""
    settings = ctx.settings
    if not plugin.status(settings.profile, settings.studio_plugins).is_current:
        installed = plugin.install(settings.profile, settings.studio_plugins, settings.bridge_ports)
        ctx.say(f"The plugin was installed in {installed.path}. Restart Studio if it is open.")
    with pushing.open_cache(settings) as cache:
        steps = asyncio.run(_run(ctx, pushing.make_service(settings, cache)))
    failed = [step.name for step in steps if not step.ok]
    ctx.emit(
        {
            "companion": desktop.__version__,
            "system": platform.platform(),
            "steps": [{"step": one.name, "ok": one.ok, "detail": one.detail} for one in steps],
        }
    )
    if failed:
        raise CompanionError(
            f"The smoke test found trouble: {', '.join(failed)}.",
            mend="Run it again with --json, and send its output with a report.",
        )
    ctx.say("All is well.")


async def _run(ctx: Context, service: StudioService) -> list[Step]:
    await service.start()
    steps = []
    try:
        async for step in smoke.run(service, InTerminal(ctx)):
            steps.append(step)
            ctx.say(f"{'ok    ' if step.ok else 'FAILED'}  {step.name}: {step.detail}")
    finally:
        await service.stop()
    return steps
