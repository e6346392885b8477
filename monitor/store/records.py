"""Small nouns that only the store gives out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from monitor.models import DeliveryState, Move


class KnownEntry(NamedTuple):
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


class HubState(StrEnum):
    """How far a subscription is."""

    WANTED = "wanted"  # to be asked for
    ASKED = "asked"  # the hub took the request and has to ask back
    HELD = "held"  # the hub calls until its lease ends
    REFUSED = "refused"
    LEAVING = "leaving"  # to be ended


@dataclass(frozen=True, slots=True)
class Subscription:
    """One hub that was asked to call when a source has news; see service/websub.py."""

    token: str = field(repr=False)  # the end of the address that the hub calls; nobody else knows
    source: str
    hub: str
    topic: str  # the address by which the hub knows the feed
    base: str  # our own address when the hub was asked
    secret: str = field(repr=False)  # what the hub signs with
    state: HubState
    next_try: datetime  # when the hub is asked next, to begin, to go on or to end
    until: datetime | None = None  # end of the lease
    failures: int = 0  # in a row
    note: str = ""  # why it was refused, or what failed


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
