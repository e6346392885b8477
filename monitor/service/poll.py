"""The way of one entry, from a feed to the outbox, top to bottom.

poll(source)
  fetch      Source, SourceState           -> Fetched | NotModified   conditional GET, caps, guard
  read       Fetched                       -> Reading                 of what changed, our own rules
  pages      ParsedFeed                    -> Pages                   of new articles, 5 s at most
  identify   Entry                         -> new | changed | same    several keys
  judge      Article, Topic                -> Judgement               pure
  decide     Article, TopicState, now      -> Decision                pure
  commit     entries, ledger, stories, alerts, deliveries, source     ONE transaction

A crash before the commit leaves nothing behind: the same document is read again. A crash after it
loses nothing: the deliveries are in the outbox (see deliver.py). Several documents may share a
transaction (see writer.py).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from monitor.config.settings import Source
from monitor.errors import SourceError, StoreError
from monitor.models import Fetched, NotModified, SourceState
from monitor.service.decisions import TopicStates, decide_all
from monitor.service.fulltext import FullText
from monitor.service.hosts import HostPaused, Hosts
from monitor.service.identify import Sighting, passed_over, sightings
from monitor.service.lastread import LastRead, Reading, ReadWhole
from monitor.service.log import get_logger
from monitor.service.outbox import put_decision
from monitor.service.result import Document, PollResult, Tally
from monitor.service.site import Site
from monitor.service.sourcebook import SourceBook, to_be_read_again
from monitor.service.underway import Underway
from monitor.service.websub import Hubs
from monitor.service.writer import Writer
from monitor.sources.cadence import wants_full_read
from monitor.sources.doubt import fetch_doubting
from monitor.sources.manners import address
from monitor.sources.net import Client
from monitor.sources.parse import NeedsWorker
from monitor.store import Unit

log = get_logger()
T = TypeVar("T")

LONGEST = 5.0  # seconds after which the entries of one document are left for its next read


class Poller:
    """Polls the sources of one site. What they bring is written by its one writer."""

    def __init__(self, site: Site, client: Client, hubs: Hubs | None = None) -> None:
        self._site = site
        self._client = client
        self._announced = hubs
        self.underway = Underway(site.config.data)
        self._book = SourceBook(site)
        self._last = LastRead()
        self._hosts = Hosts(site.config.settings.polling.per_host)
        self.pages = FullText(site, client, self._hosts)
        self.writer = Writer(site, self.underway, self._store, self._book.forget)
        # Documents are read here, and not where everything else waits for threads; those that need
        # a worker wait for it in threads of their own, so that they hold up no others.
        self._parsers = ThreadPoolExecutor(4, thread_name_prefix="parser")
        polling = site.config.settings.polling
        self._waiting = ThreadPoolExecutor(polling.concurrent, thread_name_prefix="waiting")

    async def poll(self, source: Source, state: SourceState) -> PollResult:
        """Read one source once and commit what came of it.

        A feed in trouble is a result with an `error`, and so is a fault of this program; only
        StoreError is raised.
        """
        result = await self.read(source, state)
        if result.unchanged:
            await self.writer.keep(result)
        return result

    async def read(self, source: Source, state: SourceState) -> PollResult:
        """As `poll`, but the writer has still to `keep` an `unchanged` result: nobody need wait."""
        now = self._site.clock.now()
        try:
            got = await self._fetch(source, state, now)
            if isinstance(got, NotModified):
                return await self._unchanged(source, state, got, now)
            try:
                return await self._take_in(source, state, got, now)
            except ReadWhole:
                return await self._take_in(source, state, got, now, whole=True)
        except HostPaused as pause:
            after = replace(state, next_due=pause.until, last_polled=now)
            return PollResult(source, after, unchanged=True)
        except SourceError as error:
            return await self._failed(source, state, error, now)
        except StoreError:
            raise
        except Exception as error:  # a fault of ours: this source backs off, the others go on
            log.exception("a fault in the program", source=source.id)
            ours = SourceError(f"{source.id}: a fault in the program: {type(error).__name__}")
            return await self._failed(source, state, ours, now)

    async def _fetch(
        self, source: Source, state: SourceState, now: datetime
    ) -> Fetched | NotModified:
        full = wants_full_read(state.last_full, state.failures, now)
        polling = self._site.config.settings.polling
        async with self._hosts.turn(address(source.url, state, conditional=not full), now):
            return await fetch_doubting(source, state, self._client, polling, now)

    async def _take_in(
        self, source: Source, state: SourceState, got: Fetched, now: datetime, whole: bool = False
    ) -> PollResult:
        """Read a document and store what it brought. ReadWhole when that has to be done `whole`."""

        def parse(here: bool) -> Reading:
            with self.underway.on(source.id):
                return self._last.read(source, state, got, now, here=here, whole=whole)

        try:
            reading = await self._in(self._parsers, lambda: parse(here=True))
        except NeedsWorker:
            reading = await self._in(self._waiting, lambda: parse(here=False))
        pages = await self.pages.ahead(source, state, reading, now)
        return await self.writer.document(Document(source, state, got, reading, pages, now))

    def _store(self, unit: Unit, states: TopicStates, document: Document) -> PollResult:
        """Identify, judge and decide every entry, and store it all with the source's state."""
        source, tally = document.source, Tally()
        begun = time.monotonic()
        rest: tuple[str, ...] = ()
        tally.pass_over(passed_over(unit, source, document.reading))
        for sighting in sightings(unit, source, document.reading, document.now, document.pages):
            self._take(unit, states, document, sighting, tally)
            if tally.new and time.monotonic() - begun > LONGEST:
                rest = (f"new entries decided on at once: {tally.new}; any others follow",)
                break
        after = self._book.read(unit, document, tally)
        if rest:
            after = to_be_read_again(document.state, after, document.now)
        else:
            self._last.keep(after, document.reading)
        if self._announced is not None:
            self._announced.heard(unit, document)
        unit.mark_served(source.id, tally.served, document.now)
        unit.save_source(after)
        return tally.result(document, after, rest)

    def _take(
        self, unit: Unit, states: TopicStates, document: Document, sighting: Sighting, tally: Tally
    ) -> None:
        """One entry of the document: as we know it, or an article that every topic decides on."""
        source, first, now = document.source, document.first, document.now
        tally.meet(sighting, source.id)
        article = sighting.article
        if article is None:
            return
        if sighting.fresh:
            unit.save_article(article, sighting.keys)
        unit.save_entry(source.id, sighting.entry_key, sighting.content_hash, article.id, now)
        tally.new += 1
        decisions = []
        for decided, decision in decide_all(unit, self._site, states, sighting, first, now):
            tally.relevant += decision.story is not None
            tally.alerts += put_decision(unit, self._site, decided, decision, now)
            decisions.append(decision)
        self.pages.plan(unit, document, sighting, decisions)

    async def _unchanged(
        self, source: Source, state: SourceState, got: NotModified, now: datetime
    ) -> PollResult:
        if not self._book.knows(source.id):
            await self.writer.run(lambda: self._book.load(source.id))
        return PollResult(source, self._book.same(source, state, got, now), unchanged=True)

    async def _failed(
        self, source: Source, state: SourceState, error: SourceError, now: datetime
    ) -> PollResult:
        after = self._book.failed(source, state, error, now)
        self._hosts.answered(source.url, error, after.next_due)
        result = PollResult(source, after, error=str(error))
        await self.writer.keep(result)
        return result

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, work)

    def close(self) -> None:
        """Wait for the commit under way, then stop."""
        self.pages.close()
        for threads in (self._parsers, self._waiting):
            threads.shutdown(wait=False, cancel_futures=True)
        self.writer.close()
