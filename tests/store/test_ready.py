"""Statements that go to the driver itself say and write what they would by way of SQLAlchemy."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import bindparam, select

from monitor.store import Store
from monitor.store import tables as t
from monitor.store.ready import Ready, insert_into, put_into
from tests.store.conftest import NOW, fill

_OF: Any = bindparam("of")


@pytest.mark.parametrize("table", t.metadata.sorted_tables, ids=lambda table: str(table.name))
def test_rows_have_the_same_values_in_the_same_types(store: Store, table: Any) -> None:
    fill(store)
    with store._reading() as conn:
        usual = [tuple(row) for row in conn.execute(select(table))]
        found = Ready(select(table)).rows(conn, {})
    assert found == usual
    assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in usual]


def test_what_was_written_is_read_back_the_same(store: Store) -> None:
    row = {"source": "a", "learned": {"Uhrzeit": [1.5, None, "내일"]}}
    visit = {"article": "x", "revision": 1, "seen": NOW, "body": "text"}
    with store.writing() as unit:
        assert insert_into(t.rhythms, tuple(row)).run(unit._conn, row) == 1
        assert insert_into(t.bodies, tuple(visit)).run(unit._conn, visit) == 1
    with store._reading() as conn:
        assert conn.execute(select(t.rhythms).where(t.rhythms.c.source == "a")).one() == (
            "a",
            row["learned"],
        )
        assert conn.execute(select(t.bodies.c.seen)).scalar() == NOW


def test_many_rows_go_together_and_are_counted(store: Store) -> None:
    put = put_into("sqlite", t.topics, ("topic",), ("version",), ("topic", "version"))
    with store.writing() as unit:
        rows = [{"topic": name, "version": 1} for name in ("a", "b")]
        assert put.run_for(unit._conn, rows) == 2
        assert put.run_for(unit._conn, [{"topic": "b", "version": 7}]) == 1
        assert (unit.topic_version("a"), unit.topic_version("b")) == (1, 7)


def test_a_unit_that_fails_undoes_what_went_to_the_driver_itself(store: Store) -> None:
    with contextlib.suppress(ZeroDivisionError), store.writing() as unit:
        unit.save_rhythm("a", {"at": 1})
        raise ZeroDivisionError
    assert store.rhythm("a") is None


def test_a_read_sees_one_moment_whichever_way_it_asks(store: Store) -> None:
    """Else what is found by a key could be gone when it is read."""
    version = Ready(select(t.topics.c.version).where(t.topics.c.topic == _OF))
    with store._reading() as conn:
        assert version.rows(conn, {"of": "a"}) == []
        with store.writing() as unit:
            insert_into(t.topics, ("topic", "version")).run(
                unit._conn, {"topic": "a", "version": 1}
            )
        assert version.rows(conn, {"of": "a"}) == []
        assert conn.execute(select(t.topics)).all() == []
    with store._reading() as conn:
        assert version.rows(conn, {"of": "a"}) == [(1,)]


def test_a_time_without_a_zone_and_a_broken_constraint_are_refused(store: Store) -> None:
    put = insert_into(t.bodies, ("article", "revision", "seen", "body"))
    row: dict[str, Any] = {"article": "x", "revision": 1, "body": ""}
    naive = (NOW + timedelta(1)).replace(tzinfo=None)
    with pytest.raises(ValueError, match="without a zone"), store.writing() as unit:
        put.run(unit._conn, row | {"seen": naive})
    with pytest.raises(sqlite3.IntegrityError), store.writing() as unit:
        put.run(unit._conn, row | {"seen": None})
