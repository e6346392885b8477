"""Documents that cost a reader more than they are worth, as large as is read or larger."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from itertools import pairwise

M = 1_000_000
ITEM = b"<item><title>Item %d</title><guid>%d</guid></item>"
JSON = b'{"version":"https://jsonfeed.org/version/1.1","title":"F","items":[%s]}'


def rss(inside: bytes, head: bytes = b"") -> bytes:
    """A feed with this inside its channel, whether or not that is well-formed."""
    return head + b"<rss version='2.0'><channel><title>F</title>" + inside + b"</channel></rss>"


def entities(definitions: bytes, text: bytes) -> bytes:
    """A feed whose one headline uses entities that the document declares."""
    return rss(
        b"<item><title>T " + text + b"</title></item>", b"<!DOCTYPE rss [" + definitions + b"]>"
    )


def laughs() -> bytes:
    """Ten thousand million words of an entity of entities."""
    names = "abcdefghijk"
    rows = [f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in pairwise(names)]
    return entities(f"<!ENTITY a 'ha'>{''.join(rows)}".encode(), b"&k;")


def attributes(count: int) -> bytes:
    """One item with so many attributes, and a tag that nobody closes."""
    many = b" ".join(b"a%d='&'" % number for number in range(count))
    return rss(b"<item " + many + b"><title>x</title></item><b>")


def items(count: int) -> bytes:
    """So many items, one of them with a tag that nobody opened."""
    return rss(b"<item><title>x</b></title></item>" + b"".join(ITEM % (n, n) for n in range(count)))


def bomb(megabytes: int) -> bytes:
    """A feed that unpacks to so many megabytes."""
    packer = zlib.compressobj(wbits=31)
    piece = packer.compress(b"<rss version='2.0'><channel>")
    return piece + b"".join(packer.compress(bytes(M)) for _ in range(megabytes)) + packer.flush()


def index(address: str, count: int) -> bytes:
    """An index of sitemaps; an address without a place for a number stands for itself."""
    rows = (f"<sitemap><loc>{address.format(number)}</loc></sitemap>" for number in range(count))
    return f"<sitemapindex>{''.join(rows)}</sitemapindex>".encode()


def listed(size: int) -> bytes:
    """A web page with a list of so many bytes."""
    row = b"<li><a href='/x'>The harbour of the town</a><p>It has <b>many</b> ships</li>"
    return b"<!doctype html><html><body><ul>" + row * (size // len(row))


def outlines(count: int) -> bytes:
    """A list of so many feeds, for feed readers."""
    rows = b"".join(b"<outline xmlUrl='http://a.test/%d'/>" % number for number in range(count))
    return b"<opml version='2.0'><body>" + rows + b"</body></opml>"


KOREAN = "남북".encode() + "남북".encode("cp949") + b"\xff"

STOPPED = "and was stopped"  # for its time or its memory, which depends on the machine
# Each with the cause that a person reads; it is followed by how the document begins.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "attributes": (lambda: attributes(700_000), STOPPED),
    "nested": (lambda: rss(b"<item><title>" + b"<b>" * 3 * M + b"&"), STOPPED),
    "half-tags": (lambda: rss(b"<item><description>" + b"<a " * 3 * M), STOPPED),
    "items-in-items": (lambda: b"<rss><channel>" + b"<item>" * 1_600_000, STOPPED),
    "ampersands": (lambda: rss("\U0001f600".encode() + b"&" * 9 * M), STOPPED),
    "prefixes": (
        lambda: rss(b"".join(b"<p%d:b>" % number for number in range(900_000))),
        STOPPED,
    ),
    "authors": (
        lambda: rss(b"<item>" + b"<author>x</author>" * 500_000 + b"</item>"),
        STOPPED,
    ),
    "mixed-encodings": (lambda: rss(b"<item><title>" + KOREAN * 900_000), STOPPED),
    "gzip-bomb": (lambda: bomb(200), "unpacks to more than 10 MB"),
    "json-depth": (lambda: b'{"items":' + b"[" * 100_000, "JSON that is not well-formed"),
    "json-number": (lambda: JSON % (b'{"id":' + b"9" * 9 * M + b"}"), "JSON that is not well"),
    "json-items": (lambda: JSON % b",".join([b"{}"] * 3 * M), STOPPED),
    "index-of-many": (lambda: index("http://a.test/{}", 50_000), "too large to be followed"),
    "page": (lambda: b"<title>Just a moment...</title>".join([b"<html>", b"<a " * 3 * M]), "bot"),
    "opml": (lambda: outlines(100_000), "a list of feeds (OPML)"),
    "utf-32": (lambda: ("<rss>\ud800" * 20_000).encode("utf-32", "surrogatepass"), "cut off"),
    "too-long": (lambda: rss(b"x" * 20 * M), "larger than 10 MB"),
}
# Each with the number of entries that can be read all the same.
READ: dict[str, tuple[Callable[[], bytes], int]] = {
    "laughs": (laughs, 1),
    "quadratic": (lambda: entities(b"<!ENTITY a '" + b"x" * 15_000 + b"'>", b"&a;" * 99_000), 1),
    "a-hundred-thousand-items": (lambda: items(100_000), 10_000),
    "cdata": (lambda: rss(b"<item><title>T</title><description><![CDATA[" + b"x" * 4 * M), 1),
    "one-attribute": (lambda: rss(b"<item><title a='" + b"x" * M + b"'>T</title></item>"), 1),
    "escaped-half-tags": (
        lambda: rss(b"<item><title>T " + b"&lt;a " * 400_000 + b"</title></item>"),
        1,
    ),
    "utf-7": (lambda: rss(b"<item><title>T +ADw-</title></item>", b"<?xml encoding='utf-7'?>"), 1),
    "marks": (lambda: b"\xef\xbb\xbf" * M + rss(b"<item><title>T</title></item>"), 1),
    "zeros": (lambda: rss(b"<item><title>T</title></item>" + bytes(3 * M)), 1),
    "packed": (lambda: gzip.compress(rss(b"<item><title>T</title></item>" + b" " * 9 * M)), 1),
}
