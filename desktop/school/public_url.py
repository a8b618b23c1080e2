"""The address under which people reach a server that stands behind a web server."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop.errors import WrongUse

PORTS = {"https": 443, "http": 80}
PROXIES = "127.0.0.1,::1"
"""Who is believed when they say for whom they ask: a web server on this machine."""


@dataclass(frozen=True)
class PublicUrl:
    """`https://school.example`: a name, a port, and whether it is encrypted."""

    host: str
    port: int
    tls: bool

    @classmethod
    def read(cls, text: str) -> "PublicUrl":
        """Read `--public-url`.

        Raises:
            WrongUse: it is no address of a whole server.
        """
        try:
            parts = urlsplit(text)
            port = parts.port or PORTS.get(parts.scheme, 0)
        except ValueError:
            parts, port = urlsplit(""), 0
        rest = (parts.path.strip("/"), parts.query, parts.fragment, parts.username)
        if not port or not parts.hostname or any(rest):
            raise WrongUse(
                f"{text} is not an address that a server can have to itself.",
                mend="Write it like https://school.example or https://school.example:8443.",
            )
        return cls(parts.hostname, port, parts.scheme == "https")
