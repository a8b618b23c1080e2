"""The Qt style sheet, made from the tokens."""

from string import Template

from desktop.ui.theme import tokens
from desktop.ui.theme.tokens import Palette

PICTURES = {
    "chevron": ("chevron-down", "ink"),
    "chevron_up": ("chevron-up", "ink"),
    "tick": ("check", "on_accent"),
}
"""What the sheet takes from a file: the icon and the colour's name of each."""

_SHEET = Template("""
* { font-size: ${body}pt; }
QWidget { color: $ink; selection-background-color: $accent; selection-color: $on_accent; }
QMainWindow, QDialog, #content, QMenu { background: $canvas; }
QDialog { border: 1px solid $line; }
QToolTip { background: $ink; color: $canvas; border: 0; padding: ${s1}px ${s2}px; }
QLabel { background: transparent; }
QLabel[role="display"] { font-size: ${display}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="lead"] { font-size: ${lead}pt; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="soft"] { color: $ink_soft; }
QLabel[role="caption"] { color: $ink_soft; font-size: ${caption}pt; }
QLabel[role="field"] { color: $ink; font-weight: 600; }
QLabel[tone="good"] { color: $good; } QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; } QLabel[tone="accent"] { color: $accent; }

QPushButton, QToolButton {
  background: $surface; color: $ink; border: 1px solid $edge; border-radius: ${radius}px;
  padding: ${s2}px ${s4}px; font-weight: 500; }
QPushButton:hover, QToolButton:hover { background: $sunken; }
QPushButton:pressed, QPushButton:open { background: $lit; }
QPushButton:focus, QToolButton:focus {
  border: ${ring}px solid $accent; padding: ${s2f}px ${s4f}px; }
QPushButton:disabled, QToolButton:disabled {
  color: $ink_soft; background: $sunken; border: 1px $disabled_edge $line; }
QPushButton[variant="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[variant="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[variant="primary"]:focus { border-color: $ink; }
QPushButton[variant="primary"]:disabled {
  background: $sunken; color: $ink_soft; border: 1px $disabled_edge $line; }
QPushButton[variant="quiet"] { background: transparent; border-color: transparent;
  color: $accent; padding: ${s2}px ${s3}px; }
QPushButton[variant="quiet"]:hover { background: $accent_soft; color: $accent_ink; }
QPushButton[variant="quiet"]:focus { border: ${ring}px solid $accent; padding: ${s2f}px ${s3f}px; }
QPushButton[variant="quiet"]:disabled { background: transparent; border-color: transparent;
  color: $ink_soft; }
QPushButton[variant="danger"] { color: $bad; border-color: $bad; }
QPushButton[variant="danger"]:hover { background: $bad_soft; }
QPushButton[variant="danger"]:disabled {
  background: $sunken; color: $ink_soft; border-color: $line; }
QPushButton[variant="choice"] { text-align: left; padding: ${s5}px; border: 1px solid $line;
  border-radius: ${radius_large}px; }
QPushButton[variant="choice"]:hover { border-color: $accent; background: $surface; }
QPushButton[variant="choice"]:focus { border: ${ring}px solid $accent; }
QPushButton[bare="yes"] { padding: ${s2}px; }
QPushButton::menu-indicator { image: none; width: 0; }
QPushButton[bare="yes"]:focus { padding: ${s2f}px; }

QPushButton[variant="line"] { text-align: left; background: transparent;
  border: 2px solid transparent; border-radius: ${radius}px; padding: 0; }
QPushButton[variant="line"]:hover { background: $sunken; }
QPushButton[variant="line"]:focus { border-color: $accent; padding: 0; }

QPushButton[variant="nav"] { text-align: left; background: transparent;
  border: 2px solid transparent;
  border-radius: ${radius}px; padding: ${s2}px ${s3}px; color: $ink_soft; font-weight: 500; }
QPushButton[variant="nav"]:hover { background: $lit; color: $ink; }
QPushButton[variant="nav"]:checked { background: $accent_soft; color: $accent_ink;
  font-weight: 600; }
QPushButton[variant="nav"]:focus { border-color: $accent; padding: ${s2}px ${s3}px; }
QPushButton[variant="status"] { background: transparent; border: 2px solid transparent;
  border-radius: ${radius_small}px; padding: ${s1}px ${s2}px; color: $ink_soft;
  font-size: ${caption}pt; }
QPushButton[variant="status"]:hover { background: $lit; color: $ink; }
QPushButton[variant="status"]:focus { border-color: $accent; padding: ${s1}px ${s2}px; }

QPushButton[variant="segment"] { background: transparent; border: 2px solid transparent;
  border-radius: ${radius_small}px; padding: ${s1}px ${s4}px; color: $ink_soft; font-weight: 500; }
QPushButton[variant="segment"]:hover { color: $ink; }
QPushButton[variant="segment"]:checked { background: $surface; color: $ink; font-weight: 500;
  border: 1px solid $line; padding: ${s1b}px ${s4b}px; }
QPushButton[variant="segment"]:focus { border: ${ring}px solid $accent; padding: ${s1}px ${s4}px; }
#segments { background: $sunken; border: 1px solid $line; border-radius: ${radius}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {
  background: $surface; color: $ink; border: 1px solid $edge; border-radius: ${radius}px;
  padding: ${s2}px ${s3}px; placeholder-text-color: $hint; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
QDoubleSpinBox:focus { border: ${ring}px solid $accent; padding: ${s2f}px ${s3f}px; }
QTextBrowser { border-color: $line; border-radius: ${radius_large}px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled { background: $sunken; color: $ink_soft; }
QComboBox::drop-down { border: 0; width: ${s5}px; }
QComboBox::down-arrow { image: url($chevron); width: ${s4}px; height: ${s4}px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; outline: 0;
  padding: ${s1}px; }
QAbstractSpinBox { padding: ${s2_over}px ${s1}px ${s2_under}px; }
QAbstractSpinBox:focus { padding: ${s2f_over}px ${s1}px ${s2f_under}px; }
QAbstractSpinBox QLineEdit { border: 0; padding: 0 ${s2}px; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: ${s5}px; border: 0;
  background: transparent; }
QAbstractSpinBox::up-arrow { image: url($chevron_up); width: ${s3}px; height: ${s3}px; }
QAbstractSpinBox::down-arrow { image: url($chevron); width: ${s3}px; height: ${s3}px; }
QCheckBox, QRadioButton { spacing: ${s2}px; padding: ${s1}px; border: 2px solid transparent;
  border-radius: ${radius_small}px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QRadioButton::indicator { width: ${s3}px; height: ${s3}px; border: 2px solid $edge;
  border-radius: ${dot}px; background: $surface; }
QCheckBox::indicator { width: ${s4}px; height: ${s4}px; border: 2px solid $edge;
  border-radius: ${radius_small}px; background: $surface; }
QCheckBox::indicator:checked { border-color: $accent; background: $accent; image: url($tick); }
QRadioButton::indicator:checked { border: ${s1}px solid $accent; width: ${s2}px; height: ${s2}px; }

#sidebar { background: $sidebar; border: 0; }
#statusbar { background: $sidebar; border: 0; border-top: 1px solid $line; }
#card { background: $surface; border: 1px solid $line; border-radius: ${radius_large}px; }
#banner { border: 1px solid $tint_edge; border-radius: ${radius}px; }
#banner[tone="info"] { background: $accent_soft; }
#banner[tone="good"] { background: $good_soft; }
#banner[tone="warn"] { background: $warn_soft; }
#banner[tone="bad"] { background: $bad_soft; }
#tour { background: $surface; border: 1px solid $edge; border-radius: ${radius_large}px; }
#tour-ring { background: transparent; border: 3px solid $accent; border-radius: ${radius}px; }
#drop-hint { background: $canvas; border: 2px dashed $accent; border-radius: ${radius_large}px; }
#toast { background: $ink; border: 1px solid $canvas; border-radius: ${radius}px; }
#sidesheet { background: $surface; border: 0; border-left: 1px solid $line; }
#sidesheet QScrollArea { background: transparent; }
#calendar { background: $surface; border: 1px solid $edge; border-radius: ${radius}px; }
QPushButton[variant="day"] { background: transparent; border: 2px solid transparent;
  border-radius: ${radius_small}px; padding: ${s1}px; font-weight: 400; }
QPushButton[variant="day"][near="out"] { color: $ink_soft; }
QPushButton[variant="day"][near="today"] { color: $accent; font-weight: 600; }
QPushButton[variant="day"]:hover { background: $sunken; border-color: $line; }
QPushButton[variant="day"][lit="yes"] { background: $accent; color: $on_accent; font-weight: 600; }
QPushButton[variant="day"]:focus { border: ${ring}px solid $ink; padding: ${s1}px; }
QPushButton[variant="day"]:disabled { background: transparent; color: $ink_soft; border: 0; }
#toast QLabel { color: $canvas; }
#toast QPushButton { background: transparent; border: 1px solid $canvas; color: $canvas;
  padding: ${s1}px ${s3}px; }
#toast QPushButton:hover { background: $ink_soft; }
QLabel[tag="plain"] { background: $sunken; color: $ink_soft; }
QLabel[tag="accent"] { background: $accent_soft; color: $accent_ink; }
QLabel[tag="good"] { background: $good_soft; color: $good; }
QLabel[tag="warn"] { background: $warn_soft; color: $warn; }
QLabel[tag="bad"] { background: $bad_soft; color: $bad; }
QLabel[tag] { border: 1px solid $tint_edge; border-radius: ${radius_small}px;
  padding: 1px ${s2}px; font-size: ${caption}pt;
  font-weight: 600; }
QFrame#rule { background: $line; max-height: 1px; min-height: 1px; border: 0; }

QScrollArea, QScrollArea > QWidget > QWidget#scrolled { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $line; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTableView { background: $surface; border: 1px solid $line; border-radius: ${radius_large}px;
  gridline-color: transparent; outline: 0; selection-background-color: $accent_soft;
  selection-color: $ink; }
QTableView:focus { border-color: $accent; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section { background: $surface; color: $ink_soft; border: 0;
  border-bottom: 1px solid $line; padding: ${s2}px ${s3}px; font-size: ${caption}pt;
  font-weight: 600; }
QHeaderView::section:first { border-top-left-radius: ${radius_inside}px; }
QHeaderView::section:last { border-top-right-radius: ${radius_inside}px; }
QHeaderView::section:only-one { border-top-left-radius: ${radius_inside}px;
  border-top-right-radius: ${radius_inside}px; }
QTableCornerButton::section { background: $surface; border: 0; }
QListView { background: $surface; border: 1px solid $line; border-radius: ${radius}px; outline: 0;
  padding: ${s1}px; }
QListView::item { padding: ${s2}px ${s3}px; border-radius: ${radius_small}px; color: $ink; }
QListView::item:hover { background: $sunken; }
QListView::item:selected { background: $accent_soft; color: $ink; }
QTreeView { background: $surface; border: 1px solid $line; border-radius: ${radius_large}px;
  outline: 0; padding: ${s1}px; }
QTreeView:focus { border-color: $accent; }
QTreeView::item { padding: ${s1}px; color: $ink; }
QTreeView::item:selected { background: $accent_soft; color: $ink; }
QSplitter::handle, QAbstractScrollArea::corner { background: transparent; border: 0; }
QPlainTextEdit#code { border: 1px solid $line; border-radius: ${radius_large}px; }
QMenu { border: 1px solid $line; border-radius: ${radius}px; padding: ${s1}px; }
QMenu::item { padding: ${s2}px ${s5}px; border-radius: ${radius_small}px; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $ink_soft; }
QMenu::separator { height: 1px; background: $line; margin: ${s1}px ${s2}px; }
QMenuBar { background: $sidebar; color: $ink; padding: 2px ${s1}px; }
QMenuBar::item { background: transparent; padding: ${s1}px ${s2}px;
  border-radius: ${radius_small}px; }
QMenuBar::item:selected { background: $accent_soft; color: $accent_ink; }
""")


