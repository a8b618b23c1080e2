"""The secret that app and plugin share, and the ports they meet on.

The app's copy lies in the profile with the user alone allowed to read it, not in the keyring: the
plugin's file in the same person's Roblox folder holds the same secret in clear anyway, so a
keyring would add a way to fail (locked, or missing on a server) and no secrecy.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop import private_files
from desktop.studio.protocol import STANDARD_PORTS

FILE = "pairing.json"
SECRET_BYTES = 32


@dataclass(frozen=True)
class Pairing:
    """What an installed plugin and this profile know of each other."""

    install_id: str
    secret: bytes
    ports: tuple[int, ...] = STANDARD_PORTS
    plugin_path: str = ""
    """Where the plugin was installed last; empty when it never was."""

    def __repr__(self) -> str:
        """Without the secret, which must not reach a log."""
        return f"Pairing(install_id={self.install_id!r}, ports={self.ports!r})"


def fresh(ports: tuple[int, ...] = STANDARD_PORTS, plugin_path: str = "") -> Pairing:
    """A pairing with a new secret, from the system's own randomness."""
    return Pairing(secrets.token_hex(8), secrets.token_bytes(SECRET_BYTES), ports, plugin_path)


def load(folder: Path) -> Pairing | None:
    """The pairing kept in `folder`, or None when there is none that can be read."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        pairing = Pairing(
            install_id=str(kept["install_id"]),
            secret=bytes.fromhex(kept["secret"]),
            ports=tuple(int(port) for port in kept["ports"]),
            plugin_path=str(kept["plugin_path"]),
        )
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return pairing if len(pairing.secret) == SECRET_BYTES and pairing.ports else None


def load_or_make(folder: Path, ports: Sequence[int] = ()) -> Pairing:
    """The pairing kept in `folder`; a fresh one is made and kept where there is none.

    `ports` count until the plugin is installed: an installed plugin knows the ports it was
    installed with, and no others.
    """
    found = load(folder) or fresh()
    wanted = tuple(ports) or found.ports
    if not found.plugin_path and found.ports != wanted:
        found = replace(found, ports=wanted)
    if found != load(folder):
        save(folder, found)
    return found


def save(folder: Path, pairing: Pairing) -> None:
    """Keep `pairing` in `folder`, readable by this user alone, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = json.dumps(
        {
            "install_id": pairing.install_id,
            "secret": pairing.secret.hex(),
            "ports": pairing.ports,
            "plugin_path": pairing.plugin_path,
        }
    )
    private_files.write(folder / FILE, content.encode())
