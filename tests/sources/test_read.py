from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.config.settings import Source
from monitor.errors import ParseError
from monitor.models import Fetched
from monitor.sources.read import read

NOW = datetime(2019, 3, 22, 12, tzinfo=UTC)
DESK = Source(id="desk", url="http://a.test/feed", outlet="Desk", lang="ko", zone="Asia/Seoul")


def fetched(body: bytes) -> Fetched:
    return Fetched(url="http://a.test/moved/feed", body=body, body_hash="x")


def test_what_the_source_says_of_itself_leads_the_reading() -> None:
    body = (
        "<rss version='2.0'><channel><item><title>남북 공동연락사무소</title><link>1</link>"
        "<pubDate>2019-03-22 20:00:00</pubDate></item></channel></rss>"
    )
    (entry,) = read(DESK, fetched(body.encode("cp949")), NOW).entries
    assert entry.title == "남북 공동연락사무소"
    assert entry.link == "http://a.test/moved/1"
    assert entry.published == datetime(2019, 3, 22, 11, tzinfo=UTC)


def test_a_body_within_a_raised_cap_is_read() -> None:
    body = b"<rss><channel><title>Desk</title></channel></rss>" + b" " * 11_000_000
    assert read(DESK, fetched(body), NOW).title == "Desk"


def test_an_error_begins_with_the_source() -> None:
    with pytest.raises(ParseError, match=r"^desk: the document is empty$"):
        read(DESK, fetched(b""), NOW)
