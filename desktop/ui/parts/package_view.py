"""A lesson to read: plan, quiz and world, on cards."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.parts.package_words import Asked, Shown
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, Part, column, holding, row
from desktop.ui.widgets.buttons import Glyph
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label, rule, tag


def tags_of(tags: Sequence[tuple[str, str]]) -> QWidget:
    """The package's tags in a row."""
    return Flow(*(tag(word, tone) for word, tone in tags))


def plan(shown: Shown) -> QWidget:
    """Objectives, activities and words."""
    cards: list[Part] = [
        Card(tr("Students will be able to"), *(_bullet(text) for text in shown.objectives)),
        Card(tr("How the lesson goes"), *(_activity(*step) for step in shown.activities)),
    ]
    if shown.vocabulary:
        cards.append(Card(tr("Words"), *(_term(*term) for term in shown.vocabulary)))
    if shown.standards:
        cards.append(Card(tr("Standards"), *(_checked(*one) for one in shown.standards)))
    if shown.evidence:
        cards.append(Card(tr("From your material"), *(_checked(*one) for one in shown.evidence)))
    if shown.notes:
        cards.append(Card(tr("For you"), label(shown.notes, wrap=True)))
    return _column(cards)


def quiz(shown: Shown) -> QWidget:
    """Every question with its right answer."""
    return _column([_question(asked) for asked in shown.questions])


def _column(cards: list[Part]) -> QWidget:
    return holding(column(*cards, None, gap=tokens.SPACE_4, margins=(0, 0, 8, 8)))


def _bullet(text: str, more: str = "") -> QWidget:
    words = column(label(text, "strong" if more else "", wrap=True), gap=2)
    if more:
        words.addWidget(label(more, "soft", wrap=True))
    line = row(gap=tokens.SPACE_2)
    line.addWidget(Glyph("dot", "accent", 16))
    line.addLayout(words, 1)
    return holding(line)


def _checked(text: str, more: str, good: bool) -> QWidget:
    """Something that was looked up: a mark and words for what was found, never a colour alone."""
    words = column(label(text, "strong", wrap=True), gap=2)
    words.addWidget(label(more, "soft", wrap=True))
    line = row(gap=tokens.SPACE_2)
    line.addWidget(Glyph("check", "good", 16) if good else Glyph("warning", "warn", 16))
    line.addLayout(words, 1)
    return holding(line)


def _activity(title: str, minutes: str, words: str) -> QWidget:
    head = row(gap=tokens.SPACE_3)
    head.addWidget(label(title, "strong", wrap=True), 1)
    head.addWidget(label(minutes, "soft"))
    lines: list[Part] = [head]
    if words:
        lines.append(label(words, "soft", wrap=True))
    return holding(column(*lines, gap=2))


def _term(term: str, meaning: str) -> QWidget:
    return holding(
        column(label(term, "strong", wrap=True), label(meaning, "soft", wrap=True), gap=2)
    )


def _question(asked: Asked) -> QWidget:
    card = Card("", label(asked.head, "caption"), label(asked.prompt, "strong", wrap=True), gap=8)
    for words, right in asked.choices:
        glyph = Glyph("check", "good", 16) if right else Glyph("ring", "ink_soft", 16)
        line = row(glyph, gap=tokens.SPACE_2)
        shown = label(words, wrap=True, tone="good" if right else "")
        shown.setAccessibleName(tr("Right: {words}", words=words) if right else words)
        line.addWidget(shown, 1)
        card.body.addLayout(line)
    if asked.explanation:
        card.body.addWidget(rule())
        card.body.addWidget(label(asked.explanation, "soft", wrap=True))
    return card
