"""Plans what a roster file would change, to be looked at first, and then does exactly that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from desktop.classroom.roster.model import Problem, Roster, RosterRow
from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import outbox, records
from desktop.storage.records import Json, StoredRecord
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

What = Literal["create", "update", "match", "skip"]


@dataclass(frozen=True)
class ClassPlan:
    """A class of the file: one that is here (`class_id`), or one to be made."""

    name: str
    external_id: str = ""
    class_id: str | None = None


@dataclass(frozen=True)
class Step:
    """What happens to one student. `fields` is what is written."""

    what: What
    where: str
    name: str
    student_id: str | None = None
    fields: Mapping[str, Json] = field(default_factory=dict)
    classes: tuple[int, ...] = ()
    """The classes of the plan, by place, that the student joins."""


@dataclass(frozen=True)
class ImportPlan:
    """Everything an import would do."""

    classes: tuple[ClassPlan, ...]
    steps: tuple[Step, ...]
    problems: tuple[str, ...]
    """Sentences that name the row."""

    def count(self, what: What) -> int:
        """How many students are created, updated, matched as they are, or left out."""
        return sum(1 for step in self.steps if step.what == what)


def plan(
    connection: Connection,
    roster: Roster,
    *,
    class_name: str = "",
    class_id: str | None = None,
    otherwise: str = "Imported class",
) -> ImportPlan:
    """Say what importing `roster` would do; nothing is changed.

    With `class_name` or `class_id` everyone goes into that class (made if the name is new),
    and of a OneRoster file only the class of that name is taken. Without, the classes of the
    file are used, and `otherwise` names the class of rows that name none.

    A student is known again by the id of the school's system, then by e-mail, then by name
    within the class. A blank in the file changes nothing.

    Raises:
        WrongUse: the class does not exist, or the file has classes and none is called so.
    """
    rows = roster.rows
    if class_id is not None:
        known = records.get(connection, "classes", class_id)
        if known is None or known.deleted:
            raise WrongUse(say("The class to import into is no longer here."))
        class_name = known.local["name"]
    if class_name:
        rows = _only(rows, class_name)
    planner = _Planner(connection, class_name, class_id, otherwise)
    for row in rows:
        planner.add(row)
    return planner.finish(roster.problems)


def apply(tx: Transaction, planned: ImportPlan) -> list[str]:
    """Do what the plan says, all or nothing; returns the ids of the classes, in its order."""
    class_ids = [_class(tx, group) for group in planned.classes]
    for step in planned.steps:
        joins = [class_ids[place] for place in step.classes]
        if step.what == "create":
            outbox.create(tx, "students", {**step.fields, "class_ids": joins})
        elif step.what == "update" and step.student_id is not None:
            student = records.get(tx.connection, "students", step.student_id)
            enrolled = student.local.get("class_ids", []) if student else []
            together = list(dict.fromkeys((*enrolled, *joins)))
            outbox.update(tx, "students", step.student_id, {**step.fields, "class_ids": together})
    return class_ids


def _class(tx: Transaction, group: ClassPlan) -> str:
    if group.class_id is not None:
        return group.class_id
    fields = {"name": group.name, "external_id": group.external_id}
    return outbox.create(tx, "classes", fields).id


def _only(rows: tuple[RosterRow, ...], class_name: str) -> tuple[RosterRow, ...]:
    """Of a file with classes of its own, those of the class that was asked for."""
    if not any(row.class_external_id for row in rows):
        return rows
    wanted = class_name.casefold()
    found = tuple(
        row for row in rows if wanted in (row.class_name.casefold(), row.class_external_id)
    )
    if not found:
        names = ", ".join(sorted({f"'{row.class_name}'" for row in rows})[:8])
        raise WrongUse(
            say(
                "This file has no class called '{class_name}'; it has {names}.",
                class_name=class_name,
                names=names,
            )
        )
    return found


class _Planner:
    """Goes through the rows once, with what is here by id, by e-mail and by name at hand."""

    def __init__(
        self, connection: Connection, class_name: str, class_id: str | None, otherwise: str
    ) -> None:
        self._one_class = class_name
        self._otherwise = otherwise
        self._classes: list[ClassPlan] = []
        self._known_classes = records.find(connection, "classes")
        if class_id is not None:
            self._classes.append(ClassPlan(class_name, class_id=class_id))
        self._students = _Known(records.find(connection, "students"))
        self._steps: dict[str, Step] = {}
        self._problems: list[Problem] = []

    def add(self, row: RosterRow) -> None:
        place = self._place(row)
        class_id = self._classes[place].class_id
        found = self._students.like(row, class_id)
        if len(found) > 1:
            text = say("two students here are called {name}, so it was left out.", name=row.name)
            self._problems.append(Problem(row.where, text))
            return
        key = found[0].id if found else _identity(row)
        earlier = self._steps.get(key)
        if earlier is not None:
            enrolled = found and class_id in (found[0].local.get("class_ids") or ())
            self._steps[key] = earlier if enrolled else _joined(earlier, place)
        elif not found:
            self._steps[key] = Step(
                "create", row.where, row.name, fields=_filled(row), classes=(place,)
            )
        else:
            self._steps[key] = _known_step(row, found[0], place, class_id)

    def _place(self, row: RosterRow) -> int:
        """The place in the plan of the row's class; a new one is added."""
        if self._one_class:
            name, external_id = self._one_class, row.class_external_id
        else:
            name, external_id = row.class_name or self._otherwise, row.class_external_id
        for place, group in enumerate(self._classes):
            if group.external_id == external_id and external_id:
                return place
            if (self._one_class or not external_id) and group.name.casefold() == name.casefold():
                return place
        known = _known_class(self._known_classes, name, external_id)
        self._classes.append(ClassPlan(name, external_id, known))
        return len(self._classes) - 1

    def finish(self, problems: Iterable[Problem]) -> ImportPlan:
        every = sorted((*problems, *self._problems), key=_row_number)
        left_out = [Step("skip", problem.where, "") for problem in every if problem.left_out]
        if not self._classes:
            name = self._one_class or self._otherwise
            known = _known_class(self._known_classes, name, "")
            if known:
                self._classes.append(ClassPlan(name, class_id=known))
        return ImportPlan(
            tuple(self._classes),
            (*self._steps.values(), *left_out),
            tuple(str(problem) for problem in every),
        )


