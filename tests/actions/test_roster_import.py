"""Importing a roster: a plan that can be looked at, and exactly that done, or nothing."""

from typing import Any

import pytest

from desktop.actions import classes, roster, roster_import
from desktop.classroom.roster.model import Problem, Roster, RosterRow
from desktop.errors import WrongUse
from desktop.storage import records, sending


def _row(given: Any = "Ana", family: Any = "Ruiz", number: Any = 2, **fields: Any) -> Any:
    return RosterRow(f"Row {number}", given, family, **fields)


def _counts(plan: Any) -> Any:
    return tuple(plan.count(what) for what in ("create", "update", "match", "skip"))


@pytest.fixture
def import_it(act: Any, ask: Any) -> Any:
    """Plans and applies; gives the plan."""

    def run(*rows: Any, **options: Any) -> Any:
        plan = ask(roster_import.plan, Roster(rows), **options)
        act(roster_import.apply, plan)
        return plan

    return run


def _students(ask: Any) -> Any:
    return [one.local for one in ask(records.find, "students")]


def test_a_plan_changes_nothing(ask: Any) -> None:
    plan = ask(roster.import_plan, Roster((_row(),)), class_name="5B")
    assert _counts(plan) == (1, 0, 0, 0)
    assert ask(sending.count) == 0


def test_a_new_class_and_its_students_are_made(import_it: Any, ask: Any) -> None:
    import_it(_row(email="ana@example.org"), _row("Wei", "Li", 3), class_name="5B")
    (group,) = ask(records.find, "classes")
    assert group.local["name"] == "5B"
    assert [(one["given_name"], one["class_ids"]) for one in _students(ask)] == [
        ("Ana", [group.id]), ("Wei", [group.id]),
    ]  # fmt: skip


def test_the_same_file_again_matches_everybody(import_it: Any, ask: Any) -> None:
    rows = (_row(email="ana@example.org"), _row("Wei", "Li", 3))
    import_it(*rows, class_name="5B")
    waiting = ask(sending.count)
    assert _counts(import_it(*rows, class_name="5b")) == (0, 0, 2, 0)
    assert ask(sending.count) == waiting
    assert len(ask(records.find, "classes")) == 1


@pytest.mark.parametrize(
    ("here", "row", "counts"),
    [
        ({"external_id": "S1"}, _row("Anna", external_id="S1"), (0, 1, 0, 0)),
        ({"email": "ANA@example.org"}, _row("Anna", email="ana@example.org"), (0, 1, 0, 0)),
        ({}, _row("ana", "RUIZ"), (0, 0, 1, 0)),
        ({}, _row(email="ana@example.org"), (0, 1, 0, 0)),
        ({"email": "one@example.org"}, _row(email="other@example.org"), (1, 0, 0, 0)),
        ({"external_id": "S1"}, _row(external_id="S2"), (1, 0, 0, 0)),
        ({"email": "ana@example.org", "alias": "Comet"}, _row(), (0, 0, 1, 0)),
    ],
)
def test_a_student_is_known_again_by_id_then_mail_then_name(
    act: Any, ask: Any, import_it: Any, here: Any, row: str, counts: Any
) -> None:
    group = act(classes.create_class, "5B")
    student = act(roster.enrol, group, given_name="Ana", family_name="Ruiz", **here)
    assert _counts(import_it(row, class_id=group)) == counts
    kept = ask(records.get, "students", student).local
    assert kept["alias"] == here.get("alias", "")
    if counts[1]:
        for field in ("email", "external_id", "given_name"):
            assert kept[field] == (getattr(row, field) or here.get(field, ""))


def test_a_blank_in_the_file_takes_nothing_away(act: Any, ask: Any, import_it: Any) -> None:
    group = act(classes.create_class, "5B")
    student = act(roster.enrol, group, given_name="Ana", family_name="Ruiz", email="a@b.org",
                  roblox_username="Builder", external_id="S1", note="glasses")  # fmt: skip
    before = ask(records.get, "students", student)
    import_it(_row(external_id="S1"), class_id=group)
    assert ask(records.get, "students", student) == before


