"""From a path to a database that is ours, whole and of this program's schema, or a clear error."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from monitor import __version__
from monitor.errors import StoreError, StoreForeign, StoreNewer
from monitor.store.faults import damaged, file_errors, read_only, translated
from monitor.store.tables import SCHEMA, VERSION_TABLE

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
NEW = 0  # the version of a file in which nothing is yet


def prepare(path: Path, timeout: float, *, create: bool) -> None:
    """Make or migrate the database at `path`; leave anything that is not ours untouched."""
    with file_errors(path.parent):
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        exists = path.exists()
    _check_place(path, exists, create=create)
    with translated(path):
        found = version(path, timeout) if exists else NEW
        if found == SCHEMA:
            return
        if found > SCHEMA:
            raise StoreNewer(
                f"{path} has schema {found}, written by monitor {_writer(path, timeout)}; this is "
                f"monitor {__version__}, which knows schema {SCHEMA}: install the newer program, "
                "or restore a backup of this version"
            )
        if not create:
            raise _not_ready(path, found)
        if found != NEW:
            backup(path, path.with_name(f"{path.name}.schema-{found}.backup"), timeout)
        upgrade(path, timeout)


def fresh_of(path: Path) -> Path:
    """Where `restore` makes the new database before it moves the old one away."""
    return path.with_name(f"{path.name}.restored")


def _check_place(path: Path, exists: bool, *, create: bool) -> None:
    log = path.with_name(path.name + "-wal")
    if not exists and not create:
        raise _not_ready(path, NEW)
    if not exists and fresh_of(path).exists():
        raise StoreError(
            f"{path} is missing because `monitor restore` was ended halfway: run it once more; "
            f"what was there is kept as {path.name}.before-restore-1 or the last of that name"
        )
    if not exists and log.exists() and log.stat().st_size:
        raise StoreForeign(
            f"{path} is missing, but {log.name} beside it holds its last changes: put the "
            "database back, or move that file away to start anew"
        )
    if path.is_dir():
        raise damaged(path, "it is a folder")
    if not _may(path.parent, os.W_OK | os.X_OK):
        raise _no_right(path.parent)
    if exists and not _may(path, os.R_OK | os.W_OK):
        raise _no_right(path)


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def _no_right(path: Path) -> StoreError:
    """Root has every right, and may still not write on a disk that is mounted read-only."""
    mounted = os.statvfs(path).f_flag & os.ST_RDONLY
    return read_only(path, OSError(errno.EROFS, "") if mounted else None)


def _not_ready(path: Path, found: int) -> StoreError:
    if found == NEW:
        return StoreError(f"there is no database at {path} yet: start `monitor run` first")
    return StoreError(
        f"{path} has the older schema {found}, and this program needs {SCHEMA}: start "
        "`monitor run` once, which makes a backup and brings it up to date"
    )


def version(path: Path, timeout: float) -> int:
    """The schema version of the file, NEW when it is empty. Raises StoreForeign when not ours."""
    with closing(sqlite3.connect(path, timeout=timeout)) as raw:
        names = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        if not names:
            return NEW
        if VERSION_TABLE not in names:
            raise damaged(path, "it holds the tables of another program")
        row = raw.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
    if row is None:  # killed between making the record's table and the first migration
        return NEW
    if not str(row[0]).isdecimal():
        raise damaged(path, f"its schema version reads {row[0]!r}")
    return int(row[0])


def _writer(path: Path, timeout: float) -> str:
    with closing(sqlite3.connect(path, timeout=timeout)) as raw:
        try:
            row = raw.execute("SELECT program FROM about").fetchone()
        except sqlite3.OperationalError:
            row = None
    return row[0] if row else "of a later version"


def upgrade(path: Path, timeout: float) -> None:
    """Bring an older database, or an empty file, to this program's schema. Makes no backup."""
    from monitor.store.migrate import migrate  # 0.2 s that an up-to-date database need not pay

    engine = connect(
        path, timeout, foreign_keys=False
    )  # a table is remade while others point at it
    try:
        with engine.connect().execution_options(write=True) as connection:
            migrate(connection)
    finally:
        engine.dispose()


def connect(path: Path, timeout: float, *, foreign_keys: bool = True) -> Engine:
    """An engine in which we alone say BEGIN: IMMEDIATE for units that write.

    A unit that began by reading would fail at its first write whenever another one wrote
    meanwhile, and no timeout would help it.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": timeout, "isolation_level": None},
        max_overflow=-1,  # bounded by the threads that ask
        json_serializer=_JSON.encode,
    )
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'};"
    )

    @event.listens_for(engine, "connect")
    def _connected(raw: sqlite3.Connection, _: Any) -> None:
        raw.executescript(pragmas)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def backup(path: Path, to: Path, timeout: float) -> None:
    """A whole copy of the database at `to`, also while it is being written; replaced at once."""
    partial = to.with_name(f"{to.name}.partial")
    with file_errors(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
    try:
        with closing(_reader(path, timeout)) as raw:
            with translated(path):  # what hinders reading is no fault of the copy's place
                raw.execute("SELECT count(*) FROM sqlite_master")
            with translated(to):
                raw.execute("VACUUM INTO ?", (str(partial),))
        with file_errors(to):
            _sync(partial)
            os.replace(partial, to)
            _sync(to.parent)
    finally:
        partial.unlink(missing_ok=True)


def _reader(path: Path, timeout: float) -> sqlite3.Connection:
    """A connection to a database that may lie where nobody can write: a backup on a mounted disk.

    SQLite wants files of its own beside every database with a log, unless it is told that nothing
    writes there; and that is so where this user may not and no log lies beside it.
    """
    log = path.with_name(path.name + "-wal")
    still = not _may(path.parent, os.W_OK | os.X_OK) and not log.exists()
    if not still:
        return sqlite3.connect(path, timeout=timeout)
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", timeout=timeout, uri=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
