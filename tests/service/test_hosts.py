"""Manners towards a host. B7 and D6 of the fault catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from monitor.errors import FetchError, HttpStatus
from monitor.service.hosts import HostPaused, Hosts, host_of
from monitor.service.poll import Poller
from monitor.service.site import Site
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD
from tests.acceptance.world import Web, World
from tests.service.conftest import StillClock, read

Opened = Callable[..., Site]
NOW = datetime.fromisoformat("2026-03-22T09:00:00+00:00")
LATER = NOW + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://News.Example/feed", "news.example:80"),
        ("https://news.example./feed", "news.example:443"),
        ("https://news.example:443/feed", "news.example:443"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://[::1]:8080/", "::1:8080"),
    ],
)
def test_D6_a_host_is_one_however_it_is_spelt(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("error", "paused"),
    [
        (HttpStatus(429, "busy", timedelta(minutes=10)), True),
        (HttpStatus(429, "busy"), True),
        (HttpStatus(503, "busy", timedelta(minutes=10)), True),
        (HttpStatus(503, "one feed is down"), False),
        (HttpStatus(500, "broken", timedelta(minutes=10)), False),
        (FetchError("cannot be reached"), False),
    ],
)
async def test_B7_429_and_a_503_with_a_time_speak_for_the_host(
    error: FetchError, paused: bool
) -> None:
    hosts = Hosts(2)
    hosts.answered("http://news.example/a", error, LATER)
    async with hosts.turn("http://other.example/b", NOW):
        pass
    if paused:
        with pytest.raises(HostPaused) as told:
            async with hosts.turn("http://NEWS.example/b", NOW):
                pass
        assert told.value.until == LATER
    for now in (LATER, NOW):  # once its time has come, it is over
        if now == LATER or not paused:
            async with hosts.turn("http://news.example/b", now):
                pass


async def test_B7_siblings_wait_until_the_hosts_time_and_others_do_not(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    other = Web()
    try:
        world.web.feed("/a", OLD)
        world.web.feed("/b", OLD)
        other.feed("/c", OLD)
        more = f"  - {{id: c, url: '{other.url}/c', outlet: C, allow_private: true}}\n"
        site = opened("/a", "/b", extra=more)
        poller = Poller(site, client)
        world.web.pages["/a"] = (429, {"Retry-After": "600"}, b"")
        refused = await read(site, poller, "a")
        waiting = await read(site, poller, "b")
        assert refused.after.next_due >= clock.now() + timedelta(minutes=10)
        assert waiting.error is None
        assert waiting.after.failures == 0
        assert waiting.after.next_due == refused.after.next_due
        assert site.store.source_state("b") == waiting.after
        assert (await read(site, poller, "c")).baseline
        assert world.web.asked == ["/a"]
        clock.at = refused.after.next_due
        assert (await read(site, poller, "b")).baseline
    finally:
        other.close()


BUSY = HttpStatus(429, "busy")
A, B, C = (f"http://news.example/{name}" for name in "abc")


async def ask(hosts: Hosts, url: str, now: datetime) -> bool:
    """Whether the host's turnstile lets an address through; it is answered then."""
    try:
        async with hosts.turn(url, now):
            return True
    except HostPaused:
        return False


async def test_B7_one_feed_that_is_always_refused_does_not_keep_its_siblings_waiting() -> None:
    hosts = Hosts(2)
    hosts.answered(A, BUSY, LATER)
    assert not await ask(hosts, B, NOW)
    hosts.answered(A, BUSY, LATER)  # nobody else was answered meanwhile
    assert not await ask(hosts, B, NOW)
    assert await ask(hosts, B, LATER)
    hosts.answered(A, BUSY, LATER + timedelta(hours=1))
    assert await ask(hosts, B, LATER)
    hosts.answered(C, BUSY, LATER + timedelta(hours=1))  # another one is: all wait again
    assert not await ask(hosts, B, LATER)


async def test_B7_a_feed_that_was_answered_speaks_for_the_host_again() -> None:
    hosts = Hosts(2)
    hosts.answered(A, BUSY, LATER)
    assert await ask(hosts, B, LATER)
    assert await ask(hosts, A, LATER)
    hosts.answered(A, BUSY, LATER + timedelta(hours=1))
    assert not await ask(hosts, B, LATER)


async def test_J1_the_addresses_of_refused_pages_are_not_kept_for_ever() -> None:
    hosts = Hosts(2)
    for number in range(1000):
        hosts.answered(f"{A}/{number}", BUSY, LATER)
    assert sum(map(len, hosts._refused.values())) <= 100
