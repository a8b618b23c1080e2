"""What the window remembers for itself: the size of its text, and where it stood."""

import json
import logging
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from desktop import private_files

SCALES = (1.0, 1.25, 1.5, 2.0)
MOST_RECENT = 12
Motion = Literal["system", "less"]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """One window's habits. Nothing here is a secret or a pupil's."""

    scale: float = 1.0
    geometry: str = ""
    """Qt's own record of place and size, in base64."""
    motion: Motion = "system"
    widths: dict[str, list[int]] = field(default_factory=dict)
    """The columns a person made wider or narrower, by table; 0 stands for one left as it was."""
    habits: dict[str, str] = field(default_factory=dict)
    """How a screen was told to show things from then on, by screen: its own word for it."""
    recent: tuple[str, ...] = ()
    """What was chosen in the palette, the latest first: ids, never names."""
    toured: bool = False
    """The tour was taken, or skipped."""
    version: str = ""
    """The version of the program that was open last; "" before the first."""

    def with_recent(self, key: str) -> "Preferences":
        """The same, with another choice in the palette."""
        others = [one for one in self.recent if one != key]
        return replace(self, recent=(key, *others)[:MOST_RECENT])

    @classmethod
    def load(cls, profile: Path) -> "Preferences":
        """Read what was remembered; anything unreadable counts as not remembered."""
        try:
            found = json.loads(_file(profile).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError) as error:
            log.warning("The window's preferences could not be read (%s); starting afresh.", error)
            return cls()
        return _read(found) if isinstance(found, dict) else cls()

    def save(self, profile: Path) -> None:
        """Write them down. A full disk leaves what was remembered before."""
        try:
            profile.mkdir(mode=0o700, parents=True, exist_ok=True)
            private_files.write(_file(profile), json.dumps(asdict(self)).encode())
        except OSError as error:
            log.warning("The window's preferences could not be saved (%s).", error)


def _read(found: dict[str, object]) -> Preferences:
    scale, geometry, recent = found.get("scale"), found.get("geometry"), found.get("recent")
    keys = recent if isinstance(recent, list) else []
    return Preferences(
        scale=scale if isinstance(scale, float) and scale in SCALES else 1.0,
        geometry=geometry if isinstance(geometry, str) else "",
        recent=tuple(key for key in keys if isinstance(key, str))[:MOST_RECENT],
        toured=found.get("toured") is True,
        version=str(found.get("version") or ""),
        motion="less" if found.get("motion") == "less" else "system",
        widths=_widths(found.get("widths")),
        habits=_habits(found.get("habits")),
    )


def _widths(found: object) -> dict[str, list[int]]:
    tables = found if isinstance(found, dict) else {}
    return {
        str(name): [max(0, width) for width in widths]
        for name, widths in tables.items()
        if isinstance(widths, list) and all(isinstance(width, int) for width in widths)
    }


def _habits(found: object) -> dict[str, str]:
    told = found if isinstance(found, dict) else {}
    return {str(screen): habit for screen, habit in told.items() if isinstance(habit, str)}


def _file(profile: Path) -> Path:
    return profile / "window.json"
