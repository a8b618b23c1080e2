"""What the screens ask, answered from a cache with a small class in it."""

import datetime as dt
from typing import Any

import pytest

from desktop.actions import roster, xp
from desktop.classroom.analytics import Average
from desktop.errors import WrongUse
from desktop.storage import ingest, outbox, rejections, sending
from desktop.storage.queries import (
    analytics,
    classes,
    leaderboards,
    lessons,
    sync_status,
    today,
)

NOW = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)  # a Wednesday


def _at(days: Any = 0, hours: Any = 0) -> Any:
    moment = NOW - dt.timedelta(days=days, hours=hours)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.fixture
def school(act: Any, said: Any) -> Any:
    """Class c1 with Ana (busy), Wei (quiet and weak) and Eve (never there); c2 is empty."""
    version = iter(range(1, 10_000))

    def say(collection: Any, id_: str, **data: bytes) -> Any:
        return said(collection, id_, next(version), **data)

    def event(student: str, days: Any, kind: Any = "joined", **data: bytes) -> Any:
        number = next(version)
        return said("progress_events", f"e{number}", number, student_id=student, class_id="c1",
                    lesson_id="l1", kind=kind, at=_at(days), data=data)  # fmt: skip

    def answers(student: str, days: Any, rights: Any, standard: Any = "4.NF.1") -> Any:
        return [event(student, days, "answer", correct=right, standard=standard, question_id="q")
                for right in rights]  # fmt: skip

    page = [
        say("classes", "c1", name="5B", subject="maths", time_zone="Europe/Madrid"),
        say("classes", "c2", name="1A", archived=False),
        say("classes", "c3", name="Old", archived=True),
        say("students", "ana", given_name="Ana", family_name="Ruiz", class_ids=["c1"],
            alias="Comet"),
        say("students", "wei", given_name="Wei", family_name="Li", class_ids=["c1"]),
        say("students", "eve", given_name="Eve", family_name="Adams", class_ids=["c1"]),
        say("students", "gone", given_name="Was", family_name="Here", class_ids=[]),
        say("lessons", "l1", title="Fractions", subject="mathematics", grade_level=4,
            class_ids=["c1"], status="approved", package={"quiz": [{}, {}]}, summary="Halves."),
        say("lessons", "l2", title="Away", status="archived", class_ids=[]),
        say("assessments", "a1", title="Fractions quiz", class_id="c1", lesson_id="l1",
            status="open", max_score=10.0, due_at=_at(-3)),
        say("assessments", "a2", title="Later", class_id="c1", status="open", due_at=_at(-30)),
        say("submissions", "s1", assessment_id="a1", student_id="ana", class_id="c1", score=9.0,
            max_score=10.0, status="graded", submitted_at=_at(1)),
        say("submissions", "s2", assessment_id="a1", student_id="wei", class_id="c1", score=None,
            max_score=10.0, status="submitted", submitted_at=_at(9)),
        say("attendance", "t1", student_id="ana", class_id="c1", day="2026-11-16",
            state="present"),
        say("attendance", "t2", student_id="ana", class_id="c1", day="2026-11-17", state="absent"),
        say("attendance", "t3", student_id="ana", class_id="c1", day="2026-11-18",
            state="excused"),
        *(event("ana", days) for days in (0, 1, 2, 5)),
        *answers("ana", 1, [True] * 6),
        *answers("wei", 9, [False] * 6),
        *answers("wei", 9, [True] * 2, standard=""),
        say("xp_awards", "x1", student_id="ana", class_id="c1", xp=90, awarded_at=_at(9)),
        say("xp_awards", "x2", student_id="ana", class_id="c1", xp=30, awarded_at=_at(1)),
        say("xp_awards", "x3", student_id="wei", class_id="c1", xp=120, awarded_at=_at(8)),
        say("xp_awards", "x4", student_id="gone", class_id="c1", xp=999, awarded_at=_at(1)),
    ]  # fmt: skip
    act(ingest.apply_page, page, "c")


def test_a_student_of_two_classes_is_counted_once(act: Any, ask: Any, school: Any) -> None:
    act(outbox.update, "students", "ana", {"class_ids": ["c1", "c2", "c3"]})
    act(outbox.update, "students", "gone", {"class_ids": ["c3"]})
    assert [row.students for row in ask(classes.class_list)] == [1, 3]
    assert ask(today.today, NOW).students == 3


def test_the_list_of_classes_counts_what_is_in_each(ask: Any, school: Any) -> None:
    first, second = ask(classes.class_list)
    assert (first.name, first.students) == ("1A", 0)
    assert (second.name, second.students, second.lessons, second.to_grade) == ("5B", 3, 1, 1)
    assert not second.pending
    assert [row.name for row in ask(classes.class_list, archived=True)] == ["Old"]


