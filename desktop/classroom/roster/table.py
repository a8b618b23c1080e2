"""A table of cells, wherever it came from, read as students."""

import re
from collections.abc import Mapping, Sequence

from desktop.classroom.roster import headings
from desktop.classroom.roster.model import Problem, Roster, RosterRow, UnreadableRoster
from desktop.sentences import say

Numbered = Sequence[tuple[int, Sequence[str]]]

HEADING_ROWS = 15
"""A title or an export date may stand above the headings, not much more."""

_NOT_STUDENTS = frozenset(
    {"date", "points", "points possible", "class average", "average", "student, test", "total"}
)
"""What gradebook exports put where a name belongs."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ROBLOX = re.compile(r"[A-Za-z0-9]+(_[A-Za-z0-9]+)?")
MAX_NAME = 200


def find_headings(table: Numbered) -> tuple[int, dict[str, int]]:
    """Where the headings stand and what they name; (0, {}) where there are none."""
    for place, (_, cells) in enumerate(table[:HEADING_ROWS]):
        found = headings.columns(cells)
        if found:
            return place, found
    return 0, {}


def students(table: Numbered) -> Roster:
    """The students of a table.

    Raises:
        UnreadableRoster: no column holds names.
    """
    if not table:
        raise UnreadableRoster(
            say("This file is empty. Nothing was changed."), mend=say("Choose another file.")
        )
    place, columns = find_headings(table)
    if columns:
        body = table[place + 1 :]
    elif all(len([cell for cell in cells if cell]) == 1 for _, cells in table):
        columns, body = {"full_name": 0}, table  # a plain list of names
    else:
        shown = ", ".join(f"'{cell[:30]}'" for cell in table[0][1][:6] if cell)
        raise UnreadableRoster(
            say(
                "No column of this file is headed as a name; its first row is {shown}. "
                "Nothing was changed.",
                shown=shown,
            ),
            mend=say("Give the columns headings such as First Name, Last Name and Email Address."),
        )
    rows: list[RosterRow] = []
    problems: list[Problem] = []
    for number, cells in body:
        fields = _fields(columns, cells)
        if _is_no_student(fields, cells):
            continue
        row = student(say("Row {number}", number=number), fields, problems)
        if row is not None:
            rows.append(row)
    return without_repeats(Roster(tuple(rows), tuple(problems)))


def _fields(columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    return {field: cells[place] if place < len(cells) else "" for field, place in columns.items()}


def _is_no_student(fields: Mapping[str, str], cells: Sequence[str]) -> bool:
    first = next((cell for cell in cells if cell), "")
    return first.casefold() in _NOT_STUDENTS and "@" not in fields.get("email", "")


def student(where: str, fields: Mapping[str, str], problems: list[Problem]) -> RosterRow | None:
    """One row as a student, or None with a problem added."""
    given, family = _names(fields)
    if not given and not family:
        problems.append(Problem(where, say("there is no name, so it was left out.")))
        return None
    if max(len(given), len(family)) > MAX_NAME:
        problems.append(Problem(where, say("the name is far too long, so it was left out.")))
        return None
    return RosterRow(
        where=where,
        given_name=given,
        family_name=family,
        email=_email(where, fields.get("email", ""), problems),
        roblox_username=_roblox(where, fields.get("roblox_username", ""), problems),
        alias=fields.get("alias", "")[:MAX_NAME],
        external_id=fields.get("external_id", "")[:MAX_NAME],
        class_name=fields.get("class_name", "")[:MAX_NAME],
        class_external_id=fields.get("class_external_id", "")[:MAX_NAME],
    )


def _names(fields: Mapping[str, str]) -> tuple[str, str]:
    given, family = fields.get("given_name", ""), fields.get("family_name", "")
    if given or family:
        return given, family
    whole = fields.get("full_name", "")
    if "," in whole:
        family, given = (part.strip() for part in whole.split(",", 1))
        return given, family
    *first, last = whole.split() or [""]
    return (" ".join(first), last) if first else (last, "")


def _email(where: str, email: str, problems: list[Problem]) -> str:
    if not email or (_EMAIL.fullmatch(email) and len(email) <= MAX_NAME):
        return email
    if "@" in email:  # a login name in the column is no mistake worth a sentence
        problems.append(
            Problem(
                where,
                say("'{email}' is not an e-mail address, so it was left empty.", email=email[:60]),
                left_out=False,
            )
        )
    return ""


def _roblox(where: str, name: str, problems: list[Problem]) -> str:
    """A Roblox user name: 3 to 20 letters, digits, and at most one underscore inside."""
    if not name or (3 <= len(name) <= 20 and _ROBLOX.fullmatch(name)):
        return name
    problems.append(
        Problem(
            where,
            say("'{name}' cannot be a Roblox user name, so it was left empty.", name=name[:40]),
            left_out=False,
        )
    )
    return ""


def without_repeats(roster: Roster) -> Roster:
    """Leave out rows that name a student a second time in the same class, and say so."""
    seen: dict[tuple[str, ...], RosterRow] = {}
    rows: list[RosterRow] = []
    problems = list(roster.problems)
    for row in roster.rows:
        keys = _identities(row)
        earlier = next((seen[key] for key in keys if key in seen), None)
        if earlier is None:
            rows.append(row)
            seen.update(dict.fromkeys(keys, row))
        else:
            problems.append(
                Problem(
                    row.where,
                    say("{name} is there already ({where}), so it was left out.",
                        name=row.name, where=earlier.where),
                )
            )  # fmt: skip
    return Roster(tuple(rows), tuple(problems))


def _identities(row: RosterRow) -> list[tuple[str, ...]]:
    in_class = (row.class_external_id, row.class_name.casefold())
    keys: list[tuple[str, ...]] = []
    if row.external_id:
        keys.append(("id", row.external_id, *in_class))
    if row.email:
        keys.append(("email", row.email.casefold(), *in_class))
    if not keys:
        keys.append(("name", row.name.casefold(), *in_class))
    return keys
