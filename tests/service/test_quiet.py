"""Polls that bring nothing share a transaction, and are stored when they are done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from monitor.errors import StoreError
from monitor.models import SourceState
from monitor.service.poll import Poller
from monitor.service.site import Site
from monitor.sources.net import Client
from monitor.store import Unit
from tests.acceptance.test_service import OLD
from tests.acceptance.world import World
from tests.service.conftest import StillClock, read

Opened = Callable[..., Site]
PATHS = ("/a", "/b", "/c", "/d")


async def test_unchanged_sources_are_stored_together_before_their_polls_are_done(
    world: World,
    opened: Opened,
    client: Client,
    clock: StillClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for path in PATHS:
        world.web.feed(path, OLD)
    site = opened(*PATHS, polling="  per_host: 4\n")
    poller = Poller(site, client)
    for path in PATHS:
        await read(site, poller, path[1:])
    clock.move(minutes=1)
    written: list[int] = []
    store_all = Unit.save_sources

    def count(unit: Unit, states: Sequence[SourceState]) -> None:
        written.append(len(states))
        store_all(unit, states)

    monkeypatch.setattr(Unit, "save_sources", count)
    results = await asyncio.gather(*(read(site, poller, path[1:]) for path in PATHS))
    assert all(result.unchanged for result in results)
    assert [site.store.source_state(result.after.id) for result in results] == [
        result.after for result in results
    ]
    assert sum(written) == 4
    assert len(written) < 4


async def test_E1_a_state_that_cannot_be_stored_is_told_to_every_poll(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    world.web.feed("/b", OLD)
    site = opened("/a", "/b")
    poller = Poller(site, client)
    states = {name: (await read(site, poller, name)).after for name in ("a", "b")}
    site.store.path.rename(site.store.path.with_suffix(".gone"))
    polls = [
        poller.poll(source, replace(states[source.id], last_polled=None))
        for source in site.enabled()
    ]
    failed = await asyncio.gather(*polls, return_exceptions=True)
    assert [type(error) for error in failed] == [StoreError, StoreError]
    site.store.path.with_suffix(".gone").rename(site.store.path)
    assert site.store.source_state("a") == states["a"]
    assert (await read(site, poller, "a")).unchanged
