"""Sync: what waits, what wants a decision, what was not taken. Honest in every state."""

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from desktop.sync.status import Status
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.strings import tr
from desktop.ui.sync.presenter import Asked, Entry, Inbox, SyncPresenter
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, empty, holding, row, scrolling
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label, rule

WIDEST_PX = 860


class SyncPage(Page):
    """State on top, then decisions, then what was not accepted, then what waits."""

    kinds = frozenset({"*"})

    def __init__(self, desk: Desk) -> None:
        self._now = Button(tr("Sync &now"), self.sync_now, variant="primary", icon="sync",
                           tip=tr("Sync now (F5)"))  # fmt: skip
        self._now.setObjectName("sync-now")
        super().__init__(desk, PageHeader(tr("Sync"), self._now))
        self._presenter = SyncPresenter(desk.services)
        self._glyph = Glyph("clock", "ink_soft", 28)
        self._head = label("", "title", wrap=True)
        self._long = label("", "soft", wrap=True)
        state = row(self._glyph, gap=tokens.SPACE_4)
        state.addLayout(column(self._head, self._long, gap=tokens.SPACE_1), 1)
        top = Card()
        top.body.addLayout(state)
        self._conflicts = column(gap=tokens.SPACE_4)
        self._rejected, self._rejected_lines = _section(tr("Not accepted by the server"))
        self._waiting, self._waiting_lines = _section(tr("Waits to be sent"))
        parts = column(top, gap=tokens.SPACE_4)
        parts.addLayout(self._conflicts)
        parts.addWidget(self._rejected)
        parts.addWidget(self._waiting)
        parts.addStretch(1)
        self.body.addWidget(scrolling(holding(parts), widest=WIDEST_PX), 1)
        self._end = desk.services.subscribe_status(self._told)
        self._told(desk.services.status)

    async def refresh(self) -> None:
        """Ask for the inbox and show it."""
        self._show(await self._presenter.load())

    def sync_now(self) -> None:
        """One round, now."""
        self.run(self._round())

    async def close_page(self) -> None:
        """Stop listening."""
        self._end()
        await super().close_page()

    async def _round(self) -> None:
        self._now.setEnabled(False)
        try:
            told = await self._presenter.sync_now()
        finally:
            self._now.setEnabled(True)
        self.desk.toast(told)

    def _told(self, status: Status) -> None:
        said = self._presenter.words(status)
        self._glyph.show_icon(said.icon, said.tone)
        self._head.setText(said.short)
        self._long.setText(said.long)
        self.refresh_soon()

    def _show(self, inbox: Inbox) -> None:
        empty(self._conflicts)
        for asked in inbox.conflicts:
            self._conflicts.addWidget(ConflictCard(asked, self._decide))
        self._fill(self._rejected, self._rejected_lines, inbox.rejected)
        self._fill(self._waiting, self._waiting_lines, inbox.waiting)

    def _fill(self, card: Card, lines: object, entries: tuple[Entry, ...]) -> None:
        empty(lines)  # type: ignore[arg-type]
        card.setVisible(bool(entries))
        for at, entry in enumerate(entries):
            if at:
                lines.addWidget(rule())  # type: ignore[attr-defined]
            lines.addWidget(_entry(entry, self._put_aside))  # type: ignore[attr-defined]

    def _decide(self, asked: Asked, take: str) -> None:
        self.run(self._resolve(asked, take))

    async def _resolve(self, asked: Asked, take: str) -> None:
        await self._presenter.resolve(asked, take)
        self.desk.toast(tr("Decided. The other value stays in the history."))

    def _put_aside(self, entry: Entry) -> None:
        self.run(self._presenter.settle(entry))


class ConflictCard(Card):
    """One field that two people changed: both values, and a choice."""

    def __init__(self, asked: Asked, decide: object) -> None:
        super().__init__(asked.title, gap=tokens.SPACE_2)
        self.body.addWidget(label(asked.words, "soft", wrap=True))
        self._group = QButtonGroup(self)
        for at, (key, who, value) in enumerate(
            (("mine", tr("Keep mine"), asked.mine), ("theirs", asked.theirs_by, asked.theirs))
        ):
            choice = QRadioButton(f"{who}: {value}")
            choice.setAccessibleName(f"{asked.title}: {who}: {value}")
            choice.setObjectName(key)
            self._group.addButton(choice, at)
            self.body.addWidget(choice)
        button = Button(tr("Use this"), name=tr("Use this for {title}", title=asked.title))
        button.setEnabled(False)
        button.clicked.connect(
            lambda: decide(asked, self._group.checkedButton().objectName())  # type: ignore[operator]
        )
        self._group.buttonClicked.connect(lambda _button: button.setEnabled(True))
        self.body.addLayout(row(button, None))


def _section(title: str) -> tuple[Card, object]:
    lines = column(gap=tokens.SPACE_2)
    card = Card(title)
    card.body.addLayout(lines)
    card.hide()
    return card, lines


def _entry(entry: Entry, put_aside: object) -> QWidget:
    words = column(label(entry.title, "strong", wrap=True), gap=2)
    words.addWidget(label(entry.words, "soft", wrap=True))
    line = row(gap=tokens.SPACE_3)
    line.addLayout(words, 1)
    if entry.can_settle:
        line.addWidget(
            Button(tr("Put aside"), lambda: put_aside(entry),  # type: ignore[operator]
                   name=tr("Put aside: {title}", title=entry.title))
        )  # fmt: skip
    else:
        line.addWidget(label(entry.when, "caption"))
    return holding(line)
