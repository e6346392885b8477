from __future__ import annotations

import pytest

from monitor.sources.links import resolve


@pytest.mark.parametrize(
    ("link", "bases", "absolute"),
    [
        ("https://a.test/x", (), "https://a.test/x"),
        (" https://a.test/x\n", (), "https://a.test/x"),
        ("https://a.test/\n  x", (), "https://a.test/x"),
        ("https://a.test/x y", (), "https://a.test/x%20y"),
        ("https://a.test/\t\tx", (), "https://a.test/x"),
        ("https://a.test/?a=1&amp;b=2", (), "https://a.test/?a=1&b=2"),
        ("/?a=1&amp;b=2", ("https://a.test/",), "https://a.test/?a=1&b=2"),
        ("https://뉴스.test/기사", (), "https://뉴스.test/기사"),
        ("/x", ("https://a.test/feed/rss",), "https://a.test/x"),
        ("x", ("https://a.test/feed/rss", "http://b.test/", "c/"), "http://b.test/c/x"),
        ("x", ("https://a.test/feed/", None, ""), "https://a.test/feed/x"),
        ("//b.test/x", ("https://a.test/",), "https://b.test/x"),
        ("x", (), "x"),
        ("x", ("c/",), "c/x"),
        ("ftp://a.test/x", (), "ftp://a.test/x"),
        ("", (), None),
        (None, (), None),
        ("https://", (), None),
        ("http://[::1", (), None),
        ("x", ("http://[::1",), "x"),
        ("https://a.test/" + "x" * 3000, (), None),
    ],
)
def test_a_link_is_resolved_against_its_bases(
    link: str | None, bases: tuple[str | None, ...], absolute: str | None
) -> None:
    assert resolve(link, *bases) == absolute


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JavaScript:x", "java\nscript:alert(1)", "file:///etc/passwd",
             "data:text/html,x", "mailto:a@b.test", "tag:", "view-source:http://a.test/"],
)  # fmt: skip
def test_A20_a_link_of_another_scheme_is_dropped(link: str) -> None:
    assert resolve(link, "https://a.test/") is None


@pytest.mark.parametrize("name", ["tag:a.test,2020:1", "urn:uuid:1"])
def test_a_name_that_no_program_opens_stays_as_written(name: str) -> None:
    assert resolve(name, "https://a.test/") == name
