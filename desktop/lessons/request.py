"""What a teacher asks for: the fields of a generation job, from a form or from one sentence."""

import re
import unicodedata
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from desktop.classroom.questions import Difficulty, QuestionKind
from desktop.errors import WrongUse
from desktop.lessons.schema import Environment, Interaction, LessonPackage, Source, Subject
from desktop.sentences import say

ALL_KINDS: list[QuestionKind] = [
    "multiple_choice",
    "true_false",
    "short_answer",
    "ordering",
    "matching",
]


class UnclearRequest(WrongUse):
    """The sentence does not say what the lesson is about, or for which grade."""


class QuizRequest(BaseModel):
    """How many questions, and which kinds are welcome."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: Annotated[int, Field(ge=1, le=20)] = 8
    kinds: Annotated[list[QuestionKind], Field(min_length=1, max_length=5)] = ALL_KINDS


Wish = Annotated[str, Field(min_length=1, max_length=500)]


class LessonRequest(BaseModel):
    """A wish for a lesson. `subject` stays None until the topic tells it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["lesson", "quiz", "world"] = "lesson"
    """Which part is wanted most; a template always makes the whole lesson."""
    topic: Annotated[str, Field(min_length=1, max_length=300)]
    grade_level: Annotated[int, Field(ge=0, le=13)]
    subject: Subject | None = None
    objectives: Annotated[list[Wish], Field(max_length=10)] = []
    standards: Annotated[list[Annotated[str, Field(min_length=1, max_length=80)]],
                         Field(max_length=20)] = []  # fmt: skip
    duration_minutes: Annotated[int, Field(ge=15, le=180)] = 45
    difficulty: Difficulty = "medium"
    environment: Environment | None = None
    interaction: Interaction = "explore"
    quiz: QuizRequest = QuizRequest()
    accommodations: Annotated[list[Wish], Field(max_length=20)] = []
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en"
    notes: Annotated[str, Field(max_length=4_000)] = ""
    sources: Annotated[list[Source], Field(max_length=10)] = []
    """What the lesson is to rest on, already read (see `desktop.lessons.sources`)."""


def of_package(package: LessonPackage) -> LessonRequest:
    """The request that a finished lesson would come from: what a revision is asked with."""
    return LessonRequest(
        topic=package.topic,
        grade_level=package.grade_level,
        subject=package.subject if package.subject in get_args(Subject) else None,  # type: ignore[arg-type]
        duration_minutes=min(max(package.timing.minutes, 15), 180),
        environment=package.world.environment,
        interaction=package.world.interaction,
        language=package.language,
    )


def from_sentence(
    sentence: str, *, grade_level: int | None = None, subject: Subject | None = None
) -> LessonRequest:
    """Read `fractions on a number line, grade 4` or `fracciones, 4.º grado` as a request.

    What is passed beside the sentence wins over what the sentence says.

    Raises:
        UnclearRequest: no topic, no grade, or a sentence of more than 300 letters.
    """
    if len(sentence) > 300:
        raise UnclearRequest(
            say("That sentence is too long: say the topic and the grade in one line.")
        )
    topic, said = _without_grade(" ".join(sentence.split()))
    grade = grade_level if grade_level is not None else said
    if not re.search(r"\w", topic):
        raise UnclearRequest(
            say("The sentence does not name a topic."),
            mend=say("Write, for instance, 'fractions on a number line, grade 4'."),
        )
    if grade is None:
        raise UnclearRequest(
            say("Which grade is '{topic}' for?", topic=topic),
            mend=say("Add the grade to the sentence, for instance 'grade 4' or 'kindergarten'."),
        )
    if not 0 <= grade <= 13:
        raise UnclearRequest(
            say("There is no grade {grade}: grades go from 0 (kindergarten) to 13.", grade=grade)
        )
    language = "es" if _is_spanish(sentence) else "en"
    return LessonRequest(topic=topic, grade_level=grade, subject=subject, language=language)


_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "",
            "first one primer primero uno",
            "second two segundo dos",
            "third three tercer tercero tres",
            "fourth four cuarto cuatro",
            "fifth five quinto cinco",
            "sixth six sexto seis",
            "seventh seven septimo siete",
            "eighth eight octavo ocho",
            "ninth nine noveno nueve",
            "tenth ten decimo diez",
            "eleventh eleven undecimo once",
            "twelfth twelve duodecimo doce",
            "thirteenth thirteen trece",
        )
    )
    for word in words.split()
}
_NUMBER = r"(\d{1,3}|" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + ")"
_ORDINAL = r"(?:\s*(?:st|nd|rd|th|\.?\s?º|\.?\s?°|\.?\s?er|\.?\s?o|\.))?"
_LEAD = r"(?:\b(?:for|in|para|de|en|a)\s+)?(?:\b(?:a|the|my|el|la|los|las|mi|mis)\s+)?"
_GRADERS = r"(?:grades?|graders?|grado|grados|curso|de\s+primaria|de\s+secundaria)"
_GRADE_FORMS = (
    (re.compile(rf"{_LEAD}\b(?:years?|ano)\s+{_NUMBER}\b(?:\s+(?:class|students|pupils))?"), -1),
    (re.compile(rf"{_LEAD}\b(?:grades?|grado|curso|gr\.?|g)\s*{_NUMBER}\b"
                r"(?:\s+(?:class|students|pupils))?"), 0),
    (re.compile(rf"{_LEAD}\b{_NUMBER}{_ORDINAL}[\s-]*{_GRADERS}(?![a-z])"), 0),
)  # fmt: skip
_KINDERGARTEN = re.compile(
    rf"{_LEAD}\b(?:kindergart(?:en|eners?|ners?)|reception|jardin de infantes|jardin de ninos"
    r"|preescolar|educacion infantil)\b"
)
_EDGES = " ,;:.-–—()¿?¡!"


def _without_grade(sentence: str) -> tuple[str, int | None]:
    """Split a sentence into its topic and its grade; British `year 9` is grade 8."""
    plain = folded(sentence)
    if len(plain) != len(sentence):
        sentence = plain
    found = _KINDERGARTEN.search(plain)
    if found:
        return _cut(sentence, found), 0
    for form, shift in _GRADE_FORMS:
        found = form.search(plain)
        if found:
            word = found[1]
            number = int(word) if word.isdigit() else _NUMBER_WORDS[word]
            return _cut(sentence, found), number + shift
    return sentence.strip(_EDGES), None


def _cut(sentence: str, found: "re.Match[str]") -> str:
    left = sentence[: found.start()].rstrip(_EDGES)
    right = sentence[found.end() :].strip(_EDGES)
    return re.sub(r"\s+(?:for|in|para|de|en)$", "", f"{left} {right}".strip(_EDGES))


def folded(text: str) -> str:
    """Lower case without accents, letter for letter, so that places in the text stay the same."""
    letters = []
    for letter in text:
        plain = "".join(
            part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)
        ).lower()
        letters.append(plain if len(plain) == 1 else letter)
    return "".join(letters)


def _is_spanish(sentence: str) -> bool:
    words = set(re.findall(r"[^\W\d_]+", folded(sentence)))
    telling = {"grado", "curso", "primaria", "secundaria", "ano", "para", "el", "la", "los", "las",
               "de", "del", "en", "una", "preescolar", "y"}  # fmt: skip
    return bool(words & {"grado", "curso", "primaria", "secundaria", "preescolar"}) or (
        len(words & telling) >= 2
    )
