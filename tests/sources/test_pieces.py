"""A document is cut into its items where its bytes show plainly where each of them ends."""

from __future__ import annotations

import pytest

from monitor.sources.parse import parse
from monitor.sources.pieces import pieces

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title><![CDATA[News]]></title><!-- made by hand -->
%s
</channel></rss>"""
ONE = "<item><title>The first</title><guid>1</guid><dc:creator>Ann</dc:creator></item>"
TWO = "<item><title>Überfahrt</title><description><![CDATA[<b>text</b>]]></description></item>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/"><title>A</title>
<entry xml:lang="ko"><title>하나</title><id>1</id><link href="/1"/></entry>
<entry><title>Two</title><id>2</id><link href="/2"/></entry></feed>"""


@pytest.mark.parametrize("text", [RSS % (ONE + TWO), RSS % f"{ONE}\n  {TWO}\n", ATOM])
def test_each_item_alone_says_what_it_says_in_its_document(text: str) -> None:
    body = text.encode()
    cut = pieces(body)
    assert cut is not None
    assert [parse(cut.only([item])).entries[0] for item in cut.items] == list(parse(body).entries)
    assert parse(cut.only([])).entries == ()


def test_an_item_is_the_same_wherever_it_stands() -> None:
    first, second = pieces((RSS % (ONE + "\n\t" + TWO)).encode()), pieces((RSS % TWO).encode())
    assert first is not None
    assert second is not None
    assert second.items[0] == first.items[1]


@pytest.mark.parametrize(
    "text",
    [
        RSS % "",
        RSS % f"<!-- {ONE} -->{TWO}",
        RSS % f"{ONE}<!-- {TWO} -->",
        RSS % "<item><title>A</title><description><![CDATA[</item><item>]]></description></item>",
        RSS % f"<item><title>A</title>{ONE}</item>",
        RSS % f"{ONE}between{TWO}",
        RSS % f"{ONE}<item><title>half",
        RSS % f"{ONE}<itemised/>",
        f"<!DOCTYPE rss [<!ENTITY who 'Ann'>]>{RSS % ONE}",
        '{"items": []}',
        "",
    ],
)
def test_a_document_that_is_not_plain_is_not_cut(text: str) -> None:
    assert pieces(text.encode()) is None


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "euc-kr"])
def test_a_document_in_another_charset_is_not_cut(charset: str) -> None:
    letter = "ü" if charset == "latin-1" else "한"
    assert pieces((RSS % ONE.replace("first", letter)).encode(charset)) is None
