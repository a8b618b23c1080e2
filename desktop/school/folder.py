"""The data folder of a school: private, one server at a time, with the secrets it made."""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

import filelock

from desktop import private_files
from desktop.errors import CompanionError, WrongUse

DATABASE = "school.sqlite"
SECRETS = "secrets.json"
LOCK = "school.lock"


class SchoolInUse(CompanionError):
    """Another server process works on this data folder."""


class SecretsUnreadable(CompanionError):
    """The file of the school's secrets is damaged or not ours to read."""


@dataclass(frozen=True)
class SigningKey:
    """A key for access tokens, with the id that tokens name it by."""

    id: str
    secret: str


@dataclass(frozen=True)
class Secrets:
    """What a school made for itself at its first start, and never tells."""

    signing: tuple[SigningKey, ...]
    """The first one signs; all of them verify, so that a rotation signs nobody out."""
    refresh: str
    realtime_key: str
    """The public half of the realtime pair: clients are told it."""
    realtime_secret: str


class Folder:
    """A school's data folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / DATABASE
        self._lock = filelock.FileLock(path / LOCK, timeout=0, mode=0o600)

    @classmethod
    def open(cls, path: Path) -> "Folder":
        """Make the folder if it is not there, closed to other people.

        Raises:
            WrongUse: it cannot be made or written to.
        """
        try:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.chmod(0o700)
        except OSError as error:
            raise WrongUse(
                f"The data folder {path} cannot be used: {error.strerror}.",
                mend="Choose another one with --data.",
            ) from error
        return cls(path)

    def lock(self) -> None:
        """Take the folder for this process; it is released when the process ends.

        Raises:
            SchoolInUse: another process has it.
        """
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise SchoolInUse(
                f"A school server is already running on {self.path}.",
                mend="Stop it first, or choose another folder with --data.",
            ) from None

    def release(self) -> None:
        """Give the folder back."""
        self._lock.release()

    def secrets(self) -> Secrets:
        """The school's secrets, made now if this is its first start.

        Raises:
            SecretsUnreadable: the file is there and cannot be read.
        """
        file = self.path / SECRETS
        if not file.exists():
            private_files.write(file, json.dumps(_fresh(), indent=1).encode())
        try:
            found = json.loads(file.read_bytes())
            return Secrets(
                signing=tuple(SigningKey(key["id"], key["secret"]) for key in found["signing"]),
                refresh=found["refresh"],
                realtime_key=found["realtime"]["key"],
                realtime_secret=found["realtime"]["secret"],
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SecretsUnreadable(
                f"The school's secrets in {file} cannot be read.",
                mend="Restore the file from a backup, or delete it: everybody signs in again.",
            ) from error

    def rotate_signing_key(self) -> None:
        """Sign with a new key from the next start on; the one before stays good for checking."""
        self.secrets()
        file = self.path / SECRETS
        found = json.loads(file.read_bytes())
        found["signing"] = [_signing_key(), found["signing"][0]]
        private_files.write(file, json.dumps(found, indent=1).encode())


def _signing_key() -> dict[str, str]:
    return {"id": secrets.token_hex(4), "secret": secrets.token_hex(32)}


def _fresh() -> dict[str, object]:
    return {
        "signing": [_signing_key()],
        "refresh": secrets.token_hex(32),
        "realtime": {"key": secrets.token_hex(10), "secret": secrets.token_hex(20)},
    }
