"""OPML lists as other programs write them."""

from __future__ import annotations

import time

import pytest

from monitor.config.listpage import ListPage
from monitor.config.settings import Source
from monitor.errors import ParseError
from monitor.sources.opml import MAX_OUTLINES, Listed, read_opml, write_opml


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('<opml><body><outline text="A" xmlUrl="http://a.test/"/></body></opml>',
         [Listed("http://a.test/", "A")]),
        ('<?xml version="1.0"?><!-- x --><OPML><BODY><OUTLINE TEXT="F"><OUTLINE TITLE="A" TEXT="a"'
         ' XMLURL="http://a.test/" LANGUAGE="de"/></OUTLINE></BODY></OPML>',
         [Listed("http://a.test/", "A", "de")]),
        ('<opml><body><outline text="A & B" xmlUrl="http://a.test/?a=1&b=2"/></body>',
         [Listed("http://a.test/?a=1&b=2", "A & B")]),
        ('<opml><body><outline text="A" xmlUrl="http://a.test/"/><outline text="Again"'
         ' xmlUrl="http://a.test/"/><outline text="Folder"/></body></opml>',
         [Listed("http://a.test/", "A")]),
        ("<opml/>", []),
    ],
)  # fmt: skip
def test_lists_are_read_as_they_come(document: str, expected: list[Listed]) -> None:
    assert list(read_opml(document.encode())) == expected


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"feeds"])
def test_what_is_no_list_is_named(body: bytes) -> None:
    with pytest.raises(ParseError, match="is no OPML list; it begins: "):
        read_opml(body)


def test_A16_entities_and_outside_documents_are_not_followed() -> None:
    found = read_opml(
        b"<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
        b"<opml><body><outline text='&a;' xmlUrl='http://a.test/'/></body></opml>"
    )
    assert "root:" not in repr(found)


def test_A17_a_hundred_thousand_attributes_are_passed_over_quickly() -> None:
    many = " ".join(f'a{n}="x"' for n in range(100_000))
    before = time.process_time()
    found = read_opml(
        f'<opml><body><outline {many} xmlUrl="http://a.test/"/></body></opml>'.encode()
    )
    assert [listed.url for listed in found] == ["http://a.test/"]
    assert time.process_time() - before < 10  # it took minutes


def test_A17_a_heading_of_many_attributes_is_read_once_for_all_that_stands_below_it() -> None:
    many = " ".join(f'a{n}="x"' for n in range(20_000))
    rows = "".join(f'<outline xmlUrl="http://a.test/{n}"/>' for n in range(100_000))
    before = time.process_time()
    found = read_opml(
        f'<opml><body><outline text="N" {many}>{rows}</outline></body></opml>'.encode()
    )
    assert len(found) == MAX_OUTLINES
    assert time.process_time() - before < 5  # it took 16


def test_A17_outlines_in_outlines_end_the_list_and_nothing_else() -> None:
    before = time.process_time()
    deep = b"<outline xmlUrl='http://a.test/'>" * 100_000
    found = read_opml(b"<opml><body>" + deep + b"</body></opml>")
    assert [listed.url for listed in found] == ["http://a.test/"]
    assert time.process_time() - before < 5


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("feed://a.test/rss", "http://a.test/rss"),
        ("feed:https://a.test/rss", "https://a.test/rss"),
        ("https://a.test/feed:1", "https://a.test/feed:1"),
    ],
)
def test_the_schemes_of_old_readers_stand_for_web_addresses(written: str, url: str) -> None:
    (listed,) = read_opml(f"<opml><body><outline xmlUrl='{written}'/></body></opml>".encode())
    assert listed.url == url


def test_a_list_that_is_written_is_read_again() -> None:
    sources = [
        Source(id="a", url="https://a.test/?x=1&y=2", outlet='A "quoted" & <odd>', lang="ko"),
        Source(id="b", url="https://b.test/", outlet="비"),
    ]
    page = Source(id="c", url="https://c.test/list", outlet="C", page=ListPage(item="li"))
    text = write_opml([*sources, page], "Ours")
    assert read_opml(text.encode()) == (
        Listed(sources[0].url, sources[0].outlet, "ko"),
        Listed("https://b.test/", "비"),
    )
