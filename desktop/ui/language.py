"""The language of the window: which one, its catalogue, and how it writes days and figures."""

import datetime as dt

from PySide6.QtCore import QDate, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import resources
from desktop.ui import strings
from desktop.ui.strings import Writing

LANGUAGES = {"en": "English", "es": "Español"}
"""What the window speaks, each by its own name."""
CONTEXT = "window"
"""Under this heading the catalogue keeps every sentence."""
SOURCE = "en"


def speak(application: QApplication, wanted: str) -> str:
    """Speak `wanted` from now on, or the system's language when it is empty; returns the code.

    A language that the window does not know becomes English; days and figures are written as
    the region of the system writes them wherever the language is the same.
    """
    system = QLocale.system()
    code = (wanted or system.name()).replace("-", "_").split("_")[0].lower()
    code = code if code in LANGUAGES else SOURCE
    same = system.name().split("_")[0] == code
    locale = system if same else QLocale(code)
    QLocale.setDefault(locale)
    strings.install(None if code == SOURCE else _catalogue(application, code), writing(locale))
    return code


def writing(locale: QLocale) -> Writing:
    """How `locale` writes days and figures."""
    long_form = locale.dateFormat(QLocale.FormatType.LongFormat)
    long_day, short_day = _without_year(long_form), _without_weekday(_without_year(long_form))
    return Writing(
        long_day=lambda day: locale.toString(_date(day), long_day),
        short_day=lambda day: locale.toString(_date(day), short_day),
        decimal=lambda value: locale.toString(value, "f", 1),
        whole=locale.toString,
    )


def catalogue(code: str, parent: QApplication | None = None) -> QTranslator:
    """The sentences of one language.

    Raises:
        FileNotFoundError: there is no catalogue for it.
    """
    made = QTranslator(parent)
    if not made.load(str(resources.path(f"translations/window_{code}.qm"))):
        raise FileNotFoundError(f"The catalogue of the language {code} cannot be read.")
    return made


def _catalogue(application: QApplication, code: str) -> strings.Translate:
    ours = catalogue(code, application)
    # Qt's own sentences, such as those of the dialog that chooses a file.
    theirs = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if theirs.load(f"qtbase_{code}", folder):
        application.installTranslator(theirs)
    return lambda text, count: ours.translate(CONTEXT, text, "", count) or text


def _date(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _without_year(form: str) -> str:
    """`dddd, MMMM d, yyyy` without its year and what ties it on."""
    for tied in (" 'de' yyyy", " 'de' y", ", yyyy", ", y", " yyyy", " y", "yyyy", "y"):
        if tied in form:
            return form.replace(tied, "").strip(" ,")
    return form


def _without_weekday(form: str) -> str:
    for tied in ("dddd, ", "dddd d", "dddd "):
        if tied in form:
            return form.replace(tied, "d" if tied == "dddd d" else "", 1).strip(" ,")
    return form
