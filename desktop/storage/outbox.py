"""Edits of the teacher: each writes what they see, what must be sent, and the history at once."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from desktop.classroom import identity, instants
from desktop.classroom import records as shapes
from desktop.sentences import say
from desktop.storage import history, ops, records
from desktop.storage.complaints import complaint
from desktop.storage.errors import InvalidEdit, UnknownRecord
from desktop.storage.records import StoredRecord
from desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class Edit:
    """What an edit made: the record, and the op that carries it ("" when nothing changed)."""

    id: str
    op_id: str


def create(
    tx: Transaction,
    collection: str,
    data: Mapping[str, Any],
    id: str | None = None,  # noqa: A002
) -> Edit:
    """Make a record; fields that are left out get their defaults.

    Raises:
        InvalidEdit: there is no such collection, only the server writes it, a field does not
            fit, or the id is taken.
    """
    _writable(collection)
    whole = _checked(collection, data, fields=None)
    made = id or tx.new_id()
    if not 0 < len(made) <= 64:
        raise InvalidEdit(say("The id of a new record has between 1 and 64 characters."))
    if records.get(tx.connection, collection, made) is not None:
        raise InvalidEdit(
            say(
                "There is already a record {made} in {collection}.",
                made=made,
                collection=_words(collection),
            )
        )
    record = StoredRecord(
        collection, made, 0, None, whole, deleted=False, dirty=True,
        updated_at=instants.to_text(tx.now), updated_by=tx.who,
    )  # fmt: skip
    records.put(tx.connection, record)
    kind: ops.Kind = "append" if collection in shapes.APPEND_ONLY else "create"
    op_id = ops.insert(tx, record, kind, whole)
    history.note(tx, collection, made, None, whole)
    tx.touch(collection, made)
    return Edit(made, op_id)


def put_named(tx: Transaction, collection: str, data: Mapping[str, Any]) -> Edit:
    """Make, change or bring back the one record that `data` names (see `classroom.identity`).

    Raises:
        InvalidEdit: as `create`; or the collection's records have no natural key.
    """
    made = identity.natural_id(collection, data)
    if made is None:
        raise InvalidEdit(
            say("This does not say which of {collection} is meant.", collection=_words(collection))
        )
    known = records.get(tx.connection, collection, made)
    if known is None:
        return create(tx, collection, data, made)
    if known.deleted:
        whole = _checked(collection, data, fields=None)
        return restore(tx, collection, made, whole, typed_anew=True)
    return update(tx, collection, made, data)


def append(
    tx: Transaction,
    collection: str,
    data: Mapping[str, Any],
    id: str | None = None,  # noqa: A002
) -> Edit:
    """Add to a collection whose records never change.

    Raises:
        InvalidEdit: as `create`, or the collection's records may change.
    """
    if collection not in shapes.APPEND_ONLY:
        raise InvalidEdit(
            say(
                "Records are not only added to {collection}; create one there.",
                collection=_words(collection),
            )
        )
    return create(tx, collection, data, id)


def update(
    tx: Transaction,
    collection: str,
    id: str,  # noqa: A002
    patch: Mapping[str, Any],
) -> Edit:
    """Change fields of a record; each field of `patch` is replaced whole.

    Raises:
        UnknownRecord: there is no such record.
        InvalidEdit: a field does not fit, or the collection's records never change.
    """
    record = _changeable(tx, collection, id)
    local = _checked(collection, {**record.local, **patch}, fields=frozenset(patch))
    if all(local.get(field) == record.local.get(field) for field in patch):
        waiting = ops.of_record(tx.connection, collection, id)
        return Edit(id, waiting[-1].op_id if waiting else "")
    local = {field: value for field, value in local.items() if field in {**record.local, **patch}}
    history.note(tx, collection, id, record.local, local)
    return Edit(id, ops.settle(tx, _edited(tx, record, local=local)))


def delete(tx: Transaction, collection: str, id: str) -> Edit:  # noqa: A002
    """Delete a record; one that never left this computer leaves nothing to send.

    Raises:
        UnknownRecord: there is no such record.
        InvalidEdit: the collection's records never change.
    """
    record = _changeable(tx, collection, id)
    history.note(tx, collection, id, record.local, None)
    return Edit(id, ops.settle(tx, _edited(tx, record, deleted=True)))


def restore(
    tx: Transaction,
    collection: str,
    id: str,  # noqa: A002
    data: Mapping[str, Any] | None = None,
    *,
    typed_anew: bool = False,
) -> Edit:
    """Bring a deleted record back as it was, or as `data` says.

    What is `typed_anew` counts as the teacher's word, though it may say what was there before.

    Raises:
        UnknownRecord: the cache has never heard of it, or it is not deleted.
        InvalidEdit: a field does not fit.
    """
    record = records.get(tx.connection, collection, id)
    if record is None or not record.deleted:
        raise UnknownRecord(
            say(
                "There is no deleted record {record_id} in {collection}.",
                record_id=id,
                collection=_words(collection),
            )
        )
    local = dict(record.local if data is None else data)
    _checked(collection, local, fields=None)
    history.note(tx, collection, id, None, local)
    after = _edited(tx, record, local=local, deleted=False)
    if typed_anew:
        after = replace(after, before=None)
    return Edit(id, ops.settle(tx, after))


def _edited(
    tx: Transaction,
    record: StoredRecord,
    *,
    local: dict[str, Any] | None = None,
    deleted: bool | None = None,
) -> StoredRecord:
    return replace(
        record,
        local=record.local if local is None else local,
        deleted=record.deleted if deleted is None else deleted,
        updated_at=instants.to_text(tx.now),
        updated_by=tx.who,
    )


def _changeable(tx: Transaction, collection: str, id: str) -> StoredRecord:  # noqa: A002
    _writable(collection)
    if collection in shapes.APPEND_ONLY:
        raise InvalidEdit(
            say("What was added to {collection} stays as it is.", collection=_words(collection)),
            mend=say("Add another one that corrects it."),
        )
    record = records.get(tx.connection, collection, id)
    if record is None or record.deleted:
        raise UnknownRecord(
            say(
                "There is no record {record_id} in {collection}.",
                record_id=id,
                collection=_words(collection),
            )
        )
    return record


def _writable(collection: str) -> None:
    if collection not in shapes.COLLECTIONS:
        known = ", ".join(shapes.COLLECTIONS)
        raise InvalidEdit(
            say(
                "There is nothing called '{collection}'; there are {known}.",
                collection=collection,
                known=known,
            )
        )
    if collection in shapes.SERVER_ONLY:
        raise InvalidEdit(
            say("Only the school server writes {collection}.", collection=_words(collection))
        )


def _words(collection: str) -> str:
    return collection.replace("_", " ")


def _checked(
    collection: str, data: Mapping[str, Any], *, fields: frozenset[str] | None
) -> dict[str, Any]:
    """`data` with its defaults; `fields` limits whose faults count to what the person changed."""
    for field, value in data.items():
        if not _is_finite(value):  # JSON would quietly make it null
            raise InvalidEdit(complaint(field, "Expected a number"))
    try:
        # Through JSON, so that what is checked is what will be stored and sent.
        plain = records.load(records.dump(data))
        whole = msgspec.to_builtins(shapes.check(collection, plain))
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        path = re.search(r"`\$\.([A-Za-z0-9_]+)", str(error))
        missing = re.search(r"required field `([A-Za-z0-9_]+)`", str(error))
        field = path[1] if path else missing[1] if missing else ""
        if fields is not None and field and field not in fields:
            return dict(data)  # someone else's fault, as the server sent it: leave it alone
        raise InvalidEdit(complaint(field, str(error))) from error
    return {**whole, **plain}


def _is_finite(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, Mapping):
        return all(map(_is_finite, value.values()))
    return not isinstance(value, list | tuple) or all(map(_is_finite, value))


def check_patch(record: StoredRecord, patch: Mapping[str, Any]) -> None:
    """Say whether `patch` would be a valid update of `record`.

    Raises:
        InvalidEdit: a field does not fit.
    """
    _checked(record.collection, {**record.local, **patch}, fields=frozenset(patch))
