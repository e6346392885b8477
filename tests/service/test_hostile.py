"""Bad input: what each hostile document costs, what it leaves behind, and what a person hears."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from monitor.service.poll import Poller
from monitor.sources.net import Client
from tests.acceptance.hostile import READ, REFUSED, index, listed, rss
from tests.meter import Meter
from tests.service.conftest import StillClock
from tests.service.newsroom import Newsroom, Opened
from tests.sources.webserver import Web, response

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]

# Seconds of processor time and MB that one document may cost: eight that a worker has, and its
# start, which on a slow machine took two.
CPU, MEMORY = 15, 256
PAGE = "    page: {item: 'li:has(a)', title: 'p b'}\n"


async def poll_measured(room: Newsroom) -> None:
    """A poll, half an hour later, that costs no more than a document may."""
    with Meter() as meter:
        await room.poll(minutes=35)
    assert meter.cpu < CPU
    assert meter.most < MEMORY


async def refused(room: Newsroom, cause: str, beginning: str) -> None:
    """The document costs its share at each read, changes nothing, and is one health event."""
    before = room.state()
    entries = room.site.store.counts().entries
    for _ in range(3):
        await poll_measured(room)
    (event,) = room.site.store.health_events()
    assert (event.what, event.source) == ("broke", "a")
    assert cause in event.cause
    assert f"it begins: {beginning}" in event.cause
    assert len(event.cause.partition("it begins: ")[2]) <= 80
    assert len(room.notices()) == 1
    after = room.state()
    assert after.failures == 3
    kept = ("url", "etag", "last_modified", "body_hash", "entries", "usual", "last_new")
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert room.site.store.counts().entries == entries


@pytest.mark.parametrize("name", REFUSED)
async def test_A17_a_document_that_cannot_be_read_costs_its_share_and_is_one_health_event(
    room: Newsroom, name: str
) -> None:
    await room.read_first("a")
    make, cause = REFUSED[name]
    room.net.answers["/a"] = response(make(), Content_Type="application/rss+xml", ETag='"new"')
    beginning = {"gzip-bomb": "<rss", "page": "<html", "opml": "<opml"}.get(name, "")
    await refused(room, cause, beginning)


@pytest.mark.parametrize("name", READ)
async def test_A17_a_document_that_can_be_read_all_the_same_costs_no_more(
    room: Newsroom, name: str
) -> None:
    await room.read_first("a")
    make, count = READ[name]
    room.net.answers["/a"] = response(make(), Content_Type="application/rss+xml")
    await poll_measured(room)
    assert (room.state().failures, room.state().entries) == (0, count)


async def test_B3_a_gzip_bomb_of_the_server_is_one_health_event(room: Newsroom) -> None:
    await room.read_first("a")
    bomb = gzip.compress(rss(b"x" * 200_000_000), 1)
    room.net.answers["/a"] = response(bomb, Content_Encoding="gzip")
    await refused(room, "larger than 10 MB (polling.max_body)", "<rss version='2.0'>")


@pytest.mark.parametrize(
    ("size", "cause"), [(20_000_000, "larger than 10 MB"), (9_000_000, "was stopped")]
)
async def test_A17_a_list_page_of_megabytes_is_one_health_event(
    net: Web, opened: Opened, client: Client, clock: StillClock, size: int, cause: str
) -> None:
    site = opened("/a", every="15m", address=net.url("").rstrip("/"), extra=PAGE)
    room = Newsroom(site, client, clock, net, Poller(site, client))
    net.answers["/a"] = response(listed(20_000))
    await room.poll()
    with site.store.writing() as unit:  # as if the summary of first reads had been sent
        unit.save_source(replace(room.state(), baseline_done=True))
    net.answers["/a"] = response(listed(size))
    await refused(room, cause, "<!doctype html><html><body><ul><li>")
    room.poller.close()


async def test_A17_an_index_that_lists_itself_is_asked_twice_a_poll(room: Newsroom) -> None:
    await room.read_first("a")
    asked = len(room.net.seen)
    room.net.answers["/a"] = response(index(room.net.url("/a"), 50))
    await poll_measured(room)
    assert len(room.net.seen) == asked + 4  # itself, and its three newest
    assert room.state().entries == 0
