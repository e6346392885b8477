"""`monitor run`: the service from start to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

from monitor import __version__
from monitor.service.baseline import FirstRound
from monitor.service.deliver import Deliverer
from monitor.service.digest import send_digests
from monitor.service.dispatch import Dispatcher
from monitor.service.health import HealthWatch
from monitor.service.heartbeat import STALE, Heartbeat
from monitor.service.log import get_logger
from monitor.service.memory import give_back, leave_alone_what_stays, share_heap
from monitor.service.ping import Ping
from monitor.service.poll import Poller
from monitor.service.schedule import Schedule
from monitor.service.silences import end_silences
from monitor.service.site import Site
from monitor.service.visits import Visitor
from monitor.service.watchdog import Watchdog
from monitor.service.websub import Hubs
from monitor.sources.article import close_worker
from monitor.sources.lenient import close_workers
from monitor.sources.net import Client, open_client

log = get_logger()

TICK = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
WATCH = timedelta(seconds=10)
UPKEEP = timedelta(hours=1)
KEEP = timedelta(days=400)
BATCH = 2000  # rows forgotten in one transaction
GRACE = 8.0  # seconds that a stop waits for sends under way
POLLS = 4.0  # the same for polls: one that is cut short loses nothing


class Service:
    """Polls, decides and delivers until told to stop."""

    def __init__(self, site: Site, client: Client, hubs: Hubs | None = None) -> None:
        self._site = site
        self._client = client
        self._hubs = hubs or Hubs(site)
        self._poller = Poller(site, client, self._hubs)
        self._visitor = Visitor(site, self._poller.pages, self._poller.writer.decide)
        self._deliverer = Deliverer(site)
        self._round = FirstRound(site)
        self._dispatcher = Dispatcher(site, self._poller, self._round)
        self._health = HealthWatch(site)
        self.heartbeat = Heartbeat(site.config.data)
        self._ticks = 0
        self._watchdog = Watchdog(
            {
                "the dispatcher": lambda: self._ticks,
                "work on a document": self._poller.underway.oldest,
            }
        )
        self.stopping = asyncio.Event()

    async def run(self) -> None:
        """Run until `stopping` is set, then finish what is under way in a few seconds."""
        schedule = Schedule()
        schedule.every(TICK, self.tick, "poll")
        schedule.every(TICK, self._visitor.tick, "visit")
        schedule.every(TICK, self._deliverer.deliver_due, "deliver")
        schedule.every(WATCH, self.settle, "settle")
        schedule.every(WATCH, self.look, "health")
        schedule.every(WATCH, self._ask_hubs, "hubs")
        schedule.every(WATCH, self._give_back, "memory")
        schedule.every(MINUTE, Ping(self._site).beat, "ping")
        schedule.every(UPKEEP, self.upkeep, "upkeep")
        schedule.start()
        self._watchdog.start()
        try:
            await self.stopping.wait()
            await self._finish(schedule)
        finally:
            self._watchdog.stop()
        self.heartbeat.end()

    async def _finish(self, schedule: Schedule) -> None:
        """Let what is under way end, and begin nothing more."""
        self._visitor.stopping = True
        self._deliverer.stop()
        await self._dispatcher.drain(POLLS)
        await self._visitor.drain(1)
        await self._deliverer.drain(GRACE)
        await schedule.stop()
        self._poller.close()
        close_workers()  # else the process waits for documents that are still being read
        close_worker()

    @property
    def reading(self) -> int:
        """How many sources are being read, or are about to be."""
        return self._dispatcher.reading

    async def tick(self) -> None:
        """Claim the sources that are due and start reading them.

        While a document holds a thread for longer than any may, there is no sign of life.
        """
        self._ticks += 1
        await asyncio.to_thread(self._hubs.hasten)
        await self._dispatcher.fill()
        await asyncio.to_thread(self._round.flush, self._site.clock.now())
        if self._poller.underway.longest() < STALE:
            await asyncio.to_thread(self.heartbeat.beat)

    async def settle(self) -> None:
        """Put into the outbox what has its hour: digests, and what an ended silence kept back."""
        now = self._site.clock.now()
        await asyncio.to_thread(send_digests, self._site, now)
        await asyncio.to_thread(end_silences, self._site, now)

    async def look(self) -> None:
        """Say which sources broke, and which work again."""
        await asyncio.to_thread(self._health.look, self._site.clock.now())

    async def _ask_hubs(self) -> None:
        await self._hubs.ask_due(self._client)

    async def _give_back(self) -> None:
        await asyncio.to_thread(give_back)

    async def upkeep(self) -> None:
        """Forget what is old and no longer served."""
        await asyncio.to_thread(self._upkeep, self._site.clock.now())

    def _upkeep(self, now: datetime) -> None:
        gone = BATCH
        while gone == BATCH and not self.stopping.is_set():
            with self._site.store.writing() as unit:
                gone = unit.prune(now, KEEP, BATCH)


async def serve(
    site: Site, hubs: Hubs, extras: Iterable[Callable[[Service], Awaitable[None]]] = ()
) -> None:
    """Run the service and its extras (the page) until SIGTERM or SIGINT."""
    share_heap()
    leave_alone_what_stays()
    polling = site.config.settings.polling
    async with open_client(polling, __version__) as client:
        service = Service(site, client, hubs)
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, service.stopping.set)
        tasks = [asyncio.ensure_future(extra(service)) for extra in extras]
        try:
            await service.run()
        finally:
            service.stopping.set()
            for task in tasks:
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(task, 2)
            log.info("stopped", version=__version__)
