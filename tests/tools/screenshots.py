"""Makes the pictures of the documentation: the real program on the sample school, screen by screen.

    python -m tests.tools.screenshots --out docs/images            the pictures of the docs
    python -m tests.tools.screenshots --out /tmp/look --everything  also the unusual ones

Works without a display (Qt's offscreen platform) and on one.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from desktop.settings import Settings
from desktop.ui import language, loop, strings
from desktop.ui.preferences import Preferences
from desktop.ui.routes import Route
from desktop.ui.shell.front_door import FrontDoor
from desktop.ui.shell.window import MainWindow
from desktop.ui.strings import tr
from desktop.ui.theme.theme import Theme, qt_application
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.listing import Line
from tests.tools.contact_sheet import ContactSheet

IN_THE_DOCS = frozenset(
    {"welcome-light", "welcome-dark", "today-light", "today-dark", "class-light", "class-dark",
     "leaderboard-light", "leaderboard-dark", "generate-result-light", "push-preview-light",
     "studio-landed-light", "lessons-dark", "projector-light", "sync-light"}
)  # fmt: skip
SIZE = (1240, 820)
PATIENCE_S = 90.0
ROSTER = (
    "First name,Last name,Email\nAda,Lovelace,ada@school.example\n"
    "Grace,Hopper,grace@school.example\n,,nameless@school.example\n"
    "Alan,Turing,alan@school\nAda,Lovelace,ada@school.example\n"
)
WISH = "fractions on a number line, grade 4"


@dataclass
class Camera:
    """Takes the pictures."""

    out: Path
    window: MainWindow
    only: frozenset[str]
    """Keep these pictures; none named: all."""
    look: str = "light"
    taken: list[Path] = field(default_factory=list)
    sheets: dict[str, ContactSheet] = field(default_factory=dict)
    """Everything that was seen, by look, whether it is kept alone or not."""

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """A picture of `widget`, or of the whole window with the dialog that lies over it."""
        target = widget or self.window
        picture = target.grab()
        dialog = QApplication.activeModalWidget()
        if widget is None and isinstance(dialog, QDialog):
            from PySide6.QtGui import QColor, QPainter

            painter = QPainter(picture)
            painter.fillRect(self.window.rect(), QColor(0, 0, 0, 70))
            place = self.window.rect().center() - dialog.rect().center()
            painter.drawPixmap(place, dialog.grab())
            painter.end()
        self.sheets.setdefault(self.look, ContactSheet()).add(name, picture)
        if self.only and f"{name}-{self.look}" not in self.only:
            return
        file = self.out / f"{name}-{self.look}.png"
        picture.save(str(file))
        self.taken.append(file)

    def lay_out(self) -> None:
        """Make a contact sheet of each look; of light and dark alone for the documentation."""
        for look, sheet in self.sheets.items():
            if look in ("light", "dark") or not self.only:
                file = self.out / f"screens-{look}.png"
                sheet.image().save(str(file))
                self.taken.append(file)


async def until(true: Callable[[], object], what: str) -> None:
    """Wait until something shows."""
    for _ in range(round(PATIENCE_S / 0.05)):
        if true():
            return
        await asyncio.sleep(0.05)
    raise TimeoutError(f"{what} did not show within {PATIENCE_S:.0f} s")


async def settle(window: MainWindow) -> None:
    """Wait until the page in sight has nothing left to load."""
    await asyncio.sleep(0.25)
    if window.here is not None:
        page = window.page(window.here.screen)
        await until(lambda: not page._refreshing, "the page")
    await asyncio.sleep(0.15)


def press(root: QWidget, name: str) -> None:
    """Press the button called `name`."""
    from PySide6.QtWidgets import QAbstractButton

    found = [one for one in root.findChildren(QAbstractButton, name) if one.isVisible()]
    if not found:
        raise LookupError(f"no button {name} in sight")
    found[0].click()


async def tour(window: MainWindow, camera: Camera) -> None:
    """Every screen once, in one look."""
    for screen in ("today", "classes"):
        window.go(Route(screen))
        await settle(window)
        camera.take(screen)
    page = window.page("classes")
    page.findChildren(Line)[0].click()
    await settle(window)
    camera.take("class")
    group = window.page("class")
    for tab in ("lessons", "grades", "board"):
        press(group, tab)
        await settle(window)
        camera.take(f"class-{tab}")
    press(group, "roster")
    for screen in ("leaderboard", "lessons", "generate", "studio", "sync", "settings"):
        window.go(Route(screen))
        await settle(window)
        camera.take(screen)


async def main_job(window: MainWindow, camera: Camera) -> None:
    """A lesson from a sentence into the practice Studio."""
    from desktop.ui.generate.view import GeneratePage

    window.go(Route("studio"))
    await settle(window)
    press(window.page("studio"), "practice")
    await asyncio.sleep(1.0)
    window.go(Route("generate"))
    await settle(window)
    page = window.page("generate")
    assert isinstance(page, GeneratePage)
    page.wish.sentence.setText(WISH)
    press(page, "make")
    await asyncio.sleep(0.1)
    camera.take("generate-stages")
    await until(lambda: page._steps.currentIndex() == 2, "the lesson")
    await settle(window)
    camera.take("generate-result")
    page._result.for_class.setCurrentIndex(1)
    press(page, "save-and-push")
    await until(lambda: QApplication.activeModalWidget() is not None, "the preview")
    await asyncio.sleep(0.2)
    camera.take("push-preview")
    press(QApplication.activeModalWidget(), "push-now")
    await until(lambda: window.here == Route("studio"), "the Studio page")
    await asyncio.sleep(3.0)
    await settle(window)
    camera.take("studio-landed")
    window.go(Route("lessons"))
    await settle(window)
    camera.take("lessons-own")
    table = window.page("lessons").table  # type: ignore[attr-defined]
    table.activated_row.emit(table.rows.rows[0])
    await settle(window)
    camera.take("lesson")


async def details(window: MainWindow, camera: Camera, roster: Path) -> None:
    """Dialogs and the wall."""
    from desktop.ui.leaderboard.view import LeaderboardPage
    from desktop.ui.one_class.view import ClassPage

    window.go(Route("classes"))
    await settle(window)
    window.page("classes").findChildren(Line)[0].click()
    await settle(window)
    group = window.page("class")
    assert isinstance(group, ClassPage)
    group.roster.table.selectRow(1)
    press(group, "award")
    await until(lambda: QApplication.activeModalWidget() is not None, "the award")
    await asyncio.sleep(0.2)
    camera.take("award")
    QApplication.activeModalWidget().reject()
    importing = asyncio.ensure_future(group.import_roster(str(roster)))
    await until(lambda: QApplication.activeModalWidget() is not None, "the import")
    await asyncio.sleep(0.2)
    camera.take("import")
    QApplication.activeModalWidget().reject()
    await importing
    window.open_palette()
    await asyncio.sleep(0.3)
    dialogs = [one for one in window.findChildren(QDialog) if one.isVisible()]
    dialogs[0].findChildren(QLineEdit)[0].setText("cl")
    camera.take("palette", dialogs[0])
    dialogs[0].reject()
    window.go(Route("leaderboard"))
    await settle(window)
    board = window.page("leaderboard")
    assert isinstance(board, LeaderboardPage)
    board._open_projector()
    await settle(window)
    wall = board._projector
    assert wall is not None
    wall.showNormal()
    wall.resize(1280, 720)
    await settle(window)
    camera.take("projector", wall)
    wall.close()


async def shoot(out: Path, *, everything: bool) -> list[Path]:
    """Open the program on a fresh profile and take all pictures."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory(prefix="companion-pictures-") as folder:
        settings = Settings.load(profile=Path(folder))
        theme = Theme(application, "light")
        window = MainWindow(theme, Preferences(toured=True))
        window.resize(*SIZE)
        window.show()
        camera = Camera(out, window, frozenset() if everything else IN_THE_DOCS)
        door = FrontDoor(settings, window)
        door.open()
        await until(lambda: window.findChild(QWidget, "choose-sample").isVisible(), "the choice")
        await asyncio.sleep(0.3)
        await _welcome(window, camera, theme)
        press(window, "choose-sample")
        await until(lambda: window.here is not None or _fault(window), "Today")
        if window.here is None:
            raise RuntimeError(_fault(window))
        await until(lambda: window.status._sync.isVisible(), "the status")
        await until(lambda: window.status._sync.text() == tr("All saved"), "the first sync")
        await tour(window, camera)
        await main_job(window, camera)
        roster = Path(folder) / "class-list.csv"
        roster.write_text(ROSTER, encoding="utf-8")
        await details(window, camera, roster)
        await _dark(window, camera, theme)
        if everything:
            await _unusual(window, camera, theme)
        await door.close()
        theme.close()
        window.deleteLater()
        camera.lay_out()
        return camera.taken


