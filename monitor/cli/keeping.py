"""`monitor backup` and `monitor restore`."""

from __future__ import annotations

from pathlib import Path

from monitor.cli.where import config_at
from monitor.clock import SystemClock
from monitor.errors import StoreError
from monitor.service.lock import hold
from monitor.store import Store
from monitor.store.restoring import restore


def write_backup(path: Path | None, to: Path) -> list[str]:
    """A whole copy of the database at `to`, also while the service runs. Raises StoreError.

    Nothing is replaced: a backup that is there already stays. The copy is looked through, so that
    damage is known while an older backup is still at hand.
    """
    config = config_at(path)
    if to.exists():
        raise StoreError(f"{to} exists already and was left as it is: name another file")
    with Store.open(config.data / "monitor.db", create=False) as store:
        store.backup(to)
    with Store.open(to, create=False) as copy:
        damage = copy.integrity()
    if damage != "ok":
        first, *more = damage.splitlines()
        others = f" and {len(more)} more" if more else ""
        raise StoreError(
            f"{to} was written, but the database that it copies is damaged ({first}{others}): keep "
            "your older backups, and restore the last one that was written without this message"
        )
    return [f"written to {to} ({to.stat().st_size:,} bytes), looked through and whole"]


def restore_backup(path: Path | None, backup: Path) -> list[str]:
    """Put a backup in the database's place; what was there is kept beside it.

    Raises AlreadyRunning while the service runs, StoreError for a file that is no whole database.
    """
    config = config_at(path)
    with hold(config.data):
        kept = restore(backup, config.data / "monitor.db", SystemClock().now())
    lines = [f"the database is now that of {backup}"]
    if kept is not None:
        lines.append(f"what was there is kept as {kept}")
    return [
        *lines,
        "what came since the backup is told in one list once `monitor run` has read the sources",
    ]
