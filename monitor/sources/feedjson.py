"""JSON Feed 1.0 and 1.1, and the RSS-in-JSON of a few old sites."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from monitor.errors import ParseError
from monitor.sources.clean import begins
from monitor.sources.entries import MAX_ITEMS, Raw, RawFeed


def read_json(text: str) -> RawFeed:
    """The items of a JSON feed. Raises ParseError for JSON that is no feed, or broken."""
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise ParseError(_broken(text, error)) from error
    if isinstance(data, dict):
        version = str(data.get("version", ""))
        items = data.get("items")
        if isinstance(items, list) and ("jsonfeed.org" in version or _feedlike(data, items)):
            return _json_feed(data, version, items)
        channel = _dict(_dict(data.get("rss")).get("channel"))
        if isinstance(channel.get("item"), list):
            return _rss(channel)
    raise ParseError(f"JSON that is no feed; it begins: {begins(text)}")


def _broken(text: str, error: Exception) -> str:
    cut = isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1
    what = "JSON that was cut off" if cut else "JSON that is not well-formed"
    return f"{what}; it begins: {begins(text)}"


def _feedlike(data: dict[str, Any], items: list[Any]) -> bool:
    """A feed that forgot its version: it says what it is by its keys."""
    known = {"id", "url", "content_html", "content_text"}
    return "title" in data and any(isinstance(item, dict) and known & set(item) for item in items)


def _json_feed(data: dict[str, Any], version: str, items: list[Any]) -> RawFeed:
    name = "json1.1" if version.rstrip("/").endswith("1.1") else "json1.0"
    raws = [_item(item) for item in _most(items)]
    feed = RawFeed(name, _str(data.get("title")), _str(data.get("language")) or None, raws)
    hubs = data.get("hubs")
    urls = [_str(_dict(hub).get("url")) for hub in hubs] if isinstance(hubs, list) else []
    feed.hub, feed.self_url = next(filter(None, urls), None), _str(data.get("feed_url")) or None
    return feed


def _item(item: dict[str, Any]) -> Raw:
    authors = item.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    markup = _str(item.get("content_html"))
    return Raw(
        guid=_str(item.get("id")),
        link=_str(item.get("url")) or _str(item.get("external_url")),
        title=_str(item.get("title")),
        summary=_str(item.get("summary")),
        content=markup or _str(item.get("content_text")),
        content_is_text=not markup,
        published=[_str(item.get("date_published"))],
        updated=[_str(item.get("date_modified"))],
        author=_str(_dict(author).get("name")),
        lang=_str(item.get("language")) or None,
    )


def _rss(channel: dict[str, Any]) -> RawFeed:
    raws = []
    for item in _most(channel["item"]):
        guid = item.get("guid")
        guid = guid.get("#value") if isinstance(guid, dict) else guid
        raws.append(
            Raw(
                guid=_str(guid),
                link=_str(item.get("link")) or _str(guid),
                title=_str(item.get("title")),
                summary=_str(item.get("description")),
                published=[_str(item.get("pubDate"))],
            )
        )
    return RawFeed("rss-in-json", _str(channel.get("title")), _str(channel.get("language")), raws)


def _most(items: list[Any]) -> Iterator[dict[str, Any]]:
    """The items that are read; one more shows that there are more."""
    return islice((item for item in items if isinstance(item, dict)), MAX_ITEMS + 1)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _str(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return str(value) if isinstance(value, str | int | float) else ""
