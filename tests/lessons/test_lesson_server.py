"""A lesson is played by the place's own server module, with students who do all sorts of things."""

from typing import Any

import pytest

from desktop.lessons import quiz_play
from desktop.lessons.builder import build, literal
from desktop.lessons.package import LessonPackage
from tests.lessons import machine, made

WIRING = """
local modules, outside = ...
local blocks = 0
local telemetry = {
    record = function(_, student, kind, data) outside.record(student, kind, data) end,
}
return modules.LessonServer.start({
    activity = modules.Activity,
    hands = {
        now = function() return outside.now() end,
        players = function() return outside.players() end,
        block = function(tile, level, colour)
            blocks += 1
            outside.block(blocks, tile, level, colour)
            return blocks
        end,
        remove = function(block) outside.remove(block) end,
    },
    content = modules.Content,
    answers = modules.Answers,
    quizLogic = modules.QuizLogic,
    telemetry = telemetry,
    tell = function(player, message) outside.tell(player.Name, message) end,
    showStat = function(player, name, value) outside.stat(player.Name, name, value) end,
})
"""


class Play:
    """One open place."""

    def __init__(self, lesson: LessonPackage) -> None:
        self.lesson = lesson
        self.events: list[tuple[str, str, Any]] = []
        self.told: list[tuple[str, Any]] = []
        self.stats: dict[tuple[str, str], float] = {}
        self.clock, self.present = 0.0, 1
        self.blocks: dict[int, tuple[str, int, str]] = {}
        vm = machine.machine()
        place = build(lesson, lesson_id="l1", telemetry=None)
        names = ("Content", "Answers", "QuizLogic", "LessonServer", "Activity")
        modules = vm.table({name: machine.built(place, name) for name in names})
        outside = {
            "record": vm.function(lambda *told: self.events.append(machine._text(list(told)))),
            "tell": vm.function(lambda *told: self.told.append(machine._text(list(told)))),
            "stat": vm.function(self._stat),
            "now": vm.function(lambda: self.clock),
            "players": vm.function(lambda: self.present),
            "block": vm.function(self._block),
            "remove": vm.function(lambda number: self.blocks.pop(int(number)) and None),
        }
        self._server = machine.run(WIRING, modules, vm.table(outside))

    def _stat(self, player: bytes, name: bytes, value: float) -> None:
        self.stats[player.decode(), name.decode()] = value

    def _block(self, number: float, tile: bytes, level: float, colour: bytes) -> None:
        self.blocks[int(number)] = (tile.decode(), int(level), colour.decode())

    def do(self, what: str, name: str, *arguments: object) -> Any:
        source = f"""
        local server, what, arguments = ...
        local player = {{ Name = {literal.quoted(name)}, UserId = {len(name)} }}
        return server[what](server, player, table.unpack(arguments))
        """
        told = machine.run(f"return {literal.literal(list(arguments))}")
        chunk = machine.machine().vm.load_chunk(source)
        results = chunk(self._server, machine.machine().luau(what), told)
        return machine.plain(results[0]) if results else None

    def kinds(self, name: str) -> list[str]:
        return [kind for student, kind, _ in self.events if student == name]

    def answer_all(self, name: str) -> None:
        for question in self.lesson.quiz:
            self.do("answer", name, question.id, quiz_play.right_answer(question))

    def walk(self, name: str) -> None:
        for checkpoint in self.lesson.world.checkpoints:
            self.do("checkpoint", name, checkpoint.id)


@pytest.fixture
def play() -> Play:
    opened = Play(made.fractions())
    opened.do("playerJoined", "Mia")
    return opened


def test_a_student_who_does_everything_completes_the_lesson_with_full_points(play: Play) -> None:
    play.walk("Mia")
    play.answer_all("Mia")
    best = sum(question.points for question in play.lesson.quiz)
    assert play.events[-1] == ["Mia", "completed", {"score": best}]
    assert play.stats["Mia", "Score"] == best
    assert play.kinds("Mia").count("answer") == 8
    assert play.kinds("Mia").count("checkpoint") == len(play.lesson.world.checkpoints)
    assert play.kinds("Mia").count("objective") == 2


