"""How much of a roster file is read, and the checks on archives before anything is unpacked."""

import io
import zipfile

from desktop.classroom.roster.model import UnreadableRoster
from desktop.sentences import say

MAX_FILE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_RATIO = 200
MAX_ENTRIES = 1_000
MAX_ROWS = 10_000
MAX_COLUMNS = 200
MAX_CELL = 1_000


def too_large() -> UnreadableRoster:
    """The refusal of a file that is far larger than any roster."""
    return UnreadableRoster(
        say(
            "This file is far larger than a roster, so it was not read. Nothing was "
            "changed. Up to {max_rows:,} rows are read at once.",
            max_rows=MAX_ROWS,
        ),
        mend=say("Export the roster again, or split the file."),
    )


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip whose every entry stays within the limits and within its own folder.

    Sizes are those the archive declares; `zipfile` never unpacks more than was declared.

    Raises:
        UnreadableRoster: it is damaged, locked, unpacks to too much, or its names try to escape.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged() from error
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise too_large()
    if unpacked > 1_000_000 and unpacked > MAX_RATIO * len(data):
        raise too_large()
    if any(_escapes(name) for name in names) or len(set(names)) != len(names):
        raise UnreadableRoster(
            say(
                "The names inside this archive are not those of a roster, so it was not "
                "opened. Nothing was changed."
            ),
            mend=say("Export the roster again from your school's system."),
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableRoster(
            say("This archive is locked with a password."), mend=say("Export it again without one.")
        )
    return archive


def damaged() -> UnreadableRoster:
    """The refusal of a file that breaks off or does not unpack."""
    return UnreadableRoster(
        say("This file is damaged or incomplete. Nothing was changed."),
        mend=say("Export or download it again."),
    )


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\0" in name
