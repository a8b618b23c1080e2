"""Has a file read by a child process: what a hostile file breaks is not this program."""

import json
import subprocess
from collections.abc import Sequence

from desktop.lessons.schema import SourceKind
from desktop.lessons.sources import SourceUnreadable
from desktop.sentences import say

TIMEOUT_S = 60.0


def pages(
    content: bytes, kind: SourceKind, name: str, command: Sequence[str]
) -> list[tuple[int | None, str]]:
    """The text of each page; one page without a number where there are none.

    Raises:
        SourceUnreadable: with the child's own words, or because it failed or took too long.
    """
    try:
        ended = subprocess.run(  # noqa: S603  (our own program)
            [*command, kind], input=content, capture_output=True, timeout=TIMEOUT_S, check=True
        )
        told = json.loads(ended.stdout)
        fault = told.get("fault")
        found = [(page, str(text)) for page, text in told.get("pages", ())]
    except (subprocess.SubprocessError, ValueError, TypeError, AttributeError) as error:
        raise SourceUnreadable(
            say(
                "'{name}' could not be read: it is damaged, or far larger inside than it looks.",
                name=name,
            ),
            mend=say("Open it in its own program, copy the text you need, and paste it."),
        ) from error
    if fault:
        raise SourceUnreadable(
            say("'{name}' {fault}", name=name, fault=fault["what"]), mend=str(fault["mend"])
        )
    return found
