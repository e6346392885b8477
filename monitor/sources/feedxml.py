"""The fast tier: well-formed XML feeds in one flat walk, by local name.

lxml (libxml2) reads a large document incrementally, hands over one item at a time and forgets it,
so memory stays small. Whatever is not well-formed goes to `repair` and then to `lenient`.
"""

from __future__ import annotations

import base64
import binascii
from bisect import insort
from contextlib import suppress
from functools import cached_property
from html import escape
from io import BytesIO
from operator import itemgetter
from typing import Any

from lxml import etree

from monitor.sources.entries import MAX_ITEMS, Raw, RawFeed
from monitor.sources.feedhead import HEAD, told
from monitor.sources.feednames import NOWHERE, PLACES, PREFIXES, USUAL
from monitor.sources.spelling import lowered

INDEX = "sitemap-index"
_LANGUAGE = ("language", "dc:language")

_ATOM10 = "http://www.w3.org/2005/Atom"
_ATOM03 = "http://purl.org/atom/ns#"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_BASE, _LANG = _XML + "base", _XML + "lang"
_RDF_FORMATS = {
    "http://my.netscape.com/rdf/simple/0.9/": "rdf0.9",
    "http://channel.netscape.com/rdf/simple/0.9/": "rdf0.9",
    "http://purl.org/rss/1.0/": "rdf1.0",
}
ITEMS = {
    "rss": "item",
    "rdf": "item",
    "channel": "item",
    "feed": "entry",
    "entry": "entry",
    "urlset": "url",
    "sitemapindex": "sitemap",
}
_ABSOLUTE = ("http://", "https://")  # needs no base
_PAGE = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")
_TAGS = ("{*}item", "{*}entry", "{*}url", "{*}sitemap")
_OPTIONS: dict[str, Any] = {
    "remove_comments": True,
    "remove_pis": True,
    "no_network": True,
    "load_dtd": False,
    "resolve_entities": "internal",
    "huge_tree": False,
    "encoding": "utf-8",
}
_MOST_DATES = 8  # of one kind in one item that are tried
_SMALL = 1_000_000  # bytes whose whole tree costs little memory; it is read faster than a stream
Found = dict[str, list[tuple[int, Any]]]


class NotXml(Exception):
    """The document is not well-formed. `partial` holds the items that were complete before."""

    def __init__(self, why: str, partial: RawFeed | None) -> None:
        super().__init__(why)
        self.partial = partial


def read_xml(data: bytes) -> RawFeed:
    """The items of a well-formed document in UTF-8 without an XML declaration.

    Raises NotXml at the first error.
    """
    reader = _Reader(data)
    if len(data) <= _SMALL:
        with suppress(etree.XMLSyntaxError):  # the stream shows what stood before the error
            root = etree.fromstring(data, etree.XMLParser(**_OPTIONS))
            feed = reader.walk(root)
            if not feed.items and lowered(root):
                again = _Reader(data).walk(root)
                feed = again if again.items else feed
            return feed
    events = etree.iterparse(BytesIO(data), events=("end",), tag=_TAGS, **_OPTIONS)
    try:
        for _, element in events:
            if reader.root is None:
                reader.root = element.getroottree().getroot()
            if reader.take(element):
                element.clear()
    except etree.XMLSyntaxError as error:
        partial = reader.feed() if reader.root is not None else None
        raise NotXml(str(error), partial) from error
    reader.root = events.root
    return reader.feed()


