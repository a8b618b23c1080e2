"""The audit log, as administrators read it."""

from pydantic import BaseModel

MAX_PAGE = 500


class AuditEntry(BaseModel):
    """A privileged action. `user_id` is empty for what was done on the server's own machine."""

    seq: int
    at: str
    user_id: str
    action: str
    subject: str


class AuditPage(BaseModel):
    """Entries in the order in which they were written; ask on with the last one's `seq`."""

    entries: list[AuditEntry]
    has_more: bool
