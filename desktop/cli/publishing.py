"""Commands that publish a lesson's place on Roblox through Open Cloud."""

import asyncio
import sys
from pathlib import Path

import click

from desktop import giving_out, workspaces
from desktop.backend import accounts
from desktop.cli import pushing
from desktop.cli.context import Context
from desktop.errors import DecisionNeeded, WrongUse
from desktop.settings import Settings
from desktop.storage import records
from desktop.studio import open_cloud, publishing
from desktop.studio.open_cloud import Target
from desktop.studio.publish_history import Publish, PublishHistory
from desktop.studio.publishing import PlaceFile, Wish


@click.command()
@click.argument("lesson")
@click.option("--universe", help="The experience's universe id; else as the last time.")
@click.option("--place", help="The id of the place in it; else as the last time.")
@click.option("--dry-run", is_flag=True, help="Only build and scan it, and say what would be sent.")
@click.option("--save-only", is_flag=True, help="Save it for Studio; players keep what they have.")
@click.option("--note", default="", help="What this version is; kept on this computer only.")
@click.option("--reviewed", is_flag=True, help="You have looked at what the safety scan shows.")
@click.option("--looked", is_flag=True, help="You have looked whether a doubtful publish is there.")
@click.option("--yes", is_flag=True, help="Replace what is in the place, without being asked.")
@click.option("--key-stdin", is_flag=True, help="Read the Open Cloud key from standard input.")
@click.pass_obj
def publish(
    ctx: Context,
    /,
    lesson: str,
    universe: str | None,
    place: str | None,
    dry_run: bool,
    save_only: bool,
    note: str,
    reviewed: bool,
    looked: bool,
    yes: bool,
    key_stdin: bool,
) -> None:
    """Publish a lesson of the library, or a lesson, .rbxmx or .rbxlx file, as a place on Roblox.

    The place becomes the lesson: whatever else is in it is replaced. Roblox keeps the versions
    before.
    """
    settings = ctx.settings
    account = accounts.current(settings.profile)
    publishing.private_address(settings.open_cloud)
    _refuse_draft(settings, lesson)
    file, silent = _place_file(settings, lesson)
    history = giving_out.publish_history(settings, account)
    to = _target(history, file, universe, place)
    wish = Wish(to, live=not save_only, note=note, reviewed=reviewed, looked=looked)
    if silent:
        ctx.say(silent)
    _tell(ctx, settings, file, wish)
    if dry_run:
        ctx.emit(_as_plan(settings, file, wish))
        publishing.check(file, wish, history)
        ctx.say("Nothing was sent.")
        return
    publishing.check(file, wish, history)
    key = _key(ctx, from_stdin=key_stdin)
    _confirm(to, yes=yes)
    publisher = giving_out.make_publisher(settings, history)
    done = asyncio.run(publisher.publish(file, wish, key))
    ctx.emit(_as_json(done))
    what = "published" if done.live else "saved, and not published"
    ctx.say(f"{done.title} is {what}: version {done.version} of place {done.place}.")


def _place_file(settings: Settings, given: str) -> tuple[PlaceFile, str]:
    """What would be sent, and a sentence about what it will not do (or none)."""
    file = Path(given)
    if file.suffix.lower() == ".rbxlx" and file.is_file():
        return publishing.read_place(file), ""
    account = accounts.current(settings.profile)
    build, silent = pushing.load(settings, given, public=True)
    return publishing.prepare(build, school=account.server if account else ""), silent


def _refuse_draft(settings: Settings, given: str) -> None:
    """A lesson of the library has to be approved; a file is its owner's own business."""
    if Path(given).is_file() or accounts.current(settings.profile) is None:
        return
    with workspaces.open_offline(settings) as desk:
        found = desk.cache.read(lambda connection: records.get(connection, "lessons", given))
    if found is not None and not found.deleted:
        title, status = str(found.local.get("title")), str(found.local.get("status", "draft"))
        publishing.refuse_draft(title, status)


