"""Which documents count as the same."""

from __future__ import annotations

import pytest

from monitor.sources.essence import essence

RSS = """<rss version="2.0"><channel><title>News</title><lastBuildDate>{made}</lastBuildDate>
<ttl>{ttl}</ttl><item><title>{title}</title><pubDate>{date}</pubDate></item></channel></rss>{end}"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><updated>{made}</updated>
<entry><title>{title}</title><updated>{date}</updated></entry></feed>{end}"""
SAME = {"made": "1", "ttl": "15", "title": "Talks", "date": "1", "end": "<!-- 0.1 s -->"}


def written(document: str, **changes: str) -> str:
    return essence(document.format(**(SAME | changes)).encode())


@pytest.mark.parametrize("document", [RSS, ATOM])
@pytest.mark.parametrize("changes", [{"made": "2"}, {"end": "<!-- 0.2 s -->"}])
def test_the_time_of_its_making_changes_no_document(document: str, changes: dict[str, str]) -> None:
    assert written(document, **changes) == written(document)


@pytest.mark.parametrize("document", [RSS, ATOM])
@pytest.mark.parametrize("changes", [{"title": "Talks end"}, {"date": "2"}])
def test_what_an_item_says_changes_the_document(document: str, changes: dict[str, str]) -> None:
    assert written(document, **changes) != written(document)


def test_what_the_head_says_of_polling_changes_the_document() -> None:
    assert written(RSS, ttl="60") != written(RSS)


@pytest.mark.parametrize(
    "body", [b'{"items": [], "updated": "%d"}', b"<html><p>%d</p></html>", b"", b"<item>%d"]
)
def test_any_other_document_counts_as_a_whole(body: bytes) -> None:
    one, two = (body % 1, body % 2) if body else (body, b"x")
    assert essence(one) != essence(two)


def test_a_document_that_breaks_off_is_another_one() -> None:
    whole = RSS.format(**SAME).encode()
    assert essence(whole[:-30]) != essence(whole)


def test_a_feed_in_utf16_counts_as_a_whole() -> None:
    one, two = (RSS.format(**(SAME | {"made": made})).encode("utf-16") for made in "12")
    assert essence(one) != essence(two)
