"""What follows a try: a pure table, and the only place that knows the retry policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.models import (
    Delivery,
    DeliveryState,
    Refused,
    SendResult,
    Sent,
    TryLater,
)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=60)
GIVE_UP_AFTER = timedelta(hours=72)
LONGEST_WISH = timedelta(hours=24)
MAX_AMBIGUOUS = 3
# The server's own wish is taken as it is this often; one that goes on wishing for a second each
# time is then asked no more often than a server that fails, lest it blocks us for good.
TRUSTED_WISHES = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a delivery stands after a try. `next_try` is set exactly when `state` is pending."""

    state: DeliveryState
    next_try: datetime | None = None
    error: str | None = None
    ambiguous: int = 0
    reference: str | None = None


def after_send(delivery: Delivery, result: SendResult, now: datetime) -> Outcome:
    """The outcome of the try that `delivery.attempt` counted, which ended at `now`."""
    match result:
        case Sent(reference=reference):
            return Outcome(DeliveryState.SENT, ambiguous=delivery.ambiguous, reference=reference)
        case Refused(why=why):
            return Outcome(DeliveryState.REFUSED, error=why, ambiguous=delivery.ambiguous)
        case TryLater(why=why, after=after):
            return _again(delivery, why, delivery.ambiguous, after, now)
    ambiguous = delivery.ambiguous + 1
    if ambiguous >= MAX_AMBIGUOUS:
        return Outcome(DeliveryState.UNCONFIRMED, error=result.why, ambiguous=ambiguous)
    return _again(delivery, result.why, ambiguous, result.after, now)


def backoff(attempt: int) -> timedelta:
    """The wait after try number `attempt` (from 1): 1, 2, 4 ... minutes, at most 60."""
    return min(FIRST_WAIT * (1 << min(max(attempt - 1, 0), 10)), LONGEST_WAIT)


def _again(
    delivery: Delivery, why: str, ambiguous: int, after: timedelta | None, now: datetime
) -> Outcome:
    if now - delivery.created >= GIVE_UP_AFTER:
        # A copy may have arrived in an earlier, ambiguous try: saying "expired" would be wrong.
        state = DeliveryState.UNCONFIRMED if ambiguous else DeliveryState.EXPIRED
        return Outcome(state, error=why, ambiguous=ambiguous)
    wait = backoff(delivery.attempt)
    if after is not None:
        wish = min(max(after, timedelta(0)), LONGEST_WISH)
        wait = wish if delivery.attempt <= TRUSTED_WISHES else max(wish, wait)
    return Outcome(DeliveryState.PENDING, next_try=now + wait, error=why, ambiguous=ambiguous)
