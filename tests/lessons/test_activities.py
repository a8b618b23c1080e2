"""Each interaction is a way to play of its own, which ends in one reported objective."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.lessons import luau, quiz_play
from desktop.lessons.builder import TelemetryConfig, activities, budget, build
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import from_sentence
from desktop.lessons.schema import INTERACTIONS
from desktop.studio import rbxmx, scan
from tests.lessons import made
from tests.lessons.test_in_lune import HERE, run
from tests.lessons.test_lesson_server import Play


def lesson(interaction: str) -> LessonPackage:
    wish = from_sentence("fractions on a number line, grade 4")
    return made.generated(wish.model_copy(update={"interaction": interaction}))


def opened(interaction: str, *names: str) -> Play:
    play = Play(lesson(interaction))
    for name in names or ("Mia",):
        play.do("playerJoined", name)
    play.present = len(names) or 1
    return play


def done(play: Play, name: str = "Mia") -> int:
    """How often the activity's objective was reported."""
    told = {"id": play.lesson.world.interaction}
    return play.events.count([name, "objective", told])  # type: ignore[arg-type]


def told(play: Play, kind: str, name: str = "Mia") -> list[Any]:
    messages = [message for student, message in play.told if student == name]
    return [one.get("text", one.get("change")) for one in messages if one["kind"] == kind]


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_every_interaction_fits_the_budget_compiles_and_passes_the_scan(interaction: str) -> None:
    place = build(lesson(interaction), lesson_id="l1", telemetry=None)
    assert budget.measure(place).instances <= budget.LARGEST.instances
    assert len(place.scripts) == 13
    assert [luau.syntax_fault(source) for source in place.scripts.values()] == [None] * 13
    assert scan.scan_build(place).verdict == "ok"


def test_exploring_counts_each_discovery_once_and_ends_with_the_last() -> None:
    play = opened("explore")
    exhibits = [one.id for one in play.lesson.world.objects if one.kind == "exhibit"]
    assert told(play, "activity")[-1] == f"Discoveries 0 of {len(exhibits)}"
    for number, exhibit in enumerate(exhibits, 1):
        assert done(play) == 0
        play.do("touch", "Mia", exhibit)
        play.do("touch", "Mia", exhibit)
        assert told(play, "activity")[-1] == f"Discoveries {number} of {len(exhibits)}"
    play.do("look", "Mia", exhibits[0])
    assert done(play) == 1
    captions = told(play, "caption")
    assert len(captions) == len(exhibits) + 1


def test_a_solved_question_opens_the_next_and_a_solved_zone_lifts_its_barrier() -> None:
    play = opened("solve")
    first, second, *rest = play.lesson.quiz
    play.do("station", "Mia", second.id)
    assert told(play, "caption") == ["Solve question 1 first: it opens this one."]
    assert play.do("answer", "Mia", second.id, quiz_play.right_answer(second)) is None
    play.do("answer", "Mia", first.id, "wrong")
    assert play.do("answer", "Mia", second.id, quiz_play.right_answer(second)) is None
    for number, question in enumerate((first, second, *rest), 1):
        assert done(play) == 0
        play.do("answer", "Mia", question.id, quiz_play.right_answer(question))
        assert told(play, "activity")[-1] == f"Solved {number} of 8"
    lifted = [change["lift"] for change in told(play, "world")]
    zones = [zone.id for zone in play.lesson.world.zones if zone.question_ids]
    assert lifted == zones
    assert done(play) == 1


def test_partners_press_both_buttons_in_time_and_both_have_done_it() -> None:
    play = opened("collaborate", "Mia", "Benjamin")
    play.do("press", "Mia", "left")
    play.clock = 11.0
    play.do("press", "Benjamin", "right")
    assert (done(play), done(play, "Benjamin")) == (0, 0)
    play.clock = 20.0
    play.do("press", "Mia", "left")
    assert (done(play), done(play, "Benjamin")) == (1, 1)
    play.do("press", "Benjamin", "right")
    assert (done(play), done(play, "Benjamin")) == (1, 1)


def test_one_student_may_press_both_only_when_alone() -> None:
    play = opened("collaborate", "Mia", "Benjamin")
    play.do("press", "Mia", "left")
    play.do("press", "Mia", "right")
    assert done(play) == 0
    assert told(play, "caption")[-1].startswith("You are not alone here")
    play.do("playerLeft", "Benjamin")
    play.present = 1
    play.do("press", "Mia", "left")
    assert done(play) == 1


def test_who_has_left_is_nobodys_partner() -> None:
    play = opened("collaborate", "Mia", "Benjamin")
    play.do("press", "Benjamin", "left")
    play.do("playerLeft", "Benjamin")
    play.do("press", "Mia", "right")
    assert done(play) == 0


