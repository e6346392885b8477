"""What a source says, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a source as served. `guid` and `link` are None where the document has none."""

    guid: str | None
    link: str | None
    title: str
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    origin: str | None = None  # the outlet an aggregator names for this item
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What one document holds, in document order. `warnings` are sentences for people."""

    format: str  # "rss2.0", "atom1.0", "json1.1", "sitemap-news", ...
    title: str | None
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()
    lang: str | None = None
    ttl: timedelta | None = None  # how long the document says it may be kept
    update_every: timedelta | None = None  # the rhythm it claims (sy:updatePeriod)
    skip_hours: frozenset[int] = frozenset()  # hours of UTC in which nothing comes
    skip_days: frozenset[int] = frozenset()  # days in which nothing comes, Monday is 0 (UTC)
    hub: str | None = None  # where WebSub subscriptions are taken
    self_url: str | None = None  # the address the document gives itself
    parts: tuple[str, ...] = ()  # documents that an index lists instead of entries, newest first


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body that was read completely, inflated and within the caps."""

    url: str  # after redirects
    body: bytes
    body_hash: str
    content_type: str | None = None  # the whole header value
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None  # where permanent redirects alone led, if anywhere
    max_age: timedelta | None = None  # how long the server calls the answer good, at most an hour
    link: str | None = None  # the whole Link header; it may announce a hub
    parts: tuple[Fetched, ...] = ()  # the documents that an index lists, newest first
    # True when a conditional request was answered with this body, False when only the unconditional
    # one was and the server had just said "not modified" to the other; None when it was not asked.
    candid: bool | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server said 304, or the body has the hash we already read."""

    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    max_age: timedelta | None = None
    same_body: bool = False  # the server sent the body again


@dataclass(frozen=True, slots=True)
class Page:
    """The article on a web page, without what stands around it. `text` has a line a paragraph."""

    url: str  # after redirects
    text: str
    title: str = ""
    canonical: str | None = None  # the address that the page gives itself
    modified: datetime | None = None  # when it says it was changed
    author: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of an article's own page, and when it is looked at next.

    `due` is None when the schedule is over. `note` says why the page was not used, None while it
    is; `quiet` is true for an article of a first poll, until its page was read.
    """

    id: str  # the article's
    source: str
    url: str
    host: str
    since: datetime
    due: datetime | None
    failures: int = 0  # in a row
    quiet: bool = False
    title: str = ""  # the page's own
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    read: datetime | None = None
    modified: datetime | None = None  # when the page says it was changed
    author: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between polls."""

    id: str
    url: str
    next_due: datetime
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    baseline_done: bool = False
    failures: int = 0  # in a row
    last_error: str | None = None
    last_polled: datetime | None = None
    last_success: datetime | None = None
    last_full: datetime | None = None  # last unconditional read
    last_new: datetime | None = None  # last poll that brought a new entry
    entries: int = 0  # served in the last readable document
    relevant: int = 0  # of the entries of the first poll, those about a topic
    moved_to: str | None = None  # where a permanent redirect leads
    moved_seen: int = 0  # answers in a row that led there; see sources/manners.py
    trouble: str | None = None  # a Trouble of sources/health.py; None while all is well
    cause: str | None = None  # of the trouble, in words
    since: datetime | None = None  # when the trouble began, or, when all is well, ended
    flaw: str | None = None  # the trouble that lies in the last readable document itself
    usual: int = 0  # entries that a document of this source usually holds
    lies: int = 0  # 304 answers to which an unconditional read showed news, in a row
