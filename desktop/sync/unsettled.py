"""Counting what is not settled yet, for the honest state."""

from sqlalchemy import Connection

from desktop.sync.status import Counts

_COUNT = """
    SELECT (SELECT count(*) FROM op), (SELECT min(created_at) FROM op),
        (SELECT count(*) FROM conflict WHERE resolved_at IS NULL),
        (SELECT count(*) FROM rejected WHERE settled_at IS NULL),
        (SELECT count(*) FROM poison),
        coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'op'), 0)
"""


def counts(connection: Connection) -> Counts:
    """Count what waits, what is in conflict, what was refused and what was set aside."""
    return Counts(*connection.exec_driver_sql(_COUNT).one())