class _Reader:
    """Collects items; knows the document's own namespaces from its root and its first item."""

    def __init__(self, data: bytes) -> None:
        self.root: Any = None
        self._data = data
        self._items: list[Raw] = []
        self._places: dict[str, tuple[str, int]] = {}
        self._item = ""
        self._own: set[str] = set()
        self._holder: Any = None

    def walk(self, root: Any) -> RawFeed:
        """The feed in a whole tree."""
        self.root = root
        for element in root.iter(*_TAGS):
            self.take(element)
        return self.feed()

    def take(self, element: Any) -> bool:
        """Read one finished element; True when it was an item of the feed."""
        if not self._item:
            self._start()
        holder = element.getparent()
        if holder is not self._holder or holder is None:
            space, name = _split(element.tag)
            # Only the item in which another may sit is taken: both are one item.
            inside = next(element.iterancestors("{*}item", "{*}entry"), None)
            if name != self._item or inside is not None:
                return False
            self._holder = holder
            self._own.add(space)
        elif not element.tag.endswith(self._item):
            return False
        if len(self._items) <= MAX_ITEMS:  # one more shows that there are more
            self._items.append(self._raw(element))
        return True

    def _start(self) -> None:
        space, name = _split(self.root.tag)
        self._own = {space, ""}
        self._item = ITEMS.get(name.lower(), "none")

    def _name(self, element: Any) -> str:
        """A short name such as "title", "dc:date": the feed's own vocabulary has no prefix."""
        space, local = _split(element.tag)
        local = local.lower()
        if space in self._own:
            return local
        known = PREFIXES.get(space.lower().partition("://")[2].rstrip("/#") or space)
        if known is None:
            known = f"{element.prefix}:" if element.prefix in USUAL else "other:"
        return known + local

    def _place(self, element: Any) -> tuple[str, int]:
        """The field that an element of an item holds, with its rank in it."""
        found = self._places[element.tag] = PLACES.get(self._name(element), NOWHERE)
        return found

    def feed(self) -> RawFeed:
        """What was read so far. Needs the root."""
        if not self._item:
            self._start()
        top: dict[str, list[Any]] = {}
        for element in (self.root, *self.root.iterchildren("{*}channel", "{*}Channel")):
            for child in element.iterchildren(*HEAD):
                top.setdefault(self._name(child), []).append(child)
        if self._item == "entry" and _split(self.root.tag)[1] == "entry" and not self._items:
            self._items.append(self._raw(self.root))
        words = (_text(one).strip() for name in _LANGUAGE for one in top.get(name, ()))
        lang = self.root.get(_LANG) or next(filter(None, words), "")
        titles = [*top.get("title", ()), *top.get("atom:title", ()), None]
        title = _inner(titles[0])
        feed = told(RawFeed(self._format(), title, lang, self._items), top)
        if feed.format == INDEX:
            newest = sorted(self._items, key=lambda raw: max(raw.updated, default=""), reverse=True)
            feed.parts, feed.items = [raw.link for raw in newest if raw.link], []
        return feed

    def _format(self) -> str:
        space, name = _split(self.root.tag)
        name = name.lower()
        if name == "rss":
            return f"rss{(self.root.get('version') or '').strip()[:10]}"
        if name == "rdf":
            spaces = {_split(child.tag)[0] for child in self.root}
            return next((_RDF_FORMATS[one] for one in spaces if one in _RDF_FORMATS), "rdf")
        if name == "feed":
            old = space == _ATOM03 or self.root.get("version") == "0.3"
            return "atom1.0" if space == _ATOM10 else "atom0.3" if old else "atom"
        return {
            "urlset": "sitemap-news",
            "sitemapindex": INDEX,
            "entry": "atom-entry",
        }.get(name, "rss1.1" if space else "cdf")

    def _raw(self, item: Any) -> Raw:
        found = self._found(item)
        named = bool(item.keys())  # most items have no attribute at all
        about = item.get(_RDF + "about") or _about(item) if named else None
        guid = _first(found, "guid") or about or _first(found, "identifier")
        link, bases = self._link(item, found, about)
        return Raw(
            guid=guid,
            link=link,
            bases=bases,
            title=_markup(found, "title") if "title" in found else "",
            summary=_markup(found, "summary") if "summary" in found else "",
            content=_markup(found, "content") if "content" in found else "",
            published=_all(found, "published") if "published" in found else (),
            updated=_all(found, "updated") if "updated" in found else _lastmod(item),
            author=self._person(found) if "author" in found else "",
            origin=self._origin(found) if "origin" in found else "",
            lang=(item.get(_LANG) if named else None) or _first(found, "lang") or None,
        )

    def _found(self, item: Any) -> Found:
        """The children of an item by field, best first; what stands in groups is its own too."""
        found: Found = {}
        known = self._places
        for child in item:
            field, rank = known.get(child.tag) or self._place(child)
            if not field:
                continue
            before = found.get(field)
            if before is None:
                found[field] = [(rank, child)]
            elif before[-1][0] <= rank:
                before.append((rank, child))
            else:
                insort(before, (rank, child), key=itemgetter(0))
        if "news" in found:
            found |= self._found(found["news"][0][1])
        if "media" in found:  # the videos of one item; its own words come first
            found = self._found(found["media"][0][1]) | found
        return found

    def _link(
        self, item: Any, found: Found, about: str | None
    ) -> tuple[str | None, tuple[str, ...]]:
        """The address of the item's page as written, and the bases it is relative to."""
        links = found.get("link", ())
        pages = [(element, href) for _, element in links if (href := _page_link(element))]
        if len(pages) > 1:
            pages = [page for page in pages if "html" in page[0].get("type", "html")] or pages
            # One link that says it is the page beats those that say nothing; of several, the first.
            explicit = [page for page in pages if page[0].get("rel")]
            pages = explicit if len(explicit) == 1 else pages
        for element, href in pages:
            return href, () if href.startswith(_ABSOLUTE) else self._bases(element)
        for rank, element in found.get("guid", ()):
            told_so = (element.get("isPermaLink") or element.get("ispermalink") or "").lower()
            text = _text(element).strip()
            usable = rank == 0 and told_so != "false"
            if usable and (told_so == "true" or text.startswith(("http", "/"))):
                return text, self._bases(element)
        return _first(found, "loc") or item.get("href") or about, self._bases(item)

    def _bases(self, element: Any) -> tuple[str, ...]:
        """Every xml:base around an element, outermost first."""
        found = []
        while self._has_bases and element is not None:
            if base := element.get(_BASE):
                found.append(base)
            element = element.getparent()
        return tuple(reversed(found))

    @cached_property
    def _has_bases(self) -> bool:
        return b"base=" in self._data

    def _person(self, found: Found) -> str:
        for _, element in found["author"]:
            names = [_text(e) for e in element if self._name(e).endswith("name")]
            if text := (names[0] if names else _text(element)):
                return text
        return ""

    def _origin(self, found: Found) -> str:
        """The outlet that an aggregator names; an address alone is no name."""
        for _, element in found["origin"]:
            titles = [_text(e) for e in element if self._name(e).endswith("title")]
            if text := (titles[0] if titles else _text(element) if len(element) == 0 else ""):
                return text
        return ""


