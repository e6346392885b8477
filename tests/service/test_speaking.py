"""When the service speaks of its sources: once at a break, once when it works again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.models import SourceState
from monitor.service.speaking import (
    ALL,
    GATHER,
    begun,
    breaks,
    calm_after,
    down,
    is_outage,
    is_over,
    recoveries,
    reminders,
    times_after,
)
from monitor.store import Told

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def broken(id_: str = "a", hours: float = 2, failures: int = 5, **more: Any) -> SourceState:
    """A source that could not be reached for some hours."""
    state = SourceState(
        id_,
        f"http://{id_}.example/",
        NOW,
        baseline_done=True,
        failures=failures,
        trouble="not reached",
        cause="refused",
        since=NOW - hours * HOUR,
        last_new=NOW - 2 * DAY,
    )
    return replace(state, **more)


def ids(states: tuple[SourceState, ...]) -> list[str]:
    return [state.id for state in states]


def said(*told: Told) -> dict[str, Told]:
    return {one.source: one for one in told}


@pytest.mark.parametrize(
    ("state", "due"),
    [
        (broken(), True),
        (broken(hours=0.5), False),  # the net is full of short errors
        (broken(failures=2), False),  # an hour by the clock, and tried twice
        (broken(baseline_done=False), False),  # told by the summary of the first round
        (broken(trouble="empty", failures=0, hours=2), False),
        (broken(trouble="empty", failures=0, hours=7), True),
        (broken(trouble="empty", failures=0, hours=7, last_new=None), False),  # so it began
        (broken(trouble="silent", failures=0, hours=0), True),  # it was judged late enough
        (broken(trouble="a word of an older version"), False),
        (broken(since=None), False),
    ],
)
def test_a_missed_cadence_is_told_and_a_single_error_is_not(state: SourceState, due: bool) -> None:
    assert ids(breaks([state], {}, NOW)) == (["a"] if due else [])


def test_what_was_said_is_not_said_again() -> None:
    assert breaks([broken()], said(Told("a", True, NOW - DAY)), NOW) == ()
    assert ids(breaks([broken()], said(Told("a", False, NOW - DAY)), NOW)) == ["a"]


def test_what_is_nearly_due_is_said_together() -> None:
    states = [broken("a"), broken("b", hours=0.8), broken("c", hours=0.5)]
    assert ids(breaks(states, {}, NOW)) == ["a", "b"]
    assert breaks(states[1:], {}, NOW) == ()


def test_between_two_messages_lies_a_quarter_of_an_hour() -> None:
    told = Told("b", True, NOW - GATHER + MINUTE)
    assert breaks([broken()], said(told), NOW) == ()
    assert ids(breaks([broken()], said(told), NOW + MINUTE)) == ["a"]


def test_D1_a_message_from_the_future_holds_nothing_back() -> None:
    assert ids(breaks([broken()], said(Told("b", True, NOW + DAY)), NOW)) == ["a"]


def test_B10_after_an_outage_each_source_has_its_hour_anew() -> None:
    over = said(Told(ALL, False, NOW - HOUR / 2))
    assert breaks([broken(hours=5)], over, NOW) == ()
    assert ids(breaks([broken(hours=5)], over, NOW + HOUR / 2)) == ["a"]
    silent = broken(trouble="silent", failures=0, hours=5)
    assert ids(breaks([silent], over, NOW)) == ["a"]


def well(hours: float = 1, **more: Any) -> SourceState:
    return broken(failures=0, trouble=None, cause=None, hours=hours, **more)


def test_what_stays_broken_is_said_once_a_week_and_together() -> None:
    ill = [broken(id_) for id_ in "abcd"]
    ages = {"a": 7, "b": 3, "c": 0.5}
    told = said(*(Told(id_, True, NOW - days * DAY) for id_, days in ages.items()))
    assert ids(reminders(ill, told, NOW)) == ["a", "b"]  # d was not told yet, c just now
    assert ids(reminders(ill, told, NOW - MINUTE)) == []
    assert ids(reminders(ill, said(Told("a", False, NOW - 9 * DAY)), NOW)) == []
    assert ids(reminders((), told, NOW)) == []


def test_a_recovery_is_said_once_of_those_that_were_said_to_be_broken() -> None:
    told = said(Told("a", True, NOW - DAY))
    assert ids(recoveries([well()], told, NOW)) == ["a"]
    assert recoveries([well()], {}, NOW) == ()
    assert recoveries([well()], said(Told("a", False, NOW - DAY)), NOW) == ()
    assert recoveries([broken()], told, NOW) == ()
    assert recoveries([well(baseline_done=False)], told, NOW) == ()
    assert ids(recoveries([well(since=None)], told, NOW)) == ["a"]


@pytest.mark.parametrize(("times", "calm"), [(1, 0), (2, 6), (3, 24), (9, 24)])
def test_a_source_that_breaks_again_and_again_has_to_be_well_for_longer(
    times: int, calm: int
) -> None:
    assert calm_after(times) == calm * HOUR
    told = said(Told("a", True, NOW - 2 * DAY, times))
    assert ids(recoveries([well(hours=calm)], told, NOW)) == ["a"]
    if calm:
        assert recoveries([well(hours=calm - 1)], told, NOW) == ()


def test_recoveries_of_a_quarter_of_an_hour_are_one_message() -> None:
    told = said(Told("a", True, NOW - DAY), Told("b", False, NOW - MINUTE))
    assert recoveries([well()], told, NOW) == ()
    assert ids(recoveries([well()], told, NOW + GATHER)) == ["a"]


def test_a_week_without_a_break_makes_the_next_the_first() -> None:
    assert times_after(None, NOW) == 1
    assert times_after(Told("a", False, NOW - DAY, 2), NOW) == 3
    assert times_after(Told("a", False, NOW - 8 * DAY, 2), NOW) == 1


def test_B10_an_outage_is_when_hardly_anything_can_be_read() -> None:
    failing = [broken(id_) for id_ in "abcdefghi"]
    assert is_outage(failing, 1, 10, {})
    assert not is_outage(failing, 2, 11, {})
    assert not is_outage(failing[:2], 0, 10, {})  # two of ten may have trouble of their own
    assert is_outage(failing[:2], 0, 2, {})
    assert not is_outage(failing[:1], 0, 1, {})  # a single source is told as itself
    one_by_one = said(*(Told(id_, True, NOW - DAY) for id_ in "abcdefghi"))
    assert not is_outage(failing, 0, 9, one_by_one)


def test_B10_only_sources_that_fail_again_speak_for_an_outage() -> None:
    states = [
        broken("a"),
        broken("b", failures=1),
        broken("c", baseline_done=False),
        broken("d", trouble="silent"),
    ]
    assert ids(down(states)) == ["a"]


def test_B10_an_outage_began_when_most_had_failed() -> None:
    states = [broken(id_, hours=hours) for id_, hours in (("a", 30), ("b", 3), ("c", 2))]
    assert begun(states) == NOW - 3 * HOUR
    assert begun([broken(since=None)]) is None
    assert begun([]) is None


def test_B10_an_outage_is_over_when_as_many_are_read_as_still_fail() -> None:
    assert not is_over(5, 4)
    assert is_over(5, 5)
    assert not is_over(0, 0)
    assert is_over(0, 1)
