"""What each source usually does, and what follows for its next read and its health."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from monitor.config.settings import Source
from monitor.errors import SourceError
from monitor.models import Fetched, NotModified, ParsedFeed, SourceState
from monitor.service.result import Document, Tally
from monitor.service.site import Site
from monitor.sources import health
from monitor.sources.cadence import after_failure, after_success
from monitor.sources.health import Contents, Finding, Trouble
from monitor.sources.manners import with_move
from monitor.sources.parse import BRIDGE_SAYS, CUT_OFF
from monitor.sources.rhythm import Rhythm, Week, arrived, learned, pause, week_of
from monitor.store import HealthEvent, Unit

_RHYTHM = TypeAdapter(Rhythm)
_GAP_AGAIN = timedelta(days=1)  # a source that rolls over all the time is told once a day
AGAIN = timedelta(minutes=1)  # until a document is read on that was too much at once
_FEWEST = 3  # entries of a document that can be said to have rolled over


@dataclass(frozen=True, slots=True)
class Habit:
    """A source's rhythm, without the counts, ready for use."""

    rhythm: Rhythm
    week: Week


class SourceBook:
    """Keeps the habits of sources and writes the state that follows from each poll."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._habits: dict[str, Habit] = {}

    def read(self, unit: Unit, document: Document, tally: Tally) -> SourceState:
        """The state after a document was read and its entries were stored in `unit`."""
        source, state, got = document.source, document.state, document.got
        habit = self._learn(unit, document, tally)
        contents = _contents(document)
        flaw = health.flaw_of(contents, state.usual, source.lang)
        if _rolled_over(state, contents, tally) and flaw is not Trouble.LANGUAGE:
            unit.add_health_event(_gap(unit, habit, document))
        now = document.now
        after = self._after(source, with_move(state, got), habit, got.max_age, now)
        after = replace(
            after,
            etag=got.etag,
            last_modified=got.last_modified,
            body_hash=got.body_hash,
            baseline_done=True,
            entries=contents.entries,
            usual=health.usual_after(state.usual, contents.entries),
            flaw=flaw.value if flaw else None,
            last_new=now if tally.new else state.last_new,
            relevant=state.relevant + tally.relevant if document.first else state.relevant,
            lies=_lies(state, got, tally),
        )
        return self._judged(source, after, habit, now, same_body=False)

    def same(
        self, source: Source, state: SourceState, got: NotModified, now: datetime
    ) -> SourceState:
        """The state after a poll that brought nothing new. Needs a habit at hand: see `knows`."""
        habit = self._habits[source.id]
        after = self._after(source, with_move(state, got), habit, got.max_age, now)
        return self._judged(source, after, habit, now, same_body=got.same_body)

    def failed(
        self, source: Source, state: SourceState, error: SourceError, now: datetime
    ) -> SourceState:
        """The state after a poll that failed."""
        every = source.every or self._site.config.settings.polling.every
        return health.with_finding(
            after_failure(state, every, error, now), health.of_error(error), now
        )

    def knows(self, source_id: str) -> bool:
        """Whether the habit is at hand; `load` reads the store for it."""
        return source_id in self._habits

    def load(self, source_id: str) -> None:
        """Read the source's habit from the store."""
        self._keep(source_id, _load(self._site.store.rhythm(source_id)))

    def forget(self, source_id: str) -> None:
        """Drop what was learned in a transaction that was undone."""
        self._habits.pop(source_id, None)

    def _after(
        self,
        source: Source,
        state: SourceState,
        habit: Habit,
        max_age: timedelta | None,
        now: datetime,
    ) -> SourceState:
        polling = self._site.config.settings.polling
        if source.every is not None:
            return after_success(state, source.url, source.every, now)
        wishes = [wish for wish in (habit.rhythm.wish, max_age) if wish is not None]
        span = pause(
            habit.week,
            polling.every,
            now,
            fastest=polling.fastest,
            slowest=polling.slowest,
            window=state.usual,
            wish=max(wishes, default=None),
        )
        return after_success(state, source.url, span, now)

    def _judged(
        self, source: Source, state: SourceState, habit: Habit, now: datetime, *, same_body: bool
    ) -> SourceState:
        finding: Finding | None = (
            health.flaw_finding(state, source.lang)
            or health.stale(state)
            or health.silence(habit.rhythm, habit.week, state, now, same_body=same_body)
        )
        return health.with_finding(state, finding, now)

    def _keep(self, source_id: str, rhythm: Rhythm | None) -> Habit:
        rhythm = rhythm or Rhythm(self._site.clock.now())
        # Thousands are kept: without the counts, and with one object for all empty sets.
        kept = replace(rhythm, counts=(), silent=rhythm.silent or frozenset())
        habit = Habit(kept, week_of(rhythm))
        self._habits[source_id] = habit
        return habit

    def _learn(self, unit: Unit, document: Document, tally: Tally) -> Habit:
        """The habit with the new entries of this document; written only when it changed."""
        source, feed, now = document.source, document.feed, document.now
        read = document.state.last_success
        came = [arrived(date, read, now, first=document.first) for date in tally.came]
        before = _load(unit.rhythm(source.id))
        rhythm = learned(before, [moment for moment in came if moment is not None], now)
        rhythm = replace(rhythm, wish=feed.ttl or feed.update_every, silent=_silent(feed))
        if rhythm != before:
            unit.save_rhythm(source.id, _RHYTHM.dump_python(rhythm, mode="json"))
        return self._keep(source.id, rhythm)


