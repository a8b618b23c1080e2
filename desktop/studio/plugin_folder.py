"""Where Studio looks for plugins: where its own settings say, else where it looks by itself.

A teacher may move the folder in Studio's settings (Directories, Plugins Dir). Studio keeps that in
`GlobalSettings_13.xml` as `<QDir name="PluginsDir">`, beside its other files: known from the tools
of others (https://github.com/Kampfkarren/roblox-install/issues/33), not tried with a real Studio.
"""

import html
import os
import re
import sys
from pathlib import Path

SYSTEM = sys.platform
"""Which system this is; a test of another one says so here."""
MOST_BYTES = 16 * 1024 * 1024
"""Studio's settings are far smaller: a larger file is none of Studio's."""

_SETTINGS = re.compile(r"GlobalSettings_(\d{1,6})\.xml")
_CHOSEN = re.compile(r'<QDir name="PluginsDir">([^<]*)</QDir>')


def usual() -> Path:
    """Where Studio looks on this system when nobody has told it otherwise."""
    if SYSTEM == "win32":
        return _local_data() / "Roblox" / "Plugins"
    if SYSTEM == "darwin":
        return Path.home() / "Documents" / "Roblox" / "Plugins"
    return Path.home() / ".local" / "share" / "Roblox" / "Plugins"


def chosen() -> Path | None:
    """The folder that Studio's own settings name; None when they name none that could be one."""
    settings = _studio_settings()
    if settings is None:
        return None
    try:
        if settings.stat().st_size > MOST_BYTES:
            return None
        found = _CHOSEN.search(settings.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None  # without its settings, Studio looks where it looks by itself
    folder = Path(html.unescape(found[1]).strip()) if found else Path()
    return folder if folder.is_absolute() else None


def _studio_settings() -> Path | None:
    """Studio's settings file, of the newest form where there are several."""
    if SYSTEM == "win32":
        folder = _local_data() / "Roblox"
    elif SYSTEM == "darwin":
        folder = Path.home() / "Library" / "Roblox"
    else:
        return None
    found = [
        (int(form[1]), file)
        for file in folder.glob("GlobalSettings_*.xml")
        if (form := _SETTINGS.fullmatch(file.name))
    ]
    return max(found)[1] if found else None


def _local_data() -> Path:
    return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
