"""The commands for classes, as a script from outside calls them."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.backend import accounts
from desktop.cli import main


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs one command line of a signed-in teacher; gives exit code, output and words."""
    user = accounts.User(id="u1", username="ana", display_name="Ana Ruiz")
    account = accounts.Account(server="http://127.0.0.1:1", kind="companion", user=user)
    accounts.make_current(tmp_path / "profile", account)

    def command(*arguments: Any) -> Any:
        code = main.run(["--profile", str(tmp_path / "profile"), *map(str, arguments)], lambda s: 9)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return command


@pytest.fixture
def json_of(run: Any) -> Any:
    def command(*arguments: Any) -> Any:
        code, out, err = run("--json", *arguments)
        assert code == 0, err
        return json.loads(out)

    return command


@pytest.fixture
def file(tmp_path: Path) -> Any:
    path = tmp_path / "Grade 5 B.csv"
    path.write_text(
        "Last Name,First Name,Email Address\nRuiz,Ana,ana@example.org\nLi,Wei,wei@example.org\n"
        ",,nobody@example.org\n",
        encoding="utf-8",
    )
    return path


def test_a_roster_is_looked_at_first_and_then_imported(json_of: Any, file: Any) -> None:
    expected = {
        "create": 2, "update": 0, "match": 0, "skip": 1,
        "problems": ["Row 4: there is no name, so it was left out."],
    }  # fmt: skip
    dry = json_of("roster", "import", file, "--dry-run")
    assert expected.items() <= dry.items()
    assert dry["class_ids"] == [None]
    done = json_of("roster", "import", file)
    assert expected.items() <= done.items()
    again = json_of("roster", "import", file, "--class", "grade 5 b")
    assert (again["create"], again["match"], again["class_ids"]) == (0, 2, done["class_ids"])


def test_xp_moves_the_leaderboard(json_of: Any, run: Any, file: Any) -> None:
    (class_id,) = json_of("roster", "import", file, "--class", "5B")["class_ids"]
    given = json_of("award", "--class", "5B", "--student", "Wei Li", "--xp", 120, "--reason", "R")
    assert len(given["awards"]) == 1
    json_of("award", "--class", class_id, "--student", "ana@example.org", "--student", "Li",
            "--xp", 5)  # fmt: skip
    for period in ("week", "month", "term", "all"):
        first, second = json_of("leaderboard", "5b", "--period", period)
        assert (first["rank"], first["name"], first["xp"], first["level"]) == (1, "Wei Li", 125, 2)
        assert (second["rank"], second["xp"], second["change"]) == (2, 5, None)
    code, out, _ = run("leaderboard", class_id)
    assert code == 0
    assert "Wei Li" in out.splitlines()[0]


def test_analytics_come_with_their_n(json_of: Any, run: Any, file: Any) -> None:
    json_of("roster", "import", file, "--class", "5B")
    found = json_of("analytics", "5B")
    assert (found["students"], found["average"], found["at_risk"]) == (
        2, {"value": None, "n": 0}, [],
    )  # fmt: skip
    code, out, _ = run("analytics", "5B")
    assert code == 0
    assert "not enough yet (n = 0)" in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("leaderboard", "Nope"), 2, "There is no class 'Nope'. There are: '5B'."),
        (("leaderboard", "5B", "--period", "year"), 2, "Invalid value"),
        (("award", "--class", "5B", "--student", "Eve", "--xp", "5"), 2, "no student 'Eve'"),
        (("award", "--class", "5B", "--student", "Ana", "--xp", "0"), 2, "how many XP"),
        (("roster", "import", "nothing.csv"), 1, "The file nothing.csv cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_right_exit_code(
    json_of: Any, run: Any, file: Any, arguments: Any, code: Any, words: str
) -> None:
    json_of("roster", "import", file, "--class", "5B")
    found, out, err = run("--json", *arguments)
    assert (found, out) == (code, "")
    assert words in err


def test_two_students_of_one_name_need_a_decision(json_of: Any, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "twins.csv"
    path.write_text("Name,Email\nAna Ruiz,a@x.org\nAna Ruiz,b@x.org\n", encoding="utf-8")
    json_of("roster", "import", path, "--class", "5B")
    code, _, err = run("award", "--class", "5B", "--student", "Ana Ruiz", "--xp", "5")
    assert code == 4
    assert "2 students of the class are called 'Ana Ruiz'" in err


def test_a_broken_file_changes_nothing(json_of: Any, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    code, out, err = run("--json", "roster", "import", path)
    assert (code, out) == (1, "")
    assert "damaged or incomplete. Nothing was changed." in err
    assert json_of("records", "classes") == []


def test_nobody_signed_in_is_told_how(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main.run(["--profile", str(tmp_path), "leaderboard", "5B"], lambda settings: 9)
    assert code == 1
    assert "Sign in first" in capsys.readouterr().err
