"""What the first page decides: whether a sign-in form can be sent, and what its address means."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop.ui.strings import tr


@dataclass(frozen=True)
class SignIn:
    """A filled form."""

    server: str
    username: str
    password: str


def address(typed: str) -> str:
    """The server's address as a teacher types it, made whole: `school.example` is https."""
    text = typed.strip().rstrip("/")
    if not text or "://" in text:
        return text
    return f"{'http' if _is_here(text) else 'https'}://{text}"


def fault(form: SignIn) -> str:
    """Why the form cannot be sent yet, as a sentence; empty when it can."""
    parts = urlsplit(form.server)
    if not form.server:
        return tr("Type the address of your school's server, for example school.example.org.")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return tr(
            "“{address}” is not a server's address. It looks like school.example.org.",
            address=form.server,
        )
    if parts.scheme == "http" and not _is_here(parts.netloc):
        return tr(
            "This address begins with http://, so your password would travel unprotected. "
            "Use the https:// address; your school's administrator knows it."
        )
    if not form.username:
        return tr("Type your user name or the e-mail address you use at school.")
    if not form.password:
        return tr("Type your password.")
    return ""


def _is_here(netloc: str) -> bool:
    host = urlsplit(f"//{netloc}").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
