"""The platform's own agents: asked once, polled, and read for what they really sent."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from desktop.lessons import generation, package
from desktop.lessons.providers import STAGES, Draft, Making, Revising, Stage, problems
from desktop.lessons.providers.config import Limits, ProviderConfig, checked
from desktop.lessons.providers.platform import PlatformProvider
from desktop.lessons.request import LessonRequest
from tests.lessons import made

REQUEST = LessonRequest(topic="planets", grade_level=0, subject="science", duration_minutes=50)
TIME = "2026-11-23T08:00:00.000Z"
CONTENT = {
    "content_id": "content_1",
    "status": "completed",
    "script_content": None,
    "lesson_content": {
        "title": "Our planets",
        "objectives": ["Name the planets in their order."],
        "content": "Eight planets go round the sun.\n\nMercury is the closest one.",
        "activities": ["Compare sizes", "Walk the orbits"],
    },
    "quiz_content": {
        "questions": [
            {"question": "Which planet is closest to the sun?", "type": "multiple_choice",
             "options": ["Mercury", "Venus"], "correct_answer": "Mercury"},
            {"question": "The sun is a planet.", "type": "true_false", "correct_answer": False},
            {"question": "Which one?", "type": "multiple_choice", "options": ["A", "B"],
             "correct_answer": "C"},
        ]
    },
    "terrain_config": {"environment_type": "space_station"},
    "metadata": {"ai_model": "some-model"},
}  # fmt: skip


class Platform:
    """A platform server of 2025 on loopback."""

    def __init__(self) -> None:
        self.content: Any = CONTENT
        self.status = 200
        self.polls_until_done = 2
        self.bodies: list[Any] = []
        self.asked = 0
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if self.path == "/api/v1/auth/login":
                    right = body == {"username": "ada", "password": "pw"}
                    token = {"access_token": "t1"} if right else {"detail": "no"}
                    self.answer(200 if right else 401, token)
                    return
                platform.asked += 1
                platform.bodies.append(body)
                signed_in = self.headers["Authorization"] == "Bearer t1"
                told = {"content_id": "content_1", "status": "generating"}
                self.answer(202 if signed_in else 401, told)

            def do_GET(self) -> None:
                assert self.path == "/api/v1/roblox/content/content_1/status"
                platform.polls_until_done -= 1
                waiting = platform.polls_until_done > 0
                told = {"status": "generating"} if waiting else platform.content
                self.answer(platform.status, told)

            def answer(self, status: int, value: object) -> None:
                content = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def platform() -> Iterator[Platform]:
    running = Platform()
    yield running
    running.close()


async def make(platform: Platform, password: str = "pw", **rest: Any) -> list[Any]:
    config = ProviderConfig(
        "platform", platform.url, key=password, username="ada", limits=Limits(whole_s=20)
    )
    provider = PlatformProvider(checked(config), poll_s=0.01)
    try:
        wish = Making(REQUEST, seed=1, time=TIME, **{"drafts": {}, **rest})
        return [event async for event in provider.make(wish)]
    finally:
        await provider.close()


async def test_what_the_platform_sent_becomes_a_lesson_that_says_so(platform: Platform) -> None:
    told = await make(platform)
    assert [event.name for event in told if isinstance(event, Stage)] == list(STAGES)
    lesson = generation.package_of(told[-1])
    assert package.load(package.dump(lesson)) == lesson
    assert lesson.title == "Our planets"
    assert lesson.world.environment == "space_station"
    assert [question.answer for question in lesson.quiz] == ["Mercury", "false"]
    assert [(step.title, step.minutes) for step in lesson.activities] == [
        ("Compare sizes", 25), ("Walk the orbits", 25),
    ]  # fmt: skip
    assert "1 of its questions contradicted themselves" in lesson.teacher_notes
    assert "laid out by the Companion" in lesson.teacher_notes
    assert (lesson.provenance.provider, lesson.provenance.model) == ("platform", "some-model")
    (body,) = platform.bodies
    assert (body["grade_level"], body["duration_minutes"]) == (1, 50)
    assert all(len(one) >= 10 for one in body["learning_objectives"])


async def test_the_platform_s_questions_are_corrected_and_checked(platform: Platform) -> None:
    letter = {"question": "What is wet?", "type": "multiple_choice", "options": ["Sand", "Water"],
              "correct_answer": "B"}  # fmt: skip
    sum_ = {"question": "What is 2 + 2?", "type": "multiple_choice", "options": ["4", "5"],
            "correct_answer": "5"}  # fmt: skip
    platform.content = {**CONTENT, "quiz_content": {"questions": [letter, sum_]}}
    told = await make(platform)
    lesson = generation.package_of(told[-1])
    assert [question.answer for question in lesson.quiz] == ["Water"]
    assert "1 of its questions contradicted themselves" in lesson.teacher_notes
    assert "Question 1: 'B' was read as the choice 'Water'." in lesson.teacher_notes


async def test_it_is_asked_once_and_only_polled_after_a_restart(platform: Platform) -> None:
    (draft,) = [event for event in await make(platform) if isinstance(event, Draft)]
    told = await make(platform, drafts={draft.stage: draft.value})
    assert generation.package_of(told[-1])
    assert platform.asked == 1


@pytest.mark.parametrize(
    ("status", "content", "kind"),
    [
        (200, {"status": "completed", "script_content": None}, problems.NothingSent),
        (200, {"status": "completed", "lesson_content": {"title": "Only a title"}},
         problems.NothingSent),
        (200, {"success": False}, problems.NothingSent),
        (200, ["no object"], problems.NothingSent),
        (200, {"status": "failed"}, problems.ProviderDown),
        (404, {}, problems.CutOff),
        (500, {}, problems.ProviderDown),
    ],
)  # fmt: skip
async def test_what_is_no_lesson_ends_in_words(
    platform: Platform, status: int, content: Any, kind: type[Exception]
) -> None:
    platform.status, platform.content, platform.polls_until_done = status, content, 0
    with pytest.raises(kind):
        await make(platform)
    assert platform.asked == 1


async def test_a_wrong_password_is_said_before_anything_is_asked(platform: Platform) -> None:
    with pytest.raises(problems.KeyRefused):
        await make(platform, password="wrong")
    assert platform.asked == 0


def test_it_says_that_it_cannot_revise(platform: Platform) -> None:
    provider = PlatformProvider(ProviderConfig("platform", platform.url))
    wish = Revising(made.fractions(), "summary", "shorter", REQUEST, seed=1, time=TIME)
    with pytest.raises(problems.ProviderNotSetUp, match="cannot make the summary anew"):
        provider.revise(wish)
