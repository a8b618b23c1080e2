"""Studio: the connection to Roblox Studio, and what was and will be pushed."""

import functools

from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.push_sheet import finding, tagged
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.studio.presenter import Connection, PushShown, StudioPresenter, Tagged
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, empty, holding, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label, rule, tag


class StudioPage(Page):
    """Is Studio there, and what happens to each push."""

    widest = tokens.COLUMN
    kinds = frozenset({"pushes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PageHeader(tr("Studio")))
        self._presenter = StudioPresenter(desk.services)
        self._glyph = Glyph("studio", "ink_soft", 28)
        self._head = label("", "title", wrap=True)
        self._words = label("", "soft", wrap=True)
        self._plugin = Button(tr("&Install the plugin"), self.runs(self._install), icon="download")
        self._plugin.setObjectName("install-plugin")
        self._practice = Button(
            tr("Open a &practice Studio"), self.runs(self._toggle_practice), icon="studio",
            tip=tr("Runs our real plugin on this computer, without Roblox, so you can try it"),
        )  # fmt: skip
        self._practice.setObjectName("practice")
        state = row(self._glyph, gap=tokens.SPACE_4)
        state.addLayout(column(self._head, self._words, gap=tokens.SPACE_1), 1)
        top = Card()
        top.body.addLayout(state)
        top.body.addWidget(Flow(self._plugin, self._practice))
        self._pushes = column(gap=tokens.SPACE_4)
        self._seen: dict[str, tuple[Tagged, ...]] = {}
        """Of the pushes whose findings are unfolded: the sentences."""
        self._nothing = EmptyState(
            "studio",
            tr("Nothing pushed yet"),
            tr("Open a lesson and choose “Push to Studio”. You see what will change before "
               "anything does, and one click takes it back."),
            Button(tr("Open lessons"), lambda: desk.go(Route("lessons"))),
        )  # fmt: skip
        parts = column(top, gap=tokens.SPACE_4)
        parts.addLayout(self._pushes)
        parts.addWidget(self._nothing)
        parts.addStretch(1)
        self.scroll_body(holding(parts))
        self._end = self._presenter.subscribe(self.refresh_soon)

    async def refresh(self) -> None:
        """Ask for connection and pushes, and show them."""
        self._show_connection(await self._presenter.connection())
        pushes = await self._presenter.pushes()
        empty(self._pushes)
        for push in pushes:
            self._pushes.addWidget(PushCard(push, self, self._seen.get(push.id)))
        self._nothing.setVisible(not pushes)

    async def close_page(self) -> None:
        """Stop listening."""
        self._end()
        await self._presenter.close()
        await super().close_page()

    def go_ahead(self, push: PushShown, choice: str) -> None:
        """Let a push that waits for a decision go on."""
        self.run(self._presenter.decide(push.id, choice))

    def take_back(self, push: PushShown) -> None:
        """Undo a push in Studio."""
        self.run(self._undo(push))

    def send_again(self, push: PushShown) -> None:
        """Try a failed push once more."""
        self.run(self._presenter.retry(push.id))

    def send_to(self, push: PushShown, place_id: str) -> None:
        """Send a waiting push into one of several Studio windows."""
        self.run(self._presenter.choose_window(push.id, place_id))

    def unfold(self, push: PushShown) -> None:
        """Show what the safety scan asks to look at, or put it away again."""
        if self._seen.pop(push.id, None) is not None:
            self.refresh_soon()
        else:
            self.run(self._unfold(push))

    async def _unfold(self, push: PushShown) -> None:
        self._seen[push.id] = await self._presenter.findings_of(push)
        self.refresh_soon()

    def _show_connection(self, connection: Connection) -> None:
        self._glyph.show_icon(connection.icon, connection.tone)
        self._head.setText(connection.short)
        self._words.setText(connection.long)
        self._plugin.setText(connection.plugin_button)
        self._plugin.setVisible(bool(connection.plugin_button))
        self._practice.setText(connection.practice_button)

    async def _undo(self, push: PushShown) -> None:
        await self._presenter.undo(push.id)
        self.desk.toast(tr("“{title}” is out of the place again.", title=push.title))

    async def _install(self) -> None:
        self.desk.toast(await self._presenter.install_plugin())
        self.refresh_soon()

    async def _toggle_practice(self) -> None:
        self._practice.setEnabled(False)
        try:
            await self._presenter.toggle_practice()
        finally:
            self._practice.setEnabled(True)
            self._practice.setFocus()
        self.refresh_soon()


class PushCard(Card):
    """One push: its state, what it changes, what the scan found, and what can be done."""

    def __init__(
        self, push: PushShown, page: StudioPage, sentences: tuple[Tagged, ...] | None
    ) -> None:
        super().__init__("", gap=tokens.SPACE_3)
        self.setObjectName("card")
        self.setAccessibleName(f"{push.title}: {push.state}")
        head = row(gap=tokens.SPACE_3)
        head.addWidget(label(push.title, "title", wrap=True), 1)
        state = tag(push.state, push.tone)
        state.setObjectName("push-state")
        head.addWidget(state)
        self.body.addLayout(head)
        self.body.addWidget(label(push.words, "soft", wrap=True))
        for found in push.findings:
            self.body.addWidget(finding(found))
        if push.can_show_findings:
            words = tr("Show what") if sentences is None else tr("Hide what")
            show = Button(words, lambda: page.unfold(push), variant="quiet",
                          icon="chevron-down" if sentences is None else "chevron-up",
                          name=f"{words}: {push.title}")  # fmt: skip
            show.setObjectName("show-findings")
            self.body.addLayout(row(show, None))
        for found in sentences or ():
            self.body.addWidget(finding(found))
        if push.changes:
            self.body.addWidget(rule())
            self.body.addWidget(label(push.changes_title, "field"))
            for change in push.changes:
                self.body.addWidget(tagged(change))
        buttons = self._buttons(push, page)
        if buttons:
            self.body.addWidget(Flow(*buttons))

    def _buttons(self, push: PushShown, page: StudioPage) -> list[QWidget]:
        made: list[QWidget] = []
        for at, (choice, words) in enumerate(push.choices):
            button = Button(
                words,
                functools.partial(page.go_ahead, push, choice),
                variant="" if at else "primary",
                name=f"{words}: {push.title}",
            )
            button.setObjectName(f"choice-{choice}")
            made.append(button)
        for at, (place_id, name) in enumerate(push.windows):
            button = Button(
                tr("Send to “{place}”", place=name),
                functools.partial(page.send_to, push, place_id),
                variant="" if at else "primary",
            )
            button.setObjectName("send-to")
            made.append(button)
        if push.can_undo:
            undo = Button(tr("&Undo in Studio"), lambda: page.take_back(push), icon="undo",
                          name=tr("Undo in Studio: {title}", title=push.title))  # fmt: skip
            undo.setObjectName("undo")
            made.append(undo)
        if push.can_retry:
            made.append(
                Button(tr("Try again"), lambda: page.send_again(push),
                       name=tr("Try again: {title}", title=push.title))
            )  # fmt: skip
        return made
