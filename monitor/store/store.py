"""The store: open it once, write in units, read whenever."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Connection, Engine

from monitor.errors import StoreBusy, StoreError, StoreForeign
from monitor.models import (
    Alert,
    Article,
    Delivery,
    DeliveryState,
    LedgerRow,
    SourceState,
    Story,
    Verdict,
)
from monitor.store import claims, faults, opening, reads
from monitor.store.health import HealthReads
from monitor.store.hubs import HubReads
from monitor.store.outbox import OutboxReads
from monitor.store.records import CardChange, Counts
from monitor.store.tables import SCHEMA
from monitor.store.unit import Unit
from monitor.store.visits import VisitReads

_TURN = 60.0  # seconds; a unit holds no network call, so nobody waits this long for another


class Store(HealthReads, HubReads, OutboxReads, VisitReads):
    """The database of one data folder. Its methods may be called from any thread.

    Every method is one short transaction of its own that has ended when it returns. All raise
    StoreBusy, StoreFull, StoreReadOnly or StoreForeign (damaged) when the file cannot be used.
    """

    def __init__(self, path: Path, engine: Engine, timeout: float) -> None:
        self.path = path
        self.schema_version = SCHEMA
        self.warnings = faults.warnings(
            path.resolve(), faults.mounts(), sqlite3.sqlite_version_info
        )
        self._engine = engine
        self._writer = engine.execution_options(write=True)
        self._timeout = timeout
        self._turn = Lock()
        self._file = faults.identity(path)

    @classmethod
    def open(cls, path: Path, *, timeout: float = 5.0, create: bool = True) -> Self:
        """Open the database, making or migrating it when `create`.

        `timeout` is how many seconds to wait for another program's lock. A database is backed up
        beside itself before it is migrated. Raises StoreNewer for one of a newer program,
        StoreForeign for a file that is not ours or damaged, StoreError when there is none and
        `create` is False; such files are left untouched.
        """
        opening.prepare(path, timeout, create=create)
        return cls(path, opening.connect(path, timeout), timeout)

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self) -> Iterator[Unit]:
        """One transaction: kept at the end, undone when anything is raised.

        Units of this process queue for each other. Hold no network call and no await inside.
        """
        self._check_place()
        if not self._turn.acquire(timeout=_TURN):
            raise StoreBusy(f"another thread has been writing {self.path} for {_TURN:.0f} seconds")
        try:
            with faults.translated(self.path), self._writer.begin() as conn:
                yield Unit(conn)
        finally:
            self._turn.release()

    def _check_place(self) -> None:
        """SQLite would go on writing into a file that was deleted, and all of it would be lost."""
        with faults.file_errors(self.path):
            if self._file != faults.identity(self.path):
                raise StoreError(
                    f"{self.path} was replaced while it was in use; nothing was written: stop the "
                    "service and start it again"
                )

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with faults.translated(self.path), self._engine.connect() as conn:
            yield conn

    # --- sources and figures ---------------------------------------------------------------------

    def source_states(self) -> tuple[SourceState, ...]:
        """The configured sources, by id."""
        with self._reading() as conn:
            return reads.source_states(conn)

    def source_state(self, id: str) -> SourceState | None:
        """One source, also one that is no longer configured."""
        with self._reading() as conn:
            return reads.source_state(conn, id)

    def next_due(self, now: datetime) -> datetime | None:
        """When the first configured source is due, None without sources."""
        with self._reading() as conn:
            return claims.first_due(conn, now)

    def next_delivery(self, now: datetime | None = None) -> datetime | None:
        """When the first pending delivery is to be tried, None when nothing is owed.

        Given `now`, a delivery that a clock step left in the future is to be tried `now`.
        """
        with self._reading() as conn:
            return claims.first_try(conn, now)

    def counts(self) -> Counts:
        """How much is remembered. Counts whole tables: for people, not for every poll."""
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        size = sum(file.stat().st_size for file in files if file.exists())
        with self._reading() as conn:
            return reads.counts(conn, size)

    # --- articles, stories, the state card -------------------------------------------------------

    def find_article(self, keys: Sequence[str]) -> Article | None:
        """As `Unit.find_article`."""
        with self._reading() as conn:
            return reads.find_article(conn, keys)

    def revisions(self, article: str) -> tuple[Article, ...]:
        """Every revision of the article, the first one first."""
        with self._reading() as conn:
            return reads.revisions(conn, article)

    def stories(self, topic: str | None = None, limit: int = 50) -> tuple[Story, ...]:
        """The stories updated last, the newest first."""
        with self._reading() as conn:
            return reads.stories(conn, topic, limit)

    def story(self, id: str) -> Story | None:
        """One story."""
        with self._reading() as conn:
            return reads.story(conn, id)

    def story_articles(self, id: str) -> tuple[Article, ...]:
        """The latest revision of each article of the story, the last seen first."""
        with self._reading() as conn:
            return reads.story_articles(conn, id)

    def card(self, topic: str) -> dict[str, str]:
        """The topic's state card: attribute → value."""
        with self._reading() as conn:
            return reads.card(conn, topic)

    def card_history(self, topic: str) -> tuple[CardChange, ...]:
        """Every move of the card, the first one first."""
        with self._reading() as conn:
            return reads.card_history(conn, topic)

    # --- alerts, deliveries, the ledger ----------------------------------------------------------

    def alerts(
        self,
        limit: int = 50,
        topic: str | None = None,
        *,
        story: str | None = None,
        before: str | None = None,
    ) -> tuple[Alert, ...]:
        """The last alerts, the newest first; those made before the alert of the id `before`."""
        with self._reading() as conn:
            return reads.alerts(conn, limit, topic, story, before)

    def alert(self, id: str) -> Alert | None:
        """One alert."""
        with self._reading() as conn:
            return reads.alert(conn, id)

    def deliveries(
        self, state: DeliveryState | None = None, limit: int = 50
    ) -> tuple[Delivery, ...]:
        """The last deliveries, the newest first."""
        with self._reading() as conn:
            return reads.deliveries(conn, state, limit)

    def reference(self, alert: str, channel: str, recipient: str) -> str | None:
        """The Message-ID or Slack ts under which this alert reached this recipient."""
        with self._reading() as conn:
            return reads.reference(conn, alert, channel, recipient)

    def ledger(
        self, limit: int = 50, verdict: Verdict | None = None, topic: str | None = None
    ) -> tuple[LedgerRow, ...]:
        """The last decisions, the newest first."""
        with self._reading() as conn:
            return reads.ledger(conn, limit, verdict, topic)

    def why(self, keys: Sequence[str], text: str, limit: int = 50) -> tuple[LedgerRow, ...]:
        """The decisions on the articles of these keys; else on the article with the id `text`;
        else on those whose title holds every word of `text`. The newest first.
        """
        with self._reading() as conn:
            return reads.why(conn, keys, text, limit)

    # --- care ------------------------------------------------------------------------------------

    def backup(self, to: Path) -> None:
        """Write a whole copy to `to`, replacing what is there at once, while the service runs."""
        opening.backup(self.path, to, self._timeout)

    def integrity(self) -> str:
        """ "ok", or what is damaged, a line each."""
        try:
            with self._reading() as conn:
                return "\n".join(reads.damage(conn)) or "ok"
        except StoreForeign as error:  # too damaged to be looked through
            return str(error)
