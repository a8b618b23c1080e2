"""Makes pictures of the real program: every screen, in every look and state.

    python -m tests.tools.screenshots                           the pictures in docs/images
    python -m tests.tools.screenshots --everything --out FOLDER  a folder for each look
    ... --looks dark,full --scenes today,lessons                only some of them

Works without a display (Qt's offscreen platform) and on one.
"""

import argparse
import asyncio
import functools
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

if sys.platform == "linux" and not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from desktop.settings import Theme as Appearance
from desktop.storage.transaction import Transaction
from desktop.ui import language, loop, strings
from desktop.ui.page import Page
from desktop.ui.shell.fault_page import FaultPage
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme, qt_application
from tests.tools import accounts
from tests.tools.contact_sheet import ContactSheet
from tests.tools.scenes import BROKEN, SCENES, Absent, Scene, Stage, at_the_door
from tests.ui import pseudo, sync_desk
from tests.ui.driving import opened, until

SHEET_QUALITY = 82
"""Of the contact sheets kept in the documentation: less than a megabyte each."""

IN_THE_DOCS = frozenset(
    {"welcome", "today", "class-roster", "leaderboard", "generate-result", "push-preview", "studio"}
)
"""The pictures that the guide for teachers shows, in light."""
NOWHERE = "http://127.0.0.1:9"
"""An address of this machine at which nobody answers."""
SHADE = QColor(0, 0, 0, 70)
Works = tuple[Callable[[Transaction], None], ...]


@dataclass(frozen=True)
class Look:
    """How the window looks, and at whose account."""

    account: str = "sample"
    appearance: Appearance = "light"
    scale: float = 1.0
    speaks: str = "en"
    size: tuple[int, int] = (1240, 820)


LOOKS = {
    "light": Look(),
    "dark": Look(appearance="dark"),
    "contrast": Look(appearance="contrast"),
    "150": Look(scale=1.5),
    "200": Look(scale=2.0, size=(1366, 768)),
    "narrow": Look(size=(860, 560)),
    "spanish": Look(speaks="es"),
    "german": Look(speaks="german"),
    "right-to-left": Look(speaks="arabic"),
    "empty": Look("empty"),
    "full": Look("full"),
    "offline": Look("offline"),
    "error": Look("error"),
}
"""A folder each. German and Arabic are those that nobody speaks (`tests/ui/pseudo.py`)."""


SYNC_STATES: dict[str, tuple[Works, dict[str, object]]] = {
    "nothing-waits": ((), {}),
    "offline": ((sync_desk.waiting,),
                {"offline": True, "problem": "https://school.example cannot be reached now."}),
    "signed-out": ((sync_desk.waiting,), {"sign_in_needed": True}),
    "refused": ((sync_desk.refused,), {}),
    "conflicts": ((sync_desk.conflict,), {}),
    "conflicts-of-each-kind": ((sync_desk.of_each_kind,), {}),
    "kept": ((sync_desk.kept, sync_desk.past), {}),
}  # fmt: skip
"""What there is in the account, and what syncing says of itself."""


@dataclass
class Camera:
    """Takes the pictures of one look."""

    keep: Callable[[str], Path | None]
    """Where the picture of a scene goes; None: only onto the contact sheet."""
    sheet: ContactSheet
    taken: int = 0
    missing: list[str] = field(default_factory=list)
    """What could not be brought into sight, and why."""

    def take(self, name: str, target: QWidget) -> None:
        """A picture of `target`, with the dialog or the menu that lies over it."""
        picture = target.grab()
        dialog, menu = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        if isinstance(dialog, QDialog) and isinstance(target, MainWindow):
            _lay_over(picture, target, dialog)
        if isinstance(menu, QMenu):
            painter = QPainter(picture)
            painter.drawPixmap(target.mapFromGlobal(menu.pos()), menu.grab())
            painter.end()
        self.sheet.add(name, picture)
        file = self.keep(name)
        if file is not None:
            picture.save(str(file))
            self.taken += 1


