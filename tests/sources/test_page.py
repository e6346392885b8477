"""One page of one article: leave, manners, caps, and what is no article."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from monitor.config.auth import Auth
from monitor.config.settings import Polling, Source
from monitor.errors import PageError
from monitor.models import Article, NotModified, Page, Visit
from monitor.sources import page as page_module
from monitor.sources.article import close_worker
from monitor.sources.net import Client
from monitor.sources.page import PAUSE, PageReader, canonical_keys, check_page, host_of
from tests.sources.conftest import NOW
from tests.sources.test_article import TEXT, html
from tests.sources.webserver import Request, Web, response

HTML = "text/html; charset=utf-8"


@pytest.fixture(scope="module", autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    close_worker()


class Reader:
    """Reads pages of a source as the service does."""

    def __init__(self, client: Client, web: Web) -> None:
        self.web = web
        self.source = Source(id="desk", url=web.url(), outlet="Desk", allow_private=True)
        self.pages = PageReader(client, Polling(), self._turn)
        self.turns = 0
        self.now = NOW

    @asynccontextmanager
    async def _turn(self, url: str, now: datetime) -> AsyncIterator[None]:
        self.turns += 1
        yield

    async def __call__(self, path: str = "/1", **known: Any) -> Page | NotModified:
        url = path if "://" in path else self.web.url(path)
        visit = Visit("a1", "desk", url, host_of(url), NOW, NOW, **known)
        return await self.pages.read(self.source, visit, self.now)

    async def refused(self, path: str = "/1") -> PageError:
        with pytest.raises(PageError) as error:
            await self(path)
        return error.value

    def asked(self, path: str = "/1") -> list[Request]:
        return [request for request in self.web.seen if request.path == path]


@pytest.fixture
async def reader(client: Client, web: Web) -> AsyncIterator[Reader]:
    made = Reader(client, web)
    yield made
    made.pages.close()


async def test_a_page_is_asked_for_as_a_page_and_without_the_feeds_credentials(
    reader: Reader, web: Web
) -> None:
    auth = Auth(token=SecretStr("very-secret"))
    reader.source = reader.source.model_copy(update={"auth": auth})
    web.answers["/1"] = response(html(), Content_Type=HTML, ETag='"e"', Last_Modified="Mon")
    page = await reader()
    assert isinstance(page, Page)
    assert page.text == "\n".join(TEXT)
    assert (page.etag, page.last_modified) == ('"e"', "Mon")
    (request,) = reader.asked()
    assert request.headers["accept"].startswith("text/html")
    assert request.headers["user-agent"].startswith("LiaisonMonitor/")
    assert "authorization" not in request.headers
    assert [request.path for request in web.seen] == ["/robots.txt", "/1"]
    assert reader.turns == 1


async def test_a_known_page_is_asked_for_conditionally(reader: Reader, web: Web) -> None:
    web.answers["/1"] = response(status="304 Not Modified")
    assert isinstance(await reader(etag='"e"', last_modified="Mon"), NotModified)
    (request,) = reader.asked()
    assert request.headers["if-none-match"] == '"e"'
    web.answers["/1"] = response(html(), Content_Type=HTML)
    page = await reader()
    assert isinstance(page, Page)
    assert isinstance(await reader(body_hash=page.body_hash), NotModified)


@pytest.mark.parametrize(
    ("status", "lasting", "after"),
    [
        ("404 Not Found", True, None),
        ("403 Forbidden", True, None),
        ("500 Oops", False, None),
        ("503 Busy", False, PAUSE),
        ("429 Slow down", False, PAUSE),
    ],
)
async def test_B7_an_answer_that_is_no_page(
    reader: Reader, web: Web, status: str, lasting: bool, after: timedelta | None
) -> None:
    web.answers["/1"] = response(status=status)
    error = await reader.refused()
    assert str(error) == f"the page answered {status[:3]}"
    assert (error.lasting, error.retry_after) == (lasting, after)


@pytest.mark.parametrize("kind", ["application/pdf", "video/mp4", "image/jpeg"])
async def test_a_link_that_leads_to_no_web_page(reader: Reader, web: Web, kind: str) -> None:
    web.answers["/1"] = response(b"%PDF-1.7", Content_Type=kind)
    error = await reader.refused()
    assert str(error) == f"the link leads to {kind}, not to a web page"
    assert error.lasting


async def test_a_page_without_an_article_and_an_address_that_is_none(
    reader: Reader, web: Web
) -> None:
    web.answers["/1"] = response(b"<html></html>", Content_Type=HTML)
    assert str(await reader.refused()) == "the page holds no article"
    error = await reader.refused("/" + "x" * 3000)
    assert str(error) == "its link is no web address"
    assert error.lasting


async def test_C1_a_page_in_the_private_network_is_not_read(reader: Reader, web: Web) -> None:
    reader.source = reader.source.model_copy(update={"allow_private": False})
    error = await reader.refused()
    assert "not a public address" in str(error)
    assert web.connections == 0


async def test_B3_a_page_that_is_a_gzip_bomb_costs_its_cap(reader: Reader, web: Web) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    web.answers["/1"] = response(bomb, Content_Type=HTML, Content_Encoding="gzip")
    error = await reader.refused()
    assert str(error) == "the page is larger than 3 MB"
    assert error.lasting


async def test_B2_a_page_without_end_costs_its_cap_and_one_that_drips_its_time(
    reader: Reader, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"<p>more</p>" * 10_000)
            await writer.drain()

    async def drip(writer: asyncio.StreamWriter, _: Request) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(0.05)

    web.answers["/1"] = endless
    assert str(await reader.refused()) == "the page is larger than 3 MB"
    web.answers["/2"] = drip
    monkeypatch.setattr(page_module, "SECONDS", 1.0)
    start = time.monotonic()
    error = await reader.refused("/2")
    assert "in time" in str(error)
    assert not error.lasting
    assert time.monotonic() - start < 8


async def test_two_that_want_one_page_share_a_request(reader: Reader, web: Web) -> None:
    web.answers["/1"] = response(html(), Content_Type=HTML)
    one, other = await asyncio.gather(reader(), reader())
    assert one is other
    assert len(reader.asked()) == 1


async def test_D6_one_page_of_a_host_at_a_time_and_none_waits_for_ever(
    reader: Reader, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, most = 0, 0
    free, entered = asyncio.Event(), asyncio.Event()

    async def slow(writer: asyncio.StreamWriter, _: Request) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        entered.set()
        await free.wait()
        writer.write(response(html(), Content_Type=HTML))
        await writer.drain()
        inside -= 1

    for n in range(3):
        web.answers[f"/{n}"] = slow
    reads = [asyncio.ensure_future(reader(f"/{n}")) for n in range(3)]
    await entered.wait()
    monkeypatch.setattr(page_module, "SECONDS", 0.2)
    late = await reader.refused("/4")
    assert "other pages of" in str(late)
    assert not late.lasting
    free.set()
    assert all(isinstance(page, Page) for page in await asyncio.gather(*reads))
    assert most == 1


async def test_a_crawl_delay_is_kept(reader: Reader, web: Web) -> None:
    web.answers["/robots.txt"] = response(b"User-agent: *\nCrawl-delay: 10\n")
    web.answers["/1"] = web.answers["/2"] = response(html(), Content_Type=HTML)
    assert isinstance(await reader("/1"), Page)
    error = await reader.refused("/2")
    assert error.retry_after == timedelta(seconds=10)
    reader.now += timedelta(seconds=10)
    assert isinstance(await reader("/2"), Page)


async def test_what_is_remembered_of_hosts_is_bounded(
    reader: Reader, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "_MOST_HOSTS", 0)
    web.answers["/1"] = response(status="429 Slow down")
    await reader.refused()
    await reader.refused(web.url("/1").replace("127.0.0.1", "localhost"))
    assert len(reader.pages._hosts) <= 1
    assert len(reader.pages._not_before) == 1


ARTICLE = Article("a1", "The gate opens again", NOW, "The two sides agreed on Monday to open it.")


def stands(title: str = "The gate opens again - The Paper", text: str = "\n".join(TEXT)) -> str:
    """Why a page does not stand for the article; empty where it does."""
    try:
        check_page(ARTICLE, Page("https://paper.example/1", text, title))
    except PageError as error:
        return str(error)
    return ""


def test_a_page_must_speak_of_the_article_and_say_more_than_the_feed() -> None:
    assert stands() == ""
    assert stands(title="Passage resumes after weeks") == ""  # another headline, the same lead
    consent = "We and our partners store cookies on your device. You may accept or manage them."
    assert stands(title="Before you continue", text=consent) == "the page speaks of something else"
    assert stands(text="Subscribe to read on.") == "the page shows less than the feed"


def test_a_page_that_shrinks_under_its_title_is_a_paywall_and_no_edit() -> None:
    full = Article("a1", ARTICLE.title, NOW, body="\n".join(TEXT), full=True)
    stub = Page("https://paper.example/1", "The gate opens.", "The gate opens again | P")
    with pytest.raises(PageError, match="less than before"):
        check_page(full, stub, "The gate opens again | P")
    check_page(full, stub, "The gate opens again")
    check_page(full, Page(stub.url, "\n".join(TEXT[:2]), stub.title), stub.title)


def test_a_canonical_address_of_its_own_site_is_a_key() -> None:
    def keys(canonical: str | None) -> tuple[str, ...]:
        page = Page("https://www.paper.example/1?utm_source=x", "t", canonical=canonical)
        return canonical_keys(page)

    assert keys("https://paper.example/news/gate") == ("url:https://paper.example/news/gate",)
    assert keys(None) == ("url:https://paper.example/1",)
    assert keys("https://other.example/news/gate") == ()
    assert keys("https://paper.example/") == ()


def test_hosts_of_links() -> None:
    assert host_of("https://u:p@Paper.example:8443/x") == "paper.example:8443"
    for none in (None, "", "ftp://paper.example/x", "http://[bad/", "relative/x"):
        assert host_of(none) == ""
