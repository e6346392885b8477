from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import FetchError, ParseError
from monitor.models import SourceState
from monitor.sources.cadence import (
    LONGEST_BACKOFF,
    after_failure,
    after_success,
    interval_of,
    next_due,
    wants_full_read,
)

NOW = datetime(2019, 3, 22, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
STATE = SourceState("feed", "http://feed.example/", NOW, last_full=NOW)


def test_a_healthy_source_keeps_its_interval() -> None:
    assert interval_of(QUARTER, 0) == QUARTER


def test_B1_backoff_doubles_up_to_an_hour_and_never_gives_up() -> None:
    pauses = [interval_of(QUARTER, failures) for failures in (1, 2, 3, 300)]
    assert pauses == [timedelta(minutes=30), timedelta(hours=1), LONGEST_BACKOFF, LONGEST_BACKOFF]


def test_B1_where_nobody_answered_the_next_try_is_soon_and_then_ever_later() -> None:
    pauses = [interval_of(QUARTER, failures, answered=False) for failures in (1, 2, 3, 300)]
    minutes = [pause.total_seconds() / 60 for pause in pauses]
    assert minutes == [1, 2, 4, 60]


def test_a_lost_network_is_tried_again_after_a_minute() -> None:
    after = after_failure(STATE, QUARTER, FetchError("feed: no such name"), NOW)
    assert timedelta(seconds=54) <= after.next_due - NOW <= timedelta(seconds=66)


def test_a_source_read_less_often_than_hourly_is_not_read_more_often_because_it_fails() -> None:
    assert interval_of(timedelta(hours=6), 5) == timedelta(hours=6)


@given(st.text(min_size=1), st.integers(min_value=0, max_value=10**6))
def test_D6_the_next_poll_is_spread_by_a_tenth_to_both_sides(name: str, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    pause = next_due(name, QUARTER, now) - now
    assert timedelta(minutes=13, seconds=30) <= pause <= timedelta(minutes=16, seconds=30)


def test_D6_sources_due_together_do_not_stay_together() -> None:
    assert len({next_due(f"feed-{n}", QUARTER, NOW) for n in range(100)}) > 90


def test_the_same_history_gives_the_same_schedule() -> None:
    assert next_due("feed", QUARTER, NOW) == next_due("feed", QUARTER, NOW)


def test_B7_the_servers_wish_is_a_lower_bound() -> None:
    wish = timedelta(hours=3)
    assert next_due("feed", QUARTER, NOW, failures=1, retry_after=wish) == NOW + wish


def test_B6_validators_are_left_out_once_a_day_and_after_a_failure() -> None:
    assert wants_full_read(None, 0, NOW)
    assert not wants_full_read(NOW - timedelta(hours=23), 0, NOW)
    assert wants_full_read(NOW - timedelta(hours=24), 0, NOW)
    assert wants_full_read(NOW - timedelta(hours=1), 1, NOW)


def test_B6_a_clock_that_was_set_back_does_not_put_off_the_full_read() -> None:
    assert wants_full_read(NOW + timedelta(days=2), 0, NOW)


def test_success_clears_the_failure_and_keeps_the_last_full_read() -> None:
    failed = replace(STATE, failures=3, last_error="refused", last_full=NOW - timedelta(hours=1))
    after = after_success(failed, STATE.url, QUARTER, NOW)
    assert (after.failures, after.last_error) == (0, None)
    assert after.last_success == after.last_polled == NOW
    assert after.last_full == NOW  # a read after a failure is a full one
    later = after_success(after, STATE.url, QUARTER, NOW + QUARTER)
    assert later.last_full == NOW


def test_failure_keeps_what_was_known_and_obeys_retry_after() -> None:
    known = replace(STATE, etag="abc", body_hash="123", last_success=NOW)
    wish = timedelta(hours=2)
    after = after_failure(known, QUARTER, FetchError("feed: too many requests", wish), NOW)
    assert (after.etag, after.body_hash, after.last_success) == ("abc", "123", NOW)
    assert (after.failures, after.last_error) == (1, "feed: too many requests")
    assert after.next_due == NOW + wish


def test_a_feed_that_cannot_be_parsed_has_no_wish() -> None:
    after = after_failure(STATE, QUARTER, ParseError("feed: a web page"), NOW)
    assert timedelta(minutes=27) <= after.next_due - NOW <= timedelta(minutes=33)
