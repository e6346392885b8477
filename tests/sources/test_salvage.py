"""Broken documents, read item by item. Here a damage costs at most its own field."""

from __future__ import annotations

import time

import pytest

from monitor.models import Entry
from monitor.sources.parse import parse
from monitor.sources.salvage import salvage

GOOD = (
    "<item><title>Good</title><link>http://a.test/g</link><guid>g</guid>"
    "<dc:date>2019-03-22T12:00:00Z</dc:date></item>"
)


def entries(document: str) -> list[Entry]:
    feed = parse(document.encode())
    assert set(feed.warnings) <= {"document repaired", "document cut off"}
    return list(feed.entries)


def rss(inner: str, head: str = "") -> str:
    return f"<rss version='2.0'><channel><title>Desk</title>{head}{inner}</channel></rss>"


def test_a_tag_that_the_head_left_open_costs_nothing() -> None:
    document = rss(GOOD, "<itunes:category text='News'><b>bold<br>")
    feed = parse(document.encode())
    assert (feed.format, feed.title) == ("rss2.0", "Desk")
    assert feed.warnings == ("document repaired",)
    (entry,) = feed.entries
    assert (entry.title, entry.link, entry.guid) == ("Good", "http://a.test/g", "g")
    assert entry.published is not None


@pytest.mark.parametrize(
    ("item", "title", "summary", "link"),
    [
        ("<title>A</b></title><link>/1</link>", "A", "", "/1"),
        ("<title>A</title><description><p>x<br>y</description><link>/1</link>", "A", "x y", "/1"),
        ("<title>A</title><description>x <b>y & z ]]> </description><link>/1</link>",
         "A", "x y & z ]]>", "/1"),
        ("<b><title>A</title></i><link>/1</link>", "A", "", "/1"),
        ("<title>A</Title><link>/1</LINK><description>İ</description>", "A", "İ", "/1"),
        ("<title>A</title><enclosure url='x'/><category>c<description>d</description>",
         "A", "d", None),
        ("<title>A</title><author><name>K</name></author><description><i>d</description>",
         "A", "d", None),
    ],
)  # fmt: skip
def test_a_damage_inside_an_item_costs_only_its_own_field(
    item: str, title: str, summary: str, link: str | None
) -> None:
    found = entries(rss(f"{GOOD}<item>{item}</item>{GOOD}"))
    assert [entry.title for entry in found] == ["Good", title, "Good"]
    assert (found[1].summary, found[1].link) == (summary, link)


def test_what_stands_in_comments_and_cdata_is_no_item() -> None:
    inner = "<!-- <item> --><item><title><![CDATA[</item><item>]]></title></item></b>"
    assert [entry.title for entry in entries(rss(inner + GOOD))] == ["", "Good"]


def test_ids_and_links_stay_as_written() -> None:
    (entry,) = entries(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.test/b/"><title>x</b></title>'
        "<entry><id>/t3_x</id><link href='c'/><title>A</title></entry></feed>"
    )
    assert (entry.guid, entry.link) == ("/t3_x", "http://a.test/b/c")


def test_A10_a_cut_and_damaged_document_keeps_its_whole_items() -> None:
    feed = parse(f"<rss><channel><b>{GOOD}{GOOD}<item><title>Ha".encode())
    assert [entry.title for entry in feed.entries] == ["Good", "Good"]
    assert feed.warnings == ("document cut off",)


def test_an_item_inside_an_item_is_part_of_it() -> None:
    inner = "<item><title>Outer</title><x><item><title>Inner</title></item></x></item></i>"
    assert [entry.title for entry in entries(rss(inner))] == ["Outer"]


@pytest.mark.parametrize(
    "document",
    [
        rss("<item><title>A</title>" + GOOD),
        rss("<item ><title"),
        rss(""),
        "<entry><title>A</title></b></entry>",
        "<rss " + "a='1' " * 2_000 + "><item></item></rss>",
        "<html><item></item></html>",
        rss("<item x='1' x='2'><title>A</title></item>"),
    ],
)
def test_what_nobody_can_cut_into_items_is_left_to_the_lenient_reader(document: str) -> None:
    assert salvage(document, whole=True) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "junk",
    [
        "<item>",
        "<item ",
        "<![CDATA[",
        "<!--",
        "<b>",
        "<item></item>",
        "<item><b></item>",
        "</item>",
    ],
)
def test_A17_hostile_structure_costs_linear_time(junk: str) -> None:
    start = time.process_time()
    salvage(rss(f"<item><title>A</title>{junk * 60_000}</item>"), whole=True)
    assert time.process_time() - start < 10
