"""Keeps the catalogues of the window: finds its sentences, and compiles what is translated.

    python -m tests.tools.translations            bring every catalogue up to date and compile it
    python -m tests.tools.translations --check    say what is missing, change nothing

A sentence is what stands in `tr(...)`, `plural(...)` or `mark(...)` in desktop/ui, or in `say(...)`
below it. Translate the `.ts` files with Qt Linguist or by hand; the compiled `.qm` files are kept
beside them.
"""

import argparse
import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from desktop import resources
from desktop.ui.language import CONTEXT, LANGUAGES, SOURCE

ROOT = Path(__file__).resolve().parents[2]
PLACE_OF_SENTENCE = {"tr": 0, "mark": 0, "plural": 1, "say": 0}
ENGLISH_ONLY = ("cli", "school")
"""Folders of the package that the window shows nothing of."""
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


@dataclass(frozen=True)
class Sentence:
    """A sentence of the source, and whether it changes with a count."""

    text: str
    counted: bool


@dataclass(frozen=True)
class Translated:
    """A sentence in another language; two forms where it changes with a count."""

    forms: tuple[str, ...]
    finished: bool


def sentences(folder: Path = ROOT / "desktop") -> list[Sentence]:
    """Every sentence that the window shows, each once, in the order of the files."""
    found: dict[Sentence, None] = {}
    for file in sorted(folder.rglob("*.py")):
        if file.relative_to(folder).parts[0] in ENGLISH_ONLY:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            sentence = _sentence(node)
            if sentence is not None:
                found[sentence] = None
    return list(found)


def catalogue(code: str) -> Path:
    """The file of a language."""
    return resources.path("translations") / f"window_{code}.ts"


def read(file: Path) -> dict[Sentence, Translated]:
    """What a catalogue holds."""
    if not file.exists():
        return {}
    found = {}
    for message in ET.parse(file).iter("message"):
        counted = message.get("numerus") == "yes"
        translation = message.find("translation")
        assert translation is not None
        forms = tuple(one.text or "" for one in translation.iter("numerusform"))
        given = forms if counted else (translation.text or "",)
        unfinished = translation.get("type") == "unfinished" or not all(given)
        source = message.findtext("source") or ""
        found[Sentence(source, counted)] = Translated(given, not unfinished)
    return found


def write(file: Path, code: str, known: dict[Sentence, Translated]) -> None:
    """Write a catalogue of the present sentences; one that is new is unfinished."""
    top = ET.Element("TS", version="2.1", language=code, sourcelanguage=SOURCE)
    context = ET.SubElement(top, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for sentence in sentences():
        message = ET.SubElement(context, "message", numerus="yes") if sentence.counted else (
            ET.SubElement(context, "message"))  # fmt: skip
        ET.SubElement(message, "source").text = sentence.text
        translation = ET.SubElement(message, "translation")
        have = known.get(sentence)
        if have is None or not have.finished:
            translation.set("type", "unfinished")
        forms = have.forms if have else ("", "") if sentence.counted else ("",)
        if not sentence.counted:
            translation.text = forms[0]
        for form in forms if sentence.counted else ():
            ET.SubElement(translation, "numerusform").text = form
    ET.indent(top, " ")
    file.write_text(HEAD + ET.tostring(top, encoding="unicode") + "\n", encoding="utf-8")


def missing(code: str) -> list[str]:
    """The sentences that a catalogue does not have, or has unfinished."""
    known = read(catalogue(code))
    return [one.text for one in sentences() if one not in known or not known[one].finished]


def compile_catalogue(file: Path) -> None:
    """Make the `.qm` file that the window loads."""
    beside = Path(sys.executable).with_name("pyside6-lrelease")
    tool = str(beside) if beside.exists() else shutil.which("pyside6-lrelease")
    if tool is None:
        raise FileNotFoundError("pyside6-lrelease, which comes with PySide6, is not installed")
    subprocess.run([tool, "-silent", str(file), "-qm", str(file.with_suffix(".qm"))], check=True)


def _sentence(node: ast.AST) -> Sentence | None:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return None
    place = PLACE_OF_SENTENCE.get(node.func.id)
    if place is None or len(node.args) <= place:
        return None
    given = node.args[place]
    if not (isinstance(given, ast.Constant) and isinstance(given.value, str)):
        return None
    return Sentence(given.value, node.func.id == "plural")


def main() -> int:
    """Update or check; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    only_check = arguments.parse_args().check
    left = 0
    for code in LANGUAGES:
        if code == SOURCE:
            continue
        file = catalogue(code)
        if not only_check:
            write(file, code, read(file))
            compile_catalogue(file)
        for text in missing(code):
            left += 1
            print(f"{code}: not translated yet: {text}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
