"""An index of sitemaps is one source: its newest parts are read with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor.config.settings import Source
from monitor.errors import HttpStatus, ParseError
from monitor.models import Fetched, NotModified
from monitor.sources.parts import fetch_whole
from monitor.sources.read import read
from tests.sources.conftest import NOW, Poller
from tests.sources.webserver import Web, response

SPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
NEWS = "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"


def index(web: Web, *days: int) -> bytes:
    parts = "".join(
        f"<sitemap><loc>{web.url(f'/{day}.xml')}</loc><lastmod>2026-02-{day:02}</lastmod></sitemap>"
        for day in days
    )
    return response(f"<sitemapindex {SPACE}>{parts}</sitemapindex>".encode(), ETag='"i"')


def part(day: int, title: str) -> bytes:
    return response(
        f"<urlset {SPACE} {NEWS}><url><loc>https://a.test/{day}</loc><n:news>"
        f"<n:publication_date>2026-02-{day:02}</n:publication_date><n:title>{title}</n:title>"
        "</n:news></url></urlset>".encode()
    )


async def whole(poll: Poller, **state: Any) -> Fetched | NotModified:
    known = replace(poll.state, **state)
    return await fetch_whole(source(poll), known, poll.client, poll.polling, NOW)


def source(poll: Poller) -> Source:
    return Source(id="desk", url=poll.web.url("/index.xml"), outlet="Desk", allow_private=True)


async def test_the_newest_three_parts_are_read(web: Web, poll: Poller) -> None:
    web.answers["/index.xml"] = index(web, 1, 7, 3, 5, 2)
    for day in (1, 2, 3, 5, 7):
        web.answers[f"/{day}.xml"] = part(day, f"Day {day}")
    got = await whole(poll)
    assert isinstance(got, Fetched)
    assert [request.path for request in web.seen] == ["/index.xml", "/7.xml", "/5.xml", "/3.xml"]
    feed = read(source(poll), got, NOW)
    assert feed.format == "sitemap-index"
    assert [entry.title for entry in feed.entries] == ["Day 7", "Day 5", "Day 3"]


async def test_an_index_that_stays_does_not_hide_a_part_that_changed(
    web: Web, poll: Poller
) -> None:
    web.answers["/index.xml"] = index(web, 7)
    web.answers["/7.xml"] = part(7, "Morning")
    got = await whole(poll)
    assert isinstance(got, Fetched)
    assert (got.etag, got.last_modified) == (None, None)
    assert isinstance(await whole(poll, body_hash=got.body_hash), NotModified)
    web.answers["/7.xml"] = part(7, "Evening")
    later = await whole(poll, body_hash=got.body_hash)
    assert isinstance(later, Fetched)
    assert read(source(poll), later, NOW).entries[0].title == "Evening"


async def test_a_part_that_is_missing_or_broken_is_told_and_the_others_are_read(
    web: Web, poll: Poller
) -> None:
    web.answers["/index.xml"] = index(web, 7, 6, 5)
    web.answers["/7.xml"] = response(b"<html>", "200 OK")
    web.answers["/5.xml"] = part(5, "Day 5")
    got = await whole(poll)
    assert isinstance(got, Fetched)
    feed = read(source(poll), got, NOW)
    assert [entry.title for entry in feed.entries] == ["Day 5"]
    (warning,) = feed.warnings
    assert "/7.xml: a web page, not a feed" in warning


async def test_an_index_without_a_readable_part_is_in_trouble(web: Web, poll: Poller) -> None:
    web.answers["/index.xml"] = index(web, 7)
    with pytest.raises(HttpStatus, match=r"^desk: the server answered 404"):
        await whole(poll)
    web.answers["/7.xml"] = response(b"<html>")
    got = await whole(poll)
    assert isinstance(got, Fetched)
    with pytest.raises(ParseError, match=r"^desk: http.*/7.xml: a web page, not a feed"):
        read(source(poll), got, NOW)


async def test_a_broken_or_empty_index_is_read_like_any_document(web: Web, poll: Poller) -> None:
    web.answers["/index.xml"] = index(web)
    got = await whole(poll)
    assert isinstance(got, Fetched)
    assert read(source(poll), got, NOW).entries == ()
    web.answers["/index.xml"] = response(b"<sitemapindex><sitemap><lo")
    broken = await whole(poll)
    assert isinstance(broken, Fetched)
    with pytest.raises(ParseError, match=r"^desk: the document was cut off"):
        read(source(poll), broken, NOW)
