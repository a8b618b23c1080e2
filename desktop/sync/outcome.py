"""What one round of syncing did, for the schedule, the command line and the window."""

from dataclasses import dataclass, field

from desktop.errors import CompanionError
from desktop.sync.status import Counts


@dataclass(frozen=True)
class Report:
    """One round. The first three count this round; `counts` is how things stand after it."""

    pushed: int = 0
    """Changes the server has now, newly or since before."""
    pulled: int = 0
    """Records that changed here because of the server."""
    merged: int = 0
    """Records in which changes of both sides were brought together."""
    counts: Counts = field(default_factory=Counts)
    cursor: str = ""
    seconds: float = 0.0
    problem: CompanionError | None = None
    """Why the round did not finish, or None."""

    @property
    def failed(self) -> bool:
        """Whether to come back after a back-off."""
        return self.problem is not None

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait as the server said."""
        told = getattr(self.problem, "retry_after", None)
        return float(told) if isinstance(told, int | float) else None
