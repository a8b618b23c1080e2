"""The key of an account's cache: made once, kept where secrets lie, and written down as a code.

The code is the key itself in 14 groups of four characters: whoever holds it and the file can
read the file. It is shown only when a person asks for it.
"""

import base64
import hashlib
import hmac
import secrets as chance
from pathlib import Path

import filelock

from desktop import private_files
from desktop.backend.secrets import (
    KeyringLocked,
    NoSecretStore,
    SecretStore,
    VaultLocked,
    open_store,
)
from desktop.errors import CompanionError, WrongUse
from desktop.sentences import say

KEY_BYTES = 32
CHECK_CHARACTERS = 4
GROUP = 4
_CODE_CHARACTERS = 52 + CHECK_CHARACTERS


class KeyNotKept(CompanionError):
    """The place for secrets took a key and does not give it back."""


VAULT_NOTE = "key-vault"
"""Names the vault that has the cache's key, so that a command without `--vault` finds it."""


def of_account(
    folder: Path, slug: str, *, locked: bool, vault: Path | None, passphrase: str | None
) -> bytes | None:
    """The key of the cache in `folder`, made at its first opening.

    None where there is no place to keep one: such a cache is plain. A plain cache also stays
    so while that place does not open, since the work goes on without it. `locked` says that
    the cache is encrypted already, so that no new key can help.

    Raises:
        CompanionError: the cache is locked, and the place that has its key does not open.
    """
    try:
        store = store_of(folder, vault, passphrase)
        if locked:
            return find(store, slug)
        key = find_or_make(store, slug, folder)
    except NoSecretStore:
        return None
    except (KeyringLocked, VaultLocked, KeyNotKept, WrongUse):
        if locked:
            raise
        return None
    note = folder / VAULT_NOTE
    if vault is not None and not note.exists():
        private_files.write(note, str(vault).encode())
    return key


def store_of(folder: Path, vault: Path | None, passphrase: str | None) -> SecretStore:
    """Where the key of the cache in `folder` is kept.

    Raises:
        NoSecretStore: there is no such place on this computer.
        WrongUse: a vault is named and its passphrase is not.
    """
    note = folder / VAULT_NOTE
    noted = Path(note.read_text(encoding="utf-8")) if note.exists() else None
    return open_store(vault or noted, passphrase)


def find(store: SecretStore, slug: str) -> bytes | None:
    """The key of an account's cache, or None when the store has none."""
    kept = store.get(_name(slug))
    try:
        key = bytes.fromhex(kept or "")
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None


def find_or_make(store: SecretStore, slug: str, folder: Path) -> bytes:
    """The key of an account's cache; made, kept and read back when there is none yet.

    Two processes never make two: a lock in `folder` lets one at a time look.

    Raises:
        KeyNotKept: the store does not give back what it took; nothing may be encrypted with it.
    """
    with filelock.FileLock(folder / "key.lock", mode=0o600):
        found = find(store, slug)
        if found is None:
            found = chance.token_bytes(KEY_BYTES)
            keep(store, slug, found)
        return found


def keep(store: SecretStore, slug: str, key: bytes) -> None:
    """Keep a key, and make sure that it is kept.

    Raises:
        KeyNotKept: the store does not give it back.
    """
    store.set(_name(slug), key.hex())
    if find(store, slug) != key:
        raise KeyNotKept(
            say("The place for secrets on this computer did not keep the key it was given."),
            mend=say("Check the keyring, or name an encrypted file with '--vault FILE'."),
        )


def forget(store: SecretStore, slug: str) -> None:
    """Forget a key: for an account that was erased from this computer."""
    store.delete(_name(slug))


def recovery_code(key: bytes) -> str:
    """The key for a person to write down, with a check against slips of the pen."""
    whole = base64.b32encode(key).decode("ascii").rstrip("=") + _check(key)
    return "-".join(whole[start : start + GROUP] for start in range(0, len(whole), GROUP))


def from_recovery_code(code: str) -> bytes:
    """The key that a person wrote down.

    Case, spaces and dashes do not matter; 0, 1 and 8, which the code has not, are read as O, I
    and B.

    Raises:
        WrongUse: it is no recovery code, or a character of it is wrong.
    """
    typed = "".join(code.upper().replace("-", "").split())
    typed = typed.translate(str.maketrans("018", "OIB"))
    wrong = WrongUse(
        say("That is not a recovery code, or one of its characters is wrong."),
        mend=say("It has 14 groups of four letters and digits."),
    )
    if len(typed) != _CODE_CHARACTERS:
        raise wrong
    try:
        key = base64.b32decode(typed[:-CHECK_CHARACTERS] + "====")
    except ValueError as error:
        raise wrong from error
    if not hmac.compare_digest(_check(key), typed[-CHECK_CHARACTERS:]):
        raise wrong
    return key


def _check(key: bytes) -> str:
    digest = hashlib.sha256(b"recovery code\n" + key).digest()
    return base64.b32encode(digest).decode("ascii")[:CHECK_CHARACTERS]


def _name(slug: str) -> str:
    return f"{slug}/cache-key"
