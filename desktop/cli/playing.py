"""Plays a built place outside Roblox: its own Luau, in a real Luau machine, with practice students.

Only for places of our own builder: foreign Luau must not run inside this process.
"""

import ctypes
import json
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from desktop.classroom import instants
from desktop.classroom.instants import Clock
from desktop.lessons import luau
from desktop.lessons.instances import Build, Instance

MODULES = ("Content", "Answers", "QuizLogic", "LessonServer", "Telemetry", "PlaceConfig")
TIMEOUT_S = 10.0

LuauValue = Any
"""What the machine hands over: pluau's own types cannot be imported on Python 3.11."""

Post = Callable[[str, str, bytes], int]
"""Posts a body to an address with a place key, and gives the status."""


class Place:
    """A place that is open for practice students."""

    def __init__(self, build: Build, post: Post, clock: Clock) -> None:
        self._machine = luau.machine().Lua()
        # A machine that is dropped prints a line on standard output, even at the very end of
        # the process, where it would spoil JSON: this one is never dropped.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._machine))
        self._post = post
        self._clock = clock
        self.said: list[str] = []
        """What the place warned of."""
        sources = dict(_sources(build))
        modules = self._table({name: self._run(name, sources[name]) for name in MODULES})
        script = Path(__file__).with_name("play.luau").read_text(encoding="utf-8")
        self._play = self._run("play", script, modules, self._outside())

    def student(self, name: str, user_id: int, knows: Mapping[str, bool]) -> float:
        """Let one student walk through the lesson; gives the points they made.

        `name` is their Roblox user name, `knows` says which questions they answer rightly.
        """
        known = self._table({question: fact for question, fact in knows.items() if fact})
        return float(self._play.get("student")(name, user_id, known)[0])

    def send(self) -> int:
        """Send the reports of the play; gives how many could not be sent."""
        return int(self._play.get("send")()[0])

    def _run(self, name: str, source: str, *arguments: object) -> LuauValue:
        return self._machine.load_chunk(source, name=name)(*arguments)[0]

    def _table(self, values: Mapping[str, object]) -> LuauValue:
        table = self._machine.create_table()
        for name, value in values.items():
            table.set(name, value)
        return table

    def _outside(self) -> LuauValue:
        def post(url: LuauValue, key: LuauValue, body: LuauValue) -> int:
            return self._post(_text(url), _text(key), bytes(body.as_bytes()))

        doors: dict[str, Callable[..., object]] = {
            "post": post,
            "json": lambda value: json.dumps(_plain(value)),
            "guid": lambda: str(uuid.uuid4()),
            "now": lambda: instants.to_text(self._clock.now()),
            "say": lambda text: self.said.append(_text(text)),
        }
        return self._table({name: self._function(door) for name, door in doors.items()})

    def _function(self, door: Callable[..., object]) -> LuauValue:
        def call(_: object, arguments: tuple[Any, ...]) -> list[object]:
            return [door(*arguments)]

        return self._machine.create_function(call)


def post_over_http(url: str, key: str, body: bytes) -> int:
    """Post as a place does; gives the status, whatever it is."""
    headers = {"Content-Type": "application/json", "X-Place-Key": key}
    request = urllib.request.Request(url, body, headers)  # noqa: S310  (the school's own address)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=TIMEOUT_S) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def _sources(build: Build) -> Iterator[tuple[str, str]]:
    for placed in build.placed:
        for instance in _below(placed.instance):
            if instance.class_name == "ModuleScript":
                yield instance.name, str(instance.properties["Source"])


def _below(instance: Instance) -> Iterator[Instance]:
    yield instance
    for child in instance.children:
        yield from _below(child)


def _text(value: LuauValue) -> str:
    return bytes(value.as_bytes()).decode() if hasattr(value, "as_bytes") else str(value)


def _plain(value: LuauValue) -> LuauValue:
    """A value of the machine as JSON has it; an empty table is a list, as in Roblox."""
    if hasattr(value, "as_bytes"):
        return _text(value)
    if not hasattr(value, "for_each"):
        return value
    entries: list[tuple[Any, Any]] = []
    value.for_each(lambda key, item: entries.append((_plain(key), _plain(item))))
    if all(isinstance(key, int) for key, _ in entries):
        return [item for _, item in sorted(entries, key=lambda entry: entry[0])]
    return {str(key): item for key, item in entries}
