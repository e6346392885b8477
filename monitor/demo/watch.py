"""What the demo sees of the service: its database, read as `monitor status` reads it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from monitor.errors import StoreError
from monitor.models import Alert, Delivery, LedgerRow, Story
from monitor.store import Store

EVERYTHING = 100_000  # more rows than a run of the demo writes


class Watch:
    """Reads the database of a service that runs, starts, or was just killed."""

    def __init__(self, data: Path) -> None:
        self._path = data / "monitor.db"
        self._opened: Store | None = None

    def close(self) -> None:
        """Let go of the database."""
        if self._opened is not None:
            self._opened.close()

    def settled(self, since: datetime, sources: int) -> bool:
        """Whether all `sources` were read after `since` and nothing is left to deliver."""
        try:
            store = self._store()
            read = [s for s in store.source_states() if s.last_success and s.last_success >= since]
            return len(read) == sources and store.next_delivery() is None
        except StoreError:  # it is just being made, or is locked for a moment
            return False

    def latest(self) -> datetime | None:
        """The last moment that the service knows of: a poll, a plan, a delivery. None if new."""
        try:
            store = self._store()
            states = store.source_states()
            times = [store.next_delivery()]
            times += [time for s in states for time in (s.next_due, s.last_polled)]
        except StoreError:
            return None
        return max((time for time in times if time is not None), default=None)

    def alerts(self) -> tuple[Alert, ...]:
        """Every alert, the first one first."""
        return self._store().alerts(EVERYTHING)[::-1]

    def alert(self, id_: str) -> Alert | None:
        """One alert."""
        return self._store().alert(id_)

    def deliveries(self) -> tuple[Delivery, ...]:
        """Every delivery, the first one first."""
        return self._store().deliveries(limit=EVERYTHING)[::-1]

    def decisions(self) -> tuple[LedgerRow, ...]:
        """Every decision, the first one first."""
        return self._store().ledger(EVERYTHING)[::-1]

    def stories(self) -> tuple[Story, ...]:
        """Every story, the one updated last first."""
        return self._store().stories(limit=EVERYTHING)

    def _store(self) -> Store:
        if self._opened is None:
            self._opened = Store.open(self._path, create=False)
        return self._opened
