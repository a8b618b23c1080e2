"""Three-way merge of one record, field by field: pure, and it never drops what a person wrote."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.classroom import records
from desktop.classroom.records import Merge

Json = Any
"""A value of JSON: what a field may hold."""

Data = Mapping[str, Any]

WHOLE_RECORD = ""
"""The field of a conflict where one side deleted the record that the other changed."""

GRADES = frozenset({"score", "marks"})
"""Fields in which a blank is never taken over a value without asking."""


@dataclass(frozen=True)
class FieldConflict:
    """A field that both sides changed, to different values; a missing value is None."""

    field: str
    base: Json
    mine: Json
    theirs: Json


@dataclass(frozen=True)
class Merged:
    """Both sides' changes together. Fields in conflict hold my value."""

    data: dict[str, Any]
    conflicts: tuple[FieldConflict, ...] = ()
    deleted: bool = False


def merge(collection: str, base: Data, mine: Data, theirs: Data) -> Merged:
    """Merge two versions of a record that both come from `base`.

    A field that only one side changed takes that side's value; what both changed follows
    `records.merge_rule`. The result holds mine where the two cannot be brought together.
    """
    data: dict[str, Any] = {}
    conflicts = []
    for field in _fields(mine, theirs, base):
        value, conflict = _field(collection, field, base.get(field), mine.get(field),
                                 theirs.get(field))  # fmt: skip
        if field in mine or field in theirs or value is not None:
            data[field] = value
        if conflict is not None:
            conflicts.append(conflict)
    return Merged(data, tuple(conflicts))


def merge_lives(
    collection: str, base: Data | None, mine: Data | None, theirs: Data | None
) -> Merged:
    """As `merge`, where either side may have deleted the record (None).

    A record deleted on one side and changed on the other is a conflict about the whole of it;
    meanwhile it stays as I left it.
    """
    if mine is not None and theirs is not None:
        return merge(collection, _defaults(collection) if base is None else base, mine, theirs)
    if mine is None and theirs is None:
        return Merged(dict(base or {}), deleted=True)
    if mine is None:
        asked = () if theirs == base else (FieldConflict(WHOLE_RECORD, _plain(base), None,
                                                         _plain(theirs)),)  # fmt: skip
        return Merged(dict(theirs or {}), asked, deleted=True)
    if mine == base:
        return Merged({}, deleted=True)
    return Merged(dict(mine), (FieldConflict(WHOLE_RECORD, _plain(base), dict(mine), None),))


def _defaults(collection: str) -> dict[str, Json]:
    """What two records that were made apart have in common; what always asks, asks."""
    shape = records.COLLECTIONS.get(collection)
    if shape is None:
        return {}
    found: dict[str, Json] = {}
    for field in msgspec.structs.fields(shape):
        if field.default_factory is not msgspec.NODEFAULT:
            found[field.name] = field.default_factory()
        elif field.default is not msgspec.NODEFAULT:
            found[field.name] = field.default
    asked = {name for name in found if records.merge_rule(collection, name) is Merge.ASK}
    return {name: value for name, value in found.items() if name not in asked}


def _plain(data: Data | None) -> dict[str, Any] | None:
    return None if data is None else dict(data)


def _fields(*sides: Data) -> list[str]:
    return list(dict.fromkeys(field for side in sides for field in side))


def _field(
    collection: str, field: str, base: Json, mine: Json, theirs: Json
) -> tuple[Any, FieldConflict | None]:
    if mine == theirs:
        return mine, None
    asked = FieldConflict(field, base, mine, theirs)
    if field in GRADES and _is_blank(mine) != _is_blank(theirs) and not _is_blank(base):
        return mine, asked
    if mine == base:
        return theirs, None
    if theirs == base:
        return mine, None
    match _rule(collection, field):
        case Merge.SET if _lists(mine, theirs, base):
            return _merge_sets(base or [], mine or [], theirs or []), None
        case Merge.BY_ID if _lists(mine, theirs, base):
            together = _merge_by_id(base or [], mine or [], theirs or [])
            return (mine, asked) if together is None else (together, None)
        case Merge.TEXT if isinstance(mine, str) and isinstance(theirs, str):
            text = merge_text(base if isinstance(base, str) else "", mine, theirs)
            return (mine, asked) if text is None else (text, None)
        case Merge.LATER if _moments(mine, theirs):
            # Written alike (`instants.to_text`), so that the order of the text is that of time.
            return max(mine or "", theirs or ""), None
    return mine, asked


