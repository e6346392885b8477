"""What `monitor parse --json` says about a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.errors import ParseError
from monitor.models import Entry
from monitor.sources.clean import text_of
from monitor.sources.decode import decode, gunzip
from monitor.sources.discover import discover
from monitor.sources.parse import MAX_BYTES, parse
from monitor.sources.repair import local_name, root_tag


def parse_file(
    path: Path, content_type: str | None = None, url: str | None = None
) -> dict[str, Any]:
    """One JSON object for one file: format, title, entries, warnings, and error or None.

    A web page has the format "html", no entries, and under "discovered" the feeds it announces.
    """
    report: dict[str, Any] = {
        "file": str(path), "format": None, "title": None, "entries": [], "warnings": [],
        "error": None,
    }  # fmt: skip
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as error:
        report["error"] = f"{path}: {error.strerror or error}"
        return report
    try:
        feed = parse(body, content_type=content_type, url=url)
    except ParseError as error:
        return report | (_page(body, content_type, url) or {"error": str(error)})
    return report | {
        "format": feed.format,
        "title": feed.title,
        "entries": [_entry(entry) for entry in feed.entries],
        "warnings": list(feed.warnings),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.guid,
        "link": entry.link,
        "title": entry.title,
        "published": _iso(entry.published),
        "updated": _iso(entry.updated),
        "summary": entry.summary,
        "content": entry.content,
    }


def _iso(date: datetime | None) -> str | None:
    return date.isoformat().replace("+00:00", "Z") if date else None


def _page(body: bytes, content_type: str | None, url: str | None) -> dict[str, Any] | None:
    """The report of a web page; None when the document is something else."""
    try:
        text = decode(gunzip(body, MAX_BYTES), content_type).text
    except ParseError:
        return None
    if local_name(root_tag(text)) != "html":
        return None
    title, links = discover(text, url)
    return {"format": "html", "title": text_of(title) or None, "discovered": links}
