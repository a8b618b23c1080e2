"""The certificate with which a server encrypts, checked before anybody connects."""

import os
import ssl
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import WrongUse


@dataclass(frozen=True)
class Certificate:
    """A certificate (with what it is signed by) and its private key, in PEM files."""

    chain: Path
    key: Path

    def check(self) -> None:
        """See that a server can be started with it.

        Raises:
            WrongUse: the files cannot be read, do not belong together, or everybody may read the
                key.
        """
        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
                self.chain, self.key, password=_no_password
            )
            open_to_all = os.name == "posix" and self.key.stat().st_mode & 0o007
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            raise WrongUse(
                f"The certificate {self.chain} with the key {self.key} cannot be used: "
                f"{getattr(error, 'reason', None) or getattr(error, 'strerror', None) or error}.",
                mend="Both are PEM files; the key belongs to the certificate and has no password.",
            ) from error
        if open_to_all:
            raise WrongUse(
                f"Everybody on this machine can read the key {self.key}.",
                mend=f"chmod 600 {self.key}",
            )


def _no_password() -> str:
    raise ValueError("the key has a password")