def _rule(collection: str, field: str) -> Merge:
    if collection not in records.COLLECTIONS:
        return Merge.SCALAR
    return records.merge_rule(collection, field)


def _is_blank(value: Json) -> bool:
    return value is None or value == {} or value == ""


def _moments(*values: Json) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


def _lists(*values: Json) -> bool:
    return all(value is None or isinstance(value, list) for value in values)


def _merge_sets(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Keep what neither side removed, then what either added; order: mine first."""
    gone = [value for value in base if value not in mine or value not in theirs]
    merged: list[Any] = []
    for value in (*mine, *theirs):
        if value not in gone and value not in merged:
            merged.append(value)
    return merged


def _merge_by_id(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any] | None:
    """Merge lists of objects with ids, object by object; None where a person must choose."""
    sides = [_by_id(side) for side in (base, mine, theirs)]
    if any(side is None for side in sides):
        return None
    was, my, their = (side or {} for side in sides)
    merged: dict[str, Any] = {}
    for key in _merged_order(list(was), list(my), list(their)):
        kept = _merge_object(was.get(key), my.get(key), their.get(key))
        if kept is _UNDECIDED:
            return None
        if kept is not None:
            merged[key] = kept
    return list(merged.values())


_UNDECIDED = object()


def _merge_object(base: Json, mine: Json, theirs: Json) -> Json:
    """One object of a list: both sides' fields, None when it goes, or `_UNDECIDED`."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if mine is None or theirs is None or base is None:
        return _UNDECIDED
    merged = {}
    for field in _fields(mine, theirs, base):
        was, my, their = base.get(field), mine.get(field), theirs.get(field)
        if my != their and was not in (my, their):
            return _UNDECIDED
        value = their if my == was else my
        if value is not None or field in mine or field in theirs:
            merged[field] = value
    return merged


def _by_id(items: list[Any]) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for item in items:
        if not isinstance(item, dict) or not isinstance(item.get("id"), str) or item["id"] in found:
            return None
        found[item["id"]] = item
    return found


def _merged_order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """The order of the side that moved things, with the other's additions after their neighbour."""
    common = set(mine) & set(theirs)
    i_moved = [key for key in mine if key in common] != [key for key in base if key in common]
    first, second = (mine, theirs) if i_moved else (theirs, mine)
    order = list(first)
    for index, key in enumerate(second):
        if key not in order:
            before = next((other for other in reversed(second[:index]) if other in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, key)
    return order


def merge_text(base: str, mine: str, theirs: str) -> str | None:
    """Merge by diff3, line by line; None where both changed the same or neighbouring lines.

    See Khanna, Kunal and Pierce, 'A Formal Investigation of Diff3' (2007): the base is cut
    into stretches that both sides kept, and what lies between two of them is taken from the
    side that changed it.
    """
    was, my, their = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    merged: list[str] = []
    at = (0, 0, 0)
    for stable in _stable(was, my, their):
        part = _between(was[at[0] : stable[0]], my[at[1] : stable[1]], their[at[2] : stable[2]])
        if part is None:
            return None
        length = stable[3]
        merged += part + was[stable[0] : stable[0] + length]
        at = (stable[0] + length, stable[1] + length, stable[2] + length)
    return "".join(merged)


def _between(was: list[str], my: list[str], their: list[str]) -> list[str] | None:
    if my == their or their == was:
        return my
    return their if my == was else None


def _stable(was: list[str], my: list[str], their: list[str]) -> list[tuple[int, int, int, int]]:
    """Stretches of the base that both sides kept: (start in base, mine, theirs, length)."""
    in_mine = _matches(was, my)
    in_theirs = _matches(was, their)
    found: list[tuple[int, int, int, int]] = []
    for line in range(len(was)):
        if line not in in_mine or line not in in_theirs:
            continue
        here = (line, in_mine[line], in_theirs[line])
        if found and here == tuple(part + found[-1][3] for part in found[-1][:3]):
            found[-1] = (*found[-1][:3], found[-1][3] + 1)
        else:
            found.append((*here, 1))
    return [*found, (len(was), len(my), len(their), 0)]


def _matches(was: list[str], now: list[str]) -> dict[int, int]:
    blocks = difflib.SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    return {a + step: b + step for a, b, size in blocks for step in range(size)}
