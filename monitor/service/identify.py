"""Which entries of a document are new, which are edits, and which we have."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.config.settings import Source
from monitor.models import Article, Entry, ParsedFeed
from monitor.sources.identity import Identified, identify, same_article
from monitor.store import KnownEntry, Unit

# Text that keeps changing is a counter or a clock, not news (fault A8; lemon24/reader issue 225
# caps at 24 as well).
MOST_REVISIONS = 24
RESTLESS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entry of a document as the poll met it.

    `article` is the revision to decide on, None when the entry is as we know it. `copy` is true
    when another feed brought the same article before, `flapping` when only numbers in it keep
    changing: such sightings are written down, but nothing is decided.
    """

    entry_key: str
    keys: tuple[str, ...]
    content_hash: str
    article: Article | None = None
    copy: bool = False
    flapping: bool = False

    @property
    def fresh(self) -> bool:
        """Whether the article's text is to be kept as a revision."""
        return (
            self.article is not None and not self.copy and self.article.revision <= MOST_REVISIONS
        )


def sightings(unit: Unit, source: Source, feed: ParsedFeed, now: datetime) -> Iterator[Sighting]:
    """The entries of a document, oldest first, each compared with what is stored.

    Lazy on purpose: an entry is compared after the one before it was stored, so that two copies in
    one document are one article.
    """
    identified = identify(feed.entries, source.id)
    known = unit.known_entries(source.id, [item.entry_key for item in identified])
    for item in oldest_first(identified):
        before = known.get(item.entry_key)
        if before is not None and before.content_hash == item.content_hash:
            yield Sighting(item.entry_key, item.keys, item.content_hash)
        else:
            yield _meet(unit, source, feed.lang, item, before, now)


def oldest_first(identified: Sequence[Identified]) -> Iterable[Identified]:
    """By the feed's dates where every entry has one, else the document upside down."""
    newest_first = list(reversed(identified))
    dates = [item.entry.published for item in newest_first]
    if all(dates):
        return sorted(newest_first, key=lambda item: str(item.entry.published))
    return newest_first


def _meet(
    unit: Unit,
    source: Source,
    lang: str | None,
    item: Identified,
    before: KnownEntry | None,
    now: datetime,
) -> Sighting:
    """A new or changed entry: a first sight, an edit, or a copy from another feed."""
    found = unit.find_article(([f"id:{before.article}"] if before else []) + list(item.keys))
    if found is not None and not same_article(found.title, _text(found), item.entry):
        found = None  # the publisher used a key again for something else (fault A5)
    fresh = _article(source, lang, item, now)
    if found is None:
        return Sighting(item.entry_key, item.keys, item.content_hash, fresh)
    copy = found.source != source.id or _same_text(found, fresh)
    article = found if copy else _edit(found, fresh)
    flapping = not copy and _flaps(found, fresh)
    return Sighting(item.entry_key, item.keys, item.content_hash, article, copy, flapping)


def _flaps(found: Article, fresh: Article) -> bool:
    """Whether only numbers changed, again, soon after the last change; or just too often."""
    if found.revision >= MOST_REVISIONS:
        return True
    restless = found.revision > 0 and fresh.seen - found.seen <= RESTLESS
    return restless and _without_numbers(found) == _without_numbers(fresh)


def _without_numbers(article: Article) -> str:
    return re.sub(r"\d+", "0", f"{article.title} {_text(article)}")


def _edit(found: Article, fresh: Article) -> Article:
    """The next revision of an article that we have."""
    return replace(
        fresh,
        id=found.id,
        revision=found.revision + 1,
        previous=replace(found, previous=None),
    )


def _article(source: Source, lang: str | None, item: Identified, now: datetime) -> Article:
    entry = item.entry
    mark = f"{source.id}\n{item.entry_key}\n{entry.title}"
    return Article(
        id=hashlib.blake2b(mark.encode(), digest_size=8).hexdigest(),
        title=entry.title,
        seen=now,
        summary=entry.summary,
        body=entry.content,
        url=entry.link,
        source=source.id,
        outlet=_outlet(source, entry),
        family=source.family,
        lang=source.lang or entry.lang or lang,
        published=entry.published or entry.updated,
    )


def _outlet(source: Source, entry: Entry) -> str:
    return entry.origin or source.outlet


def _text(article: Article) -> str:
    return f"{article.summary} {article.body}"


def _same_text(one: Article, other: Article) -> bool:
    return (one.title, one.summary, one.body) == (other.title, other.summary, other.body)
