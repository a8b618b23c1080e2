"""One lesson: what is in it, and what can be done with it."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from desktop.ui.desk import Desk
from desktop.ui.one_lesson.presenter import LessonPresenter, LessonShown
from desktop.ui.page import Page
from desktop.ui.parts import history_sheet, package_view, publishing, versions
from desktop.ui.parts.lesson_view import LessonView
from desktop.ui.parts.publish_sheet import PublishSheet
from desktop.ui.parts.push_sheet import PushSheet
from desktop.ui.parts.versions_sheet import VersionsSheet
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import files
from desktop.ui.widgets.boxes import empty, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.more import MoreButton
from desktop.ui.widgets.sheet import answer


class LessonPage(Page):
    """Plan, quiz and world on tabs; approve, export, push."""

    widest = tokens.COLUMN
    kinds = frozenset({"lessons"})

    def __init__(self, desk: Desk) -> None:
        self._approve = Button(tr("&Approve"), self.runs(self._approved))
        self._approve.setObjectName("approve")
        self._edit = Button(tr("&Edit"), lambda: desk.go(Route("edit-lesson", self.subject)),
                            icon="edit")  # fmt: skip
        self._edit.setObjectName("edit")
        self._push = Button(
            tr("&Push to Studio"), self.runs(self._pushed), variant="primary", icon="studio"
        )
        self._push.setObjectName("push")
        self._more = MoreButton()
        self._history = self._more.add(tr("H&istory…"), "history", self.runs(self._show_history))
        self._versions = self._more.add(
            tr("Ea&rlier versions…"), "versions", self.runs(self._show_versions)
        )
        self._export = self._more.add(tr("&Save as a Roblox model…"), "export", self._choose_file)
        self._publish = self._more.add(
            tr("P&ublish on Roblox…"), "publish", self.runs(self._publish_it)
        )
        super().__init__(
            desk,
            PageHeader(
                "",
                self._more,
                self._edit,
                self._approve,
                self._push,
                back=lambda: desk.go(Route("lessons")),
            ),
        )
        self._presenter = LessonPresenter(desk.services)
        self._shown: LessonShown | None = None
        self._lesson = LessonView(self.run)
        self._summary = label("", "lead", wrap=True)
        self._tags = row(gap=8)
        self._nothing = EmptyState("lessons", tr("Nothing to show"), "")
        self.body.addLayout(self._tags)
        self.body.addWidget(self._summary)
        self.body.addWidget(self._lesson, 1)
        self.body.addWidget(self._nothing, 1)

    async def refresh(self) -> None:
        """Ask for the lesson and show it."""
        self._shown = await self._presenter.load(self.subject)
        self._show_head()
        self._show_body()

    def _show_head(self) -> None:
        shown = self._shown
        whole = shown is not None and shown.package is not None
        for deed in (self._approve, self._edit, self._export, self._publish, self._push):
            deed.setVisible(whole)
        self._more.setVisible(shown is not None)
        self._summary.setVisible(whole)
        empty(self._tags)
        if shown is None:
            self.header.tell(tr("This lesson is gone"), tr("It was deleted or moved elsewhere."))
            return
        self.header.tell(shown.title, shown.subtitle)
        self._approve.setVisible(shown.can_approve)
        self._summary.setText(shown.summary)
        if shown.package is not None:
            self._tags.addWidget(package_view.tags_of(shown.tags))

    def _show_body(self) -> None:
        shown = self._shown
        package = shown.package if shown else None
        self._lesson.setVisible(package is not None)
        self._nothing.setVisible(package is None)
        if package is not None:
            self._lesson.show_package(package, self.subject)
        else:
            words = shown.problem if shown else tr("Go back to the library.")
            self._nothing.tell(tr("Nothing to show"), words)

    async def _approved(self) -> None:
        await self._presenter.approve(self.subject)
        self.desk.toast(tr("Approved. It can go to your classes now."))

    async def _show_versions(self) -> None:
        found = await versions.load(self.desk.services, self.subject)
        sheet = VersionsSheet(self, found)
        async with answer(sheet) as yes:
            if yes and found:
                await versions.bring_back(self.desk.services, self.subject, sheet.chosen)
                self.desk.toast(tr("The earlier version is back."))

    async def _show_history(self) -> None:
        await history_sheet.show(self, ("lessons", self.subject))

    async def _pushed(self) -> None:
        self._push.setEnabled(False)
        try:
            prepared = await self._presenter.prepare(self.subject)
            sheet = PushSheet(self, prepared)
            async with answer(sheet) as yes:
                if yes:
                    await self._presenter.push(prepared, sheet.place)
                    self.desk.go(Route("studio"))
        finally:
            self._push.setEnabled(True)

    async def _publish_it(self) -> None:
        self._publish.setEnabled(False)
        try:
            prepared = await self._presenter.prepare_publish(self.subject)
            sheet = PublishSheet(self, prepared)
            async with answer(sheet) as yes:
                if not yes:
                    return
                filled = sheet.filled()
                sheet.hide()
                title = tr("Publish “{title}” on Roblox", title=prepared.title)
                async with self.desk.work.doing(title, route=Route("lesson", self.subject)):
                    done = await self._presenter.publish(prepared, filled)
            self.desk.toast(publishing.outcome(done))
        finally:
            self._publish.setEnabled(True)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Save the lesson as a Roblox model"))
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        dialog.setDirectory(QStandardPaths.writableLocation(documents))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Roblox model (*.rbxmx)"))
        dialog.setDefaultSuffix("rbxmx")
        dialog.selectFile(self._presenter.file_name(self._shown))
        files.ask(dialog, lambda file: self.run(self._exported(file)))

    async def _exported(self, file: Path) -> None:
        lesson_id = self.subject
        title = tr("Save “{title}” as {name}", title=self.header.title.text(), name=file.name)
        async with self.desk.work.doing(
            title,
            route=Route("lesson", lesson_id),
            again=lambda: self.run(self._exported(file)),
        ):
            await self._presenter.export(lesson_id, file)
        self.desk.toast(tr("Saved as {name}.", name=file.name))
