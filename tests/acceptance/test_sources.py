"""Sources as people meet them: hubs that call, pages that change silently, feeds that break."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest

from monitor.demo.servers import free_ports
from tests.acceptance.test_service import OLD, WALKOUT, alerts, summaries
from tests.acceptance.world import World, eventually
from tests.service.hub import Hub

pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    yield made
    made.close()


def announce(world: World, hub: Hub, *items: tuple[str, str]) -> str:
    """Serve the feed with the hub it names; its topic."""
    topic = f"{world.web.url}/a"
    world.web.feed("/a", *items)
    status, headers, body = world.web.pages["/a"]
    links = f'<{hub.url}>; rel="hub", <{topic}>; rel="self"'
    world.web.pages["/a"] = (status, headers | {"Link": links}, body)
    return topic


def test_a_hub_that_calls_brings_the_news_long_before_the_next_poll(world: World, hub: Hub) -> None:
    topic = announce(world, hub, OLD)
    (port,) = free_ports(1)
    address = f"127.0.0.1:{port}"
    server = f"  listen: {address}\n  public_url: http://{address}\n"
    world.configure("/a", every="1h", server=server)
    with world.running():
        eventually(lambda: ("subscribe", topic) in hub.confirmed, world)
        eventually(lambda: summaries(world), world)
        assert "hubs: 1 of 1 call when there is news" in world.monitor("status").stdout
        announce(world, hub, WALKOUT, OLD)
        began = time.monotonic()
        assert hub.publish(topic, b"whatever the hub says") == 202
        eventually(lambda: alerts(world), world)
        assert time.monotonic() - began < 25  # ten seconds after the first poll, at the soonest
    assert len(alerts(world)) == 1


def test_a_feed_that_moved_for_good_is_read_on_and_named_with_its_new_address(world: World) -> None:
    (port,) = free_ports(1)
    world.web.feed("/new", OLD)
    world.web.pages["/a"] = (301, {"Location": f"{world.web.url}/new"}, b"")
    address = f"127.0.0.1:{port}"
    world.configure("/a", every="1s", server=f"  listen: {address}\n")
    moved = f"has moved for good to {world.web.url}/new: write that as its url"
    with world.running():
        eventually(lambda: f"a {moved}" in world.monitor("status").stdout, world)
        with urllib.request.urlopen(f"http://{address}/sources") as page:
            assert f"It {moved}." in page.read().decode()
    assert f"note: source a {moved}" in world.monitor("check").stdout
    assert alerts(world) == []


def test_a_feed_that_is_always_refused_does_not_hold_up_its_hosts_others(world: World) -> None:
    world.web.feed("/b", OLD)
    world.web.pages["/a"] = (429, {}, b"slow down")
    world.configure("/a", "/b", every="1s")
    with world.running():
        eventually(lambda: world.web.asked.count("/a") >= 5, world, 120)  # 2, 4, 8, 16 s apart
    # Held up each time, it would be read about as often as the other is refused.
    assert world.web.asked.count("/b") >= 10
