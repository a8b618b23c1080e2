"""Lessons from a shell: look at one, check it, build it, play its quiz."""

import hashlib
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from desktop import giving_out, workspaces
from desktop.actions import lessons as lesson_actions
from desktop.backend import accounts
from desktop.backend.local_school import own_command
from desktop.cli.context import Context
from desktop.errors import CompanionError, Refused, WrongUse
from desktop.lessons import builder, luau, quiz_checks, quiz_play, samples, sharing, sources
from desktop.lessons import package as packages
from desktop.lessons.builder import budget
from desktop.lessons.instances import Build
from desktop.lessons.package import InvalidPackage, LessonPackage
from desktop.lessons.schema import MAX_BYTES
from desktop.lessons.sources import extract
from desktop.settings import Settings
from desktop.storage.queries import lessons as queries
from desktop.studio import editor, rbxm, rbxmx, rojo

WRITERS: dict[str, Callable[[Build], bytes]] = {
    "rbxmx": rbxmx.write_build,
    "rbxm": rbxm.write_build,
    "rbxlx": rbxmx.write_place,
}
PROJECT = "rojo"
"""The one format that is a folder."""


class FaultyLesson(Refused):
    """A lesson that can be read, and should not be used as it is."""


def keep(settings: Settings, made: LessonPackage) -> None:
    """Save into the library of whoever is signed in; signed out, only say so."""
    if accounts.current(settings.profile) is None:
        print("Nobody is signed in, so the lesson is not kept in a library.", file=sys.stderr)
        return
    with workspaces.open_offline(settings) as desk:
        lesson_id = desk.act(lesson_actions.save_lesson, made.model_dump()).result()
    print(f"Kept in the library as {lesson_id}.", file=sys.stderr)


def outline(made: LessonPackage) -> str:
    """A lesson in lines, for a terminal."""
    lines = [made.title, "", made.summary, _maker(made), "", "Objectives:"]
    lines += [f"  - {objective.text}" for objective in made.objectives]
    lines += ["", f"Activities ({made.timing.minutes} minutes):"]
    lines += [f"  {step.minutes:3} min  {step.title}" for step in made.activities]
    lines += ["", f"Quiz ({len(made.quiz)} questions):"]
    lines += [f"  {number}. {one.prompt}" for number, one in enumerate(made.quiz, 1)]
    return "\n".join(lines)


def _maker(made: LessonPackage) -> str:
    whence = made.provenance
    if whence.template:
        return "Made from a template, without AI."
    return f"Made with {whence.model or whence.provider}."


