"""Reads a source and does not take every "not modified" at its word.

Once a day, and at every read of a server that was caught, a 304 is checked by reading the document
whole right after it (fault B6; urlwatch issue 292).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.config.settings import Polling, Source
from monitor.models import Fetched, NotModified, SourceState
from monitor.sources.cadence import wants_full_read
from monitor.sources.net import Client
from monitor.sources.parts import fetch_whole


async def fetch_doubting(
    source: Source, state: SourceState, client: Client, polling: Polling, now: datetime
) -> Fetched | NotModified:
    """As `fetch_whole`, which decides itself whether the read is conditional.

    `candid` of the result says whether the server told a conditional request the truth.
    """
    full = wants_full_read(state.last_full, state.failures, now)
    if full and not _can_be_asked(state):
        return await fetch_whole(source, state, client, polling, now, conditional=False)
    got = await fetch_whole(source, state, client, polling, now)
    if isinstance(got, Fetched):
        return replace(got, candid=True) if _has_validators(state) else got
    if got.same_body or not (full or state.lies):
        return got
    whole = await fetch_whole(source, state, client, polling, now, conditional=False)
    return replace(whole, candid=False) if isinstance(whole, Fetched) else whole


def _can_be_asked(state: SourceState) -> bool:
    """After a failure nothing is trusted, and a move is only taken back at the old address."""
    return _has_validators(state) and not state.failures and not state.moved_to


def _has_validators(state: SourceState) -> bool:
    return bool(state.etag or state.last_modified)