def test_a_class_shows_its_roster_with_each_students_figures(ask: Any, school: Any) -> None:
    overview = ask(classes.class_overview, "c1", NOW)
    assert [one.name for one in overview.roster] == ["Eve Adams", "Wei Li", "Ana Ruiz"]
    eve, wei, ana = overview.roster
    assert (ana.xp, ana.level, ana.xp_to_next) == (120, 2, 180)
    assert ana.streak == 4
    assert ana.last_activity == NOW
    assert ana.average == Average(0.9, 1)
    assert ana.attendance == Average(0.5, 2)
    assert ana.at_risk is None
    assert wei.at_risk == "no activity for 9 days and mastery at 30%, below 60%"
    assert (eve.xp, eve.level, eve.streak, eve.last_activity) == (0, 1, 0, None)
    assert eve.at_risk == "no activity yet"
    assert eve.average == Average(None, 0)


def test_a_class_that_is_gone_is_said(ask: Any, school: Any) -> None:
    for question in (classes.class_overview, analytics.class_analytics):
        with pytest.raises(WrongUse, match="no longer here"):
            ask(question, "nothing", NOW)


def test_the_leaderboard_of_all_time_ranks_everybody_who_is_enrolled(ask: Any, school: Any) -> None:
    rows = ask(leaderboards.leaderboard, "c1", "all", NOW)
    assert [(row.rank, row.name, row.xp, row.level) for row in rows] == [
        (1, "Wei Li", 120, 2), (1, "Ana Ruiz", 120, 2), (3, "Eve Adams", 0, 1),
    ]  # fmt: skip
    assert [row.alias for row in rows] == ["Wei", "Comet", "Eve"]
    assert [row.change for row in rows] == [0, 1, None]


def test_the_leaderboard_of_the_week_counts_from_monday_and_keeps_the_level(
    ask: Any, school: Any
) -> None:
    rows = ask(leaderboards.leaderboard, "c1", "week", NOW)
    assert [(row.rank, row.student_id, row.xp, row.level, row.change) for row in rows] == [
        (1, "ana", 30, 2, 1), (2, "eve", 0, 1, None), (2, "wei", 0, 2, -1),
    ]  # fmt: skip


def test_an_award_moves_the_leaderboard_at_once(act: Any, ask: Any, school: Any) -> None:
    act(xp.award, "c1", ["eve"], 500)
    first = ask(leaderboards.leaderboard, "c1", "all", NOW)[0]
    assert (first.student_id, first.level) == ("eve", 3)


def test_analytics_show_mastery_by_standard_with_its_n(ask: Any, school: Any) -> None:
    found = ask(analytics.class_analytics, "c1", NOW)
    (nf, fractions) = found.standards
    assert (nf.standard, nf.answers, nf.not_enough_yet) == ("4.NF.1", 12, 0)
    assert nf.mastery == Average(0.5, 2)
    assert (fractions.standard, fractions.mastery) == ("Fractions", Average(None, 0))
    assert fractions.not_enough_yet == 1
    assert found.average == Average(0.9, 1)
    assert found.attendance == Average(0.5, 2)
    assert found.active_this_week == 1
    quiz = next(one for one in found.assessments if one.assessment_id == "a1")
    assert (quiz.average, quiz.handed_in, quiz.to_grade) == (Average(0.9, 1), 2, 1)
    assert [one.student_id for one in found.at_risk] == ["eve", "wei"]
    assert "No activity for 7 days" in found.rule


def test_today_says_who_falls_behind_what_to_grade_and_what_waits(
    act: Any, ask: Any, clock: Any, school: Any
) -> None:
    act(roster.change_student, "ana", alias="Meteor")
    found = ask(today.today, NOW)
    assert [row.name for row in found.classes] == ["1A", "5B"]
    assert [(one.name, one.class_name) for one in found.falling_behind] == [
        ("Eve Adams", "5B"), ("Wei Li", "5B"),
    ]  # fmt: skip
    (work,) = found.to_grade
    assert (work.title, work.count, work.oldest) == ("Fractions quiz", 1, _at(9))
    assert [one.title for one in found.due_soon] == ["Fractions quiz"]
    assert (found.not_synced, found.not_synced_since) == (1, "2026-11-18T09:00:00.000Z")
    assert (found.conflicts, found.rejected) == (0, 0)


def test_today_is_quiet_in_an_empty_cache(ask: Any) -> None:
    found = ask(today.today, NOW)
    assert (found.classes, found.falling_behind, found.to_grade, found.due_soon) == ((),) * 4
    assert (found.not_synced, found.not_synced_since) == (0, None)


def test_the_library_lists_lessons_without_their_packages(act: Any, ask: Any, school: Any) -> None:
    (row,) = ask(lessons.lesson_library)
    assert (row.title, row.status, row.questions, row.class_names) == (
        "Fractions", "approved", 2, ("5B",),
    )  # fmt: skip
    assert [one.title for one in ask(lessons.lesson_library, archived=True)] == ["Away"]
    assert ask(lessons.lesson_library, class_id="c2") == ()
    assert [one.id for one in ask(lessons.lesson_library, class_id="c1")] == ["l1"]


