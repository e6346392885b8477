"""How values become text on a page. Everything untrusted passes here or through autoescape."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from monitor.alerts.text import safe_text, safe_url

_TIMES = Markup('<time datetime="{0}" title="{1}">{2}</time>')


def environment() -> Environment:
    """The templates, with autoescape for every kind of file and an error for every unset name."""
    env = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(text=safe_text, link=safe_url, when=_when, iso=iso, count=count)
    return env


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


@pass_context
def _when(context: Context, moment: datetime | None) -> Any:
    """A moment as people read it, with the full time in its title; a dash for None."""
    if moment is None:
        return "–"
    full = f"{moment.day} {moment:%B %Y, %H:%M:%S} UTC"
    return _TIMES.format(iso(moment), full, ago(moment, context["now"]))
