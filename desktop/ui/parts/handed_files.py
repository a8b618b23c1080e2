"""Reading a file that somebody handed to the window: bounded, and told of in a sentence. No Qt."""

from pathlib import Path

from desktop.errors import WrongUse
from desktop.ui.strings import tr


def content(file: Path, most: int) -> bytes:
    """What is in `file`, at most `most` bytes.

    Raises:
        WrongUse: it is larger, or cannot be opened; the sentence says which.
    """
    try:
        if file.stat().st_size > most:
            raise WrongUse(
                tr("{name} is larger than anything it could be, so it was left alone.",
                   name=file.name)
            )  # fmt: skip
        return file.read_bytes()
    except OSError as error:
        raise WrongUse(
            tr("{name} could not be opened: {why}.", name=file.name, why=error.strerror)
        ) from error
