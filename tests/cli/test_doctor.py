"""`doctor` names what is wrong on a computer, and what would mend it."""

import asyncio
import contextlib
import json
import os
import random
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock

from desktop.backend import accounts
from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.studio import pairing, plugin
from desktop.studio.service import StudioService
from desktop.studio.simulator import SimulatedStudio
from tests.studio.conftest import free_port

QUIET = {
    "TOOLBOXAI_VAULT_PASSPHRASE": "correct horse",
    "DISPLAY": "",
    "WAYLAND_DISPLAY": "",
    "http_proxy": "",
    "HTTP_PROXY": "",
}


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


def mended(profile: Path, **variables: str) -> dict[str, dict[str, Any]]:
    """The findings after `doctor --mend`."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "--profile", profile, "--json", "doctor", "--mend"],
        env={**os.environ, **QUIET, **variables},
        capture_output=True,
        text=True,
    )
    assert "put into" in done.stderr
    return {finding["check"]: finding for finding in json.loads(done.stdout)}


def signed_in(profile: Path, server: str = "http://127.0.0.1:9") -> accounts.Account:
    user = accounts.User(id="u1", username="amina")
    account = accounts.Account(server=server, kind="companion", user=user)
    accounts.make_current(profile, account)
    return account


def test_a_new_computer_is_well_though_nothing_is_set_up(tmp_path: Path) -> None:
    code, findings = doctor(tmp_path / "new", HOME=str(tmp_path / "home"))
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


def test_the_plugin_is_put_right_by_the_doctor(tmp_path: Path) -> None:
    """Gone, of another profile, of another version, or with other ports: one command mends each."""
    folder = tmp_path / "Plugins"
    at = {"TOOLBOXAI_STUDIO_PLUGINS": str(folder)}
    file = plugin.install(tmp_path / "mine", folder).path
    faults: dict[str, Callable[[], object]] = {
        "gone": file.unlink,
        "another profile": lambda: plugin.install(tmp_path / "other", folder),
        "of version": lambda: file.write_text(
            file.read_text().replace('version = "', 'version = "0.0.')
        ),
        "other ports": lambda: plugin.install(tmp_path / "mine", folder, (20_001, 20_002)),
    }
    for words, plant in faults.items():
        plant()
        code, findings = doctor(tmp_path / "mine", **at)
        assert (code, findings["studio plugin"]["ok"]) == (1, False), words
        assert words in findings["studio plugin"]["detail"]
        assert mended(tmp_path / "mine", **at)["studio plugin"]["ok"], words


def test_a_plugin_folder_that_moved_away_is_named_and_the_usual_one_taken(tmp_path: Path) -> None:
    before = tmp_path / "Before"
    plugin.install(tmp_path / "mine", before)
    before.rename(tmp_path / "Moved")
    home = {"HOME": str(tmp_path / "home")}
    _, findings = doctor(tmp_path / "mine", **home)
    assert "has moved" in findings["studio plugin"]["detail"]
    assert mended(tmp_path / "mine", **home)["studio plugin"]["ok"]
    assert not before.exists(), "nobody looks there any more"
    assert list((tmp_path / "home").rglob(plugin.FILE))


def test_a_plugin_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    at = {"TOOLBOXAI_STUDIO_PLUGINS": str(tmp_path / "file" / "Plugins")}
    code, findings = doctor(tmp_path / "mine", **at)
    assert code == 1
    assert "studio_plugins" in findings["plugin folder"]["mend"]


def test_a_proxy_before_this_computer_itself_is_named(tmp_path: Path) -> None:
    proxy = {"http_proxy": "http://127.0.0.1:9", "no_proxy": ""}
    code, findings = doctor(tmp_path, **proxy)
    assert code == 1
    assert "NO_PROXY" in findings["loopback"]["mend"]
    _, findings = doctor(tmp_path, **(proxy | {"no_proxy": "127.0.0.1,localhost"}))
    assert findings["loopback"]["ok"]


def test_another_companion_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with filelock.FileLock(tmp_path / "bridge.lock"):
        code, findings = doctor(tmp_path)
    assert code == 1
    assert "does not answer" in findings["studio connection"]["detail"]


async def test_a_plugin_that_knocks_and_is_not_let_in_is_named(tmp_path: Path) -> None:
    profile = tmp_path / "mine"
    pairing.save(profile, pairing.fresh((free_port(),)))
    cache = Cache.open(profile, clock=SystemClock(), chance=random.Random(1))
    service = StudioService(cache, SystemClock(), random.Random(2), profile, platform_port=0)
    await service.start()
    try:
        _, findings = await asyncio.to_thread(doctor, profile)
        assert "not open" in findings["studio connection"]["detail"]
        service.last_refusal = "A program that is not this Companion's plugin knocked."
        code, findings = await asyncio.to_thread(doctor, profile)
        assert code == 1
        assert "not let in" in findings["studio connection"]["detail"]
        async with SimulatedStudio(profile, place_name="My place"):
            _, findings = await asyncio.to_thread(doctor, profile)
            assert findings["studio connection"]["detail"] == "Connected: My place"
    finally:
        await service.stop()
        cache.close()


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
