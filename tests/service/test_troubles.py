"""Each further kind of trouble is told once when it begins and once when it is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from monitor.service.poll import Poller
from monitor.sources.health import advice
from monitor.sources.net import Client
from tests.service.conftest import StillClock
from tests.service.newsroom import Newsroom, Opened, rss
from tests.sources.webserver import response, serving

ERROR = "Bridge returned error 403! (20500)"
NOW = datetime.fromisoformat("2026-03-22T09:00:00+00:00")
CANNOT, MAY = "Outlet a cannot be read since", "Outlet a may be missing news:"


@pytest.fixture
async def room(opened: Opened, client: Client, clock: StillClock) -> AsyncIterator[Newsroom]:
    async with serving() as net:
        site = opened(
            "/a", every="15m", address=net.url("").rstrip("/"), polling="  max_body: 100KB\n"
        )
        made = Newsroom(site, client, clock, net, Poller(site, client))
        yield made
        made.poller.close()


@pytest.mark.parametrize(
    ("answer", "begins", "trouble"),
    [
        (response(rss(NOW, ERROR)), CANNOT, "bridge failure"),
        (response(b" " * 200_000), CANNOT, "too large"),
        (response(status="429 Too Many Requests"), CANNOT, "server error"),
        (response(status="401 Unauthorized"), CANNOT, "refused"),
        (response(rss(NOW, "One ship", "Two ships")[:250]), MAY, "cut off"),
        (response(rss(NOW)), MAY, "empty"),
        (response(rss(NOW, ERROR, "One ship", "Two ships")), MAY, "bridge in trouble"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_trouble_is_told_once_with_what_to_do_and_its_end_once(
    room: Newsroom, answer: bytes, begins: str, trouble: str
) -> None:
    await room.read_first("a")
    room.net.answers["/a"] = answer
    for _ in range(10):
        await room.poll(minutes=66)
    (broke,) = room.notices()
    assert broke.headline.startswith(begins)
    assert trouble in broke.headline
    assert advice(trouble) in broke.text
    room.serve("/a")
    for _ in range(3):
        await room.poll(minutes=66)
    assert room.said()[1:] == ["Outlet a works again"]


async def test_what_a_bridge_says_of_its_failure_is_never_an_article(room: Newsroom) -> None:
    await room.read_first("a")
    room.net.answers["/a"] = response(rss(room.clock.now(), ERROR, "A ship left the harbour"))
    result = await room.poll(minutes=20)
    assert result.new == 1
    assert any(ERROR in warning for warning in result.warnings)
