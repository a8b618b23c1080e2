"""What Generate decides: what the wish means, how it is made, and where the lesson goes."""

import asyncio
import json
from asyncio import wrap_future
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.actions import lessons as lesson_actions
from desktop.errors import WrongUse
from desktop.lessons import editing, templates
from desktop.lessons import package as packages
from desktop.lessons import request as requests
from desktop.lessons.editing import Fields
from desktop.lessons.package import InvalidPackage, LessonPackage
from desktop.lessons.request import LessonRequest, QuizRequest
from desktop.lessons.schema import ENVIRONMENTS
from desktop.lessons.templates import Stage
from desktop.storage import records
from desktop.storage.lesson_jobs import StoredJob
from desktop.storage.queries.classes import class_list
from desktop.ui.generate.asking import lesson_of
from desktop.ui.parts import package_words, pushing
from desktop.ui.parts.pushing import Prepared
from desktop.ui.parts.words import SUBJECTS, environment, grade, subject
from desktop.ui.strings import mark, tr

if TYPE_CHECKING:
    from desktop.services import Services

STAGE_NAMES = (
    mark("Understand the wish"),
    mark("Plan the lesson"),
    mark("Shape the world"),
    mark("Place things to do"),
    mark("Write the quiz"),
    mark("Write the scripts"),
    mark("Check everything"),
)
_SEEDS = 1_000_000


@dataclass(frozen=True)
class Wish:
    """What the form holds; None leaves a choice to the sentence, or to us."""

    sentence: str
    grade_level: object = None
    subject: object = None
    environment: object = None
    difficulty: object = "medium"
    minutes: int = 45
    questions: int = 8


def request_of(wish: Wish) -> LessonRequest:
    """The wish as the generator takes it.

    Raises:
        UnclearRequest: no topic or no grade.
    """
    level = wish.grade_level if isinstance(wish.grade_level, int) else None
    said = requests.from_sentence(wish.sentence, grade_level=level)
    return LessonRequest.model_validate(
        said.model_dump()
        | {
            "subject": wish.subject,
            "environment": wish.environment,
            "difficulty": wish.difficulty,
            "duration_minutes": wish.minutes,
            "quiz": QuizRequest(questions=wish.questions).model_dump(),
        }
    )


class GeneratePresenter:
    """Makes one lesson at a time, and keeps the last until it is saved."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._package: LessonPackage | None = None
        self._lesson_id = ""
        self._asked_of: Fields = {}
        """The lesson as it was when a part of it was asked for."""

    async def classes(self) -> list[tuple[str, object]]:
        """The classes a lesson can be given to, and none."""
        found = await wrap_future(self._services.ask(class_list))
        return [(tr("No class yet"), ""), *((one.name, one.id) for one in found)]

    def fault(self, wish: Wish) -> str:
        """Why nothing can be made from `wish`, as a sentence; empty when something can."""
        if not wish.sentence:
            return tr("Say what the lesson is about, for instance “the water cycle, grade 5”.")
        try:
            request_of(wish)
        except requests.UnclearRequest as unclear:
            return str(unclear)
        return ""

    async def make(self, wish: Wish) -> AsyncIterator[Stage]:
        """Make the lesson beside the window, yielding each stage as it is done."""
        request = request_of(wish)
        seed = self._services.chance.randrange(_SEEDS)
        steps = templates.generate(request, seed=seed, now=self._services.clock.now())
        while (stage := await asyncio.to_thread(next, steps, None)) is not None:
            self._package, self._lesson_id = stage.package or self._package, ""
            yield stage

    async def take(self, job: StoredJob) -> None:
        """Look at a lesson that a provider wrote, or wrote anew in part.

        Raises:
            InvalidPackage: it is none.
        """
        self._package = await asyncio.to_thread(lesson_of, job)
        self._lesson_id = job.lesson_id if job.kind == "revise" else ""
        if self._lesson_id:
            asked = packages.load(json.loads(job.body)["package"])
            self._asked_of = asked.model_dump(mode="json")
            await self._onto_what_is_there()

    def shown(self) -> package_words.Shown:
        """The lesson that was made, ready to read."""
        return package_words.shown(self.made)

    async def save(self, class_id: str) -> str:
        """Keep the lesson in the library; returns its id.

        Raises:
            WrongUse: the lesson was changed meanwhile, so that the new part does not fit it.
        """
        if self._lesson_id:
            await self._onto_what_is_there()
        class_ids = [class_id] if class_id else []
        return await wrap_future(
            self._services.act(
                lesson_actions.save_lesson,
                self.made.model_dump(mode="json"),
                class_ids=class_ids,
                lesson_id=self._lesson_id or None,
            )
        )

    async def _onto_what_is_there(self) -> None:
        """Lay the part written anew over the lesson as the library has it by now."""
        found = await wrap_future(self._services.ask(records.get, "lessons", self._lesson_id))
        if found is None or found.seen is None:
            return
        try:
            there = packages.load(found.seen.get("package") or {}).model_dump(mode="json")
            together = editing.rebased(self._asked_of, self.made.model_dump(mode="json"), there)
            self._package = packages.load(together)
        except InvalidPackage as invalid:
            raise WrongUse(
                tr("This lesson was changed meanwhile, and the new part does not fit it: {why}",
                   why=str(invalid)),
                mend=tr("Ask for the part once more; nothing was changed in your library."),
            ) from invalid  # fmt: skip
        self._asked_of = there

    async def prepare(self, lesson_id: str, class_id: str) -> Prepared:
        """What pushing the saved lesson would do."""
        return await pushing.prepare(self._services, self.made, lesson_id, class_id)

    async def push(self, prepared: Prepared, place: str) -> str:
        """Queue what was prepared for the Studio window of `place`; returns the push's id."""
        return await pushing.queue(self._services, prepared, place)

    @property
    def made(self) -> LessonPackage:
        """The lesson that was made last."""
        if self._package is None:
            raise RuntimeError("nothing was made yet")
        return self._package

    @staticmethod
    def grades() -> list[tuple[str, object]]:
        """The grades of the form; the sentence may say it instead."""
        return [(tr("As the sentence says"), None), *((grade(level), level) for level in range(13))]

    @staticmethod
    def subjects() -> list[tuple[str, object]]:
        """The subjects of the form."""
        return [(tr("As it fits"), None), *((subject(name), name) for name in SUBJECTS)]

    @staticmethod
    def environments() -> list[tuple[str, object]]:
        """The worlds of the form."""
        words = [(environment(name), name) for name in ENVIRONMENTS]
        return [(tr("As it fits"), None), *words]

    @staticmethod
    def difficulties() -> list[tuple[str, object]]:
        """How hard the quiz is."""
        return [(tr("Easy"), "easy"), (tr("Medium"), "medium"), (tr("Hard"), "hard"),
                (tr("Expert"), "expert")]  # fmt: skip

    @staticmethod
    def examples() -> list[str]:
        """Sentences that work, to begin with."""
        return [tr("fractions on a number line, grade 4"), tr("the water cycle, grade 5")]
