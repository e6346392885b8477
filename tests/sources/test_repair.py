from __future__ import annotations

import time

import pytest

from monitor.sources.repair import ends, local_name, repair, root_tag, trim


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<rss>", "rss"),
        ("<rdf:RDF x='1'>", "rdf"),
        ("<!-- <a> --><?x <b> ?><!DOCTYPE c [<!ENTITY d '<e>'>]><feed>", "feed"),
        ("<!DOCTYPE c [ <feed>", "feed"),
        ("text < 3 <feed>", "feed"),
        ("<!-- <feed>", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_the_root_is_the_first_element(text: str, name: str) -> None:
    assert local_name(root_tag(text)) == name


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("<rss><item/></rss>junk", "<rss><item/></rss>"),
        ("<rss><item></item>", None),
        ("<rss><item></rss", None),
        ("<rss/>", "<rss/>"),
        ("<rss", None),
        ("none", None),
    ],
)
def test_a_document_ends_with_its_root(text: str, end: str | None) -> None:
    assert ends(text) == end


def test_a_doctype_stays_only_with_entities() -> None:
    assert trim("<!DOCTYPE rss SYSTEM 'x'><rss/>") == "<rss/>"
    assert trim("<!DOCTYPE r [<!ENTITY a 'b'>]><r/>").startswith("<!DOCTYPE")
    assert trim("no element") == "no element"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("<r>a & b &amp; c</r>", "<r>a &amp; b &amp; c</r>"),
        ("<r>&eacute;&nope;&#65;&#x42;&#0;</r>", "<r>é&amp;nope;&#65;&#66;</r>"),
        ("<r><![CDATA[a & b]]> & <!-- & --></r>", "<r><![CDATA[a & b]]> &amp; <!-- & --></r>"),
        ("<r><![CDATA[a & b", "<r><![CDATA[a & b"),
        ("<!DOCTYPE r [<!ENTITY desk 'D'>]><r>&desk;</r>",
         "<!DOCTYPE r [<!ENTITY desk 'D'>]><r>&desk;</r>"),
        ("<r>\x00\x0b\ufffea</r>", "<r>a</r>"),
        ("<r v=2.0 w='x'/>", "<r v=\"2.0\" w='x'/>"),
        ("<r><dc:date/></r>", '<r xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:date/></r>'),
        ("<r a:b='1'/>", "<r xmlns:a=\"a:\" a:b='1'/>"),
        ("no root & <", "no root &amp; <"),
        ("<r", "<r"),
    ],
)  # fmt: skip
def test_usual_damage_is_mended(text: str, mended: str) -> None:
    assert repair(text) == mended


@pytest.mark.parametrize(
    "piece",
    ["<![CDATA[", "<!--", "&", "<", "&#", "<a:", "<!DOCTYPE [", "]>", "<?", "<!", "<!DOCTYPE [>",
     "<!-- -->", "<![CDATA[]]>", "</rss", " a:b=", "<?x?>", "&amp;"],
)  # fmt: skip
def test_repairing_is_linear(piece: str) -> None:
    text = "<rss>" + piece * (200_000 // len(piece))
    start = time.process_time()
    for document in (text, text[5:]):
        repair(trim(document))
        ends(document)
    assert time.process_time() - start < 5
