"""The verbs of a teacher: each checks its rule and leaves one op behind."""

import datetime as dt
from typing import Any

import pytest

from desktop.actions import assessments, attendance, classes, grades, lessons, roster, xp
from desktop.errors import WrongUse
from desktop.storage import outbox, records, sending
from desktop.storage.errors import InvalidEdit, UnknownRecord

QUIZ = [
    {"id": "q1", "kind": "true_false", "prompt": "?", "answer": "true", "points": 2.0},
    {"id": "q2", "kind": "true_false", "prompt": "?", "answer": "false"},
]
PACKAGE = {"title": "Fractions", "subject": "mathematics", "grade_level": 4, "summary": "Halves.",
           "quiz": QUIZ}  # fmt: skip


@pytest.fixture
def group(act: Any) -> Any:
    return act(classes.create_class, " 5B ", room="12")


@pytest.fixture
def ana(act: Any, group: Any) -> Any:
    return act(roster.enrol, group, given_name="Ana", family_name="Ruiz")


@pytest.fixture
def quiz(act: Any, group: Any) -> Any:
    return act(assessments.open_assessment, act(lessons.save_lesson, PACKAGE), group)


def _local(ask: Any, collection: Any, id_: str) -> Any:
    return ask(records.get, collection, id_).local


def test_a_class_is_made_changed_and_put_away(act: Any, ask: Any, group: Any) -> None:
    assert _local(ask, "classes", group)["name"] == "5B"
    act(classes.change_class, group, time_zone="Europe/Madrid")
    act(classes.archive_class, group)
    found = _local(ask, "classes", group)
    assert (found["time_zone"], found["archived"], found["room"]) == ("Europe/Madrid", True, "12")
    act(classes.archive_class, group, archived=False)
    assert not _local(ask, "classes", group)["archived"]
    with pytest.raises(InvalidEdit, match="name"):
        act(classes.create_class, "  ")


def test_a_student_is_enrolled_in_several_classes_and_leaves_one(
    act: Any, ask: Any, group: Any, ana: Any
) -> None:
    other = act(classes.create_class, "6A")
    assert act(roster.enrol, other, ana) == ana
    assert _local(ask, "students", ana)["class_ids"] == [group, other]
    act(roster.unenrol, group, ana)
    assert _local(ask, "students", ana)["class_ids"] == [other]
    act(roster.change_student, ana, alias="Comet")
    assert _local(ask, "students", ana)["alias"] == "Comet"


def test_nobody_is_enrolled_without_a_name_or_into_nothing(act: Any, ask: Any, group: Any) -> None:
    with pytest.raises(InvalidEdit, match="A student needs a name"):
        act(roster.enrol, group, given_name=" ")
    with pytest.raises(UnknownRecord, match="class is no longer here"):
        act(roster.enrol, "nowhere", given_name="Ana")


def test_xp_is_given_to_each_student_once(act: Any, ask: Any, group: Any, ana: Any) -> None:
    wei = act(roster.enrol, group, given_name="Wei")
    given = act(xp.award, group, [ana, wei, ana], 25, "Good question")
    assert len(given) == 2
    award = _local(ask, "xp_awards", given[0])
    assert (award["student_id"], award["xp"], award["reason"]) == (ana, 25, "Good question")
    assert (award["source"], award["awarded_at"]) == ("teacher", "2026-11-18T09:00:00.000Z")


def test_when_one_student_cannot_get_xp_nobody_does(
    act: Any, ask: Any, group: Any, ana: Any
) -> None:
    stranger = act(roster.enrol, act(classes.create_class, "6A"), given_name="Eve")
    for students, points, error in (
        ([ana, "nobody"], 5, UnknownRecord),
        ([ana, stranger], 5, WrongUse),
        ([], 5, WrongUse),
        ([ana], 0, WrongUse),
        ([ana], 10**7, InvalidEdit),
    ):
        with pytest.raises(error):
            act(xp.award, group, students, points)
    assert ask(records.find, "xp_awards") == []


