"""Developments as an Atom feed and as a JSON Feed, for readers and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from jinja2 import Environment

from monitor.alerts.text import safe_url
from monitor.alerts.view import view
from monitor.models import Alert
from monitor.web.words import iso

_TITLE = "Liaison Monitor: developments"


def atom(env: Environment, alerts: Sequence[Alert], base: str, now: datetime) -> str:
    """An Atom 1.0 document; `base` is the page's address, ending in a slash."""
    updated = alerts[0].created if alerts else now
    entries = [_entry(env, alert, base) for alert in alerts]
    return env.get_template("developments.atom").render(
        title=_TITLE, base=base, updated=updated, entries=entries
    )


def json_feed(env: Environment, alerts: Sequence[Alert], base: str) -> dict[str, Any]:
    """A JSON Feed 1.1 document."""
    items = []
    for alert in alerts:
        entry = _entry(env, alert, base)
        one = {
            "id": entry["id"],
            "url": entry["url"],
            "title": entry["title"],
            "content_html": entry["html"],
            "date_published": entry["at"],
            "tags": entry["tags"],
        }
        items.append(one | ({"external_url": entry["via"]} if entry["via"] else {}))
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _TITLE,
        "home_page_url": base,
        "feed_url": f"{base}developments.json",
        "items": items,
    }


def _entry(env: Environment, alert: Alert, base: str) -> dict[str, Any]:
    shown = view(alert)
    first = next((c.url for c in alert.citations if safe_url(c.url)), None)
    return {
        "id": f"urn:liaison-monitor:alert:{shown.id}",
        "url": f"{base}stories/{alert.story}" if alert.story else base,
        "via": safe_url(first),
        "title": shown.headline,
        "at": iso(alert.created),
        "tags": [tag for tag in (shown.label, shown.topic) if tag],
        "html": env.get_template("_development.html").render(shown=shown),
    }
