"""Which entries of a document are new, which are edits, and which we have."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.config.settings import Source
from monitor.errors import PageError
from monitor.models import Article, Entry, Page
from monitor.service.lastread import Reading, ReadWhole
from monitor.sources.identity import Identified, same_article, squeezed
from monitor.sources.page import canonical_keys
from monitor.store import KnownEntry, Unit

# Text that keeps changing is a counter or a clock, not news (fault A8; lemon24/reader issue 225
# caps at 24 as well).
MOST_REVISIONS = 24
RESTLESS = timedelta(hours=1)
NEIGHBOURS = 5  # other pages of a source whose paragraphs are no part of this article

Pages = Mapping[str, Page | PageError]
"""The pages of articles that were read before deciding, or why not, by the entry's link."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entry of a document as the poll met it.

    `article` is the revision to decide on, None when the entry is as we know it; then there are no
    `keys` either. `copy` is true
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


def sightings(
    unit: Unit, source: Source, reading: Reading, now: datetime, pages: Pages | None = None
) -> Iterator[Sighting]:
    """The entries of a document, oldest first, each compared with what is stored.

    Lazy on purpose: an entry is compared after the one before it was stored, so that two copies in
    one document are one article.
    """
    known = unit.known_entries(source.id, [item.entry_key for item in reading.entries])
    for item in oldest_first(reading.entries):
        before = known.get(item.entry_key)
        if before is not None and before.content_hash == item.content_hash:
            yield Sighting(item.entry_key, (), item.content_hash)
        else:
            page = (pages or {}).get(item.entry.link or "")
            yield _meet(unit, source, reading.feed.lang, item, before, page, now)


def passed_over(unit: Unit, source: Source, reading: Reading) -> Collection[str]:
    """The keys of the entries of a document that were not read.

    Raises ReadWhole, before anything is written, when not all of them are there, or when what was
    read carries the name of one of them: what that means, only the whole document says.
    """
    if not reading.known:
        return ()
    served, hashes = unit.served(source.id), {names[0] for names in reading.known.values()}
    rest = {key: known.article for key, known in served.items() if hash(key) in hashes}
    if len(rest) != len(hashes):
        raise ReadWhole
    articles = set(rest.values())
    for item in reading.entries:
        if not articles.isdisjoint(unit.articles_of(item.keys)):
            raise ReadWhole
    return rest


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
    page: Page | PageError | None,
    now: datetime,
) -> Sighting:
    """A new or changed entry: a first sight, an edit, or a copy from another feed."""
    keys = item.keys
    if isinstance(page, Page):
        keys += canonical_keys(page)
    found = unit.find_article(([f"id:{before.article}"] if before else []) + list(keys))
    if found is not None and not same_article(found.title, _text(found), item.entry):
        found = None  # the publisher used a key again for something else (fault A5)
    fresh = article_of(source, lang, item, now)
    if isinstance(page, Page) and (found is None or found.full):
        others = unit.other_pages(source.id, found.id if found else fresh.id, NEIGHBOURS)
        text = own_text(found or fresh, page.text, others)
        fresh = replace(fresh, body=text, full=True)
    elif found is not None and found.full:  # what the page said stands until it is read again
        fresh = replace(fresh, body=found.body, full=True)
    if found is None:
        return Sighting(item.entry_key, keys, item.content_hash, fresh)
    copy = found.source != source.id or _same_text(found, fresh)
    article = found if copy else _edit(found, fresh)
    flapping = not copy and flaps(found, fresh)
    return Sighting(item.entry_key, keys, item.content_hash, article, copy, flapping)


def own_text(article: Article, text: str, others: Iterable[str]) -> str:
    """A page's text without paragraphs that other pages of the source have too.

    What the article had before stays, so that a neighbour that quotes it changes nothing.
    """
    known = set(article.body.split("\n")) if article.full else set()
    shared = {line for other in others for line in other.split("\n")} - known
    return "\n".join(line for line in text.split("\n") if line not in shared)


def page_revision(found: Article, page: Page, known_title: str, now: datetime) -> Article | None:
    """The next revision of an article after its page was read; None when it says the same.

    `known_title` is the page's title at its last reading: pages word their titles otherwise than
    feeds, so only a change of it is an edit.
    """
    title = before = found.title
    if found.full and known_title and squeezed(page.title) != squeezed(found.title):
        tail = known_title.removeprefix(title) if known_title.startswith(title) else ""
        old, new = known_title.removesuffix(tail), page.title.removesuffix(tail)
        if new and squeezed(old) != squeezed(new):
            title, before = new, old
    if found.full and title == before and page.text == found.body:
        return None
    return replace(
        found,
        title=title,
        body=page.text,
        full=True,
        seen=now,
        revision=found.revision + 1,
        previous=replace(found, title=before, previous=None),
    )


def flaps(found: Article, fresh: Article) -> bool:
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


def article_of(source: Source, lang: str | None, item: Identified, now: datetime) -> Article:
    """The article that an entry would be on first sight."""
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
