"""One signed-in account in the window: its desk, its status line, its way in and out."""

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QTimer, SignalInstance

from desktop.backend import accounts
from desktop.services import Services
from desktop.storage import lesson_jobs
from desktop.sync.status import Status
from desktop.ui.bridge import Bridge, Changes
from desktop.ui.desk import Desk, Errand
from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.parts import sync_words
from desktop.ui.parts.task_centre import TaskCentre
from desktop.ui.parts.task_sources import SYNC, Lessons, Pushes, Rounds
from desktop.ui.parts.undoing import Undoing
from desktop.ui.shell import network
from desktop.ui.shell.reception import Reception
from desktop.ui.shell.status import State
from desktop.ui.shell.window import MainWindow
from desktop.ui.strings import tr
from desktop.ui.tasks.presenter import glance

SAY_AGAIN_MS = 30_000
"""'Last checked 2 minutes ago' grows old by itself."""


class Household:
    """Joins the services of one account to the window."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        leave: Callable[[], None],
        away: Callable[[Errand], None],
    ) -> None:
        self.services = services
        self._window = window
        self._bridge = Bridge(services.subscribe)
        self._tasks = Tasks(lambda error: window.toast.tell(sentence(error)))
        folder = accounts.place(services.settings.profile, services.account).folder
        self._work = TaskCentre(services.clock, folder / "tasks.json")
        self._lessons = Lessons(services, self._tasks.start, self._work.changed)
        self._pushes = Pushes(services, self._tasks.start, self._work.changed)
        self._desk = Desk(
            services=services,
            bridge=self._bridge,
            theme=window.theme,
            go=window.go,
            take_in=lambda given: window.hand([given]),
            toast=window.toast.tell,
            undoing=Undoing(services, window.toast.tell, window.go, self._tasks.start),
            work=self._work,
            leave=leave,
            away=away,
        )
        self._reception = Reception(self._desk, window.page, self._tasks.start, lambda: window.here)
        self._ends = contextlib.ExitStack()
        """Undoes what `move_in` has come to do."""
        self._clock = QTimer(window)
        self._clock.timeout.connect(lambda: self._tell_sync(services.sync.status))

    def move_in(self) -> None:
        """Open the navigation and begin to tell how things stand."""
        services = self.services
        for end in (
            network.on_return(services.went_online),
            services.sync.subscribe(self._tell_sync),
            services.studio.subscribe(self._tell_studio),
            services.sync.subscribe(lambda _status: self._work.changed()),
            services.studio.subscribe(self._hear_of_pushes),
            self._work.subscribe(self._tell_work),
        ):
            self._ends.callback(end)
        self._work.add(Rounds(services))
        self._work.add(self._pushes)
        self._hear_of_pushes()
        self._work.add(self._lessons)
        self._connect(self._bridge.changed, self._hear_of_lessons)
        self._tasks.start(self._lessons.load())
        self._tasks.start(self._work.recall())
        self._connect(self._window.active, services.sync.set_active)
        self._window.sidebar.account.setText(self._account_words())
        self._tell_sync(services.sync.status)
        self._tell_studio()
        self._clock.start(SAY_AGAIN_MS)
        self._window.enter(self._desk)
        self._connect(self._window.arrived, self._receive)
        self._window.menus.about_to_edit(self._name_undo)
        self._receive()

    async def move_out(self) -> None:
        """Close the pages, then the bridge, then the services.

        What goes wrong in one of them keeps none of the others from it, and is raised at the end.
        """
        self._clock.stop()
        self._clock.deleteLater()
        self._window.menus.about_to_edit(None)
        async with contextlib.AsyncExitStack() as then:  # the last that is named comes first
            then.push_async_callback(self.services.close)
            then.callback(self._bridge.close)
            then.push_async_callback(self._window.leave)
            then.push_async_callback(self._tasks.close)
            then.callback(self._ends.close)

    def _connect(self, signal: SignalInstance, hear: Callable[..., object]) -> None:
        """Have `hear` called until the account moves out."""
        signal.connect(hear)
        self._ends.callback(signal.disconnect, hear)

    def _account_words(self) -> str:
        account = self.services.account
        name = account.user.display_name or account.user.username
        where = tr("Local school") if account.kind == "local" else account.server_name
        return f"{name}\n{where or account.server}"

    def _tell_sync(self, status: Status) -> None:
        local = self.services.account.kind == "local"
        words = sync_words.words(status, self.services.clock.now(), local=local)
        self._window.status.tell_sync(State(words.short, words.icon, words.tone, words.long))

    def _tell_work(self) -> None:
        tasks = self._work.tasks()
        # The status of sync stands at the foot of the window already.
        others = [task for task in tasks if task.id != SYNC]
        troubled = all(task.state != "running" for task in others)
        words = glance(others)
        icon, tone = ("warning", "warn") if troubled else ("sync", "accent")
        self._window.status.tell_work(State(words, icon, tone))

    def _tell_studio(self) -> None:
        windows = self.services.studio.windows()
        waiting = [push for push in self.services.studio.pushes() if push.state == "queued"]
        if windows:
            state = State(tr("Studio connected"), "check", "good")
        elif waiting:
            state = State(tr("Studio closed · a push waits"), "clock", "ink_soft")
        else:
            state = State(tr("Studio not open"), "ring", "ink_soft")
        self._window.status.tell_studio(state)

    def _hear_of_lessons(self, changes: Changes) -> None:
        if any(collection in (lesson_jobs.COLLECTION, "*") for collection, _ in changes):
            self._tasks.start(self._lessons.load())

    def _hear_of_pushes(self) -> None:
        self._tasks.start(self._pushes.load())

    def _name_undo(self) -> None:
        self._tasks.start(self._tell_undo())

    async def _tell_undo(self) -> None:
        """The menu says what would be taken back, and what brought again."""
        back, again = await self._desk.undoing.next_ones()
        self._window.menus.name("edit.undo", back)
        self._window.menus.name("edit.redo", again)

    def _receive(self) -> None:
        """Take in what was handed to the window, also what came before anybody was signed in."""
        given, self._window.handed = self._window.handed, []
        self._reception.take(given)