def _row_number(problem: Problem) -> tuple[str, int]:
    """Sorts `Row 9` before `Row 10`."""
    words = problem.where.rsplit(" ", 1)
    return words[0], int(words[-1]) if words[-1].isdigit() else 0


def _known_class(known: list[StoredRecord], name: str, external_id: str) -> str | None:
    if external_id:
        for group in known:
            if group.local.get("external_id") == external_id:
                return group.id
    for group in known:
        other = group.local.get("external_id") or ""
        same = str(group.local.get("name", "")).casefold() == name.casefold()
        if same and (not external_id or not other):
            return group.id
    return None


class _Known:
    """The students that are here, by everything they can be known again by."""

    def __init__(self, students: list[StoredRecord]) -> None:
        self._by_id: dict[str, list[StoredRecord]] = {}
        self._by_email: dict[str, list[StoredRecord]] = {}
        self._by_name: dict[tuple[str, str], list[StoredRecord]] = {}
        for student in students:
            data = student.local
            _index(self._by_id, str(data.get("external_id") or ""), student)
            _index(self._by_email, str(data.get("email") or "").casefold(), student)
            for class_id in data.get("class_ids") or ():
                self._by_name.setdefault((_name(data), class_id), []).append(student)

    def like(self, row: RosterRow, class_id: str | None) -> list[StoredRecord]:
        """Who the row may be: one, nobody, or several that cannot be told apart."""
        for index, key in ((self._by_id, row.external_id), (self._by_email, row.email.casefold())):
            if key and key in index:
                return index[key]
        same_name = self._by_name.get((_plain(row.name), class_id or ""), [])
        return [student for student in same_name if not _is_somebody_else(row, student)]


def _index(index: dict[str, list[StoredRecord]], key: str, student: StoredRecord) -> None:
    if key:
        index.setdefault(key, []).append(student)


def _is_somebody_else(row: RosterRow, student: StoredRecord) -> bool:
    """Two people of one name, told apart by the school's id or by e-mail."""
    pairs = (
        (row.external_id, str(student.local.get("external_id") or "")),
        (row.email.casefold(), str(student.local.get("email") or "").casefold()),
    )
    return any(theirs and ours and theirs != ours for theirs, ours in pairs)


def _name(data: Mapping[str, Json]) -> str:
    return _plain(f"{data.get('given_name') or ''} {data.get('family_name') or ''}")


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _identity(row: RosterRow) -> str:
    """What makes two rows of different classes one new student."""
    if row.external_id:
        return f"id {row.external_id}"
    if row.email:
        return f"email {row.email.casefold()}"
    return f"name {_plain(row.name)} {row.where}"


_FIELDS = ("given_name", "family_name", "email", "roblox_username", "alias", "external_id")


def _filled(row: RosterRow) -> dict[str, Json]:
    return {name: getattr(row, name) for name in _FIELDS if getattr(row, name)}


def _known_step(row: RosterRow, student: StoredRecord, place: int, class_id: str | None) -> Step:
    fields = {
        name: value for name, value in _filled(row).items() if student.local.get(name) != value
    }
    if _name(student.local) == _plain(row.name):  # only split or written differently
        fields = {name: value for name, value in fields.items() if not name.endswith("_name")}
    enrolled = class_id is not None and class_id in (student.local.get("class_ids") or ())
    joins = () if enrolled else (place,)
    what: What = "update" if fields or joins else "match"
    return Step(what, row.where, row.name, student.id, fields, joins)


def _joined(step: Step, place: int) -> Step:
    """The same student in one more class of the file."""
    if place in step.classes:
        return step
    what: What = "update" if step.what == "match" else step.what
    return Step(what, step.where, step.name, step.student_id, step.fields, (*step.classes, place))
