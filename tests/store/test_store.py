from __future__ import annotations

import inspect
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from monitor.errors import StoreBusy, StoreError
from monitor.store import Store, Unit
from monitor.store import store as module
from monitor.store.tables import SCHEMA
from tests.store.conftest import NOW, STORE_CALLS, UNIT_CALLS, fill


def public(cls: type) -> set[str]:
    found = inspect.getmembers(cls, inspect.isfunction)
    return {name for name, _ in found if not name.startswith("_")} - {"close", "writing"}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Somebody else's shell holds the write lock."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def nothing_open(store: Store) -> bool:
    """No transaction of ours is left: another program may write, and the log may be emptied."""
    with closing(sqlite3.connect(store.path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy and store._engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_every_method_is_in_the_lists_that_the_fault_tests_walk() -> None:
    assert public(Unit) == set(UNIT_CALLS)
    assert public(Store) == set(STORE_CALLS)


@pytest.mark.parametrize("name", UNIT_CALLS)
def test_F7_no_unit_leaves_a_transaction_open(store: Store, name: str) -> None:
    fill(store)
    with store.writing() as unit:
        UNIT_CALLS[name](unit)
    assert nothing_open(store)


@pytest.mark.parametrize("name", STORE_CALLS)
def test_F7_no_read_leaves_a_transaction_open(store: Store, name: str) -> None:
    fill(store)
    STORE_CALLS[name](store)
    assert nothing_open(store)


@pytest.mark.parametrize("name", UNIT_CALLS)
def test_F2_a_unit_on_a_locked_file_says_so_and_leaves_nothing_open(
    store: Store, name: str
) -> None:
    fill(store)
    before = store.counts()

    def work() -> None:
        with store.writing() as unit:
            UNIT_CALLS[name](unit)

    with locked(store.path), pytest.raises(StoreBusy, match=r"monitor\.db is locked"):
        work()
    assert nothing_open(store)
    assert store.counts().ledger == before.ledger
    work()


@pytest.mark.parametrize("name", STORE_CALLS)
def test_F2_a_locked_file_can_still_be_read(store: Store, name: str) -> None:
    fill(store)
    with locked(store.path):
        STORE_CALLS[name](store)
    assert nothing_open(store)


def test_F7_a_unit_that_fails_leaves_no_transaction_open(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing():
        _ = 1 / 0
    assert nothing_open(store)
    fill(store)


def test_a_bug_in_a_statement_is_not_dressed_up_as_a_fault_of_the_world(store: Store) -> None:
    fill(store)
    with pytest.raises(Exception, match="no such table") as caught, store._reading() as conn:
        conn.exec_driver_sql("SELECT * FROM nowhere")
    assert not isinstance(caught.value, StoreError)
    assert nothing_open(store)


def test_F3_threads_of_one_process_queue_instead_of_failing(store: Store) -> None:
    """The second one waits longer than the 0.1 s that the database itself would wait."""
    inside, done = threading.Event(), threading.Event()

    def hold() -> None:
        with store.writing():
            inside.set()
            done.wait(0.4)

    thread = threading.Thread(target=hold)
    thread.start()
    inside.wait()
    began = time.monotonic()
    fill(store)
    thread.join()
    assert time.monotonic() - began > 0.2


def test_a_thread_that_never_ends_its_unit_is_told_about(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TURN", 0.05)
    with store.writing(), pytest.raises(StoreBusy, match="another thread"):
        fill(store)
    fill(store)


def test_a_unit_begins_with_the_write_lock_and_a_read_without(store: Store) -> None:
    seen: list[str] = []

    @event.listens_for(store._engine, "before_cursor_execute")
    def _note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    store.next_due(NOW)
    with store.writing():
        pass
    assert [s for s in seen if s.startswith("BEGIN")] == ["BEGIN", "BEGIN IMMEDIATE"]


def test_each_connection_is_durable_and_checks_its_references(store: Store) -> None:
    with store._reading() as conn:
        pragmas = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 100,
    }


@pytest.mark.parametrize("how", ["deleted", "replaced"])
def test_K1_a_database_that_was_taken_away_is_noticed_before_anything_is_lost(
    store: Store, how: str
) -> None:
    fill(store)
    store.path.rename(store.path.with_name("elsewhere.db"))
    if how == "replaced":
        store.path.touch()
    with pytest.raises(StoreError, match=r"replaced|No such file"):
        fill(store)


def test_the_integrity_check_says_ok_or_what_is_wrong(store: Store) -> None:
    fill(store)
    assert store.integrity() == "ok"
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("DELETE FROM articles")
        other.commit()
    assert "article_keys row 1 points at nothing in articles" in store.integrity().splitlines()


def test_F6_a_backup_is_whole_and_opens_as_a_store(store: Store, tmp_path: Path) -> None:
    """Taken while the service runs, with its log not yet in the file."""
    fill(store)
    shutil.copy(store.path, tmp_path / "plain.db")  # what people do, and it holds nothing of it
    with Store.open(tmp_path / "plain.db", create=False) as plain:
        assert plain.alerts() == ()
    copy = tmp_path / "backups" / "monitor.db"
    store.backup(copy)
    store.backup(copy)
    assert [file.name for file in copy.parent.iterdir()] == ["monitor.db"]
    with Store.open(copy, create=False) as restored:
        assert restored.alerts() == store.alerts()
        assert restored.ledger() == store.ledger()
        assert restored.integrity() == "ok"
        fill(restored)


def test_a_backup_that_cannot_be_written_says_where_and_leaves_no_part(
    store: Store, tmp_path: Path
) -> None:
    fill(store)
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="file/copy"):
        store.backup(tmp_path / "file" / "copy.db")
    (tmp_path / "folder" / "in the way").mkdir(parents=True)
    with pytest.raises(StoreError, match="folder"):
        store.backup(tmp_path / "folder")
    assert list(tmp_path.glob("*.partial")) == []


def test_the_store_knows_its_schema(store: Store) -> None:
    assert store.schema_version == SCHEMA
