"""The lenient tier: feedparser for what cannot be mended, always in a worker that can be killed.

feedparser needs seconds for hostile input, so it runs in one of two processes with a deadline and
a memory cap. It never gets a string: a string that looks like a path or an address it would open.
"""

from __future__ import annotations

import atexit
import multiprocessing
import re
import threading
import warnings
from concurrent.futures import TimeoutError as Late
from io import BytesIO
from typing import Any

from pebble import ProcessExpired, ProcessPool

from monitor.errors import ParseError
from monitor.sources.entries import MAX_ITEMS, Raw, RawFeed

WORKERS = 2
SECONDS = 10
MEMORY = 512 * 1024 * 1024  # address space of a worker, most of it shared libraries

_lock = threading.Lock()
_pool: ProcessPool | None = None


def read_lenient(data: bytes, *, seconds: float = SECONDS) -> RawFeed:
    """What feedparser finds in a document in UTF-8. Blocks; call it in a thread.

    Raises ParseError when it takes too long or too much memory.
    """
    future = _workers().schedule(parse_loosely, args=[data], timeout=seconds)
    try:
        feed: RawFeed = future.result()
    except Late as error:
        raise ParseError(
            f"reading the document took more than {seconds:g} s and was stopped"
        ) from error
    except (ProcessExpired, MemoryError) as error:
        raise ParseError("reading the document took too much memory and was stopped") from error
    return feed


def close_workers() -> None:
    """End the worker processes. They start again when they are needed."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is not None:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _workers() -> ProcessPool:
    global _pool
    with _lock:
        if _pool is None or not _pool.active:
            if _pool is None:
                atexit.register(close_workers)
            _pool = ProcessPool(
                max_workers=WORKERS,
                max_tasks=200,
                initializer=_limit,
                context=multiprocessing.get_context("spawn"),
            )
        return _pool


def _limit() -> None:
    """Runs in the worker: a memory cap, and no reaction to the terminal's Ctrl-C."""
    import resource
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


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
