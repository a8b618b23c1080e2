"""Plays a built place outside Roblox: its own Luau, in a real Luau machine, with practice students.

Only for places of our own builder: foreign Luau must not run inside this process.
"""

import json
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

from desktop.classroom import instants
from desktop.classroom.instants import Clock
from desktop.lessons.instances import Build, Instance
from desktop.studio.luau_machine import LuauMachine

MODULES = ("Content", "Answers", "QuizLogic", "LessonServer", "Telemetry", "PlaceConfig")
TIMEOUT_S = 10.0

Post = Callable[[str, str, bytes], int]
"""Posts a body to an address with a place key, and gives the status."""


class Place:
    """A place that is open for practice students."""

    def __init__(self, build: Build, post: Post, clock: Clock) -> None:
        self._machine = LuauMachine()
        self._post = post
        self._clock = clock
        self.said: list[str] = []
        """What the place warned of."""
        sources = dict(_sources(build))
        modules = self._machine.table({name: self._run(name, sources[name]) for name in MODULES})
        script = Path(__file__).with_name("play.luau").read_text(encoding="utf-8")
        self._play = self._run("play", script, modules, self._machine.table(self._outside()))

    def student(self, name: str, user_id: int, knows: Mapping[str, bool]) -> float:
        """Let one student walk through the lesson; gives the points they made.

        `name` is their Roblox user name, `knows` says which questions they answer rightly.
        """
        known = {question: True for question, fact in knows.items() if fact}
        return float(self._play.get("student")(name, user_id, self._machine.luau(known))[0])

    def send(self) -> int:
        """Send the reports of the play; gives how many could not be sent."""
        return int(self._play.get("send")()[0])

    def _run(self, name: str, source: str, *arguments: object) -> Any:  # noqa: ANN401  (a Luau value)
        return self._machine.vm.load_chunk(source, name=name)(*arguments)[0]

    def _outside(self) -> dict[str, Any]:
        function = self._machine.function
        return {
            "post": function(lambda url, key, body: self._post(url.decode(), key.decode(), body)),
            "json": function(lambda value: json.dumps(_texts(value))),
            "guid": function(lambda: str(uuid.uuid4())),
            "now": function(lambda: instants.to_text(self._clock.now())),
            "say": function(lambda text: self.said.append(text.decode())),
        }


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


def _texts(value: object) -> object:
    """Bytes as text, all the way down; an empty table is a list already, as in Roblox."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [_texts(each) for each in value]
    if isinstance(value, dict):
        return {key: _texts(each) for key, each in value.items()}
    return value