def _target(
    history: PublishHistory, file: PlaceFile, universe: str | None, place: str | None
) -> Target:
    if universe is not None and place is not None:
        return open_cloud.target(universe, place)
    last = history.last_target(file.lesson_id)
    if last is None or universe is not None or place is not None:
        raise WrongUse(
            "Which place is it?",
            mend="Name it with --universe and --place: both are in the Creator Dashboard.",
        )
    return last


def _tell(ctx: Context, settings: Settings, file: PlaceFile, wish: Wish) -> None:
    ctx.say(f"{file.title}: {file.instances} instances, {file.scripts} scripts, "
            f"{len(file.content) / 1000:.0f} kB.")  # fmt: skip
    how = "for its players" if wish.live else "for Studio only"
    ctx.say(f"Goes to {settings.open_cloud}, into place {wish.to.place} of experience "
            f"{wish.to.universe}, {how}. It replaces everything in that place.")  # fmt: skip
    for finding in file.report.findings:
        ctx.say(f"{'Blocked' if finding.blocks else 'Look at'}: {finding.text}")


def _key(ctx: Context, *, from_stdin: bool) -> str:
    """The key: given now (and kept), kept before, or asked for (and kept)."""
    if from_stdin:
        given = sys.stdin.readline()
    else:
        kept = giving_out.publish_key(ctx.settings)
        if kept:
            return kept
        if not sys.stdin.isatty():
            raise WrongUse(
                "There is no key of Roblox Open Cloud yet.",
                mend="Add --key-stdin and pipe it in; it is kept in the keyring or vault.",
            )
        given = click.prompt("Open Cloud key", hide_input=True, err=True)
    key = open_cloud.checked_key(given)
    if not giving_out.keep_publish_key(ctx.settings, key):
        ctx.say("This computer has no keyring, so the key is used once and not kept.")
    return key


def _confirm(to: Target, *, yes: bool) -> None:
    """A second word before what players see is replaced."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise DecisionNeeded(
            f"Everything in place {to.place} would be replaced.", mend="Say so with --yes."
        )
    click.confirm(f"Replace everything in place {to.place}?", abort=True, err=True)


@click.command()
@click.option("--forget-key", is_flag=True, help="Forget the Open Cloud key on this computer.")
@click.pass_obj
def publishes(ctx: Context, *, forget_key: bool) -> None:
    """List what was published from this computer, the newest first."""
    if forget_key:
        giving_out.keep_publish_key(ctx.settings, "")
        ctx.say("The key is forgotten here. To end it everywhere, delete it in the Creator "
                "Dashboard.")  # fmt: skip
    history = giving_out.publish_history(ctx.settings, accounts.current(ctx.settings.profile))
    found = history.all()
    ctx.emit([_as_json(each) for each in found])
    if not ctx.as_json:
        for each in found:
            version = f"version {each.version}" if each.version else ""
            words = (each.at, each.state, each.title, f"place {each.place}", version, each.note)
            ctx.say("  ".join(word for word in (*words, each.reason) if word))
        if not found:
            ctx.say("Nothing was published yet.")


def _as_plan(settings: Settings, file: PlaceFile, wish: Wish) -> dict[str, object]:
    return {
        "title": file.title,
        "address": settings.open_cloud,
        "universe": wish.to.universe,
        "place": wish.to.place,
        "version_type": "Published" if wish.live else "Saved",
        "bytes": len(file.content),
        "sha256": file.sha256,
        "instances": file.instances,
        "scripts": file.scripts,
        "verdict": file.report.verdict,
        "findings": [finding.text for finding in file.report.findings],
    }


def _as_json(done: Publish) -> dict[str, object]:
    return {
        "id": done.id,
        "at": done.at,
        "title": done.title,
        "lesson_id": done.lesson_id,
        "universe": done.universe,
        "place": done.place,
        "state": done.state,
        "version": done.version,
        "bytes": done.bytes,
        "sha256": done.sha256,
        "note": done.note,
        "reason": done.reason,
    }
