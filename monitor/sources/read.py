"""A fetched document read with what the source's configuration says of it."""

from __future__ import annotations

from datetime import datetime

from monitor.config.settings import Source
from monitor.errors import ParseError
from monitor.models import Fetched, ParsedFeed
from monitor.sources.parse import MAX_BYTES, parse


def read(source: Source, got: Fetched, now: datetime) -> ParsedFeed:
    """The entries of the document. ParseError begins with the source's id and names the cause."""
    try:
        return parse(
            got.body,
            content_type=got.content_type,
            url=got.url,
            lang=source.lang,
            zone=source.zone,
            now=now,
            max_bytes=max(MAX_BYTES, len(got.body)),  # the fetch has held polling.max_body already
        )
    except ParseError as error:
        raise ParseError(f"{source.id}: {error}") from error
