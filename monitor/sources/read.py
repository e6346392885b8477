"""A fetched document read with what the source's configuration says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from monitor.config.hidden import without_secrets
from monitor.config.settings import Source
from monitor.errors import ParseError
from monitor.models import Fetched, ParsedFeed
from monitor.sources.clean import begins
from monitor.sources.parse import MAX_BYTES, NeedsWorker, parse


def read(source: Source, got: Fetched, now: datetime, *, here: bool = False) -> ParsedFeed:
    """The entries of the document. ParseError begins with the source's id and names the cause.

    May wait half a minute for a worker; `here` raises NeedsWorker at once instead.
    """
    try:
        if source.page is not None:
            if here:
                raise NeedsWorker
            from monitor.sources.listpage import parse_page  # costs an import that few sites need

            return parse_page(got.body, source.page, **_known(source, got, now))
        feed = parse(got.body, here=here, **_known(source, got, now))
        if feed.parts and not got.parts:
            beginning = begins(got.body[:400].decode("utf-8", "replace"))
            raise ParseError(f"an index too large to be followed; it begins: {beginning}")
        if got.parts:
            feed = _joined(feed, source, got, now, here)
        return replace(feed, warnings=tuple(map(source.hide, feed.warnings)))
    except ParseError as error:
        raise ParseError(source.hide(f"{source.id}: {error}")) from error


def _known(source: Source, got: Fetched, now: datetime) -> Mapping[str, Any]:
    return {
        "content_type": got.content_type,
        "url": without_secrets(got.url),  # a link such as "#2" leads to it, and goes into alerts
        "lang": source.lang,
        "zone": source.zone,
        "now": now,
        "max_bytes": max(MAX_BYTES, len(got.body)),  # the fetch has held polling.max_body already
    }


def _joined(
    index: ParsedFeed, source: Source, got: Fetched, now: datetime, here: bool
) -> ParsedFeed:
    """The entries of an index's parts as one feed; ParseError when none of them can be read."""
    feeds, errors = [], []
    for part in got.parts:
        try:
            feeds.append(parse(part.body, here=here, **_known(source, part, now)))
        except ParseError as error:
            errors.append(f"{part.url}: {error}")
    if not feeds:
        raise ParseError(errors[0])
    return replace(
        index,
        entries=tuple(entry for feed in feeds for entry in feed.entries),
        warnings=(*index.warnings, *(w for feed in feeds for w in feed.warnings), *errors),
    )
