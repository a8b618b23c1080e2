"""From a lesson to a place on Roblox: built, scanned, looked at, sent, and remembered. No Qt."""

import asyncio
from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop import giving_out
from desktop.classroom import instants
from desktop.lessons.package import LessonPackage
from desktop.storage import records
from desktop.studio import open_cloud
from desktop.studio import publishing as places
from desktop.studio.open_cloud import Target
from desktop.studio.publish_history import UNSURE, Publish, PublishHistory
from desktop.studio.publishing import PlaceFile, Wish
from desktop.ui.parts import pushing
from desktop.ui.parts.pushing import Tagged
from desktop.ui.parts.words import ago, dotted, things
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class Publishable:
    """A publish before the click."""

    file: PlaceFile
    title: str
    what: str
    """What would be sent, with its size."""
    findings: tuple[Tagged, ...]
    scores: str
    last: str
    """How it went the last time; empty when there was none."""
    target: Target | None
    """Where it went the last time."""
    has_key: bool
    unsure: frozenset[Target]
    """The places with a publish that nobody knows the end of."""


@dataclass(frozen=True)
class Filled:
    """What the sheet was filled in with."""

    universe: str
    place: str
    key: str
    """Empty: the one that is kept."""
    live: bool
    note: str
    reviewed: bool
    looked: bool


async def prepare(
    services: "Services", package: LessonPackage, lesson_id: str, class_id: str
) -> Publishable:
    """Build and scan a lesson, and say what publishing it would do. Nothing is sent.

    Raises:
        NotApproved: nobody has said yet that it may be used with students.
    """
    found = await wrap_future(services.ask(records.get, "lessons", lesson_id))
    status = str(found.local.get("status", "draft")) if found is not None else ""
    places.refuse_draft(package.title, status)
    local = services.account.kind == "local"
    ready = await pushing.prepare(services, package, lesson_id, "" if local else class_id)
    file = await asyncio.to_thread(
        places.prepare, ready.parcel.build, school=services.client.server
    )
    history = giving_out.publish_history(services.settings, services.account)
    key = await asyncio.to_thread(giving_out.publish_key, services.settings)
    published = await asyncio.to_thread(history.all)
    before = next((each for each in published if each.lesson_id == lesson_id), None)
    return Publishable(
        file=file,
        title=file.title,
        what=dotted(
            things(file.instances),
            plural("{count} script", "{count} scripts", file.scripts),
            tr("{kb} kB", kb=round(len(file.content) / 1000)),
        ),
        findings=ready.findings,
        scores=tr("Roblox cannot reach Local school, so the place reports no points.")
        if local
        else ready.scores,
        last=_last(before, services) if before is not None else "",
        target=Target(before.universe, before.place) if before is not None else None,
        has_key=bool(key),
        unsure=frozenset(
            Target(each.universe, each.place) for each in published if each.state in UNSURE
        ),
    )


async def publish(services: "Services", prepared: Publishable, filled: Filled) -> Publish:
    """Keep the key if a new one was typed, and send the place.

    Raises:
        CompanionError: nothing was published, or nobody knows whether it was; says which.
    """
    settings = services.settings
    to = open_cloud.target(filled.universe, filled.place)
    wish = Wish(to, filled.live, filled.note, filled.reviewed, filled.looked)
    if filled.key:
        key = open_cloud.checked_key(filled.key)
        await asyncio.to_thread(giving_out.keep_publish_key, settings, key)
    else:
        key = await asyncio.to_thread(giving_out.publish_key, settings)
    history: PublishHistory = giving_out.publish_history(settings, services.account)
    return await giving_out.make_publisher(settings, history).publish(prepared.file, wish, key)


def outcome(done: Publish) -> str:
    """A publish that went well, as a sentence."""
    if done.live:
        return tr("Published on Roblox as version {version}.", version=done.version)
    return tr("Saved on Roblox as version {version}; players keep what they have.",
              version=done.version)  # fmt: skip


def _last(before: Publish, services: "Services") -> str:
    when = ago(instants.from_text(before.at), services.clock.now())
    match before.state:
        case "published" | "saved":
            how = tr("version {version}", version=before.version)
        case "failed":
            how = tr("it did not work")
        case _:
            how = tr("nobody knows whether it worked")
    return dotted(tr("The last time"), how, when, before.note)
