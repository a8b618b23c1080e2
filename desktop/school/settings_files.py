"""Files that an administrator writes into a school's folder: TOML, checked, secrets kept closed."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from desktop.errors import CompanionError

Settings = TypeVar("Settings", bound=BaseModel)


@dataclass(frozen=True)
class SettingsFile(Generic[Settings]):
    """A file called `name` that holds `what`, and the error that says what is wrong with it.

    `secrets` are its fields that nobody else may read, each with the variable of the environment
    that may hold it instead ("" for none).
    """

    name: str
    what: str
    model: type[Settings]
    unreadable: type[CompanionError]
    mend: str
    secrets: Mapping[str, str] = field(default_factory=dict)

    def read(
        self, folder: Path, environment: Mapping[str, str] = os.environ, **more: object
    ) -> Settings | None:
        """What the file in `folder` says; None when there is none. `more` are fields besides it.

        Raises:
            CompanionError: as `unreadable`: the file does not fit, or others can read a secret
                in it. No value is quoted, because it may be a secret.
        """
        file = folder / self.name
        try:
            found: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise self._misfit(file, "it is no TOML file that can be read") from error
        self._check_private(file, found)
        for name, variable in self.secrets.items():
            if variable and environment.get(variable):
                found[name] = environment[variable]
        try:
            return self.model.model_validate({**found, **more})
        except ValidationError as error:
            places = ", ".join(".".join(map(str, part["loc"])) for part in error.errors())
            raise self._misfit(file, f"look at {places}") from None

    def _check_private(self, file: Path, found: Mapping[str, object]) -> None:
        secret = any(found.get(name) for name in self.secrets)
        if secret and os.name == "posix" and file.stat().st_mode & 0o077:
            raise self.unreadable(
                f"{file} holds a secret and can be read by other people.", mend=f"chmod 600 {file}"
            )

    def _misfit(self, file: Path, why: str) -> CompanionError:
        return self.unreadable(f"The {self.what} in {file} do not fit: {why}.", mend=self.mend)
