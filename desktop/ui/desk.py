"""What a screen is handed when it is built: the services, where to go, and how to speak."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.ui.routes import Route
from desktop.ui.theme.theme import Theme

if TYPE_CHECKING:  # the services bring the database along, which the first window must not wait for
    from desktop.services import Services
    from desktop.ui.bridge import Bridge
    from desktop.ui.parts.task_centre import TaskCentre
    from desktop.ui.parts.undoing import Undoing

Toast = Callable[..., None]


@dataclass(frozen=True)
class Errand:
    """Something that can only be done while nobody has the account's files open."""

    words: str
    """What is said meanwhile."""
    work: Callable[[], Awaitable[str]]
    """Does it, and returns what to say afterwards; "" for nothing."""


@dataclass(frozen=True)
class Desk:
    """One signed-in account's desk. It lasts until the account is left."""

    services: "Services"
    bridge: "Bridge"
    theme: Theme
    go: Callable[[Route], None]
    take_in: Callable[[str], None]
    """Take in a file or a link as if it had been dropped onto the window."""
    toast: Toast
    """`toast(words, action="", pressed=None)`."""
    undoing: "Undoing"
    """Does what can be undone by a button: `done(words, step)` says it with an 'Undo'."""
    work: "TaskCentre"
    """Shows long work in the list of tasks: `async with desk.work.doing(title): ...`."""
    leave: Callable[[], None]
    """Sign out and go back to the first page."""
    away: Callable[[Errand], None]
    """Close the account, run the errand, and open the account that is current then."""
