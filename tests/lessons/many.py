"""Many generated lessons, each taken down the whole road: checked, built, scanned, played in Lune.

    python -m tests.lessons.many --packages 500

A lesson has to load again from its own text, pass the quiz checks, build within its budget,
compile, and pass the scan. Then a simulated student walks its checkpoints in the built place,
answers every question rightly, and one more student answers all of them wrongly once; what the
place reports has to be what they did.
"""

import argparse
import concurrent.futures
import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop.lessons import luau, package, quiz_checks, quiz_play
from desktop.lessons.builder import TelemetryConfig, budget, build
from desktop.lessons.instances import Build
from desktop.lessons.package import LessonPackage
from desktop.studio import rbxmx, scan
from tests.lessons.test_in_lune import HERE, run
from tests.lessons.wishes import Wish, wishes

AT_ONCE = 10
"""Lessons that one process of Lune plays."""


def faults(wanted: Sequence[Wish]) -> list[str]:
    """What is wrong with any of these lessons, each as a sentence; nothing when all are good."""
    lessons = [(wish, wish.package()) for wish in wanted]
    telemetry = TelemetryConfig("http://127.0.0.1:1/x", "key")
    places = [
        build(lesson, lesson_id=str(wish.seed), telemetry=telemetry) for wish, lesson in lessons
    ]
    told = [
        f"{wish}: {fault}"
        for (wish, lesson), place in zip(lessons, places, strict=True)
        for fault in _still(wish, lesson, place)
    ]
    for (wish, lesson), played in zip(lessons, _played(places), strict=True):
        told += [f"{wish}: {fault}" for fault in _reported(lesson, played)]
    return told


def _still(wish: Wish, lesson: LessonPackage, place: Build) -> Iterator[str]:
    """What is wrong before anybody plays."""
    if package.load(package.dump(lesson)) != lesson:
        yield "it is another lesson after it was written and read"
    yield from (f"quiz: {one.text}" for one in quiz_checks.check(lesson.quiz) if one.severe)
    if len(lesson.quiz) != wish.questions:
        yield f"it has {len(lesson.quiz)} questions instead of {wish.questions}"
    cost = budget.measure(place)
    if not cost.fits(budget.LARGEST):
        yield f"it costs too much: {cost}"
    for path, source in place.scripts.items():
        fault = luau.syntax_fault(source)
        if fault is not None:
            yield f"{path} does not compile: {fault}"
    report = scan.scan_build(place)
    if report.verdict != "ok":
        yield f"the scan says {report.verdict}"


def _played(places: Sequence[Build]) -> list[dict[str, Any]]:
    """What Lune tells of each place, several in one process."""
    played: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(places), AT_ONCE):
            files = []
            for number, place in enumerate(places[start : start + AT_ONCE]):
                file = Path(folder) / f"{number}.rbxlx"
                file.write_bytes(rbxmx.write_place(place))
                files.append(file)
            told = run(HERE / "open_place.luau", HERE / "many.luau", *files)
            played += [json.loads(line) for line in told.splitlines()]
    return played


def _reported(lesson: LessonPackage, played: dict[str, Any]) -> Iterator[str]:
    """Whether what arrived is what the two students did."""
    if played["warned"]:
        yield f"the place warned: {played['warned'][0]}"
    best = sum(question.points for question in lesson.quiz)
    answers = {question.id: quiz_play.right_answer(question) for question in lesson.quiz}
    for student, right in (("Mia", True), ("Ben", False)):
        events = [event for event in played["events"] if event["student"] == student]
        kinds = Counter(event["kind"] for event in events)
        checkpoints = [e["data"]["id"] for e in events if e["kind"] == "checkpoint"]
        if checkpoints != [one.id for one in lesson.world.checkpoints]:
            yield f"{student} passed {checkpoints}"
        given = {
            event["data"]["question_id"]: event["data"]
            for event in events
            if event["kind"] == "answer"
        }
        if set(given) != set(answers) or kinds["answer"] != len(answers):
            yield f"{student}'s answers arrived {kinds['answer']} times for {len(given)} questions"
        if {data["correct"] for data in given.values()} != {right}:
            yield f"{student}'s answers were judged {Counter(d['correct'] for d in given.values())}"
        if right and {key: data["given"] for key, data in given.items()} != answers:
            yield "the right answers arrived as others"
        left = [event["data"].get("score") for event in events if event["kind"] == "left"]
        if left != [best if right else 0]:
            yield f"{student} left with the score {left} of {best}"
        if kinds["completed"] != 1 or kinds["joined"] != 1:
            yield f"{student} joined {kinds['joined']} and completed {kinds['completed']} times"


def main() -> int:
    """Check many lessons in two processes and print one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packages", type=int, default=500)
    parser.add_argument("--processes", type=int, default=2)
    count, processes = (vars(parser.parse_args())[name] for name in ("packages", "processes"))
    wanted = wishes(count)
    before = time.monotonic()
    parts = [wanted[start : start + AT_ONCE] for start in range(0, count, AT_ONCE)]
    told: list[str] = []
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(processes, mp_context=context) as pool:
        for number, found in enumerate(pool.map(faults, parts), 1):
            told += found
            print(
                f"\r{min(number * AT_ONCE, count)} of {count}", end="", file=sys.stderr, flush=True
            )
    print(file=sys.stderr)
    for fault in told:
        print(fault)
    spread = {
        name: len({getattr(wish, name) for wish in wanted})
        for name in ("subject", "topic", "grade", "environment", "interaction", "difficulty")
    }
    questions = sum(wish.questions for wish in wanted)
    print(
        f"{count} packages, {questions} questions, {spread}: {len(told)} faults "
        f"in {time.monotonic() - before:.0f} s"
    )
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
