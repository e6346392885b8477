"""What a feed would bring: the real path of every entry, in a transaction that is undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from monitor.config.settings import Source
from monitor.models import Article, Decision, NotModified, ParsedFeed, SourceState
from monitor.service.decisions import TopicStates, as_of, decide_all
from monitor.service.identify import sightings
from monitor.service.lastread import reading_of
from monitor.service.site import Site
from monitor.sources.net import Client
from monitor.sources.parts import fetch_whole
from monitor.sources.read import read
from monitor.store import Unit


@dataclass(frozen=True, slots=True)
class Preview:
    """What a document holds and what would be decided; `known` entries are already stored."""

    feed: ParsedFeed
    known: int
    decided: tuple[tuple[Article, Decision], ...]


class _Undo(Exception):
    """Ends a transaction without leaving anything."""


async def preview(site: Site, source: Source, client: Client) -> Preview:
    """Read a source and decide on each entry as a running watch would. Stores nothing.

    Raises SourceError when it cannot be read.
    """
    now = site.clock.now()
    state = SourceState(id=source.id, url=source.url, next_due=now)
    polling = site.config.settings.polling
    got = await fetch_whole(source, state, client, polling, now, conditional=False)
    if isinstance(got, NotModified):
        raise AssertionError("a full read is never answered with 304")
    feed = read(source, got, now)
    return decide_on(site, source, feed, now)


def decide_on(site: Site, source: Source, feed: ParsedFeed, now: datetime) -> Preview:
    """What would be decided on a document that was read already. Stores nothing.

    Of a source that the watch does not read yet each entry is judged as of its own date.
    """
    known = 0
    decided: list[tuple[Article, Decision]] = []
    states = TopicStates(site)
    state = site.store.source_state(source.id)
    read_before = state is not None and state.baseline_done
    with _undone(site) as unit:
        unit.sync_sources([(s.id, s.url) for s in (*site.enabled(), source)], now)
        for sighting in sightings(unit, source, reading_of(source, feed), now):
            known += sighting.article is None
            if sighting.article is not None and sighting.fresh:
                unit.save_article(sighting.article, sighting.keys)
            article = sighting.article
            then = as_of(article, now) if article and not read_before else now
            decided += decide_all(unit, site, states, sighting, False, then)
    return Preview(feed, known, tuple(decided))


@contextmanager
def _undone(site: Site) -> Iterator[Unit]:
    try:
        with site.store.writing() as unit:
            yield unit
            raise _Undo
    except _Undo:
        pass
