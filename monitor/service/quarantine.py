"""A source that ends the process each time it is read is set aside for an hour, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.models import SourceState
from monitor.service.log import get_logger
from monitor.service.site import Site
from monitor.service.underway import FILE, left
from monitor.sources.health import Finding, Trouble, with_finding
from monitor.store import HealthEvent

log = get_logger()

MOST = 3  # ends of the process while one source was being read, and never well in between
ASIDE = timedelta(hours=1)
CRASHED = "crashed"  # the word in the history of a source


def set_aside(site: Site, now: datetime) -> None:
    """At the start: note which sources the last process did not survive (fault E9).

    One that ended it three times since it was last read well is not due for an hour.
    """
    names = left(site.config.data)
    if not names:
        return
    with site.store.writing() as unit:
        for state in unit.states_of(names):
            cause = "The service ended without a stop while it read this source."
            unit.add_health_event(HealthEvent(now, state.id, CRASHED, cause=cause))
            times = unit.count_health(state.id, CRASHED, state.last_success)
            log.warning("the last run ended while it read", source=state.id, times=times)
            if times >= MOST:
                unit.save_source(_aside(state, times, now))
    (site.config.data / FILE).unlink(missing_ok=True)


def _aside(state: SourceState, times: int, now: datetime) -> SourceState:
    cause = f"The service ended {times} times while it read this source."
    after = with_finding(state, Finding(Trouble.CRASH, cause), now)
    return replace(
        after,
        next_due=now + ASIDE,
        last_polled=now,
        failures=state.failures + 1,
        last_error=f"{state.id}: {cause}",
    )
