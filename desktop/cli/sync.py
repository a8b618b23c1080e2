"""Syncing from a shell: rounds, what waits, what is in conflict, and what happened."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from desktop import private_files, services, workspaces
from desktop.cli import values
from desktop.cli.context import Context
from desktop.errors import DecisionNeeded, WrongUse
from desktop.storage import conflicts as inbox
from desktop.storage import history as journal
from desktop.storage import rejections, sending
from desktop.storage.queries import grade_story
from desktop.storage.queries.conflict_sides import Said, Sides, sides
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction
from desktop.sync.outcome import Report


@click.command()
@click.option("--watch", is_flag=True, help="Go on until stopped, one line a round.")
@click.pass_obj
def sync(context: Context, watch: bool) -> None:
    """Bring this computer and the school server together, once."""
    with workspaces.open_offline(context.settings) as workspace:
        if watch:
            asyncio.run(_watch(context, workspace))
            return
        report = asyncio.run(_one_round(workspace))
    _show(context, report)
    if report.problem is not None:
        raise report.problem
    if report.counts.conflicts:
        raise DecisionNeeded(
            f"{report.counts.conflicts} changes were made here and elsewhere, differently.",
            mend="See 'toolboxai-companion conflicts', and decide with 'resolve'.",
        )


async def _one_round(workspace: workspaces.Workspace) -> Report:
    line = await services.open_line(workspace.settings, workspace.account)
    try:
        return await services.make_engine(workspace, line.client).round()
    finally:
        await line.close()


async def _watch(context: Context, workspace: workspaces.Workspace) -> None:
    stopped = asyncio.Event()
    line = await services.open_line(workspace.settings, workspace.account)
    engine = services.make_engine(workspace, line.client)
    live = services.make_live_sync(workspace, line.client, engine)
    live.on_round(lambda report: _show_with_problem(context, report))
    try:
        with _stopped_by_signals(stopped):
            await live.start()
            await stopped.wait()
    finally:
        await live.stop()
        await line.close()


@contextlib.contextmanager
def _stopped_by_signals(stopped: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {
        number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
        for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show(context: Context, report: Report) -> None:
    counts = report.counts
    context.emit(
        {
            "pushed": report.pushed,
            "pulled": report.pulled,
            "merged": report.merged,
            "conflicts": counts.conflicts,
            "rejected": counts.rejected,
            "waiting": counts.waiting + counts.kept,
            "cursor": report.cursor,
            "seconds": round(report.seconds, 3),
        }
    )
    context.say(
        f"Sent {report.pushed}, received {report.pulled}, merged {report.merged}; "
        f"{counts.waiting} waiting, {counts.conflicts} to decide, {counts.rejected} refused"
        + (f", {counts.kept} kept only here." if counts.kept else ".")
    )


def _show_with_problem(context: Context, report: Report) -> None:
    _show(context, report)
    if report.problem is not None:
        context.say(str(report.problem))


@click.command()
@click.pass_obj
def ops(context: Context) -> None:
    """List the changes that the school server does not have yet, refused ones too."""
    with workspaces.open_offline(context.settings) as workspace:
        waiting = workspace.ask(sending.waiting).result()
        refused = workspace.ask(rejections.open_ones).result()
    rows = [values.plain(op) | {"code": ""} for op in waiting]
    rows += [
        {
            "op_id": op.op_id,
            "collection": op.collection,
            "id": op.id,
            "kind": op.kind,
            "base_version": 0,
            "patch": op.patch,
            "created_at": op.created_at,
            "state": "rejected",
            "attempts": 1,
            "last_error": op.detail,
            "code": op.code,
        }
        for op in refused
    ]
    context.emit(rows)
    for row in rows:
        context.say(
            f"{row['state']:9} {row['kind']:6} {row['collection']} {row['id']} {row['last_error']}"
        )
    if not rows:
        context.say("Nothing is waiting.")


@click.command()
@click.pass_obj
def conflicts(context: Context) -> None:
    """List what was changed here and elsewhere, and waits for a decision."""
    with workspaces.open_offline(context.settings) as workspace:
        found = workspace.ask(_with_sides).result()
    context.emit([values.plain(one) | _authors(by) for one, by in found])
    for one, by in found:
        context.say(
            f"{one.id}: {one.collection} {one.record_id} {one.field or 'whole record'}: "
            f"was {values.shown(one.base)}{_by(by.base)}, "
            f"here {values.shown(one.mine)}{_by(by.mine)}, "
            f"{one.who or 'elsewhere'} {values.shown(one.theirs)}{_by(by.theirs)}"
        )
    if not found:
        context.say("There is nothing to decide.")


def _with_sides(connection: Connection) -> list[tuple[inbox.Conflict, Sides]]:
    return [(one, sides(connection, one)) for one in inbox.open_ones(connection)]


def _authors(by: Sides) -> dict[str, str]:
    """Who and when of the sides that the conflict itself does not name."""
    return {
        "base_who": by.base.who,
        "base_at": by.base.at,
        "mine_who": by.mine.who,
        "mine_at": by.mine.at,
    }


def _by(side: Said) -> str:
    told = " ".join(filter(None, (side.who, side.at)))
    return f" ({told})" if told else ""


@click.command()
@click.argument("conflict", metavar="ID", required=False)
@click.option("--take", required=True, metavar="mine|theirs|VALUE", help="Which value holds.")
@click.option("--all", "every", is_flag=True, help="Decide everything that is open alike.")
@click.pass_obj
def resolve(context: Context, conflict: str | None, take: str, every: bool) -> None:
    """Decide a conflict, or with a record's id all the conflicts of that record."""
    if every == bool(conflict) or (every and take not in ("mine", "theirs")):
        raise WrongUse("Name one conflict, or decide --all with 'mine' or 'theirs'.")
    chosen: inbox.Take
    match take:
        case "mine" | "theirs":
            chosen = take
        case _:
            chosen = inbox.Value(values.read(take))
    with workspaces.open_offline(context.settings) as workspace:
        decided = workspace.act(_resolve, conflict, chosen).result()
    context.emit(decided)
    context.say(f"Decided {len(decided)}.")