def test_a_score_is_set_and_cleared_on_purpose(act: Any, ask: Any, ana: Any, quiz: Any) -> None:
    work = act(grades.record_score, quiz, ana, 2)
    assert _local(ask, "submissions", work)["max_score"] == 3.0
    act(grades.set_score, work, 2.5)
    found = _local(ask, "submissions", work)
    assert (found["score"], found["status"]) == (2.5, "graded")
    assert found["graded_at"] == "2026-11-18T09:00:00.000Z"
    act(grades.set_score, work, None)
    found = _local(ask, "submissions", work)
    assert (found["score"], found["status"], found["graded_at"]) == (None, "missing", None)


def test_work_that_was_handed_in_waits_for_a_grade_again_once_its_grade_is_cleared(
    act: Any, ask: Any, ana: Any, group: Any, quiz: Any
) -> None:
    work = act(
        outbox.create, "submissions",
        {"assessment_id": quiz, "student_id": ana, "class_id": group, "max_score": 3.0,
         "submitted_at": "2026-11-17T09:00:00Z"},
    ).id  # fmt: skip
    act(grades.set_score, work, 1)
    act(grades.set_score, work, None)
    assert _local(ask, "submissions", work)["status"] == "submitted"


def test_a_score_that_cannot_stand_is_refused(act: Any, ask: Any, ana: Any, quiz: Any) -> None:
    with pytest.raises(InvalidEdit, match="more than twice the maximum of 3"):
        act(grades.record_score, quiz, ana, 7)
    work = act(grades.record_score, quiz, ana, 3)
    with pytest.raises(InvalidEdit, match="cannot be below 0"):
        act(grades.set_score, work, -1)
    with pytest.raises(UnknownRecord, match="submission is no longer here"):
        act(grades.set_score, "nothing", 1)
    assert _local(ask, "submissions", work)["score"] == 3.0


def test_a_pasted_column_never_lets_a_blank_take_a_grade(
    act: Any, ask: Any, group: Any, ana: Any, quiz: Any
) -> None:
    wei = act(roster.enrol, group, given_name="Wei")
    eve = act(roster.enrol, group, given_name="Eve")
    work = act(grades.record_score, quiz, ana, 2)
    written = act(grades.paste_scores, quiz, {ana: None, wei: 3.0, eve: None})
    assert len(written) == 1
    assert _local(ask, "submissions", work)["score"] == 2.0
    assert len(ask(records.find, "submissions")) == 2
    with pytest.raises(InvalidEdit):
        act(grades.paste_scores, quiz, {ana: 1.0, wei: 99.0})
    assert _local(ask, "submissions", work)["score"] == 2.0


def test_feedback_is_written_next_to_the_grade(act: Any, ask: Any, ana: Any, quiz: Any) -> None:
    work = act(grades.record_score, quiz, ana, 2)
    act(grades.set_feedback, work, "Look at halves again.")
    assert _local(ask, "submissions", work)["feedback"] == "Look at halves again."


def test_a_lesson_is_kept_approved_given_to_classes_and_put_away(
    act: Any, ask: Any, group: Any
) -> None:
    lesson = act(lessons.save_lesson, PACKAGE, class_ids=[group])
    found = _local(ask, "lessons", lesson)
    assert (found["title"], found["status"], found["class_ids"]) == ("Fractions", "draft", [group])
    assert found["package"] == PACKAGE
    act(lessons.approve_lesson, lesson)
    other = act(classes.create_class, "6A")
    act(lessons.assign_lesson, lesson, [other, group], due_at="2026-12-01T08:00:00Z")
    found = _local(ask, "lessons", lesson)
    assert (found["status"], found["class_ids"]) == ("approved", [group, other])
    assert found["due_at"] == "2026-12-01T08:00:00Z"
    act(lessons.archive_lesson, lesson)
    assert _local(ask, "lessons", lesson)["status"] == "archived"


def test_a_lesson_whose_content_changes_is_a_draft_again(act: Any, ask: Any) -> None:
    lesson = act(lessons.save_lesson, PACKAGE)
    act(lessons.approve_lesson, lesson)
    act(lessons.save_lesson, PACKAGE, lesson_id=lesson)
    assert _local(ask, "lessons", lesson)["status"] == "approved"
    act(lessons.save_lesson, {**PACKAGE, "title": "Thirds"}, lesson_id=lesson)
    found = _local(ask, "lessons", lesson)
    assert (found["title"], found["status"]) == ("Thirds", "draft")


