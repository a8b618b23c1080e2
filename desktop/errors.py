"""The root of every error a person may see: what happened, to what, and what to do next."""


class CompanionError(Exception):
    """Something a person can understand and act on.

    The message is one or two whole sentences for a teacher. Each package grows its own small
    tree under this class; anything else that is raised is a defect of ours and reported as one.
    """

    exit_code = 1
    """What the command line exits with (see docs/command-line.md)."""

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        """What happened, without what to do next."""
        self.mend = mend
        """What to do next, as a sentence; empty when the message says it."""

    def __str__(self) -> str:
        return " ".join(part for part in (super().__str__(), self.mend) if part)


class WrongUse(CompanionError):
    """The command or its input makes no sense as given."""

    exit_code = 2


class Offline(CompanionError):
    """The other side cannot be reached now; the work is kept and goes on later."""

    exit_code = 3


class DecisionNeeded(CompanionError):
    """A person has to choose before this can go on."""

    exit_code = 4


class Refused(CompanionError):
    """A check said no, and says why."""

    exit_code = 5
