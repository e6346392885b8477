"""The nouns that pass between the rooms. Frozen, without I/O, importing nothing of ours.

Every time is an aware UTC datetime. Every text is plain text (no markup, white space collapsed)
unless its name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

# --- what a source says ------------------------------------------------------------------------


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
    parts: tuple[Fetched, ...] = ()  # the documents that an index lists, newest first


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server said 304, or the body has the hash we already read."""

    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    max_age: timedelta | None = None


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
    step: int = 0  # readings done
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


# --- what the detector sees and says -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of an article, as the detector reads it.

    `previous` is the revision before this one and `story` the story that it was put in, both None
    on first sight. `seen` is when a poll first brought this text; `published` is only what the
    feed claims, and decides nothing alone.
    """

    id: str
    title: str
    seen: datetime
    summary: str = ""
    body: str = ""
    url: str | None = None
    source: str | None = None
    outlet: str | None = None  # the name people know
    family: str | None = None  # the publisher behind several outlets
    lang: str | None = None
    published: datetime | None = None
    revision: int = 0
    full: bool = False  # `body` was read from the article's own page
    previous: Article | None = None
    story: str | None = None


class Relevance(StrEnum):
    """How much an article is about a topic."""

    RELEVANT = "relevant"
    PASSING = "passing mention"
    OFF_TOPIC = "off topic"


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article that a judgement rests on."""

    part: str  # "title", "summary" or "body"
    start: int
    end: int
    text: str
    means: str  # the pack's word for it, for example "office" or "act:withdraw"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether an article is about a topic, with the words that say so."""

    relevance: Relevance
    why: str
    spans: tuple[Span, ...] = ()
    score: float = 0.0


class Modality(StrEnum):
    """How real a fact is said to be."""

    DONE = "done"
    PLANNED = "planned"
    THREATENED = "threatened"
    ORDERED = "ordered"
    PROPOSED = "proposed"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed, language-neutral statement. Ids such as "north" or "withdraw" come from lexicons."""

    act: str | None = None
    actor: str | None = None
    object: str | None = None
    place: str | None = None
    date: str | None = None  # ISO day, resolved against the article's time
    number: float | None = None
    unit: str | None = None
    positive: bool = True
    modality: Modality = Modality.UNKNOWN
    said_by: str | None = None
    text: str = ""  # the words it was read from; never part of its identity


@dataclass(frozen=True, slots=True)
class Move:
    """One attribute of the state card that a development moved."""

    attribute: str
    label: str
    was: str | None
    now: str


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, with what is known of it so far.

    `memory` belongs to the detector: plain JSON that it can read back; nobody else looks inside.
    """

    id: str
    topic: str
    title: str
    opened: datetime
    updated: datetime
    articles: int = 0
    outlets: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    memory: Mapping[str, Any] = field(default_factory=dict)


class Verdict(StrEnum):
    """What is done about an article."""

    ALERT = "alert"
    DIGEST = "digest"
    SILENT = "silent"


class Kind(StrEnum):
    """What an article was found to be."""

    NEW_STORY = "new story"
    NEW_FACT = "new fact"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    FACTUAL_EDIT = "factual edit"
    COSMETIC_EDIT = "cosmetic edit"
    REPEAT = "repeat"
    COPY = "copy"
    OLD_NEWS = "old news"
    BACKGROUND = "background"
    OFF_TOPIC = "off topic"
    BASELINE = "baseline"
    FLAPPING = "flapping"


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A run of words in a word diff: "same", "added" or "removed"."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The one terminal decision for one revision of one article on one topic.

    `why` is a sentence a desk officer understands; `stage` and `rule` name the code that spoke.
    `story` is the story as it stands after this decision, None where the article joined none.
    """

    article: str
    topic: str
    verdict: Verdict
    kind: Kind
    stage: str
    rule: str
    why: str
    relevance: Relevance
    spans: tuple[Span, ...] = ()
    story: Story | None = None
    opens_story: bool = False
    nearest: str | None = None  # the story it came closest to, joined or not
    score: float = 0.0
    new_facts: tuple[Fact, ...] = ()
    known_facts: tuple[Fact, ...] = ()
    moves: tuple[Move, ...] = ()
    diff: tuple[DiffPart, ...] = ()
    major: bool = False
    headline: str = ""  # what is new, in one line, for the first line of an alert


# --- what is pushed -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """One article that an alert rests on."""

    outlet: str
    title: str
    url: str | None
    lang: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """What is pushed for a development, or a notice of the service about itself.

    `root` is the first alert of the same story, so that follow-ups thread under it.
    """

    id: str
    kind: str  # a Kind value, or "notice" / "summary" for the service's own messages
    created: datetime
    headline: str
    topic: str | None = None
    topic_title: str = ""
    story: str | None = None
    root: str | None = None
    major: bool = False
    text: str = ""  # the article's own lead, or a notice's body
    moves: tuple[Move, ...] = ()
    new_facts: tuple[str, ...] = ()  # sentences
    diff: tuple[DiffPart, ...] = ()
    citations: tuple[Citation, ...] = ()
    outlets: int = 0
    origins: int = 0
    before: str = ""  # what was known, in one sentence
    why: str = ""


class DeliveryState(StrEnum):
    """Where one alert to one recipient stands."""

    PENDING = "pending"
    SENT = "sent"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert to one recipient of one channel. `attempt` counts claims and fences the record."""

    id: int
    alert: str
    channel: str
    recipient: str
    state: DeliveryState
    created: datetime
    attempt: int = 0
    ambiguous: int = 0  # tries whose outcome nobody knows
    next_try: datetime | None = None
    last_error: str | None = None
    sent: datetime | None = None
    reference: str | None = None  # Message-ID, Slack ts


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel's server accepted the message."""

    reference: str | None = None


@dataclass(frozen=True, slots=True)
class TryLater:
    """The server or the way to it failed for now; `after` is the server's own wish."""

    why: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The server will never take this message; trying again would not help."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The message may have been accepted: the answer was lost."""

    why: str


SendResult = Sent | TryLater | Refused | Unknown


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A decision as it is remembered, for `monitor why`."""

    at: datetime
    article: str
    revision: int
    title: str
    url: str | None
    source: str | None
    outlet: str | None
    topic: str | None
    verdict: str
    kind: str
    stage: str
    rule: str
    why: str
    relevance: str
    spans: tuple[Span, ...] = ()
    story: str | None = None
    story_title: str | None = None
    nearest: str | None = None
    score: float = 0.0
    new_facts: tuple[str, ...] = ()
    alert: str | None = None
    known_facts: tuple[str, ...] = ()
