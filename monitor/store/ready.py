"""Statements that are run for every document or entry, without what SQLAlchemy does at each run.

It takes 15 to 120 µs to send a statement that SQLite runs in 1 to 15. So these are compiled once
and go to the driver itself, on the same connection and in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

Values = Mapping[str, Any]
Convert = Callable[[Any], Any] | None


class Ready:
    """One statement, compiled when it is first run. What the driver raises passes through.

    `columns` are those that an insert or update writes, where the statement does not name them.
    """

    def __init__(self, statement: Any, columns: Collection[str] = ()) -> None:
        self.statement = statement
        self._columns = list(columns) or None
        self._sql = ""
        self._takes: list[tuple[str, Any, Convert]] = []
        self._gives: list[Convert] = []

    def rows(self, conn: Connection, values: Values) -> list[Any]:
        """The rows that it finds, as tuples."""
        found: list[Any] = self._send(conn, values).fetchall()
        if not any(self._gives):
            return found
        return [
            tuple(v if to is None else to(v) for v, to in zip(row, self._gives, strict=True))
            for row in found
        ]

    def run(self, conn: Connection, values: Values) -> int:
        """How many rows it wrote."""
        return int(self._send(conn, values).rowcount)

    def run_for(self, conn: Connection, each: Iterable[Values]) -> int:
        """How many rows it wrote in all, run once for each of the values."""
        sql = self._sql or self._compile(conn.dialect)
        done = _driver(conn).executemany(sql, [self._bound(values) for values in each])
        return int(done.rowcount)

    def _send(self, conn: Connection, values: Values) -> Any:
        sql = self._sql or self._compile(conn.dialect)
        return _driver(conn).execute(sql, self._bound(values))

    def _bound(self, values: Values) -> list[Any]:
        return [
            values.get(name, usual) if to is None else to(values.get(name, usual))
            for name, usual, to in self._takes
        ]

    def _compile(self, dialect: Dialect) -> str:
        compiled = self.statement.compile(dialect=dialect, column_keys=self._columns)
        usual, binds = compiled.params, compiled.binds
        self._takes = [
            (name, usual[name], _type(binds[name].type, dialect).bind_processor(dialect))
            for name in compiled.positiontup  # SQLite's driver takes values by position
        ]
        columns = getattr(self.statement, "selected_columns", ())
        self._gives = [_type(c.type, dialect).result_processor(dialect, None) for c in columns]
        self._sql = str(compiled)
        return self._sql


def _type(type_: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return type_.dialect_impl(dialect)


def _driver(conn: Connection) -> Any:
    if not conn.in_transaction():
        conn.begin()  # as `Connection.execute` does
    return conn.connection.driver_connection


@cache
def insert_into(table: Table, columns: tuple[str, ...]) -> Ready:
    """Inserts a row of these columns."""
    return Ready(table.insert(), columns)


@cache
def put_into(
    dialect: str,
    table: Table,
    key: tuple[str, ...],
    changes: tuple[str, ...],
    columns: tuple[str, ...],
) -> Ready:
    """Inserts a row of these columns, or writes `changes` into the one that has its `key`."""
    return Ready(upsert(dialect, table, key, changes), columns)


def upsert(dialect: str, table: Table, key: tuple[str, ...], changes: tuple[str, ...]) -> Any:
    """The statement of `put_into`; both databases have it, without a type in common."""
    statement: Any = _insert_of(dialect)(table)
    if not changes:
        return statement.on_conflict_do_nothing(index_elements=key)
    new = {name: statement.excluded[name] for name in changes}
    return statement.on_conflict_do_update(index_elements=key, set_=new)


def _insert_of(dialect: str) -> Any:
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # 2 MB that a service on SQLite need not hold

        return postgresql.insert
    return sqlite.insert
