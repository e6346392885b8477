"""When a source publishes: learned by hour and weekday from the entries that polls brought. Pure.

The week has 168 hours of UTC, Monday's first is 0. An hour's rate rests on its own count as far as
there is one, else on that hour of any day and on that weekday, else on the mean: so the hour of day
is known after some days and the weekend after some weeks. Old counts fade by half in a month.

The rhythm does not ask for more requests: a source that is read every 15 minutes is read as often
in a week, only more often when it publishes and less often when it sleeps.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

HOURS = 168
HALF_LIFE = timedelta(days=30)
ENOUGH = 10  # arrivals before the rhythm moves a poll or says that a source is late
ENOUGH_TIME = timedelta(days=1)
# Requests follow the rate to this power. 0.5 makes the mean delay shortest, 1 the delay of the
# typical entry; measured in bench/cadence.py.
_POWER = 0.75
_FLOOR = 0.1  # of the mean: no hour is left quite without a poll
_DAYS_PRIOR = 2.0  # an hour of the day begins with the weight of so many days of the mean
_WEEKS_PRIOR = 2.0  # and an hour of the week with so many weeks of its hour and its weekday
_ROOM = 0.7  # of a document may be new at the next read, the rest is for bursts
_RARE = 0.05  # of all arrivals: what a feed may publish in hours that it calls silent
_HOUR = timedelta(hours=1)
_WEEK = timedelta(days=7)
_EPOCH = datetime(1970, 1, 5, tzinfo=UTC)  # a Monday


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is remembered of a source's publishing.

    `counts` are arrivals by hour of the week and `weeks` how long they were counted, both faded.
    """

    at: datetime  # the last time something was learned
    counts: tuple[float, ...] = (0.0,) * HOURS
    weeks: float = 0.0
    arrivals: int = 0  # never faded
    since: datetime | None = None  # the first arrival counted
    last: datetime | None = None  # the latest arrival
    longest: timedelta = timedelta()  # pause between two arrivals
    wish: timedelta | None = None  # how long the document says it is good
    silent: frozenset[int] = frozenset()  # hours of the week in which it says nothing comes

    @property
    def known(self) -> bool:
        """Whether enough was seen to rest anything on."""
        if self.since is None or self.last is None:
            return False
        return self.arrivals >= ENOUGH and self.at - self.since >= ENOUGH_TIME


@dataclass(frozen=True, slots=True)
class Week:
    """A rhythm made ready for use: entries expected in each hour, and each hour's share of polls.

    Small, because one is kept for every source: an hour's share is worked out when it is asked for.
    """

    rates: array[float]
    silent: frozenset[int]  # hours without a share of their own
    level: float  # what an hour of the mean weighs
    top: float  # the mean of the shares before they are brought to 1

    def share(self, hour: int) -> float:
        """An hour's share of polls; the mean of all is 1."""
        return max(_weight(self.rates, self.silent, hour) / self.level, _FLOOR) / self.top

    def expected(self, start: datetime, end: datetime) -> float:
        """How many entries such a week brings from `start` to `end`; 0 when that is no span."""
        if end <= start:
            return 0.0
        weeks, rest = divmod(end - start, _WEEK)
        first, inside = divmod(start - _EPOCH, _HOUR)
        last, over = divmod(start + rest - _EPOCH, _HOUR)
        hours = [self.rates[hour % HOURS] for hour in range(first, last + 1)]
        return (
            weeks * sum(self.rates)
            + sum(hours)
            - hours[0] * (inside / _HOUR)
            - hours[-1] * (1 - over / _HOUR)
        )


