"""Registering links: the entry that a Linux desktop reads."""

import configparser
import shlex
import sys
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.cli.links import ENTRY, desktop_entry


def test_registering_writes_an_entry_and_forgetting_takes_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert main.run(["links", "register"], lambda _: 99) == 0
    file = tmp_path / "applications" / ENTRY
    entry = configparser.RawConfigParser()
    entry.read(file)
    assert entry["Desktop Entry"]["MimeType"] == "x-scheme-handler/toolboxai;"
    command = shlex.split(entry["Desktop Entry"]["Exec"])
    assert command == [sys.executable, "-m", "desktop", "%u"]
    assert main.run(["links", "forget"], lambda _: 99) == 0
    assert not file.exists()
    assert str(file) in capsys.readouterr().out


def test_a_program_with_odd_signs_in_its_path_is_quoted() -> None:
    assert 'Exec="/opt/my \\"own\\" 100%%" %u' in desktop_entry(['/opt/my "own" 100%'])
