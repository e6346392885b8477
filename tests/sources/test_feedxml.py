"""The fast tier, format by format."""

from __future__ import annotations

import base64
import time
from datetime import UTC, datetime, timedelta

import pytest

from monitor.models import ParsedFeed
from monitor.sources.feedxml import NotXml, read_xml
from monitor.sources.parse import parse

NOON = datetime(2019, 3, 22, 12, tzinfo=UTC)


def read(document: str, url: str | None = None) -> ParsedFeed:
    return parse(document.encode(), url=url)


def test_rss_2_with_its_modules() -> None:
    feed = read(
        """<?xml version="1.0"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
             xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
             xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
        <channel><title>Desk &amp;amp; co</title><link>http://a.test/</link><language>ko-KR</language>
        <item>
          <media:title>a picture</media:title><itunes:title>a sound</itunes:title>
          <title><![CDATA[North <b>leaves</b> office]]></title>
          <link>http://a.test/1</link><guid isPermaLink="false">id-1</guid>
          <description>&lt;p&gt;In short&lt;/p&gt;</description>
          <content:encoded><![CDATA[<p>At length</p>]]></content:encoded>
          <dc:creator>Kim</dc:creator><source url="http://b.test/">Wire</source>
          <enclosure url="http://a.test/1.mp3" length="1" type="audio/mpeg"/>
          <pubDate>Fri, 22 Mar 2019 12:00:00 GMT</pubDate>
        </item></channel></rss>"""
    )
    assert (feed.format, feed.title, feed.lang, feed.warnings) == ("rss2.0", "Desk & co", "ko", ())
    (entry,) = feed.entries
    assert (entry.guid, entry.link) == ("id-1", "http://a.test/1")
    assert (entry.title, entry.summary, entry.content) == (
        "North leaves office", "In short", "At length",
    )  # fmt: skip
    assert (entry.author, entry.origin, entry.published) == ("Kim", "Wire", NOON)


def test_atom_1_with_relative_links_and_xhtml() -> None:
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="http://a.test/b/">
        <title type="html">Desk</title>
        <entry xml:base="c/" xml:lang="fr">
          <id>/t3_x</id>
          <link rel="self" href="self"/><link rel="via" href="http://b.test/"/><link href="page"/>
          <title type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml">North <h:i>leaves</h:i>
          </h:div></title>
          <summary>In short</summary>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>At</p><p>length</p></div>
          </content>
          <author><name>Kim</name><email>k@a.test</email></author>
          <source><title>Wire</title></source>
          <published>2019-03-22T12:00:00Z</published><updated>2019-03-22T12:00:00Z</updated>
        </entry></feed>"""
    )
    (entry,) = feed.entries
    assert (feed.format, feed.lang, entry.lang) == ("atom1.0", "en", "fr")
    assert (entry.guid, entry.link) == ("/t3_x", "http://a.test/b/c/page")
    assert (entry.title, entry.content) == ("North leaves", "At length")
    assert (entry.author, entry.origin) == ("Kim", "Wire")
    assert entry.published == entry.updated == NOON


def test_atom_0_3_with_base64() -> None:
    packed = base64.b64encode(b"<p>At length</p>").decode()
    feed = read(
        f"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>T</title>
        <link rel="alternate" type="text/html" href="http://a.test/1"/><id>i</id>
        <content mode="base64">{packed}</content><summary mode="base64">{"x"}</summary>
        <issued>2019-03-22T12:00:00Z</issued><modified>2019-03-22T12:00:00Z</modified>
        </entry></feed>"""
    )
    assert feed.format == "atom0.3"
    assert (feed.entries[0].content, feed.entries[0].published) == ("At length", NOON)
    assert feed.entries[0].summary == ""


@pytest.mark.parametrize("space", ["", ' xmlns="http://example.test/wrong"'])
def test_atom_without_its_namespace(space: str) -> None:
    feed = read(f"<feed{space}><entry><title>T</title><id>i</id></entry></feed>")
    assert (feed.format, feed.entries[0].title, feed.entries[0].guid) == ("atom", "T", "i")


def test_a_bare_atom_entry() -> None:
    feed = read('<entry xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>i</id></entry>')
    assert (feed.format, feed.entries[0].guid) == ("atom-entry", "i")


