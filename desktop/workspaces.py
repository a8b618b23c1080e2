"""An account's workspace: what a signed-in person can do without any network.

Commands that need no network use `open_offline`. Everything heavy is imported inside.
"""

import contextlib
import random
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from desktop.classroom.instants import Clock, SystemClock
from desktop.errors import CompanionError
from desktop.sentences import say
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.backend.accounts import Account
    from desktop.storage.cache import Cache, Changes
    from desktop.storage.driver import Key
    from desktop.storage.sql import Connection
    from desktop.storage.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")

READERS = 2


class NobodySignedIn(CompanionError):
    """The command needs an account, and this profile has none."""

    def __init__(self, profile: Path) -> None:
        super().__init__(
            say("Sign in first:"),
            mend=say(
                "toolboxai-companion --profile '{profile}' login --server URL --username "
                "NAME --password-stdin",
                profile=profile,
            ),
        )


@dataclass
class Workspace:
    """What a signed-in person can do without any network."""

    settings: Settings
    clock: Clock
    chance: random.Random
    account: "Account"
    cache: "Cache"
    readers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(READERS, thread_name_prefix="reader"),
        kw_only=True,
    )

    def act(
        self,
        verb: "Callable[Concatenate[Transaction, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Future[T]:
        """Run a verb of `desktop.actions` on the storage thread, in a transaction of its own.

        What was asked for is done: a page that closes while it waits calls nothing off.
        """
        return _to_the_end(self.cache.write(lambda transaction: verb(transaction, *args, **kwargs)))

    def ask(
        self,
        query: "Callable[Concatenate[Connection, P], T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Future[T]:
        """Run a question of `desktop.storage` in a reader's thread."""
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


def _to_the_end(work: Future[T]) -> Future[T]:
    """The same outcome, in a future that cannot be cancelled.

    A task that is cancelled while it waits for a future cancels that too, and work that still
    stood in the queue of its thread would never be done.
    """
    told: Future[T] = Future()
    told.set_running_or_notify_cancel()

    def pass_on(done: Future[T]) -> None:
        error = CancelledError() if done.cancelled() else done.exception()
        if error is not None:
            told.set_exception(error)
        else:
            told.set_result(done.result())

    work.add_done_callback(pass_on)
    return told


@contextlib.contextmanager
def open_offline(settings: Settings) -> Iterator[Workspace]:
    """The workspace of whoever is signed in on this profile; no network.

    Raises:
        NobodySignedIn: the sentence holds the command to sign in with.
        StorageError: the cache cannot be opened.
    """
    from desktop.backend import accounts

    account = accounts.current(settings.profile)
    if account is None:
        raise NobodySignedIn(settings.profile)
    workspace = open_workspace(settings, account)
    try:
        yield workspace
    finally:
        workspace.put_away()


def open_workspace(settings: Settings, account: "Account") -> Workspace:
    """The workspace of one account.

    Raises:
        StorageError: the cache cannot be opened.
    """
    from desktop.backend import accounts
    from desktop.storage.cache import Cache

    clock, chance = SystemClock(), random.SystemRandom()
    folder = accounts.place(settings.profile, account).folder
    who = account.user.display_name or account.user.username
    key = cache_key(settings, account)
    cache = Cache.open(folder, clock=clock, chance=chance, who=who, key=key)
    return Workspace(settings, clock, chance, account, cache)


def cache_key(settings: Settings, account: "Account") -> "Key":
    """The key of an account's cache; None where there is no place to keep one.

    Raises:
        CompanionError: the cache is encrypted, and the place that has its key does not open.
    """
    from desktop.backend import accounts, cache_keys
    from desktop.storage import sealing
    from desktop.storage.cache import FILE

    folder = accounts.place(settings.profile, account).folder
    return cache_keys.of_account(
        folder,
        account.slug,
        locked=sealing.is_encrypted(folder / FILE),
        vault=settings.vault,
        passphrase=settings.vault_passphrase,
    )
