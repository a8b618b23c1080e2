"""The last rounds of syncing, for whoever asks how it went."""

from dataclasses import dataclass

from desktop.classroom import instants
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

KEEP = 200


@dataclass(frozen=True)
class Round:
    """One round, or several alike in a row."""

    at: str
    """When the last of them ended."""
    rounds: int
    seconds: float
    """How long the last of them took."""
    pushed: int
    pulled: int
    merged: int
    problem: str
    """Why it did not finish, as a sentence; "" when it did."""

    @property
    def quiet(self) -> bool:
        """Whether nothing was to be done and nothing went wrong."""
        return not (self.pushed or self.pulled or self.merged or self.problem)


_SELECT = "SELECT at, rounds, seconds, pushed, pulled, merged, problem FROM sync_round"


def note(
    tx: Transaction, *, seconds: float, pushed: int, pulled: int, merged: int, problem: str
) -> None:
    """Write a round down; a quiet one after a quiet one, or the same problem again, is counted."""
    made = Round(instants.to_text(tx.now), 1, seconds, pushed, pulled, merged, problem)
    last = next(iter(recent(tx.connection, 1)), None)
    same = last is not None and (pushed, pulled, merged) == (0, 0, 0) == (
        last.pushed, last.pulled, last.merged,
    )  # fmt: skip
    if same and last is not None and last.problem == problem:
        tx.connection.execute(
            "UPDATE sync_round SET at = ?, rounds = rounds + 1, seconds = ? "
            "WHERE seq = (SELECT max(seq) FROM sync_round)",
            (made.at, seconds),
        )
        return
    tx.connection.execute(
        "INSERT INTO sync_round (at, rounds, seconds, pushed, pulled, merged, problem) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (made.at, 1, seconds, pushed, pulled, merged, problem),
    )
    tx.connection.execute(
        "DELETE FROM sync_round WHERE seq <= (SELECT max(seq) FROM sync_round) - ?", (KEEP,)
    )


def recent(connection: Connection, limit: int = 12) -> list[Round]:
    """The newest rounds, the newest first."""
    rows = connection.execute(f"{_SELECT} ORDER BY seq DESC LIMIT ?", (limit,))
    return [Round(*row) for row in rows]