def sheet(palette: Palette, body_pt: float, scale: float, icons: dict[str, str]) -> str:
    """The whole style sheet for one palette and one text size.

    `body_pt` is the size of plain text in points, already scaled; `scale` (1.0 is 100%) moves the
    distances along with it, so that large text keeps its air. `icons` holds the file of
    each of the `PICTURES`.
    """
    values: dict[str, object] = dict(vars(palette))
    values |= _sizes(body_pt) | _distances(scale) | icons
    return _SHEET.substitute(values)


def _sizes(body_pt: float) -> dict[str, object]:
    factors = {
        "caption": tokens.CAPTION,
        "body": tokens.BODY,
        "lead": tokens.LEAD,
        "title": tokens.TITLE,
        "heading": tokens.HEADING,
        "display": tokens.DISPLAY,
    }
    return {name: f"{body_pt * factor:.1f}" for name, factor in factors.items()}


def _distances(scale: float) -> dict[str, object]:
    steps = {
        "s1": tokens.SPACE_1,
        "s2": tokens.SPACE_2,
        "s3": tokens.SPACE_3,
        "s4": tokens.SPACE_4,
        "s5": tokens.SPACE_5,
    }
    scaled = {name: round(step * scale) for name, step in steps.items()}
    # A focused control has a border one pixel thicker; a padding one pixel thinner holds it still.
    thicker = tokens.FOCUS_RING - 1
    scaled |= {f"{name}f": round(step * scale) - thicker for name, step in steps.items()}
    scaled |= {
        "radius": tokens.RADIUS,
        "radius_small": tokens.RADIUS_SMALL,
        "radius_large": tokens.RADIUS_LARGE,
        "radius_inside": tokens.RADIUS_LARGE - 1,
        "ring": tokens.FOCUS_RING,
    }
    # The line inside a spin box is three pixels higher than one that stands alone.
    for name in ("s2", "s2f"):
        scaled |= {f"{name}_over": scaled[name] - 1, f"{name}_under": scaled[name] - 2}
    # A radio's mark is round: half of its inside and its border of two pixels on either side.
    scaled["dot"] = (round(tokens.SPACE_3 * scale) + 4) // 2
    # A segment carries a 2-pixel border at rest and one pixel when it is chosen.
    scaled["s1b"] = round(tokens.SPACE_1 * scale) + thicker
    scaled["s4b"] = round(tokens.SPACE_4 * scale) + thicker
    return {**scaled}
