from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from monitor import __version__
from monitor.errors import StoreBusy, StoreError, StoreForeign, StoreNewer, StoreReadOnly
from monitor.store import Store
from monitor.store.opening import backup, version
from monitor.store.tables import SCHEMA
from tests.store.conftest import fill

NOBODY = 65534


def refused(path: Path, error: type[StoreError], *words: str, create: bool = True) -> None:
    """Opening is refused with these words, and no file is changed or made."""
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    with pytest.raises(error) as caught:
        Store.open(path, timeout=0.1, create=create)
    assert "\n" not in str(caught.value)
    for word in (str(path), *words):
        assert word in str(caught.value)
    after = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    assert after == before


@pytest.fixture
def filled(path: Path, store: Store) -> Path:
    fill(store)
    store.close()
    return path


def test_a_new_database_is_made_with_its_folder_and_found_again(filled: Path) -> None:
    with Store.open(filled) as store:
        assert len(store.alerts()) == 1
    with Store.open(filled, create=False) as store:
        assert len(store.alerts()) == 1


def test_an_odd_path_is_only_a_path(tmp_path: Path) -> None:
    path = tmp_path / "100% mine?x=1#2 자료" / "monitor.db"
    with Store.open(path) as store:
        fill(store)
    assert path.is_file()


def test_a_reader_is_told_that_nothing_is_there_yet(path: Path) -> None:
    with pytest.raises(StoreError, match=r"no database at .*: start `monitor run`"):
        Store.open(path, create=False)
    assert not path.parent.exists()
    path.parent.mkdir()
    path.touch()
    refused(path, StoreError, "no database", create=False)


def test_an_empty_file_becomes_a_database(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with Store.open(path) as store:
        fill(store)


def test_a_database_whose_making_was_killed_at_the_first_step_is_made(path: Path) -> None:
    """E8: the table of versions was there and no version in it."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE monitor_schema (version_num VARCHAR(32) NOT NULL)")
        raw.commit()
    refused(path, StoreError, "no database", create=False)
    with Store.open(path) as store:
        fill(store)


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" * 300])
def test_F5_a_file_of_something_else_is_left_alone(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    refused(path, StoreForeign, "not a database of this program", "backup")
    refused(path, StoreForeign, "backup", create=False)


def test_F5_the_database_of_another_program_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.commit()
    refused(path, StoreForeign, "tables of another program")


def test_a_schema_version_that_is_no_number_is_not_ours(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as other:
        other.execute("UPDATE monitor_schema SET version_num = 'ae1027a6'")
        other.commit()
    refused(filled, StoreForeign, "ae1027a6")


def test_a_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    refused(path, StoreForeign, "it is a folder")


def test_a_file_in_place_of_the_folder_is_refused(path: Path) -> None:
    path.parent.write_text("a file")
    with pytest.raises(StoreError, match="data cannot be used"):
        Store.open(path)


def test_F6_a_log_without_its_database_is_not_thrown_away(filled: Path) -> None:
    """The other way round: SQLite itself would delete it."""
    filled.with_name("monitor.db-wal").write_bytes(b"the last changes")
    filled.unlink()
    refused(filled, StoreForeign, "monitor.db-wal")


def test_F5_a_damaged_page_is_named_and_nothing_is_made_over_it(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as other:
        where = "SELECT rootpage FROM sqlite_master WHERE name = 'alerts'"
        page = other.execute(where).fetchone()[0]
    with filled.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    size = filled.stat().st_size
    with Store.open(filled) as store:
        with pytest.raises(StoreForeign, match="backup"):
            fill(store)
        with pytest.raises(StoreForeign, match="backup"):
            store.alerts()
        assert store.integrity() != "ok"
    assert filled.stat().st_size == size


def test_F5_a_damaged_first_page_is_named(filled: Path) -> None:
    with filled.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 2000)
    refused(filled, StoreForeign, "damaged")


def test_F8_K2_a_newer_database_names_both_versions_and_is_left_alone(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as other:
        other.execute("UPDATE monitor_schema SET version_num = '0007'")
        other.execute("UPDATE about SET program = '9.4.0'")
        other.commit()
    began = time.monotonic()
    for create in (True, False):
        words = ("schema 7", "monitor 9.4.0", f"monitor {__version__}", f"schema {SCHEMA}")
        refused(filled, StoreNewer, *words, create=create)
    assert time.monotonic() - began < 1
    with closing(sqlite3.connect(filled)) as other:
        other.execute("DELETE FROM about")
        other.commit()
    refused(filled, StoreNewer, "of a later version")
    with closing(sqlite3.connect(filled)) as other:
        other.execute("DROP TABLE about")
        other.commit()
    refused(filled, StoreNewer, "of a later version")


def test_F2_a_database_held_by_another_program_is_busy(filled: Path) -> None:
    """A program that keeps the file to itself."""
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy, match="locked"):
            Store.open(filled, timeout=0.1)


# --- F8: rights ---


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that any user may enter, which tmp_path is not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_nobody(shelf: Path) -> Iterator[None]:
    """Without the rights of root, which may write anywhere. Ends before `shelf` clears up."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(user)


@pytest.fixture
def owned(shelf: Path) -> Path:
    path = shelf / "monitor.db"
    Store.open(path).close()
    path.chmod(0o444)
    return path


def test_F8_a_folder_that_cannot_be_written_is_named_with_the_user(
    shelf: Path, as_nobody: None
) -> None:
    if os.geteuid() != NOBODY:
        shelf.chmod(0o555)
    words = rf"{shelf}.* cannot be written by user id {os.geteuid()}"
    for path in (shelf / "monitor.db", shelf / "data" / "monitor.db"):
        with pytest.raises(StoreReadOnly, match=words):
            Store.open(path)


def test_F8_a_file_that_cannot_be_written_is_named_with_the_user(
    shelf: Path, owned: Path, as_nobody: None
) -> None:
    user = os.geteuid()
    if user == NOBODY:
        os.seteuid(0)
        shelf.chmod(0o777)
        os.seteuid(user)
    with pytest.raises(StoreReadOnly, match=rf"{owned} cannot be written by user id {user}"):
        Store.open(owned)


@pytest.fixture
def free(shelf: Path) -> Path:
    """A folder in that one, in which everybody may write."""
    folder = shelf / "free"
    folder.mkdir()
    folder.chmod(0o777)
    return folder


def test_K3_a_backup_is_read_from_where_it_cannot_be_written(
    shelf: Path, owned: Path, free: Path, as_nobody: None
) -> None:
    if os.geteuid() != NOBODY:
        shelf.chmod(0o555)
    backup(owned, free / "copy.db", 1.0)
    assert version(free / "copy.db", 1.0) == SCHEMA


def test_K3_a_backup_that_cannot_be_read_is_not_called_a_place_that_cannot_be_written(
    owned: Path, free: Path
) -> None:
    owned.chmod(0o644)
    owned.write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises(StoreForeign, match=str(owned)):
        backup(owned, free / "copy.db", 1.0)


# --- the cost ---


def test_opening_an_up_to_date_database_does_not_load_the_migrations(filled: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from monitor.store import Store\n"
        "began = time.monotonic(); Store.open(Path(sys.argv[1])).close()\n"
        "print(time.monotonic() - began, 'alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, filled], capture_output=True, text=True, check=True
    )
    seconds, loaded = done.stdout.split()
    assert loaded == "False"
    assert float(seconds) < 0.3
