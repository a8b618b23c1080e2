"""Built places in Lune, whose instances refuse a wrong class, property or type as Roblox does."""

import json
import subprocess
from pathlib import Path

from desktop.lessons.builder import TelemetryConfig, build
from desktop.lessons.instances import Build
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest, from_sentence
from desktop.lessons.schema import ENVIRONMENTS
from desktop.studio import rbxmx
from tests.lessons import made
from tests.studio import lune

HERE = Path(__file__).parent
COUNT = """
local fs, process = require("@lune/fs"), require("@lune/process")
local roblox = require("@lune/roblox")
for _, path in process.args do
    local count = 0
    for _, top in roblox.deserializeModel(fs.readFile(path)) do
        for _, one in top:GetDescendants() do
            count += 1
            if one:IsA("Part") then assert(one.Anchored and one.Size.X > 0 and one.Shape) end
            if one:IsA("SurfaceGui") then assert(one.PixelsPerStud == 40 and one.Face) end
        end
    end
    print(count)
end
"""


def written(lesson: LessonPackage, file: Path) -> Path:
    file.write_bytes(rbxmx.write_build(build(lesson, lesson_id="l", telemetry=None)))
    return file


def run(script: Path, *arguments: Path) -> str:
    done = subprocess.run(
        [lune.launcher(), "run", script, *arguments],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_environment_is_made_of_real_classes_and_properties(tmp_path: Path) -> None:
    script = tmp_path / "count.luau"
    script.write_text(COUNT, encoding="utf-8")
    files, counts = [], []
    for environment in ENVIRONMENTS:
        request = LessonRequest.model_validate(
            {"topic": "ecosystems", "grade_level": 5, "environment": environment}
        )
        lesson = made.generated(request)
        files.append(written(lesson, tmp_path / f"{environment}.rbxmx"))
        counts.append(build(lesson, lesson_id="l", telemetry=None).instance_count)
    assert [int(line) for line in run(script, *files).split()] == counts


def test_the_screen_asks_every_kind_of_question_and_sends_what_was_clicked(tmp_path: Path) -> None:
    request = LessonRequest.model_validate(
        {"topic": "cells", "grade_level": 7, "quiz": {"questions": 20}}
    )
    lesson = made.generated(request)
    fractions = made.fractions().quiz[1]
    assert fractions.kind == "short_answer"
    written_one = fractions.model_copy(update={"id": "q21"})
    lesson = lesson.model_copy(update={"quiz": [*lesson.quiz, written_one]})
    assert {question.kind for question in lesson.quiz} == {
        "multiple_choice", "true_false", "short_answer", "ordering", "matching",
    }  # fmt: skip
    told = json.loads(run(HERE / "screen.luau", written(lesson, tmp_path / "place.rbxmx")))

    assert [one["id"] for one in told["asked"]] == [question.id for question in lesson.quiz]
    for question, one in zip(lesson.quiz, told["asked"], strict=True):
        match question.kind:
            case "multiple_choice":
                assert one["given"] == question.choices[1]
            case "true_false":
                assert one["given"] == "false"
            case "short_answer":
                assert one["given"] == "my answer"
            case "ordering":
                assert one["given"] == question.choices
            case "matching":
                assert sorted(one["given"]) == sorted(question.answer)
        assert question.prompt in told["seen"][question.id]
        assert "Right. So it is." in told["seen"][question.id]
    assert "Hello" in told["left"]
    assert "Score 3 of 9   Questions 1 of 8   Checkpoints 0 of 4   Found 2 of 6" in told["left"]
    assert not [text for text in told["left"] if text == "Close"]
    assert told["sizes"] == [18, 24]
    assert told["delayed"] == 1


def test_two_lessons_in_one_place_stand_beside_each_other_and_are_both_played(
    tmp_path: Path,
) -> None:
    fractions, cells = made.fractions(), made.generated(from_sentence("cells, grade 7"))
    places = [
        build(lesson, lesson_id=name, telemetry=TelemetryConfig("http://127.0.0.1:1/x", name))
        for lesson, name in ((cells, "cells"), (fractions, "fractions"))
    ]
    both = Build("Both", "", "", (*places[0].placed, *places[1].placed))
    file = tmp_path / "both.rbxlx"
    file.write_bytes(rbxmx.write_place(both))
    told = json.loads(run(HERE / "open_place.luau", HERE / "two_lessons.luau", file))

    first, second = told["lessons"]
    assert (first[:5], second[:9]) == ("Cells", "Fractions")
    (_, end), (begin, _) = told["reach"]
    assert begin >= end
    # A student begins in the first lesson, and sees its screen with a way to the other.
    assert told["lesson"] == [first, second, first]
    assert told["shown"] == [[True, False], [False, True]]
    assert f"Go to: {fractions.title}" in told["texts"]
    assert told["began"] < end < told["moved"]
    # Answers count where the student is; the leaderboard shows what both lessons gave.
    points = [sum(question.points for question in lesson.quiz) for lesson in (cells, fractions)]
    assert (told["stranger"], told["first"], told["second"]) == (0, 8, 8)
    assert told["half"] == {"Score": points[0], "Answered": 8}
    assert told["whole"] == {"Score": sum(points), "Answered": 16}
    assert told["asked"]["lesson"] == first
    # Each lesson reports by its own key.
    assert not told["warned"]
    for key, best in zip(("cells", "fractions"), points, strict=True):
        events = [event for event in told["events"] if event["key"] == key]
        assert [event["kind"] for event in events].count("joined") == 1
        assert events[-1]["kind"] == "left"
        assert events[-1]["data"] == {"score": best}
