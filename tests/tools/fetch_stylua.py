"""Fetch StyLua, the formatter that the repository's Luau is held to, from its npm package."""

import platform
import sys
import tempfile
from pathlib import Path

from tests.tools import fetch_lune

PACKAGE = "@johnnymorganz/stylua-bin-"
VERSION = "2.5.2"
BUILDS = {
    ("linux", "x86_64"): (
        "linux-x64",
        "5NfzgN3lnlgmFcPCmhlyHr7y3Ro6wmPNBYzjVFLJKqJtwMPgSgKKzfT93s2rkX/QZKIlZelLtQ7eHVDmULegSg==",
    ),
    ("linux", "aarch64"): (
        "linux-arm64",
        "zffjBoMQpzP1AnnhVrg1k/8zNrI9VTKQ/hie/baD3y5mgOHe4/YJ33uo0dZeI+uZAu5gdanmvM5fQtPxnGc6xQ==",
    ),
    ("darwin", "x86_64"): (
        "darwin-x64",
        "TP+TweORn5qs2NIn1ejTQ5vVDmCwch43WgCnfqIbdSx/txvlr3bVbWO5NeiEzdI2XO6gDFzFi9X6FIK1UNS7qQ==",
    ),
    ("darwin", "arm64"): (
        "darwin-arm64",
        "aoUX8+aG7x/hXSYMEkpH7YEvQ9AK/V/qY5SUBOqK4g5iBK9hjfOrFqYWRYo14BG+9QEEeKv0SY5iUviMUpyn0g==",
    ),
    ("win32", "AMD64"): (
        "win32-x64",
        "wasLSN1Z9O0t6v6km/7cnBqtJe1oUX+Mgojba56hveR67i2F97bETu2GroSeCNuuCdXxUXIbZ+tf9b8CVyF1pA==",
    ),
}
"""By system and machine: the end of the package's name, and its `dist.integrity`."""


def fetch(into: Path) -> Path:
    """Make `into` hold StyLua for this machine, and return the program.

    Raises:
        RuntimeError: there is none for this machine, or what came is not what was pinned.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    program = into / f"stylua-{VERSION}{suffix}"
    if program.exists():
        return program
    machine = (sys.platform, platform.machine())
    if machine not in BUILDS:
        raise RuntimeError(f"StyLua has no build for {machine[0]} on {machine[1]}.")
    name, sha512 = BUILDS[machine]
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix="fetching-") as scratch:
        member = f"package/stylua{suffix}"
        found = fetch_lune.unpack_from_npm(PACKAGE + name, VERSION, sha512, member, Path(scratch))
        found.replace(program)
    return program
