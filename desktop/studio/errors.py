"""What can go wrong on the way into Studio, in words for the teacher."""

from desktop.errors import CompanionError, DecisionNeeded, Offline, Refused, WrongUse


class StudioError(CompanionError):
    """Anything about Studio that is none of the kinds below."""


class PortsTaken(StudioError):
    """Another program holds every port that the plugin knows."""


class NoStudio(Offline):
    """No Studio with our plugin is connected; the push waits."""


class PushConflict(DecisionNeeded):
    """The place was changed where the push wants to write."""


class ChooseStudio(DecisionNeeded):
    """Several Studio windows are open and nobody said which."""


class ScanRefused(Refused):
    """The safety scan found something that may not go into a place."""


class ReviewNeeded(DecisionNeeded):
    """The safety scan found something that a person has to look at first."""


class NoSuchPush(WrongUse):
    """There is no push of that id."""


class CannotUndo(StudioError):
    """Studio cannot take this push back."""


class ServerUnusable(StudioError):
    """Studio's own MCP server is not there, is not on, or has no way in for a lesson."""


class PluginFault(StudioError):
    """The plugin's file could not be written, read or removed."""


class CannotWrite(StudioError):
    """A kind of file has no way to hold what the lesson holds."""


class CannotRead(WrongUse):
    """A file is not what it was taken for."""