def _fault(window: MainWindow) -> str:
    """What the first page complains about."""
    return next((one.text for one in window.findChildren(Banner) if one.isVisible()), "")


async def _welcome(window: MainWindow, camera: Camera, theme: Theme) -> None:
    camera.take("welcome")
    press(window, "choose-server")
    camera.take("sign-in")
    press(window, "sign-in")
    camera.take("sign-in-fault")
    press(window, "back-to-choices")
    theme.show(appearance="dark")
    camera.look = "dark"
    camera.take("welcome")
    theme.show(appearance="light")
    camera.look = "light"


async def _dark(window: MainWindow, camera: Camera, theme: Theme) -> None:
    theme.show(appearance="dark")
    camera.look = "dark"
    await tour(window, camera)
    theme.show(appearance="light")
    camera.look = "light"


async def _unusual(window: MainWindow, camera: Camera, theme: Theme) -> None:
    looks: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("150", lambda: theme.show(scale=1.5), lambda: theme.show(scale=1.0)),
        ("200", lambda: theme.show(scale=2.0), lambda: theme.show(scale=1.0)),
        ("contrast", lambda: theme.show(appearance="contrast"),
         lambda: theme.show(appearance="light")),
        ("rtl", lambda: _direct(Qt.LayoutDirection.RightToLeft),
         lambda: _direct(Qt.LayoutDirection.LeftToRight)),
        ("narrow", lambda: window.resize(860, 560), lambda: window.resize(*SIZE)),
    ]  # fmt: skip
    for look, put_on, take_off in looks:
        put_on()
        camera.look = look
        await tour(window, camera)
        await _sync_states(camera, theme)
        take_off()
    camera.look = "light"
    await _sync_states(camera, theme)


