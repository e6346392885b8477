"""Reads the page of one article: with leave of robots.txt, one page of a host at a time, in caps.

Everything that makes a page unusable is a PageError in words; whoever asked goes on with the feed's
own text.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from pydantic import ValidationError

from monitor.config.settings import Polling, Source
from monitor.errors import BadAddress, FetchError, HttpStatus, PageError, ParseError, TooLarge
from monitor.models import Article, Fetched, NotModified, Page, SourceState, Visit
from monitor.sources.article import read_page, start_worker
from monitor.sources.fetch import fetch
from monitor.sources.identity import canonical_url, squeezed
from monitor.sources.net import Client
from monitor.sources.robots import Robots

SECONDS = 15.0  # for one page in all: robots.txt, the page, the extraction
MOST_BYTES = 3_000_000
PAUSE = timedelta(minutes=5)  # for a host that is overloaded and names no time
_ACCEPT = "text/html, application/xhtml+xml;q=0.9"
_HTML = ("text/html", "application/xhtml+xml", "application/xml", "text/xml")
_MOST_HOSTS = 2000
_ENOUGH = 0.4  # of the runs of four letters: a title in its own page's title has nearly all


Turn = Callable[[str, datetime], AbstractAsyncContextManager[None]]
"""Waits for one of the places that a host has for all who ask it; for an address, at a time."""


class PageReader:
    """The one way to pages of articles. Give it one event loop; it keeps nothing on disk."""

    def __init__(self, client: Client, polling: Polling, turn: Turn) -> None:
        self._turn = turn
        self._client = client
        self._polling = polling.model_copy(update={"max_body": MOST_BYTES})
        self._robots = Robots(client, polling)
        self._hosts: dict[str, asyncio.Lock] = {}
        self._not_before: dict[str, datetime] = {}
        self._reading: dict[str, asyncio.Task[Page | NotModified]] = {}
        # A hostile page holds a thread of these, and none where everything else waits for threads.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="page")

    def close(self) -> None:
        """Wait for nothing; pages under way are read again later."""
        for task in self._reading.values():
            task.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def read(self, source: Source, visit: Visit, now: datetime) -> Page | NotModified:
        """The article of the visit's page, or the news that it is as it was.

        Takes at most about SECONDS. Two that ask for one page share one request. Raises PageError.
        """
        task = self._reading.get(visit.url)
        if task is None:
            task = asyncio.ensure_future(self._read(source, visit, now))
            self._reading[visit.url] = task
            task.add_done_callback(lambda done: self._done(visit.url, done))
        return await asyncio.shield(task)

    def _done(self, url: str, task: asyncio.Task[Page | NotModified]) -> None:
        del self._reading[url]
        if not task.cancelled():
            task.exception()  # nobody may be waiting any more; then it is told at the next visit

    async def _read(self, source: Source, visit: Visit, now: datetime) -> Page | NotModified:
        end = time.monotonic() + SECONDS
        start_worker()
        async with self._alone(visit.host, end), self._turn(visit.url, now):
            self._check_pause(visit.host, now)
            private = source.allow_private
            leave = await self._robots.leave(
                visit.url, private=private, seconds=_left(end), now=now
            )
            if not leave.granted:
                raise PageError(leave.why, lasting=not leave.trouble, retry_after=leave.again)
            if leave.delay:
                self._pause(visit.host, now + timedelta(seconds=leave.delay))
            got = await self._fetch(source, visit, now, _left(end))
        if isinstance(got, NotModified):
            return got
        return await self._extract(source, got, _left(end))

    @asynccontextmanager
    async def _alone(self, host: str, end: float) -> AsyncIterator[None]:
        """One page of a host at a time."""
        lock = self._hosts.setdefault(host, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), _left(end))
        except TimeoutError:
            raise PageError(f"other pages of {host} take long", lasting=False) from None
        try:
            yield
        finally:
            lock.release()
            if len(self._hosts) > _MOST_HOSTS:
                self._hosts = {name: one for name, one in self._hosts.items() if one.locked()}

    def _check_pause(self, host: str, now: datetime) -> None:
        """A host that asked for time, or for gaps between pages, gets them."""
        until = self._not_before.get(host, now)
        if now < until <= now + timedelta(days=1):
            raise PageError(f"{host} asked for a pause", lasting=False, retry_after=until - now)
        self._not_before.pop(host, None)

    def _pause(self, host: str, until: datetime) -> None:
        if len(self._not_before) > _MOST_HOSTS:
            self._not_before.clear()
        self._not_before[host] = until

    async def _fetch(
        self, source: Source, visit: Visit, now: datetime, seconds: float
    ) -> Fetched | NotModified:
        polling = self._polling.model_copy(update={"timeout": timedelta(seconds=seconds)})
        try:
            # Nothing else of the source: its credentials are for its feed.
            page = Source(
                id=source.id,
                url=visit.url,
                outlet=source.outlet,
                allow_private=source.allow_private,
                proxy=source.proxy,
            )
            state = SourceState(
                id=source.id,
                url=visit.url,
                next_due=now,
                etag=visit.etag,
                last_modified=visit.last_modified,
                body_hash=visit.body_hash,
            )
            return await fetch(page, state, self._client, polling, now, accept=_ACCEPT)
        except ValidationError:
            raise PageError("its link is no web address", lasting=True) from None
        except TooLarge as error:
            text = f"the page is larger than {MOST_BYTES / 1e6:g} MB"
            raise PageError(text, lasting=True) from error
        except HttpStatus as error:
            raise self._status(error, visit.host, now) from error
        except FetchError as error:
            words = str(error).removeprefix(f"{source.id}: ")
            raise PageError(words, lasting=isinstance(error, BadAddress)) from error

    def _status(self, error: HttpStatus, host: str, now: datetime) -> PageError:
        busy = error.status in (429, 503)
        after = error.retry_after or PAUSE if busy else error.retry_after
        if busy and after:
            self._pause(host, now + after)
        lasting = error.status < 500 and error.status != 429
        return PageError(f"the page answered {error.status}", lasting=lasting, retry_after=after)

    async def _extract(self, source: Source, got: Fetched, seconds: float) -> Page:
        kind = (got.content_type or "text/html").partition(";")[0].strip().lower()
        if kind not in _HTML:
            raise PageError(f"the link leads to {kind[:40]}, not to a web page", lasting=True)
        loop = asyncio.get_running_loop()
        try:
            page = await loop.run_in_executor(
                self._threads,
                lambda: read_page(
                    got.body, got.url, got.content_type, source.lang, patience=seconds
                ),
            )
        except ParseError as error:
            raise PageError(str(error), lasting=True) from error
        return replace(
            page, etag=got.etag, last_modified=got.last_modified, body_hash=got.body_hash
        )


def _left(end: float) -> float:
    return max(0.5, end - time.monotonic())


def host_of(url: str | None) -> str:
    """The host of a link, lower-case, with its port; empty for what is no web address."""
    try:
        parts = urlsplit(url or "")
        return parts.netloc.rpartition("@")[2].lower() if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def canonical_keys(page: Page) -> tuple[str, ...]:
    """The key of the address that a page gives itself, if it is one of its own site.

    Another site's address could claim an article for good, so it is not believed.
    """
    own, there = canonical_url(page.url), canonical_url(page.canonical or page.url)
    parts = urlsplit(there)
    same = parts.netloc == urlsplit(own).netloc and (parts.path.strip("/") or parts.query)
    return (f"url:{there}",) if same else ()


def check_page(article: Article, page: Page, known_title: str = "") -> None:
    """Raises PageError when the page is plainly not the whole text of the article.

    A consent or login page speaks of something else; behind a paywall stands less than in the feed,
    or under the same title (`known_title`) less than before. A report that is taken back is short
    too, and says so in its title.
    """
    about = (article.title, page.title), (article.title, page.text), (article.summary, page.text)
    if not any(_shared(said, there) >= _ENOUGH for said, there in about):
        raise PageError("the page speaks of something else", lasting=True)
    if article.full:
        shrunk = len(page.text) < len(article.body) / 2
        if shrunk and squeezed(page.title) == squeezed(known_title):
            raise PageError("the page shows less than before", lasting=True)
    elif len(page.text) < max(len(article.summary), len(article.body) / 2):
        raise PageError("the page shows less than the feed", lasting=True)


def _shared(said: str, there: str) -> float:
    """The share of a text's runs of four letters that stand in another, 0 to 1."""
    said, there = squeezed(said), squeezed(there)
    runs = {said[at : at + 4] for at in range(len(said) - 3)}
    return sum(run in there for run in runs) / len(runs) if runs else 0.0
