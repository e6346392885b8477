"""When a source publishes: what is learned from its entries, and when it is read because of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.sources.rhythm import (
    HOURS,
    Rhythm,
    Week,
    arrived,
    hour_of,
    learned,
    pause,
    week_of,
)

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
QUARTER = timedelta(minutes=15)
BOUNDS: dict[str, Any] = {"fastest": timedelta(minutes=3), "slowest": HOUR}
FLAT = week_of(Rhythm(MONDAY))


def office_hours(weeks: int, start: datetime = MONDAY) -> Iterator[datetime]:
    """Four entries an hour from 9 to 17 on weekdays."""
    for day in range(weeks * 7):
        if day % 7 < 5:
            for quarter in range(8 * 4):
                yield start + day * DAY + 9 * HOUR + quarter * QUARTER


def office(weeks: int) -> Rhythm:
    rhythm: Rhythm | None = None
    for moment in office_hours(weeks):
        rhythm = learned(rhythm, [moment], moment)
    assert rhythm is not None
    return rhythm


def shares(week: Week) -> list[float]:
    return [week.share(hour) for hour in range(HOURS)]


def polls(week: Week, start: datetime, span: timedelta, **options: Any) -> list[datetime]:
    """When a source is read in a span."""
    found, now = [], start
    while now < start + span:
        found.append(now)
        now += pause(week, QUARTER, now, **(BOUNDS | options))
    return found


def test_the_week_begins_on_monday_at_midnight_utc() -> None:
    assert hour_of(MONDAY) == 0
    assert hour_of(MONDAY + 5 * DAY + 90 * timedelta(minutes=1)) == 5 * 24 + 1
    assert hour_of(MONDAY - timedelta(seconds=1)) == HOURS - 1


@pytest.mark.parametrize(
    ("published", "first", "came"),
    [
        (MONDAY + 10 * HOUR, False, MONDAY + 10 * HOUR),  # between two reads: as it says
        (MONDAY - DAY, False, MONDAY + 10 * HOUR),  # before the last read: the middle of the two
        (MONDAY + 2 * DAY, False, MONDAY + 10 * HOUR),  # not yet
        (None, False, MONDAY + 10 * HOUR),
        (MONDAY - DAY, True, MONDAY - DAY),  # on the first read every past date counts
        (MONDAY + 2 * DAY, True, None),
        (None, True, None),
    ],
)
def test_an_entry_came_when_it_says_if_that_lies_between_two_reads(
    published: datetime | None, first: bool, came: datetime | None
) -> None:
    before, now = MONDAY + 8 * HOUR, MONDAY + 12 * HOUR
    assert arrived(published, before, now, first=first) == came


@pytest.mark.parametrize("before", [None, MONDAY + DAY])
def test_D1_without_a_last_read_before_now_it_came_now(before: datetime | None) -> None:
    assert arrived(None, before, MONDAY) == MONDAY


def test_a_rhythm_is_known_after_ten_arrivals_and_a_day() -> None:
    nine = learned(None, [MONDAY + n * 4 * HOUR for n in range(9)], MONDAY + 2 * DAY)
    assert not nine.known
    assert learned(nine, [MONDAY + 2 * DAY], MONDAY + 2 * DAY).known
    burst = learned(None, [MONDAY] * 20, MONDAY + HOUR)
    assert not burst.known
    assert not Rhythm(MONDAY).known


def test_nothing_fades_while_nothing_comes() -> None:
    rhythm = office(2)
    assert learned(rhythm, [], MONDAY + 100 * DAY) is rhythm
    assert learned(None, [], MONDAY) == Rhythm(MONDAY)


def test_old_counts_fade_by_half_in_a_month() -> None:
    rhythm = office(1)
    later = learned(rhythm, [rhythm.at + 30 * DAY], rhythm.at + 30 * DAY)
    monday_at_ten = 10
    assert later.counts[monday_at_ten] == pytest.approx(rhythm.counts[monday_at_ten] / 2, abs=0.01)
    assert later.arrivals == rhythm.arrivals + 1
    assert later.longest == 30 * DAY


def test_D1_a_clock_that_was_set_back_makes_no_count_grow() -> None:
    rhythm = office(1)
    back = learned(rhythm, [MONDAY], MONDAY)
    assert back.at == rhythm.at
    assert sum(back.counts) == pytest.approx(sum(rhythm.counts) + 1, abs=0.1)
    assert back.last == rhythm.last


def test_what_the_document_says_of_itself_is_kept_by_the_first_arrival() -> None:
    hints = replace(Rhythm(MONDAY), wish=HOUR, silent=frozenset({1}))
    first = learned(hints, [MONDAY], MONDAY)
    assert (first.wish, first.silent) == (HOUR, frozenset({1}))


def test_an_unknown_rhythm_asks_for_the_same_pause_all_week() -> None:
    assert set(shares(FLAT)) == {1.0}
    assert {pause(FLAT, QUARTER, MONDAY + n * HOUR, **BOUNDS) for n in range(HOURS)} == {QUARTER}
    assert FLAT.expected(MONDAY, MONDAY + WEEK) == 0


def test_busy_hours_are_read_more_often_with_as_many_requests_in_a_week() -> None:
    week = week_of(office(4))
    busy = pause(week, QUARTER, MONDAY + 28 * DAY + 11 * HOUR, **BOUNDS)
    night = pause(week, QUARTER, MONDAY + 28 * DAY + 2 * HOUR, **BOUNDS)
    weekend = pause(week, QUARTER, MONDAY + 33 * DAY + 11 * HOUR, **BOUNDS)
    assert timedelta(minutes=3) <= busy < QUARTER / 2
    assert QUARTER * 2 < night <= HOUR
    assert weekend > busy * 2
    assert sum(shares(week)) == pytest.approx(HOURS, rel=1e-3)
    requests = len(polls(week, MONDAY + 28 * DAY, WEEK))
    assert requests == pytest.approx(WEEK / QUARTER, rel=0.1)


def test_entries_are_expected_when_they_came_before() -> None:
    week = week_of(office(4))
    start = MONDAY + 28 * DAY
    assert week.expected(start, start + WEEK) == pytest.approx(5 * 32, rel=0.1)
    assert week.expected(start, start + 3 * WEEK) == pytest.approx(
        3 * week.expected(start, start + WEEK), rel=1e-3
    )
    assert week.expected(start + 9 * HOUR, start + 17 * HOUR) > 20
    assert week.expected(start, start + 8 * HOUR) < 3
    assert week.expected(start + HOUR, start) == 0


def test_hours_that_a_feed_calls_silent_are_read_least() -> None:
    silent = frozenset(range(24))
    rhythm = replace(Rhythm(MONDAY), silent=silent)
    monday, tuesday = week_of(rhythm).share(3), week_of(rhythm).share(27)
    assert monday < tuesday / 5
    assert monday > 0


def test_silent_hours_are_not_believed_when_entries_come_in_them() -> None:
    rhythm = office(2)
    assert week_of(replace(rhythm, silent=frozenset(range(24)))) == week_of(rhythm)
    everything = replace(rhythm, silent=frozenset(range(HOURS)))
    assert week_of(everything) == week_of(rhythm)


def test_a_rhythm_whose_counts_faded_away_is_flat() -> None:
    faded = replace(office(2), counts=(0.0,) * HOURS)
    assert set(shares(week_of(faded))) == {1.0}


@pytest.mark.parametrize("every", [timedelta(minutes=1), QUARTER, timedelta(hours=3)])
def test_the_bounds_hold_and_every_itself_is_always_allowed(every: timedelta) -> None:
    week = week_of(office(4))
    spans = {pause(week, every, MONDAY + n * HOUR, **BOUNDS) for n in range(HOURS)}
    assert min(spans) >= min(BOUNDS["fastest"], every)
    assert max(spans) <= max(BOUNDS["slowest"], every)
    assert min(spans) < max(spans) or every < BOUNDS["fastest"]


def test_a_wish_is_obeyed_up_to_every_and_beyond_where_nothing_is_expected() -> None:
    week = week_of(office(4))
    start = MONDAY + 28 * DAY
    busy = start + 11 * HOUR
    assert pause(week, QUARTER, busy, wish=timedelta(minutes=10), **BOUNDS) == timedelta(minutes=10)
    assert pause(week, QUARTER, busy, wish=DAY, **BOUNDS) == QUARTER
    assert pause(week, QUARTER, start + 2 * HOUR, wish=DAY, **BOUNDS) == HOUR


def test_A15_no_pause_is_so_long_that_the_window_can_roll_over() -> None:
    rhythm: Rhythm | None = None
    for minute in range(0, 3 * 24 * 60, 2):  # thirty an hour, day and night
        moment = MONDAY + timedelta(minutes=minute)
        rhythm = learned(rhythm, [moment], moment)
    assert rhythm is not None
    week = week_of(rhythm)
    start = MONDAY + 3 * DAY
    wide = pause(week, HOUR, start, window=200, **BOUNDS)
    narrow = pause(week, HOUR, start, window=20, **BOUNDS)
    assert wide == pytest.approx(HOUR, rel=0.3)
    came = week.expected(start, start + narrow)
    assert came + 2 * came**0.5 == pytest.approx(0.7 * 20)  # the rest is for bursts
    assert narrow < wide / 2
    assert pause(week, HOUR, start, window=2, **BOUNDS) == wide  # too short to say anything
