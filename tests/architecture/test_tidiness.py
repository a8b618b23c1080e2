"""What every tracked file keeps to: a line that says what it is, and no trace of a machine."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=True,
).stdout.split("\0")
FILES = sorted(ROOT / name for name in set(TRACKED) if name and (ROOT / name).is_file())
PYTHON = [file for file in FILES if file.suffix == ".py" and "migrations" not in file.parts]
SHELVES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
HERE = {str(place) + "/" for place in (ROOT, Path.home(), Path(sys.prefix)) if len(place.parts) > 1}
TRACES = re.compile(
    "|".join(map(re.escape, sorted(HERE))).encode() + rb"|/home/[a-z]+/|[A-Z]:\\Users\\"
    rb"|pypi\.org/simple|files\.pythonhosted\.org|registry\.npmjs\.org|--(?:extra-)?index-url"
    rb"|deb\.debian\.org"
)


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_there_are_files_to_look_at() -> None:
    assert ROOT / "desktop" / "__main__.py" in PYTHON


def test_each_module_opens_with_a_line_that_says_what_it_is() -> None:
    silent = []
    for file in PYTHON:
        source = file.read_text(encoding="utf-8")
        if not source.strip() and "tests" in file.parts:
            continue  # an empty package marker among the tests says nothing and needs nothing
        words = ast.get_docstring(ast.parse(source)) or ""
        if not words.partition("\n")[0].endswith((".", ":", "?")):
            silent.append(f"{name(file)}: {words.partition(chr(10))[0]!r}")
    assert silent == []


def test_no_module_is_a_shelf_for_odds_and_ends() -> None:
    assert [name(file) for file in PYTHON if file.stem in SHELVES] == []


def test_no_file_names_a_machine_or_a_package_index() -> None:
    this = Path(__file__)
    traces = [
        f"{name(file)}: {found[0].decode()}"
        for file in FILES
        if file != this and (found := TRACES.search(file.read_bytes()))
    ]
    assert traces == []


def test_the_lock_has_a_hash_for_everything_and_an_address_for_nothing() -> None:
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z0-9][^\n]*(?:\n    --hash[^\n]*)*", lock, re.MULTILINE)
    assert len(entries) > 50
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in lock