def _lay_over(picture: QPixmap, window: QWidget, dialog: QDialog) -> None:
    painter = QPainter(picture)
    painter.fillRect(window.rect(), SHADE)
    painter.drawPixmap(window.rect().center() - dialog.rect().center(), dialog.grab())
    painter.end()


class Studio:
    """Makes each account once, and hands out copies: no look sees what another one did."""

    def __init__(self, folder: Path, nonsense: str) -> None:
        self._folder, self._nonsense = folder, nonsense
        self._copies = 0

    async def profile(self, account: str) -> Path:
        """A copy of the profile of `account`."""
        whole = self._folder / account
        if not whole.exists():
            await self._make(account, whole)
        return Path(shutil.copytree(whole, self._next()))

    def blank(self) -> Path:
        """A profile on which nobody is signed in."""
        return accounts.fresh(self._next())

    def _next(self) -> Path:
        self._copies += 1
        return self._folder / f"copy-{self._copies}"

    async def _make(self, account: str, folder: Path) -> None:
        match account:
            case "sample":
                await accounts.sample(folder)
            case "empty":
                await accounts.empty(folder)
            case "full":
                await accounts.full(folder, NOWHERE)
            case _:
                address = NOWHERE if account == "offline" else self._nonsense
                await accounts.elsewhere(folder, await self.profile("sample"), address)


async def shoot(look: Look, camera: Camera, profile: Path, scenes: Collection[str]) -> None:
    """Take every scene in one look."""
    async with _dressed(look, profile) as window:
        stage = Stage(window, profile)
        await until(lambda: window.here is not None, "Today", accounts.PATIENCE_S)
        await asyncio.sleep(2.0)  # the first round of syncing, and what it changes
        todo: dict[str, Scene] = {**SCENES, **(BROKEN if look.account == "error" else {})}
        for name in [one for one in todo if not scenes or one in scenes]:
            alone = None
            try:
                alone = await todo[name](stage)
                camera.take(name, alone or window)
            except Absent:
                pass
            except (AssertionError, LookupError) as error:
                camera.missing.append(f"{name}: {error}")
            _clear(window, alone)


def _clear(window: MainWindow, alone: QWidget | None) -> None:
    """Put away what lies over the window."""
    if alone is not None:
        alone.close()
    if (menu := QApplication.activePopupWidget()) is not None:
        menu.close()
    while isinstance(dialog := QApplication.activeModalWidget(), QDialog):
        dialog.reject()
    window._drop_hint.hide()
    window.toast.clear()
    if window.tour is not None:
        window.tour.end()
    if isinstance(window.pages.currentWidget(), FaultPage) and window.here is not None:
        window._rebuild(window.here.screen)


async def shoot_door(look: Look, camera: Camera, profile: Path) -> None:
    """The first page, on a profile on which nobody is signed in."""
    async with _dressed(look, profile) as window:
        await at_the_door(Stage(window, profile), lambda name: camera.take(name, window))


async def shoot_sync(look: Look, camera: Camera, folder: Path) -> None:
    """The Sync page in each of its states, on an account of its own."""
    from desktop.ui.sync.view import SyncPage

    with _spoken(look):
        theme = Theme(_application(), look.appearance, look.scale)
        for name, (works, told) in SYNC_STATES.items():
            async with sync_desk.desk_in(folder / name, theme) as (desk, office, _):
                for work in (sync_desk.furnish, *works):
                    office.act(work).result()
                office.refresh_status(**told)
                page = SyncPage(desk)
                page.resize(*look.size)
                page.show()
                await until(functools.partial(_loaded, page), "Sync")
                camera.take(f"sync-{name}", page)
                page.hide()
                await page.close_page()
        theme.close()


def _loaded(page: Page) -> bool:
    return not page._refreshing and not page._stale


