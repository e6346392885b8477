"""Reads one source over HTTP: conditionally, politely, within caps and a deadline.

Nothing here changes a source's state; what is to be remembered comes back in the result.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Mapping
from datetime import datetime

from monitor.config.settings import Polling, Source
from monitor.errors import FetchError, HttpStatus, TooLarge
from monitor.models import Fetched, NotModified, SourceState
from monitor.sources.clean import begins
from monitor.sources.essence import essence
from monitor.sources.manners import address, max_age, retry_after
from monitor.sources.net import Answer, Client, origin

MAX_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_ADVICE = {
    400: "the server does not understand the request; check the address",
    401: "the feed asks for a password, or for another one: see auth in docs/configuration.md",
    403: "the server refuses this reader; check whether the feed is still open to all",
    404: "there is no such page; check the address",
    407: "the proxy asks for a password; see polling.proxy",
    410: "the feed is gone for good; remove or replace the source",
    429: "too many requests; polling slows down by itself",
    451: "withheld for legal reasons",
    503: "the server is overloaded or down for now; it is tried again",
}


async def fetch(
    source: Source,
    state: SourceState,
    client: Client,
    polling: Polling,
    now: datetime,
    *,
    conditional: bool = True,
    accept: str | None = None,
) -> Fetched | NotModified:
    """The body of a source, or the news that it has not changed.

    `conditional=False` sends no validators, for the daily full read and after an error. `accept`
    names other kinds of documents than feeds. A body with the hash of `state` is NotModified too;
    see essence.py.
    Raises FetchError and its kinds; each message is one line that begins with the source's id.
    """
    try:
        return await _fetch(source, state, client, polling, now, conditional, accept)
    except HttpStatus as error:
        told = source.hide(f"{source.id}: {error}")
        raise HttpStatus(error.status, told, error.retry_after) from error
    except FetchError as error:
        raise type(error)(source.hide(f"{source.id}: {error}"), error.retry_after) from error


async def _fetch(
    source: Source,
    state: SourceState,
    client: Client,
    polling: Polling,
    now: datetime,
    conditional: bool,
    accept: str | None,
) -> Fetched | NotModified:
    deadline = time.monotonic() + polling.timeout.total_seconds()
    validators = _validators(state) if conditional else {}
    headers = validators | ({"Accept": accept} if accept else {})
    url = address(source.url, state, conditional=conditional)
    moved, permanent = None if url == source.url else url, True
    visited = {url}
    for _ in range(MAX_REDIRECTS + 1):
        async with client.get(
            url,
            headers | _credentials(source, url),
            private=source.allow_private,
            deadline=deadline,
            proxied=source.proxy,
        ) as answer:
            if answer.status not in _REDIRECTS or answer.location is None:
                return await _result(answer, state, polling, now, moved, bool(validators))
            permanent = permanent and answer.status in _PERMANENT
            url = answer.location
        moved = url if permanent else moved
        if url in visited:
            raise FetchError("the server redirects in a loop; open the address in a browser")
        visited.add(url)
    raise FetchError(f"more than {MAX_REDIRECTS} redirects; check the address")


def _credentials(source: Source, url: str) -> dict[str, str]:
    """What the configuration says for this source, and nothing for any other origin."""
    if source.auth is None or origin(url) != origin(source.url):
        return {}
    return source.auth.request_headers()


def _validators(state: SourceState) -> dict[str, str]:
    headers = {}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


async def _result(
    answer: Answer,
    state: SourceState,
    polling: Polling,
    now: datetime,
    moved: str | None,
    conditional: bool,
) -> Fetched | NotModified:
    etag = answer.headers.get("etag")
    modified = answer.headers.get("last-modified")
    fresh = max_age(answer.headers)
    if answer.status == 304 and conditional:
        return NotModified(etag or state.etag, modified or state.last_modified, moved, fresh)
    if answer.status != 200:
        raise _status(answer, now)
    body = await _body(answer, polling.max_body)
    digest = essence(body)
    if digest == state.body_hash:
        return NotModified(etag, modified, moved, fresh, same_body=True)
    return Fetched(
        url=answer.url,
        body=body,
        body_hash=digest,
        content_type=answer.headers.get("content-type"),
        etag=etag,
        last_modified=modified,
        moved_to=moved,
        max_age=fresh,
        link=answer.headers.get("link"),
    )


def _status(answer: Answer, now: datetime) -> HttpStatus:
    advice = _ADVICE.get(answer.status, "it is tried again" if answer.status >= 500 else "")
    words = f"the server answered {answer.status} {answer.reason}".strip()
    return HttpStatus(
        answer.status,
        f"{words}; {advice}" if advice else words,
        retry_after(answer.headers.get("retry-after"), now),
    )


async def _body(answer: Answer, cap: int) -> bytes:
    """The body, inflated if it is gzip. Both the wire and the inflated bytes are capped."""
    inflater = _inflater(answer.headers, cap)
    length = answer.headers.get("content-length", "")
    wire = int(length) if length.isdigit() and int(length) > cap else 0
    kept: list[bytes] = []
    async for chunk in answer.chunks:
        wire += len(chunk)
        piece = inflater.feed(chunk) if inflater else chunk
        kept.append(piece)
        if wire > cap:
            raise TooLarge(_too_large(cap, b"".join(kept)[:400]))
    if inflater and wire:
        inflater.finish()
    return b"".join(kept)


def _inflater(headers: Mapping[str, str], cap: int) -> Inflater | None:
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip"):
        return Inflater(cap)
    raise FetchError(f'the server answered in the encoding "{encoding[:40]}", which is not read')


def _too_large(cap: int, head: bytes) -> str:
    beginning = begins(head.decode("utf-8", "replace"))
    return (
        f"the answer is larger than {cap / 1_000_000:g} MB (polling.max_body); "
        f"it begins: {beginning}"
    )


class Inflater:
    """Unpacks one gzip layer and never holds more than `cap` bytes of it."""

    def __init__(self, cap: int) -> None:
        self._gzip = zlib.decompressobj(wbits=31)
        self._cap = cap
        self._size = 0
        self._head = b""

    def feed(self, data: bytes) -> bytes:
        """What these bytes unpack to. Raises TooLarge over the cap, FetchError on damage."""
        pieces = []
        while data:
            if self._gzip.eof:  # gzip files may be concatenated; other trailing bytes are padding
                if not data.startswith(b"\x1f\x8b"):
                    break
                self._gzip = zlib.decompressobj(wbits=31)
            try:
                piece = self._gzip.decompress(data, self._cap - self._size + 1)
            except zlib.error as error:
                raise FetchError("the gzip answer is damaged") from error
            self._size += len(piece)
            self._head = self._head or piece[:400]
            if self._size > self._cap:
                raise TooLarge(_too_large(self._cap, self._head))
            pieces.append(piece)
            data = self._gzip.unused_data if self._gzip.eof else self._gzip.unconsumed_tail
        return b"".join(pieces)

    def finish(self) -> None:
        """Raises FetchError when the packed body ended early."""
        if not self._gzip.eof:
            raise FetchError("the gzip answer was cut off")
