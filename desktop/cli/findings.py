"""What one check of `doctor` found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one check found. `mend` says what to do; empty when nothing is amiss."""

    check: str
    ok: bool
    detail: str
    mend: str = ""
