"""The ToolBoxAI platform's own agents, through its job API: ask, poll, and read what really came.

The platform of 2025 gives a title, objectives, a text and questions, never Luau; what a lesson
needs besides is laid out here without inventing content, and the notes say which is which.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any, get_args

from desktop.lessons.package import InvalidPackage
from desktop.lessons.providers import (
    Draft,
    Event,
    Making,
    Revising,
    assemble,
    drafts,
    models,
    problems,
    rules,
    stage,
)
from desktop.lessons.providers.config import ProviderConfig
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import ENVIRONMENTS, Provenance, Subject
from desktop.sentences import say

if TYPE_CHECKING:
    import httpx

API = "/api/v1"
POLL_S = 2.0
MOST_BYTES = 2_000_000
SHORTEST_OBJECTIVE = 10
"""Letters; the platform refuses shorter ones."""
NAMES = {"multiple_choice", "true_false", "short_answer"}
FINISHED = frozenset({"completed", "complete", "ready", "success", "generated", "deployed"})
FAILED = frozenset({"failed", "error", "cancelled"})


class PlatformProvider:
    """Asks the platform once, and never asks again blindly: a lost answer may have taken effect."""

    name = "platform"

    def __init__(self, config: ProviderConfig, poll_s: float = POLL_S) -> None:
        self._config = config
        self._poll_s = poll_s
        self._client: httpx.AsyncClient | None = None
        self._token = ""

    async def make(self, wish: Making) -> AsyncGenerator[Event, None]:
        """See `Provider.make`. Between asking and the end the platform tells of no progress."""
        known = wish.drafts.get("asked")
        if known is None:
            content_id = await self._ask(wish.request)
            yield Draft("asked", {"content_id": content_id})
        else:
            content_id = str(known.get("content_id", ""))
        yield stage("analyse", "The platform has taken the request; it tells of no progress.")
        answer = await self._wait(content_id)
        done = _drafts(answer, wish.request)
        for name in ("outline", "world", "interactions", "quiz"):
            yield stage(name, assemble.words(name, done, wish.request))
        try:
            package = assemble.package(done, wish.request, _provenance(answer, wish))
        except InvalidPackage as invalid:
            raise problems.NotUsable(
                say(
                    "What the platform at {host} sent is no lesson: {why}",
                    host=self._config.host,
                    why=invalid,
                ),
                mend=say("Try again, or make the lesson from a template."),
            ) from invalid
        for name in ("analyse", "outline", "quiz"):
            for part in assemble.parts_of(name, done, wish.request):
                yield part
        yield stage("script", "The platform sends no scripts: the Companion builds them.")
        yield stage("validate", assemble.verdict(package), package)

    def revise(self, wish: Revising) -> AsyncGenerator[Event, None]:
        """The platform has no such thing.

        Raises:
            ProviderNotSetUp: always; says what else there is.
        """
        raise problems.ProviderNotSetUp(
            say(
                "The platform cannot make the {part} anew by words.",
                part=wish.part.replace("_", " "),
            ),
            mend=say("Choose another AI provider in Settings, or change the lesson yourself."),
        )

    async def try_sign_in(self) -> None:
        """Sign in and hang up again.

        Raises:
            ProviderProblem: it cannot be reached, or does not let this teacher in.
        """
        try:
            await self._sign_in()
        finally:
            await self.close()

    async def close(self) -> None:
        """See `Provider.close`."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _ask(self, request: LessonRequest) -> str:
        told = await self._exchange("POST", "/roblox/content/generate", _body(request))
        content_id = told.get("content_id")
        if not isinstance(content_id, str) or not content_id.isascii() or "/" in content_id:
            raise _nothing_sent(self._config)
        return content_id

    async def _wait(self, content_id: str) -> dict[str, Any]:
        limit = self._config.limits.whole_s
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit):
                while True:
                    told = await self._exchange("GET", f"/roblox/content/{content_id}/status")
                    state = str(told.get("status", "")).casefold()
                    if state in FINISHED:
                        return told
                    if state in FAILED:
                        raise problems.ProviderDown(
                            say("The platform says that it could not make this lesson."),
                            mend=say("Try again, or make the lesson from a template."),
                        )
                    await asyncio.sleep(self._poll_s)
        raise problems.silent(self._config.host, limit)

    async def _exchange(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        await self._sign_in()
        answer = await self._send(method, path, body)
        if answer.status_code == 404 and method == "GET":
            raise problems.CutOff(
                say("The platform no longer knows of this lesson: it was restarted meanwhile."),
                mend=say("Ask for the lesson again."),
            )
        if answer.status_code >= 300:
            raise models.problem_of_status(answer.status_code, self._config)
        return _read(answer, self._config)

    async def _sign_in(self) -> None:
        if self._token or not self._config.username:
            return
        name = "email" if "@" in self._config.username else "username"
        body = {name: self._config.username, "password": self._config.key}
        answer = await self._send("POST", "/auth/login", body)
        token = _read(answer, self._config).get("access_token") if answer.is_success else None
        if not isinstance(token, str):
            raise problems.key_refused(self._config.host, allowed=False)
        self._token = token

    async def _send(self, method: str, path: str, body: dict[str, Any] | None) -> "httpx.Response":
        import httpx

        if self._client is None:
            self._client = await asyncio.to_thread(_open, self._config)
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        url = f"{self._config.base_url}{API}{path}"
        try:
            return await self._client.request(method, url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise problems.down(self._config.host) from error


def _open(config: ProviderConfig) -> "httpx.AsyncClient":
    import httpx

    return httpx.AsyncClient(
        verify=models.trusted(),
        timeout=httpx.Timeout(config.limits.between_tokens_s, connect=models.CONNECT_S),
        trust_env=not config.on_this_computer,
    )


def _read(answer: "httpx.Response", config: ProviderConfig) -> dict[str, Any]:
    if len(answer.content) > MOST_BYTES:
        raise _nothing_sent(config)
    try:
        told = answer.json()
    except ValueError:
        told = None
    # Some answers say 200 and mean a failure.
    if not isinstance(told, dict) or told.get("success") is False:
        raise _nothing_sent(config)
    return told


def _nothing_sent(config: ProviderConfig) -> problems.NothingSent:
    return problems.NothingSent(
        say("The platform at {host} says it is done, and sent no lesson.", host=config.host),
        mend=say("Make the lesson from a template, or choose another AI provider in Settings."),
    )


def _body(request: LessonRequest) -> dict[str, Any]:
    """The request in the platform's words and within its bounds."""
    wishes = [wish for wish in request.objectives if len(wish) >= SHORTEST_OBJECTIVE]
    return {
        "content_type": "lesson",
        "subject": request.subject or "General",
        "grade_level": min(max(request.grade_level, 1), 12),
        "learning_objectives": wishes or [f"Understand the topic: {request.topic}"],
        "environment_type": request.environment or "classroom",
        "difficulty": "hard" if request.difficulty == "expert" else request.difficulty,
        "duration_minutes": min(request.duration_minutes, 120),
        "include_quiz": True,
        "custom_requirements": f"{request.topic}. {request.notes}"[:1_000],
    }


def _provenance(answer: dict[str, Any], wish: Making) -> Provenance:
    metadata = answer.get("metadata")
    model = metadata.get("ai_model", "") if isinstance(metadata, dict) else ""
    return Provenance(
        provider="platform",
        model=_line(model, 200),
        prompt_version="platform/2025",
        time=wish.time,
    )


def _drafts(answer: dict[str, Any], request: LessonRequest) -> dict[str, Any]:
    """What came, in our own forms.

    Raises:
        NothingSent: neither a text nor a question came.
    """
    lesson, quiz = _part(answer, "lesson_content"), _part(answer, "quiz_content")
    text = _text(lesson.get("content"))
    asked = [form for one in _list(quiz.get("questions")) if (form := _question(one))]
    if not text and not asked:
        raise problems.NothingSent(
            say("The platform says it is done, and sent neither a text nor a question."),
            mend=say("Make the lesson from a template, or choose another AI provider in Settings."),
        )
    title = _line(lesson.get("title"), 150) or request.topic
    goals = [_line(one, 900) for one in _list(lesson.get("objectives"))]
    goals = (
        [goal for goal in goals if goal] or request.objectives or [f"Understand {request.topic}"]
    )
    subject = request.subject or "science"
    return {
        "analyse": {
            "title": title,
            "topic": request.topic[:200],
            "subject": subject if subject in get_args(Subject) else "science",
            "summary": text[:2_000] or title,
            "standards": [],
            "key_ideas": goals[:8],
            "misconceptions": [],
        },
        "outline": {
            "objectives": [{"text": goal, "bloom": "understand"} for goal in goals[:10]],
            "activities": _activities(lesson, request),
            "vocabulary": [],
            "teacher_notes": _notes(asked, _list(quiz.get("questions"))),
            "accommodations": request.accommodations,
        },
        "world": {
            "environment": _environment(answer, request),
            "zones": _zones(title, text, goals),
        },
        "interactions": {"objects": []},
        "quiz": {"questions": [form.model_dump(mode="json") for form in asked]},
    }


def _notes(asked: list[drafts.QuestionForm], sent: list[Any]) -> str:
    lost = len(sent) - len(asked)
    said = [
        "The text, the objectives and the questions come from the ToolBoxAI platform.",
        "The minutes and the places of the world were laid out by the Companion.",
        f"{lost} of its questions contradicted themselves and were left out." if lost else "",
        "" if asked else "It sent no questions: write the quiz before you approve the lesson.",
    ]
    return " ".join(one for one in said if one)


def _activities(lesson: dict[str, Any], request: LessonRequest) -> list[dict[str, Any]]:
    named = [_line(one, 190) for one in _list(lesson.get("activities"))]
    named = [name for name in named if name][:8] or ["Walk through the world"]
    share, rest = divmod(request.duration_minutes, len(named))
    return [
        {"kind": "explore", "title": name, "minutes": share + (rest if number == 0 else 0),
         "description": ""}
        for number, name in enumerate(named)
    ]  # fmt: skip


def _zones(title: str, text: str, goals: list[str]) -> list[dict[str, str]]:
    """The welcome, then the platform's own text in pieces, then the end."""
    paragraphs = [piece.strip()[:1_000] for piece in text.split("\n\n") if piece.strip()][:6]
    told = paragraphs or [goal[:1_000] for goal in goals[:6]]
    middle = [
        {"title": f"Part {number} of {len(told)}", "text": one}
        for number, one in enumerate(told, 1)
    ]
    return [{"title": title, "text": goals[0][:1_000]}, *middle, {"title": "The end", "text": ""}]


def _environment(answer: dict[str, Any], request: LessonRequest) -> str:
    said = _part(answer, "terrain_config").get("environment_type")
    return request.environment or (str(said) if said in ENVIRONMENTS else "classroom")


def _question(told: object) -> drafts.QuestionForm | None:
    """One of the platform's questions, or None when it contradicts itself."""
    if not isinstance(told, dict):
        return None
    choices = [_line(one, 500) for one in _list(told.get("options"))]
    answer = told.get("correct_answer")
    kind = str(told.get("type", "multiple_choice"))
    try:
        form = drafts.QuestionForm.model_validate(
            {
                "kind": kind if kind in NAMES else "multiple_choice",
                "prompt": _line(told.get("question"), 1_000),
                "choices": choices,
                "answer": [_line(one, 500) for one in _list(answer)] or [_line(answer, 500)],
                "explanation": _line(told.get("explanation"), 1_000) or "No explanation was sent.",
            }
        )
    except ValueError:
        return None
    return None if rules.quiz(drafts.Quiz(questions=[form]), 1, [form.kind]) else form


def _part(answer: dict[str, Any], name: str) -> dict[str, Any]:
    value = answer.get(name)
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value[:100] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _line(value: object, most: int) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return " ".join(str(value).split())[:most] if isinstance(value, (str, int, float)) else ""
