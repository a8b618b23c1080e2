"""From a lesson to a push: built beside the window, scanned, looked at, and queued. No Qt."""

import asyncio
from asyncio import wrap_future
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.actions import lessons as lesson_actions
from desktop.errors import CompanionError
from desktop.lessons import builder
from desktop.lessons.builder import TelemetryConfig
from desktop.lessons.instances import Build
from desktop.lessons.package import LessonPackage
from desktop.storage import pushes, records
from desktop.studio.connection import Window
from desktop.studio.parcel import Parcel
from desktop.studio.scan import ScanReport
from desktop.ui import strings
from desktop.ui.parts.words import things
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services

PATIENCE_S = 3.0
"""How long a lesson that was just saved may take to reach the server before it is built."""
LOOK_EVERY_S = 0.1
MOST_FINDINGS = 6
Tagged = tuple[str, str, str]


@dataclass(frozen=True)
class Prepared:
    """A push before the click: what goes in, what the scan says, where it goes."""

    parcel: Parcel
    title: str
    where: str
    windows: tuple[tuple[str, object], ...]
    """Where it is not plain which Studio window is meant: each place's name and id."""
    place: str
    """The place to offer first: the one this lesson landed in last."""
    parts: tuple[Tagged, ...]
    """Tag, tone and words of what goes in."""
    findings: tuple[Tagged, ...]
    """Icon, colour and words of what the scan found."""
    scores: str
    """Whether the place will report points, as a sentence."""
    approval: str = ""
    """What pushing says of a lesson that is still a draft; empty when it is approved."""

    @property
    def verdict(self) -> str:
        """What the safety scan says in one word: ok, review or blocked."""
        return self.parcel.report.verdict


async def build(package: LessonPackage, lesson_id: str) -> Build:
    """The lesson as instances and scripts that report to nobody: for a file."""
    return await asyncio.to_thread(builder.build, package, lesson_id=lesson_id, telemetry=None)


async def prepare(
    services: "Services", package: LessonPackage, lesson_id: str, class_id: str
) -> Prepared:
    """Build and scan a lesson, and say what pushing it would do. Nothing is queued."""
    telemetry = await _telemetry(services, lesson_id, class_id) if class_id else None
    made = await asyncio.to_thread(builder.build, package, lesson_id=lesson_id, telemetry=telemetry)
    parcel = await services.studio.pack(made)
    windows = services.studio.windows()
    last = await wrap_future(services.ask(pushes.last_place, lesson_id)) if windows else ""
    return Prepared(
        parcel=parcel,
        title=made.title,
        where=where_it_goes(windows, last),
        windows=tuple(
            (each.place_name or tr("an unnamed place"), each.place_id) for each in windows
        )
        if len(windows) > 1 or _is_elsewhere(windows, last)
        else (),
        place=last,
        parts=_parts(made),
        findings=findings(parcel.report),
        scores=_scores(telemetry, class_id),
        approval=await _approval(services, lesson_id),
    )


async def queue(services: "Services", prepared: Prepared, place: str = "") -> str:
    """Queue what was prepared, for the Studio window of `place`; returns the push's id.

    The sheet let through what the scan shows only with the teacher's tick, and said that a draft
    is approved by it: nothing goes into a place that nobody has approved.

    Raises:
        ScanRefused: the safety scan found something that may not go into a place.
    """
    push_id = await services.studio.queue(
        prepared.parcel, place=place, reviewed=prepared.verdict == "review"
    )
    if prepared.approval:
        await wrap_future(
            services.act(lesson_actions.approve_lesson, prepared.parcel.build.lesson_id)
        )
    return push_id


async def _approval(services: "Services", lesson_id: str) -> str:
    found = await wrap_future(services.ask(records.get, "lessons", lesson_id))
    if found is None or found.local.get("status") != "draft":
        return ""
    return tr("This lesson is a draft. By pushing it you say that it may be used with students.")


def where_it_goes(windows: Sequence[Window], last: str) -> str:
    """Where a push would land, as a sentence; `last` is the place it went into before, or ""."""
    if not windows:
        return tr("Studio is not open: it waits, and goes in as soon as Studio is there.")
    if len(windows) > 1:
        return tr("Several Studio windows are open. It goes into the one you choose.")
    if _is_elsewhere(windows, last):
        return tr("This lesson went into another place before. It goes into the one chosen here.")
    return tr("Goes into “{place}” at once.", place=windows[0].place_name)


def _is_elsewhere(windows: Sequence[Window], last: str) -> bool:
    """Whether Studio is open, and not with the place that this lesson went into before."""
    return bool(windows and last) and last not in {each.place_id for each in windows}


async def _telemetry(services: "Services", lesson_id: str, class_id: str) -> TelemetryConfig | None:
    """Where the place reports to; None when the server cannot be asked now."""
    services.sync.now()
    for _ in range(round(PATIENCE_S / LOOK_EVERY_S)):
        found = await wrap_future(services.ask(records.get, "lessons", lesson_id))
        if found is None or not found.dirty or services.sync.status.offline:
            break
        await asyncio.sleep(LOOK_EVERY_S)
    try:
        key = await services.client.place_key(lesson_id, class_id)
    except CompanionError:
        return None
    return TelemetryConfig(
        url=services.client.server + key.telemetry_path,
        place_key=key.key,
        class_id=class_id,
        join_code=key.join_code,
    )


def _parts(made: Build) -> tuple[Tagged, ...]:
    counted = Counter(placed.service for placed in made.placed for _ in placed.instance.walk())
    lines = [
        (tr("New"), "good", f"{service}: {things(count)}") for service, count in counted.items()
    ]
    scripts = plural("{count} script", "{count} scripts", len(made.scripts))
    return (*lines, (tr("Of these"), "plain", scripts))


def _scores(telemetry: TelemetryConfig | None, class_id: str) -> str:
    if telemetry is not None:
        return tr("Points and answers of the players come back to the class.")
    if class_id:
        return tr("The school server cannot be asked now, so this push will not report points. "
                  "Push again when you are online.")  # fmt: skip
    return tr("The lesson belongs to no class, so the place reports no points.")


def findings(report: ScanReport, most: int = MOST_FINDINGS) -> tuple[Tagged, ...]:
    """What the safety scan found, in plain words, at most so many one by one."""
    if not report.findings:
        return (("shield", "good", tr("The safety scan found nothing in its scripts.")),)
    shown = [
        (
            "warning",
            "bad" if one.blocks else "warn",
            strings.shown(one.text),
        )
        for one in report.findings[:most]
    ]
    more = len(report.findings) - len(shown)
    if more > 0:
        shown.append(("info", "ink_soft", plural("and {count} more", "and {count} more", more)))
    return tuple(shown)
