from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from monitor.models import DeliveryState, Relevance
from monitor.service import decisions, outbox
from monitor.service.identify import MOST_REVISIONS
from monitor.service.poll import Poller
from monitor.service.site import Site
from monitor.sources.net import Client
from monitor.store import Store, Unit
from tests.acceptance.test_service import OLD, RETURN, WALKOUT
from tests.acceptance.world import World
from tests.loopback import Loopback, Silent
from tests.service.conftest import StillClock, read

Opened = Callable[..., Site]

FOUR = ("/a", "/b", "/c", "/d")


async def test_A14_a_first_poll_is_quiet_and_the_next_entry_is_pushed(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", WALKOUT, OLD)
    site = opened("/a")
    poller = Poller(site, client)
    first = await read(site, poller, "a")
    assert (first.baseline, first.new, first.alerts) == (True, 2, 0)
    clock.move(days=3)
    world.web.feed("/a", RETURN, WALKOUT, OLD)
    second = await read(site, poller, "a")
    assert (second.baseline, second.new, second.alerts) == (False, 1, 1)
    (alert,) = site.store.alerts()
    assert alert.headline
    assert alert.citations[0].url == f"{world.web.url}/a/Some-North-Korean-staff-"
    (delivery,) = site.store.deliveries()
    assert (delivery.channel, delivery.state) == ("room", DeliveryState.PENDING)
    kinds = {row.title: row.kind for row in site.store.ledger()}
    assert kinds[WALKOUT[0]] == "baseline"


async def test_an_unchanged_document_costs_no_decision(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a")
    poller = Poller(site, client)
    await read(site, poller, "a")
    clock.move(minutes=1)
    again = await read(site, poller, "a")
    assert again.unchanged
    assert again.after.last_success == clock.now()
    assert site.store.counts().ledger == 1


async def test_A7_one_article_in_two_feeds_is_decided_once(
    world: World, opened: Opened, client: Client
) -> None:
    world.web.feed("/a", WALKOUT)
    site = opened("/a", "/b")
    poller = Poller(site, client)
    await read(site, poller, "a")
    world.web.pages["/b"] = world.web.pages["/a"]
    await read(site, poller, "b")
    rows = site.store.ledger()
    assert [row.rule for row in rows] == ["same-article", "first-poll"]
    assert site.store.counts().articles == 1


async def test_A8_text_that_changes_with_every_poll_is_capped(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    site = opened("/a")
    poller = Poller(site, client)
    for number in range(MOST_REVISIONS + 3):
        world.web.feed("/a", (WALKOUT[0], f"{WALKOUT[1]} Seen {number * 7} times."))
        clock.move(minutes=1)
        await read(site, poller, "a")
    rows = site.store.ledger(limit=100)
    assert [row.kind for row in rows[:-2]] == ["flapping"] * (MOST_REVISIONS + 1)
    assert site.store.counts().alerts <= 1
    assert len(site.store.revisions(rows[0].article)) == MOST_REVISIONS + 1


async def test_E2_a_fault_in_the_middle_of_a_commit_leaves_nothing_behind(
    world: World, opened: Opened, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a")
    poller = Poller(site, client)
    await read(site, poller, "a")
    before = site.store.source_state("a")
    world.web.feed("/a", RETURN, WALKOUT, OLD)
    real, calls = outbox.put_decision, []

    def fails_at_the_second(*arguments: Any) -> bool:
        calls.append(arguments)
        if len(calls) == 2:
            raise MemoryError
        return real(*arguments)

    monkeypatch.setattr("monitor.service.poll.put_decision", fails_at_the_second)
    result = await read(site, poller, "a")
    assert result.error is not None
    assert "fault in the program" in result.error
    after = site.store.source_state("a")
    assert before is not None
    assert after is not None
    assert (after.body_hash, after.failures) == (before.body_hash, 1)
    assert site.store.counts().alerts == 0
    monkeypatch.setattr("monitor.service.poll.put_decision", real)
    healed = await read(site, poller, "a")
    assert healed.new == 2
    assert healed.alerts >= 1


async def test_documents_that_wait_share_a_transaction(
    world: World, opened: Opened, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FOUR:
        world.web.feed(path, OLD)
    site = opened(*FOUR, polling="  per_host: 4\n")
    poller = Poller(site, client)
    commits, writing = list[int](), site.store.writing

    @contextmanager
    def counted() -> Iterator[Unit]:
        with writing() as unit:
            yield unit
        commits.append(1)

    monkeypatch.setattr(Store, "writing", lambda _: counted())
    busy = threading.Event()
    poller.writer.thread.submit(busy.wait)  # meanwhile all of them are read
    asyncio.get_running_loop().call_later(0.5, busy.set)
    results = await asyncio.gather(*(read(site, poller, path[1:]) for path in FOUR))
    assert [result.new for result in results] == [1, 1, 1, 1]
    assert len(commits) <= 2


async def test_E2_a_document_that_fails_takes_no_other_with_it(
    world: World, opened: Opened, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FOUR:
        world.web.feed(path, OLD)
    site = opened(*FOUR, polling="  per_host: 4\n")
    poller = Poller(site, client)
    real = Unit.mark_served

    def fails_on_b(unit: Unit, source: str, *rest: Any) -> None:
        if source == "b":
            raise MemoryError
        real(unit, source, *rest)

    monkeypatch.setattr(Unit, "mark_served", fails_on_b)
    busy = threading.Event()
    poller.writer.thread.submit(busy.wait)
    asyncio.get_running_loop().call_later(0.5, busy.set)
    results = await asyncio.gather(*(read(site, poller, path[1:]) for path in FOUR))
    assert [result.error is None for result in results] == [True, False, True, True]
    assert site.store.counts().entries == 3
    states = {state.id: state for state in site.store.source_states()}
    assert [bool(states[path[1:]].body_hash) for path in FOUR] == [True, False, True, True]


async def test_a_transaction_takes_no_further_document_when_others_have_waited_enough(
    world: World, opened: Opened, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in FOUR:
        world.web.feed(path, OLD)
    site = opened(*FOUR, polling="  per_host: 4\n")
    poller = Poller(site, client)
    monkeypatch.setattr("monitor.service.writer.HOLD", 0)
    results = await asyncio.gather(*(read(site, poller, path[1:]) for path in FOUR))
    assert [result.new for result in results] == [1, 1, 1, 1]


async def test_D8_an_article_that_the_detector_fails_on_is_kept_for_the_digest(
    world: World, opened: Opened, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.web.feed("/a", OLD)
    site = opened("/a")
    poller = Poller(site, client)
    await read(site, poller, "a")

    def broken(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(decisions, "decide", broken)
    world.web.feed("/a", WALKOUT, OLD)
    result = await read(site, poller, "a")
    assert result.error is None
    (row,) = site.store.ledger(limit=1)
    assert (row.verdict, row.rule, row.relevance) == ("digest", "fault", Relevance.PASSING)
    assert "please look at it" in row.why


async def test_a_topic_state_is_read_anew_after_somebody_else_changed_it(
    world: World, opened: Opened, client: Client
) -> None:
    world.web.feed("/a", OLD)
    world.web.feed("/b", OLD)
    site = opened("/a", "/b")
    one, other = Poller(site, client), Poller(site, client)
    await read(site, one, "a")
    await read(site, other, "b")
    world.web.feed("/a", WALKOUT, OLD)
    assert (await read(site, one, "a")).alerts == 1
    world.web.feed("/b", WALKOUT, OLD)  # its own address, the same event
    assert (await read(site, other, "b")).alerts == 0


async def test_D6_no_more_than_per_host_reads_of_one_host_at_a_time(
    opened: Opened, client: Client, world: World
) -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    class Slow(Silent):
        def do_GET(self) -> None:
            nonlocal inside, most
            with lock:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.1)
            with lock:
                inside -= 1
            self.send_error(404)

    server = Loopback(Slow)
    try:
        paths = [f"/feed{number}" for number in range(6)]
        site = opened(*paths, address=server.url)
        poller = Poller(site, client)
        results = await asyncio.gather(*(read(site, poller, path[1:]) for path in paths))
    finally:
        server.close()
    assert all(result.error for result in results)
    assert most == site.config.settings.polling.per_host == 2
