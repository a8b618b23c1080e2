"""Files that only this user may read, written whole or not at all."""

import os
from pathlib import Path


def write(file: Path, content: bytes) -> None:
    """Put `content` in the place of `file` in one step; it is on the disk when this returns.

    A kill or a power cut at any moment leaves what was there before, or all that is new.

    Raises:
        OSError: there is no room or no right to write; what was there before stays.
    """
    import secrets

    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    """Have the file's new name on the disk too; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