def test_a_student_of_another_class_joins_this_one_too(act: Any, ask: Any, import_it: Any) -> None:
    first = act(classes.create_class, "5B")
    student = act(roster.enrol, first, given_name="Ana", family_name="Ruiz", email="a@b.org")
    assert _counts(import_it(_row(email="a@b.org"), class_name="Maths")) == (0, 1, 0, 0)
    assert len(ask(records.get, "students", student).local["class_ids"]) == 2


def test_a_name_in_another_class_alone_is_no_match(act: Any, ask: Any, import_it: Any) -> None:
    act(roster.enrol, act(classes.create_class, "5B"), given_name="Ana", family_name="Ruiz")
    assert _counts(import_it(_row(), class_name="Maths")) == (1, 0, 0, 0)


def test_two_students_of_one_name_are_not_guessed_at(act: Any, ask: Any, import_it: Any) -> None:
    group = act(classes.create_class, "5B")
    for _ in range(2):
        act(roster.enrol, group, given_name="Ana", family_name="Ruiz")
    plan = import_it(_row(), class_id=group)
    assert _counts(plan) == (0, 0, 0, 1)
    assert plan.problems == ("Row 2: two students here are called Ana Ruiz, so it was left out.",)


def test_rows_with_classes_of_their_own_go_into_them_and_others_into_the_files_name(
    import_it: Any, ask: Any
) -> None:
    plan = import_it(
        _row(class_name="Maths", email="a@b.org"),
        _row(class_name="Science", email="a@b.org", number=3),
        _row("Wei", "Li", 4),
        otherwise="September list",
    )
    assert [group.name for group in plan.classes] == ["Maths", "Science", "September list"]
    assert _counts(plan) == (2, 0, 0, 0)
    names = {one.id: one.local["name"] for one in ask(records.find, "classes")}
    assert [[names[one] for one in student["class_ids"]] for student in _students(ask)] == [
        ["Maths", "Science"], ["September list"],
    ]  # fmt: skip


def test_classes_of_a_school_system_are_known_again_by_their_id(import_it: Any, ask: Any) -> None:
    row = _row(external_id="u1", class_name="Maths", class_external_id="c1")
    import_it(row)
    renamed = _row(external_id="u1", class_name="Maths 5B", class_external_id="c1")
    assert _counts(import_it(renamed)) == (0, 0, 1, 0)
    assert len(ask(records.find, "classes")) == 1


def test_one_class_of_a_school_systems_file_can_be_chosen(ask: Any, import_it: Any) -> None:
    rows = (
        _row(external_id="u1", class_name="Maths", class_external_id="c1"),
        _row("Wei", "Li", 3, external_id="u2", class_name="Science", class_external_id="c2"),
    )
    assert _counts(import_it(*rows, class_name="science")) == (1, 0, 0, 0)
    with pytest.raises(WrongUse, match="no class called 'Art'; it has 'Maths', 'Science'"):
        ask(roster_import.plan, Roster(rows), class_name="Art")


def test_problems_of_the_file_are_counted_as_left_out_and_named(ask: Any) -> None:
    roster_with_problems = Roster(
        (_row(),),
        (Problem("Row 9", "there is no name, so it was left out."),
         Problem("Row 2", "the mail is odd, so it was left empty.", left_out=False)),
    )  # fmt: skip
    plan = ask(roster_import.plan, roster_with_problems, class_name="5B")
    assert _counts(plan) == (1, 0, 0, 1)
    assert plan.problems == (
        "Row 2: the mail is odd, so it was left empty.",
        "Row 9: there is no name, so it was left out.",
    )


def test_an_import_that_breaks_in_the_middle_changes_nothing(act: Any, ask: Any) -> None:
    plan = ask(roster_import.plan, Roster((_row(), _row("x" * 300, number=3))), class_name="5B")
    with pytest.raises(Exception, match="first name"):
        act(roster_import.apply, plan)
    assert ask(records.find, "classes") == []
    assert ask(records.find, "students") == []
    assert ask(sending.count) == 0


def test_a_class_that_is_gone_is_not_imported_into(ask: Any) -> None:
    with pytest.raises(WrongUse, match="no longer here"):
        ask(roster_import.plan, Roster((_row(),)), class_id="nothing")
