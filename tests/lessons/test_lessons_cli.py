"""Lessons from a shell: signed in or out, with exit codes and JSON that scripts can rely on."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from desktop.backend import accounts
from desktop.backend.accounts import Account, User
from desktop.cli import main
from desktop.lessons import package
from tests.lessons import made


class Shell:
    """A profile, and the command line on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile = folder / "profile"
        self._capsys = capsys
        self.errors = ""

    def sign_in(self) -> None:
        user = User(id="u1", username="teacher")
        accounts.make_current(
            self.profile, Account(server="http://127.0.0.1:9", kind="companion", user=user)
        )

    def run(self, *arguments: str | Path, code: int = 0) -> Any:
        """Run a command with --json; gives what it printed."""
        told = self.text("--json", *arguments, code=code)
        return json.loads(told) if told else None

    def text(self, *arguments: str | Path, code: int = 0) -> str:
        command = ["--profile", str(self.profile), *map(str, arguments)]
        assert main.run(command, lambda _: 0) == code
        printed = self._capsys.readouterr()
        self.errors = printed.err
        return printed.out


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, capsys)


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    file = tmp_path / "lesson.json"
    file.write_text(package.dump(made.fractions()), encoding="utf-8")
    return file


def test_a_lesson_is_generated_signed_out_into_a_file(shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "made.json"
    told = shell.run("generate", "fractions on a number line, grade 4", "--seed", "1", "--out", out)
    assert package.load(told) == package.load(out.read_bytes())
    assert told["provenance"]["provider"] == "template"
    assert "[1/7] analyse" in shell.errors
    assert "[7/7] validate" in shell.errors
    assert "Nobody is signed in" in shell.errors


def test_signed_in_the_lesson_is_kept_listed_and_shown(shell: Shell) -> None:
    shell.sign_in()
    told = shell.run("generate", "cells, grade 7", "--seed", "3")
    (row,) = shell.run("lesson", "list")
    assert (row["title"], row["subject"], row["grade_level"]) == ("Cells: grade 7", "science", 7)
    assert (row["status"], row["questions"], row["pending"]) == ("draft", 8, True)
    assert shell.run("lesson", "show", row["id"]) == told


def test_options_reach_the_lesson(shell: Shell) -> None:
    told = shell.run(
        "generate", "cells", "--grade", "8", "--subject", "science", "--environment", "underwater",
        "--interaction", "solve", "--difficulty", "hard", "--quiz", "5", "--minutes", "60",
        "--question", "true_false", "--question", "multiple_choice",
    )  # fmt: skip
    assert {question["kind"] for question in told["quiz"]} == {"true_false", "multiple_choice"}
    assert (told["grade_level"], len(told["quiz"]), told["timing"]["minutes"]) == (8, 5, 60)
    assert (told["world"]["environment"], told["world"]["interaction"]) == ("underwater", "solve")


def test_the_same_seed_makes_the_same_lesson(shell: Shell) -> None:
    first, second = (shell.run("generate", "cells, grade 7", "--seed", "9") for _ in range(2))
    assert first["quiz"] == second["quiz"]


def test_a_person_reads_an_outline(shell: Shell) -> None:
    told = shell.text("generate", "cells, grade 7", "--seed", "9")
    assert told.startswith("Cells: grade 7\n")
    assert "Quiz (8 questions):" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["basket weaving, grade 4"], "No template teaches"),
        (["cells"], "Which grade is 'cells' for?"),
        (
            ["cells, grade 7", "--provider", "openai", "--address", "http://127.0.0.1:1/v1"],
            "Which model",
        ),
        (["cells, grade 7", "--provider", "nobody"], "'nobody' is not one of"),
        (["cells, grade 7", "--environment", "moon"], "Invalid value"),
        (["cells, grade 7", "--quiz", "0"], "Invalid value"),
    ],
)
def test_a_wish_that_makes_no_sense_exits_with_2(
    shell: Shell, arguments: list[str], words: str
) -> None:
    shell.run("generate", *arguments, code=2)
    assert words in shell.errors


def test_a_file_that_cannot_be_written_is_said(shell: Shell, tmp_path: Path) -> None:
    shell.run("generate", "cells, grade 7", "--out", tmp_path / "no" / "folder.json", code=1)
    assert "could not be written" in shell.errors


def test_a_good_lesson_is_valid(shell: Shell, lesson: Path) -> None:
    told = shell.run("lesson", "validate", lesson)
    assert (told["valid"], told["sentences"], told["findings"]) == (True, [], [])
    assert told["scripts"] == 13


def test_a_broken_lesson_exits_with_5_and_names_the_place(shell: Shell, lesson: Path) -> None:
    fields = made.fields()
    fields["quiz"][0]["answer"] = "nothing"
    lesson.write_text(json.dumps(fields), encoding="utf-8")
    told = shell.run("lesson", "validate", lesson, code=5)
    assert told["valid"] is False
    assert told["sentences"] == ["Question 1: the answer is not one of the choices."]
    assert told["sentences"][0] in shell.errors


