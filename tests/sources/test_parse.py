"""The whole reader on broken, hostile and mistaken documents. A rows of the fault catalogue."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import ParseError
from monitor.sources.parse import parse
from tests.meter import fresh_peak, kilobytes

NOW = datetime(2019, 3, 22, 12, tzinfo=UTC)
ITEM = "<item><title>Item {0}</title><guid>{0}</guid><link>http://a.test/{0}</link></item>"


def rss(items: str, head: str = "") -> str:
    return f"{head}<rss version='2.0'><channel><title>Desk</title>{items}</channel></rss>"


def many(count: int) -> str:
    return "".join(ITEM.format(number) for number in range(count))


def titles(document: str) -> list[str]:
    return [entry.title for entry in parse(document.encode()).entries]


@pytest.mark.parametrize("date", ["Fri, 22 Mar 2019 13:30:00 GMT", "2019-03-23 09:00"])
def test_A3_a_date_in_the_future_is_unknown(date: str) -> None:
    body = rss(f"<item><title>T</title><pubDate>{date}</pubDate></item>").encode()
    feed = parse(body, now=NOW)
    assert feed.entries[0].published is None
    assert feed.warnings == ("1 dates lie in the future and are ignored",)
    assert parse(body).entries[0].published is not None


def test_A3_an_hour_ahead_is_a_clock_not_a_mistake() -> None:
    body = rss("<item><title>T</title><pubDate>2019-03-22T12:59:00Z</pubDate></item>").encode()
    assert parse(body, now=NOW).entries[0].published == NOW + timedelta(minutes=59)


def test_A3_a_naive_date_is_in_the_zone_of_the_source() -> None:
    body = rss("<item><title>T</title><pubDate>2019-03-22 21:00:00</pubDate></item>").encode()
    assert parse(body, zone="Asia/Seoul").entries[0].published == NOW


def test_A3_a_date_that_cannot_be_read_is_told_and_the_next_is_taken() -> None:
    feed = parse(
        rss(
            "<item><title>T</title><pubDate>yesterday</pubDate><date>2019-03-22T12:00:00Z</date></item>"
            "<item><title>U</title><pubDate>yesterday</pubDate></item>"
        ).encode()
    )
    assert [entry.published for entry in feed.entries] == [NOW, None]
    assert feed.warnings == ("1 dates cannot be read",)


@pytest.mark.parametrize("cut", [30, 60, 90, 900])
def test_A10_a_truncated_document_keeps_its_whole_items(cut: int) -> None:
    document = rss(many(50))
    feed = parse(document.encode()[:-cut])
    whole = document[:-cut].count("</item>")
    assert [entry.title for entry in feed.entries] == [f"Item {n}" for n in range(whole)]
    assert feed.warnings == ("document cut off",)


def test_A10_a_truncated_and_damaged_document_drops_the_last_item() -> None:
    feed = parse(
        b"<rss><channel><item><title>A</b></title></item><item><title>B</title></item><item><title>C"
    )
    assert [entry.title for entry in feed.entries] == ["A", "B"]
    assert feed.warnings == ("document cut off",)


def test_A10_damage_before_the_cut_loses_only_the_last_item() -> None:
    document = rss(many(10) + "<item><title>A</b></title></item>" + many(10)).encode()
    feed = parse(document[:-60])
    assert len(feed.entries) == 20
    assert feed.warnings == ("document cut off",)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the document is empty"),
        (b" \n\xef\xbb\xbf ", "the document is empty"),
        (b"<?xml version='1.0'?>", "neither XML nor JSON"),
        (b"<!doctype html><html><body>Hello</body></html>",
         "a web page, not a feed; it begins: <!doctype html><html><body>Hello</body></html>"),
        (b"<html><form><input type=password></form></html>", "a web page that may want a login"),
        (b"<html><title>Just a moment...</title></html>", "a challenge page of a bot filter"),
        (b'{"error": "quota"}', 'JSON that is no feed; it begins: {"error": "quota"}'),
        (b'{"items": [1, ', "JSON that was cut off"),
        (b'{"items" 1}', "JSON that is not well-formed"),
        (b"[]", "JSON that is no feed"),
        (b"[" * 100_000, "JSON that"),
        (b"quota exceeded", "neither XML nor JSON, so no feed; it begins: quota exceeded"),
        (b"<opml version='1.0'><body/></opml>", "a list of feeds (OPML), not a feed"),
        (b"<svg/>", "XML of another kind (<svg>), not a feed"),
        (b"<rss><channel><item><tit", "the document was cut off; it begins: <rss>"),
        (b"\x1b[31mred\x00 alert", "it begins: ?[31mred"),
    ],
)  # fmt: skip
def test_A11_what_is_no_feed_is_named_with_its_beginning(body: bytes, message: str) -> None:
    with pytest.raises(ParseError) as error:
        parse(body)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 200


def test_A11_the_beginning_is_80_characters() -> None:
    with pytest.raises(ParseError) as error:
        parse(b"no feed " * 100)
    assert len(str(error.value).partition("begins: ")[2]) == 80


LAUGHS = "<!DOCTYPE rss [<!ENTITY a 'ha'>{}]>".format(
    "".join(
        f"<!ENTITY {chr(letter + 1)} '{('&' + chr(letter) + ';') * 10}'>"
        for letter in range(97, 107)
    )
)
# Small enough for its root to be found, or it would never reach a parser.
QUADRATIC = f"<!DOCTYPE rss [<!ENTITY a '{'x' * 15_000}'>]>"
XXE = "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
DTD = "<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>"


@pytest.mark.parametrize(
    "document",
    [
        rss("<item><title>T &k;</title></item>", LAUGHS),
        rss(f"<item><title>T {'&a;' * 60_000}</title></item>", QUADRATIC),
        rss("<item><title>T &a;</title></item>", XXE),
        rss("<item><title>T &a;</title></item>", DTD),
    ],
    ids=["billion laughs", "quadratic", "external entity", "external DTD"],
)
def test_A16_entities_are_no_weapon(document: str) -> None:
    start = time.process_time()
    before = fresh_peak()
    try:
        feed = parse(document.encode())
    except ParseError:
        pass
    else:
        assert "root:" not in repr(feed)
        assert sum(len(entry.title) for entry in feed.entries) < 200_000
    assert time.process_time() - start < 2
    assert kilobytes(os.getpid(), "VmHWM:") - before < 100_000


def test_harmless_entities_of_the_document_still_work() -> None:
    assert titles(
        rss("<item><title>&desk;</title></item>", "<!DOCTYPE rss [<!ENTITY desk 'D'>]>")
    ) == ["D"]


def test_A17_a_document_of_20_MB_is_refused_before_it_is_read() -> None:
    with pytest.raises(ParseError, match=r"larger than 10 MB"):
        parse(rss(f"<item><title>{'x' * 20_000_000}</title></item>").encode())


def test_A17_a_field_of_5_MB_costs_little() -> None:
    start = time.process_time()
    feed = parse(
        rss(f"<item><title>T</title><description>{'x ' * 2_500_000}</description></item>").encode()
    )
    assert feed.entries[0].title == "T"
    assert time.process_time() - start < 2


@pytest.mark.slow
def test_A17_of_a_hundred_thousand_items_the_first_are_read() -> None:
    start = time.process_time()
    feed = parse(rss(many(100_000)).encode())
    assert len(feed.entries) == 10_000
    assert feed.entries[-1].title == "Item 9999"
    assert feed.warnings == ("only the first 10000 items are read",)
    assert time.process_time() - start < 5


@pytest.mark.slow
@pytest.mark.parametrize(
    "items",
    [
        "<item><title>" + "<b>" * 100_000,
        "<item>" * 60_000,
        "<item " + " ".join(f"a{n}='1'" for n in range(20_000)) + "><title>T</b></item>",
        "<" * 400_000,
        "<item><title>T</b></title>" + "<!--" * 100_000,
        "<item><title>T</b></title>" + "<![CDATA[" * 100_000,
        "&" * 400_000,
    ],
    ids=["nested", "items in items", "attributes", "brackets", "comments", "cdata", "ampersands"],
)
def test_A17_hostile_structure_is_ended_and_delays_nobody(items: str) -> None:
    other: list[float] = []

    def reads_another_feed() -> None:
        start = time.monotonic()
        parse(rss(many(5)).encode())
        other.append(time.monotonic() - start)

    neighbour = threading.Timer(0.2, reads_another_feed)
    neighbour.start()
    start = time.monotonic()
    with suppress(ParseError):
        parse(rss(items).encode())
    neighbour.join()
    assert time.monotonic() - start < 15
    assert other[0] < 3


def test_A18_hostile_html_in_a_summary_costs_little() -> None:
    start = time.process_time()
    summary = "&lt;a " * 20_000
    feed = parse(rss(f"<item><title>T</title><description>{summary}</description></item>").encode())
    assert feed.entries[0].title == "T"
    assert time.process_time() - start < 1


def test_A19_control_characters_are_stripped_from_titles() -> None:
    title = "Safe\u202e\u0007 &#27;[31m&#0; title"
    assert titles(rss(f"<item><title>{title}</title></item>")) == ["Safe [31m title"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (rss("<item><title>AT&T & R&D &eacute;&nosuch;</title></item>"), ["AT&T & R&D é&nosuch;"]),
        (rss("<item><title><![CDATA[A & B]]> & C</title></item>"), ["A & B & C"]),
        (rss("<item><title>A &#X41; &#x110000; B</title></item>"), ["A A B"]),
        (rss("<item><title>A</title><dc:date>2019</dc:date><x y:z='1'/></item>"), ["A"]),
        ("<b>Warning</b>: mysql_connect() in x.php\n" + rss(many(2)), ["Item 0", "Item 1"]),
        (rss(many(2)) + "\n<script>track()</script>", ["Item 0", "Item 1"]),
        ("\n\n<!-- <item> --><?php x ?>" + rss(many(1), "<?xml version='1.0'?>"), ["Item 0"]),
        ("<rss version=2.0><channel><item><title>A</title></item></channel></rss>", ["A"]),
        ("<!DOCTYPE html PUBLIC 'x' 'y'><html><p>" + rss(many(1)) + "</p></html>", ["Item 0"]),
        (rss("<item><title>A</title><description><p>x<br>y</description></item>" + ITEM.format(2)),
         ["A", "Item 2"]),
        ("<RSS><CHANNEL><ITEM><TITLE>A</TITLE></ITEM></CHANNEL></RSS>", ["A"]),
        ("<rss/>", []),
    ],
)  # fmt: skip
def test_usual_damage_is_mended_without_losing_text(document: str, expected: list[str]) -> None:
    assert titles(document) == expected


def test_a_repair_is_told() -> None:
    assert parse(rss("<item><title>A & B</title></item>").encode()).warnings == (
        "document repaired",
    )


def test_what_even_the_lenient_reader_cannot_read_is_named() -> None:
    with pytest.raises(ParseError, match="XML that cannot be read; it begins: <rss"):
        parse(b"<rss><channel>< item>x</ item><foo:item/bar='></channel></rss>")


def test_an_item_in_a_comment_makes_no_error_of_an_empty_feed() -> None:
    assert titles(rss("<!-- <item> -->")) == []


def test_items_that_nobody_closed_go_to_the_lenient_reader() -> None:
    feed = parse(rss("<item><title>A</title><item><title>B</title>").encode())
    assert [entry.title for entry in feed.entries] == ["A", "B"]
    assert feed.format == "rss2.0"
    assert feed.warnings == ("document is not well-formed",)


def test_A10_a_cut_document_for_the_lenient_reader_keeps_what_it_closed() -> None:
    feed = parse(b"<RSS><CHANNEL><ITEM><TITLE>A</TITLE></ITEM><ITEM><TITLE>B</TITLE></ITEM></RSS")
    assert [entry.title for entry in feed.entries] == ["A", "B"]


def test_A10_half_an_item_that_only_the_lenient_reader_sees_is_dropped() -> None:
    feed = parse(b"<RSS><CHANNEL><ITEM><TITLE>A</TITLE></ITEM><ITEM><TITLE>Half of it")
    assert [entry.title for entry in feed.entries] == ["A"]
    assert feed.warnings == ("document cut off",)
