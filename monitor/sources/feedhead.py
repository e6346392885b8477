"""What an XML feed says of itself: its title, language, rhythm, hub and own address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from monitor.sources.entries import RawFeed

_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = timedelta(days=366)
HEAD = tuple(
    "{*}" + name
    for name in ("title", "language", "link", "ttl", "skipHours", "skipDays", "updatePeriod",
                 "updateFrequency")
)  # fmt: skip


def told(feed: RawFeed, found: Mapping[str, list[Any]]) -> RawFeed:
    """The feed with what its head says; `found` are the head's elements by short name."""
    feed.ttl = minutes(_text(found, "ttl"))
    feed.update_every = period(
        _text(found, "sy:updateperiod", "updateperiod"),
        _text(found, "sy:updatefrequency", "updatefrequency"),
    )
    feed.skip_hours = frozenset(
        h for t in _texts(found, "skiphours") if (h := _hour(t)) is not None
    )
    feed.skip_days = frozenset(
        _DAYS.index(day) for t in _texts(found, "skipdays") if (day := t.lower()) in _DAYS
    )
    for element in (*found.get("atom:link", ()), *found.get("link", ())):
        rel = (element.get("rel") or "").strip().lower()
        href = (element.get("href") or "").strip()
        feed.hub = feed.hub or (href if rel == "hub" else None)
        feed.self_url = feed.self_url or (href if rel == "self" else None)
    return feed


def minutes(text: str) -> timedelta | None:
    """A `ttl` in minutes; None for nothing, zero and nonsense."""
    if not re.fullmatch(r"\d{1,7}", text) or not int(text):
        return None
    return min(timedelta(minutes=int(text)), _LONGEST)


def period(name: str, times: str) -> timedelta | None:
    """The syndication module's "so many times a period" as the time between two updates."""
    hours = _PERIODS.get(name.lower())
    if hours is None:
        return None
    count = int(times) if re.fullmatch(r"\d{1,4}", times) and int(times) else 1
    return timedelta(hours=hours) / count


def _hour(text: str) -> int | None:
    """An hour of UTC: RSS 0.91 counts from 1 to 24, RSS 2.0 from 0 to 23."""
    return int(text) % 24 if re.fullmatch(r"\d{1,2}", text) and int(text) <= 24 else None


def _text(found: Mapping[str, list[Any]], *names: str) -> str:
    texts = ((found[name][0].text or "").strip() for name in names if name in found)
    return next(filter(None, texts), "")


def _texts(found: Mapping[str, list[Any]], name: str) -> list[str]:
    return [(child.text or "").strip() for parent in found.get(name, ()) for child in parent]
