"""Sync: what waits, what wants a decision, what was not taken. Honest in every state."""

import functools
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.storage.queries import sync_status
from desktop.sync.status import State, Status
from desktop.ui.desk import Desk, Errand
from desktop.ui.page import Page
from desktop.ui.routes import Route
from desktop.ui.strings import plural, tr
from desktop.ui.sync.conflict_card import ConflictCard
from desktop.ui.sync.presenter import VERBS, Asked, Entry, Inbox, SyncPresenter
from desktop.ui.sync.sign_in_sheet import SignInSheet
from desktop.ui.theme import tokens
from desktop.ui.widgets import files
from desktop.ui.widgets.boxes import Card, column, empty, holding, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label, rule
from desktop.ui.widgets.sheet import answer

MORE = 50
"""So many more are shown by one press."""


class SyncPage(Page):
    """State on top, then decisions, then what was not accepted, then what waits."""

    kinds = frozenset({"*"})
    widest = tokens.COLUMN

    def __init__(self, desk: Desk) -> None:
        self._now = Button(tr("Sync &now"), self.sync_now, variant="primary", icon="sync",
                           tip=tr("Sync now (F5)"))  # fmt: skip
        self._now.setObjectName("sync-now")
        self._export = Button(tr("E&xport unsent work…"), self._choose_file, icon="download")
        self._export.setObjectName("export-unsent")
        super().__init__(desk, PageHeader(tr("Sync"), self._export, self._now))
        self._presenter = SyncPresenter(desk.services)
        self._glyph = Glyph("clock", "ink_soft", 28)
        self._head = label("", "title", wrap=True)
        self._long = label("", "soft", wrap=True)
        state = row(self._glyph, gap=tokens.SPACE_4)
        state.addLayout(column(self._head, self._long, gap=tokens.SPACE_1), 1)
        self._sign_in = Button(tr("Sign &in again…"), self.runs(self._sign_in_again))
        self._sign_in.setObjectName("sign-in-again")
        state.addWidget(self._sign_in)
        top = Card()
        top.body.addLayout(state)
        self._shown = sync_status.SHOWN
        self._seen: Inbox | None = None
        self._more = Button("", self._show_more, variant="quiet", icon="chevron-down")
        self._more.setObjectName("more")
        self._more.hide()
        self._alike = Card(tr("Several decisions"), gap=tokens.SPACE_2)
        self._alike.body.addWidget(
            label(tr("Decide each below, or all of them alike. Undo brings the questions back."),
                  "soft", wrap=True)
        )  # fmt: skip
        self._alike.body.addLayout(row(
            Button(tr("Keep mine everywhere"), functools.partial(self._decide_all, "mine")),
            Button(tr("Take theirs everywhere"), functools.partial(self._decide_all, "theirs")),
            None,
        ))  # fmt: skip
        self._conflicts = column(gap=tokens.SPACE_4)
        self._rejected, self._rejected_lines = _section(tr("Not accepted by the server"))
        self._waiting, self._waiting_lines = _section(tr("Waits to be sent"))
        self._kept, self._kept_lines = _section(tr("Kept only on this computer"))
        self._rounds, self._round_lines = _section(tr("The last rounds"))
        parts = column(top, self._alike, gap=tokens.SPACE_4)
        parts.addLayout(self._conflicts)
        for card in (self._rejected, self._waiting, self._kept, self._rounds):
            parts.addWidget(card)
            if card is self._waiting:
                parts.addLayout(row(self._more, None))
        parts.addStretch(1)
        self._alike.hide()
        self.scroll_body(holding(parts))
        self._end = desk.services.sync.subscribe(self._told)
        self._told(desk.services.sync.status)

    async def refresh(self) -> None:
        """Ask for the inbox and show it."""
        self._show(await self._presenter.load(self._shown))

    def sync_now(self) -> None:
        """One round, now; the state on top tells how it goes."""
        self._presenter.sync_now()

    async def close_page(self) -> None:
        """Stop listening."""
        self._end()
        await super().close_page()

    def _told(self, status: Status) -> None:
        said = self._presenter.words(status)
        self._glyph.show_icon(said.icon, said.tone)
        self._head.setText(said.short)
        self._long.setText(said.long)
        self._now.setEnabled(not status.syncing)
        self._sign_in.setVisible(status.state is State.SIGN_IN_NEEDED)
        self.refresh_soon()

    def _show(self, inbox: Inbox) -> None:
        before, self._seen = self._seen, inbox
        # What is as it was stays: a choice that is half made is not taken away.
        if before is None or before.conflicts != inbox.conflicts:
            empty(self._conflicts)
            for asked in inbox.conflicts:
                self._conflicts.addWidget(ConflictCard(asked, self._decide))
        self._alike.setVisible(len(inbox.conflicts) > 1)
        self._export.setVisible(inbox.has_unsent)
        for card, lines, name in (
            (self._rejected, self._rejected_lines, "rejected"),
            (self._waiting, self._waiting_lines, "waiting"),
            (self._kept, self._kept_lines, "kept"),
            (self._rounds, self._round_lines, "rounds"),
        ):
            entries: tuple[Entry, ...] = getattr(inbox, name)
            if before is None or getattr(before, name) != entries:
                self._fill(card, lines, entries)
        self._more.setText(plural("Show more ({count} more)", "Show more ({count} more)",
                                  inbox.more))  # fmt: skip
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(inbox.more > 0)

    def _show_more(self) -> None:
        self._shown += MORE
        self.refresh_soon()

    def _fill(self, card: Card, lines: QVBoxLayout, entries: tuple[Entry, ...]) -> None:
        empty(lines)
        card.setVisible(bool(entries))
        for at, entry in enumerate(entries):
            if at:
                lines.addWidget(rule())
            lines.addWidget(self._entry(entry))

    def _entry(self, entry: Entry) -> QWidget:
        """What it is, why it is here, since when; below, what can be done about it."""
        when = (label(entry.when, "caption"),) if entry.when else ()
        head = row(gap=tokens.SPACE_3)
        head.addWidget(label(entry.title, "strong" if entry.id else "", wrap=True), 1)
        for one in when:
            head.addWidget(one)
        whole = column(head, gap=2)
        if entry.words:
            whole.addWidget(label(entry.words, "soft", wrap=True))
        if entry.verbs:
            whole.addSpacing(tokens.SPACE_1)
            whole.addLayout(row(*(self._button(entry, verb) for verb in entry.verbs), None,
                                gap=tokens.SPACE_2))  # fmt: skip
        return holding(whole)

    def _button(self, entry: Entry, verb: str) -> Button:
        title = tr(VERBS[verb])
        work = self._open if verb == "fix" else functools.partial(self._do, verb=verb)
        button = Button(title, lambda: self.run(work(entry)), name=f"{title}: {entry.title}")
        button.setObjectName(f"{verb}-{entry.id}")
        return button

    async def _do(self, entry: Entry, verb: str) -> None:
        self.desk.undoing.done(*await self._presenter.do(entry, verb))

    async def _open(self, entry: Entry) -> None:
        """Go where the record of an entry is shown."""
        place = await self._presenter.place(entry)
        if place is None:
            self.desk.toast(tr("This has no page of its own."))
        else:
            self.desk.go(place)

    async def _sign_in_again(self) -> None:
        account = self.desk.services.account
        sheet = SignInSheet(self, account.user.username, account.server, self._presenter.sign_in)
        async with answer(sheet) as yes:
            if yes:  # whoever opens the account next has the new sign-in
                self.desk.away(Errand(tr("Signing in…"), self._presenter.signed_in))

    def _decide(self, asked: Asked, take: str) -> None:
        self.run(self._resolve(asked, take))

    async def _resolve(self, asked: Asked, take: str) -> None:
        step = await self._presenter.resolve(asked, take)
        self.desk.undoing.done(tr("Decided. The other value stays in the history."), step)

    def _decide_all(self, take: str) -> None:
        self.run(self._resolve_all(take))

    async def _resolve_all(self, take: str) -> None:
        self.desk.undoing.done(*await self._presenter.resolve_all(take))

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Export unsent work"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("unsent-work.json")
        files.ask(dialog, lambda file: self.run(self.export(file)))

    async def export(self, file: Path) -> None:
        """Write everything the server does not have into files beside each other."""
        async with self.desk.work.doing(
            tr("Export unsent work into {name}", name=file.name),
            route=Route("sync"),
            again=lambda: self.run(self.export(file)),
        ):
            said = await self._presenter.export(file)
        self.desk.toast(said)


def _section(title: str) -> tuple[Card, QVBoxLayout]:
    lines = column(gap=tokens.SPACE_2)
    card = Card(title)
    card.body.addLayout(lines)
    card.hide()
    return card, lines
