"""Writes a file where the teacher wants it."""

import asyncio
from pathlib import Path

from desktop import private_files
from desktop.errors import WrongUse
from desktop.ui.strings import tr


async def write(file: Path, content: bytes, *, private: bool = False) -> None:
    """Write `file`; one with pupils' names in it is `private`, for its owner alone.

    Raises:
        WrongUse: the file cannot be written there.
    """
    try:
        await asyncio.to_thread(private_files.write if private else Path.write_bytes, file, content)
    except OSError as error:
        raise WrongUse(
            tr("{name} could not be written: {why}.", name=file.name, why=error.strerror),
            mend=tr("Choose another folder, and try again."),
        ) from error
