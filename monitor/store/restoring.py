"""A backup put in the database's place, so that a kill at any moment loses neither."""

from __future__ import annotations

import os
from datetime import datetime
from itertools import count
from pathlib import Path

from monitor import __version__
from monitor.errors import StoreError, StoreForeign, StoreNewer
from monitor.store import opening
from monitor.store.faults import file_errors, no_backup
from monitor.store.store import Store
from monitor.store.tables import SCHEMA

_TIMEOUT = 5.0  # seconds to wait for another program's lock


def restore(backup: Path, database: Path, now: datetime) -> Path | None:
    """Put a copy of `backup` in the place of `database`; where what was there is kept, if any.

    What its sources bring at their next poll is told as one list, as some of it was told before.

    Hold the data folder's lock. `backup` is read whole first, and nothing changes when it is
    missing (StoreError), damaged or another program's (StoreForeign), or of a newer program
    (StoreNewer). After a kill in between the next start refuses, and a second restore goes on.
    """
    fresh = opening.fresh_of(database)
    if not backup.is_file():
        raise StoreError(f"there is no backup at {backup}")
    try:
        _discard(fresh)  # a log that a kill left would be taken for the new copy's
        _copy(backup, fresh)
        with Store.open(fresh, timeout=_TIMEOUT) as store, store.writing() as unit:
            unit.catch_up(now)
        kept = _move_away(database)
        with file_errors(database):
            os.replace(fresh, database)
    finally:
        _discard(fresh)
    return kept


def _discard(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _copy(backup: Path, to: Path) -> None:
    """A copy that SQLite read whole and wrote anew, and that is ours."""
    try:
        opening.backup(backup, to, _TIMEOUT)
        schema = opening.version(to, _TIMEOUT)
    except StoreForeign as error:
        raise no_backup(backup, "it cannot be read whole, or holds other tables") from error
    if schema == opening.NEW:
        raise no_backup(backup, "nothing is in it")
    if schema > SCHEMA:
        raise StoreNewer(
            f"{backup} has schema {schema}; this is monitor {__version__}, which knows schema "
            f"{SCHEMA}: install the newer program"
        )
    if schema < SCHEMA:
        opening.upgrade(to, _TIMEOUT)


def _move_away(database: Path) -> Path | None:
    """Rename the database, then its log: never a database beside the log of another one."""
    names = (database.with_name(f"{database.name}.before-restore-{n}") for n in count(1))
    kept = last = next(names)
    while kept.exists():
        last, kept = kept, next(names)
    if not database.exists():  # at the first start, or killed between the two
        kept = last
    with file_errors(database):
        for ending in ("", "-wal"):
            file = database.with_name(database.name + ending)
            if file.exists():
                os.replace(file, kept.with_name(kept.name + ending))
        database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    return kept if kept.exists() else None
