"""Where secrets lie: the computer's keyring, an encrypted vault file, or memory only.

Every store here blocks (a keyring may take a second, a vault's key a tenth): callers on an event
loop go through a thread.
"""

import contextlib
import importlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop import private_files
from desktop.errors import CompanionError, WrongUse
from desktop.sentences import say

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "ToolBoxAI Teacher Companion"
KEYRINGS = (
    "keyring.backends.Windows:WinVaultKeyring",
    "keyring.backends.macOS:Keyring",
    "keyring.backends.SecretService:Keyring",
    "keyring.backends.libsecret:Keyring",
    "keyring.backends.kwallet:DBusKeyring",
)
"""The keyrings that really keep a secret. Others that may be installed (plain files, 'null')
are never chosen, whatever the machine's configuration says."""

PIECE_CHARACTERS = 1_200
"""Windows keeps 2,560 bytes a secret as UTF-16: 1,280 characters. A little is left for safety."""

VAULT_MAGIC = b"TBXVAULT1\n"
MAX_VAULT_BYTES = 1_000_000
MAX_MEMORY_BYTES = 1 << 30
MAX_ROUNDS = 16


class NoSecretStore(CompanionError):
    """There is nowhere to keep a secret."""

    def __init__(self) -> None:
        super().__init__(
            say("This computer has no keyring to keep your sign-in safe."),
            mend=say(
                "Start a keyring (GNOME Keyring or KWallet), or name an encrypted file "
                "with '--vault FILE' and put its passphrase into "
                "TOOLBOXAI_VAULT_PASSPHRASE."
            ),
        )


class VaultLocked(CompanionError):
    """The vault file does not open."""


class KeyringLocked(CompanionError):
    """The computer's keyring is there and does not answer."""

    def __init__(self) -> None:
        super().__init__(
            say("The computer's keyring does not open."),
            mend=say("Unlock it, or sign in to the computer again, and try once more."),
        )


class SecretStore(Protocol):
    """Keeps short texts by name."""

    def get(self, name: str) -> str | None:
        """The secret, or None when there is none."""

    def set(self, name: str, value: str) -> None:
        """Keep a secret; it is safe when this returns."""

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens when there is none."""


class MemoryStore:
    """Secrets that end with the process: for Local school, whose password is fresh each start."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The secret, or None when there is none."""
        return self._values.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a secret until the process ends."""
        self._values[name] = value

    def delete(self, name: str) -> None:
        """Forget a secret."""
        self._values.pop(name, None)


class KeyringStore:
    """The computer's keyring. Long values lie in pieces under a head entry.

    The head is written last, and the two generations of pieces alternate, so that a kill at any
    moment leaves either the old value or the new one.
    """

    def __init__(self, backend: "KeyringBackend") -> None:
        self._backend = backend

    def get(self, name: str) -> str | None:
        """The secret, or None when there is none or its pieces are incomplete."""
        with _answering():
            generation, count = self._head(name)
            pieces = [
                self._backend.get_password(SERVICE, self._piece(name, generation, number))
                for number in range(count)
            ]
        whole = [piece for piece in pieces if piece is not None]
        return "".join(whole) if count and len(whole) == count else None

    def set(self, name: str, value: str) -> None:
        """Keep a secret; the old one stays readable until the new one is whole."""
        pieces = [
            value[start : start + PIECE_CHARACTERS]
            for start in range(0, max(len(value), 1), PIECE_CHARACTERS)
        ]
        with _answering():
            old_generation, old_count = self._head(name)
            generation = 1 - old_generation
            for number, piece in enumerate(pieces):
                self._backend.set_password(SERVICE, self._piece(name, generation, number), piece)
            self._backend.set_password(SERVICE, name, f"{generation}:{len(pieces)}")
            self._forget(name, old_generation, old_count)

    def delete(self, name: str) -> None:
        """Forget a secret: the head first, so that no half value is ever read."""
        with _answering():
            generation, count = self._head(name)
            if count:
                self._backend.delete_password(SERVICE, name)
                self._forget(name, generation, count)

    def _head(self, name: str) -> tuple[int, int]:
        generation, _, count = (self._backend.get_password(SERVICE, name) or "").partition(":")
        if generation not in ("0", "1") or not count.isdigit():
            return 1, 0
        return int(generation), int(count)

    @staticmethod
    def _piece(name: str, generation: int, number: int) -> str:
        return f"{name}/{generation}/{number}"

    def _forget(self, name: str, generation: int, count: int) -> None:
        from keyring.errors import PasswordDeleteError

        for number in range(count):
            with contextlib.suppress(PasswordDeleteError):
                self._backend.delete_password(SERVICE, self._piece(name, generation, number))


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Turn a keyring's own complaints into a sentence."""
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise KeyringLocked from error


