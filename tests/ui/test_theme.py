"""The visual language: what is read can be read, and it follows the system."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel

from desktop.ui.theme import fonts, icons, motion, tokens
from desktop.ui.theme.contrast import ratio
from desktop.ui.theme.current import colours
from desktop.ui.theme.theme import Theme
from tests.ui.monkey.census import heap_mb

READABLE, VISIBLE = 4.5, 3.0
PALETTES = pytest.mark.parametrize(
    "palette",
    list(tokens.PALETTES.values()),
    ids=list(tokens.PALETTES),
)


def test_contrast_is_measured_as_wcag_defines_it() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21.0)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert ratio("#ffffff", "#777777") == ratio("#777777", "#ffffff")


@PALETTES
@pytest.mark.parametrize("pair", tokens.READ_TOGETHER, ids="-on-".join)
def test_text_on_its_ground_is_readable(palette: tokens.Palette, pair: tuple[str, str]) -> None:
    ink, ground = (getattr(palette, role) for role in pair)
    assert ratio(ink, ground) >= READABLE


@PALETTES
@pytest.mark.parametrize("ground", ["canvas", "surface", "sidebar"])
def test_the_focus_ring_and_the_edges_of_controls_are_visible(
    palette: tokens.Palette, ground: str
) -> None:
    for role in ("accent", "edge"):
        assert ratio(getattr(palette, role), getattr(palette, ground)) >= VISIBLE


@pytest.mark.parametrize("pair", tokens.AVATARS)
def test_initials_are_readable(pair: tuple[str, str]) -> None:
    assert ratio(*pair) >= READABLE


def test_the_theme_follows_the_system_while_it_runs(qapp: QApplication, theme: Theme) -> None:
    heard = []
    theme.changed.connect(lambda: heard.append(theme.palette.dark))
    theme.show(appearance="system")
    _system_turns(qapp, theme, Qt.ColorScheme.Dark)
    assert colours() is tokens.DARK
    assert qapp.palette().window().color().name() == tokens.DARK.canvas
    _system_turns(qapp, theme, Qt.ColorScheme.Light)
    assert colours() is tokens.LIGHT
    assert heard == [False, True, False]


def _system_turns(qapp: QApplication, theme: Theme, scheme: Qt.ColorScheme) -> None:
    """As a desktop does it; the offscreen platform has no appearance of its own to change."""
    theme.system_scheme = lambda: scheme
    qapp.styleHints().colorSchemeChanged.emit(scheme)


def test_a_teachers_choice_of_dark_stays_when_the_system_turns_light(
    qapp: QApplication, theme: Theme
) -> None:
    theme.show(appearance="dark")
    _system_turns(qapp, theme, Qt.ColorScheme.Light)
    assert colours() is tokens.DARK


def test_high_contrast_follows_the_system_and_so_does_its_ground(
    qapp: QApplication, theme: Theme
) -> None:
    theme.show(appearance="system")
    theme.system_contrast = lambda: Qt.ContrastPreference.HighContrast
    _system_turns(qapp, theme, Qt.ColorScheme.Light)
    assert colours() is tokens.CONTRAST
    _system_turns(qapp, theme, Qt.ColorScheme.Dark)
    assert colours() is tokens.CONTRAST_DARK
    theme.show(appearance="light")
    assert colours() is tokens.LIGHT, "what a teacher chose goes before what the system asks"


def test_who_wants_less_motion_gets_none(theme: Theme) -> None:
    theme.show(motion="system")
    assert motion.duration(200) == (0 if motion.system_wants_less() else 200)
    theme.show(motion="less")
    assert motion.duration(200) == 0
    theme.show(motion="system")


def test_the_face_that_comes_along_is_found_and_its_figures_stand_below_each_other(
    theme: Theme,
) -> None:
    fonts.bring()
    font = QFont(fonts.BUNDLED, 12)
    assert QFontInfo(font).family() == fonts.BUNDLED
    assert QFontMetricsF(font).horizontalAdvance("111") < QFontMetricsF(font).horizontalAdvance(
        "888"
    )
    even = QFontMetricsF(fonts.tabular(font))
    assert even.horizontalAdvance("111") == even.horizontalAdvance("888")


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_each_system_sets_the_window_in_its_own_face(platform: str, theme: Theme) -> None:
    first = fonts.families(platform)[0]
    assert first == {"win32": "Segoe UI Variable Text", "darwin": ".AppleSystemUIFont"}.get(
        platform, fonts.BUNDLED
    )


def test_larger_text_makes_labels_larger(qapp: QApplication, theme: Theme) -> None:
    label = QLabel("Ångström")
    label.ensurePolished()
    before = label.sizeHint().height()
    theme.show(scale=2.0)
    label.ensurePolished()
    assert label.sizeHint().height() > before * 1.7
    theme.show(scale=1.0)


def test_an_icon_keeps_its_pixels_and_not_what_painted_it(theme: Theme) -> None:
    names = [file.stem for file in icons.FOLDER.glob("*.svg")]
    icons.pixmap(names[0], "#fe0000", 40)  # what is made once for all of them
    before_mb = heap_mb()
    kept = [icons.pixmap(name, "#fd0000", 40) for name in names]
    assert heap_mb() - before_mb < 1.5 * len(kept) * 40 * 40 * 4 / 1e6
    assert icons.icon("plus", "#fd0000") is icons.icon("plus", "#fd0000")
    assert icons.pixmap("plus", "#fd0000", 20, 2.0).devicePixelRatio() == 2.0


def test_every_icon_of_the_set_paints_in_the_colour_asked_for(qapp: QApplication) -> None:
    names = sorted(file.stem for file in icons.FOLDER.glob("*.svg"))
    assert len(names) > 30
    for name in names:
        image = icons.pixmap(name, "#ff0000", 48).toImage()
        reds = [
            image.pixelColor(x, y)
            for x in range(0, 48, 2)
            for y in range(0, 48, 2)
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert reds, f"{name} paints nothing"
        assert all(colour.red() > 200 and colour.green() < 60 for colour in reds), name
