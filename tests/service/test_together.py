"""What waits while a transaction is written shares the next one; nobody pays for another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from monitor.errors import StoreError
from monitor.models import SourceState
from monitor.service.poll import Poller
from monitor.service.site import Site
from monitor.service.together import Together
from monitor.sources.net import Client
from monitor.store import Unit
from tests.acceptance.test_service import OLD
from tests.acceptance.world import World
from tests.service.conftest import StillClock, read

Opened = Callable[..., Site]
PATHS = ("/a", "/b", "/c", "/d")


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as one:
        yield one


async def test_what_comes_during_the_work_is_done_together_in_its_order(
    thread: ThreadPoolExecutor,
) -> None:
    go, rounds = threading.Event(), list[list[int]]()

    def doubled(numbers: Sequence[int]) -> list[int]:
        rounds.append(list(numbers))
        go.wait(10)
        return [2 * number for number in numbers]

    together: Together[int, int] = Together(thread, doubled)
    answers = [together.put(1)]
    await asyncio.sleep(0.05)
    answers += [together.put(number) for number in (2, 3, 4)]
    go.set()
    assert await asyncio.gather(*answers) == [2, 4, 6, 8]
    assert rounds == [[1], [2, 3, 4]]


async def test_what_a_round_leaves_is_handed_over_again(thread: ThreadPoolExecutor) -> None:
    rounds = list[list[int]]()

    def first_two(numbers: Sequence[int]) -> Sequence[int]:
        rounds.append(list(numbers))
        return numbers[:2]

    together: Together[int, int] = Together(thread, first_two, 0.01)
    answers = [together.put(number) for number in range(5)]
    assert await asyncio.gather(*answers) == [0, 1, 2, 3, 4]
    assert rounds == [[0, 1, 2, 3, 4], [2, 3, 4], [4]]


async def test_an_error_is_of_one_item_or_of_the_whole_round(thread: ThreadPoolExecutor) -> None:
    def work(words: Sequence[str]) -> list[str | Exception]:
        if "all" in words:
            raise StoreError("no disk")
        return [KeyError(word) if word == "one" else word for word in words]

    together: Together[str, str] = Together(thread, work, 0.01)
    given_up, *rest = [together.put(word) for word in ("x", "one", "two")]
    given_up.cancel()
    one, two = await asyncio.gather(*rest, return_exceptions=True)
    assert (type(one), two) == (KeyError, "two")
    both = [together.put(word) for word in ("all", "two")]
    failed = await asyncio.gather(*both, return_exceptions=True)
    assert [type(error) for error in failed] == [StoreError, StoreError]
    assert await together.put("again") == "again"


async def test_settled_waits_for_all_that_was_put(thread: ThreadPoolExecutor) -> None:
    together: Together[int, int] = Together(thread, lambda numbers: numbers, 0.05)
    await together.settled()
    answer = together.put(7)
    await together.settled()
    assert answer.result() == 7


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
