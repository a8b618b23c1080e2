"""What the Studio page says: is Studio there, what each push is up to, what it changes."""

import asyncio
from asyncio import wrap_future
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.classroom import instants
from desktop.lessons import package as packages
from desktop.storage import records
from desktop.storage.pushes import StoredItem, StoredPush
from desktop.studio import plugin, scan
from desktop.studio.plugin import PluginStatus
from desktop.studio.simulator import SimulatedStudio
from desktop.ui.parts import pushing
from desktop.ui.parts.words import ago, dotted, things
from desktop.ui.strings import decimal, mark, plural, sentence_of, tr

if TYPE_CHECKING:
    from desktop.services import Services

MOST_SHOWN = 20
MOST_CHANGES = 8
MOST_SENTENCES = 40
Tagged = tuple[str, str, str]

STATES: dict[str, tuple[str, str]] = {
    "draft": (mark("Draft"), "plain"),
    "scanned": (mark("Checked"), "plain"),
    "queued": (mark("Waits for Studio"), "warn"),
    "offered": (mark("Asking Studio"), "accent"),
    "planned": (mark("Asking Studio"), "accent"),
    "committing": (mark("Going in"), "accent"),
    "landed": (mark("Verified in Studio"), "good"),
    "conflict": (mark("Needs your decision"), "warn"),
    "failed": (mark("Did not work"), "bad"),
    "undone": (mark("Taken back"), "plain"),
}
ACTIONS: dict[str, tuple[str, str]] = {
    "create": (mark("New"), "good"),
    "update": (mark("Changes"), "accent"),
    "conflict": (mark("You changed it"), "warn"),
    "blocked": (mark("Not possible"), "bad"),
    "unchanged": (mark("Stays"), "plain"),
    "": (mark("Planned"), "plain"),
}


@dataclass(frozen=True)
class Connection:
    """Is Studio there?"""

    short: str
    long: str
    icon: str
    tone: str
    plugin_button: str
    """Empty where the plugin has no part in it."""
    practice_button: str


@dataclass(frozen=True)
class PushShown:
    """One push, ready to show."""

    id: str
    title: str
    state: str
    tone: str
    words: str
    lesson_id: str = ""
    findings: tuple[Tagged, ...] = ()
    """Icon, colour and words of what the safety scan found."""
    can_show_findings: bool = False
    """The scan asks for a look, and `findings_of` says at what."""
    windows: tuple[tuple[str, str], ...] = ()
    """Where it waits because several Studio windows are open: place id and name of each."""
    changes_title: str = ""
    changes: tuple[Tagged, ...] = ()
    """Action, tone and place of each change."""
    choices: tuple[tuple[str, str], ...] = ()
    can_undo: bool = False
    can_retry: bool = False


