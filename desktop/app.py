"""The window's process: Qt and asyncio joined, services built, the shell shown, an orderly end."""

from desktop.errors import WrongUse
from desktop.settings import Settings


def run(settings: Settings) -> int:
    """Open the window and return the process's exit code."""
    raise WrongUse(f"The window is not built yet (profile {settings.profile}).")
