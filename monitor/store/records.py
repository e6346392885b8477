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
