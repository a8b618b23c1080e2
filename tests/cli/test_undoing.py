"""Undo, and what only this computer has, as a script from outside sees them."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_contract import Shell
from tests.sync.world import School


@pytest.fixture
def shell(tmp_path: Path, school: School, monkeypatch: pytest.MonkeyPatch) -> Shell:
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a long passphrase")
    one = Shell(tmp_path)
    assert one.login(school).returncode == 0
    return one


def _room(shell: Shell, made: str) -> Any:
    return shell.json("records", "classes", "--id", made)[0]["data"]["room"]


def test_undo_takes_back_the_last_step_of_an_earlier_process(shell: Shell) -> None:
    made = shell.json("create", "classes", "name=4A", "room=R12")["id"]
    shell.json("edit", "classes", made, "room=R14")
    done = shell.json("undo")
    assert done["records"] == [["classes", made]]
    assert _room(shell, made) == "R12"
    shell.json("undo", "--redo")
    assert _room(shell, made) == "R14"
    listed = shell.json("undo", "--list")
    assert [one["kind"] for one in listed] == ["redo", "undo", "do", "do"]
    assert listed[0]["words"] == "The class 4A"
    change = shell.json("history", "classes", made)[-1]
    assert {"at", "who", "origin", "field", "old", "new"} <= set(change)
    assert (change["field"], change["old"], change["new"]) == ("room", "R12", "R14")


def test_undo_that_would_overwrite_somebody_is_5_with_a_sentence(
    shell: Shell, school: School, tmp_path: Path
) -> None:
    made = shell.json("create", "classes", "name=4A")["id"]
    shell.json("edit", "classes", made, "room=R14")
    shell.json("sync")
    other = Shell(tmp_path / "other")
    other.login(school)
    other.json("sync")
    other.json("edit", "classes", made, "room=R15")
    other.json("sync")
    shell.json("sync")
    shell.json("edit", "classes", made, "subject=Art")
    assert shell.run("undo").returncode == 0
    refused = shell.run("undo", str(shell.json("undo", "--list")[-2]["id"]))
    assert (refused.returncode, refused.stdout) == (5, "")
    assert "changed this on another computer since" in refused.stderr
    assert _room(shell, made) == "R15"


def test_what_is_kept_here_is_not_called_synced_and_goes_when_it_is_let_go(shell: Shell) -> None:
    made = shell.json("create", "classes", "name=kept")
    shell.json("unsent", "keep", made["op_id"])
    report = shell.json("sync")
    assert (report["pushed"], report["waiting"]) == (0, 1)
    assert [op["state"] for op in shell.json("ops")] == ["kept"]
    shell.json("unsent", "release", made["op_id"])
    assert (shell.json("sync")["pushed"], shell.json("ops")) == (1, [])


def test_what_is_given_up_is_brought_back_by_undo(shell: Shell) -> None:
    made = shell.json("create", "classes", "name=given up")
    shell.json("unsent", "discard", made["op_id"])
    assert shell.json("records", "classes", "--id", made["id"]) == []
    shell.json("undo")
    assert len(shell.json("records", "classes", "--id", made["id"])) == 1


def test_unsent_work_is_exported_for_people_and_for_programs(shell: Shell, tmp_path: Path) -> None:
    shell.json("create", "classes", "name=Algebra 1", "room=R12")
    for name in ("work.json", "work.txt"):
        told = shell.json("unsent", "export", str(tmp_path / name))
        assert told["changes"] == 1
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    (change,) = json.loads((tmp_path / "work.json").read_text())["changes"]
    assert (change["collection"], change["change"]["room"]) == ("classes", "R12")
    words = (tmp_path / "work.txt").read_text()
    assert "The class Algebra 1" in words
    assert "room: R12" in words
    assert shell.run("unsent", "export", str(tmp_path / "work.doc")).returncode == 2


def test_everything_open_is_decided_alike(shell: Shell, school: School, tmp_path: Path) -> None:
    other = Shell(tmp_path / "other")
    other.login(school)
    made = [shell.json("create", "classes", f"name={name}")["id"] for name in "ab"]
    shell.json("sync")
    other.json("sync")
    for one in made:
        other.json("edit", "classes", one, "room=there", "subject=there")
        shell.json("edit", "classes", one, "room=here", "subject=here")
    other.json("sync")
    assert shell.json("sync", exit_code=4)["conflicts"] == 4
    assert shell.run("resolve", "--all", "--take", "third").returncode == 2
    assert len(shell.json("resolve", "--all", "--take", "theirs")) == 4
    shell.json("undo")
    assert len(shell.json("conflicts")) == 4
    shell.json("resolve", "--all", "--take", "mine")
    assert shell.json("sync")["conflicts"] == 0
    assert {_room(shell, one) for one in made} == {"here"}


def test_how_a_grade_came_about_is_told_in_words_and_printed(shell: Shell, tmp_path: Path) -> None:
    group = shell.json("create", "classes", "name=4A")["id"]
    pupil = shell.json("create", "students", 'given_name="<Ana>"', f'class_ids=["{group}"]')["id"]
    quiz = shell.json(
        "create", "assessments", "title=Fractions quiz", f"class_id={group}", "max_score=10"
    )["id"]
    work = shell.json(
        "create", "submissions", f"assessment_id={quiz}", f"student_id={pupil}",
        f"class_id={group}", "max_score=10", "score=4",
    )["id"]  # fmt: skip
    shell.json("edit", "submissions", work, "score=7.5")
    page = tmp_path / "grade.html"
    done = shell.run("history", "submissions", work, "--html", str(page))
    assert [one["new"] for one in json.loads(done.stdout)][-1] == 7.5
    for sentence in (
        "How this grade came about", "A grade in Fractions quiz for <Ana>",
        "The score is 7.5 of 10 now.", "It was made, with the score 4.",
        "The score went from 4 to 7.5.", "not on the school's server yet",
    ):  # fmt: skip
        assert sentence in done.stderr
    written = page.read_text()
    assert "The score went from 4 to 7.5." in written
    assert "&lt;Ana&gt;" in written
    assert "<Ana>" not in written
    assert shell.run("history", "classes", group, "--html", str(page)).returncode == 2
    assert shell.run("history", "submissions", "nobody").returncode == 2