def test_an_experiment_is_predicted_and_checked_on_the_lessons_own_steps() -> None:
    play = opened("simulate")
    (labels,) = (one.labels for one in play.lesson.world.objects if one.kind == "row")
    first = told(play, "caption")[-1]
    assert first.startswith(f"The marker stands at {labels[0]} and moves 1 forward.")
    play.do("press", "Mia", "run")
    assert told(play, "caption")[-1].startswith(f"It stops at {labels[1]}, you predicted")
    assert done(play) == 0
    play.do("press", "Mia", "more")
    assert told(play, "world")[-1]["gauge"] == pytest.approx(2 / len(labels))
    play.do("press", "Mia", "run")
    for round_ in (2, 3):
        assert told(play, "activity")[-1] == f"Experiment {round_} of 3"
        start = (round_ * 2 - 2) % len(labels)
        stop = (start + (round_ - 1) % (len(labels) - 1) + 1) % len(labels)
        for _ in range(abs(stop - start)):
            play.do("press", "Mia", "more" if stop > start else "less")
        play.do("press", "Mia", "run")
    assert told(play, "activity")[-1] == "Experiments done"
    play.do("press", "Mia", "run")
    assert done(play) == 1


def test_a_lesson_without_a_row_has_an_experiment_all_the_same() -> None:
    wish = lesson("simulate")
    world = wish.world.model_copy(update={"objects": []})
    bare = wish.model_copy(update={"world": world})
    assert activities.settings(bare)["labels"] == activities.STEPS
    play = Play(bare)
    play.do("playerJoined", "Mia")
    assert told(play, "caption")[-1].startswith("The marker stands at 1 and moves")


def test_blocks_are_placed_in_colours_taken_back_and_handed_in() -> None:
    play = opened("create")
    play.do("press", "Mia", "submit")
    assert told(play, "caption")[-1] == "Place at least 3 blocks first."
    play.do("press", "Mia", "tile-1")
    play.do("press", "Mia", "blue")
    for tile in ("tile-1", "tile-2", "tile-3"):
        play.do("press", "Mia", tile)
    red, blue = (dict(activities.PALETTE)[name] for name in ("red", "blue"))
    assert list(play.blocks.values())[:2] == [("tile-1", 1, red), ("tile-1", 2, blue)]
    play.do("press", "Mia", "undo")
    assert [tile for tile, *_ in play.blocks.values()] == ["tile-1", "tile-1", "tile-2"]
    assert told(play, "activity")[-1] == "Blocks 3 of 8"
    play.do("press", "Mia", "submit")
    play.do("press", "Mia", "submit")
    assert done(play) == 1
    assert told(play, "activity")[-1] == "Handed in"


def test_nobody_builds_without_end_or_takes_away_what_others_stand_on() -> None:
    play = opened("create", "Mia", "Benjamin")
    play.do("press", "Mia", "tile-1")
    play.do("press", "Benjamin", "tile-1")
    play.do("press", "Mia", "undo")
    assert told(play, "caption")[-1] == "Somebody has built upon your last block."
    for _ in range(20):
        play.do("press", "Mia", "tile-2")
    assert len(play.blocks) == 1 + 8
    play.do("press", "Mia", "no such tile")
    assert len(play.blocks) == 9


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_it_is_played_in_the_place_with_its_own_parts(interaction: str, tmp_path: Path) -> None:
    telemetry = TelemetryConfig("http://127.0.0.1:1/x", "key")
    place = build(lesson(interaction), lesson_id="l", telemetry=telemetry)
    file = tmp_path / "place.rbxlx"
    file.write_bytes(rbxmx.write_place(place))
    played = json.loads(run(HERE / "open_place.luau", HERE / "one_activity.luau", file))
    objectives = [one["data"]["id"] for one in played["events"] if one["kind"] == "objective"]
    assert objectives.count(interaction) == 1
    assert not played["warned"]
    shown = {"explore": "Discoveries 6 of 6", "solve": "Solved 8 of 8", "collaborate":
             "Together: done", "simulate": "Experiments done", "create": "Handed in"}  # fmt: skip
    assert played["progress"].endswith(shown[interaction])
    if interaction == "solve":
        assert played["barriers"] == [[True, False]] * 2
    if interaction == "simulate":
        assert played["gauge"]["foot"] == [0.5] * len(played["gauge"]["foot"])
        assert len(set(played["gauge"]["height"])) > 1
        assert played["gauge"]["slid"] == pytest.approx(played["gauge"]["height"], abs=0.02)
    if interaction == "create":
        assert [block["y"] for block in played["blocks"]] == [2.5, 5.5, 8.5]
