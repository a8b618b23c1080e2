"""A lesson while it is written: plain data, every step undoable, faults told at their place.

What is half written need not be a lesson yet. What has to fit together by itself is kept fitting:
the lesson takes as long as its activities, and a question that goes leaves its station too.
"""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.lessons import package as packages
from desktop.lessons import quiz_checks
from desktop.lessons.package import InvalidPackage, LessonPackage
from desktop.lessons.schema import PARTS, Revision

Path = tuple[str | int, ...]
Fields = dict[str, Any]

MOST_STEPS = 200
"""Older steps can no longer be undone here; what was saved is in the history of the lesson."""
TEACHER = "teacher"
"""The provider of what a person wrote."""


@dataclass(frozen=True)
class Fault:
    """Something that is wrong, at its place. A severe one keeps the lesson from being saved."""

    path: Path
    text: str
    severe: bool


class Editing:
    """One lesson being written."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields: Fields = copy.deepcopy(dict(fields))
        self._past: list[Fields] = []
        self._future: list[Fields] = []
        self._typing: Path | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back that can come again."""
        return bool(self._future)

    def at(self, path: Path) -> Any:  # noqa: ANN401  (plain JSON)
        """What stands at `path`.

        Raises:
            LookupError: there is no such place.
        """
        value: Any = self.fields
        for step in path:
            value = value[step]
        return value

    def write(self, path: Path, value: object) -> None:
        """Put `value` there. Letters typed at one place are one step, until `pause`."""
        if self.at(path[:-1]) is not None and self.at(path) == value:
            return
        if self._typing != path:
            self._step()
        self._typing = path
        self.at(path[:-1])[path[-1]] = value
        _settle(self.fields)

    def pause(self) -> None:
        """What is typed from here on is a step of its own."""
        self._typing = None

    def add(self, path: Path, item: object, at: int | None = None) -> Path:
        """Put `item` into the list at `path`, at its end or at a place; returns where it is."""
        self._step()
        there: list[Any] = self.at(path)
        place = len(there) if at is None else at
        there.insert(place, copy.deepcopy(item))
        _settle(self.fields)
        return (*path, place)

    def remove(self, path: Path) -> None:
        """Take out what stands in a list at `path`."""
        self._step()
        gone = self.at(path[:-1]).pop(path[-1])
        if path[:-1] == ("world", "zones"):
            _rehouse(self.fields["world"], gone, int(path[-1]))
        _settle(self.fields)

    def move(self, path: Path, step: int) -> Path:
        """Move what stands in a list at `path` so many places; returns where it is then."""
        there: list[Any] = self.at(path[:-1])
        place = max(0, min(len(there) - 1, int(path[-1]) + step))
        if place != path[-1]:
            self._step()
            there.insert(place, there.pop(int(path[-1])))
        return (*path[:-1], place)

    def replace(self, fields: Fields) -> None:
        """Put another lesson in the place of this one, as one step."""
        self._step()
        self.fields = copy.deepcopy(fields)

    def undo(self) -> None:
        """Take back the last step."""
        if self._past:
            self._future.append(self.fields)
            self.fields = self._past.pop()
            self._typing = None

    def redo(self) -> None:
        """Bring back what was taken back."""
        if self._future:
            self._past.append(self.fields)
            self.fields = self._future.pop()
            self._typing = None

    def faults(self) -> list[Fault]:
        """All that is wrong, the severe first; then what is unfair about the quiz."""
        severe = [Fault(path, text, severe=True) for path, text in packages.faults(self.fields)]
        if severe:
            return severe
        package = packages.load(self.fields)
        places = {question.id: at for at, question in enumerate(package.quiz)}
        return [
            Fault(("quiz", *((places[one.question_id],) if one.question_id in places else ())),
                  one.text, severe=False)
            for one in quiz_checks.check(
                package.quiz, grade_level=package.grade_level, language=package.language
            )
        ]  # fmt: skip

    def package(self) -> LessonPackage | None:
        """The lesson as it stands; None while something keeps it from being one."""
        try:
            return packages.load(self.fields)
        except InvalidPackage:
            return None

    def _step(self) -> None:
        self._past.append(copy.deepcopy(self.fields))
        del self._past[:-MOST_STEPS]
        self._future.clear()
        self._typing = None


def signed(before: LessonPackage, after: LessonPackage, moment: str) -> LessonPackage:
    """`after` with a note in its provenance that a person wrote the parts that differ.

    `moment` is RFC 3339 in UTC. A part that a person wrote last is not noted again.
    """
    known = {one.part: one.provider for one in after.provenance.revisions}
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    notes = [
        Revision(part=part, provider=TEACHER, time=moment)
        for part in PARTS
        if old[part] != new[part] and known.get(part) != TEACHER
    ]
    if not notes:
        return after
    revisions = [*after.provenance.revisions, *notes]
    provenance = after.provenance.model_copy(update={"revisions": revisions})
    return after.model_copy(update={"provenance": provenance})


def rebased(base: Fields, mine: Fields, theirs: Fields) -> Fields:
    """What is being written, on top of what came from elsewhere meanwhile, part by part.

    A part that was not touched here since `base` is taken from `theirs`; the others stay as they
    are here, and what came stands in the history of the lesson.
    """
    keys = [*theirs, *(key for key in mine if key not in theirs)]
    together = {
        key: copy.deepcopy(
            theirs[key] if key in theirs and mine.get(key) == base.get(key) else mine.get(key)
        )
        for key in keys
    }
    _settle(together)
    return together


def new_id(taken: Iterator[str] | list[str], stem: str) -> str:
    """An id that nothing of its kind has: `q9` where there are `q1` to `q8`."""
    known = set(taken)
    return next(f"{stem}{n}" for n in range(1, len(known) + 2) if f"{stem}{n}" not in known)


def ids_in(things: list[Fields]) -> list[str]:
    """The ids of the things in a list."""
    return [str(one.get("id", "")) for one in things]


def _settle(fields: Fields) -> None:
    """What follows from the rest."""
    minutes = [one.get("minutes") for one in fields.get("activities", ())]
    if minutes and all(isinstance(one, int) for one in minutes):
        fields["timing"] = {"minutes": sum(minutes)}
    questions = set(ids_in(fields.get("quiz", [])))
    for zone in fields.get("world", {}).get("zones", ()):
        zone["question_ids"] = [one for one in zone.get("question_ids", ()) if one in questions]


def _rehouse(world: Fields, gone: Fields, place: int) -> None:
    """What stood in a zone that went moves into the zone before it, or the first that is left."""
    zones: list[Fields] = world["zones"]
    if not zones:
        return
    home = zones[max(0, place - 1)]
    home["question_ids"] = [*home.get("question_ids", ()), *gone.get("question_ids", ())]
    for kind in ("objects", "checkpoints", "signs"):
        for thing in world.get(kind, ()):
            if thing.get("zone") == gone.get("id"):
                thing["zone"] = home["id"]
