"""What a feed of the demo serves: RSS 2.0, Atom 1.0 and JSON Feed documents that change."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from lxml import etree
from lxml.builder import ElementMaker

from monitor.demo.news import Feed, Record

NEWEST = 20  # items a document holds
BEGINNING = datetime(2019, 3, 1, tzinfo=UTC)  # dates a feed that holds nothing yet

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Document:
    """One state of a feed with what HTTP says about it. `last_modified` is an HTTP date."""

    body: bytes
    content_type: str
    etag: str
    last_modified: str


def document(feed: Feed, shown: Sequence[Record]) -> Document:
    """The feed as it stands once `shown` (its records so far, oldest first) are out."""
    items = _newest(shown)
    build, content_type = _BUILDERS[feed.format]
    body = build(feed, items)
    changed = max((record.seen for record in shown), default=BEGINNING)
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return Document(body, content_type, etag, format_datetime(changed, usegmt=True))


def _newest(shown: Sequence[Record]) -> list[Record]:
    """The last revision of each article, newest first; a revision keeps its article's place."""
    last: dict[str, Record] = {}
    for record in shown:
        last[record.url] = record
    return list(last.values())[-NEWEST:][::-1]


def _rss(feed: Feed, items: list[Record]) -> bytes:
    make = ElementMaker(nsmap={"content": _CONTENT})
    content = ElementMaker(namespace=_CONTENT)
    channel = make.channel(
        make.title(feed.title),
        make.link(feed.home),
        make.description(f"What {feed.outlet} reports"),
        make.language(feed.lang),
    )
    for record in items:
        item = make.item(
            make.title(record.title),
            make.link(record.url),
            make.guid(record.url, isPermaLink="true"),
        )
        if record.published:
            item.append(make.pubDate(format_datetime(record.published, usegmt=True)))
        if record.summary:
            item.append(make.description(record.summary))
        if feed.full:
            item.append(content.encoded(_paragraphs(record.body)))
        channel.append(item)
    return _xml(make.rss(channel, version="2.0"))


def _atom(feed: Feed, items: list[Record]) -> bytes:
    make = ElementMaker(namespace=_ATOM, nsmap={None: _ATOM})
    root = make.feed(
        make.id(f"tag:{feed.id}.example,2019:feed"),
        make.title(feed.title),
        make.link(href=feed.home),
        make.author(make.name(feed.outlet)),
        make.updated(_stamp(max((record.seen for record in items), default=BEGINNING))),
    )
    root.set(_XML_LANG, feed.lang)
    for record in items:
        entry = make.entry(
            make.id(_tag(record.url)),
            make.title(record.title),
            make.link(href=record.url),
            make.updated(_stamp(record.seen)),
        )
        if record.published:
            entry.append(make.published(_stamp(record.published)))
        if record.summary:
            entry.append(make.summary(record.summary, type="html"))
        if feed.full:
            entry.append(make.content(_paragraphs(record.body), type="html"))
        root.append(entry)
    return _xml(root)


def _json(feed: Feed, items: list[Record]) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "language": feed.lang,
        "items": [_json_item(feed, record) for record in items],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_item(feed: Feed, record: Record) -> dict[str, str]:
    item = {"id": record.url, "url": record.url, "title": record.title}
    if record.summary:
        item["summary"] = record.summary
    if feed.full:
        item["content_html"] = _paragraphs(record.body)
    else:
        item["content_text"] = record.summary
    if record.published:
        item["date_published"] = _stamp(record.published)
    item["date_modified"] = _stamp(record.seen)
    return item


_BUILDERS = {
    "rss": (_rss, "application/rss+xml; charset=utf-8"),
    "atom": (_atom, "application/atom+xml; charset=utf-8"),
    "json": (_json, "application/feed+json"),
}


def _xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _paragraphs(body: str) -> str:
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in body.split("\n\n"))


def _tag(url: str) -> str:
    parts = urlsplit(url)
    return f"tag:{parts.hostname},2019:{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
