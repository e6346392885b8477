from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.text import (
    escape_slack,
    fill,
    safe_text,
    safe_url,
    short_diff,
    slack_text,
    unpaged,
)
from monitor.models import DiffPart

ANY = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("  two\t words\n", "two words"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://evil.example\x07link\x1b]8;;\x07", "link"),
        ("bell\x07 nul\x00 del\x7f c1\x85next", "bell nul del c1 next"),
        ("a\u202eb\u2066c\u2069\u200bd\ufeff", "abcd"),
        ("half \ud800 pair", "half pair"),
        ("tag\U000e0041s", "tags"),
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("남북공동연락사무소", "남북공동연락사무소"),
        ("non\u00a0breaking\u3000wide", "non breaking wide"),
        ("{{7*7}} {0.__class__}", "{{7*7}} {0.__class__}"),
    ],
)
def test_what_could_do_harm_goes_and_the_rest_stays(raw: str, safe: str) -> None:
    assert safe_text(raw) == safe


def test_line_ends_stay_only_where_they_are_wanted() -> None:
    raw = "one \r\n\r\n\r\n\r\ntwo\rthree\u2028four\x0bfive"
    assert safe_text(raw, lines=True) == "one\n\ntwo\nthree\nfour\nfive"
    assert safe_text(raw) == "one two three four five"


@given(ANY, st.integers(0, 50))
def test_safe_text_has_nothing_unprintable_and_keeps_its_limit(raw: str, limit: int) -> None:
    text = safe_text(raw, limit)
    assert len(text) <= limit
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)
    assert not any("\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069" for char in text)


@given(ANY)
def test_safe_text_is_settled_after_one_pass(raw: str) -> None:
    once = safe_text(raw)
    assert safe_text(once) == once


def test_a_hundred_thousand_characters_are_enough() -> None:
    assert len(safe_text("x" * 1_000_000)) == 100_000


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "https://",
        "https://user@example.org/",
        "https://example.org\\@evil.example/",
        "https://exa mple.org/",
        "https://example.org/\r\nBcc: x",
        "https://example.org/\u202e",
        "https://example.org:port/",
        "https://example.org:0/",
        "https://[::1/",
        "https://example.org/" + "x" * 2_000,
    ],
)
def test_A20_only_plain_http_addresses_become_links(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?x=1&y=%20#z", "https://example.org/a?x=1&y=%20#z"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/가", "https://example.org/%EA%B0%80"),
        ('https://example.org/"><b>|', "https://example.org/%22%3E%3Cb%3E%7C"),
    ],
)
def test_a_link_holds_nothing_that_could_end_it(url: str, link: str) -> None:
    assert safe_url(url) == link


def test_a_diff_keeps_its_changes_and_a_little_around_them() -> None:
    far = "word " * 40
    short = short_diff(
        (
            DiffPart("same", far),
            DiffPart("removed", "15"),
            DiffPart("added", "12"),
            DiffPart("same", far),
            DiffPart("added", " "),
            DiffPart("removed", "gone"),
            DiffPart("same", far),
        ),
        keep=20,
    )
    assert [part.op for part in short] == ["same", "removed", "added", "same", "removed", "same"]
    assert short[0].text == "… word word word word"
    assert short[3].text == "word word word word… word word word word"
    assert short[5].text == "word word word word…"
    assert all(len(part.text) <= 42 for part in short)


def test_what_is_left_of_a_sentence_ends_with_a_whole_word() -> None:
    parts = (DiffPart("added", "12"), DiffPart("same", "South Koreans stayed over the weekend"))
    assert short_diff(parts, keep=18)[1].text == "South Koreans…"
    assert short_diff(parts, keep=21)[1].text == "South Koreans stayed…"
    assert short_diff((parts[0], DiffPart("same", "가" * 40)), keep=18)[1].text == "가" * 17 + "…"


def test_a_diff_of_anything_stays_within_its_limit() -> None:
    parts = tuple(DiffPart("added", "x" * 90) for _ in range(90))
    assert sum(len(part.text) for part in short_diff(parts, limit=500)) <= 500


def test_C9_slack_marks_are_shown_and_do_nothing() -> None:
    shown = escape_slack("<!channel> <@U1> a & b *c* ~d~ `e` @here @Everyone me@here.example")
    assert not set("<>*~`") & set(shown)
    assert "&lt;!channel&gt;" in shown
    assert "&amp;" in shown
    assert "@here" not in shown
    assert "@Everyone" not in shown


def test_C9_names_that_page_everybody_are_broken_and_others_are_not() -> None:
    assert unpaged("@channel @all @hereby @allan") == "@\u2060channel @\u2060all @hereby @allan"


@given(ANY, st.integers(0, 60))
def test_slack_text_is_never_too_long_nor_cut_inside_an_entity(raw: str, limit: int) -> None:
    text = slack_text(raw, limit)
    assert len(text) <= limit
    for entity in ("&amp;", "&lt;", "&gt;"):
        text = text.replace(entity, "")
    assert "&" not in text


def test_whole_lines_fill_the_room_and_the_rest_is_counted() -> None:
    lines = [f"line {n}" for n in range(9)]
    assert fill(lines, 1_000) == "\n".join(lines)
    assert fill(lines, 50) == "line 0\nline 1\nline 2\nline 3\n… and 5 more"
