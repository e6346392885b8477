"""The fast tier: well-formed XML feeds in one flat walk, by local name.

lxml (libxml2) reads the document incrementally, hands over one item at a time and forgets it, so
memory stays small. Whatever is not well-formed goes to `repair` and then to `lenient`.
"""

from __future__ import annotations

import base64
import binascii
from html import escape
from io import BytesIO
from typing import Any

from lxml import etree

from monitor.sources.entries import MAX_ITEMS, Raw, RawFeed

_ATOM10 = "http://www.w3.org/2005/Atom"
_ATOM03 = "http://purl.org/atom/ns#"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_BASE = _XML + "base"
_PREFIXES = {
    _ATOM10: "atom:",
    _ATOM03: "atom:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/elements/1.0/": "dc:",
    "http://purl.org/dc/terms/": "dct:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/net/rss1.1#": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "rss:": "",
}
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
_PUBLISHED = (
    "pubdate", "published", "issued", "atom:published", "atom:issued", "dc:date", "dct:issued",
    "dct:created", "created", "date", "news:publication_date",
)  # fmt: skip
_UPDATED = ("updated", "modified", "atom:updated", "atom:modified", "dct:modified", "lastmod")
_SUMMARY = ("description", "summary", "abstract", "atom:summary", "dc:description",
            "media:description", "news:keywords")  # fmt: skip
_CONTENT = ("content:encoded", "content", "xhtml:body", "xhtml:div", "atom:content", "fulltext",
            "body", "encoded")  # fmt: skip
_PAGE = ("", "alternate", "http://www.iana.org/assignments/relation/alternate")


class NotXml(Exception):
    """The document is not well-formed. `partial` holds the items that were complete before."""

    def __init__(self, why: str, partial: RawFeed | None) -> None:
        super().__init__(why)
        self.partial = partial


def read_xml(data: bytes) -> RawFeed:
    """The items of a well-formed document in UTF-8 without an XML declaration.

    Raises NotXml at the first error.
    """
    reader = _Reader(based=b"base=" in data)
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=("{*}item", "{*}entry", "{*}url", "{*}sitemap"),
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        load_dtd=False,
        resolve_entities="internal",
        huge_tree=False,
        encoding="utf-8",
    )
    try:
        for _, element in events:
            reader.take(element)
    except etree.XMLSyntaxError as error:
        partial = reader.feed() if reader.root is not None else None
        raise NotXml(str(error), partial) from error
    reader.root = events.root
    return reader.feed()