def write(path: Path, content: bytes) -> None:
    """Write a file.

    Raises:
        CompanionError: it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CompanionError(
            f"{path} could not be written: {error.strerror}.", mend="Choose another place."
        ) from error


@click.group()
def lesson() -> None:
    """Show, check and build lessons, and play their quiz."""


@lesson.command("list")
@click.pass_obj
def list_(context: Context) -> None:
    """List the lessons of the library."""
    with workspaces.open_offline(context.settings) as desk:
        rows = desk.ask(queries.lesson_library).result()
    context.emit(
        [
            {
                "id": row.id,
                "title": row.title,
                "subject": row.subject,
                "grade_level": row.grade_level,
                "status": row.status,
                "questions": row.questions,
                "classes": list(row.class_names),
                "pending": row.pending,
            }
            for row in rows
        ]
    )
    for row in rows:
        context.say(f"{row.id}  {row.status:8}  {row.title}")
    context.say(f"{len(rows)} lessons.")


@lesson.command()
@click.argument("given", metavar="ID-OR-FILE")
@click.pass_obj
def show(context: Context, given: str) -> None:
    """Show a lesson of the library or of a file."""
    made, _ = _load(context.settings, given)
    context.emit(made.model_dump())
    if not context.as_json:
        context.say(outline(made))


def _load(settings: Settings, given: str) -> tuple[LessonPackage, str]:
    """The lesson of a file, or of the library by its id; and the id its place is to carry."""
    file = Path(given)
    if file.is_file():
        made = sharing.read(_read(file, sharing.MAX_FILE_BYTES)).package
        return made, hashlib.sha256(made.title.encode()).hexdigest()[:32]
    if accounts.current(settings.profile) is None:
        raise WrongUse(
            f"There is no file {given}.", mend="Sign in to name a lesson of the library."
        )
    with workspaces.open_offline(settings) as desk:
        found = desk.ask(queries.lesson, given).result()
    if found.package is None:
        raise WrongUse(
            f"The lesson '{found.row.title}' has no content yet.", mend="Generate one with it."
        )
    return packages.load(found.package), given


def _read(file: Path, most: int = MAX_BYTES) -> bytes:
    """At most one byte more than `most`, so that a huge file is not read whole."""
    try:
        with file.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise WrongUse(f"{file} could not be read: {error.strerror}.") from error


@lesson.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def validate(context: Context, file: Path) -> None:
    """Check a lesson's form, its quiz, and the scripts it becomes."""
    try:
        made = packages.load(_read(file))
    except InvalidPackage as error:
        context.emit({"valid": False, "title": "", "sentences": error.sentences, "findings": []})
        raise
    build = builder.build(made, lesson_id="draft", telemetry=None)
    findings = quiz_checks.check(made.quiz, grade_level=made.grade_level, language=made.language)
    sentences = [finding.text for finding in findings if finding.severe]
    sentences += [
        f"The script {path} does not compile (line {fault.line}: {fault.message})."
        for path, source in build.scripts.items()
        if (fault := luau.syntax_fault(source)) is not None
    ]
    if not _play(made).fair:
        sentences.append("The quiz scores otherwise in the place than in the Companion.")
    context.emit(
        {
            "valid": not sentences,
            "title": made.title,
            "sentences": sentences,
            "findings": [
                {
                    "question_id": finding.question_id,
                    "rule": finding.rule,
                    "text": finding.text,
                    "severe": finding.severe,
                }
                for finding in findings
            ],
            "instances": build.instance_count,
            "scripts": len(build.scripts),
        }
    )
    for finding in findings:
        context.say(f"Quiz: {finding.text}")
    if sentences:
        raise FaultyLesson(" ".join(sentences))
    context.say(f"'{made.title}' is in order: {len(made.quiz)} questions, "
                f"{build.instance_count} instances, {len(build.scripts)} scripts.")  # fmt: skip


@lesson.command()
@click.argument("given", metavar="ID-OR-FILE")
@click.option("--out", required=True, type=click.Path(path_type=Path))
@click.pass_obj
def share(context: Context, given: str, out: Path) -> None:
    """Write a lesson as a .toolbox file for another teacher, signed by this installation.

    Only the lesson goes in: no class, no student, no due date.
    """
    if out.is_dir():
        raise WrongUse(f"{out} is a folder.", mend="Name a file in it.")
    settings = context.settings
    made, _ = _load(settings, given)
    content, fingerprint = giving_out.share_lesson(
        settings, accounts.current(settings.profile), made
    )
    write(out, content)
    context.emit(
        {
            "path": str(out),
            "sha256": hashlib.sha256(content).hexdigest(),
            "title": made.title,
            "signed": bool(fingerprint),
            "fingerprint": fingerprint,
        }
    )
    signed = (
        f"signed with your key {fingerprint}"
        if fingerprint
        else "not signed, since this computer has no keyring to keep a key in"
    )
    context.say(f"{out}: '{made.title}', {signed}.")


@lesson.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what it is; keep nothing.")
@click.pass_obj
def import_(context: Context, file: Path, dry_run: bool) -> None:
    """Take a shared lesson (.toolbox) or a LessonPackage (.json) into the library, as a draft."""
    shared = sharing.read(_read(file, sharing.MAX_FILE_BYTES))
    lesson_id = None
    if not dry_run:
        with workspaces.open_offline(context.settings) as desk:
            fields = shared.package.model_dump(mode="json")
            lesson_id = desk.act(lesson_actions.save_lesson, fields).result()
    context.emit(
        {
            "id": lesson_id,
            "title": shared.package.title,
            "author": shared.author,
            "made_at": shared.made_at or None,
            "signed": bool(shared.fingerprint),
            "fingerprint": shared.fingerprint,
        }
    )
    context.say(f"'{shared.package.title}'. {shared.sentence}")
    context.say("Nothing was kept." if dry_run else f"In the library as {lesson_id}, a draft.")


