"""Runs a piece of work again and again in a child that is killed at its 1st, 2nd, 3rd … statement.

    python -m tests.store.killer WHAT FOLDER [DATABASE [MIGRATIONS]]

prints what was left after each kill, a line of JSON each; the last run is let through. The product
has no hook for it: SQLite's own trace callback counts the statements of every connection.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from monitor.errors import StoreError
from monitor.store import Store, migrate, opening
from monitor.store.tables import SCHEMA
from tests.store.conftest import LEASE, NOW, STATE, poll

REAL = sqlite3.connect


def work(path: Path) -> None:
    """A claim, a poll with a development, its delivery: every kind of unit."""
    with Store.open(path) as store, store.writing() as unit:
        unit.sync_sources([("feed", STATE.url)], NOW)
        unit.claim_due(NOW, 1, "me", LEASE)
        poll(unit)


def forget(path: Path) -> None:
    """Retention over what `work` left."""
    with Store.open(path) as store, store.writing() as unit:
        unit.mark_served("feed", [], NOW)
        unit.prune(NOW + timedelta(days=99), timedelta(), 100)


def backup(path: Path) -> None:
    """A copy of the database beside it."""
    with Store.open(path) as store:
        store.backup(path.with_name("copy.db"))


def start(path: Path) -> None:
    """Opening makes or migrates the database."""
    Store.open(path).close()


WORK: dict[str, Callable[[Path], None]] = {
    "work": work,
    "forget": forget,
    "backup": backup,
    "create": start,
    "migrate": start,
}


def counted(at: int) -> Callable[..., sqlite3.Connection]:
    """`sqlite3.connect` whose connections kill this process at its statement number `at`."""
    left = [at]

    def step(_: str) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = REAL(*args, **options)
        connection.set_trace_callback(step)
        return connection

    return connect


def run(what: str, path: Path, at: int) -> bool:
    """Do it in a child that is killed at statement `at`; False when it came through."""
    child = os.fork()
    if child == 0:
        sqlite3.connect = sqlite3.dbapi2.connect = counted(at)  # type: ignore[assignment]
        WORK[what](path)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def content(path: Path) -> str:
    """A fingerprint of everything in the database, empty when there is none."""
    return _fingerprint(path, lambda raw: raw.iterdump())


def shape(path: Path) -> str:
    """A fingerprint of the tables' definitions."""
    query = "SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    return _fingerprint(path, lambda raw: (str(row[0]) for row in raw.execute(query)))


def _fingerprint(path: Path, lines: Callable[[sqlite3.Connection], Iterable[str]]) -> str:
    if not path.exists():
        return ""
    with closing(REAL(path)) as raw:
        return hashlib.blake2b("\n".join(lines(raw)).encode(), digest_size=8).hexdigest()


def left(path: Path, opened: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """What a kill left: the schema, then everything once it is opened again.

    What is the same byte for byte is opened once; `opened` remembers it.
    """
    now = content(path)
    raw = {"schema": opening.version(path, 1) if path.exists() else opening.NEW}
    if now not in opened:
        opened[now] = reopened(path)
    return raw | {"copy": content(path.with_name("copy.db"))} | opened[now]


def reopened(path: Path) -> dict[str, Any]:
    """Opened as the next start would, and looked through."""
    try:
        with Store.open(path) as store:
            assert store.integrity() == "ok"
            found: dict[str, Any] = {"error": None, "alerts": len(store.alerts())}
    except StoreError as error:
        found = {"error": str(error), "alerts": None}
    return found | {"content": content(path), "shape": shape(path)}


def main(what: str, folder: Path, database: str = "", scripts: str = "") -> None:
    """Kill at every statement in turn."""
    if scripts:
        migrate.SCRIPTS = Path(scripts)
        vars(opening)["SCHEMA"] = SCHEMA + 2
    at, killed, opened = 0, True, dict[str, dict[str, Any]]()
    while killed:
        at += 1
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        path = folder / "monitor.db"
        if database:
            shutil.copy(database, path)
        killed = run(what, path, at)
        print(json.dumps({"at": at, "killed": killed} | left(path, opened)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
