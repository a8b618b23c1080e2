"""Commands around Roblox Studio that need no Studio: the safety scan and the plugin's file."""

from pathlib import Path

import click

from desktop.cli.context import Context
from desktop.errors import Refused, WrongUse
from desktop.studio import plugin as studio_plugin
from desktop.studio import rbxmx_reader
from desktop.studio import scan as safety
from desktop.studio.plugin import PluginStatus


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def scan(ctx: Context, files: tuple[Path, ...]) -> None:
    """Scan Luau or .rbxmx files for what may not go into a place."""
    found = [(file, finding) for file in files for finding in _scan_file(file)]
    report = safety.ScanReport(tuple(finding for _, finding in found))
    ctx.emit(
        {
            "verdict": report.verdict,
            "findings": [
                {
                    "rule": finding.rule,
                    "line": finding.line,
                    "text": finding.text,
                    "blocks": finding.blocks,
                    "where": finding.where,
                    "file": str(file),
                }
                for file, finding in found
            ],
        }
    )
    for file, finding in found:
        ctx.say(f"{'Blocked' if finding.blocks else 'Look at'} {file.name}: {finding.text}")
    if report.verdict == "blocked":
        raise Refused("This may not go into a place.")
    if not ctx.as_json:
        ctx.say("A person should look at this." if found else "Nothing was found.")


def _scan_file(file: Path) -> list[safety.Finding]:
    if file.suffix.lower() in {".rbxmx", ".rbxlx", ".xml"}:
        return [
            finding
            for instance in rbxmx_reader.read_file(file)
            for finding in safety.scan_instance(instance)
        ]
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise WrongUse(f"{file} could not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise WrongUse(f"{file} is no text in UTF-8, so it is no Luau script.") from error
    return safety.scan_source(text)


@click.group()
def plugin() -> None:
    """The plugin that connects Roblox Studio to this computer's Companion."""


FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Studio's plugin folder."
)


def _folder(ctx: Context, given: Path | None) -> Path | None:
    return given or ctx.settings.studio_plugins


@plugin.command("install")
@FOLDER
@click.pass_obj
def plugin_install(ctx: Context, folder: Path | None) -> None:
    """Install the plugin, or install it again with a fresh secret."""
    done = studio_plugin.install(
        ctx.settings.profile, _folder(ctx, folder), ctx.settings.bridge_ports
    )
    _show_plugin(ctx, done)
    ctx.say(f"The plugin is in {done.path}. Restart Roblox Studio to load it.")


@plugin.command("status")
@FOLDER
@click.pass_obj
def plugin_status(ctx: Context, folder: Path | None) -> None:
    """Say whether the plugin is there, and whether it is the right one."""
    found = studio_plugin.status(ctx.settings.profile, _folder(ctx, folder))
    _show_plugin(ctx, found)
    ctx.say(_words(found))


@plugin.command("remove")
@FOLDER
@click.pass_obj
def plugin_remove(ctx: Context, folder: Path | None) -> None:
    """Remove the plugin."""
    done = studio_plugin.remove(ctx.settings.profile, _folder(ctx, folder))
    _show_plugin(ctx, done)
    ctx.say(f"The plugin is gone from {done.path.parent}.")


def _words(found: PluginStatus) -> str:
    if not found.installed:
        return f"The plugin is not installed in {found.path.parent}."
    if not found.is_ours:
        return f"{found.path} belongs to another Companion. Install it again from this one."
    if not found.is_current:
        return f"{found.path} is of version {found.version}. Install it again to update it."
    return f"The plugin in {found.path} is in order."


def _show_plugin(ctx: Context, found: PluginStatus) -> None:
    ctx.emit(
        {
            "path": str(found.path),
            "version": found.version,
            "ports": list(found.ports),
            "installed": found.installed,
            "ours": found.is_ours,
        }
    )
