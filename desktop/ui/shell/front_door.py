"""The front door: opens the account that was open last, or shows the first page."""

from desktop.settings import Settings
from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.shell.window import MainWindow
from desktop.ui.strings import tr
from desktop.ui.welcome.presenter import SignIn
from desktop.ui.welcome.view import WelcomePage


class FrontDoor:
    """Lets one account in at a time, and sees it out in order."""

    def __init__(self, settings: Settings, window: MainWindow) -> None:
        self._settings = settings
        self._window = window
        self._tasks = Tasks(self._failed)
        self._welcome = WelcomePage(self._open_local, self._sign_in)
        self._by_form = False
        window.show_alone(self._welcome)

    def open(self) -> None:
        """Open what was open last, else wait for a choice."""

    async def close(self) -> None:
        """See everybody out."""
        await self._tasks.close()
        await self._window.leave()

    def _open_local(self, sample: bool) -> None:
        self._by_form = False
        self._welcome.wait(tr("Opening your school…"))

    def _sign_in(self, form: SignIn) -> None:
        self._by_form = True
        self._welcome.wait(tr("Signing in…"))

    def _failed(self, error: BaseException) -> None:
        self._welcome.fail(sentence(error), form=self._by_form)