@asynccontextmanager
async def _dressed(look: Look, profile: Path) -> AsyncIterator[MainWindow]:
    """The window on `profile`, in this look."""
    with _spoken(look):
        async with opened(profile) as window:
            window.resize(*look.size)
            window.theme.show(appearance=look.appearance, scale=look.scale)
            yield window


@contextmanager
def _spoken(look: Look) -> Iterator[None]:
    """What is built meanwhile speaks the language of `look`."""
    application, before = _application(), QLocale()
    font = application.font()
    directions = Qt.LayoutDirection
    if look.speaks in language.LANGUAGES:
        language.speak(application, look.speaks)
    else:
        strings.install(getattr(pseudo, look.speaks))
    if look.speaks == "arabic":
        QLocale.setDefault(QLocale("ar_EG"))
        application.setLayoutDirection(directions.RightToLeft)
    try:
        yield
    finally:
        strings.install(None)
        application.setFont(font)  # the next look takes this for the system's
        QLocale.setDefault(before)
        application.setLayoutDirection(directions.LeftToRight)


def _application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


async def everything(out: Path, looks: Collection[str], scenes: Collection[str]) -> int:
    """A folder for each look, with every picture and contact sheets; returns how many."""
    taken = 0
    async with _studio() as studio:
        for name in looks:
            look, folder = LOOKS[name], out / name
            folder.mkdir(parents=True, exist_ok=True)
            camera = Camera(functools.partial(_file, folder), ContactSheet(3, 620))
            await _session(studio, look, camera, scenes)
            for at, sheet in enumerate(camera.sheet.images(rows=3), 1):
                sheet.save(str(folder / f"contact-sheet-{at}.png"))
            print(f"{name}: {camera.taken} pictures", *camera.missing, sep="\n  ", flush=True)
            taken += camera.taken
    return taken


async def for_the_docs(out: Path) -> int:
    """The pictures of the documentation, and a contact sheet of light and of dark."""
    taken = 0
    async with _studio() as studio:
        for name in ("light", "dark"):
            camera = Camera(functools.partial(_file_for_docs, out, name), ContactSheet(6, 300))
            await _session(studio, LOOKS[name], camera, ())
            (sheet,) = camera.sheet.images()
            sheet.save(str(out / f"screens-{name}.jpg"), quality=SHEET_QUALITY)
            taken += camera.taken + 1
    return taken


def _file(folder: Path, scene: str) -> Path:
    return folder / f"{scene}.png"


def _file_for_docs(folder: Path, look: str, scene: str) -> Path | None:
    wanted = look == "light" and scene in IN_THE_DOCS
    return folder / f"{scene}-{look}.png" if wanted else None


async def _session(studio: Studio, look: Look, camera: Camera, scenes: Collection[str]) -> None:
    if look.account == "sample" and not scenes:
        await shoot_door(look, camera, studio.blank())
    await shoot(look, camera, await studio.profile(look.account), scenes)
    if look.account == "sample" and not scenes:
        await shoot_sync(look, camera, studio.blank())


@asynccontextmanager
async def _studio() -> AsyncIterator[Studio]:
    with (
        tempfile.TemporaryDirectory(prefix="companion-pictures-") as folder,
        accounts.nonsense() as address,
        accounts.secrets_in(Path(folder)),
    ):
        yield Studio(Path(folder), address)


def main() -> int:
    """Take the pictures; returns the exit code."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    parser.add_argument("--out", type=Path, default=Path("docs/images"))
    parser.add_argument("--everything", action="store_true")
    parser.add_argument("--looks", default=",".join(LOOKS), help="some of: " + ", ".join(LOOKS))
    parser.add_argument("--scenes", default="", help="some of the scenes; else all")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    scenes = [one for one in chosen.scenes.split(",") if one]
    work = (
        everything(chosen.out, chosen.looks.split(","), scenes)
        if chosen.everything
        else for_the_docs(chosen.out)
    )
    taken = loop.run(qt_application(sys.argv), work)
    print(f"{taken} pictures in {chosen.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
