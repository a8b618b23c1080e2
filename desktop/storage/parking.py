"""Changes that do not go for now: kept only here by the teacher, or set aside because of a fault.

A parked op stays in the queue, in sight and counted apart; with its record's later changes it
goes nowhere until somebody releases it.
"""

from dataclasses import replace

from desktop.classroom.records import APPEND_ONLY
from desktop.errors import Refused, WrongUse
from desktop.sentences import say
from desktop.storage import history, kin, ops, records, rejections
from desktop.storage.ops import COLUMNS, IN_FLIGHT, PendingOp
from desktop.storage.records import StoredRecord
from desktop.storage.transaction import Transaction


class OnItsWay(Refused):
    """A change that is being sent at this moment."""

    def __init__(self) -> None:
        super().__init__(
            say("This change is on its way to the server just now."),
            mend=say("Try again in a moment."),
        )


def keep(tx: Transaction, op_id: str) -> None:
    """Keep the changes of a record only on this computer until they are released.

    `op_id` names one that waits, or one that the server refused.

    Raises:
        WrongUse: no such change waits or was refused.
        OnItsWay: it is being sent just now.
    """
    op = _waiting(tx, op_id)
    if op is None:
        refused = rejections.put_back(tx, op_id, "kept")
        op = _first_waiting(tx, refused.collection, refused.id)
        if op is None:
            return
    if op.state == IN_FLIGHT:
        raise OnItsWay
    tx.connection.execute(
        "UPDATE op SET state = 'kept', last_error = '' WHERE collection = ? AND id = ? "
        "AND state <> 'in_flight'",
        (op.collection, op.id),
    )
    tx.touch(op.collection, op.id)


def set_aside(tx: Transaction, op_id: str, reason: str) -> None:
    """Stop sending an op whose answer we cannot take in, so that the others go on."""
    tx.connection.execute(
        "UPDATE op SET state = 'aside', last_error = ? WHERE op_id = ? AND state = 'pending'",
        (reason, op_id),
    )


def release(tx: Transaction, op_id: str) -> None:
    """Let a record's parked changes go with the next round.

    Raises:
        WrongUse: no such change waits.
    """
    op = _waiting(tx, op_id)
    if op is None:
        raise _unknown(op_id)
    tx.connection.execute(
        "UPDATE op SET state = 'pending', attempts = CASE WHEN attempts > 0 THEN 1 ELSE 0 END "
        "WHERE collection = ? AND id = ? AND state IN ('kept', 'aside')",
        (op.collection, op.id),
    )
    record = records.get(tx.connection, op.collection, op.id)
    if record is not None:
        ops.settle(tx, record)


def discard(tx: Transaction, op_id: str) -> None:
    """Give up a change that waits: the record shows again what it was without it.

    What is given up stays in the history, and undoing brings it back. Where the change may have
    arrived already, one that takes it back follows it.

    Raises:
        WrongUse: no such change waits.
        OnItsWay: it is being sent just now.
        Refused: it may have arrived, and what was awarded cannot be deleted; or other records
            belong to what would be gone.
    """
    op = _waiting(tx, op_id)
    if op is None:
        raise _unknown(op_id)
    if op.state == IN_FLIGHT:
        raise OnItsWay
    record = records.get(tx.connection, op.collection, op.id)
    if record is None:
        ops.remove(tx, op_id)
        return
    if op.sent and op.collection in APPEND_ONLY:
        raise Refused(
            say("This may have reached the server already, so it cannot simply be given up."),
            mend=say("Send it, and then undo it."),
        )
    after = _without(tx, record, op)
    if (
        after.deleted
        and not record.deleted
        and kin.first_child(tx.connection, op.collection, op.id)
    ):
        raise Refused(say("Other things belong to this already."), mend=say("Give those up first."))
    history.note(tx, record.collection, record.id, record.seen, after.seen)
    ops.settle(tx, after)


def _without(tx: Transaction, record: StoredRecord, op: PendingOp) -> StoredRecord:
    waiting = ops.of_record(tx.connection, record.collection, record.id)
    earlier = [] if op.sent else [one for one in waiting if one.sent]
    before = ops.after(record.base, earlier)
    if op.kind == "delete":
        return replace(record, local=before or record.local, deleted=before is None)
    if before is None:
        return replace(record, deleted=True)
    given_up = {field for field, value in op.patch.items() if record.local.get(field) == value}
    kept = {field: value for field, value in record.local.items() if field not in given_up}
    back = {field: value for field, value in before.items() if field in given_up}
    return replace(record, local=kept | back)


def _waiting(tx: Transaction, op_id: str) -> PendingOp | None:
    row = tx.connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE op_id = ?",  # noqa: S608
        (op_id,),
    ).first()
    return None if row is None else ops.from_row(row)


def _first_waiting(tx: Transaction, collection: str, id: str) -> PendingOp | None:  # noqa: A002
    record = records.get(tx.connection, collection, id)
    if record is None:
        return None
    ops.settle(tx, record)
    waiting = ops.of_record(tx.connection, collection, id)
    return waiting[0] if waiting else None


def _unknown(op_id: str) -> WrongUse:
    return WrongUse(say("There is no waiting change {op_id}.", op_id=op_id))
