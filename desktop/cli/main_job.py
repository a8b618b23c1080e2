"""The main job, end to end, on the real services: from a sentence to a leaderboard that moves.

Each step does one thing a teacher would do and gives what they would see.
"""

import asyncio
import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.actions import lessons as lesson_actions
from desktop.classroom.gamification import Period
from desktop.cli import playing
from desktop.errors import CompanionError
from desktop.lessons import builder, request
from desktop.lessons.instances import SCRIPT_CLASSES, Build, Instance
from desktop.lessons.package import LessonPackage
from desktop.lessons.templates import Stage, generate
from desktop.services import Services
from desktop.storage.pushes import StoredPush
from desktop.storage.queries import classes, leaderboards, today
from desktop.storage.queries.classes import ClassRow, RosterEntry
from desktop.storage.queries.leaderboards import LeaderboardRow
from desktop.storage.queries.today import Today
from desktop.studio import scan
from desktop.studio.simulator import SimulatedStudio
from desktop.sync.outcome import Report

ROUND_S = 60.0
LANDING_S = 60.0
QUIET_S = 0.6
"""The leaderboard has come to rest when nothing has changed for so long."""
PERIOD: Period = "week"
PLAYERS = 12


@dataclass(frozen=True)
class Lesson:
    """A lesson in the library, given to a class, with the place that was built of it."""

    id: str
    package: LessonPackage
    build: Build
    instances: int
    scripts: int


@dataclass(frozen=True)
class Landed:
    """A push and what was found in the place when it was read back."""

    push: StoredPush
    items: int
    to_look_at: list[str]
    """What the safety scan would have a person look at."""
    expected: dict[str, str]
    found: dict[str, str]
    """Path of each script, and the sha256 of its source."""

    @property
    def verified(self) -> bool:
        """Whether every script stands in the place exactly as it was built."""
        return self.push.state == "landed" and self.expected == self.found


@dataclass(frozen=True)
class Played:
    """A play test with practice students: the points each made, by name."""

    points: dict[str, float]
    unsent: int
    seconds: float
    """From the server's answer until the leaderboard on this computer had moved."""


class StepFailed(CompanionError):
    """A step of the main job did not come out as it must."""


async def sync(desk: Services) -> Report:
    """Wait for a round of syncing that reaches the server.

    Raises:
        StepFailed: the round could not be finished.
    """
    rounds: asyncio.Queue[Report] = asyncio.Queue()
    desk.sync.on_round(rounds.put_nowait)
    desk.sync.now()
    async with asyncio.timeout(ROUND_S):
        report = await rounds.get()
    if report.problem is not None:
        raise StepFailed(f"Syncing failed: {report.problem}")
    return report


async def look_at_today(desk: Services) -> Today:
    """What the first screen shows."""
    return await asyncio.wrap_future(desk.ask(today.today, desk.clock.now()))


async def standings(desk: Services, group: ClassRow) -> tuple[LeaderboardRow, ...]:
    """The leaderboard of a class, as on the projector."""
    asked = desk.ask(leaderboards.leaderboard, group.id, PERIOD, desk.clock.now())
    return await asyncio.wrap_future(asked)


def make(sentence: str, now: dt.datetime) -> list[Stage]:
    """Generate a lesson from a sentence; the last stage holds it.

    Raises:
        UnclearRequest: no template knows what the sentence asks for.
    """
    return list(generate(request.from_sentence(sentence), seed=1, now=now))


async def keep(desk: Services, made: LessonPackage, group: ClassRow) -> Lesson:
    """Save and approve a lesson, sync it, get its place a key, and build the place."""
    plain = made.model_dump(mode="json")
    saving = desk.act(lesson_actions.save_lesson, plain, class_ids=[group.id])
    lesson_id = await asyncio.wrap_future(saving)
    await asyncio.wrap_future(desk.act(lesson_actions.approve_lesson, lesson_id))
    await sync(desk)
    key = await desk.client.place_key(lesson_id, group.id)
    telemetry = builder.TelemetryConfig(
        url=desk.client.server + key.telemetry_path,
        place_key=key.key,
        class_id=group.id,
        join_code=key.join_code,
    )
    build = await asyncio.to_thread(builder.build, made, lesson_id=lesson_id, telemetry=telemetry)
    everything = [one for placed in build.placed for one, _ in below(placed.instance, "")]
    scripts = sum(one.class_name in SCRIPT_CLASSES for one in everything)
    return Lesson(lesson_id, made, build, len(everything), scripts)


