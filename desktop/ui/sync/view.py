"""Sync: what waits, what wants a decision, what was not taken. Honest in every state."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

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
SIDES = ("mine", "theirs")


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
        self._fill(self._rejected, self._rejected_lines, inbox.rejected)
        self._fill(self._waiting, self._waiting_lines, inbox.waiting)

    def _fill(self, card: Card, lines: QVBoxLayout, entries: tuple[Entry, ...]) -> None:
        empty(lines)
        card.setVisible(bool(entries))
        for at, entry in enumerate(entries):
            if at:
                lines.addWidget(rule())
            lines.addWidget(self._entry(entry))

    def _entry(self, entry: Entry) -> QWidget:
        words = column(label(entry.title, "strong", wrap=True), gap=2)
        if entry.words:
            words.addWidget(label(entry.words, "soft", wrap=True))
        line = row(gap=tokens.SPACE_3)
        line.addLayout(words, 1)
        if entry.when:
            line.addWidget(label(entry.when, "caption"))
        if entry.can_settle:
            for title, work in (
                (tr("Try again"), self._presenter.try_again),
                (tr("Give up"), self._presenter.give_up),
            ):
                button = Button(title, name=f"{title}: {entry.title}")
                button.clicked.connect(lambda _on=False, work=work: self.run(work(entry)))
                line.addWidget(button)
        return holding(line)

    def _decide(self, asked: Asked, take: str) -> None:
        self.run(self._resolve(asked, take))

    async def _resolve(self, asked: Asked, take: str) -> None:
        await self._presenter.resolve(asked, take)
        self.desk.toast(tr("Decided. The other value stays in the history."))


class ConflictCard(Card):
    """One field that two people changed: both values, and a choice."""

    def __init__(self, asked: Asked, decide: Callable[[Asked, str], None]) -> None:
        super().__init__(asked.title, gap=tokens.SPACE_2)
        self.body.addWidget(label(asked.words, "soft", wrap=True))
        self._group = QButtonGroup(self)
        for at, (key, who, value) in enumerate(
            (("mine", tr("Keep mine"), asked.mine), ("theirs", asked.theirs_by, asked.theirs))
        ):
            choice = QRadioButton(who)
            choice.setAccessibleName(f"{asked.title}: {who}: {value}")
            choice.setObjectName(key)
            self._group.addButton(choice, at)
            shown = label(value, "strong", wrap=True)
            shown.setIndent(tokens.SPACE_5)
            self.body.addWidget(choice)
            self.body.addWidget(shown)
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
