"""Sources are claimed ahead, read in as many places as there are, and let go of when stored."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

from monitor.service.baseline import FirstRound
from monitor.service.dispatch import AHEAD, Dispatcher, worth_a_line
from monitor.service.poll import Poller
from monitor.service.site import Site
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD
from tests.acceptance.world import World
from tests.service.conftest import StillClock

Opened = Callable[..., Site]
PATHS = tuple(f"/feed{number}" for number in range(12))


def dispatcher(site: Site, client: Client) -> Dispatcher:
    return Dispatcher(site, Poller(site, client), FirstRound(site))


async def done(dispatcher: Dispatcher) -> None:
    for _ in range(500):
        if not dispatcher.reading:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("still reading after ten seconds")


async def test_a_claim_reaches_ahead_of_the_places_and_a_round_refills_itself(
    world: World, opened: Opened, client: Client
) -> None:
    for path in PATHS:
        world.web.feed(path, OLD)
    site = opened(*PATHS, polling="  concurrent: 2\n  per_host: 2\n")
    reads = dispatcher(site, client)
    await reads.fill()
    assert reads.reading == 2 * (1 + AHEAD)
    await done(reads)  # without a further tick
    assert all(state.baseline_done for state in site.store.source_states())


async def test_an_unchanged_source_is_held_until_its_state_is_stored(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a", polling="  concurrent: 1\n")
    reads = dispatcher(site, client)
    await reads.fill()
    await done(reads)
    clock.move(hours=2)
    await reads.fill()
    await done(reads)
    state = site.store.source_state("a")
    assert state is not None
    assert state.last_success == clock.now()
    await reads.fill()  # nothing is due
    assert reads.reading == 0


async def test_E1_a_state_that_cannot_be_stored_lets_go_of_its_source(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a")
    reads = dispatcher(site, client)
    await reads.fill()
    await done(reads)
    clock.move(hours=2)
    held, gone = threading.Event(), site.store.path.with_suffix(".gone")

    def lose_the_file(path: str) -> None:
        site.store.path.rename(gone)
        held.set()

    world.web.on_get = lose_the_file
    await reads.fill()
    await done(reads)
    assert held.is_set()
    _restore(gone, site.store.path)
    world.web.on_get = lambda path: None
    clock.move(hours=2)  # its lease has run out
    await reads.fill()
    await done(reads)
    state = site.store.source_state("a")
    assert state is not None
    assert state.last_success == clock.now()


def _restore(gone: Path, path: Path) -> None:
    path.unlink(missing_ok=True)
    gone.rename(path)


async def test_a_stop_reads_nothing_more_and_stores_what_was_read(
    world: World, opened: Opened, client: Client
) -> None:
    for path in PATHS:
        world.web.feed(path, OLD)
    site = opened(*PATHS, polling="  concurrent: 2\n  per_host: 2\n")
    reads = dispatcher(site, client)
    await reads.fill()
    await asyncio.sleep(0)  # both readers have begun
    await reads.drain(5)
    read = [state for state in site.store.source_states() if state.baseline_done]
    assert len(read) == 2
    await reads.fill()
    assert len([s for s in site.store.source_states() if s.baseline_done]) == 2


def test_a_source_that_stays_down_is_a_line_a_day_after_its_first_failures() -> None:
    month = [failures for failures in range(1, 721) if worth_a_line(failures)]
    assert month[:12] == list(range(1, 13))
    assert month[12:] == [24 * day for day in range(1, 31)]
