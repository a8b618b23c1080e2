"""The scan on whole samples: hostile ones are found by app and plugin, honest ones pass both."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.lessons import builder, luau
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import ENVIRONMENTS, INTERACTIONS
from desktop.lessons.templates import catalogue, generate
from desktop.studio import plugin, scan, scan_rules
from desktop.studio.luau_machine import LuauMachine
from tests.studio.test_scan_twice import found_by_plugin

CORPUS = Path(__file__).parent / "corpus"
PLACEHOLDERS = {
    "{CR}": "\r",
    "{GAP}": " " * 200,
    "{LONG}": "1, " * 400,
    "{RLO}": "\u202e",
    "{PACKED}": "aB3$xY9#kL2@mN5%pQ8&rT1!uV4*wZ7(" * 6,
}
"""What no editor would keep, or nobody wants to read, in the file of samples."""


@dataclass(frozen=True)
class Sample:
    """A hostile source: what has to become of it, by which rule, and what it hides."""

    name: str
    verdict: str
    rule: str
    hides: str
    source: str

    def __str__(self) -> str:
        return self.name


def sections(file: Path) -> Iterator[tuple[str, str]]:
    """Heads and sources of a file of samples."""
    text = file.read_text(encoding="utf-8")
    for part in re.split(r"^--= ", text, flags=re.MULTILINE)[1:]:
        head, _, source = part.partition("\n")
        yield head, source.strip("\n") + "\n"


def hostile() -> list[Sample]:
    found = []
    for head, source in list(sections(CORPUS / "hostile.luau"))[1:]:
        for placeholder, text in PLACEHOLDERS.items():
            source = source.replace(placeholder, text)
        name, verdict, rule, hides = (word.strip() for word in head.split("|"))
        found.append(Sample(name, verdict, rule, hides, source))
    return found


def honest() -> list[tuple[str, str]]:
    return list(sections(CORPUS / "honest.luau"))[1:]


def built() -> Iterator[tuple[str, str]]:
    """Scripts of our own builder, over topics, worlds and ways to play."""
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    worlds, ways = itertools.cycle(ENVIRONMENTS), itertools.cycle(INTERACTIONS)
    for topic in catalogue.topics():
        for grade in {min(topic.grades), max(topic.grades)}:
            wish = LessonRequest(
                topic=topic.title,
                subject=topic.subject,
                grade_level=grade,
                environment=next(worlds),  # type: ignore[arg-type]
                interaction=next(ways),  # type: ignore[arg-type]
            )
            stages = generate(wish, seed=grade, now=now)
            package = next(stage.package for stage in stages if stage.package)
            made = builder.build(package, lesson_id=f"{topic.title} {grade}", telemetry=None)
            for path, source in made.scripts.items():
                yield f"{topic.title} {grade}: {path}", source


@pytest.fixture(scope="module")
def machine() -> LuauMachine:
    return LuauMachine()


@pytest.fixture(scope="module")
def modules(machine: LuauMachine) -> Callable[[str], Any]:
    return machine.package("studio_plugin", plugin.written())


@pytest.mark.parametrize("sample", hostile(), ids=str)
def test_a_hostile_sample_is_found_by_the_app_and_by_the_plugin(
    machine: LuauMachine, modules: Callable[[str], Any], sample: Sample
) -> None:
    found = scan.scan_source(sample.source)
    assert sample.rule in {each.rule for each in found}, sample.hides
    assert any(each.blocks for each in found) == (sample.verdict == "blocked")
    if sample.rule != "syntax":  # which needs a compiler
        by_plugin = found_by_plugin(machine, modules, sample.source)
        assert by_plugin == {
            (each.rule, each.line, each.text, each.blocks)
            for each in scan_rules.hits(sample.source)
        }


def test_there_are_at_least_sixty_hostile_samples_and_each_hides_something_else() -> None:
    samples = hostile()
    assert len(samples) >= 60
    assert len({sample.source for sample in samples}) == len(samples)
    assert len({sample.hides for sample in samples}) > 50


@pytest.mark.parametrize(("name", "source"), honest(), ids=[name for name, _ in honest()])
def test_an_honest_script_passes_both_scans(
    machine: LuauMachine, modules: Callable[[str], Any], name: str, source: str
) -> None:
    assert luau.syntax_fault(source) is None, name
    assert scan.scan_source(source) == []
    assert found_by_plugin(machine, modules, source) == set()


def test_what_our_builder_writes_passes_both_scans(
    machine: LuauMachine, modules: Callable[[str], Any]
) -> None:
    """Over two hundred different scripts; our telemetry alone may use the web."""
    sources: dict[str, str] = {}
    for name, source in built():
        sources.setdefault(source, name)
    assert len(sources) + len(honest()) >= 200
    for source, name in sources.items():
        assert not [each for each in scan.scan_source(source) if each.blocks], name
        by_plugin = found_by_plugin(machine, modules, source)
        assert not [each for each in by_plugin if each[3]], name
