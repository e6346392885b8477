"""The lenient tier, feedparser for what cannot be mended, and the workers of documents.

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
from monitor.sources.workers import Queued, Workers

T = TypeVar("T")

WORKERS = 2
SECONDS = 8  # of one document; what was tried before in the service takes up to two
WAIT = 30  # seconds, the wait for a free worker included: a poll may take no longer

_workers = Workers(WORKERS)


def in_worker(
    work: Callable[..., T], *arguments: Any, beginning: str = "", seconds: float = SECONDS
) -> T:
    """What the function gives, from a process that is killed when it takes too much.

    Raises ParseError for that, with the `beginning` of the document; errors of the function itself
    pass through. Blocks; call it in a thread.
    """
    try:
        return _workers.run(work, *arguments, seconds=seconds, patience=WAIT)
    except Queued as error:
        why = f"no reader of large and broken documents was free within {WAIT} s"
        raise ParseError(_with(why, beginning)) from error
    except TimeoutError as error:
        why = f"reading the document took more than {seconds:g} s and was stopped"
        raise ParseError(_with(why, beginning)) from error
    except MemoryError as error:
        why = "reading the document took too much memory and was stopped"
        raise ParseError(_with(why, beginning)) from error


def _with(why: str, beginning: str) -> str:
    return f"{why}; it begins: {beginning}" if beginning else why


def close_workers() -> None:
    """End the worker processes. They start again when they are needed."""
    _workers.close()


def parse_loosely(data: bytes) -> RawFeed:
    """What feedparser finds in a document in UTF-8. May take minutes: for a worker alone."""
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(
            BytesIO(data),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
        version = found.get("version") or ""
        return RawFeed(
            format=_format(version),
            title=found.feed.get("title") or "",
            lang=found.feed.get("language"),
            items=[
                _raw(entry, atom=version.startswith("atom"))
                for entry in found.entries[: MAX_ITEMS + 1]
            ],
        )


def _format(version: str) -> str:
    """Our name of a format: feedparser's "rss20" is "rss2.0", its "rss10" is RDF."""
    found = re.fullmatch(r"(rss|atom)(\d)(\d+)", version)
    if not found:
        return version
    name = "rdf" if version in ("rss10", "rss090") else found[1]
    return f"{name}{found[2]}.{found[3] if version != 'rss090' else '9'}"


def _raw(entry: dict[str, Any], *, atom: bool) -> Raw:
    own = dict(entry)  # feedparser's own lookup invents fallbacks between fields
    content = (own.get("content") or [{}])[0].get("value") or ""
    summary = own.get("summary") or ""
    updated = [own["updated"]] if own.get("updated") else []
    return Raw(
        guid=own.get("id"),
        link=_link(own, atom=atom),
        title=own.get("title") or "",
        summary="" if summary == content else summary,  # it copies one where there is none
        content=content,
        # RSS knows no update: what feedparser calls one is dc:date.
        published=[own[name] for name in ("published", "created") if own.get(name)]
        + ([] if atom else updated),
        updated=updated if atom else [],
        author=(atom and (own.get("author_detail") or {}).get("name")) or own.get("author") or "",
        origin=(own.get("source") or {}).get("title") or "",
    )


def _link(own: dict[str, Any], *, atom: bool) -> str | None:
    """The entry's page; an id is one by the rule of the strict reader only."""
    links = [link for link in own.get("links") or () if link.get("rel") in (None, "alternate")]
    if found := next((link["href"] for link in links if link.get("href")), None):
        return str(found)
    link = own.get("link") or ""
    taken_from_id = link == own.get("id")
    return None if taken_from_id and (atom or not link.startswith(("http", "/"))) else link
