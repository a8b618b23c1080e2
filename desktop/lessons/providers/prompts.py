"""The words a model is asked with, from a file that carries their version."""

import functools
import json
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import Interaction, PartName, Source

FILE = "lesson-2.toml"
MOST_CLAIMS = 20
PASSAGE_CHARACTERS = 60_000
"""What of the sources goes into one question: more would crowd out the question itself."""

INTERACTIONS: dict[Interaction, str] = {
    "explore": "explore: they discover things on their own",
    "solve": "solve: they open the way by solving problems",
    "collaborate": "collaborate: they work out answers together",
    "simulate": "simulate: they predict, then try it out",
    "create": "create: they collect ideas and build something of their own",
}


@functools.cache
def _words() -> Mapping[str, Any]:
    file = resources.files("desktop.lessons.providers").joinpath("prompts", FILE)
    return tomllib.loads(file.read_text(encoding="utf-8"))


def version() -> str:
    """The version that the provenance names."""
    return str(_words()["version"])


def system() -> str:
    """Who the model is and what always holds."""
    return str(_words()["system"]).strip()


def make(stage: str, request: LessonRequest, drafts: Mapping[str, object]) -> str:
    """What is asked at a stage: the request, what is decided so far, and the task."""
    words = _words()
    pieces = [_fill(words["request"], request=_asked(request))]
    if request.sources:
        pieces.append(_fill(words["passages"], passages=_told(request.sources)))
    if drafts:
        pieces.append(_fill(words["so_far"], drafts=_json(drafts)))
    task = _fill(
        words["stages"][stage],
        minutes=str(request.duration_minutes),
        environment=request.environment or "the one that suits the topic best",
        interaction=INTERACTIONS[request.interaction],
        questions=str(request.quiz.questions),
        kinds=", ".join(request.quiz.kinds),
        difficulty=request.difficulty,
        claims=str(MOST_CLAIMS),
    )
    return "\n".join([*pieces, task]).strip()


def revise(package: LessonPackage, part: PartName, instruction: str) -> str:
    """What is asked when one part is made anew."""
    words = _words()["revise"]
    rules = _fill(
        words["rules"][part],
        minutes=str(package.timing.minutes),
        questions=str(len(package.quiz)),
    )
    lesson = package.model_dump(mode="json", exclude={"provenance", "sources", "claims"})
    task = _fill(
        words["task"],
        lesson=_json(lesson),
        part=part,
        instruction=instruction or "Make it better.",
        rules=rules,
    )
    passages = _fill(_words()["passages"], passages=_told(package.sources))
    return "\n".join([words["system"], passages if package.sources else "", task]).strip()


def repair(faults: list[str]) -> str:
    """What is said about an answer that breaks the rules."""
    return _fill(_words()["repair"], faults="\n".join(f"- {fault}" for fault in faults)).strip()


def _fill(text: str, **values: str) -> str:
    # Not str.format: the words may hold braces of their own, and values are never read again.
    pieces: list[str] = []
    rest = text
    while True:
        before, opened, after = rest.partition("{")
        name, closed, behind = after.partition("}")
        if not opened or not closed:
            return "".join([*pieces, rest])
        pieces += [before, values[name]] if name in values else [before, "{", name, "}"]
        rest = behind


def _asked(request: LessonRequest) -> str:
    fields = request.model_dump(mode="json", exclude={"sources", "kind"}, exclude_defaults=True)
    fields["language"] = request.language
    fields["duration_minutes"] = request.duration_minutes
    return _json(fields)


def _told(sources: list[Source]) -> str:
    """The passages, each under its ids, as far as there is room."""
    lines: list[str] = []
    room = PASSAGE_CHARACTERS
    for source in sources:
        for passage in source.passages:
            room -= len(passage.text)
            if room < 0:
                return "\n".join(lines)
            told = {"source": source.id, "passage": passage.id, "text": passage.text}
            lines.append(_json(told))
    return "\n".join(lines)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
