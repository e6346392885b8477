"""Who works on what: due sources, pages and deliveries, claimed by lease in one statement.

A clock that was set back strands nothing: whatever was written clearly later than `now` counts as
due, and a lease that ends later than one taken now would is over. Steps of up to `SLACK` are waited
out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Table,
    Update,
    and_,
    or_,
    select,
    update,
)

from monitor.models import DeliveryState, Hold
from monitor.store import tables as t
from monitor.store.rows import DELIVERY, SOURCE_STATE, VISIT

SLACK = timedelta(minutes=1)
BACKLOG = 6  # due at once to one recipient, alerts come together
FARTHEST_VISIT = timedelta(hours=25)  # no visit is planned for later, unless the clock was set back

_PENDING = DeliveryState.PENDING.value


def take_sources(
    conn: Connection, now: datetime, limit: int, owner: str, lease: timedelta
) -> list[Row[Any]]:
    """Lease the sources that are due, the longest waiting first; rows of SOURCE_STATE."""

    def take(due: ColumnElement[bool], count: int) -> list[Row[Any]]:
        which = select(s.id).where(s.configured, due, _free(t.sources, now, lease))
        leased = _lease(t.sources, which.order_by(s.next_due), now, count, owner, lease)
        return list(conn.execute(leased.returning(*SOURCE_STATE)))

    s = t.sources.c
    rows = take(s.next_due <= now, limit)
    if len(rows) < limit and _any_stranded(conn, now):  # apart, so that no tick reads every source
        rows += take(_stranded(now), limit - len(rows))
    return sorted(rows, key=lambda row: (row.next_due, row.id))


def take_message(
    conn: Connection,
    now: datetime,
    owner: str,
    lease: timedelta,
    busy: Collection[str],
    room: Mapping[str, int],
) -> list[Row[Any]]:
    """Lease what the next message holds and count the attempt; the oldest first."""
    d = t.deliveries.c
    first = conn.execute(
        select(*DELIVERY)
        .where(_due(now), _free(t.deliveries, now, lease), d.channel.not_in(sorted(busy)))
        .order_by(d.urgent.desc(), d.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if first is None:
        return []
    ids = _mates(conn, first, now, lease, room.get(first.channel, 1))
    message = first.message or (first.id if len(ids) > 1 else None)
    taken = (
        update(t.deliveries)
        .where(d.id.in_(ids))
        .values(lease_owner=owner, lease_until=now + lease, attempt=d.attempt + 1, message=message)
        .values(last_error=None)  # until it is written down, nobody knows how this try ends
    )
    return sorted(conn.execute(taken.returning(*DELIVERY)), key=lambda row: row.id)


def _mates(
    conn: Connection, first: Row[Any], now: datetime, lease: timedelta, room: int
) -> list[int]:
    """The ids that go out with the first: of its message, or what has gathered for its reader."""
    d = t.deliveries.c
    same = (d.channel == first.channel, d.recipient == first.recipient)
    failed = first.last_error is not None and not first.ambiguous
    if first.message is not None and not failed:
        old = select(d.id).where(d.message == first.message, d.state == _PENDING)
        return list(conn.execute(old.order_by(d.id)).scalars())
    if first.urgent or first.hold == Hold.ALONE.value or room < 2:
        return [first.id]
    if failed and first.attempt:
        return _failed_together(conn, same, first, now, lease, room)
    others = (
        select(d.id)
        .where(
            *same,
            _due(now),
            _free(t.deliveries, now, lease),
            ~d.urgent,
            d.hold != Hold.ALONE.value,
            d.message.is_(None),
        )
        .order_by(d.id)
        .limit(max(room, BACKLOG))
        .with_for_update(skip_locked=True)
    )
    found = list(conn.execute(others).scalars())
    waited = first.hold not in (Hold.NOTHING.value, Hold.ACKNOWLEDGED.value)
    return found[:room] if waited or len(found) >= BACKLOG else [first.id]


def _failed_together(
    conn: Connection,
    same: tuple[ColumnElement[bool], ...],
    first: Row[Any],
    now: datetime,
    lease: timedelta,
    room: int,
) -> list[int]:
    """What failed for the same reader goes in one further try, whatever its own time was.

    So a channel that was down for days is asked once in a while, and brings a list on its return.
    What may have arrived (no answer, or killed before it was written down) keeps its message.
    """
    d = t.deliveries.c
    failed = (
        select(d.id)
        .where(
            *same,
            d.state == _PENDING,
            d.attempt > 0,
            d.last_error.is_not(None),
            d.ambiguous == 0,
            _free(t.deliveries, now, lease),
            ~d.urgent,
            d.hold != Hold.ALONE.value,
        )
        .order_by(d.id)
        .limit(room)
        .with_for_update(skip_locked=True)
    )
    return list(conn.execute(failed).scalars()) or [first.id]


def _due(now: datetime) -> ColumnElement[bool]:
    d = t.deliveries.c
    late = or_(d.next_try <= now, d.changed > now + SLACK)
    return and_(d.state == _PENDING, late)


def take_visit(
    conn: Connection, now: datetime, owner: str, lease: timedelta, busy: Collection[str]
) -> Row[Any] | None:
    """Lease the page that waits longest, of a host that is not busy; a row of VISIT."""
    v = t.visits.c
    for late in _visit_due(now):
        due = select(v.id).where(late, _free(t.visits, now, lease))
        due = due.where(v.host.not_in(sorted(busy))).order_by(v.due, v.id)
        taken = _lease(t.visits, due, now, 1, owner, lease)
        if row := conn.execute(taken.returning(*VISIT)).one_or_none():
            return row
    return None


def any_visit(conn: Connection, now: datetime) -> bool:
    """Whether a page is due, leased or not."""
    which = select(t.visits.c.id).limit(1)
    return any(conn.execute(which.where(late)).first() is not None for late in _visit_due(now))


def _visit_due(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Its time has come, or lies where only a clock that was set back can leave it."""
    return t.visits.c.due <= now, t.visits.c.due > now + FARTHEST_VISIT


