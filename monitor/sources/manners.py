"""What a server asks of its readers: how long an answer is good, when to come back, where to go.

Pure. Every wish is bounded: a server that says "ten years" is a mistake, not a rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.models import Fetched, NotModified, SourceState

RETRY_MIN = timedelta(minutes=1)
RETRY_MAX = timedelta(hours=24)
FRESH_MAX = timedelta(hours=1)
MOVED_AFTER = 3  # identical answers before a permanent redirect is believed
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_NO_STORE = re.compile(r"(?:^|[\s,])(?:no-cache|no-store|must-understand)(?![\w-])", re.IGNORECASE)


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """A Retry-After header as a span from one minute to a day; None when there is none to read."""
    if value is None:
        return None
    text = value.strip()
    try:
        wish = timedelta(seconds=min(int(text), 10**9))
    except (ValueError, OverflowError):
        try:
            when = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        wish = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    return max(RETRY_MIN, min(wish, RETRY_MAX))


def max_age(headers: Mapping[str, str]) -> timedelta | None:
    """How long Cache-Control calls the answer good, less its Age: a lower bound for the next poll.

    At most an hour: many servers give a feed the lifetime of their pictures. None when nothing is
    said or the answer is good no longer. `headers` has lower-case names (RFC 9111, 5.2.2).
    """
    said = headers.get("cache-control", "")
    found = _MAX_AGE.search(said)
    if not found or _NO_STORE.search(said):
        return None
    age = headers.get("age", "").strip()
    left = int(found[1]) - (int(age) if age.isdecimal() and len(age) <= 12 else 0)
    return min(timedelta(seconds=left), FRESH_MAX) if left > 0 else None


def address(configured: str, state: SourceState, *, conditional: bool) -> str:
    """Where the source is asked: at its new address once the move is believed.

    An unconditional read, each day and after every failure, asks the configured address again, so
    a move that was taken back is noticed.
    """
    if conditional and state.moved_to and state.moved_seen >= MOVED_AFTER:
        return state.moved_to
    return configured


def with_move(state: SourceState, got: Fetched | NotModified) -> SourceState:
    """The state with this answer's permanent redirect counted; another one, or none, starts anew.

    Only answers that could be read as the source are to be counted.
    """
    if got.moved_to is None:
        return replace(state, moved_to=None, moved_seen=0) if state.moved_to else state
    seen = state.moved_seen + 1 if got.moved_to == state.moved_to else 1
    return replace(state, moved_to=got.moved_to, moved_seen=min(seen, MOVED_AFTER))
