"""Servers that say "not modified" while there is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from monitor.config.settings import Polling, Source
from monitor.models import Fetched, NotModified, SourceState
from monitor.sources.doubt import fetch_doubting
from monitor.sources.net import Client
from tests.sources.conftest import NOW
from tests.sources.webserver import Web, response

FEED = b"<rss><channel/></rss>"
NEVER = response(status="304 Not Modified")


async def asked(client: Client, web: Web, **known: Any) -> Fetched | NotModified:
    """Read a source that was read whole an hour ago, unless `known` says otherwise."""
    state = SourceState(id="desk", url=web.url(), next_due=NOW, last_full=NOW - timedelta(hours=1))
    source = Source(id="desk", url=web.url(), outlet="Desk", allow_private=True)
    return await fetch_doubting(source, replace(state, **known), client, Polling(), NOW)


def lies_to_validators(web: Web) -> None:
    """The server says 304 to whoever sends validators, and serves the feed to others."""

    async def answer(writer: Any, request: Any) -> None:
        stuck = "if-none-match" in request.headers
        writer.write(NEVER if stuck else response(FEED, ETag='"1"'))
        await writer.drain()

    web.answers["/"] = answer


def validators(web: Web) -> list[bool]:
    return ["if-none-match" in request.headers for request in web.seen]


async def test_a_304_is_taken_at_its_word_between_two_full_reads(client: Client, web: Web) -> None:
    lies_to_validators(web)
    assert isinstance(await asked(client, web, etag='"1"'), NotModified)
    assert validators(web) == [True]


async def test_B6_once_a_day_a_304_is_checked_and_a_lie_is_found(client: Client, web: Web) -> None:
    lies_to_validators(web)
    got = await asked(client, web, etag='"1"', last_full=NOW - timedelta(hours=25))
    assert isinstance(got, Fetched)
    assert (got.body, got.candid) == (FEED, False)
    assert validators(web) == [True, False]


async def test_B6_a_server_that_was_caught_is_checked_at_every_read(
    client: Client, web: Web
) -> None:
    lies_to_validators(web)
    got = await asked(client, web, etag='"1"', lies=1)
    assert isinstance(got, Fetched)
    assert got.candid is False


async def test_a_304_that_was_true_stays_one(client: Client, web: Web) -> None:
    lies_to_validators(web)
    first = await asked(client, web)
    assert isinstance(first, Fetched)
    again = await asked(client, web, etag='"1"', lies=1, body_hash=first.body_hash)
    assert isinstance(again, NotModified)
    assert again.same_body


async def test_a_new_body_for_a_conditional_request_is_candid(client: Client, web: Web) -> None:
    web.answers["/"] = response(FEED)
    got = await asked(client, web, etag='"1"', last_full=NOW - timedelta(hours=25))
    assert isinstance(got, Fetched)
    assert got.candid is True
    assert validators(web) == [True]


async def test_without_validators_nothing_is_said_of_its_candour(client: Client, web: Web) -> None:
    web.answers["/"] = response(FEED)
    for known in ({}, {"last_full": None}):
        got = await asked(client, web, **known)
        assert isinstance(got, Fetched)
        assert got.candid is None


async def test_B6_after_an_error_or_a_move_no_validator_is_sent(client: Client, web: Web) -> None:
    lies_to_validators(web)
    old = NOW - timedelta(hours=25)
    for known in ({"failures": 1}, {"moved_to": web.url("/new"), "last_full": old}):
        got = await asked(client, web, etag='"1"', **known)
        assert isinstance(got, Fetched)
    assert validators(web) == [False, False]
