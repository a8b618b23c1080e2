"""A LessonPackage in the words of a screen. No Qt."""

from dataclasses import dataclass

from desktop.classroom.questions import Question
from desktop.lessons.schema import Claim, LessonPackage
from desktop.ui.parts.words import figure, grade, subject
from desktop.ui.strings import mark, plural, tr

KINDS = {
    "multiple_choice": mark("Choose one"),
    "true_false": mark("True or false"),
    "short_answer": mark("Short answer"),
    "ordering": mark("Put in order"),
    "matching": mark("Match the pairs"),
}


@dataclass(frozen=True)
class Asked:
    """One question, ready to read."""

    head: str
    prompt: str
    choices: tuple[tuple[str, bool], ...]
    """Each line and whether it is (part of) the right answer."""
    explanation: str


@dataclass(frozen=True)
class Shown:
    """A package, ready to read."""

    title: str
    summary: str
    tags: tuple[tuple[str, str], ...]
    objectives: tuple[str, ...]
    activities: tuple[tuple[str, str, str], ...]
    """Title, length, what happens."""
    vocabulary: tuple[tuple[str, str], ...]
    questions: tuple[Asked, ...]
    notes: str
    standards: tuple[tuple[str, str, bool], ...] = ()
    """Code, field, and whether a published list has it."""
    evidence: tuple[tuple[str, str, bool], ...] = ()
    """Statement, where it comes from, and whether its words really stand there."""


def shown(package: LessonPackage) -> Shown:
    """Everything of a package that a teacher reads before using it."""
    return Shown(
        title=package.title,
        summary=package.summary,
        tags=tags(package),
        objectives=tuple(objective.text for objective in package.objectives),
        activities=tuple(
            (step.title, tr("{count} min", count=step.minutes), step.description)
            for step in package.activities
        ),
        vocabulary=tuple((term.term, term.definition) for term in package.vocabulary),
        questions=tuple(
            _asked(number, question) for number, question in enumerate(package.quiz, 1)
        ),
        notes=package.teacher_notes,
        standards=tuple(
            (one.code, one.description if one.verified else tr("Not verified: no list has it"),
             one.verified)
            for one in package.standards
        ),
        evidence=tuple(
            (claim.text, _whence(package, claim), claim.supported) for claim in package.claims
        ),
    )  # fmt: skip


def _whence(package: LessonPackage, claim: Claim) -> str:
    """The words that carry a statement, with their source and page."""
    if not claim.supported:
        return tr("No passage of your material carries this.")
    source = next(one for one in package.sources if one.id == claim.source)
    page = next((one.page for one in source.passages if one.id == claim.passage), None)
    where = tr("{title}, page {page}", title=source.title, page=page) if page else source.title
    return tr("“{quote}” ({where})", quote=claim.quote, where=where)


def tags(package: LessonPackage) -> tuple[tuple[str, str], ...]:
    """What a lesson is at a glance: words and the tone of each."""
    maker = (
        (tr("Made from a template, without AI"), "plain")
        if package.provenance.template
        else (tr("Made with {provider}", provider=package.provenance.model
                 or package.provenance.provider), "accent")
    )  # fmt: skip
    return (
        (subject(package.subject), "accent"),
        (grade(package.grade_level), "plain"),
        (tr("{count} min", count=package.timing.minutes), "plain"),
        (plural("{count} question", "{count} questions", len(package.quiz)), "plain"),
        maker,
    )


def _asked(number: int, question: Question) -> Asked:
    points = plural("{points} point", "{points} points", int(question.points) or 2,
                    points=figure(question.points))  # fmt: skip
    return Asked(
        head=f"{number}. {tr(KINDS[question.kind])} · {points}",
        prompt=question.prompt,
        choices=_choices(question),
        explanation=question.explanation,
    )


def _choices(question: Question) -> tuple[tuple[str, bool], ...]:
    answer = question.answer
    match question.kind:
        case "multiple_choice":
            return tuple((choice, choice == answer) for choice in question.choices)
        case "true_false":
            return ((tr("True"), answer == "true"), (tr("False"), answer == "false"))
        case "ordering":
            return tuple((f"{at}. {line}", True) for at, line in enumerate(answer, 1))
        case "matching":
            pairs = zip(question.choices, answer, strict=True)
            return tuple((f"{left} → {right}", True) for left, right in pairs)
        case "short_answer":
            return tuple((spelling, True) for spelling in answer)
