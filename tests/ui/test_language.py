"""The window in another language: nothing left out or garbled, days written as they should."""

import datetime as dt
import string
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from desktop.ui import language, strings
from desktop.ui.language import CONTEXT, LANGUAGES, SOURCE
from tests.tools import literals, translations
from tests.tools.translations import Sentence

OTHERS = sorted(set(LANGUAGES) - {SOURCE})


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[QApplication]:
    """The application, speaking English again afterwards."""
    before = QLocale()
    yield qapp
    strings.install(None)
    QLocale.setDefault(before)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_of_the_window_is_translated(code: str) -> None:
    assert translations.missing(code) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_holds_no_sentence_that_the_window_no_longer_says(code: str) -> None:
    assert set(translations.read(translations.catalogue(code))) == set(translations.sentences())


@pytest.mark.parametrize("code", OTHERS)
def test_translations_fill_the_same_gaps_and_keep_their_access_keys(code: str) -> None:
    for sentence, translated in translations.read(translations.catalogue(code)).items():
        for form in translated.forms:
            assert _fields(form) == _fields(sentence.text), sentence.text
            assert form.count("&") == sentence.text.count("&"), sentence.text


@pytest.mark.parametrize("code", OTHERS)
def test_the_compiled_catalogue_is_the_one_of_its_source(code: str, qapp: QApplication) -> None:
    """Run `python -m tests.tools.translations` when this fails."""
    compiled = language.catalogue(code, qapp)
    for sentence, translated in translations.read(translations.catalogue(code)).items():
        one, many = (1, 2) if sentence.counted else (-1, -1)
        assert compiled.translate(CONTEXT, sentence.text, "", one) == translated.forms[0]
        assert compiled.translate(CONTEXT, sentence.text, "", many) == translated.forms[-1]


def test_a_sentence_that_is_only_marked_is_found_too() -> None:
    assert Sentence("Verified in Studio", counted=False) in translations.sentences()


def test_spanish_speaks_counts_and_days(spoken: QApplication) -> None:
    assert language.speak(spoken, "es") == "es"
    assert strings.tr("Today") == "Hoy"
    assert strings.plural("{count} student", "{count} students", 1) == "1 estudiante"
    assert strings.plural("{count} student", "{count} students", 30) == "30 estudiantes"
    assert strings.long_day(dt.date(2026, 11, 3)) == "martes, 3 de noviembre"


def test_a_language_the_window_does_not_know_becomes_english(spoken: QApplication) -> None:
    assert language.speak(spoken, "tlh") == "en"
    assert strings.tr("Today") == "Today"


@pytest.mark.parametrize(
    ("region", "long_day", "short_day", "half"),
    [
        ("en_US", "Tuesday, November 3", "November 3", "2.5"),
        ("en_GB", "Tuesday, 3 November", "3 November", "2.5"),
        ("es_ES", "martes, 3 de noviembre", "3 de noviembre", "2,5"),
        ("de_DE", "Dienstag, 3. November", "3. November", "2,5"),
    ],
)
def test_days_and_figures_are_written_as_the_region_does(
    region: str, long_day: str, short_day: str, half: str
) -> None:
    day, written = dt.date(2026, 11, 3), language.writing(QLocale(region))
    assert written.long_day(day) == long_day
    assert written.short_day(day) == short_day
    assert written.decimal(2.5) == half


def test_no_sentence_of_the_window_escapes_translation() -> None:
    assert literals.escaped() == []


@pytest.mark.parametrize(
    "source",
    [
        'label("Read me")',
        'button.setToolTip(f"Open {name}")',
        'self.banner.tell("Gone." if gone else tr("Here."), "warn")',
        'Button(tr("&Save"), act, tip="Saves it")',
        'words.setText(tr("Saved.") + " Nobody waits.")',
        'EmptyState("quiz", tr("Nothing yet"), "Quizzes show here.")',
    ],
)
def test_a_sentence_that_escapes_is_found(source: str) -> None:
    assert len(literals.found_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    ['label(tr("Read me"), "soft")', 'field.setText("")', 'label("–", "display")',
     'glyph.show_icon("check", "good")', 'words.setText(f"{one} · {other}")'],
)  # fmt: skip
def test_what_is_translated_or_says_nothing_is_let_pass(source: str) -> None:
    assert literals.found_in(source) == []