def test_the_library_is_sorted_as_one_wants_it(act: Any, ask: Any, said: Any, school: Any) -> None:
    page = [
        said("lessons", "l3", 20_000, title="atoms", subject="science", due_at=_at(-9)),
        said("lessons", "l4", 20_001, title="Zero", subject="mathematics", due_at=_at(-2)),
    ]
    act(ingest.apply_page, page, None)
    act(outbox.update, "lessons", "l1", {"summary": "Thirds."})

    def titles(order: Any) -> list[str]:
        return [one.title for one in ask(lessons.lesson_library, order=order)]

    assert titles("changed")[0] == "Fractions"
    assert titles("title") == ["atoms", "Fractions", "Zero"]
    assert titles("subject") == ["Zero", "Fractions", "atoms"]  # by grade within a subject
    assert titles("due") == ["atoms", "Zero", "Fractions"]


def test_a_lesson_comes_with_its_package(ask: Any, school: Any) -> None:
    found = ask(lessons.lesson, "l1")
    assert (found.row.title, found.class_ids, found.package) == (
        "Fractions", ("c1",), {"quiz": [{}, {}]},
    )  # fmt: skip
    with pytest.raises(WrongUse, match="no longer here"):
        ask(lessons.lesson, "nothing")


def test_nothing_waits_when_everything_is_on_the_server(ask: Any, school: Any) -> None:
    status = ask(sync_status.sync_status)
    assert status.is_clear
    assert (status.waiting_count, status.since) == (0, None)


@pytest.mark.parametrize(
    ("collection", "id_", "patch", "words"),
    [
        ("submissions", "s2", {"score": 5.0}, "A grade in Fractions quiz for Wei Li"),
        ("submissions", "s2", {"feedback": "x"}, "Feedback on Fractions quiz for Wei Li"),
        ("students", "ana", {"note": "x"}, "Details of Ana Ruiz"),
        ("students", "ana", {"class_ids": []}, "The classes of Ana Ruiz"),
        ("classes", "c1", {"room": "x"}, "The class 5B"),
        ("lessons", "l1", {"status": "archived"}, "The lesson Fractions"),
        ("assessments", "a1", {"status": "closed"}, "The assessment Fractions quiz"),
        ("attendance", "t1", {"state": "late"}, "Attendance of Ana Ruiz on 2026-11-16"),
    ],
)
def test_what_waits_is_said_in_words(
    act: Any, ask: Any, school: Any, collection: Any, id_: str, patch: Any, words: str
) -> None:
    act(outbox.update, collection, id_, patch)
    status = ask(sync_status.sync_status)
    assert [one.words for one in status.waiting] == [words]
    assert status.waiting[0].held == ""
    assert not status.is_clear


def test_awards_new_students_and_deletions_are_said_in_words_too(
    act: Any, ask: Any, school: Any
) -> None:
    act(xp.award, "c1", ["ana"], 25)
    act(roster.enrol, "c1", given_name="Noa")
    act(outbox.delete, "lessons", "l1")
    assert [one.words for one in ask(sync_status.sync_status).waiting] == [
        "25 XP for Ana Ruiz", "The student Noa", "The deletion of the lesson Fractions",
    ]  # fmt: skip


def test_what_is_held_back_says_why(act: Any, ask: Any, said: Any, school: Any) -> None:
    group = outbox.create
    made = act(group, "classes", {"name": "New"}).id
    act(roster.enrol, made, given_name="Noa")
    act(outbox.update, "classes", "c1", {"room": "mine"})
    act(ingest.apply_page, [said("classes", "c1", 20_000, name="5B", room="theirs")], None)
    status = ask(sync_status.sync_status)
    assert [(one.words, one.held) for one in status.waiting] == [
        ("The class New", ""),
        ("The student Noa", "It goes after what it belongs to."),
        ("The class 5B", "It waits for your decision."),
    ]
    (conflict,) = status.conflicts
    assert conflict.words == "The class 5B: room"


def test_refused_changes_are_said_with_their_reason(act: Any, ask: Any, school: Any) -> None:
    edit = act(outbox.update, "submissions", "s2", {"score": 5.0})
    act(sending.mark_in_flight, [edit.op_id])
    assert ask(sync_status.sync_status).waiting[0].on_its_way
    act(sending.rejected, edit.op_id, "forbidden", "Not your class.")
    status = ask(sync_status.sync_status)
    (refused,) = status.rejected
    assert refused.words == "A grade in Fractions quiz for Wei Li"
    assert refused.rejection.detail == "Not your class."
    assert not status.is_clear
    act(rejections.discard, edit.op_id)
    assert ask(sync_status.sync_status).is_clear
