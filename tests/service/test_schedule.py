from __future__ import annotations

import asyncio
import threading
import time
from datetime import timedelta

from monitor.service.schedule import Schedule

TENTH = timedelta(seconds=0.1)


async def test_D8_a_job_that_raises_is_told_and_runs_again() -> None:
    runs = 0
    enough = asyncio.Event()

    async def fails() -> None:
        nonlocal runs
        runs += 1
        if runs == 3:
            enough.set()
        raise MemoryError

    schedule = Schedule()
    schedule.every(TENTH, fails, "fails")
    schedule.start()
    await asyncio.wait_for(enough.wait(), 10)
    await schedule.stop()


async def test_D3_a_run_that_is_late_still_runs() -> None:
    at: list[float] = []
    twice = asyncio.Event()

    async def note() -> None:
        at.append(time.monotonic())
        if len(at) == 2:
            twice.set()

    schedule = Schedule()
    schedule.every(timedelta(seconds=0.5), note, "note")
    schedule.start()
    await asyncio.sleep(0.1)
    threading.Event().wait(2.2)  # the loop is blocked for more than the library's grace of 1 s
    free = time.monotonic()
    await asyncio.wait_for(twice.wait(), 10)
    assert at[1] - free < 0.4
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