async def _sync_states(camera: Camera, theme: Theme) -> None:
    """The Sync page in every state, on an account of its own."""
    from desktop.ui.sync.view import SyncPage
    from tests.ui import sync_desk

    gone = {"offline": True, "problem": "https://school.example cannot be reached now."}
    states: tuple[tuple[str, tuple[Callable[..., None], ...], dict[str, object]], ...] = (
        ("empty", (), {}),
        ("offline", (sync_desk.waiting,), gone),
        ("signed-out", (sync_desk.waiting,), {"sign_in_needed": True}),
        ("refused", (sync_desk.refused,), {}),
        ("conflicts", (sync_desk.conflict,), {}),
        ("conflicts-of-each-kind", (sync_desk.of_each_kind,), {}),
        ("kept", (sync_desk.kept, sync_desk.past), {}),
        ("many", (sync_desk.many,), {}),
    )
    for name, works, more in states:
        with tempfile.TemporaryDirectory(prefix="companion-pictures-") as folder:
            async with sync_desk.desk_in(Path(folder), theme) as (desk, office, _):
                for work in (sync_desk.furnish, *works):
                    office.act(work).result()
                office.refresh_status(**more)
                page = SyncPage(desk)
                page.resize(*SIZE)
                page.show()
                await until(lambda page=page: not page._refreshing and not page._stale, "Sync")
                camera.take(f"sync-{name}", page)
                page.hide()
                await page.close_page()


def _direct(direction: Qt.LayoutDirection) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setLayoutDirection(direction)


def long_words(text: str, _count: int) -> str:
    """As German would: every word a third longer."""
    return " ".join(
        word if "{" in word or len(word) < 4 else word + word[: len(word) // 3 + 1].lower()
        for word in text.split(" ")
    )


def main() -> int:
    """Take the pictures; returns the exit code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=Path("docs/images"))
    arguments.add_argument("--everything", action="store_true")
    arguments.add_argument("--long-words", action="store_true")
    arguments.add_argument("--language", default="en")
    chosen = arguments.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    application = qt_application(sys.argv)
    language.speak(application, chosen.language)
    if chosen.long_words:
        strings.install(long_words)
    work: Awaitable[list[Path]] = shoot(chosen.out, everything=chosen.everything)
    taken = loop.run(application, work)  # type: ignore[arg-type]
    print(f"{len(taken)} pictures in {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
