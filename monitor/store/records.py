"""Small nouns that only the store gives out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.models import DeliveryState, Move


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What is remembered of an entry of one source: its text's hash and the article it is."""

    content_hash: str
    article: str


@dataclass(frozen=True, slots=True)
class CardChange:
    """One move of a topic's state card, and the article that brought it."""

    at: datetime
    article: str
    move: Move


@dataclass(frozen=True, slots=True)
class Told:
    """What was last said of a source's health; the source "" stands for all of them together."""

    source: str
    broken: bool  # else that it works again
    at: datetime
    times: int = 1  # how often it was said to be broken, while that was not long ago
    trouble: str | None = None
    cause: str = ""
    since: datetime | None = None  # when the trouble began


@dataclass(frozen=True, slots=True)
class HealthEvent:
    """One thing that happened to a source: "broke", "recovered" or "gap"; None is all of them.

    `owed` is true while its notice is still to be written, `alert` is that notice.
    """

    at: datetime
    source: str | None
    what: str
    trouble: str | None = None
    cause: str = ""
    since: datetime | None = None
    owed: bool = False
    alert: str | None = None
    id: int = 0  # given by the database


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is remembered. `deliveries` has every state; `database_bytes` includes the log."""

    sources: int
    articles: int
    entries: int
    stories: int
    alerts: int
    ledger: int
    deliveries: Mapping[DeliveryState, int]
    database_bytes: int
