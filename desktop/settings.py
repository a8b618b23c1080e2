"""Where things lie and what is switched on; the command line wins over everything else."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Settings:
    """One run's settings."""

    profile: Path
    """The folder that holds everything: cache, settings, logs, outbox."""
    vault: Path | None = None
    """An encrypted file for secrets where there is no keyring."""

    @classmethod
    def load(cls, *, profile: Path | None = None, vault: Path | None = None) -> "Settings":
        """Read the settings; what is passed here wins."""
        folder = profile or Path(
            os.environ.get("TOOLBOXAI_PROFILE")
            or platformdirs.user_data_dir("TeacherCompanion", "ToolBoxAI")
        )
        return cls(profile=folder.absolute(), vault=vault)
