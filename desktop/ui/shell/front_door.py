"""The front door: opens the account that was open last, or shows the first page.

One account at a time is let in; whoever leaves is seen out in order, pages before services.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.errors import CompanionError
from desktop.settings import Settings, save
from desktop.ui.desk import Errand
from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.routes import Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.strings import tr
from desktop.ui.welcome import trouble
from desktop.ui.welcome.presenter import SignIn
from desktop.ui.welcome.trouble_view import Ways
from desktop.ui.welcome.view import WelcomePage
from desktop.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from desktop.backend.accounts import Account
    from desktop.services import Services
    from desktop.ui.shell.household import Household

T = TypeVar("T")


class FrontDoor:
    """Lets one account in at a time, and sees it out in order."""

    def __init__(self, settings: Settings, window: MainWindow) -> None:
        self._settings = settings
        self._window = window
        self._tasks = Tasks(self._failed)
        self._welcome = WelcomePage(self._open_local, self._sign_in)
        self._home: Household | None = None
        self._by_form = False
        self._closing = False
        window.appearance_chosen.connect(self._keep_appearance)
        window.show_alone(self._welcome)

    def open(self) -> None:
        """Open what was open last, else wait for a choice."""
        self._start(self._resume())

    async def close(self) -> None:
        """See everybody out; whoever is on the way out already is waited for."""
        self._closing = True
        await self._tasks.close()
        await self._see_out()

    async def _resume(self) -> None:
        self._welcome.wait(tr("One moment…"))
        # The services bring database and network along: imported beside the painted window.
        services = await asyncio.to_thread(_services)
        try:
            if not await self._let_in(services.resume(self._settings)):
                self._welcome.choose()
        except CompanionError as error:
            self._tell_trouble(error)

    def _tell_trouble(self, error: CompanionError, fault: str = "") -> None:
        """The work that was open last does not open: say why, and offer what helps."""
        profile = self._settings.profile

        def again() -> None:
            self._start(self._resume())

        def mend(words: str, work: Callable[[], object]) -> None:
            self._start(self._mend(error, words, work))

        def unlock(code: str) -> None:
            mend(tr("Unlocking…"), lambda: _this_computer().unlock(self._settings, code))

        def begin_anew() -> None:
            mend(tr("Putting the locked work aside…"),
                 lambda: _this_computer().begin_anew(self._settings))  # fmt: skip

        def show_folder() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(profile)))

        shown = trouble.of(error, sentence(error), str(profile))
        ways = Ways(again, unlock, lambda: self._confirm_anew(begin_anew), show_folder)
        self._welcome.show_trouble(shown, ways, fault)

    async def _mend(self, error: CompanionError, words: str, work: Callable[[], object]) -> None:
        self._welcome.wait(words)
        try:
            await asyncio.to_thread(work)
        except CompanionError as fault:
            self._tell_trouble(error, sentence(fault))
        else:
            await self._resume()

    def _confirm_anew(self, begin_anew: Callable[[], None]) -> None:
        sheet = Sheet(
            self._window,
            tr("Begin anew"),
            tr("What the school has comes from there again. Changes that were never sent stay in "
               "the locked work, which is kept beside and opens with its recovery code only."),
            tr("Begin anew"),
        )  # fmt: skip
        sheet.accepted.connect(begin_anew)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

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
        self._start(self._let_in_by(start))

    async def _let_in_by(self, start: "Callable[[], Awaitable[Services | None]]") -> None:
        await self._let_in(start())

    async def _let_in(self, opening: "Awaitable[Services | None]") -> bool:
        """Open an account and go to its first screen; False when there is none."""
        from desktop.ui.shell.household import Household

        services = await opening
        if services is None:
            return False
        try:
            self._home = Household(services, self._window, self._leave, self._away)
        except BaseException:
            await services.close()
            raise
        self._home.move_in()
        return True

    def _leave(self) -> None:
        if self._home is not None:
            account = self._home.services.account
            self._away(Errand(tr("Closing…"), lambda: _forget(self._settings, account)))

    def _away(self, errand: Errand) -> None:
        self._start(self._run(errand))

    async def _run(self, errand: Errand) -> None:
        """See the account out, do the errand, and let in whoever is current then."""
        if self._home is None:
            return
        self._by_form = False
        self._welcome.wait(errand.words)
        self._window.show_alone(self._welcome)
        said, tone = await _to_the_end(self._do(errand))
        await self._resume()
        self._tell(said, tone)

    async def _do(self, errand: Errand) -> tuple[str, str]:
        await self._see_out()
        try:
            return await errand.work(), "good"
        except CompanionError as error:
            return sentence(error), "bad"

    def _tell(self, said: str, tone: str) -> None:
        if not said:
            return
        if self._home is None:
            self._welcome.banner.tell(said, tone)
            return
        self._window.go(Route("settings"))
        self._window.page("settings").banner.tell(said, tone)

    async def _see_out(self) -> None:
        home, self._home = self._home, None
        if home is not None:
            await home.move_out()

    def _keep_appearance(self, appearance: str) -> None:
        profile = self._settings.profile
        self._tasks.start(asyncio.to_thread(save, profile, {"theme": appearance}))

    def _failed(self, error: BaseException) -> None:
        """Something beside failed; whoever is in stays in."""
        self._window.toast.tell(sentence(error))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._tasks.start(self._or_first_page(work))
        task.add_done_callback(lambda _: work.close())  # cancelled before it began, it is to go too

    async def _or_first_page(self, work: Coroutine[Any, Any, None]) -> None:
        """Do `work`; whatever ends it early, a person is not left with 'One moment…'."""
        try:
            await work
        except asyncio.CancelledError as error:
            if self._closing:
                raise
            stray = RuntimeError("The front door's work was cancelled, and not by closing it.")
            stray.__cause__ = error
            await self._come_back(stray)
        except Exception as error:  # noqa: BLE001  (said on the first page, and logged if ours)
            await self._come_back(error)

    async def _come_back(self, error: Exception) -> None:
        """To the first page, with a sentence on it; nobody stays in half-way."""
        self._window.show_alone(self._welcome)
        try:
            await _to_the_end(self._see_out())
        finally:
            self._welcome.fail(sentence(error), form=self._by_form)


async def _to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Do `work` to its end, also when who waits for it is cancelled meanwhile.

    An account that is half closed would leave its school running, and one half erased would be
    neither here nor gone.
    """
    doing = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait({doing})
        doing.result()  # what went wrong in it comes before the cancelling
        raise


async def _forget(settings: Settings, account: "Account") -> str:
    """Nobody is signed in any more; what the account holds stays where it is."""
    from desktop.backend import accounts, secrets
    from desktop.classroom.instants import SystemClock

    store: secrets.SecretStore = secrets.MemoryStore()
    if account.kind != "local":
        store = await asyncio.to_thread(
            secrets.open_store, settings.vault, settings.vault_passphrase
        )
    await accounts.sign_out(settings.profile, account, store, clock=SystemClock())
    return ""


def _services() -> ModuleType:
    """The composition root, imported when it is needed."""
    import desktop.services as root

    return root


def _this_computer() -> ModuleType:
    import desktop.this_computer as files

    return files
