"""What is owed and to whom: deliveries, the messages they go out in, silences, acknowledgements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, func, select, update

from monitor.models import (
    Alert,
    Delivery,
    DeliveryState,
    Hold,
    LastTold,
    Owed,
    Silence,
)
from monitor.store import claims, rows
from monitor.store import tables as t

_PENDING = DeliveryState.PENDING.value


class OutboxWork:
    """What a unit does with alerts and deliveries; a part of `Unit`."""

    _conn: Connection

    def _put(
        self,
        table: Table,
        values: dict[str, Any],
        changes: Collection[str] | None = None,
        *unique: str,
    ) -> None:
        raise NotImplementedError

    def save_alert(
        self, alert: Alert, owed: Iterable[Owed | tuple[str, str]], silence: int | None = None
    ) -> None:
        """Owe the alert to every recipient, from the time that is said, else from now.

        What is already owed or done under the same alert, channel and recipient stays as it is.
        `silence` is the one that keeps the alert back, and lists it when it ends. What is said
        of no topic, the service's own word, is never put together with other messages.
        """
        values = {"id": alert.id, "created": alert.created, "topic": alert.topic}
        values |= {"story": alert.story, "payload": rows.alert_payload(alert), "silence": silence}
        self._put(t.alerts, values, [], "id")
        for each in owed:
            to = Owed(*each)
            hold = to.hold if alert.topic is not None or to.hold is not Hold.NOTHING else Hold.ALONE
            fresh = Delivery(
                0, alert.id, to.channel, to.recipient, DeliveryState.PENDING, alert.created
            )
            fresh = replace(fresh, next_try=to.at or alert.created, hold=hold, urgent=to.urgent)
            values = rows.delivery_values(fresh) | {"changed": alert.created}
            self._put(t.deliveries, values, [], "alert", "channel", "recipient")

    def has_digest(self, topic: str, since: datetime) -> bool:
        """Whether a digest of the topic was made since then."""
        a = t.alerts.c
        kind = a.payload["kind"].as_string()
        made = (a.topic == topic, a.created >= since, kind == "digest")
        return self._conn.execute(select(a.id).where(*made).limit(1)).first() is not None

    def recipients_of(self, alert: str) -> tuple[tuple[str, str], ...]:
        """The channels and recipients that an alert is or was owed to."""
        d = t.deliveries.c
        query = select(d.channel, d.recipient).where(d.alert == alert).order_by(d.id)
        return tuple((row.channel, row.recipient) for row in self._conn.execute(query))

    def failing_channels(self) -> frozenset[str]:
        """The channels to which something is still owed after two tries or more."""
        d = t.deliveries.c
        query = select(d.channel).where(d.state == _PENDING, d.attempt > 1).distinct()
        return frozenset(self._conn.execute(query).scalars())

    def last_told(
        self, channel: str, recipient: str, topic: str | None, since: datetime
    ) -> LastTold:
        """When a recipient was last sent an alert on the topic, and whether one is gathering.

        Sends before `since` are not looked at, so that the cost does not grow with history.
        """
        d, a = t.deliveries.c, t.alerts.c
        mine = (d.channel == channel, d.recipient == recipient, a.topic == topic)
        late = (d.state == DeliveryState.SENT.value, d.changed > since)
        base = select(func.max(d.sent)).join(t.alerts, d.alert == a.id).where(*mine, *late)
        waiting = (
            select(func.min(d.next_try))
            .join(t.alerts, d.alert == a.id)
            .where(*mine, d.state == _PENDING, d.hold == Hold.OTHERS.value)
        )
        return LastTold(self._conn.execute(base).scalar(), self._conn.execute(waiting).scalar())

    def claim_message(
        self,
        now: datetime,
        owner: str,
        lease: timedelta,
        busy: Collection[str] = (),
        room: Mapping[str, int] | None = None,
    ) -> tuple[tuple[Delivery, Alert], ...]:
        """Lease what the next message holds, and count the try; empty when nothing is due.

        The oldest that is due comes first, what is urgent before all others; no channel of `busy`.
        Deliveries to one recipient that waited, or of which many are due, come together, at most
        `room[channel]` of them; they stay together in a further try. The `attempt` of each is what
        `record_delivery` must name.
        """
        taken = claims.take_message(self._conn, now, owner, lease, busy, room or {})
        found = [rows.delivery(row) for row in taken]
        wanted = [delivery.alert for delivery in found]
        query = select(t.alerts.c.id, t.alerts.c.payload).where(t.alerts.c.id.in_(wanted))
        alerts = {row.id: rows.alert(row.payload) for row in self._conn.execute(query)}
        return tuple((delivery, alerts[delivery.alert]) for delivery in found)

    def record_delivery(
        self,
        id: int,
        attempt: int,
        state: DeliveryState,
        now: datetime,
        *,
        next_try: datetime | None = None,
        error: str | None = None,
        reference: str | None = None,
        ambiguous: bool = False,
    ) -> bool:
        """Write down how the try ended and free the lease; PENDING needs `next_try`.

        False, and nothing is written, when the delivery was claimed again since, or has ended: the
        writer is late and its word no longer counts.
        """
        if (state is DeliveryState.PENDING) != (next_try is not None):
            raise ValueError("a pending delivery needs its next try, an ended one has none")
        d = t.deliveries.c
        values: dict[str, Any] = {"state": state.value, "changed": now, "next_try": next_try}
        values |= {"last_error": error, "reference": reference} | claims.FREE
        values["ambiguous"] = d.ambiguous + int(ambiguous)
        values["sent"] = now if state is DeliveryState.SENT else None
        mine = (d.id == id, d.attempt == attempt, d.state == DeliveryState.PENDING.value)
        done = self._conn.execute(update(t.deliveries).where(*mine).values(values))
        return done.rowcount == 1

    def resend_delivery(self, id: int, now: datetime) -> bool:
        """Owe it again from now, as if it were new; False when there is none or it is under way."""
        d = t.deliveries.c
        values: dict[str, Any] = {"state": DeliveryState.PENDING.value, "next_try": now}
        values |= {"created": now, "changed": now, "ambiguous": 0}
        idle = (d.id == id, d.lease_until.is_(None))
        done = self._conn.execute(update(t.deliveries).where(*idle).values(values))
        return done.rowcount == 1

    def try_again(
        self, to: tuple[str, str], at: datetime, *, least: int = 1, before: datetime | None = None
    ) -> int:
        """What failed for a (channel, recipient) is due `at`, unless it is sooner; how many.

        Only what was tried `least` times, and is to be tried `before` then: a server may have
        wished for the later times.
        """
        d = t.deliveries.c
        mine = (d.channel == to[0], d.recipient == to[1], d.state == _PENDING)
        failed = (d.attempt >= least, d.last_error.is_not(None), d.lease_until.is_(None))
        late = d.next_try > at if before is None else and_(d.next_try > at, d.next_try <= before)
        again = update(t.deliveries).where(*mine, *failed, late).values(next_try=at)
        return self._conn.execute(again).rowcount

    def sent_times(self, channel: str, since: datetime) -> tuple[datetime, ...]:
        """When the channel's messages since then were accepted, oldest first."""
        d = t.deliveries.c
        one = func.coalesce(d.message, d.id)
        query = (
            select(func.max(d.sent))
            .where(d.channel == channel, d.state == DeliveryState.SENT.value, d.changed > since)
            .group_by(one)
        )
        times = self._conn.execute(query.where(d.sent > since)).scalars()
        return tuple(sorted(times))

    def hold_back(self, channel: str, now: datetime, until: datetime) -> int:
        """What is due on a channel and not urgent waits until then, to go out together."""
        d = t.deliveries.c
        due = (d.channel == channel, d.state == _PENDING, d.next_try <= now, ~d.urgent)
        idle = d.lease_until.is_(None)
        waits = update(t.deliveries).where(*due, idle)
        later = waits.where(d.hold != Hold.ALONE.value).values(next_try=until, hold=Hold.RATE.value)
        alone = waits.where(d.hold == Hold.ALONE.value).values(next_try=until)
        return self._conn.execute(later).rowcount + self._conn.execute(alone).rowcount

    # --- silences and acknowledgements -----------------------------------------------------------

    def add_silence(self, silence: Silence) -> int:
        """Remember a silence; its id."""
        values = rows.silence_values(silence) | {"told": False}
        made = t.silences.insert().values(values).returning(t.silences.c.id)
        return int(self._conn.execute(made).scalar_one())

    def silences(self) -> tuple[Silence, ...]:
        """Those that hold, or have ended and not yet told what they kept back; oldest first."""
        return silences(self._conn)

    def end_silence(self, id: int, now: datetime) -> bool:
        """Let a silence end now; False when there is none that holds."""
        s = t.silences.c
        ends = update(t.silences).where(s.id == id, s.until > now, ~s.told).values(until=now)
        return self._conn.execute(ends).rowcount == 1

    def kept_back(self, silence: int) -> tuple[Alert, ...]:
        """The alerts that a silence kept back, oldest first."""
        a = t.alerts.c
        query = select(a.payload).where(a.silence == silence).order_by(a.number)
        return tuple(rows.alert(payload) for payload in self._conn.execute(query).scalars())

    def mark_silence_told(self, id: int) -> None:
        """What the silence kept back is listed in a message that is owed now."""
        self._conn.execute(update(t.silences).where(t.silences.c.id == id).values(told=True))

    def acknowledge(self, alert: str, who: str, now: datetime) -> bool:
        """Somebody saw the alert: escalations of it, and of its story so far, are not sent.

        False when there is no such alert; the first who acknowledged stays on record.
        """
        a, d = t.alerts.c, t.deliveries.c
        found = self._conn.execute(select(a.story).where(a.id == alert)).one_or_none()
        if found is None:
            return False
        values = {"alert": alert, "at": now, "who": who}
        self._put(t.acknowledged, values, [], "alert")
        same = a.id == alert if found.story is None else a.story == found.story
        waiting = update(t.deliveries).where(
            d.alert.in_(select(a.id).where(same)),
            d.state == _PENDING,
            d.hold == Hold.ACKNOWLEDGED.value,
            d.attempt == 0,
        )
        over: dict[str, Any] = {"state": DeliveryState.EXPIRED.value, "next_try": None}
        over |= {"last_error": f"acknowledged by {who}", "changed": now}
        self._conn.execute(waiting.values(over))
        return True


class OutboxReads:
    """What is asked about the outbox outside of a unit; a part of `Store`."""

    def _reading(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def silences(self) -> tuple[Silence, ...]:
        """As `Unit.silences`."""
        with self._reading() as conn:
            return silences(conn)


def silences(conn: Connection) -> tuple[Silence, ...]:
    """The silences that are not told yet, oldest first."""
    query = select(*rows.SILENCE).where(~t.silences.c.told).order_by(t.silences.c.id)
    return tuple(rows.silence(row) for row in conn.execute(query))
