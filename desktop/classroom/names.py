"""The order in which people look for names."""

import re

_DIGITS = re.compile(r"(\d+)")


def in_order(name: str) -> tuple[str | int, ...]:
    """A key to sort names by: without regard to case, and numbers by their size.

    So "Class 2" comes before "Class 10". Letters and numbers take turns in every key, so that any
    two can be compared.
    """
    return tuple(
        int(part) if at % 2 else part.casefold() for at, part in enumerate(_DIGITS.split(name))
    )
