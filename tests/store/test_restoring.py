"""A backup is put back whole, or nothing changes."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.errors import StoreError, StoreForeign, StoreNewer
from monitor.models import UNTIL_READ
from monitor.store import Store, restoring
from monitor.store.restoring import restore
from monitor.store.tables import SCHEMA
from tests.store.conftest import DAY, NOW, STATE
from tests.store.test_migrate import two_releases_later


def known(path: Path) -> list[str]:
    with Store.open(path, create=False) as store:
        assert store.integrity() == "ok"
        return [state.id for state in store.source_states()]


def with_source(path: Path) -> None:
    with Store.open(path) as store, store.writing() as unit:
        unit.sync_sources([(STATE.id, STATE.url)], NOW)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of a database without a source."""
    path, to = tmp_path / "old.db", tmp_path / "backup.db"
    with Store.open(path) as store:
        store.backup(to)
    return to


def test_K3_the_backup_takes_the_place_and_what_was_there_is_kept(
    backup: Path, tmp_path: Path
) -> None:
    database = tmp_path / "data" / "monitor.db"
    with_source(database)
    kept = restore(backup, database, NOW)
    assert kept is not None
    assert (known(database), known(kept)) == ([], [STATE.id])
    again = restore(kept, database, NOW)
    assert again not in (None, kept)
    assert known(database) == [STATE.id]


def test_K3_a_log_goes_with_its_database(backup: Path, tmp_path: Path) -> None:
    """Its last changes belong to what is kept, never to what is put in its place."""
    database, left = tmp_path / "data" / "monitor.db", tmp_path / "data" / "left"
    with Store.open(database) as store:
        with store.writing() as unit:
            unit.sync_sources([(STATE.id, STATE.url)], NOW)
        left.mkdir()
        for file in database.parent.glob("monitor.db*"):
            shutil.copy(file, left)
    kept = restore(backup, left / "monitor.db", NOW)
    assert kept is not None
    assert (known(left / "monitor.db"), known(kept)) == ([], [STATE.id])


def test_K3_into_an_empty_folder(backup: Path, tmp_path: Path) -> None:
    database = tmp_path / "data" / "monitor.db"
    assert restore(backup, database, NOW) is None
    assert known(database) == []


def test_K3_a_restore_that_was_killed_halfway_goes_on(backup: Path, tmp_path: Path) -> None:
    database = tmp_path / "data" / "monitor.db"
    with_source(database)
    kept = database.with_name("monitor.db.before-restore-1")
    os.replace(database, kept)
    assert restore(backup, database, NOW) == kept
    assert (known(database), known(kept)) == ([], [STATE.id])


def test_K3_a_log_that_an_earlier_restore_left_is_not_taken_for_the_copys(
    backup: Path, tmp_path: Path
) -> None:
    database = tmp_path / "data" / "monitor.db"
    database.parent.mkdir()
    with Store.open(tmp_path / "other.db") as other:
        with other.writing() as unit:
            unit.sync_sources([(STATE.id, STATE.url)], NOW)
        shutil.copy(tmp_path / "other.db-wal", database.with_name("monitor.db.restored-wal"))
    restore(backup, database, NOW)
    assert known(database) == []
    assert [file.name for file in database.parent.iterdir()] == ["monitor.db"]


def test_K3_what_comes_next_is_listed_and_not_pushed(tmp_path: Path) -> None:
    database, copy = tmp_path / "data" / "monitor.db", tmp_path / "copy.db"
    with_source(database)
    with Store.open(database) as store:
        with store.writing() as unit:
            unit.save_source(replace(STATE, last_polled=NOW - DAY, next_due=NOW + DAY))
        store.backup(copy)
    restore(copy, database, NOW)
    with Store.open(database) as store:
        (silence,) = store.silences()
        assert (silence.created, silence.until) == (NOW, UNTIL_READ)
        assert silence.reason.endswith("backup of 2026-02-28 12:00 UTC.")
        assert store.next_due(NOW) == NOW


def test_K3_an_older_backup_is_brought_up_to_date(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_releases_later(tmp_path, monkeypatch)
    monkeypatch.setattr(restoring, "SCHEMA", SCHEMA + 2)
    database = tmp_path / "data" / "monitor.db"
    restore(backup, database, NOW)
    assert [file.name for file in database.parent.iterdir()] == ["monitor.db"]
    with closing(sqlite3.connect(database)) as raw:
        assert raw.execute("SELECT version_num FROM monitor_schema").fetchone() == (
            f"{SCHEMA + 2:04}",
        )
        assert raw.execute("SELECT count(*) FROM silences").fetchone() == (1,)


def test_K3_between_the_two_moves_of_a_restore_nothing_is_begun_anew(
    backup: Path, tmp_path: Path
) -> None:
    """A service that found no database there would take all that is served for known."""
    database = tmp_path / "data" / "monitor.db"
    with_source(database)
    os.replace(database, database.with_name("monitor.db.before-restore-1"))
    shutil.copy(backup, database.with_name("monitor.db.restored"))
    with pytest.raises(StoreError, match="run it once more"):
        Store.open(database)
    assert not database.exists()
    restore(backup, database, NOW)
    assert known(database) == []


def spoilt(backup: Path, how: str) -> None:
    if how == "missing":
        backup.unlink()
    elif how == "other bytes":
        backup.write_bytes(b"no database" * 500)
    elif how == "empty":
        backup.write_bytes(b"")
    elif how == "damaged":
        content = bytearray(backup.read_bytes())
        content[4096 * 3 : 4096 * 40] = b"\xff" * (4096 * 37)
        backup.write_bytes(content)
    elif how == "another program's":
        backup.unlink()
        with closing(sqlite3.connect(backup)) as raw, raw:
            raw.execute("CREATE TABLE notes (text)")
    else:
        with closing(sqlite3.connect(backup)) as raw, raw:
            raw.execute("UPDATE monitor_schema SET version_num = ?", (f"{SCHEMA + 1:04}",))


@pytest.mark.parametrize(
    ("how", "error", "words"),
    [
        ("missing", StoreError, "there is no backup at"),
        ("other bytes", StoreForeign, "not a backup of this program"),
        ("empty", StoreForeign, "nothing is in it"),
        ("damaged", StoreForeign, "backup.db is not a backup of this program, or it is damaged"),
        ("another program's", StoreForeign, "holds other tables"),
        ("newer", StoreNewer, "install the newer program"),
    ],
)
def test_K3_what_is_no_backup_changes_nothing(
    how: str, error: type[StoreError], words: str, backup: Path, tmp_path: Path
) -> None:
    database = tmp_path / "data" / "monitor.db"
    with_source(database)
    before = database.read_bytes()
    spoilt(backup, how)
    with pytest.raises(error, match=words):
        restore(backup, database, NOW)
    assert database.read_bytes() == before
    assert [file.name for file in database.parent.iterdir() if ".db." in file.name] == []