class _Reader:
    """Collects items; knows the document's own namespace from its root."""

    def __init__(self, *, based: bool) -> None:
        self.root: Any = None
        self._based = based
        self._items: list[Raw] = []
        self._names: dict[str, str] = {}
        self._item = ""
        self._own = ""

    def take(self, element: Any) -> None:
        """Read one finished element if it is an item of the feed, and forget its content."""
        if self.root is None:
            self._start(element.getroottree().getroot())
        if _split(element.tag)[1] != self._item:
            return
        # Only the item in which another may sit is cleared: both are one item.
        if next(element.iterancestors("{*}item", "{*}entry"), None) is not None:
            return
        if len(self._items) <= MAX_ITEMS:  # one more shows that there are more
            self._items.append(self._raw(element))
        element.clear()

    def _start(self, root: Any) -> None:
        self.root = root
        self._own, name = _split(root.tag)
        self._item = ITEMS.get(name.lower(), "")

    def _name(self, tag: Any) -> str:
        """A short name such as "title", "dc:date": the feed's own vocabulary has no prefix."""
        space, local = _split(tag)
        local = local.lower()
        if not space or space == self._own:
            name = local
        elif "/sitemap-news/" in space:
            name = f"news:{local}"
        else:
            name = _PREFIXES.get(space, "other:") + local
        self._names[tag] = name
        return name

    def feed(self) -> RawFeed:
        """What was read so far. Needs the root."""
        if not self._item:
            self._start(self.root)
        top: dict[str, Any] = {}
        for element in (self.root, *self.root.iterchildren("{*}channel", "{*}Channel")):
            for child in element.iterchildren("{*}title", "{*}language", "{*}link"):
                top.setdefault(self._name(child.tag), child)
        lang = self.root.get(_XML + "lang") or _text(top.get("language"))
        if self._item == "entry" and _split(self.root.tag)[1] == "entry" and not self._items:
            self._items.append(self._raw(self.root))
        return RawFeed(self._format(), _inner(top.get("title")), lang, self._items)

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
            "sitemapindex": "sitemap-index",
            "entry": "atom-entry",
        }.get(name, "rss1.1" if space else "cdf")

    def _raw(self, item: Any) -> Raw:
        found = self._found(item)
        about = item.get(_RDF + "about")
        guid = _first(found, "guid", "id", "atom:id") or about or _first(found, "dc:identifier")
        link, bases = self._link(item, found, about)
        return Raw(
            guid=guid,
            link=link,
            bases=bases,
            title=_markup(found, "title", "news:title", "atom:title", "dc:title", "media:title"),
            summary=_markup(found, *_SUMMARY),
            content=_markup(found, *_CONTENT),
            published=_all(found, _PUBLISHED),
            updated=_all(found, _UPDATED),
            author=self._person(found),
            origin=self._origin(found),
            lang=item.get(_XML + "lang") or _first(found, "language", "dc:language") or None,
        )

    def _found(self, item: Any) -> dict[str, list[Any]]:
        """The children of an item by short name; those of a sitemap's news element are its own."""
        found: dict[str, list[Any]] = {}
        known = self._names
        for child in item:
            tag = child.tag
            name = known.get(tag) or self._name(tag)
            if name in found:
                found[name].append(child)
            else:
                found[name] = [child]
        return found | self._found(found["news:news"][0]) if "news:news" in found else found

    def _link(
        self, item: Any, found: dict[str, list[Any]], about: str | None
    ) -> tuple[str | None, tuple[str, ...]]:
        """The address of the item's page as written, and the bases it is relative to."""
        links = found.get("link", []) + found.get("atom:link", [])
        pages = [(element, href) for element in links if (href := _page_link(element))]
        explicit = [page for page in pages if page[0].get("rel")]
        # One link that says it is the page beats those that say nothing; of several, the first.
        for element, href in explicit if len(explicit) == 1 else pages:
            return href, self._bases(element)
        for element in found.get("guid", ()):
            told = (element.get("isPermaLink") or element.get("ispermalink") or "").lower()
            text = _text(element).strip()
            if told != "false" and (told == "true" or text.startswith(("http", "/"))):
                return text, self._bases(element)
        return _first(found, "loc") or item.get("href") or about, self._bases(item)

    def _bases(self, element: Any) -> tuple[str, ...]:
        """Every xml:base around an element, outermost first."""
        found = []
        while self._based and element is not None:
            if base := element.get(_BASE):
                found.append(base)
            element = element.getparent()
        return tuple(reversed(found))

    def _person(self, found: dict[str, list[Any]]) -> str:
        for name in ("author", "dc:creator", "atom:author", "creator"):
            for element in found.get(name, ()):
                names = [_text(e) for e in element if self._name(e.tag).endswith("name")]
                if text := (names[0] if names else _text(element)):
                    return text
        return ""

    def _origin(self, found: dict[str, list[Any]]) -> str:
        for name in ("source", "atom:source", "dc:source"):
            for element in found.get(name, ()):
                titles = [_text(e) for e in element if self._name(e.tag).endswith("title")]
                if text := (titles[0] if titles else _text(element) if len(element) == 0 else ""):
                    return text
        return ""


def _page_link(element: Any) -> str:
    """The address in a link element, "" when its relation is not the item's own page."""
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


def _first(found: dict[str, list[Any]], *names: str) -> str:
    for name in names:
        if name in found:
            for element in found[name]:
                if text := _text(element).strip():
                    return text
    return ""


def _markup(found: dict[str, list[Any]], *names: str) -> str:
    for name in names:
        if name in found:
            for element in found[name]:
                markup = _inner(element)
                if markup and not markup.isspace():
                    return markup
    return ""


def _all(found: dict[str, list[Any]], names: tuple[str, ...]) -> list[str]:
    return [_text(element) for name in names if name in found for element in found[name]]
