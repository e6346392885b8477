"""Feed addresses that a web page or an OPML list announces."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from monitor.sources.links import resolve

_TYPES = re.compile(
    r"(?:application|text)/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|x\.atom\+xml|xml)|application/json"
)
# A word of its own in an address: /rss/all.xml, ?type=rss, /atom.xml; not /express.
_LOOKS = re.compile(r"(?<![a-z])(?:rss|atom|feeds?)(?![a-z])", re.IGNORECASE)

# Where feeds stand on sites that do not announce them, most usual first.
COMMON = (
    "feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "news-sitemap.xml",
)  # fmt: skip
MAX_PAGE = 1_000_000  # characters; feeds are announced near the beginning


def discover(text: str, url: str | None = None) -> tuple[str | None, list[str]]:
    """The title of a page and the feeds it announces, in order, absolute where a base is known."""
    root = _root(text)
    title = next(("".join(node.itertext()) for node in root.iter("title")), None)
    return title, _addresses(root, url, [n for n in root.iter("link", "a") if _is_feed(n)])


def linked(text: str, url: str | None = None) -> list[str]:
    """Links in the text of a page that look as if they led to a feed, in order."""
    root = _root(text)
    return _addresses(root, url, [node for node in root.iter("a") if _looks_like_feed(node)])


def _root(text: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    return etree.fromstring(f"<!doctype html>{text[:MAX_PAGE]}".encode("utf-8", "replace"), parser)


def _addresses(root: Any, url: str | None, nodes: list[Any]) -> list[str]:
    base = next((node.get("href") for node in root.iter("base") if node.get("href")), None)
    links = (resolve(node.get("href"), url, base) for node in nodes)
    return list(dict.fromkeys(link for link in links if link))


def _looks_like_feed(node: Any) -> bool:
    href, words = node.get("href") or "", " ".join(node.itertext()).strip()
    return bool(_LOOKS.search(href)) or words.lower() in ("rss", "atom", "feed")


def _is_feed(node: Any) -> bool:
    rel = (node.get("rel") or "").lower().split()
    if "feed" in rel:
        return True
    kind = (node.get("type") or "").lower().partition(";")[0].strip()
    return "alternate" in rel and bool(_TYPES.fullmatch(kind))


def common_places(url: str) -> list[str]:
    """Addresses on the page's site where a feed may stand: beside the page, then at the root."""
    beside = urljoin(url if url.endswith("/") else url + "/", COMMON[0])
    return list(dict.fromkeys([beside, *(urljoin(url, f"/{place}") for place in COMMON)]))
