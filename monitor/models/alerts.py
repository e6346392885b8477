"""What is pushed, to whom, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from monitor.models.news import DiffPart, Dispute, Fact, Move, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """One article that an alert rests on."""

    outlet: str
    title: str
    url: str | None
    lang: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was known before an alert.

    Of a story: since when, from how many articles, and its title. Of an edited article: when the
    text before stood (`since`), and its headline where that changed (`title`); `articles` is 0.
    """

    since: datetime
    articles: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is pushed for a development, or a notice of the service about itself.

    `root` is the first alert of the same story, so that follow-ups thread under it.
    """

    id: str
    kind: str  # a Kind value, "confirmed", or "notice" / "summary" for the service's own messages
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
    gone_facts: tuple[str, ...] = ()  # sentences that an edit took out
    facts: tuple[Fact, ...] = ()  # the new facts, for the first line
    known_facts: tuple[Fact, ...] = ()  # what it repeats, with who told it
    contested: tuple[Dispute, ...] = ()  # values that stand against one another
    diff: tuple[DiffPart, ...] = ()
    citations: tuple[Citation, ...] = ()
    outlets: int = 0
    origins: int = 0
    origin_names: tuple[str, ...] = ()
    confirmed_by: str = ""  # the second origin, in the alert that tells of it
    earlier: Earlier | None = None
    why: str = ""
    silenced: str = ""  # the reason of the silence that kept it back


class Hold(StrEnum):
    """What a delivery waits for before its first try."""

    NOTHING = ""
    OTHERS = "others"  # alerts of the same topic, to go out as one message
    QUIET = "quiet"  # the end of quiet hours
    RATE = "rate"  # the channel's messages of the last hour are used up
    ACKNOWLEDGED = "acknowledged"  # goes only if nobody acknowledges the alert by then
    ALONE = "alone"  # for nothing, and is never put together with others


class Owed(NamedTuple):
    """One delivery to be made: to whom, from when (None: at once), and what it waits for.

    `urgent` goes before all that is not, and never waits for a channel's rate.
    """

    channel: str
    recipient: str
    at: datetime | None = None
    hold: Hold = Hold.NOTHING
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class LastTold:
    """What a recipient was last told of a topic: when, and until when a message is gathering."""

    sent: datetime | None = None
    gathering: datetime | None = None


UNTIL_READ = datetime.max.replace(tzinfo=UTC)
"""The end of a silence that lasts until every source was read once, after a restore."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A wish not to be told: what it covers, until when, and why. None covers all."""

    id: int
    created: datetime
    until: datetime
    reason: str
    topic: str | None = None
    story: str | None = None
    words: str = ""  # all of them in the headline or the text


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
    hold: Hold = Hold.NOTHING
    urgent: bool = False
    message: int | None = None  # deliveries that went out as one message share it


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
    """The message may have been accepted: the answer was lost, or not to be trusted."""

    why: str
    after: timedelta | None = None


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
    gone_facts: tuple[str, ...] = ()
    needs: str = ""
