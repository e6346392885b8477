"""Times, spans and counts in words, for pages and for the terminal."""

from __future__ import annotations

from datetime import datetime, timedelta


def iso(moment: datetime) -> str:
    """2019-03-22T05:10:00Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def ago(moment: datetime, now: datetime) -> str:
    """ "3 min ago", "in 2 h"; the day and time in UTC when it is more than a day past."""
    apart = now - moment
    if apart >= timedelta(days=1):
        year = "" if moment.year == now.year else f" {moment.year}"
        return f"{moment.day} {moment:%b}{year}, {moment:%H:%M}"
    text = length(abs(apart))
    if text == "0 s":
        return "now"
    return f"in {text}" if apart < timedelta() else f"{text} ago"


def length(span: timedelta) -> str:
    """A span in its largest whole unit: 40 s, 3 min, 2 h, 5 d."""
    seconds = int(span.total_seconds())
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 outlet", "40 outlets"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