def _resolve(tx: Transaction, name: str | None, take: inbox.Take) -> list[dict[str, Any]]:
    meant = [
        one
        for one in inbox.open_ones(tx.connection)
        if name is None or name in (str(one.id), one.record_id)
    ]
    if not meant and name is not None:
        raise WrongUse(f"There is no open conflict {name}.")
    return [
        {
            "id": one.id,
            "collection": one.collection,
            "record_id": one.record_id,
            "field": one.field,
            "op_id": inbox.resolve(tx, one.id, take).op_id,
        }
        for one in meant
    ]


@click.command()
@click.argument("collection")
@click.argument("record", metavar="ID")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path),
              help="Of a grade: also write how it came about to this file, to print.")  # fmt: skip
@click.pass_obj
def history(context: Context, collection: str, record: str, page: Path | None) -> None:
    """Show everything that happened to a record, oldest first; a grade's in words."""
    if page is not None and collection != "submissions":
        raise WrongUse("Only a grade (of 'submissions') can be written to be printed.")
    with workspaces.open_offline(context.settings) as workspace:
        changes = workspace.ask(journal.of, collection, record).result()
        story = None
        if collection == "submissions":
            story = workspace.ask(grade_story.grade_story, record).result()
    context.emit([values.plain(change) for change in changes])
    if story is not None:
        if page is not None:
            private_files.write(page, story.as_html().encode())
        context.say(story.as_text().rstrip())
        return
    for change in changes:
        context.say(
            f"{change.at} {change.who or change.origin}: {change.field or 'record'} "
            f"{values.shown(change.old)} -> {values.shown(change.new)}"
        )