def test_a_quiz_with_a_wrong_sum_exits_with_5(shell: Shell, lesson: Path) -> None:
    fields = made.fields()
    fields["quiz"][0] |= {"prompt": "What is 2 + 2?", "choices": ["4", "5"], "answer": "5"}
    lesson.write_text(json.dumps(fields), encoding="utf-8")
    told = shell.run("lesson", "validate", lesson, code=5)
    assert told["valid"] is False
    assert "gives 5 as its answer, but it is 4" in told["sentences"][0]


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"{}", b"[" * 50_000, b'"' + b"x" * 3_000_000]
)
def test_a_file_that_is_no_lesson_exits_with_5(shell: Shell, lesson: Path, content: bytes) -> None:
    lesson.write_bytes(content)
    for command in ("validate", "show", "quiz"):
        shell.run("lesson", command, lesson, code=5)
        assert shell.errors.strip().endswith(".")


@pytest.mark.parametrize("form", ["rbxmx", "rbxm", "rbxlx"])
def test_a_lesson_is_built_into_a_file(
    shell: Shell, lesson: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"place.{form}"
    told = shell.run("lesson", "build", lesson, "--format", form, "--out", out)
    assert told["path"] == str(out)
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert told["scripts"] == 13
    assert told["within_budget"] is True
    assert told["instances"] > told["parts_in_view"] > 100
    first = out.read_bytes()
    shell.run("lesson", "build", lesson, "--format", form, "--out", out)
    assert out.read_bytes() == first


def test_a_lesson_is_built_into_a_project_folder(
    shell: Shell, lesson: Path, tmp_path: Path
) -> None:
    out = tmp_path / "project"
    told = shell.run("lesson", "build", lesson, "--format", "rojo", "--out", out)
    assert told["path"] == str(out)
    assert len([file for file in out.rglob("*.luau") if file.is_file()]) == told["scripts"]
    again = shell.run("lesson", "build", lesson, "--format", "rojo", "--out", out)
    assert again == told


def test_a_project_is_not_written_among_other_things(
    shell: Shell, lesson: Path, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("Dear parents", encoding="utf-8")
    shell.run("lesson", "build", lesson, "--format", "rojo", "--out", tmp_path, code=1)
    assert "holds something else already" in shell.errors
    shell.run("lesson", "build", lesson, "--out", tmp_path, code=2)
    assert "is a folder" in shell.errors


def test_a_lesson_of_the_library_is_built_by_its_id(shell: Shell, tmp_path: Path) -> None:
    shell.sign_in()
    shell.run("generate", "cells, grade 7")
    (row,) = shell.run("lesson", "list")
    told = shell.run("lesson", "build", row["id"], "--out", tmp_path / "place.rbxmx")
    assert told["scripts"] == 13


def test_a_lesson_that_is_nowhere_exits_with_2(shell: Shell, tmp_path: Path) -> None:
    shell.run("lesson", "build", "nowhere", "--out", tmp_path / "x.rbxmx", code=2)
    assert "There is no file nowhere." in shell.errors
    shell.sign_in()
    shell.run("lesson", "show", "nowhere", code=2)
    assert shell.errors.strip().endswith(".")


def test_the_quiz_is_shown_and_played(shell: Shell, lesson: Path) -> None:
    shown = shell.run("lesson", "quiz", lesson)
    assert [question["id"] for question in shown] == [f"q{n}" for n in range(1, 9)]
    played = shell.run("lesson", "quiz", lesson, "--play")
    assert played == {
        "questions": 8, "best": 15.0, "score_all_right": 15.0, "score_all_wrong": 0.0,
        "mismatches": [], "fair": True,
    }  # fmt: skip


def vaulted(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str | Path]:
    """The options with which a command keeps its secrets in a vault of the test's own."""
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "correct horse")
    return ["--vault", tmp_path / "vault"]


def test_a_lesson_goes_from_one_library_to_another_as_a_signed_file(
    shell: Shell, lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vaulted(shell, tmp_path, monkeypatch)
    shell.sign_in()
    file = tmp_path / "fractions.toolbox"
    shared = shell.run(*vault, "lesson", "share", lesson, "--out", file)
    assert shared["signed"]
    assert shared["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert "signed with your key" in shell.errors
    looked_at = shell.run(*vault, "lesson", "import", file, "--dry-run")
    assert (looked_at["id"], looked_at["author"]) == (None, "teacher")
    assert looked_at["fingerprint"] == shared["fingerprint"]
    assert shell.run(*vault, "lesson", "list") == []
    taken = shell.run(*vault, "lesson", "import", file)
    assert [one["id"] for one in shell.run(*vault, "lesson", "list")] == [taken["id"]]
    again = shell.run(*vault, "lesson", "share", taken["id"], "--out", tmp_path / "again.toolbox")
    assert again["fingerprint"] == shared["fingerprint"]  # one key for this installation


def test_a_shared_lesson_that_was_changed_is_refused_and_not_kept(
    shell: Shell, lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vaulted(shell, tmp_path, monkeypatch)
    shell.sign_in()
    file = tmp_path / "fractions.toolbox"
    shell.run(*vault, "lesson", "share", lesson, "--out", file)
    with zipfile.ZipFile(file) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content.replace(b'"teacher"', b'"another"'))
    shell.run(*vault, "lesson", "import", file, code=5)
    assert "changed since it was signed" in shell.errors
    assert shell.run(*vault, "lesson", "list") == []


def test_a_file_that_cannot_be_written_says_so(
    shell: Shell, lesson: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = vaulted(shell, tmp_path, monkeypatch)
    nowhere = tmp_path / "missing" / "a.toolbox"
    shell.run(*vault, "lesson", "share", lesson, "--out", nowhere, code=1)
    assert "could not be written" in shell.errors
