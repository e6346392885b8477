"""From the bytes of a document to its entries: sniff, decode, fast tier, repair, lenient tier."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from monitor.errors import ParseError
from monitor.models import ParsedFeed
from monitor.sources.bridges import without_failures
from monitor.sources.clean import begins, text_of
from monitor.sources.dates import zone_of
from monitor.sources.decode import decode, gunzip
from monitor.sources.entries import MAX_ITEMS, Context, RawFeed, entry_of, language
from monitor.sources.feedjson import read_json
from monitor.sources.feedxml import NotXml, read_xml
from monitor.sources.links import resolve
from monitor.sources.repair import ROOTS, ends, local_name, repair, root_tag, trim
from monitor.sources.salvage import salvage

MAX_BYTES = 10_000_000
# Bytes that are read in the service's own process. In memory a document can be a hundred times as
# large, and what holds the interpreter holds everything up.
LARGE = 500_000
CUT_OFF = "document cut off"
BRIDGE_SAYS = "an item that tells of the bridge's failure is left out"
REPAIRED = "document repaired"
NOT_WELL_FORMED = "document is not well-formed"
Loosely = Callable[[bytes], RawFeed]
"""Reads a document in UTF-8 that no strict parser can read."""
_TIERS: tuple[tuple[list[str], Callable[[str], str]], ...] = (([], str), ([REPAIRED], repair))
_ANY_ITEM = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>", re.IGNORECASE)
_CLOSED_URL = re.compile(r"</(?:[\w.-]{1,40}:)?url\s*>", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"captcha|challenge-platform|just a moment|checking your browser|are you a robot"
    r"|enable javascript and cookies|access denied|attention required|ddos",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"""type=["']?password|/login|sign[ -]?in|log[ -]?in|로그인|ログイン""", re.IGNORECASE
)


class NeedsWorker(Exception):
    """The document cannot be read in this process within its means."""


def parse(
    body: bytes,
    *,
    content_type: str | None = None,
    url: str | None = None,
    lang: str | None = None,
    zone: str | None = None,
    now: datetime | None = None,
    max_bytes: int = MAX_BYTES,
    here: bool = False,
) -> ParsedFeed:
    """The entries of a feed document, in document order.

    `content_type` is the whole header value, `url` what relative links are resolved against,
    `lang` leads a charset guess, `zone` is the IANA zone of dates that name none, and with `now`
    dates more than an hour ahead are dropped. A large document, and one that cannot be mended, is
    read in a worker: that blocks for up to half a minute, or raises NeedsWorker at once where it
    has to be read `here`. Raises ParseError, naming what the body looks like and how it begins.
    """
    if len(body) > max_bytes:
        why = f"the document is larger than {max_bytes / 1_000_000:g} MB"
        raise ParseError(f"{why}; it begins: {_beginning(body, content_type)}")
    known = Known(content_type, url, lang, zone, now)
    document = gunzip(body, max_bytes)
    with suppress(NeedsWorker):
        if len(document) <= LARGE:
            return _read_here(document, known)
    if here:
        raise NeedsWorker
    from monitor.sources.lenient import in_worker  # costs an import that few feeds need

    return in_worker(read_all, document, known, beginning=_beginning(document, content_type))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document from outside; see `parse`."""

    content_type: str | None = None
    url: str | None = None
    lang: str | None = None
    zone: str | None = None
    now: datetime | None = None


def _read_here(document: bytes, known: Known) -> ParsedFeed:
    """As `read_all`, in this process: NeedsWorker where only the lenient reader can help."""
    return _parsed(document, known, _not_here)


def _not_here(document: bytes) -> RawFeed:
    raise NeedsWorker


def read_all(document: bytes, known: Known) -> ParsedFeed:
    """Runs in the worker: the entries of an unpacked document, by whatever tier can read it."""
    from monitor.sources.lenient import parse_loosely

    return _parsed(document, known, parse_loosely)


def _parsed(document: bytes, known: Known, loosely: Loosely) -> ParsedFeed:
    decoded = decode(document, known.content_type, known.lang)
    feed, warnings = read(decoded.text, loosely)
    more = [f"only the first {MAX_ITEMS} items are read"] if len(feed.items) > MAX_ITEMS else []
    context = Context(known.url, zone_of(known.zone), known.now)
    entries = [entry_of(raw, context) for raw in feed.items[:MAX_ITEMS]]
    news, trouble = without_failures(entries)
    if trouble and not news:
        raise ParseError(f"the bridge that makes this feed reports a failure: {trouble[:80]}")
    more += [f"{BRIDGE_SAYS}: {trouble}"] if trouble else []
    return ParsedFeed(
        format=feed.format,
        title=text_of(feed.title) or None,
        entries=news,
        warnings=(*decoded.warnings, *warnings, *more, *context.warnings()),
        lang=language(feed.lang),
        ttl=feed.ttl,
        update_every=feed.update_every,
        skip_hours=feed.skip_hours,
        skip_days=feed.skip_days,
        hub=_web(feed.hub, known.url),
        self_url=_web(feed.self_url, known.url),
        parts=tuple(part for raw in feed.parts if (part := _web(raw, known.url))),
    )


def _beginning(document: bytes, content_type: str | None) -> str:
    return begins(decode(document[:400], content_type).text)


def _web(link: str | None, base: str | None) -> str | None:
    """An address of the head as it can be fetched, else None."""
    found = resolve(link, base)
    return found if found and found.startswith(("http://", "https://")) else None


def read(text: str, loosely: Loosely) -> tuple[RawFeed, list[str]]:
    """A document's items as written, with warnings. Raises ParseError, and what `loosely` does."""
    text = text.strip("\ufeff \t\r\n\0")
    if not text:
        raise ParseError("the document is empty")
    if text[0] in "{[":
        return read_json(text), []
    body = trim(text)
    name = local_name(root_tag(body))
    if name not in ROOTS:
        raise ParseError(f"{_looks_like(text, name)}; it begins: {begins(text)}")
    return _read_xml(body, loosely)


