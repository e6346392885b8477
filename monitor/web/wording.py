"""How values become text on a page. Everything untrusted passes here or through autoescape."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from monitor.alerts.text import safe_text, safe_url
from monitor.web.words import ago, count, iso

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


@pass_context
def _when(context: Context, moment: datetime | None) -> Any:
    """A moment as people read it, with the full time in its title; a dash for None."""
    if moment is None:
        return "–"
    full = f"{moment.day} {moment:%B %Y, %H:%M:%S} UTC"
    return _TIMES.format(iso(moment), full, ago(moment, context["now"]))
