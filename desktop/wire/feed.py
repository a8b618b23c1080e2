"""The change feed: NDJSON, one record a line in version order, then one line that ends the page."""

from typing import Any

import msgspec

MAX_PAGE = 500


class ChangedRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A record as the server holds it. `version` grows across all collections of a school."""

    id: str
    collection: str
    version: int
    updated_at: str
    deleted: bool = False
    data: dict[str, Any] = {}
    updated_by: str = ""
    """Display name of who changed it last, for the conflict inbox."""


class EndOfPage(msgspec.Struct, frozen=True, kw_only=True):
    """The last line of a page. `cursor` is opaque to the client."""

    cursor: str
    has_more: bool
