"""Feeds made by a bridge (RSS-Bridge, Nitter and the like) tell of their failures as items.

Such an item is the source's trouble, not news (RSS-Bridge issue 4845, where error items are the
default). Each pattern is a whole title in the bridge's own words, so that no headline fits it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.models import Entry

_FAILURES = re.compile(
    r"(?:[\w .-]{1,60}: )?bridge (?:returned error|error)[ :]*-?\d{0,6}!?(?: ?\(\d+\))?"
    r"|rss reader not yet whitelist(?:ed)?!?"
    r"|(?:\w+bridge|rss-bridge|rsshub) (?:was )?(?:unable|failed) to .{1,80}"
    r"|welcome to rsshub!"
    r"|(?:this|your) (?:rss )?feed (?:has expired|is suspended|has been (?:suspended|disabled))"
    r"(?:[.!].{0,80})?",
    re.IGNORECASE,
)


def failure(entry: Entry) -> str | None:
    """What a bridge says of its failure in this item; None for an item of news."""
    return entry.title if _FAILURES.fullmatch(entry.title) else None


def without_failures(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], str | None]:
    """The entries that are news, and the newest word of a failure among them."""
    words = [failure(entry) for entry in entries]
    if not any(words):
        return tuple(entries), None
    kept = tuple(entry for entry, word in zip(entries, words, strict=True) if word is None)
    return kept, next(filter(None, words))