def test_an_answer_is_reported_with_what_was_given_and_whether_it_was_right(play: Play) -> None:
    verdict = play.do("answer", "Mia", "q1", "nothing")
    assert play.events[-1] == [
        "Mia", "answer", {"question_id": "q1", "given": "nothing", "correct": False},
    ]  # fmt: skip
    question = play.lesson.quiz[0]
    assert verdict == {"right": False, "explanation": question.explanation, "score": 0, "best": 15}


def test_the_first_answer_counts_and_a_later_right_one_still_reaches_the_objective(
    play: Play,
) -> None:
    play.do("answer", "Mia", "q1", "nothing")
    play.answer_all("Mia")
    best = sum(question.points for question in play.lesson.quiz)
    assert play.do("score", "Mia") == best - play.lesson.quiz[0].points
    assert play.kinds("Mia").count("answer") == 8
    assert play.kinds("Mia").count("objective") == 2


def test_the_lesson_is_not_completed_without_the_walk_and_only_once(play: Play) -> None:
    play.answer_all("Mia")
    assert "completed" not in play.kinds("Mia")
    play.walk("Mia")
    play.walk("Mia")
    play.answer_all("Mia")
    assert play.kinds("Mia").count("completed") == 1


@pytest.mark.parametrize(
    ("question", "given"),
    [("q99", "x"), (5, "x"), (["q1"], "x"), ("q1", 5), ("q1", True), ("q1", "x" * 3_000),
     ("q1", [1, 2]), ("q1", ["x"] * 13), ("q1", [["x"]])],
)  # fmt: skip
def test_what_is_no_answer_is_neither_judged_nor_reported(
    play: Play, question: object, given: object
) -> None:
    assert play.do("answer", "Mia", question, given) is None
    assert play.kinds("Mia") == ["joined"]


def test_a_stranger_who_never_joined_is_ignored(play: Play) -> None:
    assert play.do("answer", "Nobody", "q1", "x") is None
    play.do("checkpoint", "Nobody", play.lesson.world.checkpoints[0].id)
    play.do("station", "Nobody", "q1")
    play.do("playerLeft", "Nobody")
    assert play.kinds("Nobody") == []


def test_students_do_not_touch_each_others_score(play: Play) -> None:
    play.do("playerJoined", "Benjamin")
    play.answer_all("Benjamin")
    assert play.do("score", "Mia") == 0
    assert play.do("score", "Benjamin") == 15


def test_the_last_checkpoint_is_where_a_student_comes_back(play: Play) -> None:
    assert play.do("lastCheckpoint", "Mia") == ""
    first, second = play.lesson.world.checkpoints[:2]
    play.do("checkpoint", "Mia", first.id)
    play.do("checkpoint", "Mia", second.id)
    play.do("checkpoint", "Mia", "no such place")
    assert play.do("lastCheckpoint", "Mia") == second.id


def test_looking_and_asking_reach_the_screen_of_that_student(play: Play) -> None:
    play.told.clear()
    play.do("look", "Mia", "word-0")
    play.do("station", "Mia", "q2")
    text = next(one.text for one in play.lesson.world.objects if one.id == "word-0")
    assert play.told[0] == ["Mia", {"kind": "caption", "text": text}]
    assert play.told[1][1]["seen"] == 1
    assert play.told[-1] == ["Mia", {"kind": "question", "id": "q2"}]


def test_leaving_is_reported_with_the_score(play: Play) -> None:
    play.answer_all("Mia")
    play.do("playerLeft", "Mia")
    assert play.events[-1] == ["Mia", "left", {"score": 15}]
    play.do("playerLeft", "Mia")
    assert play.kinds("Mia").count("left") == 1
