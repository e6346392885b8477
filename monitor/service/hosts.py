"""Manners towards a host: how many polls it has at once, and how long it wants none at all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from urllib.parse import urlsplit

from monitor.errors import HttpStatus, SourceError

_PORTS = {"http": 80, "https": 443}
_MOST_REFUSED = 100  # addresses of one host


class HostPaused(Exception):
    """The host asked all readers to wait; `until` is its time."""

    def __init__(self, until: datetime) -> None:
        super().__init__("the host asked for a pause")
        self.until = until


class Hosts:
    """One turnstile for each host. Other hosts never wait for one that is slow or sulks."""

    def __init__(self, per_host: int) -> None:
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(per_host)
        )
        self._until: dict[str, datetime] = {}
        self._refused: defaultdict[str, set[str]] = defaultdict(set)  # addresses, by host
        self._served: set[str] = set()  # hosts that answered others since they refused one

    @asynccontextmanager
    async def turn(self, url: str, now: datetime) -> AsyncIterator[None]:
        """Wait for one of the host's places. HostPaused while the host wants to be left alone."""
        host = host_of(url)
        async with self._turns[host]:
            until = self._until.get(host)
            if until is not None:
                if now < until:
                    raise HostPaused(until)
                del self._until[host]
            yield
            if refused := self._refused.get(host):  # hardly any host ever refused one
                refused.discard(url)
            if refused:
                self._served.add(host)

    def answered(self, url: str, error: SourceError, next_due: datetime) -> None:
        """Take note of a failure: 429, or 503 with a time, speaks for the host and not one feed.

        `next_due` is when the feed that was refused comes again; its siblings come no sooner. One
        that is refused again while its siblings were answered speaks for itself: else it would
        keep them waiting for ever.
        """
        busy = isinstance(error, HttpStatus) and (
            error.status == 429 or (error.status == 503 and error.retry_after is not None)
        )
        host = host_of(url)
        refused = self._refused[host]
        if not busy or (url in refused and host in self._served):
            return
        if len(refused) >= _MOST_REFUSED:
            refused.clear()  # addresses of pages, which do not come again
        refused.add(url)
        self._served.discard(host)
        self._until[host] = next_due


def host_of(url: str) -> str:
    """The host and port that a poll counts for, however the address spells them."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme, 0)
    return f"{(parts.hostname or '').casefold().rstrip('.')}:{port}"
