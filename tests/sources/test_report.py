"""The contract of `monitor parse --json`, and autodiscovery."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.sources.report import parse_file


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "feed.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_feed_is_reported_with_exactly_the_agreed_keys(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "<rss version='2.0'><channel><title>Desk</title><item><title>A</title><guid>1</guid>"
        "<link>/1</link><pubDate>Fri, 22 Mar 2019 14:30:00 +0900</pubDate></item></channel></rss>",
    )
    assert parse_file(path, None, "http://a.test/feed") == {
        "file": str(path),
        "format": "rss2.0",
        "title": "Desk",
        "entries": [
            {
                "id": "1",
                "link": "http://a.test/1",
                "title": "A",
                "published": "2019-03-22T05:30:00Z",
                "updated": None,
                "summary": "",
                "content": "",
            }
        ],
        "warnings": [],
        "error": None,
    }


def test_the_content_type_leads_the_decoding(tmp_path: Path) -> None:
    path = write(
        tmp_path, "<rss><channel><title>Бюро связи</title></channel></rss>".encode("koi8_r")
    )
    assert parse_file(path, "text/xml; charset=koi8-r")["title"] == "Бюро связи"


def test_a_missing_file_is_an_error_in_words(tmp_path: Path) -> None:
    report = parse_file(tmp_path / "none.xml")
    assert report["error"] == f"{tmp_path / 'none.xml'}: No such file or directory"
    assert report["entries"] == []


@pytest.mark.parametrize("body", [b"no feed", b"", b"\x1f\x8b broken"])
def test_what_is_no_feed_is_an_error_in_words(tmp_path: Path, body: bytes) -> None:
    report = parse_file(write(tmp_path, body))
    assert report["error"]
    assert "discovered" not in report


def test_a_web_page_names_its_feeds_in_order(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><title>Desk &amp; co</title><base href="/news/">
    <link rel="stylesheet" href="s.css">
    <link rel="alternate" type="application/rss+xml; charset=utf-8" href="rss.xml">
    <LINK REL="Alternate" TYPE="application/atom+xml" HREF="http://b.test/atom">
    <link rel="alternate" type="application/feed+json" href="feed.json">
    <link rel="alternate" type="text/html" href="en.html">
    <link rel="alternate" type="application/rss+xml" href="rss.xml">
    <link rel="feed" href="more"></head><body></body></html>"""
    assert parse_file(write(tmp_path, page), None, "http://a.test/") == {
        "file": str(tmp_path / "feed.xml"),
        "format": "html",
        "title": "Desk & co",
        "entries": [],
        "warnings": [],
        "error": None,
        "discovered": [
            "http://a.test/news/rss.xml",
            "http://b.test/atom",
            "http://a.test/news/feed.json",
            "http://a.test/news/more",
        ],
    }


def test_a_page_without_a_title_has_none(tmp_path: Path) -> None:
    report = parse_file(write(tmp_path, "<html></html>"))
    assert (report["title"], report["discovered"]) == (None, [])
