"""Records from a shell: what the teacher sees, and edits exactly as a screen makes them."""

from typing import Any

import click

from desktop import workspaces
from desktop.classroom import identity
from desktop.classroom.records import APPEND_ONLY, COLLECTIONS
from desktop.cli import values
from desktop.cli.context import Context
from desktop.errors import WrongUse
from desktop.storage import outbox
from desktop.storage import records as stored
from desktop.storage.records import StoredRecord
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction


@click.command()
@click.argument("collection")
@click.option("--id", "record", help="Only this record.")
@click.option("--where", multiple=True, metavar="FIELD=VALUE", help="Only where it holds.")
@click.option("--pending", is_flag=True, help="Only what the server does not have yet.")
@click.pass_obj
def records(
    context: Context, collection: str, record: str | None, where: tuple[str, ...], pending: bool
) -> None:
    """Show the records of a collection as the teacher sees them."""
    if collection not in COLLECTIONS:
        raise WrongUse(
            f"There is nothing called '{collection}'; there are {', '.join(COLLECTIONS)}."
        )
    with workspaces.open_offline(context.settings) as workspace:
        found = workspace.ask(_find, collection, where, pending).result()
    rows = [_row(one) for one in found if record is None or one.id == record]
    context.emit(rows)
    for row in rows:
        mark = "*" if row["pending"] else " "
        context.say(f"{mark} {row['id']} {values.shown(row['data'])}")
    context.say(f"{len(rows)} records.")


def _find(
    connection: Connection, collection: str, where: tuple[str, ...], pending: bool
) -> list[StoredRecord]:
    found = stored.find(connection, collection, values.fields(where), pending=pending)
    # A room '12' is written like the number 12: what finds nothing as JSON is tried as text.
    return found or stored.find(connection, collection, values.texts(where), pending=pending)


def _row(record: StoredRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "version": record.version,
        "pending": record.dirty,
        "data": record.seen,
    }


@click.command()
@click.argument("collection")
@click.argument("record", metavar="ID")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=JSON...")
@click.pass_obj
def edit(context: Context, collection: str, record: str, changes: tuple[str, ...]) -> None:
    """Change fields of a record; it is sent with the next sync."""
    patch = values.fields(changes)
    with workspaces.open_offline(context.settings) as workspace:
        _tell(context, workspace.act(outbox.update, collection, record, patch).result())


@click.command()
@click.argument("collection")
@click.argument("fields", nargs=-1, metavar="FIELD=JSON...")
@click.option("--id", "record", help="The new record's id; usually left out.")
@click.pass_obj
def create(context: Context, collection: str, fields: tuple[str, ...], record: str | None) -> None:
    """Make a record; it is sent with the next sync."""
    data = values.fields(fields)
    with workspaces.open_offline(context.settings) as workspace:
        _tell(context, workspace.act(_create, collection, data, record).result())


def _create(
    tx: Transaction, collection: str, data: dict[str, Any], record: str | None
) -> outbox.Edit:
    if collection in APPEND_ONLY:
        return outbox.append(tx, collection, data, record)
    # As a screen does: the same mark made on another computer is the same record.
    own = record or identity.natural_id(collection, data)
    if record is None and own and stored.get(tx.connection, collection, own) is not None:
        return outbox.put_named(tx, collection, data)
    return outbox.create(tx, collection, data, own)


@click.command()
@click.argument("collection")
@click.argument("record", metavar="ID")
@click.pass_obj
def delete(context: Context, collection: str, record: str) -> None:
    """Delete a record; it is sent with the next sync."""
    with workspaces.open_offline(context.settings) as workspace:
        _tell(context, workspace.act(outbox.delete, collection, record).result())


def _tell(context: Context, edit: outbox.Edit) -> None:
    context.emit({"id": edit.id, "op_id": edit.op_id})
    context.say(f"Saved {edit.id}." if edit.op_id else f"Nothing to send for {edit.id}.")
