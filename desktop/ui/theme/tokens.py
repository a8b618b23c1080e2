"""The design tokens: colours, type scale, spacing, radii. No colour is named elsewhere."""

from dataclasses import dataclass

SPACE_1, SPACE_2, SPACE_3, SPACE_4 = 4, 8, 12, 16
SPACE_5, SPACE_6, SPACE_7 = 24, 32, 48
"""Distances in pixels at 100% text; everything is a multiple of four."""

RADIUS_SMALL, RADIUS, RADIUS_LARGE = 6, 8, 12
FOCUS_RING = 2
TARGET_PX = 24
"""The least that a thing to press measures in both directions (WCAG 2.2, 2.5.8)."""
ICON_PX, ICON_LARGE_PX = 20, 40
"""Beside words, and above the words of an empty page."""
COLUMN = 900
"""How wide a page of words is, head and body, at 100% text."""

CAPTION, BODY, LEAD, TITLE, HEADING, DISPLAY = 0.88, 1.0, 1.1, 1.22, 1.7, 2.3
"""The type scale, as factors of the text size that the teacher's system asks for."""


QUICK_MS, CALM_MS = 120, 200
"""How long a thing takes to fade, and to slide in. Through motion.duration, never by itself."""


@dataclass(frozen=True)
class Elevation:
    """The shadow of a thing that lies above the page: how far it falls, and how soft it is."""

    drop_px: int
    blur_px: int
    strength: int
    """Of black, from 0 to 255."""


FLOATING = Elevation(drop_px=4, blur_px=20, strength=60)
"""What comes and goes over the page: a toast, a calendar."""


@dataclass(frozen=True)
class Palette:
    """The colours of one appearance, each named by its job."""

    dark: bool
    canvas: str
    """Behind everything."""
    surface: str
    """Cards, tables, fields."""
    sidebar: str
    sunken: str
    """Wells, hovered rows, tracks."""
    ink: str
    ink_soft: str
    """Second voice: explanations, labels."""
    hint: str
    """An example in an empty field, which must not pass for what was typed."""
    lit: str
    """What is held down, and what is under the pointer on the sidebar."""
    line: str
    """Hairlines; decoration only."""
    edge: str
    """Borders of controls, which must be seen (3 to 1)."""
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_ink: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    tint_edge: str = "transparent"
    """Around a tag and a banner, where their tinted grounds cannot be told from the page."""
    disabled_edge: str = "solid"
    """How the border of a thing that cannot be pressed is drawn; where colours cannot say it."""


LIGHT = Palette(
    dark=False,
    canvas="#fafaf8",
    surface="#ffffff",
    sidebar="#f1f0ec",
    sunken="#f3f2ee",
    ink="#1e2026",
    ink_soft="#5a5f6b",
    hint="#5a5f6b",
    lit="#e5e3dd",
    line="#e5e3dd",
    edge="#80848e",
    accent="#3f56c9",
    accent_hover="#3346ae",
    on_accent="#ffffff",
    accent_soft="#e7eafa",
    accent_ink="#3044a6",
    good="#1d6a42",
    good_soft="#dff2e6",
    warn="#855000",
    warn_soft="#fbeed6",
    bad="#a6281f",
    bad_soft="#fbe6e3",
)

DARK = Palette(
    dark=True,
    canvas="#18191d",
    surface="#202227",
    sidebar="#131417",
    sunken="#282a30",
    ink="#eceded",
    ink_soft="#a9aeb9",
    hint="#a9aeb9",
    lit="#30333a",
    line="#30333a",
    edge="#7a808d",
    accent="#8fa0f8",
    accent_hover="#a9b6fb",
    on_accent="#12152b",
    accent_soft="#282e4d",
    accent_ink="#bfc9ff",
    good="#74d39d",
    good_soft="#19352a",
    warn="#ecba6b",
    warn_soft="#3a2d15",
    bad="#f6a098",
    bad_soft="#432322",
)

CONTRAST = Palette(
    dark=False,
    canvas="#ffffff",
    surface="#ffffff",
    sidebar="#ffffff",
    sunken="#ffffff",
    ink="#000000",
    ink_soft="#000000",
    hint="#5c5c5c",
    lit="#dfe6ff",
    line="#000000",
    edge="#000000",
    accent="#0000c8",
    accent_hover="#000080",
    on_accent="#ffffff",
    accent_soft="#dfe6ff",
    accent_ink="#000080",
    good="#004d1f",
    good_soft="#ffffff",
    warn="#5c3600",
    warn_soft="#ffffff",
    bad="#8a0000",
    bad_soft="#ffffff",
    tint_edge="#000000",
    disabled_edge="dashed",
)
"""For those who need every edge: black on white, and nothing said by a tint alone."""

CONTRAST_DARK = Palette(
    dark=True,
    canvas="#000000",
    surface="#000000",
    sidebar="#000000",
    sunken="#000000",
    ink="#ffffff",
    ink_soft="#ffffff",
    hint="#a8a8a8",
    lit="#12245c",
    line="#ffffff",
    edge="#ffffff",
    accent="#9db8ff",
    accent_hover="#c6d5ff",
    on_accent="#000000",
    accent_soft="#12245c",
    accent_ink="#d4dfff",
    good="#8ff0b4",
    good_soft="#000000",
    warn="#ffd48a",
    warn_soft="#000000",
    bad="#ffb4ac",
    bad_soft="#000000",
    tint_edge="#ffffff",
    disabled_edge="dashed",
)
"""The same, white on black, where the system is dark."""

PALETTES = {
    "light": LIGHT,
    "dark": DARK,
    "contrast": CONTRAST,
    "contrast-dark": CONTRAST_DARK,
}

READ_TOGETHER: tuple[tuple[str, str], ...] = (
    ("ink", "canvas"), ("ink", "surface"), ("ink", "sidebar"), ("ink", "sunken"),
    ("ink_soft", "canvas"), ("ink_soft", "surface"), ("ink_soft", "sidebar"),
    ("ink_soft", "sunken"), ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("accent_ink", "accent_soft"), ("accent", "surface"), ("accent", "canvas"),
    ("ink", "accent_soft"), ("ink_soft", "accent_soft"),
    ("good", "good_soft"), ("warn", "warn_soft"), ("bad", "bad_soft"),
    ("ink", "good_soft"), ("ink", "warn_soft"), ("ink", "bad_soft"),
    ("good", "surface"), ("warn", "surface"), ("bad", "surface"),
    ("good", "sidebar"), ("warn", "sidebar"), ("bad", "sidebar"), ("accent_ink", "sidebar"),
    ("hint", "surface"), ("ink", "lit"), ("accent", "lit"), ("bad", "lit"),
)  # fmt: skip
"""Text and ground that meet on screen; a test holds each pair to a contrast of 4.5 to 1."""

AVATARS = (
    ("#f7dfd8", "#7b2d1a"), ("#dcebdc", "#22562c"), ("#dde6f8", "#234a94"),
    ("#eee0f5", "#643184"), ("#f6e7c8", "#694700"), ("#d6ecec", "#0f5457"),
)  # fmt: skip
"""Ground and ink of the round initials; one pair is chosen by the name."""
