"""Which of a server's tools runs Luau in Studio, and how it wants to be asked.

Two servers of Roblox are known (https://create.roblox.com/docs/studio/mcp, and the one before it at
https://github.com/Roblox/studio-rust-mcp-server, no longer developed). The first ships with Studio;
its `execute_luau` takes `code` and, in later versions, `datamodel_type` (Edit, Client, Server) and
the `studio_id` that `list_roblox_studios` tells. The other has `run_code` with `command`. What is
none of these is not guessed at: a tool that does something else with a text could do harm.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from desktop.sentences import say
from desktop.studio.errors import ServerUnusable
from desktop.studio.server.client import Tool

RUNNERS: Mapping[str, str] = {"execute_luau": "code", "run_code": "command"}
"""Each tool that runs code, and the argument it takes the code in."""
LISTER = "list_roblox_studios"
MOST_STUDIOS = 16
_DATA_MODEL, _STUDIO = "datamodel_type", "studio_id"
_LONGEST_ID = 200


@dataclass(frozen=True)
class Runner:
    """The tool that runs code."""

    name: str
    code: str
    """The argument that takes the code."""
    in_edit: bool
    """It wants to be told that the place being edited is meant, not a play test."""
    by_studio: bool
    """It wants to be told in which of the open Studios."""

    def arguments(self, code: str, studio_id: str) -> dict[str, str]:
        """What to call it with."""
        made = {self.code: code}
        if self.in_edit:
            made[_DATA_MODEL] = "Edit"
        if self.by_studio:
            made[_STUDIO] = studio_id
        return made


def runner(tools: Sequence[Tool]) -> Runner:
    """Find the tool that runs code.

    Raises:
        ServerUnusable: there is none, or it wants what we do not know.
    """
    for tool in tools:
        code = RUNNERS.get(tool.name)
        if code is None or code not in tool.properties:
            continue
        unknown = set(tool.required) - {code, _DATA_MODEL, _STUDIO}
        if unknown:
            raise ServerUnusable(
                say(
                    "Studio's own server wants to be told “{what}” with every lesson, which this "
                    "version of the Companion does not know.",
                    what=min(unknown)[:_LONGEST_ID],
                ),
                mend=_OTHER_ROADS,
            )
        return Runner(
            tool.name,
            code,
            in_edit=_DATA_MODEL in tool.properties,
            by_studio=_STUDIO in tool.properties,
        )
    raise ServerUnusable(
        say("Studio's own server offers nothing that a lesson could go in by."), mend=_OTHER_ROADS
    )


def lists_studios(tools: Sequence[Tool]) -> bool:
    """Whether the server can tell which Studios are open."""
    return any(tool.name == LISTER for tool in tools)


class _Studio(msgspec.Struct):
    id: str


class _Studios(msgspec.Struct):
    studios: list[_Studio]


def studio_ids(told: str) -> list[str]:
    """The ids of the open Studios, of what the lister told: `{"studios": [{"id": ...}, ...]}`.

    Raises:
        ServerUnusable: it told something else.
    """
    try:
        found = msgspec.json.decode(told, type=_Studios).studios
    except (msgspec.DecodeError, RecursionError) as error:
        raise ServerUnusable(
            say("Studio's own server did not say which Studio windows are open."),
            mend=_OTHER_ROADS,
        ) from error
    return [each.id for each in found[:MOST_STUDIOS] if 0 < len(each.id) <= _LONGEST_ID]


_OTHER_ROADS = say("Use the plugin, or open the lesson as a place file.")
