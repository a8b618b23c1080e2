"""What comes into the window from outside: links, and files that were dropped onto it."""

from asyncio import wrap_future
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import WrongUse
from desktop.lessons import sharing
from desktop.ui import links
from desktop.ui.desk import Desk
from desktop.ui.parts.undoing import place_of
from desktop.ui.routes import Route
from desktop.ui.strings import tr

if TYPE_CHECKING:
    from desktop.ui.page import Page

ROSTERS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xls", ".zip"})
LESSONS = frozenset({".json", sharing.SUFFIX})
MOST = 10
"""Things that are taken in at once; nobody means more."""


class Reception:
    """Takes links and files in, one after another, for the account that is open."""

    def __init__(
        self,
        desk: Desk,
        page: Callable[[str], "Page"],
        run: Callable[[Coroutine[Any, Any, Any]], object],
        here: Callable[[], Route | None],
    ) -> None:
        self._desk, self._page, self._run, self._here = desk, page, run, here

    def take(self, given: Sequence[str]) -> None:
        """Take in links and paths of files; what makes no sense is said."""
        for one in given[:MOST]:
            self._run(self._link(one) if links.is_link(one) else self._file(one))
        if len(given) > MOST:
            self._desk.toast(
                tr("The first {most} were taken in. Bring the others afterwards.", most=MOST)
            )

    async def _link(self, text: str) -> None:
        link = links.parse(text)
        if link.screen:
            self._desk.go(Route(link.screen))
            return
        route = await wrap_future(self._desk.services.ask(place_of, link.collection, link.id))
        if route is None:
            raise WrongUse(tr("What this link leads to is not on this computer. If it is new, sync "
                              "and try again."))  # fmt: skip
        self._desk.go(route)

    async def _file(self, path: str) -> None:
        kind = Path(path).suffix.casefold()
        if kind in ROSTERS:
            self._roster(path)
        elif kind in LESSONS:
            self._desk.go(Route("lessons"))
            self._page("lessons").take_in(path)
        else:
            raise WrongUse(
                tr("“{name}” is neither a class list (CSV, Excel, or a OneRoster zip) nor a lesson "
                   "(.toolbox or JSON), so it was left alone.", name=Path(path).name)
            )  # fmt: skip

    def _roster(self, path: str) -> None:
        """Into the class in sight, or else as classes of its own; both show it first."""
        here = self._here()
        screen = "class" if here is not None and here.screen == "class" else "classes"
        if screen == "classes":
            self._desk.go(Route(screen))
        self._page(screen).take_in(path)
