"""What the window says, decided without Qt."""

import datetime as dt
import subprocess
import sys

import pytest

from desktop.sync.status import Counts, Status
from desktop.ui import strings
from desktop.ui.parts import sync_words
from desktop.ui.parts.words import ago, dotted, figure, grade
from desktop.ui.welcome.presenter import SignIn, address, fault

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def said(status: Status, *, local: bool = False) -> sync_words.SyncWords:
    return sync_words.words(status, NOW, local=local)


def test_sync_says_synced_only_after_a_whole_round_with_nothing_left() -> None:
    assert said(Status(last_synced=NOW)).short == "Synced"
    assert said(Status()).short == "Not synced yet"
    assert said(Status(Counts(waiting=1), last_synced=NOW)).short == "1 change waits"
    assert said(Status(last_synced=NOW, offline=True)).short == "Offline"
    assert said(Status(last_synced=NOW, problem="No.")).short == "Sync needs a look"
    assert said(Status(Counts(set_aside=1), last_synced=NOW)).short == "Sync needs a look"


@pytest.mark.parametrize(
    "status",
    [
        Status(Counts(waiting=3), offline=True),
        Status(Counts(conflicts=1), last_synced=NOW),
        Status(Counts(waiting=3), syncing=True),
        Status(Counts(rejected=2), last_synced=NOW),
        Status(sign_in_needed=True),
        Status(Counts(waiting=2)),
        Status(Counts(kept=1), last_synced=NOW),
    ],
)
def test_no_unsettled_state_is_called_synced_or_saved(status: Status) -> None:
    for local in (True, False):
        words = said(status, local=local)
        assert "synced" not in words.short.lower()
        assert "All saved" not in words.short
        assert words.tone != "good"


def test_offline_says_that_what_waits_is_safe() -> None:
    words = said(Status(Counts(waiting=2), offline=True))
    assert words.short == "Offline · 2 wait"
    assert "safe on this computer" in words.long


def test_times_are_said_as_a_person_says_them() -> None:
    assert ago(NOW - dt.timedelta(seconds=20), NOW) == "just now"
    assert ago(NOW - dt.timedelta(minutes=1), NOW) == "1 minute ago"
    assert ago(NOW - dt.timedelta(hours=5), NOW) == "5 hours ago"
    assert ago(NOW - dt.timedelta(days=2), NOW) == "2 days ago"
    assert ago(NOW + dt.timedelta(days=1), NOW) == "just now"
    assert ago(None, NOW) == "never"


def test_grades_and_figures_are_said_as_a_teacher_says_them() -> None:
    assert [grade(0), grade(4), grade(None)] == ["Kindergarten", "Grade 4", ""]
    assert [figure(3.0), figure(2.5)] == ["3", "2.5"]
    assert dotted("a", "", "b") == "a · b"


def test_a_server_address_is_made_whole() -> None:
    assert address(" school.example.org/ ") == "https://school.example.org"
    assert address("localhost:8000") == "http://localhost:8000"
    assert address("127.0.0.1:8000") == "http://127.0.0.1:8000"
    assert address("http://localhost:1") == "http://localhost:1"
    assert address("") == ""


@pytest.mark.parametrize(
    ("form", "part"),
    [
        (SignIn("", "ada", "x"), "address"),
        (SignIn("https://", "ada", "x"), "not a server's address"),
        (SignIn("ftp://a.example", "ada", "x"), "not a server's address"),
        (SignIn("http://school.example", "ada", "x"), "unprotected"),
        (SignIn("https://school.example", "", "x"), "user name"),
        (SignIn("https://school.example", "ada", ""), "password"),
    ],
)
def test_a_form_that_cannot_be_sent_says_why(form: SignIn, part: str) -> None:
    assert part in fault(form)


def test_a_form_that_can_be_sent_has_no_fault() -> None:
    assert fault(SignIn("https://school.example", "ada", "secret")) == ""
    assert fault(SignIn("http://127.0.0.1:8000", "ada", "secret")) == ""


def test_plural_picks_the_form_and_fills_the_count() -> None:
    assert strings.plural("{count} class", "{count} classes", 1) == "1 class"
    assert strings.plural("{count} class", "{count} classes", 0) == "0 classes"


def test_an_installed_translation_speaks_for_every_sentence() -> None:
    strings.install(lambda text, count: f"[{text}|{count}]")
    try:
        assert strings.tr("Hello {name}", name="Ada") == "[Hello Ada|-1]"
        assert strings.plural("{count} one", "{count} many", 1) == "[1 many|1]"
    finally:
        strings.install(None)


def test_presenters_run_where_qt_is_not_installed() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "import importlib, pathlib\n"
        "for file in sorted(pathlib.Path('desktop/ui').glob('*/presenter.py')):\n"
        "    importlib.import_module('.'.join(file.with_suffix('').parts))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
