"""A well-formed document says the same to whichever tier reads it.

A feed may be broken for one poll. If the tiers disagreed, each such poll would look like edits.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.models import Entry
from monitor.sources.entries import Context, RawFeed, entry_of
from monitor.sources.feedxml import read_xml
from monitor.sources.lenient import parse_loosely
from monitor.sources.repair import repair
from monitor.sources.salvage import salvage

URL = "http://a.test/feed.xml"
ATOM, DC = "http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CONTENT = "http://purl.org/rss/1.0/modules/content/"


def wrapped(text: str) -> st.SearchStrategy[str]:
    """A text as publishers put it into an element."""
    plain = escape(text, quote=False)
    folded = plain.replace(" ", "\n   ")
    return st.sampled_from([plain, f"<![CDATA[{plain}]]>", f"\n  {plain}\n", folded])


texts = st.sampled_from(
    [
        "Border reopens",
        "AT&T & Co",
        "개성 연락사무소 재개",
        "1 < 2 > 0",
        "A “quoted” word",
        "x" * 300,
    ]
)
markup = st.sampled_from(["<p>One.</p><p>Two</p>", "a <b>bold</b> word", "plain", "l<br/>m"])
links = st.sampled_from(
    ["http://a.test/1", "/rel/2", "http://a.test/?a=1&b=2", "https://b.test/뉴스/3"]
)
dates = st.sampled_from(["2024-01-02T03:04:05Z", "2024-01-02T03:04:05+09:00", "2024-01-02"])
mail_dates = st.sampled_from(
    ["Tue, 02 Jan 2024 03:04:05 GMT", "Tue, 2 Jan 2024 03:04:05 KST", "Tue, 02 Jan 2024"]
)
prefixes = st.sampled_from(["dc", "d", "purl"])


@st.composite
def rss_items(draw: st.DrawFn, prefix: str, number: int) -> str:
    fields = [
        f"<title>{draw(texts.flatmap(wrapped))}</title>",
        f"<link>{draw(links.flatmap(wrapped))}</link>",
        draw(
            st.sampled_from(
                [
                    "",
                    f"<guid>http://a.test/g{number}</guid>",
                    f'<guid isPermaLink="false">g{number}</guid>',
                    f'<guid isPermaLink="true">http://a.test/{number}</guid>',
                ]
            )
        ),
        draw(
            st.one_of(
                mail_dates.map("<pubDate>{}</pubDate>".format),
                dates.map(lambda date: f"<{prefix}:date>{date}</{prefix}:date>"),
                st.just(""),
            )
        ),
        f"<description>{draw(markup.flatmap(wrapped))}</description>",
        draw(st.sampled_from(["", f"<{prefix}:creator>Kim</{prefix}:creator>"])),
    ]
    return f"<item>{''.join(draw(st.permutations(fields)))}</item>"


@st.composite
def rss(draw: st.DrawFn) -> str:
    prefix = draw(prefixes)
    items = [draw(rss_items(prefix, number)) for number in range(draw(st.integers(1, 4)))]
    version = draw(st.sampled_from(["0.91", "0.92", "2.0"]))
    return (
        f'<rss version="{version}" xmlns:{prefix}="{DC}" xmlns:content="{CONTENT}"><channel>'
        f"<title>Desk</title>{''.join(items)}</channel></rss>"
    )


@st.composite
def rdf(draw: st.DrawFn) -> str:
    prefix = draw(prefixes)
    items = [
        f'<item rdf:about="http://a.test/{number}"><title>{draw(texts.flatmap(wrapped))}</title>'
        f"<link>{draw(links.flatmap(wrapped))}</link>"
        f"<{prefix}:date>{draw(dates)}</{prefix}:date></item>"
        for number in range(draw(st.integers(1, 3)))
    ]
    return (
        f'<rdf:RDF xmlns:rdf="{RDF}" xmlns="http://purl.org/rss/1.0/" xmlns:{prefix}="{DC}">'
        f'<channel rdf:about="http://a.test/"><title>Desk</title></channel>{"".join(items)}</rdf:RDF>'
    )


@st.composite
def atom(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["text", "html"]))
    entries = []
    for number in range(draw(st.integers(1, 3))):
        title = draw(texts)
        title = title if kind == "text" else escape(title, quote=False)
        fields = [
            f'<title type="{kind}">{draw(wrapped(title))}</title>',
            f"<id>urn:a:{number}</id>",
            draw(links.map(lambda link: f'<link href="{escape(link)}"/>')),
            '<link rel="related" href="http://b.test/related"/>',
            f"<updated>{draw(dates)}</updated>",
            draw(st.sampled_from(["", "<published>2023-12-31T00:00:00Z</published>"])),
            f'<content type="html">{draw(markup.flatmap(wrapped))}</content>',
            draw(st.sampled_from(["", "<author><name>Kim</name><email>k@a.test</email></author>"])),
        ]
        entries.append(f"<entry>{''.join(draw(st.permutations(fields)))}</entry>")
    return f'<feed xmlns="{ATOM}"><title>Desk</title>{"".join(entries)}</feed>'


def entries(feed: RawFeed) -> list[Entry]:
    return [entry_of(raw, Context(URL)) for raw in feed.items]


def salvaged(document: str) -> RawFeed:
    found = salvage(document, whole=True)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "tier",
    [
        lambda document: read_xml(repair(document).encode()),
        salvaged,
        lambda document: parse_loosely(document.encode()),
    ],
    ids=["repaired", "salvaged", "lenient"],
)
@settings(max_examples=150, deadline=None)
@given(document=st.one_of(rss(), rdf(), atom()))
def test_every_tier_reads_the_same(document: str, tier: Callable[[str], RawFeed]) -> None:
    strict, other = read_xml(document.encode()), tier(document)
    assert other.title == strict.title
    assert entries(other) == entries(strict)


@pytest.mark.parametrize(
    "document",
    [
        "<rss><channel><title><![CDATA[The desk]]></title><item><title>A</title></item></channel>"
        "</rss>",
        "<rss><channel><title>Desk</title><item><title>A</title></item><item/></channel></rss>",
    ],
)
def test_cut_into_items_a_document_keeps_its_title_and_its_empty_items(document: str) -> None:
    strict, other = read_xml(document.encode()), salvaged(document)
    assert (other.title, entries(other)) == (strict.title, entries(strict))