async def push(desk: Services, lesson: Lesson) -> Landed:
    """Put a lesson into the practice Studio, and read back what landed."""
    report = await asyncio.to_thread(scan.scan_build, lesson.build, school=desk.client.server)
    async with SimulatedStudio(desk.settings.profile) as studio:
        push_id = await desk.studio.queue(lesson.build)
        pushed = await desk.studio.settled(push_id, LANDING_S)
        if pushed.state != "landed":
            raise StepFailed(f"The push did not land: {pushed.reason or pushed.state}.")
        found = {one["path"]: one["sha256"] for one in studio.tree() if "sha256" in one}
    expected = dict(_script_hashes(lesson.build))
    landed = {path: found.get(path, "") for path in expected}
    to_look_at = [finding.text for finding in report.findings]
    return Landed(pushed, len(desk.studio.items(push_id)), to_look_at, expected, landed)


async def play(desk: Services, lesson: Lesson, group: ClassRow, chance: random.Random) -> Played:
    """Let some of the class play the place by its own Luau, and wait for the leaderboard."""
    moved = asyncio.Event()
    loop = asyncio.get_running_loop()

    def heard(changes: frozenset[tuple[str, str]]) -> None:
        if any(collection == "xp_awards" for collection, _ in changes):
            loop.call_soon_threadsafe(moved.set)

    unsubscribe = desk.subscribe(heard)
    try:
        points, unsent, answered = await asyncio.to_thread(
            _play, desk, lesson, await _players(desk, group, chance), chance
        )
        async with asyncio.timeout(ROUND_S):
            await moved.wait()
        seconds = desk.clock.monotonic() - answered
        await _come_to_rest(moved)
    finally:
        unsubscribe()
    return Played(points, unsent, max(seconds, 0.0))


def _play(
    desk: Services, lesson: Lesson, players: list[RosterEntry], chance: random.Random
) -> tuple[dict[str, float], int, float]:
    place = playing.Place(lesson.build, playing.post_over_http, desk.clock)
    points = {}
    for number, player in enumerate(players, start=1):
        skill = chance.uniform(0.35, 1.0)
        knows = {question.id: chance.random() < skill for question in lesson.package.quiz}
        points[player.name] = place.student(player.roblox_username, number, knows)
    unsent = place.send()
    if place.said:
        raise StepFailed(place.said[0])
    return points, unsent, desk.clock.monotonic()


async def _players(desk: Services, group: ClassRow, chance: random.Random) -> list[RosterEntry]:
    asked = desk.ask(classes.class_overview, group.id, desk.clock.now())
    roster = (await asyncio.wrap_future(asked)).roster
    known = [one for one in roster if one.roblox_username]
    return chance.sample(known, min(PLAYERS, len(known)))


async def _come_to_rest(moved: asyncio.Event) -> None:
    while moved.is_set():
        moved.clear()
        try:
            async with asyncio.timeout(QUIET_S):
                await moved.wait()
        except TimeoutError:
            return


def below(instance: Instance, path: str) -> Iterator[tuple[Instance, str]]:
    """An instance and everything in it, each with its path."""
    here = f"{path}/{instance.name}" if path else instance.name
    yield instance, here
    for child in instance.children:
        yield from below(child, here)


def _script_hashes(build: Build) -> Iterator[tuple[str, str]]:
    for placed in build.placed:
        for one, path in below(placed.instance, placed.service):
            if one.class_name in SCRIPT_CLASSES:
                yield path, hashlib.sha256(str(one.properties["Source"]).encode()).hexdigest()
