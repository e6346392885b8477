"""What bridges say of their own failures is a trouble of the source, never news."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.sources.parse import parse

NEWS = "<item><title>North leaves the office</title><guid>1</guid></item>"


def feed(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title></item>" for title in titles)
    return f"<rss version='2.0'><channel><title>Desk</title>{items}{{}}</channel></rss>".encode()


@pytest.mark.parametrize(
    "title",
    [
        "Bridge returned error 500! (19612)",
        "Bridge returned error 0! (20654)",
        "FilterBridge: Bridge returned error 404! (20654)",
        "RSS reader not yet whitelisted!",
        "Your RSS feed has expired",
        "This feed has been suspended. See our plans",
    ],
)
def test_a_feed_of_only_failures_is_a_source_in_trouble(title: str) -> None:
    with pytest.raises(ParseError, match="the bridge that makes this feed reports a failure: "):
        parse(feed(title).replace(b"{}", b""))


def test_a_failure_between_news_is_left_out_and_told() -> None:
    found = parse(feed("Bridge returned error 503! (19612)").replace(b"{}", NEWS.encode()))
    assert [entry.title for entry in found.entries] == ["North leaves the office"]
    (warning,) = found.warnings
    assert warning.startswith("an item that tells of the bridge's failure is left out: Bridge ret")


@pytest.mark.parametrize(
    "title",
    [
        "Bridge collapses near Kaesong, two hurt",
        "Bridge returned error-free after inspection",
        "Error in bridge design found",
        "Feed has expired, farmers say",
    ],
)
def test_headlines_about_bridges_and_feeds_are_news(title: str) -> None:
    assert len(parse(feed(title).replace(b"{}", b"")).entries) == 1
