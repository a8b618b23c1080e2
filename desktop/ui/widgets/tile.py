"""A stat tile: one figure, what it counts, and one line of what it means."""

from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, add
from desktop.ui.widgets.labels import label, restyle


class Tile(Card):
    """Shows one figure; `tell` changes it."""

    def __init__(self, caption: str) -> None:
        super().__init__(gap=tokens.SPACE_1)
        self._caption = caption
        self._figure = label("–", "display")
        self._note = label("", "caption", wrap=True)
        add(self.body, label(caption, "soft", wrap=True), self._figure, self._note, None)

    def tell(self, figure: str, note: str = "", tone: str = "") -> None:
        """Show `figure` and `note`; the tone colours the figure, the note says it in words."""
        self._figure.setText(figure)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        restyle(self._figure, "tone", tone)
        self.setAccessibleName(f"{self._caption}: {figure}. {note}")
