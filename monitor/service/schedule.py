"""When things happen: one tick that claims due sources, one that delivers, and the upkeep.

The only file that knows APScheduler. Due times live in the database (restart, backoff, wishes of a
server, several workers), so no job is made for a source. Version 3 drops a run that is a second
late unless told otherwise, hence grace None; see docs/decisions/0003.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from monitor.errors import MonitorError
from monitor.service.log import get_logger

log = get_logger()

AGAIN = 60.0  # seconds in which one failure of a job is written once

Work = Callable[[], Coroutine[Any, Any, object]]


class Schedule:
    """A handful of jobs, each at most once at a time. `beat` is when the dispatcher last ran."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._stopping = False
        self._said: dict[str, tuple[str, float]] = {}  # how each job failed, when it was written
        self._scheduler.add_listener(self._trouble, EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)

    def every(self, pause: timedelta, work: Work, name: str) -> None:
        """Run `work` at this pause, first at once. A run that is late still runs; none overlaps."""
        self._scheduler.add_job(
            partial(self._run, work),
            "interval",
            seconds=pause.total_seconds(),
            id=name,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=datetime.now(UTC),
        )

    async def _run(self, work: Work) -> None:
        """A run that the stop cancels has not failed: whatever it began is undone or is leased."""
        try:
            await work()
        except asyncio.CancelledError:
            if not self._stopping:
                raise

    def start(self) -> None:
        """Start inside the running event loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Start no further run. Drain what runs before: APScheduler cancels it."""
        self._stopping = True
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)

    def _trouble(self, event: JobExecutionEvent) -> None:
        """A job that raised is told, and runs again at its next time.

        What a person can act on, such as a full disk, is one line, and the same is one a minute: a
        disk that is full for a weekend must not be filled by its log. A fault of ours has its
        trace.
        """
        error = getattr(event, "exception", None)
        if isinstance(error, MonitorError):
            now, cause = time.monotonic(), str(error)
            said, at = self._said.get(event.job_id, ("", now))
            if said != cause or now - at >= AGAIN:
                self._said[event.job_id] = (cause, now)
                log.error("job failed, it runs again", job=event.job_id, cause=cause)
        elif error is not None:
            kind = type(error).__name__
            log.error("job failed", job=event.job_id, error=str(error), kind=kind, exc_info=error)
