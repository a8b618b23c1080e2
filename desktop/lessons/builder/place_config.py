"""The module that tells a place where to report: written here, and recognised to the byte."""

import re
from dataclasses import asdict, dataclass

from desktop.lessons.builder.literal import module

LONGEST = 4_000
"""Characters: four texts and a comment are far shorter."""

_COMMENT = "Where this place reports to. The key belongs to one lesson and class: keep it here."
_FIELDS = {
    "url": "url",
    "place_key": "placeKey",
    "class_id": "classId",
    "join_code": "joinCode",
}
_TEXT = r'"([^"\\\n]*)"'
_ENTRY = re.compile(rf"\t(\w+) = {_TEXT}((?:\n\t\t\.\. {_TEXT})*),\n")


@dataclass(frozen=True)
class TelemetryConfig:
    """Where a place reports to: the school server's whole address, and the key for it."""

    url: str
    place_key: str
    class_id: str = ""
    join_code: str = ""


def write(config: TelemetryConfig | None) -> str:
    """The source of `PlaceConfig`; without a config its texts are empty."""
    told = asdict(config or TelemetryConfig(url="", place_key=""))
    return module({field: told[name] for name, field in _FIELDS.items()}, _COMMENT)


def read(source: str) -> TelemetryConfig | None:
    """The config of a source that `write` wrote, to the byte; None for anything else."""
    if len(source) > LONGEST:
        return None
    told = {
        entry[1]: entry[2] + "".join(re.findall(_TEXT, entry[3]))
        for entry in _ENTRY.finditer(source)
    }
    if told.keys() != set(_FIELDS.values()):
        return None
    config = TelemetryConfig(**{name: told[field] for name, field in _FIELDS.items()})
    return config if write(config) == source else None
