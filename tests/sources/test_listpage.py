"""Web pages with a list of articles, read by selectors."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from monitor.config.listpage import ListPage
from monitor.errors import ParseError
from monitor.models import ParsedFeed
from monitor.sources.identity import identify
from monitor.sources.listpage import MAX_LIST, parse_page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = """<!doctype html><html lang="ko-KR"><head><title>Ministry &amp; desk</title></head><body>
<div class="box"><a href="/login">Log in</a></div>
<table class="board"><tr class="row"><td class="no">2</td>
<td class="t"><a href="view.do?id=2">North &amp; South leave the office</a></td>
<td class="d">2026.02.28 21:00</td><td class="s">In short</td></tr>
<tr class="row"><td class="no">1</td><td class="t"><a href="view.do?id=1">Lines are
  open</a></td><td class="d">2026-02-27</td><td class="s">At length</td></tr></table>
</body></html>"""


def read(text: str, url: str = "https://a.test/news/list.do", **selectors: Any) -> ParsedFeed:
    page = ListPage(**selectors)
    return parse_page(
        text.encode(), page, url=url, zone="Asia/Seoul", now=NOW, max_bytes=10_000_000
    )


def test_items_are_found_by_selectors() -> None:
    feed = read(PAGE, item="tr.row", date="td.d", summary=".s")
    assert (feed.format, feed.title, feed.lang) == ("page", "Ministry & desk", "ko")
    assert feed.warnings == ()
    first, second = feed.entries
    assert (first.title, first.summary) == ("North & South leave the office", "In short")
    assert (first.guid, first.link) == (None, "https://a.test/news/view.do?id=2")
    assert first.published == datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert (second.title, second.published) == (
        "Lines are open", datetime(2026, 2, 26, 15, tzinfo=UTC),
    )  # fmt: skip


def test_an_item_keeps_its_identity_while_its_title_changes() -> None:
    (one, _), (other, _) = (
        identify(read(text, item="tr.row").entries, "desk")
        for text in (PAGE, PAGE.replace("the office", "its office"))
    )
    assert one.entry_key == other.entry_key == "url:https://a.test/news/view.do?id=2"
    assert one.content_hash != other.content_hash


@pytest.mark.parametrize(
    ("body", "selectors", "expected"),
    [
        ("<a class=i href=/1>A</a>", {"item": "a.i"}, ("https://a.test/1", "A")),
        ("<a href=/1><li>A</li></a>", {"item": "li", "link": "*"}, None),
        ("<a href=/1><li>A<b>B</b></li></a>", {"item": "li", "title": "b"},
         ("https://a.test/1", "B")),
        ("<li><h2>A</h2><a href=/1>more</a></li>", {"item": "li", "title": "h2"},
         ("https://a.test/1", "A")),
        ("<li><p><a href=/x>x</a></p><h2><a href=/1>A</a></h2></li>", {"item": "li", "link": "h2"},
         ("https://a.test/1", "A")),
        ("<base href='https://b.test/n/'><li><a href=1 title=T></a></li>", {"item": "li"},
         ("https://b.test/n/1", "T")),
    ],
)  # fmt: skip
def test_links_and_titles_stand_in_many_places(
    body: str, selectors: dict[str, str], expected: tuple[str, str] | None
) -> None:
    if expected is None:
        with pytest.raises(ParseError, match="page has changed"):
            read(body, **selectors)
        return
    (entry,) = read(body, "https://a.test/", **selectors).entries
    assert (entry.link, entry.title) == expected


@pytest.mark.parametrize(
    ("selectors", "message"),
    [
        ({"item": "li.news"}, "nothing fits page.item 'li.news': the page has changed, or the"),
        ({"item": "td.no"}, "none of the 2 items that fit page.item has a link and a title"),
        ({"item": "tr.row", "title": "h3"}, "(page.link left out, page.title 'h3')"),
    ],
)
def test_a_selector_that_fits_nothing_is_the_sources_trouble(
    selectors: dict[str, str], message: str
) -> None:
    with pytest.raises(ParseError) as error:
        read(PAGE, **selectors)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_date_or_summary_that_is_nowhere_is_told() -> None:
    feed = read(PAGE, item="tr.row", date="time", summary=".lead")
    assert feed.warnings == (
        "page.date 'time' fits nothing in any item: the page has changed",
        "page.summary '.lead' fits nothing in any item: the page has changed",
    )


def test_items_without_a_link_are_left_out_and_told() -> None:
    feed = read("<li><a href=/1>A</a></li><li>advert</li>", item="li")
    assert [entry.title for entry in feed.entries] == ["A"]
    assert feed.warnings == ("1 items without a link or a title are left out",)


@pytest.mark.parametrize(
    ("written", "form", "expected"),
    [
        ("28.02. 21:00", "%d.%m. %H:%M", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("31.12.", "%d.%m.", datetime(2025, 12, 30, 15, tzinfo=UTC)),
        ("29.02.", "%d.%m.", datetime(2024, 2, 28, 15, tzinfo=UTC)),
        ("26/02/28 21:00", "%y/%m/%d %H:%M", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("28 Feb 2026 12:00 +0000", "%d %b %Y %H:%M %z", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("soon", "%d.%m.%Y", None),
    ],
)
def test_a_date_is_read_as_the_source_says(
    written: str, form: str, expected: datetime | None
) -> None:
    text = f"<li><a href=/1>A</a><i>{written}</i></li>"
    feed = read(text, item="li", date="i", date_format=form)
    assert feed.entries[0].published == expected
    assert feed.warnings == (() if expected else ("1 dates cannot be read",))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("등록일 : 2026-02-28 조회 120", datetime(2026, 2, 27, 15, tzinfo=UTC)),
        ("입력 2026.02.28. 오후 9:00", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("发布时间：2026-02-28 21:00:00 来源", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("掲載日：2026年2月28日", datetime(2026, 2, 27, 15, tzinfo=UTC)),
        ("문서 120260228-1", None),
        ("3시간 전", None),
    ],
)
def test_a_date_is_found_among_the_words_of_a_board(
    written: str, expected: datetime | None
) -> None:
    feed = read(f"<li><a href=/1>A</a><i>{written}</i></li>", item="li", date="i")
    assert feed.entries[0].published == expected


def test_a_machine_readable_date_goes_first() -> None:
    text = "<li><a href=/1>A</a><time datetime='2026-02-28T12:00:00Z'>yesterday</time></li>"
    assert read(text, item="li", date="time").entries[0].published == NOW - timedelta(days=1)


def test_a_page_of_too_many_items_is_cut_and_told() -> None:
    feed = read("<li><a href=/1>A</a></li>" * (MAX_LIST + 5), item="li")
    assert len(feed.entries) == MAX_LIST
    assert feed.warnings == (f"only the first {MAX_LIST} items are read",)


@pytest.mark.slow
@pytest.mark.parametrize("junk", ["<a ", "<div>", "<p><a href=/1>x", "&lt;", "<![CDATA["])
def test_A18_a_hostile_page_is_ended_in_a_worker(junk: str) -> None:
    start = time.monotonic()
    with suppress(ParseError):
        read("<li><a href=/1>A</a></li>" + junk * 300_000, item="li:has(a), li")
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    ("selectors", "message"),
    [
        ({"item": "li["}, "is no CSS selector: Malformed attribute selector at position"),
        ({"item": "li", "date": "::"}, "is no CSS selector"),
        ({"item": "li", "date_format": "%H:%M"}, "is no format of a day"),
        ({"item": "li", "date_format": "%d %Q"}, "is no format of a day"),
        ({}, "Field required"),
    ],
)
def test_H1_a_selector_or_format_that_cannot_be_read_is_refused(
    selectors: dict[str, str], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        ListPage(**selectors)
