"""`doctor`: everything that has to be right on this computer, each thing with its mend."""

import dataclasses
from collections.abc import Iterator

import click

from desktop.cli import checkups, studio_checkups
from desktop.cli.context import Context
from desktop.cli.findings import Finding
from desktop.errors import CompanionError


@click.command()
@click.option("--mend", is_flag=True, help="First put right what needs no decision: the plugin.")
@click.pass_context
def doctor(ctx: click.Context, *, mend: bool) -> int:
    """Check everything, and say what would mend what is wrong."""
    context: Context = ctx.obj
    if mend:
        for done in studio_checkups.mend(context.settings):
            context.say(done)
    findings = []
    for finding in _examine(context):
        findings.append(finding)
        _show(context, finding)
    context.emit([dataclasses.asdict(finding) for finding in findings])
    amiss = sum(not finding.ok for finding in findings)
    context.say(f"{amiss} of {len(findings)} need a mend." if amiss else "All is well.")
    return 1 if amiss else 0


def _examine(context: Context) -> Iterator[Finding]:
    try:
        settings = context.settings
    except CompanionError as error:
        mend = error.mend or "Mend that line, or take it out."
        yield Finding("settings", False, str(error.args[0]), mend)
    else:
        yield from checkups.examine(settings)


def _show(context: Context, finding: Finding) -> None:
    mark = "ok  " if finding.ok else "MEND"
    context.say(f"{mark}  {finding.check:<13} {finding.detail}")
    if finding.mend and not finding.ok:
        context.say(f"      {'':<13} {finding.mend}")
