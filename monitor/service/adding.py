"""Finds the feed behind an address, and what it would bring, before it becomes a source."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.config.listpage import ListPage
from monitor.config.settings import Polling, Source
from monitor.errors import FetchError, ParseError, SourceError
from monitor.models import Entry, Fetched, NotModified, ParsedFeed, Relevance, SourceState, Verdict
from monitor.service.preview import Preview, decide_on
from monitor.service.site import Site
from monitor.sources.decode import decode
from monitor.sources.discover import common_places, discover, linked
from monitor.sources.guess import guess_page
from monitor.sources.net import Client
from monitor.sources.parts import fetch_whole
from monitor.sources.read import read

MOST_ANNOUNCED = 6  # feeds of one page that are tried
_A_TRY = timedelta(seconds=10)  # for one address that may hold a feed
_SIDE = ("comment", "kommentar", "commentaire", "podcast")


@dataclass(frozen=True, slots=True)
class Found:
    """A readable source: a feed, or a page with guessed selectors (`source.page`).

    `others` are further feeds that the page announces; `tried` says what was looked at in vain.
    """

    source: Source
    feed: ParsedFeed
    others: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a document brings something; None where too few entries have dates."""

    a_day: float | None
    window: timedelta | None  # in which all of its list is new
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Matches:
    """What of the document one topic would have taken up."""

    relevant: int = 0
    passing: int = 0
    alerts: int = 0
    titles: tuple[str, ...] = ()


async def find(
    source: Source, client: Client, polling: Polling, now: datetime, *, as_page: bool = False
) -> Found:
    """The feed at the address of `source`, or announced or linked there, or in a usual place.

    Where there is none, or for a page that is wanted `as_page`, a list on it that can be guessed:
    of such a page no feed is taken instead. Raises SourceError with what was tried.
    """
    got = await _fetched(source, client, polling, now)
    try:
        return Found(source, await asyncio.to_thread(read, source, got, now))
    except ParseError as error:
        if source.page is not None or "web page" not in str(error):
            raise
        first = error
    if as_page:
        page = await _guessed(source, got)
        if page is None:
            raise SourceError(
                "no list of articles was found on this page: leave out --page to look for a feed, "
                "or write its selectors under `page` (docs/configuration.md)"
            )
        return _as_page(source, got, page, (), now)
    return await _behind(source, got, client, polling, now, first)


async def _behind(
    source: Source,
    got: Fetched,
    client: Client,
    polling: Polling,
    now: datetime,
    first: ParseError,
) -> Found:
    """What a web page leads to: announced feeds, feeds in usual places, its own list."""
    text = decode(got.body, got.content_type, source.lang).text
    title, announced = discover(text, got.url)
    announced = sorted(announced, key=_aside)[:MOST_ANNOUNCED]
    tried: list[str] = []
    quick = polling.model_copy(update={"timeout": min(polling.timeout, _A_TRY)})
    for url in (*announced, *linked(text, got.url)[:MOST_ANNOUNCED], *common_places(got.url)):
        if url in tried:
            continue
        tried.append(url)
        candidate = source.model_copy(update={"url": url})
        try:
            body = await _fetched(candidate, client, quick, now)
            feed = await asyncio.to_thread(read, candidate, body, now)
        except SourceError:
            continue
        if any(entry.title for entry in feed.entries):  # a sitemap of everything has none
            others = tuple(other for other in announced if other != url)
            return Found(candidate, replace(feed, title=feed.title or title), others, ())
    page = await _guessed(source, got)
    if page is None:
        raise SourceError(f"{first}; and none of {len(tried)} places for a feed on it holds one")
    return _as_page(source, got, page, tuple(tried), now)


async def _guessed(source: Source, got: Fetched) -> ListPage | None:
    return await asyncio.to_thread(guess_page, got.body, got.content_type, source.lang)


def _as_page(
    source: Source, got: Fetched, page: ListPage, tried: tuple[str, ...], now: datetime
) -> Found:
    listed = source.model_copy(update={"page": page})
    return Found(listed, read(listed, got, now), (), tried)


def _aside(url: str) -> bool:
    """Whether a feed is rather of comments or sounds than of news."""
    return any(word in url.lower() for word in _SIDE)


async def _fetched(source: Source, client: Client, polling: Polling, now: datetime) -> Fetched:
    state = SourceState(id=source.id, url=source.url, next_due=now)
    got = await fetch_whole(source, state, client, polling, now, conditional=False)
    if isinstance(got, NotModified):
        raise FetchError(f"{source.id}: the server says nothing changed, though it was not asked")
    return got


def rhythm(entries: Sequence[Entry]) -> Rhythm:
    """How often the document brings something, from the newer half of its own dates.

    A list may end in a leftover of years ago.
    """
    dates = sorted(date for entry in entries if (date := entry.published or entry.updated))
    if not dates:
        return Rhythm(None, None, None)
    window = dates[-1] - dates[0]
    if len(dates) < 3 or window < timedelta(minutes=1):
        return Rhythm(None, window, dates[-1])
    recent = dates[len(dates) // 2 - 1 :]
    apart = max(recent[-1] - recent[0], timedelta(minutes=1)) / (len(recent) - 1)
    rolls_over = min(window, apart * (len(dates) - 1))
    return Rhythm(timedelta(days=1) / apart, rolls_over, dates[-1])


def matches(site: Site, source: Source, feed: ParsedFeed, now: datetime) -> dict[str, Matches]:
    """What each configured topic would have taken up, by topic. Stores nothing."""
    found = decide_on(site, source, feed, now)
    return {topic: _of(found, topic) for topic in site.topics}


def _of(found: Preview, topic: str) -> Matches:
    decisions = [(a, d) for a, d in found.decided if d.topic == topic]
    counts = Counter(decision.relevance for _, decision in decisions)
    return Matches(
        relevant=counts[Relevance.RELEVANT],
        passing=counts[Relevance.PASSING],
        alerts=sum(decision.verdict is Verdict.ALERT for _, decision in decisions),
        titles=tuple(a.title for a, d in decisions if d.relevance is Relevance.RELEVANT),
    )
