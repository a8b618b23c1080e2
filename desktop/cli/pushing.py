"""What `push` does: find the lesson, queue it, and see it land, here or in a running bridge."""

import asyncio
import contextlib
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop import services, workspaces
from desktop.actions import lessons as lesson_actions
from desktop.backend import accounts
from desktop.classroom.instants import SystemClock
from desktop.errors import CompanionError, WrongUse
from desktop.lessons import builder, package
from desktop.lessons.builder import TelemetryConfig
from desktop.lessons.instances import Build
from desktop.settings import Settings
from desktop.storage import records
from desktop.storage.cache import Cache
from desktop.storage.pushes import StoredItem, StoredPush
from desktop.studio import control, rbxmx_reader
from desktop.studio.service import SETTLED, Policy, StudioService

SIGNED_OUT = "studio"
"""The folder in the profile for the pushes of nobody in particular."""
POLL_S = 0.05


@dataclass(frozen=True)
class Pushed:
    """A push and its items, as they are at the end of a command."""

    push: StoredPush
    items: list[StoredItem]


@contextlib.contextmanager
def open_cache(settings: Settings) -> Iterator[Cache]:
    """The cache with the push outbox: the account's, or the profile's while nobody is signed in."""
    clock, chance = SystemClock(), random.SystemRandom()
    account = accounts.current(settings.profile)
    if account is None:
        cache = Cache.open(settings.profile / SIGNED_OUT, clock=clock, chance=chance)
    else:
        cache = workspaces.open_workspace(settings, account).cache
    try:
        yield cache
    finally:
        cache.close()


def make_service(settings: Settings, cache: Cache) -> StudioService:
    """The Studio road of this profile."""
    account = accounts.current(settings.profile)
    return StudioService(
        cache,
        SystemClock(),
        random.SystemRandom(),
        settings.profile,
        ports=settings.bridge_ports,
        road=settings.studio_road,
        server_program=settings.studio_server,
        school=account.server if account else "",
    )


def load(settings: Settings, given: str, *, public: bool = False) -> tuple[Build, str]:
    """The build of a lesson's id or a file, and a sentence about what it will not do (or none).

    `public`: it is for Roblox's own servers, from which nothing reaches a Local school.

    Raises:
        WrongUse: there is no such lesson or file, or the file is none of the known kinds.
        InvalidPackage: the lesson does not hold together.
    """
    file = Path(given)
    if not file.is_file():
        return asyncio.run(_from_library(settings, given, public=public))
    if file.suffix.lower() == ".rbxmx":
        instances = rbxmx_reader.read_file(file)
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        return rbxmx_reader.build_of(file.stem, instances, sha256), ""
    made = package.load(file.read_bytes())
    lesson_id = hashlib.sha256(made.title.encode()).hexdigest()[:32]
    return builder.build(made, lesson_id=lesson_id, telemetry=None), ""


async def _from_library(settings: Settings, lesson_id: str, *, public: bool) -> tuple[Build, str]:
    account = accounts.current(settings.profile)
    if account is None:
        raise WrongUse(
            f"There is no file {lesson_id}.",
            mend="Name a file with a lesson, or sign in to push a lesson of the library.",
        )
    with workspaces.open_offline(settings) as desk:
        found = desk.cache.read(lambda connection: records.get(connection, "lessons", lesson_id))
        if found is None or found.deleted or not found.local.get("package"):
            raise WrongUse(
                f"There is no lesson {lesson_id} in the library, and no file of that name.",
                mend="'lesson list' shows the lessons.",
            )
        made = package.load(found.local["package"])
        class_ids = list(found.local.get("class_ids") or [])
        if not class_ids:
            silent = "The lesson belongs to no class, so its place reports no points."
            return builder.build(made, lesson_id=lesson_id, telemetry=None), silent
        if public and account.kind == "local":
            silent = "Roblox cannot reach Local school, so the published place reports no points."
            return builder.build(made, lesson_id=lesson_id, telemetry=None), silent
        telemetry, silent = await _telemetry(desk, lesson_id, class_ids[0])
        return builder.build(made, lesson_id=lesson_id, telemetry=telemetry), silent


def approve(settings: Settings, given: str) -> bool:
    """Approve a draft of the library that was pushed: a teacher's push is their word for it.

    False for a file, and for a lesson that is approved already.
    """
    if Path(given).is_file() or accounts.current(settings.profile) is None:
        return False
    with workspaces.open_offline(settings) as desk:
        found = desk.cache.read(lambda connection: records.get(connection, "lessons", given))
        if found is None or found.local.get("status") != "draft":
            return False
        desk.act(lesson_actions.approve_lesson, given).result()
    return True


async def _telemetry(
    desk: workspaces.Workspace, lesson_id: str, class_id: str
) -> tuple[TelemetryConfig | None, str]:
    """A key for the place, from the school server; offline the place goes without."""
    try:
        line = await services.open_line(desk.settings, desk.account)
        try:
            key = await line.client.place_key(lesson_id, class_id)
            url = line.client.server + key.telemetry_path
        finally:
            await line.close()
    except CompanionError as problem:
        return None, f"The place will report no points: {problem}"
    config = TelemetryConfig(url=url, place_key=key.key, class_id=class_id, join_code=key.join_code)
    return config, ""


async def push(
    settings: Settings,
    cache: Cache,
    build: Build,
    policy: Policy,
    seconds: float,
    *,
    reviewed: bool = False,
) -> Pushed:
    """Queue `build` and wait up to `seconds` for it to land.

    Raises:
        ScanRefused: the safety scan found something that may not go into a place.
        ReviewNeeded: it found something that a person has to look at first.
        PortsTaken: other programs hold all the bridge's ports.
    """
    service = make_service(settings, cache)
    push_id = await service.queue(build, policy=policy, reviewed=reviewed)
    running = control.running(settings.profile)
    if running is not None:
        await _watch(running, service, push_id, seconds)
    elif seconds > 0:
        await service.start()
        try:
            await service.settled(push_id, seconds)
        finally:
            await service.stop()
    return Pushed(service.push(push_id), service.items(push_id))


async def _watch(
    running: control.RunningBridge, service: StudioService, push_id: str, seconds: float
) -> None:
    """Have the running bridge deliver, and look at the outbox until it has."""
    await running.wake()
    ends = asyncio.get_running_loop().time() + seconds
    while service.push(push_id).state not in SETTLED:
        if asyncio.get_running_loop().time() >= ends:
            return
        await asyncio.sleep(POLL_S)


async def undo(settings: Settings, cache: Cache, push_id: str, seconds: float) -> None:
    """Take a push back, in a running bridge or after waiting for Studio to connect to our own.

    Raises:
        CompanionError: there is no such push, its Studio is not open, or Studio says why not.
    """
    running = control.running(settings.profile)
    if running is not None:
        await running.undo(push_id)
        return
    service = make_service(settings, cache)
    push_ = service.push(push_id)
    await service.start()
    try:
        await service.connected(push_.place_id, seconds)
        await service.undo(push_id)
    finally:
        await service.stop()


def as_json(pushed: Pushed) -> dict[str, Any]:
    """What `push` prints."""
    return {
        "push_id": pushed.push.id,
        "state": pushed.push.state,
        "reason": pushed.push.reason,
        "items": [
            {
                "path": "/".join(item.path),
                "class": item.class_name,
                "action": item.action,
                "sha256": item.sha256,
                "source_sha256": item.source_sha256,
                "reason": item.reason,
                "error": item.error,
            }
            for item in pushed.items
        ],
    }
