"""The words a model is asked with are files with versions: a change of words is a new version."""

import hashlib
import re
import tomllib
from importlib import resources

import pytest

from desktop.lessons.providers import drafts, prompts
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import PARTS, Passage, Source
from tests.lessons import made

PUBLISHED = {
    "lesson-2.toml": "9890a734add49a62e24f94f738ff2022fdcf9ac32c8b42f0c8230df0e117912f",
    "lesson-1.toml": "e51c6ab6ed9cafb54e4791e308bb4636642ac90b0666bb5974cf4e0215550459",
}
"""What a version once said stays readable: lessons out there name it in their provenance."""

REQUEST = LessonRequest(topic="maps {minutes}", grade_level=4, notes="a {note}", language="es")
FOLDER = resources.files("desktop.lessons.providers").joinpath("prompts")


def test_the_words_of_a_version_never_change() -> None:
    found = {
        file.name: hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        for file in FOLDER.iterdir()
        if file.name.endswith(".toml")
    }
    assert found == PUBLISHED


def test_each_file_has_a_version_of_its_own() -> None:
    versions = [
        tomllib.loads(FOLDER.joinpath(name).read_text(encoding="utf-8"))["version"]
        for name in PUBLISHED
    ]
    assert len(set(versions)) == len(versions)
    assert prompts.version() in versions


@pytest.mark.parametrize("stage", list(drafts.FORMS))
def test_a_stage_is_asked_with_the_request_and_what_is_decided(stage: str) -> None:
    asked = prompts.make(stage, REQUEST, {"analyse": {"title": "Mapas"}})
    assert '"language": "es"' in asked
    assert "Mapas" in asked
    assert "maps {minutes}" in asked  # what a teacher wrote is never read as a place to fill
    left = re.findall(r"\{(minutes|environment|interaction|questions|kinds|difficulty)\}", asked)
    assert left == ["minutes"]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_asked_for_anew(part: str) -> None:
    asked = prompts.revise(made.fractions(), part, "more {lesson} of it")  # type: ignore[arg-type]
    assert "more {lesson} of it" in asked
    assert f"The part to make anew: {part}" in asked
    assert drafts.REVISIONS[part]  # type: ignore[index]
    assert '"provenance"' not in asked


def test_material_beyond_measure_is_cut_and_the_question_stays() -> None:
    passages = [Passage(id=f"p{n}", text="x" * 1_900) for n in range(90)]
    source = Source(id="s1", title="Long", kind="text", passages=passages)
    asked = prompts.make("quiz", REQUEST.model_copy(update={"sources": [source]}), {})
    assert len(asked) < prompts.PASSAGE_CHARACTERS + 10_000
    assert "Fifth step" in asked
