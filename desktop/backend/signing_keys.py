"""The key with which this installation signs the lessons that it shares: made once, kept secret."""

import secrets as chance
from pathlib import Path

import filelock

from desktop.backend.secrets import NoSecretStore, open_store
from desktop.errors import CompanionError
from desktop.sentences import say

NAME = "lesson-signing-key"
KEY_BYTES = 32
"""The seed of an Ed25519 key."""


def find_or_make(profile: Path, vault: Path | None, passphrase: str | None) -> bytes | None:
    """The signing key, made when there is none; None where this computer can keep no secret.

    Two processes never make two: a lock in `profile` lets one at a time look. Blocks.

    Raises:
        KeyringLocked, VaultLocked: the place that has it does not open.
        CompanionError: the place for secrets did not keep it.
    """
    try:
        store = open_store(vault, passphrase)
    except NoSecretStore:
        return None
    profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    with filelock.FileLock(profile / "signing.lock", mode=0o600):
        found = _key(store.get(NAME))
        if found is None:
            store.set(NAME, chance.token_bytes(KEY_BYTES).hex())
            found = _key(store.get(NAME))
    if found is None:
        raise CompanionError(
            say("The place for secrets on this computer did not keep the key that signs lessons."),
            mend=say("Check the keyring, or name an encrypted file with '--vault FILE'."),
        )
    return found


def _key(kept: str | None) -> bytes | None:
    try:
        key = bytes.fromhex(kept or "")
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
