"""The pages of articles: what is remembered of each, and who looks at it next."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from monitor.models import Visit
from monitor.store import claims, reads, rows
from monitor.store import tables as t
from monitor.store.records import KnownEntry


class VisitWork:
    """What a unit does with visits; a part of `Unit`."""

    _conn: Connection

    def visit(self, article: str) -> Visit | None:
        """What is remembered of the article's page, None when it was never wanted."""
        return find(self._conn, article)

    def save_visit(self, visit: Visit) -> None:
        """Remember the page's state and free its lease."""
        values = rows.visit_values(visit) | claims.FREE
        known = update(t.visits).where(t.visits.c.id == visit.id)
        if not self._conn.execute(known.values(values)).rowcount:
            self._conn.execute(t.visits.insert(), values)

    def claim_visit(
        self, now: datetime, owner: str, lease: timedelta, hosts_busy: Collection[str] = ()
    ) -> Visit | None:
        """Lease the page that is due and waits longest, of a host that is not busy."""
        row = claims.take_visit(self._conn, now, owner, lease, hosts_busy)
        return rows.visit(row) if row is not None else None

    def other_pages(self, source: str, article: str, limit: int) -> tuple[str, ...]:
        """The newest texts of pages of the source's other articles, at most `limit`."""
        v, a, b = t.visits.c, t.articles.c, t.bodies.c
        newest = select(v.id).where(v.source == source, v.id != article, v.read.is_not(None))
        ids = self._conn.execute(newest.order_by(v.since.desc()).limit(limit)).scalars().all()
        latest = (b.article == a.id) & (b.revision == a.latest)
        query = select(b.body).join(t.articles, latest).where(a.id.in_(ids))
        return tuple(self._conn.execute(query.order_by(b.article)).scalars())


class VisitReads:
    """What is asked about visits outside of a unit; a part of `Store`."""

    def _reading(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def visit(self, article: str) -> Visit | None:
        """As `Unit.visit`."""
        with self._reading() as conn:
            return find(conn, article)

    def visits_due(self, now: datetime) -> bool:
        """Whether a page is due, also one that is being looked at."""
        with self._reading() as conn:
            return claims.any_visit(conn, now)

    def known_entries(self, source: str, keys: Collection[str]) -> dict[str, KnownEntry]:
        """As `Unit.known_entries`, as of the last commit."""
        with self._reading() as conn:
            return reads.known_entries(conn, source, keys)


def find(conn: Connection, article: str) -> Visit | None:
    """One article's page."""
    row = conn.execute(select(*rows.VISIT).where(t.visits.c.id == article)).one_or_none()
    return rows.visit(row) if row else None
