"""Who may see what: the scopes of a record, and the scopes of a person.

A record is seen through scopes: `c:<class>` by the teachers of that class, `u:<user>` by one
person, `s` by every teacher. Administrators see everything. Students and parents have no
sight of the synchronised collections at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desktop.school.statements import Prepared
from desktop.school.tables import account, class_teacher, reach, record

SCHOOL = "s"
STAFF = ("teacher", "admin")


@dataclass(frozen=True)
class Actor:
    """Who asks: a signed-in person. `family_id` is the device they asked from."""

    id: str
    role: str
    username: str = ""
    display_name: str = ""
    email: str = ""
    family_id: str = ""

    @property
    def is_staff(self) -> bool:
        """Whether this person has anything to do with records."""
        return self.role in STAFF

    @property
    def sees_all(self) -> bool:
        """Whether this person is beyond the rules of sight."""
        return self.role == "admin"


def scopes_of_record(
    collection: str, record_id: str, data: Mapping[str, Any], created_by: str
) -> frozenset[str]:
    """Through what a record with this content is seen."""
    match collection:
        case "classes":
            return frozenset({class_scope(record_id)})
        case "lessons":
            return _classes(data) | _person(data.get("owner_id") or created_by)
        case "announcements":
            return _classes(data) | _person(data.get("author_id") or created_by)
        case "students":
            # A pupil whom nobody teaches at the moment stays with whoever entered them.
            return _classes(data) or _person(created_by)
        case "messages":
            people = {data.get("author_id") or created_by, data.get("recipient_id")}
            return frozenset(user_scope(str(name)) for name in people if name)
        case _:
            class_id = data.get("class_id")
            return frozenset({class_scope(class_id)}) if class_id else _person(created_by)


def class_scope(class_id: str) -> str:
    """The scope of a class's teachers."""
    return f"c:{class_id}"


def user_scope(user_id: str) -> str:
    """The scope of one person."""
    return f"u:{user_id}"


def scopes_of_user(connection: sa.Connection, user_id: str) -> frozenset[str]:
    """The scopes that a teacher looks through."""
    taught = _TAUGHT.rows(connection, {"user": user_id})
    return frozenset({SCHOOL, user_scope(user_id), *(class_scope(row[0]) for row in taught)})


def teaches(connection: sa.Connection, user_id: str, class_id: str) -> bool:
    """Whether a person looks through the scope of a class: asked for one of maybe many."""
    return _TEACHES.first(connection, {"user": user_id, "class": class_id}) is not None


def classes_in(scopes: Iterable[str]) -> list[str]:
    """The ids of the classes through which something is seen."""
    return _sorted(scopes)[0]


def scopes_of_stored(connection: sa.Connection, collection: str, record_id: str) -> frozenset[str]:
    """The scopes that a stored record is seen through."""
    found = _STORED.rows(connection, {"collection": collection, "id": record_id})
    return frozenset(row[0] for row in found)


def viewers(connection: sa.Connection, scopes: Iterable[str]) -> frozenset[str]:
    """The people, administrators left out, who look through any of `scopes`."""
    classes, people, everyone = _sorted(scopes)
    if everyone:
        return people | frozenset(row[0] for row in _TEACHERS.rows(connection, {}))
    taught = (_TEACHERS_OF.rows(connection, {"class": name}) for name in classes)
    return people | frozenset(row[0] for rows in taught for row in rows)


def administrators(connection: sa.Connection) -> frozenset[str]:
    """Everybody who sees everything."""
    return frozenset(row[0] for row in _ADMINISTRATORS.rows(connection, {}))


def seen_by(user_id: sa.BindParameter[str]) -> sa.ColumnElement[bool]:
    """The condition that a row of `record` is within a teacher's sight."""
    mine = reach.alias("mine")
    here = sa.and_(mine.c.collection == record.c.collection, mine.c.record_id == record.c.id)
    taught = sa.select(sa.literal("c:") + class_teacher.c.class_id).where(
        class_teacher.c.user_id == user_id
    )
    own = mine.c.scope.in_([sa.literal("u:") + user_id, sa.literal(SCHOOL)])
    return sa.exists().where(here, sa.or_(own, mine.c.scope.in_(taught)))


def _classes(data: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(class_scope(name) for name in data.get("class_ids") or [])


def _person(user_id: str) -> frozenset[str]:
    return frozenset({user_scope(user_id) if user_id else SCHOOL})


def _sorted(scopes: Iterable[str]) -> tuple[list[str], frozenset[str], bool]:
    classes, people, everyone = [], set(), False
    for scope in scopes:
        kind, _, name = scope.partition(":")
        if kind == "c":
            classes.append(name)
        elif kind == "u":
            people.add(name)
        else:
            everyone = True
    return classes, frozenset(people), everyone


_TAUGHT = Prepared(
    sa.select(class_teacher.c.class_id).where(class_teacher.c.user_id == sa.bindparam("user"))
)
_TEACHES = Prepared(
    sa.select(class_teacher.c.class_id).where(
        class_teacher.c.user_id == sa.bindparam("user"),
        class_teacher.c.class_id == sa.bindparam("class"),
    )
)
_TEACHERS_OF = Prepared(
    sa.select(class_teacher.c.user_id).where(class_teacher.c.class_id == sa.bindparam("class"))
)
_STORED = Prepared(
    sa.select(reach.c.scope).where(
        reach.c.collection == sa.bindparam("collection"), reach.c.record_id == sa.bindparam("id")
    )
)
_TEACHERS = Prepared(sa.select(account.c.id).where(account.c.role == "teacher"))
_ADMINISTRATORS = Prepared(sa.select(account.c.id).where(account.c.role == "admin"))
