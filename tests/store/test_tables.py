"""The same tables and statements serve PostgreSQL."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Dialect, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from monitor.store import Store
from monitor.store.ready import Ready, upsert
from monitor.store.tables import alerts, metadata
from monitor.store.utc import Utc
from tests.store.conftest import NOW, STORE_CALLS, UNIT_CALLS, fill

POSTGRES: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
SQLITE: Dialect = sqlite.dialect()
SEOUL = timezone(timedelta(hours=9))


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: str(table.name))
def test_every_table_can_be_made_in_postgresql(table: Any) -> None:
    text = str(CreateTable(table).compile(dialect=POSTGRES))
    assert "DATETIME" not in text
    assert all(str(CreateIndex(index).compile(dialect=POSTGRES)) for index in table.indexes)
    assert all(len(index.name) <= 63 for index in table.indexes)


def test_every_statement_compiles_for_postgresql(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    seen: list[str] = []

    @event.listens_for(store._engine, "before_execute")
    def _compile(_: Any, statement: Any, *__: Any) -> None:
        if isinstance(statement, sqlite.Insert):  # chosen by the dialect's name, seen below
            seen.append("upsert")
        else:
            seen.append(str(statement.compile(dialect=POSTGRES)))

    for name in ("rows", "run", "run_for"):
        usual = getattr(Ready, name)

        def _seen(ready: Ready, *given: Any, usual: Any = usual) -> Any:
            _compile(None, ready.statement)
            return usual(ready, *given)

        monkeypatch.setattr(Ready, name, _seen)

    for name, call in UNIT_CALLS.items():
        seen.clear()
        with store.writing() as unit:
            call(unit)
        assert seen, name
        if name.startswith("claim"):
            assert "FOR UPDATE SKIP LOCKED" in seen[0]
    for name in set(STORE_CALLS) - {"backup", "integrity"}:
        seen.clear()
        STORE_CALLS[name](store)
        assert seen, name


def test_upserts_are_made_for_either_database() -> None:
    for name, dialect in (("sqlite", SQLITE), ("postgresql", POSTGRES)):
        change = str(upsert(name, alerts, ("id",), ("story",)).compile(dialect=dialect))
        assert "ON CONFLICT (id) DO UPDATE SET story = excluded.story" in change
        keep = str(upsert(name, alerts, ("id",), ()).compile(dialect=dialect))
        assert "ON CONFLICT (id) DO NOTHING" in keep


@pytest.mark.parametrize("dialect", [POSTGRES, SQLITE], ids=lambda d: str(d.name))
def test_a_time_of_any_zone_is_kept_as_utc(dialect: Any) -> None:
    time: Any = Utc().dialect_impl(dialect)
    bind, read = time.bind_processor(dialect), time.result_processor(dialect, None)
    bound = bind(datetime(2026, 3, 1, 21, tzinfo=SEOUL))
    assert bound == ("2026-03-01 12:00:00.000000" if dialect is SQLITE else NOW)
    assert read(bound) == NOW
    assert bind(None) is None
    assert read(None) is None
    with pytest.raises(ValueError, match="without a zone"):
        bind(datetime(2026, 3, 1))  # noqa: DTZ001