def test_a_lesson_needs_a_title_and_classes_that_exist(act: Any, ask: Any) -> None:
    with pytest.raises(InvalidEdit, match="title"):
        act(lessons.save_lesson, {"summary": "x"})
    with pytest.raises(UnknownRecord):
        act(lessons.save_lesson, PACKAGE, class_ids=["nowhere"])
    with pytest.raises(UnknownRecord, match="lesson is no longer here"):
        act(lessons.approve_lesson, "nothing")
    assert ask(sending.count) == 0


def test_the_quiz_of_a_lesson_becomes_an_assessment(
    act: Any, ask: Any, group: Any, quiz: Any
) -> None:
    found = _local(ask, "assessments", quiz)
    assert (found["title"], found["class_id"], found["status"]) == ("Fractions", group, "open")
    assert (found["max_score"], found["questions"]) == (3.0, QUIZ)
    act(assessments.close_assessment, quiz)
    assert _local(ask, "assessments", quiz)["status"] == "closed"
    empty = act(lessons.save_lesson, {"title": "No quiz"})
    with pytest.raises(WrongUse, match="'No quiz' has no quiz"):
        act(assessments.open_assessment, empty, group)


def test_attendance_is_one_mark_a_day(act: Any, ask: Any, group: Any, ana: Any) -> None:
    day = dt.date(2026, 11, 18)
    act(attendance.mark, group, [ana], day, "absent")
    act(attendance.mark, group, [ana], day, "excused", "dentist")
    act(attendance.mark, group, [ana], day + dt.timedelta(days=1), "present")
    marks = [(one.local["day"], one.local["state"], one.local["note"])
             for one in ask(records.find, "attendance")]  # fmt: skip
    assert marks == [("2026-11-18", "excused", "dentist"), ("2026-11-19", "present", "")]
    with pytest.raises(UnknownRecord):
        act(attendance.mark, group, [ana, "nobody"], day, "present")


def test_a_copy_of_a_lesson_is_a_draft_of_no_class(act: Any, ask: Any, group: Any) -> None:
    lesson = act(lessons.save_lesson, PACKAGE, class_ids=[group])
    act(lessons.tag_lesson, lesson, ["autumn"])
    act(lessons.approve_lesson, lesson)
    copy = act(lessons.duplicate_lesson, lesson, "Fractions (copy)")
    found = _local(ask, "lessons", copy)
    assert (found["title"], found["status"]) == ("Fractions (copy)", "draft")
    assert found["package"] == {**PACKAGE, "title": "Fractions (copy)"}
    assert (found["tags"], found["class_ids"], found["due_at"]) == (["autumn"], [], None)
    long = act(lessons.duplicate_lesson, lesson, "x" * 300)
    assert len(_local(ask, "lessons", long)["title"]) == lessons.LONGEST_TITLE


def test_words_are_put_on_a_lesson_and_taken_off(act: Any, ask: Any) -> None:
    lesson = act(lessons.save_lesson, PACKAGE)
    act(lessons.tag_lesson, lesson, ["autumn", "team"])
    act(lessons.tag_lesson, lesson, ["team", "exam"], ["autumn"])
    assert _local(ask, "lessons", lesson)["tags"] == ["team", "exam"]
    waiting = ask(sending.count)
    act(lessons.tag_lesson, lesson, ["exam"], ["nothing"])
    assert ask(sending.count) == waiting
    with pytest.raises(InvalidEdit):
        act(lessons.tag_lesson, lesson, ["x" * 81])


def test_a_lesson_that_was_put_away_comes_back_as_a_draft(act: Any, ask: Any) -> None:
    lesson = act(lessons.save_lesson, PACKAGE)
    act(lessons.approve_lesson, lesson)
    act(lessons.archive_lesson, lesson)
    act(lessons.restore_lesson, lesson)
    assert _local(ask, "lessons", lesson)["status"] == "draft"
