from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.config.settings import Polling, Source
from monitor.models import Fetched, NotModified, SourceState
from monitor.sources.fetch import fetch
from monitor.sources.lenient import close_workers
from monitor.sources.net import Client, open_client
from tests.sources.webserver import Web, serving

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with serving() as server:
        yield server


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with open_client(Polling(contact="desk@example.org"), "1.0") as shared:
        yield shared


class Poller:
    """Polls one source at a path of the server, as the service does."""

    def __init__(self, client: Client, web: Web) -> None:
        self.client = client
        self.web = web
        self.polling = Polling(timeout=timedelta(seconds=5))
        self.state = SourceState(id="desk", url=web.url(), next_due=NOW)

    async def __call__(
        self, path: str = "/", *, private: bool = True, conditional: bool = True, **state: Any
    ) -> Fetched | NotModified:
        url = path if "://" in path else self.web.url(path)
        source = Source(id="desk", url=url, outlet="Desk", allow_private=private)
        known = replace(self.state, **state)
        return await fetch(source, known, self.client, self.polling, NOW, conditional=conditional)

    async def body(self, path: str = "/", **options: Any) -> bytes:
        got = await self(path, **options)
        assert isinstance(got, Fetched)
        return got.body


@pytest.fixture
def poll(client: Client, web: Web) -> Poller:
    return Poller(client, web)


@pytest.fixture(scope="session", autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    close_workers()
