"""Sync: what waits, what wants a decision, what was not taken. Honest in every state."""

import functools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QFileDialog, QRadioButton, QVBoxLayout, QWidget

from desktop.sync.status import Status
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.strings import tr
from desktop.ui.sync.presenter import VERBS, Asked, Entry, Inbox, SyncPresenter
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, empty, holding, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label, rule

SIDES = ("mine", "theirs")


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
        top = Card()
        top.body.addLayout(state)
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
        parts.addStretch(1)
        self._alike.hide()
        self.scroll_body(holding(parts))
        self._end = desk.services.sync.subscribe(self._told)
        self._told(desk.services.sync.status)

    async def refresh(self) -> None:
        """Ask for the inbox and show it."""
        self._show(await self._presenter.load())

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
        self.refresh_soon()

    def _show(self, inbox: Inbox) -> None:
        empty(self._conflicts)
        for asked in inbox.conflicts:
            self._conflicts.addWidget(ConflictCard(asked, self._decide))
        self._alike.setVisible(len(inbox.conflicts) > 1)
        self._export.setVisible(inbox.unsent > 0)
        self._fill(self._rejected, self._rejected_lines, inbox.rejected)
        self._fill(self._waiting, self._waiting_lines, inbox.waiting)
        self._fill(self._kept, self._kept_lines, inbox.kept)
        self._fill(self._rounds, self._round_lines, inbox.rounds)

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
        dialog.fileSelected.connect(lambda file: self.run(self.export(Path(file))))
        dialog.open()

    async def export(self, file: Path) -> None:
        """Write everything the server does not have into files beside each other."""
        self.desk.toast(await self._presenter.export(file))


class ConflictCard(Card):
    """One field that two people changed: both values, and a choice."""

    def __init__(self, asked: Asked, decide: Callable[[Asked, str], None]) -> None:
        super().__init__(asked.title, gap=tokens.SPACE_2)
        self.body.addWidget(label(asked.words, "soft", wrap=True))
        self._group = QButtonGroup(self)
        sides = row(gap=tokens.SPACE_4)
        for at, (key, who, value, when) in enumerate(
            (
                ("mine", tr("Keep mine"), asked.mine, ""),
                ("theirs", asked.theirs_by, asked.theirs, asked.theirs_when),
            )
        ):
            choice = QRadioButton(who)
            choice.setAccessibleName(f"{asked.title}: {who}: {value}")
            choice.setObjectName(key)
            self._group.addButton(choice, at)
            shown = label(value, "strong", wrap=True)
            shown.setIndent(tokens.SPACE_5)
            side = column(choice, shown, gap=tokens.SPACE_1)
            if when:
                said = label(when, "caption")
                said.setIndent(tokens.SPACE_5)
                side.addWidget(said)
            side.addStretch(1)
            sides.addLayout(side, 1)
        self.body.addLayout(sides)
        button = Button(tr("Use this"), name=tr("Use this for {title}", title=asked.title))
        button.setEnabled(False)
        button.clicked.connect(lambda: decide(asked, SIDES[self._group.checkedId()]))
        self._group.buttonClicked.connect(lambda _button: button.setEnabled(True))
        self.body.addLayout(row(button, None))


def _section(title: str) -> tuple[Card, QVBoxLayout]:
    lines = column(gap=tokens.SPACE_2)
    card = Card(title)
    card.body.addLayout(lines)
    card.hide()
    return card, lines
