"""The state of syncing as a person may be told it: never better than it is."""

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass, replace


class State(enum.Enum):
    """What one glance should say; the most important one wins."""

    SIGN_IN_NEEDED = "sign_in_needed"
    CONFLICTS = "conflicts"
    SYNCING = "syncing"
    OFFLINE = "offline"
    TROUBLE = "trouble"
    WAITING = "waiting"
    KEPT = "kept"
    SYNCED = "synced"


@dataclass(frozen=True)
class Counts:
    """What the cache holds that is not settled."""

    waiting: int = 0
    """Changes that go with the next round, or as soon as they may."""
    since: str | None = None
    """When the oldest unsent change was made."""
    conflicts: int = 0
    rejected: int = 0
    set_aside: int = 0
    """Records of the server, or its answers to changes of ours, that could not be taken in."""
    last_op: int = 0
    """Grows with every new change; tells an edit from what a round writes."""
    kept: int = 0
    """Changes that the teacher keeps only on this computer."""

    @property
    def not_on_the_server(self) -> int:
        """Changes made here that the server does not have, for whatever reason."""
        return self.waiting + self.kept + self.rejected


@dataclass(frozen=True)
class Status:
    """Everything the window shows about syncing."""

    counts: Counts = Counts()
    syncing: bool = False
    problem: str = ""
    """Why the last round did not finish, as a sentence."""
    offline: bool = False
    """The last round could not reach the server, or the server asked for patience."""
    sign_in_needed: bool = False
    live: bool = False
    """The server can poke: changes made elsewhere show within a second or two."""
    pulled: int = 0
    """Records taken in by the round that runs, or by the last one."""
    last_synced: dt.datetime | None = None
    """When a round last finished whole."""

    @property
    def state(self) -> State:
        """The one word; SYNCED only when nothing waits and the last round finished whole."""
        counts = self.counts
        for holds, state in (
            (self.sign_in_needed, State.SIGN_IN_NEEDED),
            (counts.conflicts > 0, State.CONFLICTS),
            (self.syncing, State.SYNCING),
            (self.offline, State.OFFLINE),
            (bool(self.problem) or counts.rejected + counts.set_aside > 0, State.TROUBLE),
            (counts.waiting > 0 or self.last_synced is None, State.WAITING),
            (counts.kept > 0, State.KEPT),
        ):
            if holds:
                return state
        return State.SYNCED


class Board:
    """Holds the newest status and tells whoever listens. It belongs to the event loop's thread."""

    def __init__(self) -> None:
        self._status = Status()
        self._listeners: list[Callable[[Status], None]] = []

    @property
    def status(self) -> Status:
        """The newest status."""
        return self._status

    def subscribe(self, listener: Callable[[Status], None]) -> Callable[[], None]:
        """Have `listener` told of every change; returns what ends the subscription."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def update(self, **changes: object) -> None:
        """Change some fields; listeners hear only of a real change."""
        status = replace(self._status, **changes)  # type: ignore[arg-type]  # fields by name
        if status == self._status:
            return
        self._status = status
        for listener in list(self._listeners):
            listener(status)
