from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest

from monitor.demo.feeds import NEWEST, document
from monitor.demo.news import Feed, Record, load_feeds, load_news

FEEDS = load_feeds()
NEWS = load_news()
XML = [feed for feed in FEEDS if feed.format != "json"]


def of(feed: Feed) -> list[Record]:
    return [record for record in NEWS if record.feed == feed.id]


def record(number: int, **changes: object) -> Record:
    made = Record(
        feed="heron-wire",
        seen=datetime(2019, 3, 22, 7, number, tzinfo=UTC),
        published=datetime(2019, 3, 22, 6, number, tzinfo=UTC),
        url=f"https://heron-wire.example/{number}",
        title=f"Title {number}",
        summary="A summary",
        body="One.\n\nTwo.",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("feed", XML, ids=lambda feed: feed.id)
def test_feedparser_reads_every_article_back(feed: Feed) -> None:
    parsed = feedparser.parse(document(feed, of(feed)).body)
    last = {each.url: each for each in of(feed)}
    assert not parsed.bozo
    assert parsed.version == {"rss": "rss20", "atom": "atom10"}[feed.format]
    assert {entry.link: entry.title for entry in parsed.entries} == {
        url: each.title for url, each in last.items()
    }
    assert all(entry.id for entry in parsed.entries)


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_a_title_with_markup_characters_survives(kind: str) -> None:
    feed = replace(FEEDS[0], format=kind, full=True)
    title = "A <b> & \"c\" ]]> 'd'"
    made = document(feed, [record(1, title=title, body="x < y & z")])
    if kind == "json":
        item = json.loads(made.body)["items"][0]
        assert (item["title"], item["content_html"]) == (title, "<p>x &lt; y &amp; z</p>")
    else:
        entry = feedparser.parse(made.body, sanitize_html=False).entries[0]
        assert entry.content[0].value == "<p>x &lt; y &amp; z</p>"
        assert f"{record(1, title=title).title}".encode() not in made.body  # it is escaped there


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_a_feed_without_news_is_still_a_feed(kind: str) -> None:
    made = document(replace(FEEDS[0], format=kind), [])
    assert made.last_modified == "Fri, 01 Mar 2019 00:00:00 GMT"
    if kind == "json":
        assert json.loads(made.body)["items"] == []
    else:
        assert feedparser.parse(made.body).version in {"rss20", "atom10"}


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_a_record_without_date_or_summary_is_served_without_them(kind: str) -> None:
    feed = replace(FEEDS[0], format=kind, full=True)
    made = document(feed, [record(1, published=None, summary="")])
    if kind == "json":
        assert not {"date_published", "summary"} & set(json.loads(made.body)["items"][0])
    else:
        assert "published" not in feedparser.parse(made.body).entries[0]
        assert b"description>A" not in made.body


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_a_feed_of_summaries_holds_no_whole_text(kind: str) -> None:
    made = document(replace(FEEDS[0], format=kind, full=False), [record(1)])
    assert b"A summary" in made.body
    assert b"Two." not in made.body


def test_a_revision_replaces_its_article_and_changes_the_marks() -> None:
    feed = FEEDS[0]
    first = document(feed, [record(1), record(2)])
    edited = replace(record(3), url=record(1).url, title="Edited")
    second = document(feed, [record(1), record(2), edited])
    titles = [entry.title for entry in feedparser.parse(second.body).entries]
    assert titles == ["Title 2", "Edited"]
    assert first.etag != second.etag
    assert second.last_modified == "Fri, 22 Mar 2019 07:03:00 GMT"


def test_only_the_newest_items_are_served_newest_first() -> None:
    made = document(FEEDS[0], [record(number) for number in range(30)])
    titles = [entry.title for entry in feedparser.parse(made.body).entries]
    assert titles == [f"Title {number}" for number in range(29, 29 - NEWEST, -1)]
