"""Plain text. A18 and A19 of the fault catalogue."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.clean import MAX_MARKUP, plain, text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (None, ""),
        ("Talks resume", "Talks resume"),
        ("AT&amp;T &amp; R&D", "AT&T & R&D"),
        ("<p>North</p><p>South</p>", "North South"),
        ("<b>for</b>eign", "foreign"),
        ("a<br>b<br/>c", "a b c"),
        ('<a href="x>y" title=\'a "b" c\'>link</a>', "link"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("1<2", "1<2"),
        ("<p>5 < 6</p>", "5 < 6"),
        ("&lt;b&gt;bold&lt;/b&gt;", "bold"),
        ("<p>Use &lt;b&gt; here</p>", "Use <b> here"),
        ("&amp;eacute;t&amp;#233;", "été"),
        ("caf\u00e9 &nbsp; &mdash; bar", "café — bar"),
        ("a<script>alert('x < y')</script>b<style>p{}</style>c", "abc"),
        ("a<!-- no <b>comment</b> -->b", "ab"),
        ("<![CDATA[x]]>y", "xy"),
        ("<head><title>t</title></head>body", "body"),
        ("it&#146;s &#150; here", "it’s – here"),
        ("it\x92s", "it’s"),
        ("<img src=x onerror=alert(1)>photo", "photo"),
        ("  one\n\ttwo\u3000three ", "one two three"),
        ("<>", "<>"),
        ("<?php echo 1 ?>text", "text"),
        ("<!DOCTYPE html>text", "text"),
        ('<a title="x>one</a> <b>two</b>', "one two"),
        ("<?xml version='1.0' encoding='euc-kr'?>남북", "남북"),
        ("<!-- only a comment -->", ""),
    ],
)
def test_markup_becomes_plain_text(markup: str | None, text: str) -> None:
    assert text_of(markup) == text


@pytest.mark.parametrize(
    ("dirty", "text"),
    [
        ("a\0b\x1b[31mc", "ab[31mc"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("\u2066x\u2069\u200b\ufeffy", "xy"),
        ("با\u200cهم", "با\u200cهم"),
    ],
)
def test_A19_invisible_characters_are_stripped(dirty: str, text: str) -> None:
    assert plain(dirty) == text


@pytest.mark.parametrize(
    "hostile",
    [
        "<a " * 20_000, "<" * 60_000, '<a "' * 15_000, "<!--" * 15_000, "<a b='" * 10_000,
        "&" * 60_000, "&#" * 30_000, "<div>" * 12_000, "<![CDATA[" * 7_000, "</" * 30_000,
        "<p " * 20_000 + ">", "<script>" * 8_000,
    ],
)  # fmt: skip
def test_A18_hostile_markup_costs_little(hostile: str) -> None:
    start = time.process_time()
    text_of(hostile)
    assert time.process_time() - start < 1


@given(st.text(alphabet="<>!?/-[]&#;x\"' pbCDATA\0\n", max_size=200))
def test_no_markup_is_too_odd(markup: str) -> None:
    text = text_of(markup)
    assert text == " ".join(text.split())
    assert "\0" not in text


def test_A18_a_long_text_is_cut_before_it_is_parsed() -> None:
    assert len(text_of("<i>" + "x" * 1_000_000)) < MAX_MARKUP
    assert text_of("<i>" + "x" * (MAX_MARKUP - 5) + "<a href='y'>z</a>").strip("x") == ""
