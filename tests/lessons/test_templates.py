"""Templates teach every subject in every grade, rightly, and the same for the same seed."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.lessons import builder, luau, package, quiz_checks, templates
from desktop.lessons.request import LessonRequest, QuizRequest, from_sentence
from desktop.lessons.schema import ENVIRONMENTS, INTERACTIONS
from desktop.lessons.templates import catalogue, quiz
from desktop.lessons.templates.topic import Topic
from tests.lessons import made

SUBJECTS = ("mathematics", "science", "history", "language", "computing")
TOPICS = pytest.mark.parametrize("topic", catalogue.topics(), ids=lambda topic: topic.id)


def request_for(topic: Topic, grade: int, **wishes: object) -> LessonRequest:
    return LessonRequest.model_validate({"topic": topic.title, "grade_level": grade, **wishes})


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("grade", range(13))
def test_every_subject_has_a_topic_for_every_grade(subject: str, grade: int) -> None:
    topics = catalogue.for_grade(grade, subject)
    assert topics
    lesson = made.generated(request_for(topics[grade % len(topics)], grade))
    assert (lesson.subject, lesson.grade_level) == (subject, grade)
    build = builder.build(lesson, lesson_id="x", telemetry=None)
    assert [luau.syntax_fault(source) for source in build.scripts.values()] == [None] * 13


@TOPICS
def test_a_topic_makes_twenty_fair_questions_at_both_ends_of_its_grades(topic: Topic) -> None:
    for seed, grade in enumerate(topic.grades):
        request = request_for(topic, grade, quiz={"questions": 20})
        lesson = made.generated(request, seed)
        assert package.load(package.dump(lesson)) == lesson
        assert len({question.prompt for question in lesson.quiz}) == 20
        assert quiz_checks.check(lesson.quiz) == []


@TOPICS
def test_a_topic_is_found_by_its_title_and_by_each_of_its_names(topic: Topic) -> None:
    grade = topic.grades[0]
    assert catalogue.find(request_for(topic, grade)) is topic
    for keyword in topic.keywords:
        request = LessonRequest(topic=keyword, grade_level=grade, subject=topic.subject)
        found = catalogue.find(request)
        assert catalogue.score(found, keyword) >= catalogue.score(topic, keyword) > 0


@pytest.mark.parametrize(
    ("sentence", "topic"),
    [
        ("fractions on a number line, grade 4", "fractions_number_line"),
        ("Photosynthesis for 7th graders", "photosynthesis"),
        ("why do we have Roman aqueducts? ancient Rome, grade 6", "ancient_rome"),
        ("World War I, grade 9", "world_war_1"),
        ("World War II, grade 9", "world_war_2"),
        ("similes and metaphors, grade 5", "figurative_language"),
        ("el ciclo del agua, 3er grado", "water_cycle"),
        ("la Guerra Fría, 10.º grado", "cold_war"),
        ("tablas de multiplicar, 3.º grado", "multiplication"),
        ("quadratic equations grade 10", "quadratics"),
    ],
)
def test_a_sentence_finds_its_topic(sentence: str, topic: str) -> None:
    assert catalogue.find(from_sentence(sentence)).id == topic


def test_an_unknown_topic_is_refused_with_a_list_of_what_there_is() -> None:
    with pytest.raises(catalogue.UnknownTopic) as caught:
        catalogue.find(from_sentence("underwater basket weaving, grade 4"))
    assert "No template teaches 'underwater basket weaving'" in str(caught.value)
    assert "Fractions on a number line" in caught.value.mend
    assert "Trigonometry" not in caught.value.mend


def test_a_topic_far_outside_its_grades_is_refused() -> None:
    with pytest.raises(catalogue.UnknownTopic, match="Trigonometry: grade 10 to 12"):
        catalogue.find(from_sentence("trigonometry, grade 3"))


def test_a_topic_may_be_repeated_two_grades_later() -> None:
    assert catalogue.find(from_sentence("fractions, grade 7")).id == "fractions_number_line"


def test_the_lesson_says_that_no_ai_made_it() -> None:
    lesson = made.fractions()
    assert lesson.provenance.provider == "template"
    assert lesson.provenance.template == "fractions_number_line"
    assert "made from a template, without AI" in lesson.teacher_notes
    assert lesson.provenance.time == "2026-11-23T08:00:00.000Z"


def test_a_lesson_that_was_asked_for_in_spanish_says_that_it_is_in_english() -> None:
    lesson = made.generated(from_sentence("fracciones, 4.º grado"))
    assert lesson.language == "en"
    assert "this lesson is in English" in lesson.teacher_notes


def test_wishes_of_the_request_reach_the_lesson() -> None:
    lesson = made.generated(
        LessonRequest(
            topic="cells", grade_level=7, duration_minutes=60, environment="underwater",
            interaction="solve", standards=["MS-LS1-2", "XX-1"], objectives=["Draw a cell."],
            accommodations=["Large print for two students."], notes="Bring onions.",
        )
    )  # fmt: skip
    assert lesson.timing.minutes == sum(step.minutes for step in lesson.activities) == 60
    assert (lesson.world.environment, lesson.world.interaction) == ("underwater", "solve")
    assert [(one.code, one.verified) for one in lesson.standards] == [
        ("MS-LS1-2", True),
        ("XX-1", False),
    ]
    assert lesson.objectives[-1].text == "Draw a cell."
    assert lesson.accommodations[-1] == "Asked for: Large print for two students."
    assert "Bring onions." in lesson.teacher_notes


def test_stages_come_in_their_order_and_only_the_last_has_the_lesson() -> None:
    request = from_sentence("cells, grade 7")
    stages = list(templates.generate(request, seed=1, now=made.NOW))
    assert [stage.name for stage in stages] == [
        "analyse", "outline", "world", "interactions", "quiz", "script", "validate",
    ]  # fmt: skip
    assert [stage.index for stage in stages] == list(range(1, 8))
    assert [stage.package is not None for stage in stages] == [False] * 6 + [True]


def test_difficulty_rises_through_the_quiz() -> None:
    for topic in catalogue.topics()[::5]:
        lesson = made.generated(request_for(topic, topic.grades[1]))
        points = [question.points for question in lesson.quiz]
        assert points == sorted(points)
        assert points[0] < points[-1]


def test_a_harder_quiz_asks_more_hard_questions() -> None:
    def points(difficulty: str) -> float:
        request = LessonRequest.model_validate(
            {"topic": "quadratics", "grade_level": 10, "difficulty": difficulty}
        )
        return sum(question.points for question in made.generated(request).quiz)

    assert points("easy") < points("medium") < points("expert")


def test_only_the_wanted_kinds_are_asked() -> None:
    request = LessonRequest(
        topic="ancient egypt", grade_level=5, quiz=QuizRequest(questions=6, kinds=["true_false"])
    )
    assert {question.kind for question in made.generated(request).quiz} == {"true_false"}


def test_more_questions_than_a_template_has_are_refused_with_their_number() -> None:
    request = LessonRequest(
        topic="ancient egypt", grade_level=5, quiz=QuizRequest(questions=9, kinds=["true_false"])
    )
    with pytest.raises(quiz.TooFewQuestions, match="has 6 questions of these kinds"):
        made.generated(request)


def test_another_seed_makes_another_quiz() -> None:
    request = from_sentence("quadratics, grade 10")
    assert made.generated(request, 1).quiz != made.generated(request, 2).quiz


def test_right_choices_stand_in_all_places_about_equally_often() -> None:
    places = [0, 0, 0, 0]
    for seed in range(20):
        for question in made.generated(from_sentence("cells, grade 7"), seed).quiz:
            if question.kind == "multiple_choice":
                places[question.choices.index(str(question.answer))] += 1
    assert min(places) > 0.7 * max(places)


@settings(max_examples=25)
@given(
    topic=st.sampled_from(catalogue.topics()),
    seed=st.integers(0, 2**63 - 1),
    questions=st.integers(1, 20),
    environment=st.sampled_from(ENVIRONMENTS),
    interaction=st.sampled_from(INTERACTIONS),
    difficulty=st.sampled_from(["easy", "medium", "hard", "expert"]),
    minutes=st.integers(15, 180),
)
def test_any_wish_becomes_a_lesson_that_passes_its_checks(
    topic: Topic,
    seed: int,
    questions: int,
    environment: str,
    interaction: str,
    difficulty: str,
    minutes: int,
) -> None:
    request = request_for(
        topic,
        topic.grades[0],
        quiz={"questions": questions},
        environment=environment,
        interaction=interaction,
        difficulty=difficulty,
        duration_minutes=minutes,
    )
    lesson = made.generated(request, seed)
    assert len(lesson.quiz) == questions
    assert package.load(package.dump(lesson)) == lesson
    assert not [one for one in quiz_checks.check(lesson.quiz) if one.severe]
    asked = [one for zone in lesson.world.zones for one in zone.question_ids]
    assert asked == [question.id for question in lesson.quiz]


REBUILD = """
import datetime as dt, hashlib, sys
from desktop.lessons import builder, package, templates
from desktop.lessons.request import from_sentence
from desktop.studio import rbxmx
for sentence in ("fractions, grade 4", "world war ii, grade 9", "figurative language, grade 6"):
    request = from_sentence(sentence)
    *_, last = templates.generate(request, seed=7, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    build = builder.build(last.package, lesson_id="l", telemetry=None)
    told = package.dump(last.package).encode() + rbxmx.write_build(build)
    print(hashlib.sha256(told).hexdigest(), build.package_sha256)
"""


def test_two_processes_make_the_same_bytes() -> None:
    root = Path(__file__).parents[2]
    told = [
        subprocess.run(
            [sys.executable, "-c", REBUILD],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "12345")
    ]
    assert told[0] == told[1]
    assert len(told[0].split()) == 6


@TOPICS
def test_no_fact_is_told_twice_and_every_question_has_a_reason(topic: Topic) -> None:
    drafts = []
    for number, draft in enumerate(topic.drafts(random.Random(3), topic.grades[1])):
        drafts.append(draft)
        if number > 60:
            break
    assert all(draft.why.strip() for draft in drafts)
    assert all(draft.right not in draft.wrong for draft in drafts)
    assert {1, 2, 3} >= {draft.level for draft in drafts} >= {1, 2}
