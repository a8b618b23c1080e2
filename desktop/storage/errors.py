"""What can go wrong with the cache, in sentences for the person at this computer."""

from desktop.errors import CompanionError, Refused


class StorageError(CompanionError):
    """The cache on this computer cannot do what was asked."""


class NewerCache(StorageError):
    """The cache was written by a newer version of the app; it is left untouched."""


class CacheInUse(StorageError):
    """The cache is damaged, and another process still has it open."""


class ReadOnlyFolder(StorageError):
    """The folder that holds the cache may not be written to."""


class DiskFull(StorageError):
    """There is no room left; the last saved state is kept."""


class CacheClosed(StorageError):
    """The app is closing, so nothing more is saved or read."""


class CacheBusy(StorageError):
    """Another process held the cache for too long."""


class InvalidEdit(Refused):
    """A change that the record's collection does not allow; the message names the field."""


class UnknownRecord(InvalidEdit):
    """There is no such record here."""


class DamagedCache(StorageError):
    """SQLite found the file damaged while it was in use; the next start repairs it."""


class DiskFault(StorageError):
    """The disk itself failed to read or write."""


class LockedCache(StorageError):
    """The cache is encrypted, and the key that is here does not open it."""


class UnusableCopy(StorageError):
    """A copy of the cache cannot be put in its place."""
