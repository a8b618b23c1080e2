"""Help: the guide inside the program, searchable and without a network, and what is new."""

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)
from PySide6.QtWidgets import QListWidget, QTextBrowser

from desktop.ui.desk import Desk
from desktop.ui.help import library
from desktop.ui.help.library import NEW, Section
from desktop.ui.page import Page
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.theme.current import colour
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.fields import text_field
from desktop.ui.widgets.header import PageHeader

LIST_PX, LIST_SHARE = 260, 0.36
"""How wide the list is at 100% text, and the most of the page that it takes."""
_STYLES = QTextListFormat.Style
MARKS = dict.fromkeys((_STYLES.ListCircle, _STYLES.ListSquare), _STYLES.ListDisc)


class HelpPage(Page):
    """Sections at the side, the one that is chosen beside them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PageHeader(tr("Help")))
        language = QLocale().name().partition("_")[0]
        self._guide = library.guide(language)
        self._news = Section(tr("What is new"), _in_one(library.news(language=language)))
        self._shown: list[Section] = []
        self.field = text_field(tr("Find in the guide"), tr("Find in the guide"))
        self.field.textChanged.connect(self._find)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Sections of the guide"))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.text = QTextBrowser()
        self.text.setAccessibleName(tr("The section"))
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.document().setDocumentMargin(tokens.SPACE_5)
        side = column(self.field, gap=tokens.SPACE_3)
        side.addWidget(self.list, 1)
        both = row(gap=tokens.SPACE_4)
        both.addLayout(side)
        both.addWidget(self.text, 1)
        self.body.addLayout(both, 1)
        desk.theme.changed.connect(self._restyle)
        self._find("")

    def open(self, subject: str) -> None:
        """Show the section that explains a screen, or what is new."""
        super().open(subject)
        self.header.tell(tr("Help"), tr("All of it is on this computer."))
        self.field.clear()
        at = len(self._guide) if subject == NEW else library.explaining(subject)
        self.list.setCurrentRow(max(0, at))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """The list leaves most of the room to the section."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        most = round(self.width() * LIST_SHARE)
        self.list.setFixedWidth(min(self.desk.theme.px(LIST_PX), most))

    async def close_page(self) -> None:
        """The theme outlives the page."""
        self.desk.theme.changed.disconnect(self._restyle)
        await super().close_page()

    def _find(self, typed: str) -> None:
        self._shown = library.search([*self._guide, self._news], typed)
        self.list.clear()
        self.list.addItems([section.title for section in self._shown])
        self.list.setCurrentRow(0)

    def _show(self, at: int) -> None:
        if not 0 <= at < len(self._shown):
            self.text.setPlainText(tr("Nothing in the guide fits. Try another word."))
            return
        section = self._shown[at]
        # Qt's Markdown takes the colour of links from the palette of the application only.
        self.text.document().setDefaultStyleSheet(f"a {{ color: {colour('accent')}; }}")
        self.text.setMarkdown(f"## {section.title}\n\n{section.text}")
        _breathe(self.text.document())
        self.text.moveCursor(self.text.textCursor().MoveOperation.Start)

    def _restyle(self) -> None:
        self._share_room()
        self._show(self.list.currentRow())

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "https":
            QDesktopServices.openUrl(link)
        elif link.fileName() == "keyboard.md":
            self._press_shortcuts()

    def _press_shortcuts(self) -> None:
        from desktop.ui.shell.shortcuts_sheet import ShortcutsSheet

        ShortcutsSheet(self).open()


def _breathe(document: QTextDocument) -> None:
    """Give headings air above them, and lists one step and a round mark, as on our other pages."""
    block = document.begin()
    while block.isValid():
        cursor, around = QTextCursor(block), block.blockFormat()
        level, listed = around.headingLevel(), block.textList()
        if level:
            first = block == document.begin()
            around.setTopMargin(0 if first else tokens.SPACE_4)
            around.setBottomMargin(tokens.SPACE_2)
            cursor.setBlockFormat(around)
        elif listed is not None:
            form = listed.format()
            form.setIndent(1)
            form.setStyle(MARKS.get(form.style(), form.style()))
            listed.setFormat(form)
        block = block.next()


def _in_one(found: list[Section]) -> str:
    latest = tr("In this version")
    titles = {"Unreleased": latest}
    return "\n\n".join(
        f"### {titles.get(section.title, section.title)}\n\n{section.text}" for section in found
    )
