"""The outbox, the digest and the first round, on a real store."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from structlog.testing import capture_logs

from monitor.alerts.compose import notice
from monitor.alerts.render import SHIPPED
from monitor.models import Alert, Delivery, DeliveryState, SendResult, Sent, SourceState
from monitor.service import deliver as deliver_module
from monitor.service.baseline import SETTLE, FirstRound
from monitor.service.deliver import Deliverer
from monitor.service.digest import send_digests
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.site import Site
from monitor.sources.net import Client
from monitor.store import Unit
from tests.acceptance.test_service import OLD
from tests.acceptance.world import World
from tests.service.conftest import StillClock, read

Opened = Callable[..., Site]


def owe(site: Site, *texts: str) -> tuple[Alert, ...]:
    alerts = tuple(notice(text, text, site.clock.now()) for text in texts)
    with site.store.writing() as unit:
        for alert in alerts:
            unit.save_alert(alert, site.targets(None))
    return alerts


async def deliver(site: Site, rounds: int = 1) -> Deliverer:
    deliverer = Deliverer(site)
    for _ in range(rounds):
        await deliverer.deliver_due()
        await deliverer.drain(10)
    return deliverer


async def test_what_is_owed_is_sent_once_and_recorded(world: World, opened: Opened) -> None:
    site = opened("/a")
    owe(site, "one", "two")
    await deliver(site, rounds=4)
    assert sorted(text.splitlines()[0] for text in world.web.texts()) == ["one", "two"]
    assert {row.state for row in site.store.deliveries()} == {DeliveryState.SENT}


async def test_a_channel_that_is_no_longer_configured_keeps_its_messages_listed(
    opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    with site.store.writing() as unit:
        unit.save_alert(notice("x", "x", clock.now()), [("gone", "room")])
    await deliver(site)
    (row,) = site.store.deliveries()
    assert row.state is DeliveryState.PENDING
    assert "not configured" in (row.last_error or "")
    assert row.next_try is not None
    assert row.next_try > clock.now()


class Broken:
    """A channel with a fault of its own."""

    name, kind, recipients, notices, room = "room", "test", ("room",), True, 1
    interval = timedelta()
    updates, forms = False, SHIPPED

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        raise ZeroDivisionError

    def describe(self) -> str:
        return "broken"


async def test_a_fault_in_one_channel_is_tried_again_and_stops_no_other(
    world: World, opened: Opened
) -> None:
    site = opened("/a")
    site = replace(site, channels={"room": Broken(), "other": site.channels["room"]})
    owe(site, "one")
    await deliver(site, rounds=3)
    rows = {row.channel: row for row in site.store.deliveries()}
    assert rows["other"].state is DeliveryState.SENT
    assert rows["room"].state is DeliveryState.PENDING
    assert "ZeroDivisionError" in (rows["room"].last_error or "")


class Slow(Broken):
    """A channel that takes its time, until another was asked."""

    def __init__(self, other: Sequence[object]) -> None:
        self._other = other
        self.waited = False

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        end = time.monotonic() + 10
        while not self._other and time.monotonic() < end:
            time.sleep(0.02)
        self.waited = not self._other
        return Sent()


async def test_G13_a_slow_channel_does_not_hold_up_another(world: World, opened: Opened) -> None:
    site = opened("/a")
    slow = Slow(world.web.posted)
    site = replace(site, channels={"slow": slow, "room": site.channels["room"]})
    with site.store.writing() as unit:
        alert = notice("x", "x", site.clock.now())
        unit.save_alert(alert, [("slow", "room"), ("room", "webhook")])
    deliverer = Deliverer(site)
    await deliverer.deliver_due()
    await deliverer.drain(20)
    assert len(world.web.posted) == 1
    assert not slow.waited  # the room had its message while this one was being sent


async def test_a_request_that_is_slow_to_arrive_shortens_no_pause(
    world: World, opened: Opened
) -> None:
    """The server counts arrivals; the second may not come a second after the first was sent."""
    site = opened("/a", paced=True)
    owe(site, "one", "two", "three")
    arrived: list[float] = []

    def slowly() -> None:
        time.sleep(0.8 if not arrived else 0)
        arrived.append(time.monotonic())

    world.web.on_post = slowly
    await deliver(site)
    assert len(arrived) == 3
    assert min(later - first for first, later in pairwise(arrived)) >= 1


async def test_a_claim_that_is_under_way_at_the_stop_keeps_to_the_pause(
    world: World, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = opened("/a", paced=True)
    deliverer = Deliverer(site)
    pause, keep = Deliverer._pause, Deliverer._keep_to_rates
    pausing, claiming, go_on = asyncio.Event(), threading.Event(), threading.Event()

    async def noted(self: Deliverer, seconds: float) -> None:
        pausing.set()
        await pause(self, seconds)

    def slow(self: Deliverer, unit: Unit, now: datetime) -> None:
        if pausing.is_set():
            claiming.set()
            go_on.wait(5)
        keep(self, unit, now)

    monkeypatch.setattr(Deliverer, "_pause", noted)
    monkeypatch.setattr(Deliverer, "_keep_to_rates", slow)
    owe(site, "one", "two")
    await deliverer.deliver_due()
    await pausing.wait()
    tick = asyncio.create_task(deliverer.deliver_due())
    await asyncio.to_thread(claiming.wait, 5)
    deliverer.stop()
    await asyncio.sleep(0.1)  # the pause is cut short
    go_on.set()
    await tick
    await deliverer.drain(5)
    assert len(world.web.posted) == 1
    assert sorted(row.attempt for row in site.store.deliveries()) == [0, 1]


async def test_E7_a_late_answer_does_not_overwrite_a_newer_try(
    opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    owe(site, "one")
    deliverer = Deliverer(site)
    first = deliverer._claim()
    clock.move(minutes=5)  # the lease ended meanwhile
    second = deliverer._claim()
    assert second[0][0].attempt == first[0][0].attempt + 1
    deliverer._record(first, Sent("late"))
    (row,) = site.store.deliveries()
    assert row.state is DeliveryState.PENDING
    deliverer._record(second, Sent("good"))
    (row,) = site.store.deliveries()
    assert (row.state, row.reference) == (DeliveryState.SENT, "good")


def locked(site: Site) -> sqlite3.Connection:
    """Another program that holds the database, so that nobody can write."""
    raw = sqlite3.connect(site.store.path, isolation_level=None, check_same_thread=False)
    raw.execute("BEGIN IMMEDIATE")
    return raw


@pytest.mark.slow
async def test_F2_what_came_of_a_send_is_recorded_once_the_database_can_be_written_again(
    world: World, opened: Opened
) -> None:
    """Left unrecorded, the message would go out a second time."""
    site = opened("/a")
    (alert,) = owe(site, "one")
    held: list[sqlite3.Connection] = []
    world.web.on_post = lambda: held.append(locked(site))
    deliverer = Deliverer(site)
    with capture_logs() as events:
        await deliverer.deliver_due()
        await deliverer.drain(6)  # longer than the store waits for the lock
        held[0].close()
        await deliverer.drain(20)
    trouble = next(event for event in events if "not stored" in event["event"])
    assert (trouble["channel"], trouble["alert"]) == ("room", alert.id)
    assert trouble["cause"]
    assert len(world.web.posted) == 1
    assert {row.state for row in site.store.deliveries()} == {DeliveryState.SENT}


@pytest.mark.slow
async def test_F2_after_the_lease_the_outcome_is_given_up_and_it_is_sent_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = opened("/a")
    owe(site, "one")
    deliverer = Deliverer(site)
    message = deliverer._claim()
    monkeypatch.setattr(deliver_module, "LEASE", timedelta())
    raw = locked(site)
    await deliverer._keep(message, Sent())
    raw.close()
    (row,) = site.store.deliveries()
    assert (row.state, row.attempt) == (DeliveryState.PENDING, 1)


async def test_nothing_new_is_claimed_while_stopping(opened: Opened) -> None:
    site = opened("/a")
    owe(site, "one")
    deliverer = Deliverer(site)
    deliverer.stop()
    assert await deliverer.deliver_due() == 0
    assert site.store.deliveries()[0].attempt == 0


async def test_the_digest_comes_after_a_day_and_tells_each_row_once(
    world: World,
    opened: Opened,
    client: Client,
    clock: StillClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from monitor.service import decisions

    def fails(*_: object) -> None:
        raise RecursionError

    world.web.feed("/a", OLD)
    site = opened("/a")
    poller = Poller(site, client)
    await read(site, poller, "a")
    monkeypatch.setattr(decisions, "decide", fails)  # what cannot be judged is for the digest
    world.web.feed(
        "/a", ("Something about the inter-Korean liaison office", "No more is known."), OLD
    )
    await read(site, poller, "a")
    assert send_digests(site, clock.now()) == 0
    clock.move(hours=22, minutes=5)
    assert send_digests(site, clock.now()) == 1
    assert send_digests(site, clock.now()) == 0
    (alert,) = site.store.alerts()
    assert alert.kind == "digest"
    assert [citation.title for citation in alert.citations] == [
        "Something about the inter-Korean liaison office"
    ]
    (row,) = [row for row in site.store.ledger() if row.verdict == "digest"]
    assert row.alert == alert.id
    clock.move(minutes=1)
    assert send_digests(with_empty(site), clock.now()) == 0  # this hour has had its digest


def with_empty(site: Site) -> Site:
    """The same with digests that come also when there is nothing."""
    settings = site.config.settings
    digest = settings.policy.digest.model_copy(update={"empty": True})
    policy = settings.policy.model_copy(update={"digest": digest})
    return replace(
        site, config=replace(site.config, settings=settings.model_copy(update={"policy": policy}))
    )


def result(site: Site, source_id: str, *, error: str | None = None) -> PollResult:
    source = site.source(source_id)
    assert source is not None
    state = SourceState(source_id, source.url, site.clock.now(), entries=3, relevant=2)
    if error is None:
        state = replace(state, baseline_done=True)
    with site.store.writing() as unit:
        unit.save_source(state)
    return PollResult(source, state, error=error, baseline=error is None)


def test_K1_one_summary_for_the_first_round_and_one_for_those_that_answer_later(
    opened: Opened, clock: StillClock
) -> None:
    site = opened("/a", "/b", "/c")
    first = FirstRound(site)
    first.done(result(site, "a"), clock.now())
    first.done(result(site, "b", error="b: no such name"), clock.now())
    assert site.store.alerts() == ()
    first.done(result(site, "c", error="c: no such name"), clock.now())
    (summary,) = site.store.alerts()
    assert "1 source read for the first time" in summary.headline
    assert "no such name" in summary.text
    first.done(result(site, "b"), clock.now())
    first.done(result(site, "c"), clock.now())
    assert len(site.store.alerts()) == 1
    clock.move(seconds=SETTLE.total_seconds() + 1)
    first.flush(clock.now())
    later = site.store.alerts()[0]
    assert "2 sources read for the first time" in later.headline
    first.flush(clock.now())
    assert len(site.store.alerts()) == 2


def test_E3_a_kill_between_the_first_poll_and_its_summary_loses_no_summary(
    opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    FirstRound(site)
    result(site, "a")  # committed, then killed
    FirstRound(site).flush(clock.now())
    (summary,) = site.store.alerts()
    assert "1 source read for the first time" in summary.headline
    assert "2 about the topic" in summary.headline
    FirstRound(site).flush(clock.now())
    assert len(site.store.alerts()) == 1


def test_sources_that_were_read_before_bring_no_summary(opened: Opened, clock: StillClock) -> None:
    site = opened("/a")
    state = site.store.source_state("a")
    assert state is not None
    with site.store.writing() as unit:
        unit.save_source(replace(state, baseline_done=True))
        unit.mark_summarised(["a"])
    first = FirstRound(site)
    first.done(replace(result(site, "a"), baseline=False), clock.now())
    first.flush(clock.now())
    assert site.store.alerts() == ()


def test_notices_and_topics_choose_their_channels(world: World, opened: Opened) -> None:
    hook = world.web.url.replace("http://", "slack+http://")
    channels = f"  room:\n    url: {hook}/a\n  quiet:\n    url: {hook}/b\n    notices: false\n"
    site = opened("/a", channels=channels)
    assert {name for name, _ in site.targets("liaison-office")} == {"room", "quiet"}
    assert {name for name, _ in site.targets(None)} == {"room"}
