"""What a source asks for before it is read: credentials, and the way through a proxy."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from monitor.config.auth import Auth
from monitor.config.settings import Polling, Source
from monitor.errors import FetchError
from monitor.models import Fetched, SourceState
from monitor.sources.fetch import fetch
from monitor.sources.net import Client, open_client
from tests.sources.conftest import NOW
from tests.sources.webserver import Web, response, serving

FEED = b"<rss><channel/></rss>"
POLLING = Polling()


async def body(client: Client, source: Source) -> bytes:
    state = SourceState(id=source.id, url=source.url, next_due=NOW)
    got = await fetch(source, state, client, POLLING, NOW)
    assert isinstance(got, Fetched)
    return got.body


def source(url: str, **more: object) -> Source:
    return Source.model_validate(
        {"id": "desk", "url": url, "outlet": "Desk", "allow_private": True, **more}
    )


async def test_H2_credentials_reach_the_source_and_no_other_origin(
    web: Web, client: Client
) -> None:
    auth = Auth(token=SecretStr("canary-7f3a"), headers={"X-Api-Key": SecretStr("canary-7f3a")})
    async with serving() as other:
        other.answers["/"] = response(FEED)
        web.answers["/here"] = response(FEED)
        web.answers["/moved"] = response(status="302 Found", Location="/here")
        web.answers["/away"] = response(status="302 Found", Location=other.url())
        for path in ("/here", "/moved", "/away"):
            assert await body(client, source(web.url(path), auth=auth)) == FEED
        assert len(web.seen) == 4
        assert {r.headers["authorization"] for r in web.seen} == {"Bearer canary-7f3a"}
        assert {r.headers["x-api-key"] for r in web.seen} == {"canary-7f3a"}
        (strange,) = other.seen
        assert "canary" not in str(strange.headers)


async def test_a_configured_proxy_is_asked_for_all_but_those_that_go_past_it(web: Web) -> None:
    async with serving() as proxy:
        through = web.url("/through")
        proxy.answers[through] = response(b"by the proxy")  # a proxy is asked for whole addresses
        web.answers["/past"] = response(b"directly")
        with_proxy = Polling(proxy=SecretStr(proxy.url()))
        async with open_client(with_proxy, "1.0") as client:
            assert await body(client, source(through)) == b"by the proxy"
            assert await body(client, source(web.url("/past"), proxy=False)) == b"directly"
    assert [request.path for request in proxy.seen] == [through]
    assert [request.path for request in web.seen] == ["/past"]


async def test_a_proxy_that_is_away_is_told_as_the_proxys_trouble() -> None:
    async with open_client(
        Polling(proxy=SecretStr("http://kim:canary@127.0.0.1:9")), "1.0"
    ) as client:
        with pytest.raises(FetchError) as error:
            await body(client, source("http://news.example/"))
    assert str(error.value) == (
        "desk: the proxy (polling.proxy) did not let us to news.example: Connection refused"
    )
