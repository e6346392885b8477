from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.resources import files

from monitor.demo.news import load_feeds, load_news

FEEDS = load_feeds()
NEWS = load_news()


def test_forty_feeds_in_nine_languages_and_three_formats() -> None:
    assert len(FEEDS) == 40
    assert {feed.lang for feed in FEEDS} == {"en", "ko", "ja", "zh", "fr", "de", "es", "ru", "ar"}
    assert {feed.format for feed in FEEDS} == {"rss", "atom", "json"}
    assert len({feed.path for feed in FEEDS}) == 40


def test_records_come_in_the_order_in_which_they_were_seen() -> None:
    assert 90 <= len(NEWS) <= 100
    assert [record.seen for record in NEWS] == sorted(record.seen for record in NEWS)
    assert NEWS[0].seen >= datetime(2019, 3, 1, tzinfo=UTC)
    assert NEWS[-1].seen < datetime(2019, 4, 9, tzinfo=UTC)


def test_every_record_belongs_to_a_feed_and_an_invented_host() -> None:
    homes = {feed.id: feed.home for feed in FEEDS}
    assert {record.feed for record in NEWS} == set(homes)
    assert all(record.url.startswith(homes[record.feed]) for record in NEWS)


def test_some_records_are_revisions_and_some_have_no_date() -> None:
    urls = [record.url for record in NEWS]
    assert len(urls) - len(set(urls)) >= 10
    assert any(record.published is None for record in NEWS)


def test_the_recording_holds_nothing_that_tells_the_answer() -> None:
    text = files("monitor.demo").joinpath("news.jsonl").read_text(encoding="utf-8")
    keys = set(re.findall(r'[{,] ?"(\w+)": ', text))
    assert keys == {"feed", "fetched", "published", "url", "title", "summary", "body"}
