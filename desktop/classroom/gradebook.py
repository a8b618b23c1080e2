"""What may stand in a cell of the gradebook."""

import math
import re


def parse_score(text: str) -> float | None:
    """Read what a person typed or pasted: `7`, `7.5`, `7,5`; blank means no score.

    Raises:
        ValueError: it is neither blank nor a number; the message says so in words.
    """
    plain = text.strip()
    if not plain:
        return None
    if not re.fullmatch(r"[+-]?\d{1,9}([.,]\d{1,6})?", plain):
        raise ValueError(f"'{plain[:40]}' is not a number.")
    return float(plain.replace(",", "."))


def score_fault(score: float | None, max_score: float) -> str | None:
    """Why a score cannot stand, as a sentence; None if it can. No score is always fine.

    A score above the maximum is extra credit and stands, up to twice the maximum; a maximum
    of 0 means that nobody has set one.
    """
    if score is None:
        return None
    if not math.isfinite(score):
        return "A score is a number."
    if score < 0:
        return f"A score cannot be below 0, and this is {score:g}."
    if max_score > 0 and score > 2 * max_score:
        return f"{score:g} is more than twice the maximum of {max_score:g}."
    return None


def share(score: float | None, max_score: float) -> float | None:
    """The score as a share of the maximum; None where there is no score or no maximum."""
    return None if score is None or max_score <= 0 else score / max_score
