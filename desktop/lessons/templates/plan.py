"""The plan for the classroom: activities whose minutes add up, notes, and accommodations."""

from desktop.lessons import standards
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import Activity, ActivityKind
from desktop.lessons.templates.topic import Topic

Step = tuple[ActivityKind, str, int, str]

ACCOMMODATIONS = (
    "Everything that must be read in the world can be made larger with the text-size button.",
    "Captions show in writing whatever the world announces.",
    "Nothing is timed: students may stop, read again, and answer a question again.",
    "Right and wrong are told by words and shapes, never by colour alone.",
)


def activities(topic: Topic, request: LessonRequest) -> list[Activity]:
    """Five steps that share the minutes; what does not divide goes to the time in the world."""
    steps = _steps(topic)
    total = request.duration_minutes
    minutes = [max(1, total * share // 100) for _, _, share, _ in steps]
    minutes[2] += total - sum(minutes)
    return [
        Activity(id=f"a{number}", kind=kind, title=title, minutes=span, description=text)
        for number, ((kind, title, _, text), span) in enumerate(zip(steps, minutes, strict=True), 1)
    ]


def _steps(topic: Topic) -> tuple[Step, ...]:
    words = ", ".join(term for term, _ in topic.terms[:3])
    first_card, first_text = topic.cards[0]
    know = (
        f"Write '{topic.title}' on the board. Students tell a partner what they know, and guess "
        f"what these words mean: {words}."
    )
    teach = f"{first_text} Explain it on the board, and draw '{topic.row.title}' together."
    walk = (
        "Students walk the path, read the signs, look at the exhibits and answer the questions at "
        "the stations. They may answer again; the first answer counts."
    )
    ticket = (
        "Each student writes one thing they are sure of and one question they still have. Go "
        "through the question that most answered wrongly."
    )
    return (
        ("warm_up", "What do we know?", 10, know),
        ("teach", first_card, 20, teach),
        ("explore", "Walk through the world", 40, walk),
        ("discuss", "Talk about it", 15, topic.discuss),
        ("wrap_up", "Exit ticket", 15, ticket),
    )


def teacher_notes(topic: Topic, request: LessonRequest, notice: str) -> str:
    """What a teacher should know: where it comes from, what to watch for, and their own notes."""
    cards = "\n".join(f"- {title}: {text}" for title, text in topic.cards)
    parts = [
        "This lesson was made from a template, without AI. Read it through before you approve it.",
        notice,
        f"The main ideas:\n{cards}",
        _codes(request),
        f"Your notes: {request.notes}" if request.notes else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _codes(request: LessonRequest) -> str:
    unknown = [code for code in request.standards if standards.find(code) is None]
    if not unknown:
        return ""
    return f"Not verified: {', '.join(unknown)} stands in no list of standards that we have."


def accommodations(request: LessonRequest) -> list[str]:
    """What the world does for everybody, then what the teacher asked for."""
    return [*ACCOMMODATIONS, *(f"Asked for: {wish}" for wish in request.accommodations)]
