"""Forgetting, in batches. What a source still serves is never forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, select, tuple_

from monitor.store import tables as t


def forget(conn: Connection, before: datetime, limit: int) -> int:
    """Delete at most `limit` rows that are older; 0 means that nothing is left to delete.

    Pages whose visits are over; what happened to sources before then; entries that left their
    source's document before then; texts of revisions and ledger rows from before then, unless an
    entry of the article is still served.
    Alerts with their deliveries and ledger rows, stories, the state card, titles and keys of
    articles stay: they are small, and without the keys an old item that comes back would be news.
    """
    gone = t.entries.c.gone < before
    body = (t.bodies.c.seen < before) & ~_served(t.bodies)
    visit = (t.visits.c.since < before) & t.visits.c.due.is_(None)
    event = t.health_events.c.at < before
    row = (t.ledger.c.at < before) & t.ledger.c.alert.is_(None) & ~_served(t.ledger)
    done = 0
    for table, old in (
        (t.entries, gone),
        (t.bodies, body),
        (t.visits, visit),
        (t.health_events, event),
        (t.ledger, row),
    ):
        if done < limit:
            done += _delete(conn, table, old, limit - done)
    return done


def _served(table: Table) -> ColumnElement[bool]:
    return exists().where(t.entries.c.article == table.c.article, t.entries.c.gone.is_(None))


def _delete(conn: Connection, table: Table, old: ColumnElement[Any], limit: int) -> int:
    key = tuple(table.primary_key.columns)
    chosen = select(*key).where(old).limit(limit)
    return conn.execute(delete(table).where(tuple_(*key).in_(chosen))).rowcount
