"""`demo`: the main job in the terminal, on a sample school that is gone again afterwards."""

import asyncio
import contextlib
import dataclasses
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from desktop import services
from desktop.classroom.instants import SystemClock
from desktop.cli import main_job
from desktop.cli.context import Context
from desktop.cli.main_job import Landed, Lesson, Played
from desktop.services import Services
from desktop.settings import Settings
from desktop.storage.queries.classes import ClassRow
from desktop.storage.queries.leaderboards import LeaderboardRow
from desktop.storage.queries.today import Today
from desktop.sync.outcome import Report

SENTENCE = "fractions on a number line, grade 4"
AT_ONCE_S = 0.1
SHOWN = 8
"""Lines of the leaderboard: what fits on a screen."""


@click.command()
@click.argument("sentence", default=SENTENCE)
@click.pass_obj
def demo(context: Context, sentence: str) -> None:
    """Show the whole road on a sample school: a lesson, a push, a leaderboard that moves.

    Everything happens on this computer, in a temporary folder, without any network; your own
    profile is not touched. Studio is simulated, everything else is the real thing.
    """
    context.emit(asyncio.run(_show(context, sentence)))


async def _show(context: Context, sentence: str) -> dict[str, Any]:
    started = time.monotonic()
    step = _Steps(context)
    # Made first, so that a sentence nobody understands is answered at once.
    *stages, last = main_job.make(sentence, SystemClock().now())
    made = last.package
    if made is None:
        raise main_job.StepFailed("No lesson came out.")
    step("A sample school starts on this computer")
    async with _sample_school() as desk:
        report = await main_job.sync(desk)
        now = await main_job.look_at_today(desk)
        _say_today(context, desk, report, now)

        step(f"A lesson from one sentence: \u201c{sentence}\u201d")
        for stage in (*stages, last):
            step.item(stage.name, stage.words)
        group = _fitting(now.classes, made.grade_level)
        lesson = await main_job.keep(desk, made, group)
        step.item("library", f"Saved, approved and synced for {group.name}.")
        step.item("place", f"Built: {lesson.instances} instances, {lesson.scripts} scripts.")

        step("Into Roblox Studio (simulated here; the bridge and the plugin are the real ones)")
        landed = await main_job.push(desk, lesson)
        _say_landed(step, landed)

        step(f"{group.name} plays, by the place's own Luau")
        before = await main_job.standings(desk, group)
        played = await main_job.play(desk, lesson, group, random.Random(4))  # noqa: S311  (for show)
        _say_played(step, played)

        step(f"The leaderboard of {group.name} this week")
        after = await main_job.standings(desk, group)
        for line in _board(before, after):
            context.say(line)
    seconds = time.monotonic() - started
    context.say(f"\nThat was the main job, in {seconds:.1f} s. The sample school is gone again.")
    return {
        "school": _told_school(now, report),
        "lesson": _told_lesson(lesson, group),
        "push": _told_push(landed),
        "play": {"students": len(played.points), "points": played.points,
                 "unsent": played.unsent, "seconds_to_leaderboard": round(played.seconds, 3)},
        "leaderboard": {"class": group.name, "period": main_job.PERIOD,
                        "before": [dataclasses.asdict(row) for row in before],
                        "after": [dataclasses.asdict(row) for row in after]},
        "seconds": round(seconds, 3),
    }  # fmt: skip


@contextlib.asynccontextmanager
async def _sample_school() -> AsyncIterator[Services]:
    """A signed-in teacher of a sample school, in a folder that is removed at the end."""
    # Windows may hold the school's files for a moment after its process has ended.
    with tempfile.TemporaryDirectory(prefix="toolboxai-", ignore_cleanup_errors=True) as folder:
        settings = Settings(profile=Path(folder) / "profile")
        desk = await services.start_local_school(settings, sample=True)
        try:
            if desk.studio_problem is not None:
                raise desk.studio_problem
            yield desk
        finally:
            await desk.close()


class _Steps:
    """Numbered headings, and lines below them."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._number = 0

    def __call__(self, title: str) -> None:
        self._number += 1
        self._context.say(f"\n{self._number}. {title}")

    def item(self, name: str, words: str) -> None:
        self._context.say(f"   {name:<13} {words}")


def _fitting(groups: Sequence[ClassRow], grade: int | None) -> ClassRow:
    """The class whose grade is nearest to the lesson's."""
    return min(groups, key=lambda group: (abs((group.grade_level or 0) - (grade or 0)), group.name))


def _say_today(context: Context, desk: Services, report: Report, now: Today) -> None:
    teacher = desk.account.user.display_name or desk.account.user.username
    context.say(f"   Good day, {teacher}. {len(now.classes)} classes, {now.students} students.")
    context.say(f"   {report.pulled:,} records synced in {report.seconds:.1f} s; from now on "
                "everything works offline.")  # fmt: skip
    for group in now.classes:
        context.say(f"   {group.name:<16} {group.students:>3} students, "
                    f"{group.to_grade:>2} pieces of work to grade")  # fmt: skip
    for one in now.falling_behind[:2]:
        context.say(f"   Needs somebody: {one.name} ({one.class_name}), {one.reason}.")


def _say_landed(step: _Steps, landed: Landed) -> None:
    took = f" in {landed.push.milliseconds} ms" if landed.push.milliseconds else ""
    step.item("scan", "Nothing in it is blocked.")
    for words in landed.to_look_at:
        step.item("", f"To look at: {words}")
    step.item("push", f"{landed.items} items landed in {landed.push.place_name!r}{took}.")
    check = "each script read back, its sha256 as built." if landed.verified else "NOT as built."
    step.item("verified", f"{len(landed.expected)} scripts: {check}")


def _say_played(step: _Steps, played: Played) -> None:
    best = sorted(played.points.items(), key=lambda entry: -entry[1])[:3]
    step.item("answers", f"{len(played.points)} students, the best: "
              + ", ".join(f"{name} {points:g}" for name, points in best) + " points.")  # fmt: skip
    soon = "at once" if played.seconds < AT_ONCE_S else f"{played.seconds:.1f} s later"
    step.item("live", f"The school knew, and the leaderboard moved {soon}.")


def _board(before: Sequence[LeaderboardRow], after: Sequence[LeaderboardRow]) -> Iterator[str]:
    old = {row.student_id: row for row in before}
    for row in after[:SHOWN]:
        was = old[row.student_id]
        won = f"{was.xp:>5} \u2192 {row.xp:>5} XP"
        arrow = _arrow(was.rank - row.rank)
        yield f"   {row.rank:>3}  {arrow:<4} {row.name:<26} {won}   level {row.level}"


def _arrow(climbed: int) -> str:
    if climbed == 0:
        return "="
    return f"\u2191{climbed}" if climbed > 0 else f"\u2193{-climbed}"


def _told_school(now: Today, report: Report) -> dict[str, object]:
    return {
        "classes": len(now.classes),
        "students": now.students,
        "records": report.pulled,
        "sync_seconds": round(report.seconds, 3),
    }


def _told_lesson(lesson: Lesson, group: ClassRow) -> dict[str, object]:
    return {
        "id": lesson.id,
        "title": lesson.package.title,
        "class": group.name,
        "questions": len(lesson.package.quiz),
        "instances": lesson.instances,
        "scripts": lesson.scripts,
        "sha256": lesson.build.package_sha256,
    }


def _told_push(landed: Landed) -> dict[str, object]:
    return {
        "id": landed.push.id,
        "state": landed.push.state,
        "verified": landed.verified,
        "items": landed.items,
        "scripts": len(landed.expected),
        "milliseconds": landed.push.milliseconds,
    }
