"""The key of Roblox Open Cloud, in the keyring or vault: one for each address."""

from desktop.backend.secrets import SecretStore


def _name(address: str) -> str:
    """Keys stay apart by address, so that a changed address never gets another one's key."""
    return f"roblox-open-cloud/{address}"


def get(store: SecretStore, address: str) -> str:
    """The key, or "" when none was kept."""
    return store.get(_name(address)) or ""


def keep(store: SecretStore, address: str, key: str) -> None:
    """Keep a key; an empty one is forgotten."""
    if key:
        store.set(_name(address), key)
    else:
        store.delete(_name(address))
