"""What publishing a lesson on Roblox will do, where to, and the words it needs before the click."""

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from desktop.ui.parts.publishing import Filled, Publishable
from desktop.ui.parts.push_sheet import finding
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Part, column, holding, row
from desktop.ui.widgets.fields import choice_field, named, text_field
from desktop.ui.widgets.labels import label, rule
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.ticks import Tick

LEAST_PX, ACROSS_PX = 700, 540


class PublishSheet(Sheet):
    """The button works once everything is filled in and every tick that is asked for is set."""

    least_height = LEAST_PX

    def __init__(self, over: QWidget, prepared: Publishable) -> None:
        super().__init__(
            over,
            tr("Publish on Roblox?"),
            prepared.title,
            tr("P&ublish"),
            width=ACROSS_PX,
            variant="danger",
        )
        self.done_button.setObjectName("publish-now")
        self._prepared = prepared
        to = prepared.target
        self.universe = text_field(tr("Universe id"), "1234567890", to.universe if to else "")
        self.place = text_field(tr("Place id"), "1234567890", to.place if to else "")
        kept = tr("Kept on this computer; type another to change it") if prepared.has_key else ""
        self.key = text_field(tr("Key of Roblox Open Cloud"), kept)
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.how = choice_field(
            tr("Who gets it"),
            [
                (tr("Players, at once"), True),
                (tr("Only Studio; players keep what they have"), False),
            ],
        )
        self.note = text_field(tr("Note (kept on this computer only)"))
        self._replaces = self._tick(
            "replaces", tr("Eve&rything else in that place may be replaced")
        )
        self._reviewed = self._tick("looked", tr("&I have looked at it, and it may go in"))
        self._looked = self._tick(
            "looked-there", tr("I have &looked at the place's versions: it is not there yet")
        )
        ids = row(gap=tokens.SPACE_4)
        ids.addLayout(column(named(self.universe)), 1)
        ids.addLayout(column(named(self.place)), 1)
        parts: list[Part] = [
            label(prepared.what, "soft", wrap=True),
            *([label(prepared.last, "soft", wrap=True)] if prepared.last else []),
            *(finding(one) for one in prepared.findings),
            self._reviewed,
            rule(),
            ids,
            label(
                tr(
                    "Both are in the Creator Dashboard, and so is the key: under API keys, for "
                    "“universe-places” with “Write”."
                ),
                "caption",
                wrap=True,
            ),
            named(self.key),
            named(self.how),
            named(self.note),
            label(prepared.scores, "soft", wrap=True),
        ]
        # The words that let it go on stay in sight, however little room there is.
        self.fill_scrolling(holding(column(*parts, gap=tokens.SPACE_3)))
        self.fill(rule(), self._looked, self._replaces)
        self._reviewed.setVisible(prepared.file.report.verdict == "review")
        if prepared.file.report.verdict == "blocked":
            self.banner.tell(
                tr("This lesson may not go into a place. Open it, take out what is named below, "
                   "and publish again."),
                "bad",
            )  # fmt: skip
        for field in (self.universe, self.place, self.key):
            field.textChanged.connect(self._look_again)
        self._look_again()

    def filled(self) -> Filled:
        """What is typed and ticked."""
        return Filled(
            universe=self.universe.text().strip(),
            place=self.place.text().strip(),
            key=self.key.text().strip(),
            live=bool(self.how.currentData()),
            note=self.note.text().strip(),
            reviewed=self._reviewed.isChecked(),
            looked=self._looked.isChecked(),
        )

    def _tick(self, name: str, words: str) -> QCheckBox:
        made = Tick(words)
        made.setObjectName(name)
        made.toggled.connect(self._look_again)
        return made

    def _look_again(self) -> None:
        """Ask for what this place needs, and let go on only with all of it."""
        filled, prepared = self.filled(), self._prepared
        unsure = any((to.universe, to.place) == (filled.universe, filled.place)
                     for to in prepared.unsure)  # fmt: skip
        self._looked.setVisible(unsure)
        verdict = prepared.file.report.verdict
        self.done_button.setEnabled(
            bool(filled.universe and filled.place)
            and bool(filled.key or prepared.has_key)
            and self._replaces.isChecked()
            and verdict != "blocked"
            and (verdict == "ok" or filled.reviewed)
            and (not unsure or filled.looked)
        )
