"""Statements of the busiest roads, compiled once and run on the driver's own cursor.

SQLAlchemy spends several times longer on a statement than SQLite does on answering it: events,
an execution context, a result object. What runs for every op and every request goes past that,
in the same transaction and on any database: the text is still SQLAlchemy's, made for its dialect.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPICursor

Statement = sa.Select[Any] | sa.Insert | sa.Update | sa.Delete
Values = Mapping[str, Any] | Sequence[Any]
Rows = list[tuple[Any, ...]]


class Prepared:
    """A statement whose parameters are plain values: text, numbers, booleans.

    Values go to the driver as they are and come back as they are: SQLite tells a boolean as 0 or 1.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Text] = {}

    def run(self, connection: sa.Connection, parameters: Mapping[str, Any]) -> None:
        """Do what the statement says.

        Raises:
            sqlalchemy.exc.DBAPIError: the database refused it.
        """
        self._cursor(connection, parameters).close()

    def rows(self, connection: sa.Connection, parameters: Mapping[str, Any]) -> Rows:
        """Everything that the statement finds.

        Raises:
            sqlalchemy.exc.DBAPIError: the database refused it.
        """
        cursor = self._cursor(connection, parameters)
        try:
            return list(cursor.fetchall())
        finally:
            cursor.close()

    def first(
        self, connection: sa.Connection, parameters: Mapping[str, Any]
    ) -> tuple[Any, ...] | None:
        """The first row that the statement finds.

        Raises:
            sqlalchemy.exc.DBAPIError: the database refused it.
        """
        found = self.rows(connection, parameters)
        return found[0] if found else None

    def _cursor(self, connection: sa.Connection, parameters: Mapping[str, Any]) -> "DBAPICursor":
        text = self._compiled.get(connection.dialect.name)
        if text is None:
            text = self._compiled[connection.dialect.name] = _Text(self._statement, connection)
        return execute(connection, text.sql, text.values(parameters))


def execute(connection: sa.Connection, sql: str, values: Values = ()) -> "DBAPICursor":
    """Run a text on the driver's cursor, within the connection's transaction.

    Raises:
        sqlalchemy.exc.DBAPIError: the database refused it; as SQLAlchemy would say it, without
            the values, which may name pupils.
    """
    driver = connection.dialect.loaded_dbapi
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
    except driver.Error as error:
        cursor.close()
        raise sa.exc.DBAPIError.instance(
            sql, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
        ) from error
    return cursor


class _Text:
    """A statement as a dialect writes it, and the order in which it takes its values."""

    def __init__(self, statement: Statement, connection: sa.Connection) -> None:
        names = None
        if isinstance(statement, sa.Insert):
            names = [column.name for column in statement.table.columns]
        compiled = statement.compile(dialect=connection.dialect, column_keys=names)
        self.sql = str(compiled)
        self._order = compiled.positiontup
        # What the statement itself says, such as the role in "every administrator".
        self._own = {name: b.value for name, b in compiled.binds.items() if not b.required}

    def values(self, parameters: Mapping[str, Any]) -> Values:
        if self._own:
            parameters = {**self._own, **parameters}
        if self._order is None:
            return parameters
        return [parameters[name] for name in self._order]
