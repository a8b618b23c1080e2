"""`doctor` names what is wrong on a computer, and what would mend it."""

import contextlib
import json
import os
import random
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from desktop.backend import accounts
from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.studio import plugin

QUIET = {"TOOLBOXAI_VAULT_PASSPHRASE": "correct horse", "DISPLAY": "", "WAYLAND_DISPLAY": ""}


def doctor(profile: Path, *options: str, **variables: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """Run `doctor --json` in a process of its own; its exit code, and its findings by name."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--profile", profile, *options, "--json", "doctor"],
        env={**os.environ, **QUIET, **variables},
        capture_output=True,
        text=True,
    )
    findings = json.loads(done.stdout)
    assert all(set(finding) == {"check", "ok", "detail", "mend"} for finding in findings)
    return done.returncode, {finding["check"]: finding for finding in findings}


def signed_in(profile: Path, server: str = "http://127.0.0.1:9") -> accounts.Account:
    user = accounts.User(id="u1", username="amina")
    account = accounts.Account(server=server, kind="companion", user=user)
    accounts.make_current(profile, account)
    return account


def test_a_new_computer_is_well_though_nothing_is_set_up(tmp_path: Path) -> None:
    code, findings = doctor(tmp_path / "new")
    assert code == 0, findings
    assert all(finding["ok"] for finding in findings.values())
    assert not (tmp_path / "new").exists(), "a doctor changes nothing"


def test_a_sound_cache_is_called_sound(tmp_path: Path) -> None:
    folder = accounts.place(tmp_path, signed_in(tmp_path)).folder
    Cache.open(folder, clock=SystemClock(), chance=random.Random(1)).close()
    _, findings = doctor(tmp_path, "--vault", str(tmp_path / "vault"))
    assert findings["cache"]["ok"]
    assert "sound" in findings["cache"]["detail"]


def test_a_damaged_cache_is_named_with_what_happens_to_it(tmp_path: Path) -> None:
    folder = accounts.place(tmp_path, signed_in(tmp_path)).folder
    (folder / "cache.sqlite").write_bytes(b"This is no database. " * 500)
    code, findings = doctor(tmp_path, "--vault", str(tmp_path / "vault"))
    assert code == 1
    assert not findings["cache"]["ok"]
    assert "keeps your unsent changes" in findings["cache"]["mend"]


def test_a_damaged_school_is_named(tmp_path: Path) -> None:
    (tmp_path / "school").mkdir()
    (tmp_path / "school/school.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    code, findings = doctor(tmp_path)
    assert code == 1
    assert not findings["local school"]["ok"]


def test_a_server_that_does_not_answer_is_named_and_work_goes_on(tmp_path: Path) -> None:
    signed_in(tmp_path)
    code, findings = doctor(tmp_path, "--vault", str(tmp_path / "vault"))
    assert code == 1
    assert not findings["server"]["ok"]
    assert "127.0.0.1:9" in findings["server"]["detail"]
    assert "kept" in findings["server"]["mend"]


def test_a_profile_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, findings = doctor(tmp_path / "file" / "profile")
    assert code == 1
    assert "cannot be written to" in findings["profile"]["detail"]


def held_port() -> socket.socket:
    """A listener on a port that the bridge may use; the system's own choice may be too high."""
    while True:
        with contextlib.suppress(OSError):
            return socket.create_server(("127.0.0.1", random.randint(20_000, 32_000)))


def test_ports_that_other_programs_took_are_named(tmp_path: Path) -> None:
    with held_port() as held:
        port = held.getsockname()[1]
        code, findings = doctor(tmp_path, TOOLBOXAI_BRIDGE_PORTS=str(port))
    assert code == 1
    assert findings["bridge ports"]["detail"] == f"{port} taken by another program"
    assert findings["bridge ports"]["mend"]


def test_a_plugin_of_another_profile_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "Plugins"
    plugin.install(tmp_path / "mine", folder)
    _, findings = doctor(tmp_path / "mine", TOOLBOXAI_STUDIO_PLUGINS=str(folder))
    assert findings["studio plugin"]["ok"]
    plugin.install(tmp_path / "other", folder)
    code, findings = doctor(tmp_path / "mine", TOOLBOXAI_STUDIO_PLUGINS=str(folder))
    assert code == 1
    assert not findings["studio plugin"]["ok"]
    assert "plugin install" in findings["studio plugin"]["mend"]


def test_settings_that_make_no_sense_are_a_finding(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('theme = "loud"\n')
    code, findings = doctor(tmp_path)
    assert code == 1
    assert "theme" in findings["settings"]["detail"]


def test_a_vault_with_another_passphrase_is_named(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.write_bytes(b"TBXVAULT1\nnot a vault at all")
    code, findings = doctor(tmp_path, "--vault", str(vault))
    assert code == 1
    assert not findings["secret store"]["ok"]


def test_words_for_people_go_beside_the_json(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--profile", tmp_path, "doctor"],
        capture_output=True,
        text=True,
    )
    assert done.stdout.endswith(("All is well.\n", "need a mend.\n"))