def to_be_read_again(before: SourceState, after: SourceState, now: datetime) -> SourceState:
    """The state after only a part of a document was stored: the same document is read once more.

    A first read that was not finished is still the first: what is left of it is quiet too.
    """
    return replace(
        after,
        baseline_done=before.baseline_done,
        etag=before.etag,
        last_modified=before.last_modified,
        body_hash=before.body_hash,
        next_due=now + AGAIN,
    )


def _load(saved: object) -> Rhythm | None:
    return _RHYTHM.validate_python(saved) if saved is not None else None


def _silent(feed: ParsedFeed) -> frozenset[int]:
    """The hours of the week in which the feed says that nothing comes."""
    hours = {day * 24 + hour for day in range(7) for hour in feed.skip_hours}
    return frozenset(hours | {day * 24 + hour for day in feed.skip_days for hour in range(24)})


def _contents(document: Document) -> Contents:
    feed, reading = document.feed, document.reading
    # A few new titles do not tell the language of a document.
    titles = () if reading.known else tuple(entry.title for entry in feed.entries)
    failure = any(warning.startswith(BRIDGE_SAYS) for warning in feed.warnings)
    return Contents(reading.count, titles, CUT_OFF in feed.warnings, failure)


def _lies(state: SourceState, got: Fetched, tally: Tally) -> int:
    """How often in a row the server hid news behind a 304; a candid answer clears it."""
    if not tally.came or got.candid is None:
        return state.lies
    return 0 if got.candid else state.lies + 1


def _rolled_over(state: SourceState, contents: Contents, tally: Tally) -> bool:
    """Whether nothing in the document was there at the last read (fault A15)."""
    enough = state.baseline_done and state.entries > 0 and contents.entries >= _FEWEST
    return enough and not tally.known and len(tally.came) >= contents.entries


def _gap(unit: Unit, habit: Habit, document: Document) -> HealthEvent:
    """The gap in words: when, and how many entries may be missing."""
    state, now, entries = document.state, document.now, document.feed.entries
    before = state.last_success or state.last_polled or now
    dates = [entry.published for entry in entries if entry.published is not None]
    until = min([date for date in dates if before < date <= now], default=now)
    missed = habit.week.expected(before, until)
    about = f", about {missed:,.0f} by its rhythm" if missed >= 1 else ""
    cause = (
        f"All {len(entries)} entries are new since the last read: entries from between "
        f"{before:%Y-%m-%d %H:%M} and {until:%Y-%m-%d %H:%M} UTC may have been missed{about}."
    )
    owed = not unit.health_since(state.id, "gap", now - _GAP_AGAIN)
    return HealthEvent(now, state.id, "gap", cause=cause, since=before, owed=owed)
