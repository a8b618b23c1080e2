"""OneRoster 1.1 and 1.2 in its CSV form: a zip of users, classes and enrolments.

See https://www.imsglobal.org/oneroster-v11-final-csv-tables.
"""

import zipfile
import zlib
from collections.abc import Iterator

from desktop.classroom.roster import limits, table, text
from desktop.classroom.roster.model import Problem, Roster, RosterRow, UnreadableRoster
from desktop.sentences import say

Line = tuple[int, dict[str, str]]

NEEDED = ("users.csv", "classes.csv", "enrollments.csv")


def is_one(archive: zipfile.ZipFile) -> bool:
    """Whether the archive looks like OneRoster rather than like a workbook."""
    names = {name.rsplit("/", 1)[-1].lower() for name in archive.namelist()}
    return "manifest.csv" in names or set(NEEDED) <= names


def read(archive: zipfile.ZipFile) -> Roster:
    """The students of every class in the archive.

    Raises:
        UnreadableRoster: a table is missing or damaged.
    """
    users = {line["sourcedid"]: (number, line) for number, line in _table(archive, "users.csv")}
    classes = {line["sourcedid"]: line for _, line in _table(archive, "classes.csv")}
    problems: list[Problem] = []
    rows: list[RosterRow] = []
    for number, enrolment in _table(archive, "enrollments.csv"):
        if enrolment.get("role", "").casefold() != "student":
            continue
        where = say("{file}, row {number}", file="enrollments.csv", number=number)
        user = users.get(enrolment.get("usersourcedid", ""))
        group = classes.get(enrolment.get("classsourcedid", ""))
        if user is None or group is None:
            text = (
                say("it names a student who is not in the file, so it was left out.")
                if user is None
                else say("it names a class that is not in the file, so it was left out.")
            )
            problems.append(Problem(where, text))
            continue
        row = _row(user, group, problems)
        if row is not None:
            rows.append(row)
    return table.without_repeats(Roster(tuple(rows), tuple(dict.fromkeys(problems))))


def _row(user: Line, group: dict[str, str], problems: list[Problem]) -> RosterRow | None:
    number, line = user
    where = say("{file}, row {number}", file="users.csv", number=number)
    if line.get("enableduser", "").casefold() == "false":
        problems.append(Problem(where, say("this account is switched off, so it was left out.")))
        return None
    fields = {
        "given_name": line.get("preferredgivenname") or line.get("givenname", ""),
        "family_name": line.get("preferredfamilyname") or line.get("familyname", ""),
        "email": line.get("email", ""),
        "external_id": line["sourcedid"],
        "class_name": group.get("title", "") or group.get("classcode", ""),
        "class_external_id": group["sourcedid"],
    }
    return table.student(where, fields, problems)


def _table(archive: zipfile.ZipFile, name: str) -> Iterator[Line]:
    """The lines of one table that are not deleted, by lower-case heading."""
    lines = text.rows(text.decode(_content(archive, name)), ",")
    if not lines:
        return
    heads = [head.casefold() for head in lines[0][1]]
    if "sourcedid" not in heads:
        raise UnreadableRoster(
            say(
                "{name} in this OneRoster archive has no column sourcedId. Nothing was changed.",
                name=name,
            ),
            mend=say("Export it again as OneRoster CSV, version 1.1 or 1.2."),
        )
    for number, cells in lines[1:]:
        line = dict(zip(heads, cells, strict=False))
        if line.get("sourcedid") and line.get("status", "").casefold() != "tobedeleted":
            yield number, line


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    found = [full for full in archive.namelist() if full.rsplit("/", 1)[-1].lower() == name]
    if len(found) != 1:
        raise UnreadableRoster(
            say("This OneRoster archive has no {name}. Nothing was changed.", name=name),
            mend=say("Export it again with users, classes and enrollments."),
        )
    try:
        return archive.read(found[0])
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError) as error:
        raise limits.damaged() from error
