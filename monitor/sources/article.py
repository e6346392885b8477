"""The article on a web page, without menus, adverts and comments, read in a killable worker.

trafilatura in its fast mode finds the text (best of six extractors measured); it needs seconds for
hostile pages, hence the worker. What the page says about itself is read from its own markup.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from monitor.errors import ParseError
from monitor.models import Page
from monitor.models.cutting import cut
from monitor.sources.clean import plain
from monitor.sources.dates import parse_date
from monitor.sources.decode import decode
from monitor.sources.links import resolve
from monitor.sources.workers import Workers

MOST_TEXT = 60_000  # characters of text that are kept; a long report has 20,000
SECONDS = 8.0
_MOST_LD = 300_000  # characters of JSON-LD that are read
_MOST_TITLE = 600
_MODIFIED = ("article:modified_time", "og:updated_time", "og:article:modified_time")
_MODIFIED_NAMES = ("last-modified", "lastmod", "dcterms.modified", "dc.date.modified")


def read_page(
    body: bytes,
    url: str,
    content_type: str | None = None,
    lang: str | None = None,
    *,
    seconds: float = SECONDS,
    patience: float | None = None,
) -> Page:
    """The article in a page's bytes. Blocks; call it in a thread.

    `patience` bounds the whole wait, for a free worker too. Raises ParseError in words when it
    takes too long or too much memory, or holds no text.
    """
    try:
        page = _workers.run(
            extract, body, url, content_type, lang, seconds=seconds, patience=patience
        )
    except TimeoutError as error:
        raise ParseError("reading the page took too long and was stopped") from error
    except MemoryError as error:
        raise ParseError("reading the page took too much memory and was stopped") from error
    if not page.text:
        raise ParseError("the page holds no article")
    return page


def start_worker() -> None:
    """Start the worker ahead of the first page; gives at once."""
    _workers.start()


def close_worker() -> None:
    """End the worker process. It starts again when it is needed."""
    _workers.close()


def _prepare() -> None:
    """Runs in the worker, before any page: the import takes a second."""
    import trafilatura  # noqa: F401

    logging.disable(logging.CRITICAL)  # its word on each odd page


_workers = Workers(1, _prepare)


def extract(body: bytes, url: str, content_type: str | None, lang: str | None) -> Page:
    """Runs in the worker. A page without an article has an empty text."""
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = load_html(decode(body, content_type, lang).text)
        if tree is None:
            return Page(url=url, text="")
        about = _about(tree, url)
        found = bare_extraction(tree, fast=True, include_comments=False, include_tables=True)
    text = getattr(found, "text", None) or ""
    return Page(url=url, text=_paragraphs(text, about["title"]), **about)


def _paragraphs(text: str, title: str) -> str:
    """A line a paragraph, each of plain text, without the headline that stands above them."""
    lines = [plain(line) for line in text[:MOST_TEXT].splitlines()]
    lines = [line for line in lines if line.strip("|- ")]
    if lines and title and lines[0] in title:
        lines = lines[1:]
    return "\n".join(lines)


def _about(tree: Any, url: str) -> dict[str, Any]:
    """What the page says about itself: title, canonical address, last change, author."""
    meta = _meta(tree)
    data = list(_linked_data(tree))
    link = next(iter(tree.xpath("//link[@rel='canonical']/@href")), None)
    modified = [meta.get(name) for name in _MODIFIED + _MODIFIED_NAMES]
    modified += [node.get("dateModified") for node in data]
    author = [meta.get("author"), *(_name(node.get("author")) for node in data)]
    return {
        "title": _title(tree, meta),
        "canonical": resolve(link, url),
        "modified": next(filter(None, map(_date, modified)), None),
        "author": next((plain(text)[:200] for text in author if text and plain(text)), None),
    }


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]")[:300]:
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        found.setdefault(name.lower(), node.get("content"))
    return found


def _title(tree: Any, meta: dict[str, str]) -> str:
    """The headline: what is shared of the page, its only first heading, or its window's title."""
    heads = [" ".join(node.itertext()) for node in tree.xpath("//h1")[:2]]
    windows = [" ".join(node.itertext()) for node in tree.xpath("//title")[:1]]
    choices = [meta.get("og:title") or "", *(heads if len(heads) == 1 else []), *windows]
    return next((cut(plain(text), _MOST_TITLE) for text in choices if plain(text)), "")


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that speak of an article."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:8]:
        try:
            data = json.loads(script[:_MOST_LD], strict=False)
        except (ValueError, RecursionError):
            continue
        nodes = data if isinstance(data, list) else [data]
        for node in nodes[:20]:
            inner = node.get("@graph") if isinstance(node, dict) else None
            for one in inner[:50] if isinstance(inner, list) else [node]:
                if isinstance(one, dict) and ("dateModified" in one or "headline" in one):
                    yield one


def _name(author: object) -> str | None:
    if isinstance(author, list):
        author = author[0] if author else None
    if isinstance(author, dict):
        author = author.get("name")
    return author if isinstance(author, str) else None


def _date(text: object) -> datetime | None:
    return parse_date(text[:80]) if isinstance(text, str) else None