def _page_link(element: Any) -> str:
    """The address in a link element, "" when its relation is not the item's own page."""
    if not element.attrib:
        return _text(element).strip()
    rel = (element.get("rel") or "").strip().lower()
    href = element.get("href") or _text(element)
    return href.strip() if rel in _PAGE else ""


def _split(tag: Any) -> tuple[str, str]:
    space, _, name = str(tag).rpartition("}")
    return space[1:], name


def _text(element: Any) -> str:
    if element is None:
        return ""
    return (element.text or "") if len(element) == 0 else "".join(element.itertext())


def _inner(element: Any) -> str:
    """The content of an element as markup, whether it was escaped, in CDATA or plain children."""
    if element is None:
        return ""
    if len(element) == 0:
        return _unpacked(element)
    parts = [escape(element.text or "", quote=False)]
    parts += (etree.tostring(child, encoding="unicode") for child in element)
    return "".join(parts)


def _unpacked(element: Any) -> str:
    text = element.text or ""
    if element.get("mode") != "base64":
        return text
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _about(item: Any) -> str | None:
    """The rdf:about of an item in whatever namespace.

    By the names alone: lxml looks each value up by its name, which with 100,000 attributes takes
    minutes in which nothing else runs.
    """
    return next((item.get(name) for name in item.keys() if name.endswith("}about")), None)  # noqa: SIM118


def _lastmod(item: Any) -> tuple[str, ...]:
    """Where CDF, which knows no element for it, has the time of a change."""
    lastmod = item.get("lastmod")
    return (lastmod,) if lastmod else ()


def _first(found: Found, field: str) -> str:
    for _, element in found.get(field, ()):
        if text := _text(element).strip():
            return text
    return ""


def _markup(found: Found, field: str) -> str:
    for _, element in found.get(field, ()):
        markup = _inner(element)
        if markup and not markup.isspace():
            return markup
    return ""


def _all(found: Found, field: str) -> list[str]:
    return [_text(element) for _, element in found.get(field, ())[:_MOST_DATES]]
