"""What the detector sees and says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


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
    ahead: timedelta | None = None  # of UTC, the clock of its source, where that is known
    revision: int = 0
    full: bool = False  # `body` was read from the article's own page
    previous: Article | None = None
    story: str | None = None
    returns: int = 0  # how often its text went back to one that it had before, this time included


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
    hedged: bool = False  # done as it seems, or as somebody says: "appears to have closed"
    said_by: str | None = None
    text: str = ""  # the words it was read from; never part of its identity
    told_by: str = ""  # who told it first, and when it was told last, where that is known


@dataclass(frozen=True, slots=True)
class Move:
    """One attribute of the state card that a development moved, or moved back."""

    attribute: str
    label: str
    was: str | None
    now: str
    back: bool = False  # an earlier move taken back: its report was corrected or withdrawn


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
    imprints: str = ""  # by which its reports are known when they run again; the detector's too


@dataclass(frozen=True, slots=True)
class PastStory:
    """What is left in memory of a story that was told long ago."""

    id: str
    title: str
    opened: datetime
    imprints: str = ""


@dataclass(frozen=True, slots=True)
class Stance:
    """One value given for a fact, in the words of the first, and the origins that give it."""

    value: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact of a story for which origins give different values. `role` is the detector's name."""

    role: str
    about: str
    stances: tuple[Stance, ...]


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
    gone_facts: tuple[Fact, ...] = ()  # what an edit took out of an article
    moves: tuple[Move, ...] = ()
    diff: tuple[DiffPart, ...] = ()
    major: bool = False
    headline: str = ""  # what is new, in one line, for the first line of an alert
    needs: str = ""  # what was lacking for a push, as a sentence; "" for what was pushed
    contested: tuple[Dispute, ...] = ()  # facts that this article gives another value for
    confirmed_by: str | None = None  # the second independent origin of what was told, if it is this