class StudioPresenter:
    """Reads the bridge and its outbox; starts and ends the practice Studio."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._practice: SimulatedStudio | None = None

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have `listener` called whenever a push or a window changed."""
        return self._services.studio.subscribe(listener)

    async def connection(self) -> Connection:
        """How the connection stands."""
        problem = self._services.studio_problem
        windows = self._services.studio.windows()
        status = await asyncio.to_thread(self._status)
        installed = status.is_ours
        practice = self._practice is not None
        by_server = self._services.studio.road == "server"
        plugin_button = tr("&Install the plugin again") if installed else tr("&Install the plugin")
        plugin_button = "" if by_server else plugin_button
        button = tr("Close the &practice Studio") if practice else tr("Open a &practice Studio")
        if problem is not None:
            return Connection(tr("Studio cannot reach the Companion"), str(problem), "warning",
                              "bad", plugin_button, button)  # fmt: skip
        if windows:
            names = ", ".join(window.place_name or tr("an unnamed place") for window in windows)
            through = any(window.through == "server" for window in windows)
            words = (
                tr("Open there: {names}. Lessons go in by Studio's own server.", names=names)
                if through
                else tr("Open there: {names}.", names=names)
            )
            return Connection(tr("Studio is connected"), words, "check", "good", plugin_button,
                              button)  # fmt: skip
        if by_server:
            return self._server_road(button)
        if not installed:
            words = tr("Install our plugin once; from then on Studio finds the Companion by "
                       "itself. Without Roblox Studio here, open the practice Studio. Where "
                       "plugins are not allowed, Settings has another way.")  # fmt: skip
            return Connection(tr("Studio does not know the Companion yet"), words, "info",
                              "accent", plugin_button, button)  # fmt: skip
        if not status.is_current or self._services.studio.last_refusal:
            words = tr("Install the plugin again, and restart Studio. What you push meanwhile "
                       "waits here.")  # fmt: skip
            short = (
                tr("The plugin in Studio is not let in")
                if status.is_current
                else tr("The plugin in Studio is of another version")
            )
            return Connection(short, words, "warning", "warn", plugin_button, button)
        words = tr("Open Roblox Studio and a place. What you push meanwhile waits here.")
        return Connection(tr("Studio is not open"), words, "clock", "ink_soft", plugin_button,
                          button)  # fmt: skip

    def _server_road(self, practice_button: str) -> Connection:
        """What is to be said while nothing is connected through Studio's own server."""
        problem = self._services.studio.road_problem
        if problem is None:
            words = tr("Lessons go in by the server that Studio ships. What you push meanwhile "
                       "waits here.")  # fmt: skip
            return Connection(tr("Looking for Studio's own server"), words, "clock", "ink_soft",
                              "", practice_button)  # fmt: skip
        return Connection(tr("Studio is not connected"), sentence_of(problem), "clock", "warn",
                          "", practice_button)  # fmt: skip

    async def pushes(self) -> list[PushShown]:
        """The newest pushes."""
        now = self._services.clock.now()
        found = await asyncio.to_thread(self._find)
        windows = tuple(
            (each.place_id, each.place_name or tr("an unnamed place"))
            for each in self._services.studio.windows()
        )
        return [
            shown(push, items, ago(instants.from_text(push.updated_at), now), windows)
            for push, items in found
        ]

    async def findings_of(self, push: PushShown) -> tuple[Tagged, ...]:
        """What the safety scan asks to look at, sentence by sentence."""
        found = await wrap_future(self._services.ask(records.get, "lessons", push.lesson_id))
        if found is None or found.seen is None or not found.seen.get("package"):
            words = tr("The lesson is no longer in your library, so its scripts cannot be shown.")
            return (("info", "ink_soft", words),)
        build = await pushing.build(packages.load(found.seen["package"]), push.lesson_id)
        report = await asyncio.to_thread(scan.scan_build, build)
        return pushing.findings(report, MOST_SENTENCES)

    async def choose_window(self, push_id: str, place_id: str) -> None:
        """Send a waiting push into the Studio window of a place."""
        await self._services.studio.choose_window(push_id, place_id)

    async def install_plugin(self) -> str:
        """Put the plugin where Studio looks; returns what to say."""
        settings = self._services.settings
        status = await asyncio.to_thread(
            plugin.install, settings.profile, settings.studio_plugins, settings.bridge_ports
        )
        return tr("The plugin is installed in {folder}. Restart Studio if it is open.",
                  folder=status.path.parent)  # fmt: skip

    async def toggle_practice(self) -> None:
        """Open the practice Studio, or close it."""
        if self._practice is not None:
            await self.close()
            return
        opening = SimulatedStudio(self._services.settings.profile, place_name=tr("Practice place"))
        self._practice = await opening.__aenter__()

    async def close(self) -> None:
        """Close the practice Studio, if it is open."""
        practice, self._practice = self._practice, None
        if practice is not None:
            await practice.__aexit__(None, None, None)

    async def decide(self, push_id: str, choice: str) -> None:
        """Answer what a push asks."""
        if choice in ("replace", "keep", "copy"):
            await self._services.studio.resolve(push_id, choice)  # type: ignore[arg-type]

    async def undo(self, push_id: str) -> None:
        """Take a landed push back."""
        await self._services.studio.undo(push_id)

    async def retry(self, push_id: str) -> None:
        """Queue a failed push again."""
        await self._services.studio.choose_window(push_id, "")

    def _status(self) -> PluginStatus:
        settings = self._services.settings
        return plugin.status(settings.profile, settings.studio_plugins)

    def _find(self) -> list[tuple[StoredPush, list[StoredItem]]]:
        studio = self._services.studio
        return [(push, studio.items(push.id)) for push in studio.pushes()[:MOST_SHOWN]]