def _read_xml(text: str, loosely: Loosely) -> tuple[RawFeed, list[str]]:
    """Tier by tier: as it is, repaired, item by item, and at last by the lenient reader."""
    whole = ends(text)
    empty: tuple[RawFeed, list[str]] | None = None
    partial = None
    for warnings, mend in _TIERS:
        try:
            feed = read_xml(mend(whole or text).encode("utf-8", "replace"))
        except NotXml as error:
            partial = error.partial or partial
            if whole is None and partial and 0 < _closed(text) <= len(partial.items):
                return partial, [CUT_OFF]  # the cut is the only damage
        else:
            if feed.items or feed.parts or not _ANY_ITEM.search(text):
                return feed, warnings
            empty = empty or (feed, warnings)  # the items may only be spelt oddly, or in a comment
    mended = repair(whole or text)
    if not empty and (feed_or_none := salvage(mended, whole=whole is not None)):
        return feed_or_none, [CUT_OFF if whole is None else REPAIRED]
    feed = loosely(mended.encode("utf-8", "replace"))
    feed.format = feed.format or (partial.format if partial else "xml")
    if whole is None and _closed(text) < len(feed.items):
        feed.items = feed.items[:-1]  # the last one may be half an item
    if feed.items:
        return feed, [CUT_OFF if whole is None else NOT_WELL_FORMED]
    if empty:
        return empty
    what = "the document was cut off" if whole is None else "XML that cannot be read"
    raise ParseError(f"{what}; it begins: {begins(text)}")


def _closed(text: str) -> int:
    """How many items the document closes; a channel's image has a `url` too."""
    return len((_CLOSED_URL if local_name(root_tag(text)) == "urlset" else _CLOSED).findall(text))


def _looks_like(text: str, root: str) -> str:
    """What a document that is no feed seems to be."""
    head = text[:20_000]
    if root == "html" or re.match(r"\s*<!doctype html", head, re.IGNORECASE):
        if _CHALLENGE.search(head):
            return "a challenge page of a bot filter, not a feed"
        if _LOGIN.search(head):
            return "a web page that may want a login, not a feed"
        return "a web page, not a feed"
    if root == "opml":
        return "a list of feeds (OPML), not a feed"
    if root:
        return f"XML of another kind (<{root[:40]}>), not a feed"
    return "neither XML nor JSON, so no feed"
