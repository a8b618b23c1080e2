"""Drafts: what a person is still writing and that cannot be saved as it is.

They stay on this computer, in the same file as everything else, and are never sent.
"""

from desktop.classroom import instants
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

LARGEST = 4_000_000
"""Letters; more than any form can hold."""


def keep(tx: Transaction, subject: str, content: str) -> None:
    """Keep `content`, a text of the caller's own form, as the draft of `subject`.

    Raises:
        ValueError: it is larger than `LARGEST`.
    """
    if len(content) > LARGEST:
        raise ValueError(f"a draft of {len(content)} letters")
    tx.connection.execute(
        "INSERT INTO draft (subject, content, at) VALUES (?, ?, ?) ON CONFLICT (subject) "
        "DO UPDATE SET content = excluded.content, at = excluded.at",
        (subject, content, instants.to_text(tx.now)),
    )


def drop(tx: Transaction, subject: str) -> None:
    """Let the draft of `subject` go, if there is one."""
    tx.connection.execute("DELETE FROM draft WHERE subject = ?", (subject,))


def of(connection: Connection, subject: str) -> str | None:
    """The draft of `subject`, or None."""
    row = connection.execute("SELECT content FROM draft WHERE subject = ?", (subject,)).first()
    return None if row is None else str(row[0])
