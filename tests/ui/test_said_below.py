"""What is said below the window reaches a teacher in the window's language."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.errors import CompanionError
from desktop.lessons.instances import Instance
from desktop.sentences import Sentence, say
from desktop.storage.errors import DiskFull
from desktop.studio import scan
from desktop.studio.scan import ScanReport
from desktop.ui import language, strings
from desktop.ui.parts.pushing import findings
from desktop.ui.strings import sentence_of, shown


@pytest.fixture
def spanish(qapp: QApplication) -> Iterator[None]:
    language.speak(qapp, "es")
    yield
    language.speak(qapp, "en")
    strings.install(None)


@pytest.mark.usefixtures("spanish")
def test_a_sentence_is_translated_with_its_values_and_the_sentences_inside_it() -> None:
    thing = say("A grade in {quiz} for {student}", quiz="Halves", student="Ana Li")
    deleted = say("The deletion of {thing}", thing=thing)
    assert shown(deleted) == "Eliminación: Una calificación en Halves para Ana Li"
    assert str(deleted) == "The deletion of A grade in Halves for Ana Li"


@pytest.mark.usefixtures("spanish")
def test_an_error_says_what_happened_and_what_to_do_in_the_teacher_s_language() -> None:
    error = DiskFull(
        say("There is no room left on the disk that holds {folder}, so the last change was not "
            "saved. Everything before it is safe.", folder=Path("D:/Work")),
        mend=say("Free some space and make the change again."),
    )  # fmt: skip
    assert sentence_of(error).startswith("No queda espacio en el disco donde está D:")
    assert sentence_of(error).endswith("Libera espacio y vuelve a hacer el cambio.")
    assert str(error).startswith("There is no room left")


@pytest.mark.usefixtures("spanish")
def test_what_has_no_template_is_shown_as_it_is() -> None:
    assert shown("Ana {wrote} this") == "Ana {wrote} this"
    assert sentence_of(CompanionError("It is so.", mend="Do that.")) == "It is so. Do that."
    assert shown(say("No catalogue has {this}", this=1)) == "No catalogue has 1"


@pytest.mark.usefixtures("spanish")
def test_what_the_safety_scan_found_is_said_in_the_teacher_s_language() -> None:
    found = scan.scan_source("\nloadstring('x')()", where="Workspace/A")
    label = Instance("StringValue", "A", {"Value": "see https://elsewhere.example"})
    told = findings(ScanReport((*found, *scan.scan_instance(label))))
    assert [words for _, _, words in told] == [
        "Workspace/A, línea 2: ejecuta texto como código (loadstring).",
        "A: su Value contiene una dirección web.",
    ]
    assert found[0].text == "Workspace/A, line 2: it runs text as code (loadstring)."


def test_a_sentence_is_plain_text_for_whoever_stores_it() -> None:
    made = say("{xp} XP for {student}", xp=5, student="Ana {Li}")
    assert isinstance(made, Sentence)
    assert made == "5 XP for Ana {Li}"
    assert type(str(made)) is str
    assert json.dumps(made) == '"5 XP for Ana {Li}"'