def first_due(conn: Connection, now: datetime) -> datetime | None:
    """The earliest time of a configured source; `now` when a clock step stranded one."""
    s = t.sources.c
    if _any_stranded(conn, now):
        return now
    return conn.execute(
        select(s.next_due).where(s.configured).order_by(s.next_due).limit(1)
    ).scalar()


def first_try(conn: Connection, now: datetime | None) -> datetime | None:
    """The earliest next try of a pending delivery; `now` when a clock step stranded one."""
    d = t.deliveries.c
    pending = d.state == _PENDING
    if now is not None:
        stranded = select(d.id).where(pending, d.changed > now + SLACK)
        if conn.execute(stranded.limit(1)).first():
            return now
    return conn.execute(select(d.next_try).where(pending).order_by(d.next_try).limit(1)).scalar()


def release(conn: Connection, owner: str | None) -> int:
    """Free the leases of `owner`, or all of them; how many there were."""
    freed = 0
    for table in (t.sources, t.visits, t.deliveries):
        held: ColumnElement[bool] = table.c.lease_owner.is_not(None)
        if owner is not None:
            held = table.c.lease_owner == owner
        freed += conn.execute(update(table).where(held).values(FREE)).rowcount
    return freed


FREE: dict[str, None] = {"lease_owner": None, "lease_until": None}


def _stranded(now: datetime) -> ColumnElement[bool]:
    s = t.sources.c
    never = and_(s.last_polled.is_(None), s.next_due > now + SLACK)  # is due from the start
    return or_(s.last_polled > now + SLACK, never)


def _any_stranded(conn: Connection, now: datetime) -> bool:
    s = t.sources.c
    found = conn.execute(select(s.id).where(s.configured, _stranded(now)).limit(1))
    return found.first() is not None


def _free(table: Table, now: datetime, lease: timedelta) -> ColumnElement[bool]:
    until: Column[Any] = table.c.lease_until
    return or_(until.is_(None), until <= now, until > now + lease + SLACK)


def _lease(
    table: Table, due: Any, now: datetime, limit: int, owner: str, lease: timedelta
) -> Update:
    # Between claimers PostgreSQL needs SKIP LOCKED, in a CTE so that LIMIT is kept; SQLite has one
    # writer and drops it.
    chosen = due.limit(limit).with_for_update(skip_locked=True).cte("due")
    return (
        update(table)
        .where(table.c.id.in_(select(chosen.c.id)))
        .values(lease_owner=owner, lease_until=now + lease)
    )
