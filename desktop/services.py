"""The composition root: builds every service once, in order, and hands it on by argument.

Commands that need no network use `open_offline`. The window and `sync --watch` hold `Services`,
which `start_local_school`, `sign_in` and `resume` give. Everything heavy is imported inside.
"""

import asyncio
import contextlib
import platform
import random
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from desktop.classroom.instants import Clock, SystemClock
from desktop.errors import CompanionError
from desktop.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from desktop.backend.accounts import Account
    from desktop.backend.companion import CompanionClient
    from desktop.backend.local_school import LocalSchool
    from desktop.backend.secrets import SecretStore
    from desktop.backend.session import Session
    from desktop.storage.cache import Cache, Changes
    from desktop.storage.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")

READERS = 2


class NobodySignedIn(CompanionError):
    """The command needs an account, and this profile has none."""

    def __init__(self, profile: "Path") -> None:
        super().__init__(
            "Sign in first.",
            mend=f"toolboxai-companion --profile '{profile}' login --server URL "
            "--username NAME --password-stdin",
        )


@dataclass
class Desk:
    """What a signed-in person can do without any network."""

    settings: Settings
    clock: Clock
    chance: random.Random
    account: "Account"
    cache: "Cache"
    readers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(READERS, thread_name_prefix="reader")
    )

    def act(
        self,
        verb: "Callable[Concatenate[Transaction, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Future[T]:
        """Run a verb of `desktop.actions` on the storage thread, in a transaction of its own."""
        return self.cache.write(lambda transaction: verb(transaction, *args, **kwargs))

    def ask(
        self,
        query: "Callable[Concatenate[Connection, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Future[T]:
        """Run a question of `desktop.storage.queries` in a reader's thread."""
        return self.readers.submit(
            self.cache.read, lambda connection: query(connection, *args, **kwargs)
        )

    def subscribe(self, listener: "Callable[[Changes], None]") -> Callable[[], None]:
        """Have `listener` told which records changed, on the storage thread, after each commit."""
        return self.cache.subscribe(listener)

    def put_away(self) -> None:
        """Finish what was asked, then close the cache."""
        self.readers.shutdown(wait=True)
        self.cache.close()


@contextlib.contextmanager
def open_offline(settings: Settings) -> Iterator[Desk]:
    """The desk of whoever is signed in on this profile; no network, no keyring.

    Raises:
        NobodySignedIn: the sentence holds the command to sign in with.
        StorageError: the cache cannot be opened.
    """
    from desktop.backend import accounts

    account = accounts.current(settings.profile)
    if account is None:
        raise NobodySignedIn(settings.profile)
    desk = _open_desk(settings, account)
    try:
        yield desk
    finally:
        desk.put_away()


def _open_desk(settings: Settings, account: "Account") -> Desk:
    from desktop.backend import accounts
    from desktop.storage.cache import Cache

    clock, chance = SystemClock(), random.SystemRandom()
    folder = accounts.place(settings.profile, account).folder
    who = account.user.display_name or account.user.username
    cache = Cache.open(folder, clock=clock, chance=chance, who=who)
    return Desk(settings, clock, chance, account, cache)
