"""What a defect of ours says about itself: where it happened, and nothing of what it was about.

A message may hold a pupil's name, a value, or a token, so none is taken along: only the kind of
the error, and the lines of our program that led to it. No Qt.
"""

import platform
import sys
import traceback
from pathlib import PurePath

from desktop import __version__

MOST_FRAMES = 30


def details(error: BaseException, where: str = "") -> str:
    """Lines that a teacher can copy into a report; `where` is the screen."""
    lines = [
        f"Teacher Companion {__version__}",
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        *([f"Screen: {where}"] if where else []),
    ]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(type(seen).__qualname__)
        frames = traceback.extract_tb(seen.__traceback__)[-MOST_FRAMES:]
        lines += [f"  {_file(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def _file(name: str) -> str:
    """The file from its package on: where somebody installed it is theirs alone."""
    path = PurePath(name)
    roots = sorted((root for root in sys.path if root), key=len, reverse=True)
    root = next((root for root in roots if path.is_relative_to(root)), None)
    return path.relative_to(root).as_posix() if root is not None else path.name
