"""What `doctor` looks at: each check reads and never changes, and names its mend."""

import asyncio
import contextlib
import ctypes
import datetime as dt
import email.utils
import importlib.util
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import desktop
from desktop import workspaces
from desktop.backend import accounts, problems, secrets
from desktop.backend.transport import HttpTransport, Request, raise_for
from desktop.cli import studio_checkups
from desktop.cli.findings import Finding
from desktop.errors import CompanionError
from desktop.lessons import luau
from desktop.settings import Settings
from desktop.storage import driver, sealing
from desktop.wire import API_PREFIX

ROOM_BYTES = 500_000_000
"""A school's cache, its copies and a day of lessons fit into this with room to spare."""
CLOCK_SKEW_S = 300
SERVER_TIMEOUT_S = 15
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
}
"""Libraries of the system that Qt needs on Linux, and the Debian packages that bring them."""


Check = Callable[[Settings], Iterator[Finding]]


def program(_: Settings) -> Iterator[Finding]:
    """Which version this is, and what it runs on."""
    kind = "installed" if getattr(sys, "frozen", False) else "from its sources"
    yield Finding(
        "program",
        True,
        f"{desktop.__version__}, {kind}, Python {platform.python_version()}, {platform.platform()}",
    )


def profile(settings: Settings) -> Iterator[Finding]:
    """Whether the profile can be written to, and has room."""
    folder = settings.profile
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        yield Finding(
            "profile",
            False,
            f"{folder} cannot be written to: {error.strerror}.",
            "Give yourself the right to write there, or choose another folder with --profile.",
        )
        return
    free = shutil.disk_usage(there).free
    new = "" if folder.exists() else " (made at the first sign-in)"
    if free < ROOM_BYTES:
        mend = "Make some room on this disk; the Companion keeps your work on it."
        yield Finding("profile", False, f"{folder}: only {free // 1_000_000} MB are free.", mend)
    else:
        yield Finding("profile", True, f"{folder}{new}, {free / 1e9:.0f} GB free")


def account(settings: Settings) -> Iterator[Finding]:
    """Who is signed in."""
    found = accounts.current(settings.profile)
    if found is None:
        yield Finding("account", True, "Nobody is signed in yet; Local school needs no account.")
    else:
        where = found.server_name or found.server
        yield Finding("account", True, f"{found.user.username} at {where}")


def cache(settings: Settings) -> Iterator[Finding]:
    """Whether this account's cache is sound and encrypted."""
    found = accounts.current(settings.profile)
    if found is None:
        return
    file = settings.profile / "accounts" / found.slug / "cache.sqlite"
    if not file.exists():
        yield Finding("cache", True, "Empty; it fills at the first sync.")
        return
    key = workspaces.cache_key(settings, found)
    sealing.refuse_if_locked(file, key)
    encrypted = sealing.is_encrypted(file)
    fault = _cache_fault(file, key if encrypted else None)
    if fault:
        mend = (
            "Open the Companion: it sets the damaged file aside, fetches everything again "
            "from the school, and keeps your unsent changes."
        )
        yield Finding("cache", False, f"{file} is damaged: {fault}.", mend)
        return
    how = "encrypted" if encrypted else "not encrypted"
    yield Finding("cache", True, f"{file}, {file.stat().st_size / 1e6:.1f} MB, sound, {how}")


def _cache_fault(file: Path, key: driver.Key) -> str:
    """What SQLite says is wrong with a cache; empty when it is sound."""
    try:
        with contextlib.closing(driver.connect(file, key, read_only=True)) as connection:
            told = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except driver.Error as error:
        return str(error)
    return "" if told == "ok" else told


def secret_store(settings: Settings) -> Iterator[Finding]:
    """Whether a sign-in can be kept safe."""
    found = accounts.current(settings.profile)
    try:
        store = secrets.open_store(settings.vault, settings.vault_passphrase)
        store.get("doctor")
    except secrets.NoSecretStore as error:
        needed = found is not None and found.kind != "local"
        detail = str(error.args[0]) + ("" if needed else " Local school works without one.")
        yield Finding("secrets", not needed, detail, error.mend)
    else:
        kept = "the computer's keyring" if settings.vault is None else str(settings.vault)
        yield Finding("secrets", True, f"Kept in {kept}")


