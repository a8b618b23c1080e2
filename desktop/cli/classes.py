"""Commands for classes: import a roster, award XP, show the leaderboard and the analytics."""

import dataclasses
from pathlib import Path
from typing import cast, get_args

import click

from desktop import workspaces
from desktop.actions import roster_import, xp
from desktop.classroom.analytics import Average
from desktop.classroom.gamification import Period
from desktop.classroom.roster import limits, reading
from desktop.classroom.roster.model import UnreadableRoster
from desktop.cli.context import Context
from desktop.errors import DecisionNeeded, WrongUse
from desktop.storage.queries import analytics as figures
from desktop.storage.queries import classes, leaderboards
from desktop.storage.queries.classes import RosterEntry
from desktop.storage.sql import Connection


@click.group()
def roster() -> None:
    """Bring a roster in."""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--class", "class_name", default="", help="The class they go into; made if new.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.pass_obj
def import_roster(ctx: Context, file: Path, class_name: str, dry_run: bool) -> None:
    """Import students from a CSV, an Excel workbook or a OneRoster zip.

    With --json: how many students are created, updated, matched as they are and skipped, and a
    sentence with its row for each problem.
    """
    found = reading.read(_content(file))
    with workspaces.open_offline(ctx.settings) as desk:
        planned = desk.cache.read(
            lambda connection: roster_import.plan(
                connection, found, class_name=class_name.strip(), otherwise=file.stem
            )
        )
        class_ids = [group.class_id for group in planned.classes]
        if not dry_run:
            class_ids = list(desk.act(roster_import.apply, planned).result())
    counts = {what: planned.count(what) for what in get_args(roster_import.What)}
    ctx.emit({**counts, "problems": list(planned.problems), "class_ids": class_ids})
    ctx.say(_import_words(planned, counts, dry_run=dry_run))


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > limits.MAX_FILE_BYTES:
            raise limits.too_large()
        return file.read_bytes()
    except OSError as error:
        raise UnreadableRoster(
            f"The file {file} cannot be read: {error.strerror or 'it is not there'}."
        ) from error


def _import_words(
    planned: roster_import.ImportPlan, counts: dict[str, int], *, dry_run: bool
) -> str:
    names = ", ".join(group.name for group in planned.classes) or "no class"
    would = "Would import" if dry_run else "Imported"
    head = (
        f"{would} into {names}: {counts['create']} new, {counts['update']} changed, "
        f"{counts['match']} as they were, {counts['skip']} left out."
    )
    return "\n".join((head, *planned.problems))


@click.command()
@click.option("--class", "class_name", required=True, help="The class, by id or name.")
@click.option("--student", "names", multiple=True, required=True, help="By id or name; repeat.")
@click.option("--xp", "points", type=int, required=True)
@click.option("--reason", default="", help="What it is for.")
@click.pass_obj
def award(ctx: Context, class_name: str, names: tuple[str, ...], points: int, reason: str) -> None:
    """Give students of a class XP."""
    with workspaces.open_offline(ctx.settings) as desk:
        class_id = desk.cache.read(lambda c: _find_class(c, class_name))
        overview = desk.ask(classes.class_overview, class_id, desk.clock.now()).result()
        student_ids = [_find_student(overview.roster, name) for name in names]
        awards = desk.act(xp.award, class_id, student_ids, points, reason).result()
    ctx.emit({"awards": awards})
    ctx.say(f"{points} XP for each of {len(awards)} in {overview.group.name}.")


@click.command()
@click.argument("class_name", metavar="CLASS")
@click.option("--period", type=click.Choice(get_args(Period)), default="all", show_default=True)
@click.pass_obj
def leaderboard(ctx: Context, class_name: str, period: str) -> None:
    """Show the leaderboard of a class."""
    with workspaces.open_offline(ctx.settings) as desk:
        class_id = desk.cache.read(lambda c: _find_class(c, class_name))
        rows = desk.ask(
            leaderboards.leaderboard, class_id, cast("Period", period), desk.clock.now()
        ).result()
    ctx.emit([dataclasses.asdict(row) for row in rows])
    if not ctx.as_json:
        for row in rows:
            ctx.say(f"{row.rank:>3}  {row.name:<30} {row.xp:>6} XP  level {row.level:<3} "
                    f"{_arrow(row.change)}")  # fmt: skip


def _arrow(change: int | None) -> str:
    if change is None:
        return "new"
    return "=" if change == 0 else f"{change:+d}"


@click.command()
@click.argument("class_name", metavar="CLASS")
@click.pass_obj
def analytics(ctx: Context, class_name: str) -> None:
    """Show what a class has mastered, its averages, and who is at risk."""
    with workspaces.open_offline(ctx.settings) as desk:
        class_id = desk.cache.read(lambda c: _find_class(c, class_name))
        found = desk.ask(figures.class_analytics, class_id, desk.clock.now()).result()
    ctx.emit(dataclasses.asdict(found))
    if not ctx.as_json:
        ctx.say(_analytics_words(found))


def _analytics_words(found: figures.ClassAnalytics) -> str:
    lines = [
        f"{found.name}: {found.students} students, {found.active_this_week} active this week.",
        f"Average of graded work: {_percent(found.average)}.",
        f"Attendance: {_percent(found.attendance)}.",
        *(
            f"  {one.standard}: mastery {_percent(one.mastery)} students, {one.answers} answers"
            for one in found.standards
        ),
        *(f"  {one.name}: {one.reason}" for one in found.at_risk),
    ]
    return "\n".join(lines)


def _percent(average: Average) -> str:
    if average.value is None:
        return f"not enough yet (n = {average.n})"
    return f"{average.value:.0%} (n = {average.n})"


def _find_class(connection: Connection, wanted: str) -> str:
    rows = (*classes.class_list(connection), *classes.class_list(connection, archived=True))
    by_id = [row.id for row in rows if row.id == wanted]
    by_name = [row.id for row in rows if row.name.casefold() == wanted.strip().casefold()]
    found = by_id or by_name
    if not found:
        names = ", ".join(f"'{row.name}'" for row in rows[:12]) or "none yet"
        raise WrongUse(f"There is no class '{wanted}'. There are: {names}.")
    if len(found) > 1:
        raise DecisionNeeded(f"Several classes are called '{wanted}'.", mend="Use the id.")
    return found[0]


def _find_student(roster: tuple[RosterEntry, ...], wanted: str) -> str:
    plain = wanted.strip().casefold()
    for names in (
        lambda one: (one.student_id,),
        lambda one: (one.name, f"{one.family_name}, {one.given_name}", one.email,
                     one.roblox_username),
        lambda one: (one.given_name, one.family_name),
    ):  # fmt: skip
        found = [one for one in roster if plain in [name.casefold() for name in names(one)]]
        if len(found) == 1:
            return found[0].student_id
        if found:
            raise DecisionNeeded(
                f"{len(found)} students of the class are called '{wanted}'.", mend="Use the id."
            )
    raise WrongUse(f"There is no student '{wanted}' in the class.")
