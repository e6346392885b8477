"""Looks at pages of articles when they are due: for a first text, and for edits made silently."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.errors import PageError, StoreError
from monitor.models import Article, NotModified, Page, Visit
from monitor.service.decisions import TopicStates, decide_all
from monitor.service.fulltext import FullText, next_look, taken
from monitor.service.identify import NEIGHBOURS, Sighting, flaps, own_text, page_revision
from monitor.service.log import get_logger
from monitor.service.outbox import put_decision
from monitor.service.site import Site
from monitor.sources.page import SECONDS, canonical_keys, check_page
from monitor.store import Unit

log = get_logger()

AT_ONCE = 6  # pages that are looked at at the same time, one of a host
LEASE = timedelta(seconds=SECONDS * 4)

Decide = Callable[[Callable[[Unit, TopicStates], int]], Awaitable[int]]
"""Runs work in a transaction of the one writer, with the states of all topics."""


class Visitor:
    """Claims pages that are due and decides on what they say."""

    def __init__(self, site: Site, pages: FullText, decide: Decide) -> None:
        self._site = site
        self._pages = pages
        self._decide = decide
        self._visits: dict[str, asyncio.Task[None]] = {}  # by host
        self.stopping = False

    async def tick(self) -> None:
        """Claim the pages that are due and begin to look at them."""
        free = AT_ONCE - len(self._visits)
        if free <= 0 or self.stopping:
            return
        for visit in await asyncio.to_thread(self._claim, free):
            self._visits[visit.host] = asyncio.create_task(self._visit(visit))

    async def all_due(self, seconds: float) -> None:
        """Look at every page that is due, for a bounded time."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await self.tick()
            if not self._visits:
                break
            await asyncio.wait(self._visits.values(), return_when=asyncio.FIRST_COMPLETED)
        await self.drain(max(end - loop.time(), 1))

    async def drain(self, seconds: float) -> None:
        """Wait for the visits under way; those that take longer are made again after a restart."""
        self.stopping = True
        if self._visits:
            await asyncio.wait(self._visits.values(), timeout=seconds)

    def _claim(self, limit: int) -> list[Visit]:
        now = self._site.clock.now()
        if not self._site.store.visits_due(now):
            return []
        claimed: list[Visit] = []
        busy = set(self._visits)
        with self._site.store.writing() as unit:
            while len(claimed) < limit:
                visit = unit.claim_visit(now, self._site.owner, LEASE, busy)
                if visit is None:
                    break
                claimed.append(visit)
                busy.add(visit.host)
        return claimed

    async def _visit(self, visit: Visit) -> None:
        try:
            await self.look(visit)
        except StoreError as error:
            log.error("page not stored, it is tried again", url=visit.url, cause=str(error))
        except Exception:
            log.exception("visit failed", url=visit.url)
        finally:
            del self._visits[visit.host]

    async def look(self, visit: Visit) -> int:
        """Read one page and commit what came of it; the number of alerts."""
        now = self._site.clock.now()
        source = self._site.source(visit.source)
        if source is None:  # no longer configured
            return await self._decide(lambda unit, _: self._over(unit, visit))
        try:
            got = await self._pages.read(source, visit, now)
        except PageError as error:
            refused = self._pages.refused(visit, error, now)
            return await self._decide(lambda unit, _: self._save(unit, visit, refused))
        return await self._decide(lambda unit, states: self._take(unit, states, visit, got, now))

    def _over(self, unit: Unit, visit: Visit) -> int:
        return self._save(unit, visit, replace(visit, due=None))

    def _save(self, unit: Unit, before: Visit, after: Visit) -> int:
        """The visit as it stands now; a poll that wants the page anew meanwhile gets it."""
        current = unit.visit(before.id)
        if current is not None and (current.due, current.url) != (before.due, before.url):
            after = replace(after, due=current.due, url=current.url, host=current.host)
        unit.save_visit(after)
        return 0

    def _take(
        self,
        unit: Unit,
        states: TopicStates,
        visit: Visit,
        got: Page | NotModified,
        now: datetime,
    ) -> int:
        """Compare the page with what is stored, and decide on what it changes: one transaction."""
        found = unit.find_article([f"id:{visit.id}"])
        if found is None:
            return self._over(unit, visit)
        alive = not self._site.topics.keys().isdisjoint(unit.article_stories(found.id))
        if isinstance(got, NotModified):
            due = next_look(visit.since, now) if alive else None
            same = replace(visit, due=due, failures=0, read=now, note=None)
            return self._save(unit, visit, same)
        try:
            check_page(found, got, visit.title)
        except PageError as error:
            kept = replace(visit, etag=None, last_modified=None, body_hash=got.body_hash)
            return self._save(unit, visit, self._pages.refused(kept, error, now))
        others = unit.other_pages(visit.source, visit.id, NEIGHBOURS)
        page = replace(got, text=own_text(found, got.text, others))
        alerts = 0
        revision = page_revision(found, page, visit.title, now)
        if revision is not None:
            keys = [key for key in canonical_keys(got) if unit.find_article([key]) is None]
            told, in_story = self._revise(unit, states, visit, found, revision, keys, now)
            alerts, alive = told, alive or in_story
        self._save(unit, visit, taken(visit, page, now, alive=alive))
        return alerts

    def _revise(
        self,
        unit: Unit,
        states: TopicStates,
        visit: Visit,
        found: Article,
        revision: Article,
        keys: list[str],
        now: datetime,
    ) -> tuple[int, bool]:
        """The alerts of a new revision, and whether it belongs to a story."""
        flapping = found.full and flaps(found, revision)
        sighting = Sighting("", (), "", revision, flapping=flapping)
        if sighting.fresh:
            unit.save_article(revision, keys)
        alerts, in_story = 0, False
        for article, decision in decide_all(unit, self._site, states, sighting, visit.quiet, now):
            in_story |= decision.story is not None
            alerts += put_decision(unit, self._site, article, decision, now)
        log.info("read page", source=visit.source, url=visit.url, edit=found.full, alerts=alerts)
        return alerts, in_story
