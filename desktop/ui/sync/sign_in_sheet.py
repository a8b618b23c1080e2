"""Signing in again where one is, when the sign-in has ended: only the password is asked for."""

from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.strings import tr
from desktop.ui.widgets.fields import named, text_field
from desktop.ui.widgets.sheet import Sheet


class SignInSheet(Sheet):
    """Accepted only once `sign_in(password)` has gone well; until then the sheet says why not."""

    def __init__(
        self, over: QWidget, who: str, where: str, sign_in: Callable[[str], Awaitable[None]]
    ) -> None:
        super().__init__(
            over,
            tr("Sign in again"),
            tr("As {who} at {where}. What waits here stays and is sent afterwards.",
               who=who, where=where),
            tr("Sign in"),
        )  # fmt: skip
        self._sign_in = sign_in
        self._tasks = Tasks(self._failed)
        self.password = text_field(tr("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.fill(named(self.password))
        self.finished.connect(lambda _: self._tasks.cancel())

    def accept(self) -> None:
        """Try; the sheet stays open where it does not go well."""
        if self.password.text():
            self.done_button.setEnabled(False)
            self._tasks.start(self._try())

    async def _try(self) -> None:
        await self._sign_in(self.password.text())
        super().accept()

    def _failed(self, error: BaseException) -> None:
        self.done_button.setEnabled(True)
        self.banner.tell(sentence(error), "bad")
        self.password.selectAll()
        self.password.setFocus()
