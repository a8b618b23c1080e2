"""What Debian-like systems lack: the libraries Qt needs, and pip itself."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OFFSCREEN = [
    "libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0",
    "fonts-dejavu-core",
]  # fmt: skip
"""Enough for Qt without a screen; found one by one in a minimal system."""
WINDOW = [
    *OFFSCREEN,
    "libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1",
    "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1",
]  # fmt: skip
"""A window on X11."""
CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")
"""What Debian does about PostgreSQL servers when it installs one."""
TESTS = [*OFFSCREEN, "postgresql"]
"""PostgreSQL for the school server's tests, which start a throw-away server of their own."""
BUILD = [*WINDOW, "binutils"] + (
    [f"libpython3.{sys.version_info[1]}"] if sys.base_prefix == "/usr" else []
)
"""PyInstaller asks objdump which libraries a library needs, so all of them should be there; and
Debian keeps the library that a built program starts Python with in a package of its own."""


def ensure(packages: list[str]) -> None:
    """Install what is missing of `packages` where we may; else print the command that does.

    On systems without apt this does nothing: their desktops bring these libraries.
    """
    missing = [] if shutil.which("apt-get") is None else _missing(packages)
    if not missing:
        return
    rights = _rights()
    if rights is not None:
        print("Installing from Debian:", " ".join(missing), file=sys.stderr, flush=True)
        if _install(rights, missing):
            return
    print(
        "Some system libraries are missing. Ask someone who may install software to run:\n"
        f"  apt-get update && apt-get install -y --no-install-recommends {' '.join(missing)}",
        file=sys.stderr,
        flush=True,
    )


def pip_wheel(folder: Path) -> Path | None:
    """Debian's own pip as a wheel, for a Python that came without ensurepip.

    Installs python3-venv where we may and then answers None, since ensurepip is there; else
    unpacks the wheel under `folder`. Ends the process with the command to run when neither works.
    """
    shared = _newest_wheel(Path("/usr/share/python-wheels"))
    if shared is not None:
        return shared
    if shutil.which("apt-get") is not None:
        rights = _rights()
        if rights is not None and _install(rights, ["python3-venv"]):
            importlib.invalidate_caches()
            if importlib.util.find_spec("ensurepip") is not None:
                return None
        wheel = _unpack_pip(folder / "debian")
        if wheel is not None:
            return wheel
    sys.exit(
        "This Python came without pip. Install it and run this again; on Debian or Ubuntu:\n"
        "  apt-get update && apt-get install -y python3-venv"
    )


def _missing(packages: list[str]) -> list[str]:
    # Newer releases call some libraries NAMEt64 (64-bit time); either name will do.
    names = [name for package in packages for name in (package, f"{package}t64")]
    listing = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Abbrev}\n", *names],
        capture_output=True,
        text=True,
        check=False,  # it fails when any name is unknown, and still lists the others
    )
    there = {line.split()[0] for line in listing.stdout.splitlines() if line.split()[1:] == ["ii"]}
    return [name for name in packages if not there & {name, f"{name}t64"}]


def _rights() -> list[str] | None:
    """What to put before a command so that it may install software; None when nothing helps."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and _quietly([sudo, "-n", "true"]):
        return [sudo, "-n"]
    return None


def _install(rights: list[str], packages: list[str]) -> bool:
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    command = [*apt, "install", "-y", "--no-install-recommends"]
    if "postgresql" in packages and not CLUSTERS.parent.exists():
        packages = [name for name in packages if name != "postgresql"]
        return _install(rights, ["postgresql-common", *packages]) and _postgresql(rights, command)
    if _quietly([*command, *packages]):
        return True
    # The lists may be missing (images of containers drop them) or too old.
    return _quietly([*apt, "update"]) and _quietly([*command, *packages])


def _postgresql(rights: list[str], command: list[str]) -> bool:
    """Install the server without the one that Debian would start at once, and at each boot."""
    setting = f"echo 'create_main_cluster = false' >> {CLUSTERS}"
    return _quietly([*rights, "sh", "-c", setting]) and _quietly([*command, "postgresql"])


def _quietly(command: list[str], cwd: Path | None = None) -> bool:
    return subprocess.run(command, cwd=cwd, capture_output=True, check=False).returncode == 0


def _unpack_pip(folder: Path) -> Path | None:
    """Fetch and unpack Debian's pip as an ordinary user, with package lists of our own."""
    lists = folder / "lists"
    (lists / "partial").mkdir(parents=True, exist_ok=True)
    fetch = ["apt-get", "download", "python3-pip-whl"]
    private = ["-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={folder}"]
    if not _quietly(fetch, cwd=folder):
        _quietly(["apt-get", *private, "update"])
        _quietly([fetch[0], *private, *fetch[1:]], cwd=folder)
    for package in folder.glob("python3-pip-whl_*.deb"):
        _quietly(["dpkg-deb", "--extract", str(package), str(folder)])
    return _newest_wheel(folder / "usr/share/python-wheels")


def _newest_wheel(folder: Path) -> Path | None:
    return max(folder.glob("pip-*.whl"), default=None)