@pytest.mark.parametrize(
    ("space", "name"),
    [
        ("http://purl.org/rss/1.0/", "rdf1.0"),
        ("http://my.netscape.com/rdf/simple/0.9/", "rdf0.9"),
        ("http://example.test/other#", "rdf"),
    ],
)
def test_rdf_whose_items_stand_outside_the_channel(space: str, name: str) -> None:
    feed = read(
        f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{space}"
        xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="http://a.test/"><title>Desk</title></channel>
        <item rdf:about="http://a.test/1"><title>T</title><link>http://a.test/1</link>
        <dc:identifier>doi:1</dc:identifier><dc:date>2019-03-22T12:00:00Z</dc:date></item>
        </rdf:RDF>"""
    )
    assert feed.format == name
    if name != "rdf":  # an unknown vocabulary is not ours to read
        assert (feed.title, feed.entries[0].guid) == ("Desk", "http://a.test/1")
        assert feed.entries[0].published == NOON


def test_a_news_sitemap() -> None:
    feed = read(
        """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>http://a.test/1</loc>
        <news:news><news:publication><news:name>Desk</news:name></news:publication>
        <news:publication_date>2019-03-22T12:00:00Z</news:publication_date>
        <news:title>T</news:title></news:news></url></urlset>"""
    )
    (entry,) = feed.entries
    assert (feed.format, entry.title, entry.link) == ("sitemap-news", "T", "http://a.test/1")
    assert (entry.guid, entry.published) == (None, NOON)


def test_a_sitemap_index_names_its_parts_newest_first() -> None:
    feed = read(
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        "<sitemap><loc>http://a.test/old.xml</loc><lastmod>2019-03-20</lastmod></sitemap>"
        "<sitemap><loc>/new.xml</loc><lastmod>2019-03-22T09:00:00Z</lastmod></sitemap>"
        "<sitemap><loc>file:///etc/passwd</loc></sitemap></sitemapindex>",
        "http://a.test/index.xml",
    )
    assert (feed.format, feed.entries) == ("sitemap-index", ())
    assert feed.parts == ("http://a.test/new.xml", "http://a.test/old.xml")


def test_the_head_tells_rhythm_hub_and_own_address() -> None:
    feed = read(
        """<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"
            xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Desk</title>
        <a:link rel="self" href="/feed"/><a:link rel="hub" href="https://hub.test/"/>
        <ttl>60</ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>x</hour></skipHours>
        <skipDays><day>Sunday</day><day>Someday</day></skipDays>
        <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
        <item><title>T</title></item></channel></rss>""",
        "https://a.test/x/",
    )
    assert (feed.ttl, feed.update_every) == (timedelta(hours=1), timedelta(hours=6))
    assert (feed.skip_hours, feed.skip_days) == (frozenset({0, 5}), frozenset({6}))
    assert (feed.hub, feed.self_url) == ("https://hub.test/", "https://a.test/feed")


@pytest.mark.parametrize(
    "head",
    [
        "<ttl/>", "<ttl>0</ttl>", "<ttl>soon</ttl>", "<ttl>-5</ttl>", "<ttl>99999999999</ttl>",
        "<updatePeriod>never</updatePeriod>", "<skipDays/>",
        "<link rel='hub' href='javascript:x'/>",
    ],
)  # fmt: skip
def test_a_head_of_nonsense_tells_nothing(head: str) -> None:
    feed = read(f"<rss><channel>{head}<item><title>T</title></item></channel></rss>")
    assert (feed.ttl, feed.update_every, feed.hub) == (None, None, None)
    assert feed.skip_hours == feed.skip_days == frozenset()


def test_a_period_without_a_count_is_once_a_period() -> None:
    feed = read(
        "<rss><channel><updatePeriod>Hourly</updatePeriod><ttl>5000000</ttl></channel></rss>"
    )
    assert (feed.update_every, feed.ttl) == (timedelta(hours=1), timedelta(days=366))


def test_cdf_and_rss_1_1() -> None:
    cdf = read(
        '<CHANNEL><ITEM HREF="http://a.test/"/><item href="http://a.test/1"><title>T</title>'
        "<abstract>A</abstract></item></CHANNEL>"
    )
    assert cdf.format == "cdf"
    assert [entry.link for entry in cdf.entries][-1:] == ["http://a.test/1"]
    rss = read(
        '<Channel xmlns="http://purl.org/net/rss1.1#"><title>D</title><items>'
        "<item><title>T</title><link>http://a.test/1</link></item></items></Channel>"
    )
    assert (rss.format, rss.title, rss.entries[0].title) == ("rss1.1", "D", "T")


def test_names_in_capitals_are_names() -> None:
    cdf = read(
        '<CHANNEL HREF="http://a.test/"><TITLE>Desk</TITLE>'
        '<ITEM HREF="http://a.test/1" LASTMOD="2024-01-02T03:04:05Z"><TITLE>T</TITLE>'
        "<ABSTRACT>A</ABSTRACT></ITEM></CHANNEL>"
    )
    assert (cdf.format, cdf.title, cdf.warnings) == ("cdf", "Desk", ())
    (entry,) = cdf.entries
    assert (entry.link, entry.title, entry.summary) == ("http://a.test/1", "T", "A")
    assert entry.updated == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    rss = read(
        "<RSS VERSION='2.0'><Channel><Title>Desk</Title><Item><TITLE>T</TITLE>"
        "<Guid isPermaLink='false'>g</Guid></Item></Channel></RSS>"
    )
    assert (rss.format, rss.title, rss.entries[0].guid) == ("rss2.0", "Desk", "g")


def test_a_feed_of_capitals_without_items_keeps_its_head() -> None:
    feed = read("<rss><channel><title>Desk</title><TTL>60</TTL><ttl>30</ttl></channel></rss>")
    assert (feed.title, feed.entries, feed.ttl) == ("Desk", (), timedelta(minutes=30))


def test_A17_capitals_in_a_hundred_thousand_attributes_cost_what_their_bytes_cost() -> None:
    names = " ".join(f"A{number}=''" for number in range(100_000))
    begin = time.process_time()
    read(f"<rss><channel {names}><title>Desk</title></channel></rss>")
    assert time.process_time() - begin < 5


def test_an_item_inside_an_item_is_part_of_it() -> None:
    feed = read(
        "<rss version='2.0'><channel><item><title>T</title><conflicts><item><title>old</title>"
        "</item></conflicts></item></channel></rss>"
    )
    assert [entry.title for entry in feed.entries] == ["T"]


def test_an_image_of_the_channel_is_no_item() -> None:
    feed = read(
        "<rss version='2.0'><channel><image><url>http://a.test/i.png</url><title>I</title></image>"
        "<title>Desk</title><item><title>T</title></item></channel></rss>"
    )
    assert (feed.title, len(feed.entries)) == ("Desk", 1)


@pytest.mark.parametrize(
    ("links", "link"),
    [
        ("<guid>http://a.test/g</guid>", "http://a.test/g"),
        ("<guid isPermaLink='true'>g</guid>", "http://a.test/g"),
        ("<guid isPermaLink='false'>http://a.test/g</guid>", None),
        ("<guid>plain</guid>", None),
        ("<link/><guid>/g</guid>", "http://a.test/g"),
        ("<link>/p</link>", "http://a.test/p"),
        ("<link>javascript:alert(1)</link>", None),
        ("<x:link href='http://a.test/x' xmlns:x='http://www.w3.org/2005/Atom'/>", "http://a.test/x"),
        ("<link rel='enclosure' href='http://a.test/e'/>", None),
        ("<link href='http://a.test/1'/><link href='http://a.test/2'/>", "http://a.test/1"),
        ("<link href='http://a.test/1'/><link rel='alternate' href='http://a.test/2'/>",
         "http://a.test/2"),
        ("<link type='application/json' href='http://a.test/1'/>"
         "<link type='text/html' href='http://a.test/2'/>", "http://a.test/2"),
        ("<link rel='alternate' type='application/json' href='http://a.test/1'/>",
         "http://a.test/1"),
    ],
)  # fmt: skip
def test_the_link_of_an_rss_item(links: str, link: str | None) -> None:
    feed = read(
        f"<rss version='2.0'><channel><item>{links}</item></channel></rss>", "http://a.test/"
    )
    assert feed.entries[0].link == link


def test_A20_an_entry_with_a_dangerous_link_stays_without_it() -> None:
    feed = read(
        "<rss><channel><item><title>T</title><link>javascript:x</link></item></channel></rss>"
    )
    assert (feed.entries[0].title, feed.entries[0].link) == ("T", None)


def test_raw_html_in_a_description_is_text() -> None:
    feed = read(
        "<rss><channel><item><description>a <p>b</p> &lt; c</description></item></channel></rss>"
    )
    assert feed.entries[0].summary == "a b < c"


def test_a_feed_without_items_is_a_feed() -> None:
    feed = read("<rss version='2.0'><channel><title>Quiet</title></channel></rss>")
    assert (feed.title, feed.entries) == ("Quiet", ())


def test_what_is_complete_before_an_error_is_kept() -> None:
    with pytest.raises(NotXml) as error:
        read_xml(b"<rss><channel><item><title>A</title></item><item><titl")
    assert error.value.partial is not None
    assert [raw.title for raw in error.value.partial.items] == ["A"]


def test_nothing_at_all_has_no_root() -> None:
    with pytest.raises(NotXml):
        read_xml(b"")


def test_A17_a_hundred_thousand_attributes_cost_what_their_bytes_cost() -> None:
    many = " ".join(f'a{n}="x"' for n in range(100_000))
    document = f"<rss version='2.0'><channel><item {many}><title>T</title></item></channel></rss>"
    began = time.process_time()
    feed = read_xml(document.encode())
    assert time.process_time() - began < 5
    assert [item.title for item in feed.items] == ["T"]


def test_A17_an_item_with_thousands_of_authors_and_dates_costs_what_its_bytes_cost() -> None:
    many = b"<author>x</author><dc:date>no date</dc:date><pubDate>no date</pubDate>" * 40_000
    start = time.process_time()
    feed = read_xml(b"<rss xmlns:dc='x:dc'><item><title>T</title>" + many + b"</item></rss>")
    assert feed.items[0].author == "x"
    assert time.process_time() - start < 3