def shown(
    push: StoredPush,
    items: list[StoredItem],
    when: str,
    windows: tuple[tuple[str, str], ...] = (),
) -> PushShown:
    """One push in the words of a teacher; `windows` are the Studio windows that are open."""
    state, tone = STATES[push.state]
    asks = push.state == "conflict"
    # One that has its place goes in by itself; one that has none waits for a choice.
    lost = push.state == "queued" and push.place_id not in dict(windows) and len(windows) > 1
    return PushShown(
        id=push.id,
        title=push.title,
        state=tr(state),
        tone=tone,
        words=_words(push, items, when)
        if not lost
        else dotted(tr("several Studio windows are open: choose one"), when),
        lesson_id=push.lesson_id,
        can_show_findings=push.scan == "review",
        windows=windows if lost else (),
        findings=_findings(push),
        changes_title=tr("What changes in your place"),
        changes=() if push.state in ("landed", "undone") else _changes(items),
        choices=_choices() if asks else (),
        can_undo=push.state == "landed",
        can_retry=push.state == "failed",
    )


def _words(push: StoredPush, items: list[StoredItem], when: str) -> str:
    count = things(len(items))
    where = tr("in {place}", place=push.place_name) if push.place_name else ""
    match push.state:
        case "landed":
            took = (
                tr("checked there, in {seconds} s", seconds=decimal(push.milliseconds / 1_000))
                if push.milliseconds is not None
                else tr("checked there")
            )
            return dotted(count, where, took, when)
        case "queued":
            reason = push.reason or tr("goes in as soon as Studio is open")
            return dotted(count, reason, when)
        case _:
            return dotted(count, where, push.reason, when)


def _findings(push: StoredPush) -> tuple[Tagged, ...]:
    if push.scan == "ok":
        return (("shield", "good", tr("The safety scan found nothing in its scripts.")),)
    if push.scan == "review":
        return (("warning", "warn", tr("The safety scan asks you to look at its scripts once.")),)
    return ()


def _changes(items: list[StoredItem]) -> tuple[Tagged, ...]:
    """Conflicts one by one, everything else counted by its top folder."""
    lines: list[Tagged] = []
    for item in items:
        if item.action in ("conflict", "blocked"):
            action, tone = ACTIONS[item.action]
            lines.append((tr(action), tone, dotted(" / ".join(item.path), item.reason)))
    counted = Counter(
        (item.action, " / ".join(item.path[:2]))
        for item in items
        if item.action not in ("conflict", "blocked")
    )
    for (kind, where), count in counted.items():
        action, tone = ACTIONS[kind]
        lines.append((tr(action), tone, f"{where}: {things(count)}"))
    more = len(lines) - MOST_CHANGES
    if more > 0:
        rest = plural("and {count} more", "and {count} more", more)
        lines = [*lines[:MOST_CHANGES], (tr("Planned"), "plain", rest)]
    return tuple(lines)


def _choices() -> tuple[tuple[str, str], ...]:
    return (
        ("copy", tr("Keep yours, put ours beside it")),
        ("replace", tr("Replace yours (a copy is kept)")),
        ("keep", tr("Keep yours, leave ours out")),
    )
