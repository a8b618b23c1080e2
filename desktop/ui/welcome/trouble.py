"""What stands on the first page when the work on this computer does not open. No Qt.

It must not bring the storage along: the first window does not wait for the database.
"""

from dataclasses import dataclass

from desktop.ui.strings import mark, tr


@dataclass(frozen=True)
class Trouble:
    """Why it does not open, in a teacher's words, and what can be done."""

    title: str
    words: str
    locked: bool = False
    """The recovery code opens it, or it can be put aside."""
    show_folder: bool = False
    """Looking at the folder helps."""


_KNOWN = {
    "LockedCache": (
        mark("Your work on this computer is locked"),
        mark(
            "It is encrypted, and its key is no longer in this computer's keyring. Nothing is "
            "lost. Type the recovery code that Settings showed you, or begin anew: then the locked "
            "work is put aside, and everything the school has comes from there again."
        ),
    ),
    "NewerCache": (
        mark("A newer Companion wrote this"),
        mark(
            "The work on this computer was saved by a newer version of the Companion, so this one "
            "leaves it untouched. Install the newest version and open it again."
        ),
    ),
    "ReadOnlyFolder": (
        mark("The folder cannot be written"),
        mark(
            "The Companion may not write in {folder}, so it could not save your work there. Make "
            "the folder writable, then try again."
        ),
    ),
    "DiskFull": (
        mark("The disk is full"),
        mark(
            "There is no room left on the disk that holds {folder}. Everything saved before is "
            "safe. Free some space, then try again."
        ),
    ),
    "CacheInUse": (
        mark("Another Companion has it open"),
        mark(
            "The work on this computer is damaged, and another copy of the Companion has it open. "
            "Close the other one, then try again: it repairs what it can."
        ),
    ),
    "CacheBusy": (
        mark("Another Companion is busy with it"),
        mark(
            "Another copy of the Companion works on the same files just now. Wait for it to "
            "finish, or close it, then try again."
        ),
    ),
    "DiskFault": (
        mark("The disk does not answer as it should"),
        mark(
            "The disk that holds {folder} did not read or write what it was asked to. Check that "
            "it is connected and sound, then try again. Nothing was changed."
        ),
    ),
}
"""By the name of the error's class (`desktop.storage.errors`)."""

_OF_THE_FOLDER = ("ReadOnlyFolder", "DiskFull", "DiskFault")


def of(error: BaseException, words: str, folder: str) -> Trouble:
    """What to show for `error`; `words` is what it says itself."""
    name = type(error).__name__
    if name not in _KNOWN:
        return Trouble(tr("This did not open"), words)
    title, said = _KNOWN[name]
    return Trouble(
        tr(title),
        tr(said, folder=folder),
        locked=name == "LockedCache",
        show_folder=name in _OF_THE_FOLDER,
    )
