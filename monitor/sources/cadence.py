"""When a source is read next: its interval, spread, backed off after failures. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.errors import (
    BadAddress,
    FetchError,
    HttpStatus,
    ParseError,
    SourceError,
    TooLarge,
)
from monitor.models import SourceState

FULL_READ_EVERY = timedelta(hours=24)
LONGEST_BACKOFF = timedelta(hours=1)
FIRST_RETRY = timedelta(minutes=1)
_SPREAD = 0.1  # of the interval, to both sides


def interval_of(every: timedelta, failures: int, *, answered: bool = True) -> timedelta:
    """The pause after `failures` failed polls in a row, at most an hour.

    A server that answered with an error is given twice the time, again and again. Where nobody
    answered (no network, no name), the next try comes after a minute, then two, four and so on, so
    that a network that returns is noticed soon. A source that is polled less often than hourly is
    never asked more often by a server's error. No number of failures gives a source up.
    """
    if failures == 0:
        return every
    doubled: int = 2 ** min(failures - 1, 10)
    if not answered:
        return min(FIRST_RETRY * doubled, max(every, LONGEST_BACKOFF))
    return max(every, min(every * 2 * doubled, LONGEST_BACKOFF))


def next_due(
    source_id: str,
    every: timedelta,
    now: datetime,
    failures: int = 0,
    retry_after: timedelta | None = None,
    *,
    answered: bool = True,
) -> datetime:
    """The time of the next poll, spread by a tenth so that sources do not march in step.

    The spread follows from the source and the minute, not from chance, so that a replay gives the
    same schedule. The server's own wish (`retry_after`) is a lower bound.
    """
    pause = interval_of(every, failures, answered=answered)
    spread = pause * (_SPREAD * (2 * _share(f"{source_id} {now:%Y%m%d%H%M}") - 1))
    return now + max(pause + spread, retry_after or timedelta())


def wants_full_read(last_full: datetime | None, failures: int, now: datetime) -> bool:
    """Whether validators are left out: once a day, and after a failure (a stale 304 hides news).

    Source: fault B6; urlwatch issue 292.
    """
    return last_full is None or failures > 0 or abs(now - last_full) >= FULL_READ_EVERY


def _share(text: str) -> float:
    """A number in [0, 1) that follows from the text."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big") / 2**32


def after_success(state: SourceState, url: str, every: timedelta, now: datetime) -> SourceState:
    """The state after a poll that read the source or learned that nothing changed."""
    full = wants_full_read(state.last_full, state.failures, now)
    return replace(
        state,
        url=url,
        next_due=next_due(state.id, every, now),
        failures=0,
        last_error=None,
        last_polled=now,
        last_success=now,
        last_full=now if full else state.last_full,
    )


def after_failure(
    state: SourceState, every: timedelta, error: SourceError, now: datetime
) -> SourceState:
    """The state after a poll that failed: what was known of the source stays."""
    failures = state.failures + 1
    wish = error.retry_after if isinstance(error, FetchError) else None
    answered = isinstance(error, HttpStatus | ParseError | BadAddress | TooLarge)
    return replace(
        state,
        failures=failures,
        last_error=str(error),
        last_polled=now,
        next_due=next_due(state.id, every, now, failures, wish, answered=answered),
    )
