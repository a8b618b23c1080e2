"""What can go wrong between this computer and a school server, each as a sentence.

The tree, by what a caller can do about it:

* Offline (nothing was sent) > LostAnswer (it may have been done): go on later, same op ids.
* Busy > RateLimited, ServerBusy (> ServerFault): wait, the server said how long or did not.
* CaptivePortal, Moved, BadAnswer, NotASchool: somebody else answered, or not in our language.
* SignInNeeded > WrongPassword; Forbidden; NotEntitled: a person has to do something.
* CursorExpired, TooLarge, NotFound, Invalid: the request itself has to change.
"""

from typing import TYPE_CHECKING

from desktop import errors
from desktop.sentences import say

if TYPE_CHECKING:
    from desktop.wire.problem import FieldError


class BackendProblem(errors.CompanionError):
    """Something between us and a school server."""


class Offline(BackendProblem, errors.Offline):
    """The server could not be reached; the request was not sent."""

    def __init__(self, server: str) -> None:
        super().__init__(
            say("The school server at {server} cannot be reached right now.", server=server),
            mend=say("Your work is kept here and goes out when the connection is back."),
        )


class LostAnswer(Offline):
    """The connection broke after the request may have left: it may or may not have been done."""


class CaptivePortal(BackendProblem, errors.Offline):
    """A web page came where data was due: a sign-in page of the network, or a filter."""

    def __init__(self, server: str) -> None:
        super().__init__(
            say("The network answered with a web page instead of {server}.", server=server),
            mend=say("Open a browser and sign in to the network, then try again."),
        )


class Busy(BackendProblem, errors.Offline):
    """The server asks for patience."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message, mend=say("This goes on by itself in a moment."))
        self.retry_after = retry_after
        """Seconds to wait as the server said, or None when it did not."""


class RateLimited(Busy):
    """Too many requests (429)."""

    def __init__(self, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(
            detail or say("The school server asks for a short pause."), retry_after=retry_after
        )


class ServerBusy(Busy):
    """The server failed or is overloaded (5xx)."""

    def __init__(self, *, retry_after: float | None = None) -> None:
        super().__init__(say("The school server has trouble right now."), retry_after=retry_after)


class ServerFault(ServerBusy):
    """The server broke over this very request (500): maybe over something in it."""


class SignInNeeded(BackendProblem):
    """Nobody is signed in, or the sign-in has ended; local work goes on."""

    def __init__(self, message: str = say("Your sign-in has ended."), *, code: str = "") -> None:
        super().__init__(message, mend=say("Sign in again; your work is kept on this computer."))
        self.code = code


class WrongPassword(BackendProblem):
    """The name and the password do not go together."""

    def __init__(self) -> None:
        super().__init__(
            say("The user name and the password do not go together."),
            mend=say("Check both and try again."),
        )


class Forbidden(BackendProblem):
    """Signed in, but not allowed (403)."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or say("Your account is not allowed to do this."))


class NotEntitled(BackendProblem):
    """The plan does not cover it (402)."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or say("Your school's plan does not cover this."))


class NotFound(BackendProblem):
    """There is nothing at that address (404)."""

    def __init__(self, server: str) -> None:
        super().__init__(
            say("The school server at {server} does not know what was asked for.", server=server)
        )


class NotASchool(BackendProblem):
    """Something answers there, and it is no school server we understand."""

    def __init__(self, server: str) -> None:
        super().__init__(
            say("There is no ToolBoxAI school server at {server}.", server=server),
            mend=say("Check the address with whoever gave it to you."),
        )


class CursorExpired(BackendProblem):
    """The server no longer keeps the changes since our last visit: take a fresh snapshot."""

    def __init__(self) -> None:
        super().__init__(say("Everything has to be fetched once more; nothing of yours is lost."))


class TooLarge(BackendProblem):
    """The request is larger than the server takes (413)."""

    def __init__(self) -> None:
        super().__init__(say("This is larger than the school server accepts at once."))


class Invalid(BackendProblem):
    """The server read the request and could not accept it (400, 409, 412, 422)."""

    def __init__(
        self, detail: str, *, code: str = "", faults: "tuple[FieldError, ...]" = ()
    ) -> None:
        super().__init__(detail or say("The school server could not accept this."))
        self.code = code
        self.faults = faults


class BadAnswer(BackendProblem):
    """The server answered, and the answer makes no sense."""

    def __init__(self, server: str, what: str) -> None:
        super().__init__(
            say(
                "The school server at {server} gave an answer that makes no sense ({what}).",
                server=server,
                what=what,
            ),
            mend=say("Nothing was changed. If this stays, tell your administrator."),
        )


class Moved(BackendProblem):
    """The server points to another address; a sign-in is never carried there by itself."""

    def __init__(self, server: str, target: str) -> None:
        super().__init__(
            say(
                "{server} points to another server ({target}), and your sign-in stays here.",
                server=server,
                target=target,
            ),
            mend=say("If the school has moved, sign in at the new address."),
        )


class NotPrivate(BackendProblem, errors.WrongUse):
    """A password would travel unencrypted."""

    def __init__(self, server: str) -> None:
        super().__init__(
            say(
                "{server} is not encrypted, so a password could be read on the way.", server=server
            ),
            mend=say(
                "Use the address that begins with https, or have an administrator allow it "
                "with the setting 'allow_plain_http'."
            ),
        )