def server(settings: Settings) -> Iterator[Finding]:
    """Whether the school server answers, and whether our clock agrees with its clock."""
    found = accounts.current(settings.profile)
    if found is None:
        return
    if found.kind == "local":
        yield Finding("server", True, "Local school starts and ends with the app.")
        return
    try:
        told = asyncio.run(asyncio.wait_for(_server_time(found.server), SERVER_TIMEOUT_S))
    except (problems.BackendProblem, TimeoutError) as error:
        detail = str(error) or f"{found.server} does not answer."
        mend = "Check the network. Until it is back, work on: your changes wait and are kept."
        yield Finding("server", False, detail, mend)
        return
    yield Finding("server", True, f"{found.server} answers")
    if told is not None:
        skew = abs((dt.datetime.now(dt.UTC) - told).total_seconds())
        mend = "" if skew < CLOCK_SKEW_S else "Let the computer set its clock by itself."
        off = "right" if skew < 2 else f"{skew:.0f} s off the server's"
        yield Finding("clock", skew < CLOCK_SKEW_S, f"This computer's clock is {off}.", mend)


def school_data(settings: Settings) -> Iterator[Finding]:
    """Whether Local school's data is sound."""
    file = settings.school_folder / "school.sqlite"
    if not file.exists():
        yield Finding("local school", True, "Not begun; it is made when you choose it.")
        return
    fault = _database_fault(file)
    if fault:
        mend = "Bring back a copy with 'toolboxai-companion school restore'."
        yield Finding("local school", False, f"{file} is damaged: {fault}.", mend)
    else:
        yield Finding("local school", True, f"{file}, {file.stat().st_size / 1e6:.1f} MB, sound")


def luau_compiler(_: Settings) -> Iterator[Finding]:
    """Whether Luau can be compiled, so that lessons can be checked before they are pushed."""
    try:
        works = luau.syntax_fault("return 1") is None and luau.syntax_fault("return +") is not None
    except ImportError as error:
        works, told = False, str(error)
    else:
        told = "Compiles, and notices a fault" if works else "It compiles what is no Luau."
    yield Finding("luau", works, told, "" if works else "Install the Companion again.")


def window(_: Settings) -> Iterator[Finding]:
    """Whether the window could open; Qt itself is not loaded for this."""
    missing = [name for name in ("PySide6", "qasync") if importlib.util.find_spec(name) is None]
    if missing:
        installed = bool(getattr(sys, "frozen", False))
        detail = f"{' and '.join(missing)} not installed; every command works without the window."
        yield Finding("window", not installed, detail, "Install the Companion again.")
        return
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        yield Finding("window", True, "Qt is installed. There is no display here.")
        return
    packages = [package for file, package in QT_LIBRARIES.items() if not _loads(file)]
    if packages:
        mend = f"On Debian or Ubuntu: apt-get install -y {' '.join(packages)}"
        yield Finding("window", False, "The system lacks libraries that the window needs.", mend)
    else:
        yield Finding("window", True, "Qt is installed")


def _loads(library: str) -> bool:
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _database_fault(file: Path) -> str:
    """What SQLite says is wrong with a file; empty when it is sound."""
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as error:
        return str(error)
    try:
        told = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        told = str(error)
    finally:
        connection.close()
    return "" if told == "ok" else told


async def _server_time(address: str) -> dt.datetime | None:
    transport = HttpTransport(address)
    try:
        answer = await transport.send(Request("GET", f"{API_PREFIX}/capabilities"))
    finally:
        await transport.close()
    raise_for(answer, address)
    try:
        return email.utils.parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None


CHECKS: tuple[Check, ...] = (
    program,
    profile,
    account,
    cache,
    secret_store,
    server,
    school_data,
    *studio_checkups.CHECKS,
    luau_compiler,
    window,
)


def examine(settings: Settings) -> Iterator[Finding]:
    """Run every check; one that cannot be made is a finding too."""
    for check in CHECKS:
        name = check.__name__.replace("_", " ")
        try:
            yield from check(settings)
        except CompanionError as error:
            yield Finding(name, False, str(error.args[0]), error.mend)
        except Exception as error:  # noqa: BLE001  (the other checks still help whoever asks)
            detail = f"This check itself failed: {type(error).__name__}: {error}"
            yield Finding(name, False, detail, "Report this to us with the text above.")
