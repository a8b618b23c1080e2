"""Counting what is not settled yet, for the honest state."""

from desktop.storage.sql import Connection
from desktop.sync.status import Counts

_COUNT = """
    SELECT (SELECT count(*) FROM op WHERE state NOT IN ('kept', 'aside')),
        (SELECT min(created_at) FROM op WHERE state NOT IN ('kept', 'aside')),
        (SELECT count(*) FROM conflict WHERE resolved_at IS NULL),
        (SELECT count(*) FROM rejected WHERE settled_at IS NULL),
        (SELECT count(*) FROM poison) + (SELECT count(*) FROM op WHERE state = 'aside'),
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'op'), 0),
        (SELECT count(*) FROM op WHERE state = 'kept')
"""


def counts(connection: Connection) -> Counts:
    """Count what waits, is in conflict, was refused, was set aside, and is kept only here."""
    return Counts(*connection.execute(_COUNT).one())
