"""What may be done with an account's files while nobody has them open: for the window and a shell.

Put a copy back, unlock with the recovery code, begin anew, erase. Everything heavy is imported
inside, as in `services`.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import workspaces
from desktop.classroom.instants import SystemClock
from desktop.errors import DecisionNeeded, WrongUse
from desktop.sentences import say
from desktop.settings import Settings
from desktop.workspaces import NobodySignedIn

if TYPE_CHECKING:
    from desktop.backend.accounts import Account
    from desktop.backend.secrets import SecretStore
    from desktop.storage.restoring import Restored


def signed_in(settings: Settings) -> "tuple[Account, Path]":
    """The current account and the folder of its things.

    Raises:
        NobodySignedIn: this profile has none.
    """
    from desktop.backend import accounts

    account = accounts.current(settings.profile)
    if account is None:
        raise NobodySignedIn(settings.profile)
    return account, accounts.place(settings.profile, account).folder


def put_back(settings: Settings, copy: Path) -> "Restored":
    """Put a copy in the place of the current account's cache; what was there is kept beside.

    Raises:
        NobodySignedIn: this profile has no account.
        UnusableCopy: the copy does not open or is damaged; nothing changed.
        CacheInUse: somebody has the cache open.
    """
    from desktop.storage import restoring

    account, folder = signed_in(settings)
    key = workspaces.cache_key(settings, account)
    return restoring.restore(folder, copy, now=SystemClock().now(), key=key)


def unlock(settings: Settings, code: str) -> None:
    """Keep the key that a recovery code is, where the account's key is kept.

    Raises:
        NobodySignedIn: this profile has no account.
        WrongUse: it is no recovery code, or that of another account.
        CompanionError: the place for keys does not open.
    """
    from desktop.backend import cache_keys
    from desktop.storage import sealing

    account, folder = signed_in(settings)
    key = cache_keys.from_recovery_code(code)
    if sealing.mark_of(key) != sealing.noted_mark(folder):
        raise WrongUse(
            say(
                "That code belongs to another account than {username}'s.",
                username=account.user.username,
            )
        )
    store = cache_keys.store_of(folder, settings.vault, settings.vault_passphrase)
    cache_keys.keep(store, account.slug, key)


def begin_anew(settings: Settings) -> Path:
    """Put work that stays locked aside, so that the next opening begins anew; returns where to.

    Raises:
        NobodySignedIn: this profile has no account.
        WrongUse: the work opens, so there is nothing to put aside.
        CacheInUse: somebody has the cache open.
    """
    from desktop.storage import restoring, sealing
    from desktop.storage.cache import FILE

    account, folder = signed_in(settings)
    locked = sealing.is_encrypted(folder / FILE)
    key = workspaces.cache_key(settings, account) if locked else None
    if not locked or (key and sealing.mark_of(key) == sealing.noted_mark(folder)):
        raise WrongUse(
            say("The work on this computer opens, so there is nothing to rebuild."),
            mend=say("A damaged cache repairs itself when it is opened."),
        )
    return restoring.set_locked_aside(folder, now=SystemClock().now())


@dataclass(frozen=True)
class Erased:
    """What is gone from this computer."""

    accounts: tuple[str, ...]
    """By the names of their folders."""
    school: bool
    """Local school too."""


def other_accounts(settings: Settings) -> list[Path]:
    """The folders of accounts that are on this computer besides the current one."""
    from desktop.backend import accounts

    account = accounts.current(settings.profile)
    every = accounts.folders(settings.profile)
    return [one for one in every if account is None or one.name != account.slug]


async def erase(settings: Settings, *, others: Iterable[Path] = (), school: bool = False) -> Erased:
    """Sign out and erase the current account, and with it `others` and Local school.

    What is unsent is the caller's to name first. Nothing is erased while anything of it is open.

    Raises:
        CacheInUse: somebody has one of the caches open.
        DecisionNeeded: Local school is running.
    """
    from desktop.backend import accounts
    from desktop.storage import restoring

    clock, account = SystemClock(), accounts.current(settings.profile)
    folders = list(others)
    mine = [] if account is None else [accounts.place(settings.profile, account).folder]
    for folder in (*folders, *mine):
        with restoring.alone(folder):
            pass
    gone = school and settings.school_folder.exists()
    if gone:
        _insist_that_school_rests(settings)
    if account is not None:
        store = _store_of(settings, mine[0])
        await accounts.sign_out(settings.profile, account, store, clock=clock, erase=True)
    for folder in folders:
        accounts.erase(settings.profile, folder, clock)
    if gone:
        shutil.rmtree(settings.school_folder)
    return Erased(tuple(one.name for one in (*folders, *mine)), gone)


def _store_of(settings: Settings, folder: Path) -> "SecretStore":
    from desktop.backend import cache_keys, secrets

    try:
        return cache_keys.store_of(folder, settings.vault, settings.vault_passphrase)
    except secrets.NoSecretStore:  # no sign-in and no key to forget then
        return secrets.MemoryStore()


def _insist_that_school_rests(settings: Settings) -> None:
    import filelock

    try:
        with filelock.FileLock(settings.school_folder / "school.lock", timeout=0):
            pass
    except filelock.Timeout as error:
        raise DecisionNeeded(
            say("Local school is running, so it was not erased."),
            mend=say("Stop it, and try again."),
        ) from error
