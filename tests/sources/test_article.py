"""The article on a page, read in the worker that can be killed."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.errors import ParseError
from monitor.models import Page
from monitor.sources import article, workers
from monitor.sources.article import close_worker, extract, read_page

URL = "https://paper.example/news/1"
TEXT = (
    "The two sides agreed on Monday to open the gate again after four weeks of talks.",
    "A spokesman said that trucks would pass from the first of the month, as they did before.",
    "Merchants on both sides had asked for the opening since the gate was closed in spring.",
)


@pytest.fixture(scope="module", autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    close_worker()


def html(*paragraphs: str, head: str = "", title: str = "The gate opens again") -> bytes:
    rows = "".join(f"<p>{text}</p>" for text in paragraphs or TEXT)
    return (
        f"<html><head><title>{title} | The Paper</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
        f"<article><h1>{title}</h1>{rows}</article>"
        "<div class='comments'><p>First! I never liked that gate anyway.</p></div>"
        "<footer>Copyright. All rights reserved.</footer></body></html>"
    ).encode()


def test_the_text_is_the_article_alone_a_line_a_paragraph() -> None:
    page = read_page(html(), URL, "text/html; charset=utf-8")
    assert page.text == "\n".join(TEXT)
    assert page.title == "The gate opens again"
    assert (page.url, page.canonical, page.modified, page.author) == (URL, None, None, None)


def test_what_the_page_says_about_itself() -> None:
    head = (
        '<link rel="canonical" href="/news/gate">'
        '<meta property="og:title" content="Gate opens">'
        '<meta property="article:modified_time" content="2026-03-01T10:00:00+09:00">'
        '<meta name="author" content="Ann Writer">'
    )
    page = extract(html(head=head), URL, None, None)
    assert page.title == "Gate opens"
    assert page.canonical == "https://paper.example/news/gate"
    assert page.modified == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert page.author == "Ann Writer"


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "NewsArticle", "dateModified": "2026-03-01T01:00:00Z", "author": "A. B."}',
        '[{"headline": "x", "dateModified": "2026-03-01T01:00:00Z", "author": '
        '[{"name": "A. B."}]}]',
        '{"@graph": [{"@type": "WebSite"}, {"dateModified": "2026-03-01T01:00:00Z", '
        '"author": {"name": "A. B."}}]}',
    ],
)
def test_linked_data_is_read_in_its_usual_shapes(data: str) -> None:
    head = f'<script type="application/ld+json">{data}</script>'
    page = extract(html(head=head), URL, None, None)
    assert page.modified == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert page.author == "A. B."


@pytest.mark.parametrize("data", ["{", "[" * 100_000, "7", '{"author": 7, "headline": 1}', "[[]]"])
def test_linked_data_that_is_none_is_passed_over(data: str) -> None:
    head = f'<script type="application/ld+json">{data}</script>'
    page = extract(html(head=head), URL, None, None)
    assert (page.modified, page.author) == (None, None)
    assert page.text


def test_a_korean_page_in_its_old_encoding_is_read() -> None:
    text = "북한이 개성 남북공동연락사무소에서 인원을 철수했다고 통일부가 22일 밝혔다."
    more = "통일부 차관은 이날 브리핑에서 북측이 상부의 지시라며 철수 의사를 전달했다고 말했다."
    body = html(text, more, head='<meta charset="euc-kr">', title="북, 연락사무소 철수")
    page = read_page(body.decode().encode("cp949"), URL, "text/html")
    assert page.text == f"{text}\n{more}"
    assert page.title == "북, 연락사무소 철수"


@pytest.mark.parametrize("body", [b"", b"%PDF-1.7 \x00\x01", b"<html><body></body></html>"])
def test_a_page_without_an_article_is_told(body: bytes) -> None:
    with pytest.raises(ParseError, match="the page holds no article"):
        read_page(body, URL)


HOSTILE = {
    "deep nesting": b"<div>" * 100_000 + b"x",
    "60 kB of open tags": b"<a " * 20_000,
    "open sections": b"<![CDATA[" * 7000,
    "tables in tables": b"<table><tr><td>" * 30_000,
    "open comments": b"<!--" * 20_000,
    "one long word": b"<p>" + b"x" * 2_000_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_A17_a_hostile_page_costs_little(body: bytes) -> None:
    start = time.monotonic()
    with contextlib.suppress(ParseError):
        assert len(read_page(body, URL, seconds=5).text) <= article.MOST_TEXT
    assert time.monotonic() - start < 15


@pytest.mark.slow
def test_A17_a_page_that_takes_too_long_is_ended_and_the_next_is_read() -> None:
    slow = b"<p " + b" ".join(b"a%d=1" % n for n in range(120_000)) + b">x"
    start = time.monotonic()
    with pytest.raises(ParseError, match="took too long"):
        read_page(slow, URL, seconds=1)
    assert time.monotonic() - start < 15
    with pytest.raises(ParseError, match="took too long"):
        read_page(slow, URL, seconds=30, patience=0.5)
    assert read_page(html(), URL).text


def test_A17_a_page_that_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article, "extract", _takes_memory)
    with pytest.raises(ParseError, match="too much memory"):
        read_page(html(), URL)
    monkeypatch.undo()
    assert read_page(html(), URL).text


def _takes_memory(*_: object) -> Page:
    return Page(URL, str(bytes(2 * workers.MEMORY)))


def test_J2_one_worker_at_most() -> None:
    before = len(multiprocessing.active_children())
    article.start_worker()
    for _ in range(3):
        read_page(html(), URL)
    close_worker()
    assert len(multiprocessing.active_children()) <= before
