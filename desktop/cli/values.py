"""Values on the command line: `field=JSON` in, plain JSON and short words out."""

import dataclasses
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from desktop.errors import WrongUse

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def read(text: str) -> object:
    """A value as JSON; a bare word that is none counts as text."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except ValueError:
        return text


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def fields(pairs: Iterable[str]) -> dict[str, Any]:
    """Several `field=JSON` as a patch.

    Raises:
        WrongUse: one of them has no equals sign or no field.
    """
    return {field: read(value) for field, value in texts(pairs).items()}


def texts(pairs: Iterable[str]) -> dict[str, str]:
    """Several `field=value` with their values as they were written.

    Raises:
        WrongUse: one of them has no equals sign or no field.
    """
    found = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        if not equals or not field.strip():
            raise WrongUse(f"'{pair}' should look like field=value.")
        found[field.strip()] = value
    return found


def plain(thing: "DataclassInstance") -> dict[str, Any]:
    """A dataclass as what JSON can hold."""
    return dataclasses.asdict(thing)


def shown(value: object) -> str:
    """A value in a line for a person, cut where it gets long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