@lesson.command()
@click.argument("given", metavar="ID-OR-FILE")
@click.option("--format", "form", type=click.Choice([*WRITERS, PROJECT]), default="rbxmx")
@click.option("--out", required=True, type=click.Path(path_type=Path))
@click.option("--open", "opens", is_flag=True, help="Open the place file in Roblox Studio.")
@click.pass_obj
def build(context: Context, given: str, form: str, out: Path, *, opens: bool) -> None:
    """Build a lesson's place into a file, or into a folder for Rojo.

    It reports to nobody: only a push gives it a key.
    """
    if opens and form != "rbxlx":
        raise WrongUse("Studio opens places, not models.", mend="Build it with --format rbxlx.")
    if form != PROJECT and out.is_dir():
        raise WrongUse(f"{out} is a folder.", mend="Name a file in it.")
    made, lesson_id = _load(context.settings, given)
    place = builder.build(made, lesson_id=lesson_id, telemetry=None)
    if form == PROJECT:
        sha256 = rojo.write(place, out)
    else:
        content = WRITERS[form](place)
        write(out, content)
        sha256 = hashlib.sha256(content).hexdigest()
    cost, most = budget.measure(place), budget.LARGEST
    result = {
        "path": str(out),
        "sha256": sha256,
        "scripts": len(place.scripts),
        **asdict(cost),
        "within_budget": cost.fits(most),
    }
    context.emit(result)
    context.say(
        f"{out}: {cost.instances} instances (budget {most.instances}), "
        f"{cost.parts_in_view} parts in view ({most.parts_in_view}), "
        f"{len(place.scripts)} scripts of {cost.script_bytes} bytes ({most.script_bytes}), "
        f"compiled in {1000 * budget.script_seconds(place):.0f} ms "
        f"({1000 * budget.SCRIPT_SECONDS:.0f})."
    )
    if opens:
        editor.open_place(out, editor.find())


@lesson.command("build-samples")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--grade", type=click.IntRange(0, 13), help="Only those of a grade.")
@click.pass_obj
def build_samples(context: Context, out: Path, grade: int | None) -> None:
    """Build a place file (.rbxlx) of a sample lesson for every topic of the templates.

    The same names and the same content each time; `publish` takes them.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUse(f"{out} cannot be made: {error.strerror}.") from error
    told = []
    for name, made in samples.packages(grade):
        content = rbxmx.write_place(builder.build(made, lesson_id=name, telemetry=None))
        file = out / f"{name}.rbxlx"
        write(file, content)
        sha256 = hashlib.sha256(content).hexdigest()
        told.append({"path": str(file), "title": made.title, "sha256": sha256})
        context.say(f"{file}: {made.title}")
    context.emit(told)
    context.say(f"{len(told)} places.")


@lesson.command()
@click.argument("given", metavar="ID-OR-FILE")
@click.option("--play", "playing", is_flag=True, help="Answer it in the place's own Luau.")
@click.pass_obj
def quiz(context: Context, given: str, playing: bool) -> None:
    """Show a lesson's quiz with its answers, or play it in the place's own Luau."""
    made, _ = _load(context.settings, given)
    if not playing:
        context.emit([question.model_dump() for question in made.quiz])
        for number, question in enumerate(made.quiz, 1):
            context.say(f"{number}. {question.prompt}\n   {quiz_play.right_answer(question)}")
        return
    played = _play(made)
    context.emit({**quiz_play.as_json(played), "fair": played.fair})
    if not played.fair:
        raise FaultyLesson(
            "The quiz scores otherwise in the place than in the Companion: "
            f"{', '.join(played.mismatches) or 'the points do not add up'}."
        )
    context.say(f"Played {played.questions} questions: all right gives "
                f"{played.score_all_right:g} points, all wrong gives 0.")  # fmt: skip


def _play(made: LessonPackage) -> quiz_play.Played:
    return quiz_play.play_apart(made, [*own_command(), "lesson", "play-child"])


@lesson.command("play-child", hidden=True)
def play_child() -> None:
    """Read a lesson on standard input, play its quiz, and write how it went."""
    quiz_play.serve(sys.stdin.buffer.read(MAX_BYTES * 4), sys.stdout)


@lesson.command("read-source-child", hidden=True)
@click.argument("kind", type=click.Choice(["pdf", "docx", "text"]))
def read_source_child(kind: str) -> None:
    """Read a file on standard input, and write its text."""
    extract.serve(kind, sys.stdin.buffer.read(sources.MOST_BYTES), sys.stdout)
