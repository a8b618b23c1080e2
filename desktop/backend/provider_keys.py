"""The key of an AI provider, in the keyring or vault: one for each provider and address."""

from desktop.backend.secrets import SecretStore


def _name(kind: str, address: str) -> str:
    """Keys stay apart by address, so that a changed address never gets another one's key."""
    return f"ai-provider/{kind}/{address.strip().rstrip('/')}"


def get(store: SecretStore, kind: str, address: str) -> str:
    """The key, or "" when none was kept."""
    return store.get(_name(kind, address)) or ""


def keep(store: SecretStore, kind: str, address: str, key: str) -> None:
    """Keep a key; an empty one is forgotten."""
    if key:
        store.set(_name(kind, address), key)
    else:
        store.delete(_name(kind, address))
