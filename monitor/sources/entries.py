"""From what a document's item says in its own words to an Entry, by one rule for all formats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from monitor.models import Entry
from monitor.sources.clean import plain, text_of
from monitor.sources.dates import parse_date
from monitor.sources.links import resolve

MAX_ITEMS = 10_000  # no news feed has more; a document that does costs no more
FUTURE = timedelta(hours=1)  # a date further ahead is a mistake, not a date


@dataclass(slots=True)
class Raw:
    """One item as written. Texts may hold markup, links may be relative to `bases`."""

    guid: str | None = None
    link: str | None = None
    bases: tuple[str, ...] = ()
    title: str = ""
    summary: str = ""
    content: str = ""
    content_is_text: bool = False  # what looks like markup in it is meant
    published: Sequence[str] = ()  # candidates, best first
    updated: Sequence[str] = ()
    author: str = ""
    origin: str = ""
    lang: str | None = None


@dataclass(slots=True)
class RawFeed:
    """One document as written."""

    format: str
    title: str = ""
    lang: str | None = None
    items: list[Raw] = field(default_factory=list)
    ttl: timedelta | None = None
    update_every: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    hub: str | None = None
    self_url: str | None = None
    parts: Sequence[str] = ()  # addresses of the documents that an index lists, newest first


@dataclass(slots=True)
class Context:
    """What is known about a document from outside, and what was noticed on the way."""

    url: str | None = None
    zone: tzinfo = UTC
    now: datetime | None = None
    unreadable: int = 0
    future: int = 0

    def date(self, candidates: Iterable[str]) -> datetime | None:
        """The first candidate that is a date, not in the future."""
        written = False
        for text in candidates:
            if not text or not text.strip():
                continue
            written = True
            date = parse_date(text, self.zone)
            if date is None:
                continue
            if self.now is not None and date > self.now + FUTURE:
                self.future += 1
                return None
            return date
        self.unreadable += written
        return None

    def warnings(self) -> list[str]:
        """What people should know about the dates."""
        found = []
        if self.unreadable:
            found.append(f"{self.unreadable} dates cannot be read")
        if self.future:
            found.append(f"{self.future} dates lie in the future and are ignored")
        return found


def entry_of(raw: Raw, context: Context) -> Entry:
    """The entry that an item stands for."""
    return Entry(
        guid=(raw.guid or "").strip() or None,
        link=resolve(raw.link, context.url, *raw.bases),
        title=text_of(raw.title),
        summary=text_of(raw.summary),
        content=plain(raw.content) if raw.content_is_text else text_of(raw.content),
        published=context.date(raw.published),
        updated=context.date(raw.updated),
        author=text_of(raw.author) or None,
        origin=text_of(raw.origin) or None,
        lang=language(raw.lang),
    )


def language(tag: str | None) -> str | None:
    """The primary part of a language tag: "ko" of "ko-KR"."""
    if not tag:
        return None
    primary = plain(tag).replace("_", "-").partition("-")[0].lower()
    return primary if 2 <= len(primary) <= 3 and primary.isalpha() and primary.isascii() else None
