"""Subscriptions to hubs (WebSub), and sources that are read sooner because a hub called."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from monitor.store import tables as t
from monitor.store.records import HubState, Subscription

_SUBSCRIPTION = tuple(t.subscriptions.c[f.name] for f in fields(Subscription))


class HubWork:
    """What a unit does with hubs; a part of `Unit`."""

    _conn: Connection

    def subscriptions(self) -> tuple[Subscription, ...]:
        """All of them, by source."""
        return _all(self._conn)

    def subscription(self, token: str) -> Subscription | None:
        """The one that a hub calls under this token."""
        query = select(*_SUBSCRIPTION).where(t.subscriptions.c.token == token)
        row = self._conn.execute(query).one_or_none()
        return _subscription(row) if row else None

    def subscriptions_of(self, source: str) -> tuple[Subscription, ...]:
        """Those of one source: one that holds, and older ones that are being ended."""
        query = select(*_SUBSCRIPTION).where(t.subscriptions.c.source == source)
        return tuple(_subscription(row) for row in self._conn.execute(query))

    def save_subscription(self, one: Subscription) -> None:
        """Remember it."""
        values = {f.name: getattr(one, f.name) for f in fields(Subscription)}
        known = update(t.subscriptions).where(t.subscriptions.c.token == one.token)
        if not self._conn.execute(known.values(values)).rowcount:
            self._conn.execute(t.subscriptions.insert(), values)

    def end_subscription(self, token: str) -> None:
        """Forget it; what its hub sends from now on is nobody's."""
        self._conn.execute(delete(t.subscriptions).where(t.subscriptions.c.token == token))

    def hasten(self, source: str, now: datetime, apart: timedelta) -> bool:
        """Make a source due now, or `apart` after its last read; True when it is due by then.

        False while it is being read: what called may be newer than what is on its way.
        """
        s = t.sources.c
        row = self._conn.execute(
            select(s.next_due, s.last_polled, s.lease_until)
            .where(s.id == source, s.configured)
            .with_for_update()
        ).one_or_none()
        if row is None:
            return True
        if row.lease_until is not None and row.lease_until > now:
            return False
        at = max(now, row.last_polled + apart) if row.last_polled is not None else now
        if row.next_due > at:
            self._conn.execute(update(t.sources).where(s.id == source).values(next_due=at))
        return True


class HubReads:
    """What is asked about hubs outside of a unit; a part of `Store`."""

    def _reading(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def subscriptions(self) -> tuple[Subscription, ...]:
        """As `Unit.subscriptions`."""
        with self._reading() as conn:
            return _all(conn)


def _all(conn: Connection) -> tuple[Subscription, ...]:
    query = select(*_SUBSCRIPTION).order_by(t.subscriptions.c.source, t.subscriptions.c.token)
    return tuple(_subscription(row) for row in conn.execute(query))


def _subscription(row: Row[Any]) -> Subscription:
    values = dict(row._mapping)
    return Subscription(**values | {"state": HubState(values["state"])})
