"""The lenient tier: feedparser for what cannot be mended, always in a worker that can be killed.

feedparser needs seconds for hostile input, so it runs in one of two processes with a deadline and
a memory cap. It never gets a string: a string that looks like a path or an address it would open.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from monitor.errors import ParseError
from monitor.sources.entries import MAX_ITEMS, Raw, RawFeed
from monitor.sources.workers import Workers

T = TypeVar("T")

WORKERS = 2
SECONDS = 10

_workers = Workers(WORKERS)


def read_lenient(data: bytes, *, seconds: float = SECONDS) -> RawFeed:
    """What feedparser finds in a document in UTF-8. Blocks; call it in a thread.

    Raises ParseError when it takes too long or too much memory.
    """
    return in_worker(parse_loosely, data, seconds=seconds)


def in_worker(work: Callable[..., T], *arguments: Any, seconds: float = SECONDS) -> T:
    """What the function gives, from a process that is killed when it takes too much.

    Raises ParseError for that; errors of the function itself pass through.
    """
    try:
        return _workers.run(work, *arguments, seconds=seconds)
    except TimeoutError as error:
        raise ParseError(
            f"reading the document took more than {seconds:g} s and was stopped"
        ) from error
    except MemoryError as error:
        raise ParseError("reading the document took too much memory and was stopped") from error


def close_workers() -> None:
    """End the worker processes. They start again when they are needed."""
    _workers.close()


def parse_loosely(data: bytes) -> RawFeed:
    """Runs in the worker."""
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(
            BytesIO(data),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
        return RawFeed(
            format=_format(found.get("version") or ""),
            title=found.feed.get("title") or "",
            lang=found.feed.get("language"),
            items=[_raw(entry) for entry in found.entries[: MAX_ITEMS + 1]],
        )


def _format(version: str) -> str:
    """Our name of a format: feedparser's "rss20" is "rss2.0", its "rss10" is RDF."""
    found = re.fullmatch(r"(rss|atom)(\d)(\d+)", version)
    if not found:
        return version
    name = "rdf" if version in ("rss10", "rss090") else found[1]
    return f"{name}{found[2]}.{found[3] if version != 'rss090' else '9'}"


def _raw(entry: dict[str, Any]) -> Raw:
    own = dict(entry)  # feedparser's own lookup invents fallbacks between fields
    links = [link for link in own.get("links") or () if link.get("rel") in (None, "alternate")]
    contents = own.get("content") or [{}]
    return Raw(
        guid=own.get("id"),
        link=next((link["href"] for link in links if link.get("href")), None) or own.get("link"),
        title=own.get("title") or "",
        summary=own.get("summary") or "",
        content=contents[0].get("value") or "",
        published=[own[name] for name in ("published", "created") if own.get(name)],
        updated=[own["updated"]] if own.get("updated") else [],
        author=own.get("author") or "",
        origin=(own.get("source") or {}).get("title") or "",
    )
