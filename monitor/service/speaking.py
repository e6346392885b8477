"""When the service speaks of its sources: once when one breaks, once when it works again. Pure.

Told late (a short error is none), once a week while it lasts, together (one message for what broke
together), and less and less of a source that breaks and works in turn. Hardly anything readable is
one message about this machine and none about its sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from monitor.models import SourceState
from monitor.sources.health import FAILURES, TOLERANCE, Trouble, is_error
from monitor.store import Told

ALL = ""  # stands for all sources where one id is asked for
GATHER = timedelta(minutes=15)  # between two messages of one kind; what is due meanwhile is joined
OUTAGE_AFTER = timedelta(minutes=15)
OUTAGE_FAILURES = 2
LATELY = timedelta(days=7)
REMIND = timedelta(days=7)  # of what stays broken, or it is forgotten
# How long a source has to be well before it is said to work again, by how often it broke lately.
CALM = (timedelta(), timedelta(hours=6), timedelta(hours=24))


def breaks(
    troubled: Iterable[SourceState], told: Mapping[str, Told], now: datetime
) -> tuple[SourceState, ...]:
    """Those in trouble that are to be told now: none, or all that are due or nearly so.

    A source that was never read, or never held an entry, is told by the summary of the first round.
    """
    over = told.get(ALL)
    start = over.at if over is not None and not over.broken else None
    new = [state for state in troubled if _may_be_told(state) and not _is_told(state, told)]
    if not any(_due(state, start, now) for state in new) or _just_said(told, True, now):
        return ()
    return tuple(state for state in new if _due(state, start, now + GATHER))


def _may_be_told(state: SourceState) -> bool:
    return state.baseline_done or state.trouble == Trouble.CRASH


def _is_told(state: SourceState, told: Mapping[str, Told]) -> bool:
    return state.id in told and told[state.id].broken


def _due(state: SourceState, start: datetime | None, now: datetime) -> bool:
    """Whether the trouble has lasted; `start` is when an outage of all ended."""
    if state.trouble not in set(Trouble) or state.since is None:
        return False
    if state.trouble == Trouble.EMPTY and state.last_new is None:
        return False
    if is_error(state) and state.failures < FAILURES:
        return False
    since = max(state.since, start) if start is not None and is_error(state) else state.since
    return now - since >= TOLERANCE[Trouble(state.trouble)]


def _just_said(told: Mapping[str, Told], broken: bool, now: datetime) -> bool:
    said = [one.at for one in told.values() if one.source != ALL and one.broken is broken]
    return any(timedelta() <= now - at < GATHER for at in said)


def reminders(
    troubled: Iterable[SourceState], told: Mapping[str, Told], now: datetime
) -> tuple[SourceState, ...]:
    """Those said to be broken that still are, all of them once it is a week for one.

    What was said within the last day is left out: it is still known.
    """
    still = [(state, now - told[state.id].at) for state in troubled if _is_told(state, told)]
    if all(age < REMIND for _, age in still):
        return ()
    return tuple(state for state, age in still if age >= timedelta(days=1))


def recoveries(
    states: Iterable[SourceState], told: Mapping[str, Told], now: datetime
) -> tuple[SourceState, ...]:
    """Those said to be broken that are well, and have been for as long as is asked of them."""
    well = [
        state
        for state in states
        if _is_told(state, told) and state.trouble is None and state.baseline_done
    ]
    if _just_said(told, False, now):
        return ()
    return tuple(state for state in well if _calm(state, told[state.id].times, now))


def _calm(state: SourceState, times: int, now: datetime) -> bool:
    return state.since is None or not timedelta() <= now - state.since < calm_after(times)


def calm_after(times: int) -> timedelta:
    """How long a source that broke so often lately has to be well."""
    return CALM[min(times, len(CALM)) - 1]


def times_after(before: Told | None, now: datetime) -> int:
    """How often a source has broken lately, this time included."""
    return before.times + 1 if before is not None and now - before.at < LATELY else 1


def down(troubled: Iterable[SourceState]) -> tuple[SourceState, ...]:
    """The sources that speak for an outage: read before, and failing more than once."""
    return tuple(
        state
        for state in troubled
        if is_error(state) and state.baseline_done and state.failures >= OUTAGE_FAILURES
    )


def begun(failing: Sequence[SourceState]) -> datetime | None:
    """When most of them had failed: what was read after that speaks against an outage."""
    since = sorted(state.since for state in failing if state.since is not None)
    return since[len(since) // 2] if since else None


def is_outage(
    failing: Sequence[SourceState], well: int, sources: int, told: Mapping[str, Told]
) -> bool:
    """Whether hardly anything can be read.

    `well` counts the sources read after `begun`. What was told source by source is no outage.
    """
    few = len(failing) < max(2, min(3, sources))
    return not (few or well * 9 > len(failing) or all(_is_told(s, told) for s in failing))


def is_over(failing: int, well: int) -> bool:
    """Whether an outage has ended: as many are read again as are still failing."""
    return well >= max(failing, 1)