def hour_of(moment: datetime) -> int:
    """The hour of the week, 0 to 167."""
    return int((moment - _EPOCH) // _HOUR) % HOURS


def arrived(
    published: datetime | None, before: datetime | None, now: datetime, *, first: bool = False
) -> datetime | None:
    """When a new entry came into its feed: when it says so, if that lies between two reads.

    A date before the last read is wrong about the feed, if not about the article: the middle of
    the two reads stands for it. On the first read every past date counts, and an undated entry
    says nothing: None.
    """
    if first:
        return published if published is not None and published <= now else None
    start = before if before is not None and before < now else now
    if published is not None and start <= published <= now:
        return published
    return start + (now - start) / 2


def learned(rhythm: Rhythm | None, arrivals: Iterable[datetime], now: datetime) -> Rhythm:
    """The rhythm with these arrivals counted.

    Nothing fades while nothing comes, so that a source that falls silent is measured against the
    rhythm it had.
    """
    came = sorted(arrivals)
    if not came:
        return rhythm or Rhythm(now)
    if rhythm is None or rhythm.last is None:
        hints = (rhythm.wish, rhythm.silent) if rhythm else (None, frozenset[int]())
        rhythm = Rhythm(came[0], since=came[0], last=came[0], wish=hints[0], silent=hints[1])
    now = max(now, rhythm.at)  # the clock was set back: the old time stands until it is reached
    kept = 0.5 ** ((now - rhythm.at) / HALF_LIFE)
    counts = [count * kept for count in rhythm.counts]
    for moment in came:
        counts[hour_of(moment)] += 1
    return replace(
        rhythm,
        at=now,
        counts=tuple([round(count, 3) if count else 0.0 for count in counts]),
        weeks=rhythm.weeks * kept + (now - rhythm.at) / _WEEK,
        arrivals=rhythm.arrivals + len(came),
        last=max(came[-1], rhythm.last or came[-1]),
        longest=max(_longest(rhythm.last, came), rhythm.longest * kept),
    )


def _longest(last: datetime | None, came: Sequence[datetime]) -> timedelta:
    points = [last or came[0], *came]
    return max(after - before for before, after in pairwise(points))


def week_of(rhythm: Rhythm) -> Week:
    """The rhythm ready for use; flat where too little is known."""
    found = _rates(rhythm) if rhythm.known else []
    rates = array("f", found) if any(found) else _NONE
    silent = rhythm.silent if rhythm.silent and _keeps_silence(rhythm) else frozenset[int]()
    if silent or rates is _NONE:
        weights = [_weight(rates, silent, hour) for hour in range(HOURS)]
    else:
        weights = [rate**_POWER for rate in rates]
    level = sum(weights) / HOURS or 1.0
    least = _FLOOR * level
    top = sum([weight if weight > least else least for weight in weights]) / level / HOURS
    return Week(rates, silent, level, top)


_NONE = array("f", [0.0] * HOURS)  # of all sources of which too little is known


def _weight(rates: array[float], silent: frozenset[int], hour: int) -> float:
    if hour in silent:
        return 0.0
    return 1.0 if rates is _NONE else rates[hour] ** _POWER


def _rates(rhythm: Rhythm) -> list[float]:
    """Entries an hour, for every hour of the week."""
    counts, weeks = rhythm.counts, rhythm.weeks
    mean = sum(counts) / (HOURS * weeks)
    if not mean:
        return [0.0] * HOURS
    by_hour = [
        (sum(counts[hour::24]) + _DAYS_PRIOR * mean) / (7 * weeks + _DAYS_PRIOR)
        for hour in range(24)
    ]
    of_day = [
        (sum(counts[day * 24 : day * 24 + 24]) + _WEEKS_PRIOR * 24 * mean)
        / ((weeks + _WEEKS_PRIOR) * 24 * mean)
        for day in range(7)
    ]
    return [
        (counts[hour] + _WEEKS_PRIOR * by_hour[hour % 24] * of_day[hour // 24])
        / (weeks + _WEEKS_PRIOR)
        for hour in range(HOURS)
    ]


def _keeps_silence(rhythm: Rhythm) -> bool:
    """Whether the hours that the feed calls silent are, as far as we saw."""
    if len(rhythm.silent) >= HOURS:
        return False
    return sum(rhythm.counts[hour] for hour in rhythm.silent) <= _RARE * sum(rhythm.counts)


def pause(
    week: Week,
    every: timedelta,
    now: datetime,
    *,
    fastest: timedelta,
    slowest: timedelta,
    window: int = 0,
    wish: timedelta | None = None,
) -> timedelta:
    """The time to the next poll of a source that is read every `every` in the mean.

    Within `fastest` and `slowest`, `every` itself always allowed. A `wish` of the server or the
    document is obeyed up to `every`, and beyond it where no entry is expected meanwhile. Never so
    long that more than a part of the document's `window` entries is expected to be new.
    """
    fast, slow = min(fastest, every), max(slowest, every)
    span = _until(week, every, now, slow)
    if wish is not None:
        wish = min(wish, slow)
        span = max(span, wish if week.expected(now, now + wish) < 1 else min(wish, every))
    return max(min(span, _rollover(week, now, slow, window)), fast)


def _until(week: Week, every: timedelta, now: datetime, slow: timedelta) -> timedelta:
    """How long until the shares of the hours ahead have made up one interval."""
    need, span = every, timedelta()
    for hour, part in _hours(now, now + slow):
        share = week.share(hour)
        if part * share >= need:
            return span + need / share
        need -= part * share
        span += part
    return slow


def _rollover(week: Week, now: datetime, slow: timedelta, window: int) -> timedelta:
    """How long until so many entries are expected that the document may have rolled over.

    Counts scatter by their root: `most` is the count that stays in the room when twice that comes
    on top.
    """
    if window < 3:
        return slow
    most = (math.sqrt(1 + window * _ROOM) - 1) ** 2
    span, came = timedelta(), 0.0
    for hour, part in _hours(now, now + slow):
        coming = week.rates[hour] * (part / _HOUR)
        if came + coming > most:
            return span + part * ((most - came) / coming)
        came += coming
        span += part
    return slow


def _hours(start: datetime, end: datetime) -> Iterable[tuple[int, timedelta]]:
    """The hours of the week that a span touches, each with how much of it lies inside."""
    while start < end:
        begun = (start - _EPOCH) // _HOUR
        edge = min(_EPOCH + (begun + 1) * _HOUR, end)
        yield int(begun) % HOURS, edge - start
        start = edge
