"""Mail to the people of a school, through the SMTP server that `mail.toml` in its folder names."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desktop.errors import CompanionError
from desktop.school.settings_files import SettingsFile

FILE = "mail.toml"
PASSWORD_VARIABLE = "TOOLBOXAI_MAIL_PASSWORD"  # noqa: S105  (the name, not the password)
TIMEOUT_S = 20


class MailUnreadable(CompanionError):
    """The file of the mail settings cannot be understood."""


class MailServer(BaseModel):
    """How mail goes out. `security` none is for a mail server on this machine."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65_535)] = 465
    security: Literal["tls", "starttls", "none"] = "tls"
    username: str = ""
    password: str = ""
    sender: Annotated[str, Field(min_length=3)]


def read(folder: Path) -> MailServer | None:
    """The mail settings of a school; None when it has none.

    Raises:
        MailUnreadable: the file is there and does not fit, or others can read its password.
    """
    return _FILE.read(folder)


_FILE = SettingsFile(
    FILE,
    "mail settings",
    MailServer,
    MailUnreadable,
    "Write host, sender, and where needed port, security, username and password.",
    {"password": PASSWORD_VARIABLE},
)


def send(server: MailServer, to: str, subject: str, text: str) -> None:
    """Send one message.

    Raises:
        OSError: the server cannot be reached, or does not take the message.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message.set_content(text)
    with _connected(server) as connection:
        if server.username:
            connection.login(server.username, server.password)
        connection.send_message(message)


@contextlib.contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.security == "tls":
        with smtplib.SMTP_SSL(
            server.host, server.port, timeout=TIMEOUT_S, context=context
        ) as connection:
            yield connection
        return
    with smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S) as connection:
        if server.security == "starttls":
            connection.starttls(context=context)
        yield connection
