"""How sources are: their rhythms, what was said of their health, and what happened to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update

from monitor.models import SourceState
from monitor.store import reads, rows
from monitor.store import tables as t
from monitor.store.ready import Ready
from monitor.store.records import HealthEvent, Told

_RHYTHM = Ready(select(t.rhythms.c.learned).where(t.rhythms.c.source == bindparam("of")))
_SAVE_RHYTHM = Ready(
    update(t.rhythms).where(t.rhythms.c.source == bindparam("of")), columns=("learned",)
)
_NEW_RHYTHM = Ready(t.rhythms.insert(), columns=("source", "learned"))
_EVENT = tuple(t.health_events.c[f.name] for f in fields(HealthEvent))
_NEW_EVENT = tuple(column.name for column in _EVENT if column.name != "id")


class HealthWork:
    """What a unit does with the health of sources; a part of `Unit`."""

    _conn: Connection

    def rhythm(self, source: str) -> Mapping[str, Any] | None:
        """What was learned of the source's publishing, as it was saved."""
        return _rhythm(self._conn, source)

    def save_rhythm(self, source: str, learned: Mapping[str, Any]) -> None:
        """Remember what was learned of the source's publishing, as plain JSON."""
        values = {"of": source, "source": source, "learned": dict(learned)}
        if not _SAVE_RHYTHM.run(self._conn, values):
            _NEW_RHYTHM.run(self._conn, values)

    def troubled(self) -> tuple[SourceState, ...]:
        """The configured sources that are in trouble, by id."""
        s = t.sources.c
        # Sorted here: ordered by id, SQLite walks all sources instead of the index of the troubled.
        query = select(*rows.SOURCE_STATE).where(s.configured, s.trouble > "")
        found = [rows.source_state(row) for row in self._conn.execute(query)]
        return tuple(sorted(found, key=lambda state: state.id))

    def states_of(self, sources: Collection[str]) -> tuple[SourceState, ...]:
        """Those of the sources that are configured, by id."""
        s, found = t.sources.c, []
        for part in reads.batches(sorted(sources)):
            query = select(*rows.SOURCE_STATE).where(s.configured, s.id.in_(part)).order_by(s.id)
            found += [rows.source_state(row) for row in self._conn.execute(query)]
        return tuple(found)

    def count_read_since(self, since: datetime) -> int:
        """How many configured sources were last read without trouble after this time."""
        s = t.sources.c
        well = (s.configured, s.trouble.is_(None), s.last_success > since, s.last_polled > since)
        query = select(func.count()).select_from(t.sources).where(*well)
        return self._conn.execute(query).scalar_one()

    def told_health(self) -> dict[str, Told]:
        """What was last said of each source's health, by source."""
        found = self._conn.execute(select(t.health))
        return {row.source: Told(**row._mapping) for row in found}

    def save_told(self, told: Told) -> None:
        """Remember what was said."""
        values = {f.name: getattr(told, f.name) for f in fields(Told)}
        known = update(t.health).where(t.health.c.source == told.source)
        if not self._conn.execute(known.values(values)).rowcount:
            self._conn.execute(t.health.insert(), values)

    def forget_told(self, sources: Collection[str]) -> None:
        """Forget what was said of these."""
        for part in reads.batches(sorted(sources)):
            self._conn.execute(delete(t.health).where(t.health.c.source.in_(part)))

    def add_health_event(self, event: HealthEvent) -> None:
        """Keep an event in the history."""
        values = {name: getattr(event, name) for name in _NEW_EVENT}
        self._conn.execute(t.health_events.insert(), values)

    def health_since(self, source: str, what: str, since: datetime) -> bool:
        """Whether such an event happened to the source after this time."""
        e = t.health_events.c
        query = select(e.id).where(e.source == source, e.what == what, e.at > since)
        return self._conn.execute(query.limit(1)).first() is not None

    def count_health(self, source: str, what: str, since: datetime | None) -> int:
        """How often such an event happened to the source after this time, or ever."""
        e = t.health_events.c
        query = select(func.count()).where(e.source == source, e.what == what)
        if since is not None:
            query = query.where(e.at > since)
        return self._conn.execute(query).scalar_one()

    def owed_health(self) -> tuple[HealthEvent, ...]:
        """The events whose notice is still to be written, the oldest first."""
        e = t.health_events.c
        query = select(*_EVENT).where(e.owed).order_by(e.id)
        return tuple(HealthEvent(**row._mapping) for row in self._conn.execute(query))

    def mark_owed(self, events: Collection[HealthEvent], alert: str | None) -> None:
        """The notice of these was written, or is not needed: None."""
        done = update(t.health_events).where(t.health_events.c.id == bindparam("which"))
        for event in events:
            self._conn.execute(done.values(owed=False, alert=alert), {"which": event.id})


class HealthReads:
    """What is asked about the health of sources outside of a unit; a part of `Store`."""

    def _reading(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def rhythm(self, source: str) -> Mapping[str, Any] | None:
        """As `Unit.rhythm`."""
        with self._reading() as conn:
            return _rhythm(conn, source)

    def health_told(self) -> tuple[Told, ...]:
        """What was last said of each source that was ever said to be broken, by id."""
        with self._reading() as conn:
            found = conn.execute(select(t.health).order_by(t.health.c.source))
            return tuple(Told(**row._mapping) for row in found)

    def health_events(self, limit: int = 50, source: str | None = None) -> tuple[HealthEvent, ...]:
        """What happened to sources, or to one of them, the newest first."""
        e = t.health_events.c
        query: Select[Any] = select(*_EVENT).order_by(e.id.desc()).limit(limit)
        if source is not None:
            query = query.where(e.source == source)
        with self._reading() as conn:
            return tuple(HealthEvent(**row._mapping) for row in conn.execute(query))

    def health_to_tell(self) -> bool:
        """Whether any source is in trouble, was said to be, or has something still to be told."""
        s, e = t.sources.c, t.health_events.c
        questions = (
            select(s.id).where(s.trouble > "", s.configured),
            select(t.health.c.source).where(t.health.c.broken),
            select(e.id).where(e.owed),
        )
        with self._reading() as conn:
            return any(conn.execute(query.limit(1)).first() for query in questions)


def _rhythm(conn: Connection, source: str) -> Mapping[str, Any] | None:
    return next((learned for (learned,) in _RHYTHM.rows(conn, {"of": source})), None)
