"""The front door: opens the account that was open last, or shows the first page.

One account at a time is let in; whoever leaves is seen out in order, pages before services.
"""

import asyncio
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import TYPE_CHECKING

from desktop.settings import Settings, save
from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.shell.window import MainWindow
from desktop.ui.strings import tr
from desktop.ui.welcome.presenter import SignIn
from desktop.ui.welcome.view import WelcomePage

if TYPE_CHECKING:
    from desktop.backend.accounts import Account
    from desktop.services import Services
    from desktop.ui.shell.household import Household


class FrontDoor:
    """Lets one account in at a time, and sees it out in order."""

    def __init__(self, settings: Settings, window: MainWindow) -> None:
        self._settings = settings
        self._window = window
        self._tasks = Tasks(self._failed)
        self._welcome = WelcomePage(self._open_local, self._sign_in)
        self._home: Household | None = None
        self._by_form = False
        window.appearance_chosen.connect(self._keep_appearance)
        window.show_alone(self._welcome)

    def open(self) -> None:
        """Open what was open last, else wait for a choice."""
        self._tasks.start(self._resume())

    async def close(self) -> None:
        """See everybody out."""
        await self._tasks.close()
        await self._see_out()

    async def _resume(self) -> None:
        self._welcome.wait(tr("One moment…"))
        # The services bring database and network along: imported beside the painted window.
        services = await asyncio.to_thread(_services)
        if not await self._let_in(services.resume(self._settings)):
            self._welcome.choose()

    def _open_local(self, sample: bool) -> None:
        self._by_form = False
        words = tr("Preparing the sample school…") if sample else tr("Opening your school…")
        self._begin(words, lambda: _services().start_local_school(self._settings, sample=sample))

    def _sign_in(self, form: SignIn) -> None:
        self._by_form = True
        self._begin(
            tr("Signing in…"),
            lambda: _services().sign_in(self._settings, form.server, form.username, form.password),
        )

    def _begin(self, words: str, start: "Callable[[], Awaitable[Services | None]]") -> None:
        self._welcome.wait(words)
        self._tasks.start(self._let_in_by(start))

    async def _let_in_by(self, start: "Callable[[], Awaitable[Services | None]]") -> None:
        await self._let_in(start())

    async def _let_in(self, opening: "Awaitable[Services | None]") -> bool:
        """Open an account and go to its first screen; False when there is none."""
        from desktop.ui.shell.household import Household

        services = await opening
        if services is None:
            return False
        self._home = Household(services, self._window, self._leave)
        self._home.move_in()
        return True

    def _leave(self) -> None:
        self._tasks.start(self._change_account())

    async def _change_account(self) -> None:
        """See the account out and forget that it was the current one; its data stays."""
        if self._home is None:
            return
        account = self._home.services.account
        self._welcome.wait(tr("Closing…"))
        self._window.show_alone(self._welcome)
        await self._see_out()
        await _forget(self._settings, account)
        self._welcome.choose()

    async def _see_out(self) -> None:
        home, self._home = self._home, None
        if home is not None:
            await home.move_out()

    def _keep_appearance(self, appearance: str) -> None:
        profile = self._settings.profile
        self._tasks.start(asyncio.to_thread(save, profile, {"theme": appearance}))

    def _failed(self, error: BaseException) -> None:
        self._welcome.fail(sentence(error), form=self._by_form)


async def _forget(settings: Settings, account: "Account") -> None:
    """Nobody is signed in any more; what the account holds stays where it is."""
    from desktop.backend import accounts, secrets
    from desktop.classroom.instants import SystemClock

    store: secrets.SecretStore = secrets.MemoryStore()
    if account.kind != "local":
        store = await asyncio.to_thread(
            secrets.open_store, settings.vault, settings.vault_passphrase
        )
    await accounts.sign_out(settings.profile, account, store, clock=SystemClock())


def _services() -> ModuleType:
    """The composition root, imported when it is needed."""
    import desktop.services as root

    return root
