"""Dates as feeds write them. A3 of the fault catalogue."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from monitor.sources.dates import parse_date, zone_of

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Fri, 22 Mar 2019 05:30:00 GMT", "2019-03-22T05:30:00"),
        ("Fri, 22 Mar 2019 14:30:00 +0900", "2019-03-22T05:30:00"),
        ("Fri, 22 Mar 2019 14:30:00 KST", "2019-03-22T05:30:00"),
        ("Fri, 22 Mar 2019 14:30:00 JST", "2019-03-22T05:30:00"),
        ("Fri,22 Mar 2019 14:30:00 +0900", "2019-03-22T05:30:00"),
        ("Fri, 22 03 2019 14:30:00 +0900", "2019-03-22T05:30:00"),
        ("Fri, 22-Mar-2019 05:30:00 GMT", "2019-03-22T05:30:00"),
        ("22 Mar 19 05:30 UT", "2019-03-22T05:30:00"),
        ("22 Mar 99 05:30 UT", "1999-03-22T05:30:00"),
        ("Fri, March 22, 2019 05:30 AM", "2019-03-22T05:30:00"),
        ("Fri, Mar 22 2019 02:02:33 PM", "2019-03-22T14:02:33"),
        ("Fri Mar 22 2019 14:30:00 GMT+0900 (KST)", "2019-03-22T05:30:00"),
        ("Fri Mar 22 05:30:00 UTC 2019", "2019-03-22T05:30:00"),
        ("Fri, 22 Mar 2019 01:30:00 EDT", "2019-03-22T05:30:00"),
        ("Fri, 17 May 2019 06:00:00 BST", "2019-05-17T05:00:00"),
        ("Sex, 22 Mar 2019 02:30:00 -0300", "2019-03-22T05:30:00"),
        ("22 mars 2019 05:30", "2019-03-22T05:30:00"),
        ("22 марта 2019 05:30", "2019-03-22T05:30:00"),
        ("22. März 2019, 05:30", "2019-03-22T05:30:00"),
        ("2019-03-22T05:30:00Z", "2019-03-22T05:30:00"),
        ("2019-03-22T14:30:00.123+09:00", "2019-03-22T05:30:00.123"),
        ("2019-03-22T143000+0900", "2019-03-22T05:30:00"),
        ("20190322T14:30:00+09:00", "2019-03-22T05:30:00"),
        ("2019-03-22 05:30", "2019-03-22T05:30:00"),
        ("20190322053000", "2019-03-22T05:30:00"),
        ("2019.03.22 05:30", "2019-03-22T05:30:00"),
        ("2019/3/22 05:30:00", "2019-03-22T05:30:00"),
        ("22.03.2019 05:30:00", "2019-03-22T05:30:00"),
        ("03/22/2019 - 05:30", "2019-03-22T05:30:00"),
        ("22/03/2019 05:30", "2019-03-22T05:30:00"),
        ("2019년 3월 22일 오후 2시 30분", "2019-03-22T14:30:00"),
        ("2019년 3월 22일 (금) 14:30", "2019-03-22T14:30:00"),
        ("2019年3月22日 14時30分", "2019-03-22T14:30:00"),
        ("2019-03-22 오전 12:05:00", "2019-03-22T00:05:00"),
        ("2019-03-22 24:00:00", "2019-03-23T00:00:00"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59"),
        ("2019-03-22", "2019-03-22T00:00:00"),
        ("2019-03", "2019-03-01T00:00:00"),
        ("Fri, 22 Mar 2019 05:30:00 XYZ", "2019-03-22T05:30:00"),
        ("Fri, 22 Mar 2019 05:30:00 +9999", "2019-03-22T05:30:00"),
    ],
)
def test_A3_a_date_is_read_whole(text: str, iso: str) -> None:
    assert parse_date(text) == datetime.fromisoformat(iso).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "insert date here", "2019-13-40", "31 Feb 2019 10:00", "0000-00-00 00:00:00",
        "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z", "1 Jan 1970",
        "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 -0500", "31 Dec 9999",
        "Mon, 32 Jan 2019 10:00:00 GMT", "2019-02-30T10:00:00Z", "22 Foo 2019", "12345",
        "Fri, 22 Foo 2019 05:30:00 GMT", "x" * 5000, "2019-03-22T25:00:00",
    ],
)  # fmt: skip
def test_A3_what_is_no_date_is_unknown(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text", ["2019-03-22 14:30:00", "20190322143000", "2019.03.22 14:30", "22 Mar 2019 14:30:00"]
)
def test_A3_a_date_without_a_zone_is_in_the_sources_zone(text: str) -> None:
    assert parse_date(text, SEOUL) == datetime(2019, 3, 22, 5, 30, tzinfo=UTC)


def test_A3_a_date_with_a_zone_keeps_it() -> None:
    assert parse_date("22 Mar 2019 14:30:00 GMT", SEOUL) == datetime(
        2019, 3, 22, 14, 30, tzinfo=UTC
    )


def test_a_zone_is_known_by_its_iana_name() -> None:
    assert zone_of("Asia/Seoul") == SEOUL
    assert zone_of(None) is UTC
    with pytest.raises(KeyError):
        zone_of("Asia/Nowhere")
