"""Reads a source with all that belongs to it: the newest documents that an index lists."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import datetime

from monitor.config.settings import Polling, Source
from monitor.errors import FetchError, ParseError, SourceError
from monitor.models import Fetched, NotModified, SourceState
from monitor.sources.fetch import fetch
from monitor.sources.net import Client
from monitor.sources.parse import NeedsWorker, parse

MOST_PARTS = 3  # of an index in one poll; news stands in the newest
_MARK = b"<sitemapindex"
_HEAD = 4_000  # bytes in which an index shows what it is


async def fetch_whole(
    source: Source,
    state: SourceState,
    client: Client,
    polling: Polling,
    now: datetime,
    *,
    conditional: bool = True,
) -> Fetched | NotModified:
    """As `fetch`; of an index of sitemaps also its newest parts, under `parts`.

    The hash of the result covers the parts, and no validators come with it: an index may stay as
    it is while its parts change. Raises FetchError when no part can be read.
    """
    got = await fetch(source, state, client, polling, now, conditional=conditional)
    if isinstance(got, NotModified) or _MARK not in got.body[:_HEAD]:
        return got
    listed = (await asyncio.to_thread(_listed, source, got))[:MOST_PARTS]
    parts = [await _part(source, url, client, polling, now) for url in listed]
    found = [part for part in parts if isinstance(part, Fetched)]
    if listed and not found:
        raise next(part for part in parts if isinstance(part, SourceError))
    joined = got.body_hash + "".join(part.body_hash for part in found)
    digest = hashlib.sha256(joined.encode()).hexdigest()
    if digest == state.body_hash:
        return NotModified(None, None, got.moved_to, got.max_age, same_body=True)
    return replace(got, body_hash=digest, etag=None, last_modified=None, parts=tuple(found))


def _listed(source: Source, got: Fetched) -> tuple[str, ...]:
    """The documents that an index of usual size lists."""
    try:
        return parse(got.body, content_type=got.content_type, url=got.url, here=True).parts
    except NeedsWorker:
        return ()  # whoever reads the document says what is wrong with it
    except ParseError as error:
        raise ParseError(source.hide(f"{source.id}: {error}")) from error


async def _part(
    source: Source, url: str, client: Client, polling: Polling, now: datetime
) -> Fetched | SourceError:
    part = source.model_copy(update={"url": url})
    state = SourceState(id=source.id, url=url, next_due=now)
    try:
        got = await fetch(part, state, client, polling, now, conditional=False)
    except FetchError as error:
        return error
    if isinstance(got, NotModified):
        raise AssertionError("a read without validators is never answered with 304")
    return got
