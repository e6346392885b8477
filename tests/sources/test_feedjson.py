from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.errors import ParseError
from monitor.models import ParsedFeed
from monitor.sources.parse import parse

NOON = datetime(2019, 3, 22, 12, tzinfo=UTC)
VERSION = "https://jsonfeed.org/version/1"


def read(document: Any, url: str | None = None) -> ParsedFeed:
    return parse(json.dumps(document).encode(), url=url)


def test_json_feed_1_1() -> None:
    feed = read(
        {
            "version": VERSION + ".1", "title": "Desk", "language": "en-US",
            "items": [{
                "id": "i", "url": "/1", "title": "North &amp; South", "summary": "In short",
                "content_html": "<p>At</p><p>length</p>", "language": "ko",
                "date_published": "2019-03-22T12:00:00Z", "date_modified": "2019-03-22T12:00:00Z",
                "authors": [{"name": "Kim"}],
            }],
        },
        "http://a.test/feed",
    )  # fmt: skip
    (entry,) = feed.entries
    assert (feed.format, feed.title, feed.lang) == ("json1.1", "Desk", "en")
    assert (entry.guid, entry.link, entry.title) == ("i", "http://a.test/1", "North & South")
    assert (entry.summary, entry.content) == ("In short", "At length")
    assert entry.published == entry.updated == NOON
    assert (entry.author, entry.lang) == ("Kim", "ko")


def test_json_feed_1_0_with_plain_text_and_odd_values() -> None:
    feed = read(
        {
            "version": VERSION,
            "items": [
                {"id": 7, "external_url": "http://b.test/", "content_text": "1 < 2 & <b>",
                 "author": {"name": "Lee"}, "title": None},
                {"id": True, "url": {}, "authors": "x", "author": "y"},
                "not an item",
            ],
        }
    )  # fmt: skip
    one, two = feed.entries
    assert feed.format == "json1.0"
    assert (one.guid, one.link, one.title, one.author) == ("7", "http://b.test/", "", "Lee")
    assert one.content == "1 < 2 & <b>"
    assert (two.guid, two.link, two.author) == (None, None, None)


def test_a_feed_that_forgot_its_version_is_read() -> None:
    assert len(read({"title": "Desk", "items": [{"id": "1"}]}).entries) == 1


def test_rss_in_json() -> None:
    feed = read(
        {"rss": {"channel": {"title": "Desk", "item": [
            {"title": "A", "guid": {"#value": "http://a.test/1"},
             "pubDate": "Fri, 22 Mar 2019 12:00:00 GMT"},
            {"title": "B", "guid": "2", "link": "http://a.test/2"},
            None,
        ]}}}
    )  # fmt: skip
    assert feed.format == "rss-in-json"
    assert [(e.guid, e.link) for e in feed.entries] == [
        ("http://a.test/1", "http://a.test/1"),
        ("2", "http://a.test/2"),
    ]
    assert feed.entries[0].published == NOON


@pytest.mark.parametrize(
    "document", [{}, {"items": []}, {"items": [{"id": 1}]}, {"title": "x", "items": [1]},
                 {"rss": 1}, {"rss": {"channel": {"item": 1}}}, [{"id": 1}]],
)  # fmt: skip
def test_json_that_is_no_feed_is_named(document: Any) -> None:
    with pytest.raises(ParseError, match="JSON that is no feed; it begins: "):
        read(document)


def test_huge_numbers_are_no_weapon() -> None:
    with pytest.raises(ParseError, match="JSON that is not well-formed"):
        parse(b'{"items": ' + b"9" * 10_000 + b"}")