class VaultFile:
    """Secrets in one encrypted file: argon2id makes the key, secretbox seals (PyNaCl).

    Each call reads the file anew under a lock beside it, so several processes may share one.
    """

    def __init__(self, file: Path, passphrase: str) -> None:
        self._file = file
        self._passphrase = passphrase.encode()
        self._keys: dict[tuple[bytes, int, int], bytes] = {}

    def get(self, name: str) -> str | None:
        """The secret, or None when there is none.

        Raises:
            VaultLocked: the passphrase is wrong or the file is damaged.
        """
        with self._locked():
            return self._open().get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a secret; the file is replaced whole.

        Raises:
            VaultLocked: the passphrase is wrong or the file is damaged; it stays as it is.
        """
        with self._locked():
            self._seal(self._open() | {name: value})

    def delete(self, name: str) -> None:
        """Forget a secret."""
        with self._locked():
            kept = self._open()
            if kept.pop(name, None) is not None:
                self._seal(kept)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        import filelock

        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with filelock.FileLock(f"{self._file}.lock", mode=0o600):
            yield

    def _open(self) -> dict[str, str]:
        import nacl.exceptions
        import nacl.secret

        if not self._file.exists():
            return {}
        if self._file.stat().st_size > MAX_VAULT_BYTES:
            raise VaultLocked(say("{file} is too large to be a vault.", file=self._file))
        sealed = self._file.read_bytes()
        head = len(VAULT_MAGIC)
        try:
            rounds, memory, salt = struct.unpack_from(">II16s", sealed, head)
        except struct.error:
            rounds, memory, salt = 0, 0, b""
        sensible = 1 <= rounds <= MAX_ROUNDS and 8_192 <= memory <= MAX_MEMORY_BYTES
        if not sealed.startswith(VAULT_MAGIC) or not sensible:
            raise VaultLocked(
                say("{file} is no vault, or it is damaged.", file=self._file),
                mend=say("Name another file with '--vault', and sign in again."),
            )
        box = nacl.secret.SecretBox(self._key(salt, rounds, memory))
        try:
            opened = json.loads(box.decrypt(sealed[head + 24 :]))
        except nacl.exceptions.CryptoError as error:
            raise VaultLocked(
                say("The passphrase does not open {file}.", file=self._file),
                mend=say("Check TOOLBOXAI_VAULT_PASSPHRASE."),
            ) from error
        return {str(name): str(value) for name, value in opened.items()}

    def _seal(self, values: dict[str, str]) -> None:
        import nacl.pwhash.argon2id as argon2id
        import nacl.secret
        import nacl.utils

        used = next(iter(self._keys), None)
        salt, rounds, memory = used or (
            nacl.utils.random(16),
            argon2id.OPSLIMIT_INTERACTIVE,
            argon2id.MEMLIMIT_INTERACTIVE,
        )
        box = nacl.secret.SecretBox(self._key(salt, rounds, memory))
        sealed = box.encrypt(json.dumps(values).encode())
        head = VAULT_MAGIC + struct.pack(">II16s", rounds, memory, salt)
        private_files.write(self._file, head + sealed)

    def _key(self, salt: bytes, rounds: int, memory: int) -> bytes:
        import nacl.pwhash.argon2id as argon2id

        made = (salt, rounds, memory)
        if made not in self._keys:
            self._keys = {made: argon2id.kdf(32, self._passphrase, salt, rounds, memory)}
        return self._keys[made]


def find_keyring() -> "KeyringBackend | None":
    """The first keyring of the allow-list that works on this computer, or None."""
    for name in KEYRINGS:
        module, attribute = name.split(":")
        try:
            kind = getattr(importlib.import_module(module), attribute)
            if kind.viable:
                backend: KeyringBackend = kind()
                return backend
        except (ImportError, AttributeError, RuntimeError, OSError):
            continue
    return None


def open_store(vault: Path | None, passphrase: str | None) -> SecretStore:
    """The place for secrets: the vault when one is named, else the keyring.

    Raises:
        NoSecretStore: there is neither.
        WrongUse: a vault is named without its passphrase.
    """
    if vault is not None:
        if not passphrase:
            raise WrongUse(
                say("The vault {vault} needs its passphrase.", vault=vault),
                mend=say("Put it into the environment as TOOLBOXAI_VAULT_PASSPHRASE."),
            )
        return VaultFile(vault, passphrase)
    backend = find_keyring()
    if backend is None:
        raise NoSecretStore
    return KeyringStore(backend)
