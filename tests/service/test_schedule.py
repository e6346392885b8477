from __future__ import annotations

import asyncio
import logging
import threading
import time
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from monitor.errors import StoreFull
from monitor.service.schedule import Schedule

TENTH = timedelta(seconds=0.1)


@pytest.mark.parametrize("fault", [MemoryError, RecursionError, SystemExit])
async def test_D8_a_job_that_raises_is_told_and_runs_again(fault: type[BaseException]) -> None:
    runs = 0
    enough = asyncio.Event()

    async def fails() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            enough.set()
        raise fault

    schedule = Schedule()
    with capture_logs() as events:
        schedule.every(TENTH, fails, "fails")
        schedule.start()
        await asyncio.wait_for(enough.wait(), 10)
        await schedule.stop()
    assert events[0]["job"] == "fails"
    assert events[0]["kind"] == fault.__name__


async def test_F1_a_job_that_finds_the_disk_full_is_one_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = asyncio.Event()

    async def fails() -> None:
        asyncio.get_running_loop().call_later(0.05, told.set)
        raise StoreFull("data/monitor.db: no space is left")

    schedule = Schedule()
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # as `log.set_up` does
    with capture_logs() as events:
        schedule.every(timedelta(seconds=30), fails, "deliver")
        schedule.start()
        await asyncio.wait_for(told.wait(), 10)
    await schedule.stop()
    (event,) = events
    assert (event["job"], event["cause"]) == ("deliver", "data/monitor.db: no space is left")
    assert "exc_info" not in event
    assert "Traceback" not in caplog.text


async def test_F1_the_same_failure_of_a_job_is_one_line_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    runs, enough = 0, asyncio.Event()

    async def fails() -> None:
        nonlocal runs
        runs += 1
        if runs == 6:
            enough.set()
        raise StoreFull("no space is left" if runs < 5 else "locked")

    schedule = Schedule()
    with capture_logs() as events:
        schedule.every(TENTH, fails, "poll")
        schedule.start()
        await asyncio.wait_for(enough.wait(), 10)
        await schedule.stop()
    assert [event["cause"] for event in events] == ["no space is left", "locked"]

    monkeypatch.setattr("monitor.service.schedule.AGAIN", 0.0)
    runs, enough = 3, asyncio.Event()
    schedule = Schedule()
    with capture_logs() as events:
        schedule.every(TENTH, fails, "poll")
        schedule.start()
        await asyncio.wait_for(enough.wait(), 10)
        await schedule.stop()
    assert [event["cause"] for event in events] == ["no space is left", "locked", "locked"]


async def test_D3_a_run_that_is_late_still_runs() -> None:
    at: list[float] = []
    twice = asyncio.Event()

    async def note() -> None:
        at.append(time.monotonic())
        if len(at) == 2:
            twice.set()

    schedule = Schedule()
    schedule.every(timedelta(seconds=2.5), note, "note")
    schedule.start()
    await asyncio.sleep(0.1)
    threading.Event().wait(3.8)  # so that it is late by more than the library's grace of 1 s
    free = time.monotonic()
    await asyncio.wait_for(twice.wait(), 10)
    assert at[1] - free < 0.9  # its next time would be 1.1 s away
    await schedule.stop()


async def test_a_job_never_overlaps_itself() -> None:
    inside = most = 0

    async def slow() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.35)
        inside -= 1

    schedule = Schedule()
    schedule.every(TENTH, slow, "slow")
    schedule.start()
    await asyncio.sleep(1)
    await schedule.stop()
    assert most == 1


async def test_E6_a_run_that_the_stop_cancels_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, never = asyncio.Event(), asyncio.Event()

    async def waits() -> None:
        begun.set()
        await never.wait()

    schedule = Schedule()
    schedule.every(TENTH, waits, "waits")
    schedule.start()
    await asyncio.wait_for(begun.wait(), 10)
    with capture_logs() as events:
        await schedule.stop()
        await asyncio.sleep(0.05)
    assert events == []
    assert "Traceback" not in caplog.text


async def test_a_run_that_is_cancelled_while_the_schedule_goes_on_is_told() -> None:
    told = asyncio.Event()

    async def cancelled() -> None:
        asyncio.get_running_loop().call_later(0.05, told.set)
        raise asyncio.CancelledError

    schedule = Schedule()
    with capture_logs() as events:
        schedule.every(TENTH, cancelled, "cancelled")
        schedule.start()
        await asyncio.wait_for(told.wait(), 10)
    await schedule.stop()
    assert events[0]["kind"] == "CancelledError"
