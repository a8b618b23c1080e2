"""One conflict as a card: what was, mine and theirs side by side, and a choice."""

import html
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QLabel

from desktop.ui.strings import tr
from desktop.ui.sync import differences
from desktop.ui.sync.differences import Piece
from desktop.ui.sync.presenter import Asked
from desktop.ui.theme import tokens
from desktop.ui.theme.current import colour
from desktop.ui.widgets.boxes import Card, column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.ticks import Option

SIDES = ("mine", "theirs")


class ConflictCard(Card):
    """One field that two people changed: both values, and a choice."""

    def __init__(self, asked: Asked, decide: Callable[[Asked, str], None]) -> None:
        super().__init__(asked.title, gap=tokens.SPACE_2)
        self.body.addWidget(label(asked.words, "soft", wrap=True))
        self._group = QButtonGroup(self)
        texts = differences.of_texts(asked.mine, asked.theirs) if asked.is_text else ()
        sides = row(gap=tokens.SPACE_4)
        for at, (key, who, value, when) in enumerate(
            (
                ("mine", tr("Keep mine"), asked.mine, asked.mine_when),
                ("theirs", asked.theirs_by, asked.theirs, asked.theirs_when),
            )
        ):
            choice = Option(who.replace("&", "&&"))
            choice.setAccessibleName(f"{asked.title}: {who}: {value}")
            choice.setObjectName(key)
            self._group.addButton(choice, at)
            shown = _marked(texts[at]) if texts else label(value, "strong", wrap=True)
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


def _marked(pieces: tuple[Piece, ...]) -> QLabel:
    """A text with what only it has marked; whatever it holds, it is never read as markup."""
    ground, ink = colour("accent_soft"), colour("accent_ink")
    parts = []
    for piece in pieces:
        text = html.escape(piece.text).replace("\n", "<br>")
        mark = f'<span style="background-color:{ground};color:{ink};font-weight:600">{text}</span>'
        parts.append(mark if piece.differs and piece.text.strip() else text)
    shown = label("", wrap=True)
    shown.setTextFormat(Qt.TextFormat.RichText)
    shown.setText("".join(parts))
    shown.setAccessibleName("".join(piece.text for piece in pieces))
    return shown
