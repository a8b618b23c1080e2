"""A pre-commit hook: the first line of a message is a Conventional Commit."""

import re
import sys
from pathlib import Path

FORM = re.compile(
    r"(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\([\w./-]+\))?!?: \S.*"
)
LONGEST = 72


def fault(message: str) -> str | None:
    """Say what is wrong with the first line of `message`, or None."""
    subject = message.partition("\n")[0]
    if subject.startswith(("Merge ", "Revert ", "fixup! ", "squash! ")):
        return None
    if not FORM.fullmatch(subject):
        return f"{subject!r} is not like 'feat(sync): keep an edit made while its op is in flight'."
    if len(subject) > LONGEST:
        return f"The first line has {len(subject)} characters; {LONGEST} are the most."
    return None


if __name__ == "__main__":
    sys.exit(fault(Path(sys.argv[1]).read_text(encoding="utf-8")))
