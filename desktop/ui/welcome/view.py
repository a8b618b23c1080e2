"""The first page: two friendly ways in, and a form for those who have a server."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.welcome import presenter
from desktop.ui.welcome.presenter import SignIn
from desktop.ui.welcome.trouble import Trouble
from desktop.ui.welcome.trouble_view import TroubleCard, Ways
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.progress import Bar
from desktop.ui.widgets.scroll import scrolling

WIDE_PX = 620


class WelcomePage(QWidget):
    """Calls `open_local(sample)` or `sign_in(form)`; whoever built it does the work."""

    def __init__(
        self, open_local: Callable[[bool], None], sign_in: Callable[[SignIn], None]
    ) -> None:
        super().__init__()
        self._sign_in = sign_in
        self.banner = Banner()
        self._pages = QStackedWidget()
        self._choices = _Choices(open_local, lambda: self._turn(self._form))
        self._form = _Form(self._send, lambda: self._turn(self._choices))
        self._wait = _Wait()
        self._trouble = TroubleCard(lambda: self._turn(self._choices))
        for page in (self._choices, self._form, self._wait, self._trouble):
            self._pages.addWidget(page)
        inside = column(
            None, _brand(), self.banner, self._pages, None, gap=tokens.SPACE_5, margins=(24,) * 4
        )
        middle = holding(inside)
        middle.setMinimumWidth(WIDE_PX)
        around = holding(row(None, middle, None, gap=0))
        self.setLayout(row(scrolling(around), gap=0))

    def wait(self, words: str) -> None:
        """Say what is going on; the choices come back with `fail` or `choose`."""
        self.banner.hide()
        self._wait.words.setText(words)
        self._pages.setCurrentWidget(self._wait)

    def choose(self) -> None:
        """Show the choices."""
        self._turn(self._choices)

    def fail(self, words: str, *, form: bool) -> None:
        """Say why it did not work, with the choices or the form as they were left."""
        self._turn(self._form if form else self._choices)
        self.banner.tell(words, "bad")
        if form:
            self._form.password.setFocus()
            self._form.password.selectAll()

    def show_trouble(self, trouble: Trouble, ways: Ways, fault: str = "") -> None:
        """Say why the work on this computer does not open; `fault`: what was tried in vain."""
        self._trouble.show_trouble(trouble, ways)
        self._turn(self._trouble)
        if fault:
            self.banner.tell(fault, "bad")

    def _turn(self, page: "_Choices | _Form | TroubleCard") -> None:
        self.banner.hide()
        self._pages.setCurrentWidget(page)
        page.first.setFocus()

    def _send(self) -> None:
        form = self._form.filled()
        fault = presenter.fault(form)
        if fault:
            self.banner.tell(fault, "warn")
            return
        self._sign_in(form)


class _Choices(QWidget):
    def __init__(self, open_local: Callable[[bool], None], to_form: Callable[[], None]) -> None:
        super().__init__()
        self.first = _choice(
            "school",
            tr("Look around in a sample school"),
            tr("Five classes with a term of work, all on this computer. Nothing to set up."),
            lambda: open_local(True),
            "choose-sample",
        )
        own = _choice(
            "plus",
            tr("Start my own Local school"),
            tr("Bring your class lists as a file. No account and no network needed."),
            lambda: open_local(False),
            "choose-own",
        )
        server = Button(
            tr("&Sign in to my school's server"), to_form, variant="quiet", icon="server"
        )
        server.setObjectName("choose-server")
        small = label(
            tr("Local school keeps everything on this computer, in your own folder."),
            "caption",
            wrap=True,
        )
        small.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(column(self.first, own, row(None, server, None), small, gap=tokens.SPACE_4))


class _Form(QWidget):
    def __init__(self, send: Callable[[], None], back: Callable[[], None]) -> None:
        super().__init__()
        self.first = self.server = _field(tr("School server"), "school.example.org")
        self.username = _field(tr("User name or e-mail"), "")
        self.password = _field(tr("Password"), "")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        go = Button(tr("Sign &in"), send, variant="primary")
        go.setObjectName("sign-in")
        for field in (self.server, self.username, self.password):
            field.returnPressed.connect(send)
        card = Card(tr("Sign in to your school"), gap=tokens.SPACE_2)
        for field in (self.server, self.username, self.password):
            words = label(field.accessibleName(), "field")
            words.setBuddy(field)
            card.body.addSpacing(tokens.SPACE_1)
            card.body.addWidget(words)
            card.body.addWidget(field)
        card.body.addSpacing(tokens.SPACE_2)
        back_button = Button(tr("&Back"), back, variant="quiet", icon="back")
        back_button.setObjectName("back-to-choices")
        card.body.addLayout(row(back_button, None, go))
        self.setLayout(column(card))

    def filled(self) -> SignIn:
        """What is typed."""
        return SignIn(
            server=presenter.address(self.server.text()),
            username=self.username.text().strip(),
            password=self.password.text(),
        )


class _Wait(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "lead", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        bar = Bar(tr("Working"))
        bar.tell(None)
        self.setLayout(column(self.words, bar, None, gap=tokens.SPACE_4))


class _Choice(Button):
    """A large button with a picture, a title and a sentence in it."""

    def __init__(self, icon: str, title: str, words: str, pressed: Callable[[], None]) -> None:
        super().__init__("", pressed, variant="choice", name=f"{title}. {words}")
        text = column(label(title, "title"), label(words, "soft", wrap=True), gap=tokens.SPACE_1)
        line = row(Glyph(icon, "accent", 32), gap=tokens.SPACE_4, margins=(24, 20, 24, 20))
        line.addLayout(text, 1)
        line.addWidget(Glyph("chevron-right", "ink_soft"))
        self._line = line
        self.setLayout(line)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As much room as the words inside want."""
        return self._line.sizeHint()


def _choice(icon: str, title: str, words: str, pressed: Callable[[], None], name: str) -> Button:
    made = _Choice(icon, title, words, pressed)
    made.setObjectName(name)
    return made


def _field(name: str, example: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made


def _brand() -> QWidget:
    title = label(tr("Your classes, calm and at hand"), "display", wrap=True)
    words = label(
        tr("Lessons that become worlds, grades that never get lost, with or without a network."),
        "lead",
        wrap=True,
    )
    for part in (title, words):
        part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return holding(
        column(row(None, Glyph("brand", "accent", 44), None), title, words, gap=tokens.SPACE_3)
    )
