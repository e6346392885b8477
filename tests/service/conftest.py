from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from monitor import __version__
from monitor.config.load import load
from monitor.models import SourceState
from monitor.service import writer
from monitor.service.poll import Poller
from monitor.service.result import PollResult
from monitor.service.site import Site, open_site
from monitor.sources.net import Client, open_client
from tests.acceptance.world import Web, World
from tests.sources import webserver

if TYPE_CHECKING:
    from tests.service.newsroom import Newsroom


class StillClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 22, 9, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    yield server
    server.close()


@pytest.fixture
async def net() -> AsyncIterator[webserver.Web]:
    """A server whose answers a test writes itself."""
    async with webserver.serving() as server:
        yield server


@pytest.fixture
def world(tmp_path: Path, web: Web) -> World:
    return World(tmp_path, web)


@pytest.fixture(autouse=True)
def _quiet_polls_wait_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polls that brought nothing gather for a hundredth of a second, not a fifth: tests make
    thousands of them, one after the other.
    """
    monkeypatch.setattr(writer, "PAUSE", 0.01)


@pytest.fixture
def opened(world: World, clock: StillClock) -> Iterator[Callable[..., Site]]:
    """Opens the site of a world that was configured.

    Its channels take the next message at once; `paced` ones as in the service, where Slack wants a
    second between two.
    """
    sites: list[Site] = []

    def build(*paths: str, paced: bool = False, **options: str) -> Site:
        world.configure(*paths, **options)
        site = open_site(load(world.config), clock, {})
        for channel in () if paced else site.channels.values():
            vars(channel)["interval"] = timedelta(0)
        site.begin(clock.now())
        sites.append(site)
        return site

    yield build
    for site in sites:
        site.store.close()


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    from monitor.config.settings import Polling

    async with open_client(Polling(), __version__) as opened:
        yield opened


@pytest.fixture
async def room(
    net: webserver.Web, opened: Callable[..., Site], client: Client, clock: StillClock
) -> AsyncIterator[Newsroom]:
    """One source, /a, read every 15 minutes."""
    from tests.service.newsroom import Newsroom

    site = opened("/a", every="15m", address=net.url("").rstrip("/"))
    made = Newsroom(site, client, clock, net, Poller(site, client))
    yield made
    made.poller.close()


async def read(site: Site, poller: Poller, source_id: str) -> PollResult:
    """Poll one source of the site with the state that is stored."""
    source = site.source(source_id)
    assert source is not None
    state = site.store.source_state(source_id)
    assert isinstance(state, SourceState)
    return await poller.poll(source, state)
