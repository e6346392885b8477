"""Which pages are wanted, a short wait for them before deciding, and when to look again.

An alert waits at most WAIT seconds for the pages of its poll. What comes later is read as a visit
(see visits.py) and decided on as more of the same article.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.config.settings import Source
from monitor.config.units import Fulltext
from monitor.detect import judge
from monitor.errors import HttpStatus, PageError
from monitor.models import (
    Article,
    Decision,
    NotModified,
    Page,
    Relevance,
    SourceState,
    Visit,
)
from monitor.service.hosts import HostPaused, Hosts
from monitor.service.identify import Pages, Sighting, article_of, oldest_first
from monitor.service.lastread import Reading
from monitor.service.log import get_logger
from monitor.service.result import Document
from monitor.service.site import Site
from monitor.sources.net import Client
from monitor.sources.page import PageReader, check_page, host_of
from monitor.store import Unit

log = get_logger()

WAIT = 5.0
AHEAD = 8  # pages that one poll waits for; the others are visited next
LOOKS = tuple(timedelta(minutes=m) for m in (15, 60, 6 * 60, 24 * 60))  # after the first sight
RETRY = timedelta(minutes=2)  # doubled with every failure, until the next look
RECENT = timedelta(hours=24)  # a first poll is followed to pages no older than this
_MOST_TOLD = 1000


@dataclass(frozen=True, slots=True)
class Wishes:
    """Whether the pages of a source are read: by topic, and all that is wished."""

    of: Mapping[str, Fulltext]
    any: frozenset[Fulltext]


def wishes(site: Site, source: Source) -> Wishes:
    """The source's own word, else each topic's, else the one for all."""
    word, usual = source.fulltext, site.config.settings.polling.fulltext
    of = {name: word or pack.fulltext or usual for name, pack in site.config.topics.items()}
    return Wishes(of, frozenset(of.values()))


class FullText:
    """Reads pages for polls and visits."""

    def __init__(self, site: Site, client: Client, hosts: Hosts) -> None:
        self._site = site
        self._hosts = hosts
        self._reader = PageReader(client, site.config.settings.polling, hosts.turn)
        self._wishes: dict[Fulltext | None, Wishes] = {}  # by the source's own word
        self._told: set[tuple[str, str]] = set()
        self._asked: set[asyncio.Task[Page | NotModified]] = set()

    def close(self) -> None:
        """Wait for nothing; what is under way is read again later."""
        self._reader.close()

    async def ahead(
        self, source: Source, state: SourceState, reading: Reading, now: datetime
    ) -> Pages:
        """The pages of new and changed entries that are wanted and answer within WAIT seconds."""
        if not state.baseline_done or self._wished(source).any <= {"never"}:
            return {}
        wanted = await asyncio.to_thread(self._wanted, source, reading, now)
        tasks = {article.url or "": self._ask(source, article, now) for article in wanted}
        if not tasks:
            return {}
        done, _ = await asyncio.wait(tasks.values(), timeout=WAIT)
        found: dict[str, Page | PageError] = {}
        for article in wanted:
            task = tasks[article.url or ""]
            if task in done:
                found[article.url or ""] = _checked(article, task)
        return found

    def _ask(
        self, source: Source, article: Article, now: datetime
    ) -> asyncio.Task[Page | NotModified]:
        task = asyncio.ensure_future(self.read(source, first_visit(article, source, now), now))
        self._asked.add(task)
        task.add_done_callback(self._answered)
        return task

    def _answered(self, task: asyncio.Task[Page | NotModified]) -> None:
        self._asked.discard(task)
        if not task.cancelled():
            task.exception()  # one that came too late is told at the visit

    def _wanted(self, source: Source, reading: Reading, now: datetime) -> list[Article]:
        """The newest entries that we do not have as they are, as far as their pages are wanted."""
        items = reading.entries
        known = self._site.store.known_entries(source.id, [item.entry_key for item in items])
        found: list[Article] = []
        for item in reversed(list(oldest_first(items))):
            before = known.get(item.entry_key)
            if before is not None and before.content_hash == item.content_hash:
                continue
            article = article_of(source, reading.feed.lang, item, now)
            if not host_of(article.url) or not self._is_wanted(source, article):
                continue
            other = self._site.store.find_article(item.keys)
            if other is None or other.source == source.id:  # else a copy, on which nothing hangs
                found.append(article)
            if len(found) == AHEAD:
                break
        return found

    def _is_wanted(self, source: Source, article: Article) -> bool:
        watch, wished = self._site.topics, self._wished(source)
        if "always" in wished.any:
            return True
        try:
            named = watch.in_order(watch.concerned(article).named)
            topics = (topic for topic in named if wished.of[topic.name] == "relevant")
            return any(judge(article, t).relevance is not Relevance.OFF_TOPIC for t in topics)
        except Exception:  # the decision on it says what is wrong, in its own place
            return False

    async def read(self, source: Source, visit: Visit, now: datetime) -> Page | NotModified:
        """One page, as `PageReader.read`; a host that wants a pause gets it from polls too."""
        try:
            return await self._reader.read(source, visit, now)
        except HostPaused as pause:
            why = f"{visit.host} asked for a pause"
            raise PageError(why, lasting=False, retry_after=pause.until - now) from pause
        except PageError as error:
            if isinstance(error.__cause__, HttpStatus) and error.retry_after is not None:
                self._hosts.answered(visit.url, error.__cause__, now + error.retry_after)
            raise

    def plan(
        self,
        unit: Unit,
        document: Document,
        sighting: Sighting,
        decided: Sequence[Decision],
    ) -> None:
        """Remember when the article's page is looked at next, in the poll's own transaction."""
        article, source, now = sighting.article, document.source, document.now
        if article is None or not sighting.fresh or not host_of(article.url):
            return
        if not self._is_followed(source, decided) or (document.first and not _recent(article, now)):
            return
        old = unit.visit(article.id)
        visit = old or replace(first_visit(article, source, now), quiet=document.first)
        page = document.pages.get(article.url or "")
        visit = replace(visit, url=article.url or "", host=host_of(article.url), due=now)
        if isinstance(page, PageError):
            visit = self.refused(visit, page, now)
        elif page is not None and article.full:
            told = any(decision.story is not None for decision in decided)
            visit = taken(visit, page, now, alive=told)
        unit.save_visit(visit)

    def _wished(self, source: Source) -> Wishes:
        if source.fulltext not in self._wishes:
            self._wishes[source.fulltext] = wishes(self._site, source)
        return self._wishes[source.fulltext]

    def _is_followed(self, source: Source, decided: Sequence[Decision]) -> bool:
        wished = self._wished(source)
        touched = (decision.topic for decision in decided if decision.topic)
        return "always" in wished.any or any(wished.of[topic] != "never" for topic in touched)

    def refused(self, visit: Visit, error: PageError, now: datetime) -> Visit:
        """The visit after a page that could not be used; why is told once a host."""
        told = (visit.host, str(error))
        if told not in self._told:
            if len(self._told) >= _MOST_TOLD:
                self._told.clear()
            self._told.add(told)
            log.info("page not used", source=visit.source, url=visit.url, cause=str(error))
        failures = visit.failures + 1
        again = next_look(visit.since, now)
        if not error.lasting and (again is not None or visit.read is None):
            soon = now + RETRY * 2 ** min(failures - 1, 8)
            soon = max(soon, now + (error.retry_after or RETRY))
            again = soon if again is None or soon < again else again
            again = again if again <= visit.since + LOOKS[-1] else None
        return replace(visit, due=again, failures=failures, note=str(error))


def first_visit(article: Article, source: Source, now: datetime) -> Visit:
    """A page that was never read."""
    url = article.url or ""
    return Visit(article.id, source.id, url, host_of(url), since=now, due=now)


def taken(visit: Visit, page: Page, now: datetime, *, alive: bool) -> Visit:
    """The visit after its page was read; one of no story is not looked at again."""
    return replace(
        visit,
        due=next_look(visit.since, now) if alive else None,
        failures=0,
        quiet=False,
        title=page.title,
        etag=page.etag,
        last_modified=page.last_modified,
        body_hash=page.body_hash,
        read=now,
        modified=page.modified,
        author=page.author,
        note=None,
    )


def next_look(since: datetime, now: datetime) -> datetime | None:
    """The next time of the schedule, None after the last; what was slept through is left out."""
    return next((since + after for after in LOOKS if since + after > now), None)


def _recent(article: Article, now: datetime) -> bool:
    return article.published is not None and now - article.published < RECENT


def _checked(article: Article, task: asyncio.Task[Page | NotModified]) -> Page | PageError:
    error = task.exception()
    if isinstance(error, PageError):
        return error
    if error is not None:
        log.error("a fault in the program", url=article.url, kind=type(error).__name__)
        return PageError("a fault in the program", lasting=True)
    page = task.result()
    if isinstance(page, NotModified):
        return PageError("the page sent no text", lasting=False)
    try:
        check_page(article, page)
    except PageError as refused:
        return refused
    return page
