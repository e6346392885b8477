"""`monitor once`: read every source one time, deliver, and end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from monitor import __version__
from monitor.config.settings import Source
from monitor.models import SourceState
from monitor.service.baseline import FirstRound
from monitor.service.deliver import Deliverer
from monitor.service.digest import send_digests
from monitor.service.dispatch import tell
from monitor.service.health import HealthWatch
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.silences import end_silences
from monitor.service.site import Site
from monitor.service.visits import Visitor
from monitor.sources.net import open_client

VISIT_FOR = 60.0  # seconds that pages of articles get, likewise
DELIVER_FOR = 120.0  # seconds that deliveries get before the rest is left to the next run


async def once(site: Site, on_result: Callable[[PollResult], None]) -> tuple[PollResult, ...]:
    """Poll every enabled source, due or not; then send what is due. StoreError ends it."""
    states = {state.id: state for state in site.store.source_states()}
    polling = site.config.settings.polling
    gate = asyncio.Semaphore(polling.concurrent)
    first_round = FirstRound(site)
    results: list[PollResult] = []
    async with open_client(polling, __version__) as client:
        poller = Poller(site, client)

        async def one(source: Source, state: SourceState) -> None:
            async with gate:
                result = await poller.read(source, state)
            if result.unchanged:
                await poller.writer.keep(result)
            results.append(result)
            tell(result)
            on_result(result)
            await asyncio.to_thread(first_round.done, result, site.clock.now())

        polls = (one(each, replace(states[each.id], url=each.url)) for each in site.enabled())
        try:
            failed = await asyncio.gather(*polls, return_exceptions=True)
            await Visitor(site, poller.pages, poller.writer.decide).all_due(VISIT_FOR)
        finally:
            poller.close()
        for error in failed:
            if error is not None:
                raise error
    await asyncio.to_thread(HealthWatch(site).look, site.clock.now())
    await asyncio.to_thread(send_digests, site, site.clock.now())
    await asyncio.to_thread(end_silences, site, site.clock.now())
    await deliver_all(site)
    return tuple(results)


async def deliver_all(site: Site) -> None:
    """Send what is due now, for a bounded time; what is left stays in the outbox."""
    deliverer = Deliverer(site)
    loop = asyncio.get_running_loop()
    end = loop.time() + DELIVER_FOR
    while loop.time() < end:
        await deliverer.deliver_due()
        now = site.clock.now()
        due = site.store.next_delivery(now)
        if due is None or due > now + timedelta(seconds=2):
            break
        await asyncio.sleep(0.1)
    deliverer.stop()
    await deliverer.drain(max(end - loop.time(), 1))
