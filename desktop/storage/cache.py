"""The cache of one account: one thread that writes, readers of their own, subscribers told."""

import concurrent.futures
import contextlib
import logging
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from desktop.classroom.instants import Clock
from desktop.sentences import say
from desktop.storage import backup, connections, erasing, faults, opening
from desktop.storage.driver import Key
from desktop.storage.errors import CacheClosed, DamagedCache
from desktop.storage.presence import Presence, one_at_a_time
from desktop.storage.sql import Connection
from desktop.storage.transaction import EVERYTHING, Changes, Transaction

__all__ = ["EVERYTHING", "Cache", "Changes", "Transaction"]

FILE = "cache.sqlite"

T = TypeVar("T")
Listener = Callable[[Changes], None]

_log = logging.getLogger(__name__)


class Cache:
    """An open cache. Every thread may call it; close it once."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock,
        chance: random.Random,
        who: str = "",
        key: Key = None,
        executor: concurrent.futures.Executor | None = None,
    ) -> "Cache":
        """Open the cache in `folder`, making the folder and the tables where they are missing.

        `who` is the person at this computer, as the history names them. With a `key`, the cache
        is encrypted; a plain one becomes so now, unless another process has it open. `executor`
        runs what is written, one piece after another; without one, a storage thread of its own.

        Raises:
            NewerCache: a newer version of the app wrote it; it is left untouched.
            LockedCache: it is encrypted and `key` does not open it; it is left untouched.
            StorageError: the folder cannot be written, the disk is full, the cache is busy.
        """
        with faults.in_words(folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            presence = Presence(folder)
            is_new = not (folder / FILE).exists()
            try:
                with one_at_a_time(folder):
                    ready = opening.make_ready(folder / FILE, presence, clock.now(), key)
            except BaseException:
                presence.leave(clean=not presence.unclean)
                raise
        cache = cls(folder, presence, ready, clock=clock, chance=chance, who=who, executor=executor)
        cache.notice = ready.notice
        if not is_new and backup.is_due(folder, clock.now()):
            cache._thread.submit(cache._back_up).add_done_callback(_log_failure)
        return cache

    def __init__(
        self,
        folder: Path,
        presence: Presence,
        ready: opening.Ready,
        *,
        clock: Clock,
        chance: random.Random,
        who: str,
        executor: concurrent.futures.Executor | None = None,
    ) -> None:
        self.folder = folder
        self.file = folder / FILE
        self.who = who
        self.notice = ""
        """What the person should be told about the opening; "" when all is well."""
        self.saves = 0
        """How many durable writes were asked for: whoever writes the rest can make way for them."""
        self.key = ready.key
        """What opens the file; None where it is plain."""
        self._presence = presence
        self._clock = clock
        self._chance = chance
        self._listeners: list[Listener] = []
        self._listening = threading.Lock()
        self._closed = False
        self._sound = True
        self._readers = connections.Readers(self.file, self.key)
        self._connection: Connection | None = None
        self._outside = 0
        self._thread = executor or concurrent.futures.ThreadPoolExecutor(
            max_workers=1, thread_name_prefix="storage"
        )

    def write(
        self, work: Callable[[Transaction], T], *, durable: bool = True
    ) -> concurrent.futures.Future[T]:
        """Run `work` in a transaction on the storage thread, and tell subscribers afterwards.

        When the future has a result, the work is on the disk, also after a power cut.
        `durable=False` is for what can be fetched again (pages of the feed): safe against a
        crash of the app, and quicker. If `work` raises, nothing of it remains and the future
        raises the same error.

        Raises:
            CacheClosed: the cache was closed.
        """
        if self._closed:
            raise _closed()
        if durable:
            self.saves += 1
        return self._thread.submit(self._transact, work, durable)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` now, in this thread, on one unchanging view of the cache.

        Raises:
            CacheClosed: the cache was closed.
        """
        if self._closed:
            raise _closed()
        with self._watched(writing=False), self._readers.connection() as connection:
            return work(connection)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called on the storage thread after each commit that changed records.

        Returns what ends the subscription.
        """
        with self._listening:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._listening:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def back_up(self) -> concurrent.futures.Future[Path]:
        """Copy the cache now; the newest seven copies are kept."""
        if self._closed:
            raise _closed()
        return self._thread.submit(self._back_up)

    def erase_pupil(self, student_id: str) -> concurrent.futures.Future[int]:
        """Erase a pupil from this computer: the cache, its free pages, its log and its copies.

        Unsent changes are the caller's to look at first (`erasing.traces`). The result is how
        many copies could only be removed whole.
        """
        if self._closed:
            raise _closed()
        return self._thread.submit(self._erase_pupil, student_id)

    def look_outside(self) -> concurrent.futures.Future[bool]:
        """Notice commits of other processes: subscribers hear `EVERYTHING` if there were any.

        Cheap enough to be called every second while a window is in front.
        """
        if self._closed:
            raise _closed()
        return self._thread.submit(self._look_outside)

    def close(self) -> None:
        """Finish the writes that were asked for, then close; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._readers.close()  # before the writer: the last one out tidies the log away
        self._thread.submit(self._close_writer)
        self._thread.shutdown(wait=True)
        self._presence.leave(clean=self._sound)

    def _transact(self, work: Callable[[Transaction], T], durable: bool) -> T:
        with self._watched():
            connection = self._writing_connection()
            connections.set_durable(connection, durable)
            with connection.transaction():
                transaction = Transaction(connection, self._clock.now(), self.who, self._chance)
                result = work(transaction)
        self._tell(frozenset(transaction.touched))
        return result

    @contextlib.contextmanager
    def _watched(self, *, writing: bool = True) -> Iterator[None]:
        """Put faults into words; after damage, the next opening checks the whole file."""
        try:
            with faults.in_words(self.folder, writing=writing):
                yield
        except DamagedCache:
            self._sound = False
            raise

    def _writing_connection(self) -> Connection:
        if self._connection is None:
            self._connection = connections.open_writer(self.file, self.key)
            self._outside = connections.data_version(self._connection)
        return self._connection

    def _back_up(self) -> Path:
        with self._watched():
            return backup.make(self.file, self._clock.now(), self.key)

    def _erase_pupil(self, student_id: str) -> int:
        self._transact(lambda tx: erasing.erase(tx, student_id), durable=True)
        with self._watched():
            connections.scrub(self._writing_connection())
            return erasing.erase_from_copies(self.folder, student_id, self.key)

    def _look_outside(self) -> bool:
        version = connections.data_version(self._writing_connection())
        changed = version != self._outside
        self._outside = version
        if changed:
            self._tell(EVERYTHING)
        return changed

    def _tell(self, changes: Changes) -> None:
        if not changes or self._closed:
            return
        with self._listening:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(changes)
            except Exception:  # noqa: BLE001  (the commit stands; a screen's fault is the log's)
                _log.exception("a listener of the cache failed")

    def _close_writer(self) -> None:
        # Also where nothing was written: only one that may write can tidy the log away.
        self._writing_connection().close()


def _log_failure(done: concurrent.futures.Future[Path]) -> None:
    error = done.exception()
    if error is not None:  # the work itself is safe; tomorrow there is another try
        _log.warning("the daily copy of the cache failed: %s", error)


def _closed() -> CacheClosed:
    return CacheClosed(say("The Companion is closing, so nothing more can be saved now."))
