"""Gives lessons out in the teacher's name: as a signed file, or as a place on Roblox.

A part of the composition root (`desktop.services`): it finds the keys, and hands them on.
"""

import random
from typing import TYPE_CHECKING

from desktop.classroom.instants import SystemClock
from desktop.settings import Settings

if TYPE_CHECKING:
    from desktop.backend.accounts import Account
    from desktop.lessons.package import LessonPackage
    from desktop.studio.publish_history import PublishHistory
    from desktop.studio.publishing import Publisher


def share_lesson(
    settings: Settings, account: "Account | None", package: "LessonPackage"
) -> tuple[bytes, str]:
    """A lesson as a `.toolbox` file, and the fingerprint of the key that signed it. Blocks.

    The fingerprint is "" where this computer has no place to keep a key: the file is unsigned.

    Raises:
        KeyringLocked, VaultLocked: the place that has the key does not open.
        Refused: the lesson is too long to be shared.
    """
    from desktop.backend import signing_keys
    from desktop.classroom import instants
    from desktop.lessons import sharing

    key = signing_keys.find_or_make(settings.profile, settings.vault, settings.vault_passphrase)
    author = (account.user.display_name or account.user.username) if account else ""
    made_at = instants.to_text(SystemClock().now())
    content = sharing.write(package, author=author, made_at=made_at, key=key)
    return content, sharing.fingerprint(sharing.public_key(key)) if key else ""


def publish_history(settings: Settings, account: "Account | None") -> "PublishHistory":
    """What an account has published from this computer; nobody's is kept beside nobody's pushes."""
    from desktop.backend import accounts
    from desktop.studio.publish_history import PublishHistory

    if account is None:
        return PublishHistory(settings.profile / "studio")
    return PublishHistory(accounts.place(settings.profile, account).folder)


def make_publisher(settings: Settings, history: "PublishHistory") -> "Publisher":
    """What publishes places on Roblox.

    Raises:
        WrongUse: the setting `open_cloud` is no address that a key may travel to.
    """
    from desktop.studio.publishing import Publisher

    return Publisher(settings.open_cloud, history, SystemClock(), random.SystemRandom())


def publish_key(settings: Settings) -> str:
    """The key of Roblox Open Cloud, or "" when none is kept. Blocks.

    Raises:
        KeyringLocked, VaultLocked: the place that has it does not open.
    """
    from desktop.backend import publish_keys, secrets
    from desktop.studio.publishing import private_address

    try:
        store = secrets.open_store(settings.vault, settings.vault_passphrase)
    except secrets.NoSecretStore:
        return ""
    return publish_keys.get(store, private_address(settings.open_cloud))


def keep_publish_key(settings: Settings, key: str) -> bool:
    """Keep the key of Roblox Open Cloud; an empty one is forgotten. Blocks.

    False where this computer has no place to keep one.

    Raises:
        KeyringLocked, VaultLocked: the place for it does not open.
    """
    from desktop.backend import publish_keys, secrets
    from desktop.studio.publishing import private_address

    try:
        store = secrets.open_store(settings.vault, settings.vault_passphrase)
    except secrets.NoSecretStore:
        return False
    publish_keys.keep(store, private_address(settings.open_cloud), key)
    return True
