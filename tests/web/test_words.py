from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.web.words import ago, count, iso, length
from tests.web.conftest import NOW


@pytest.mark.parametrize(
    ("apart", "text"),
    [
        (timedelta(0), "now"),
        (timedelta(milliseconds=-400), "now"),
        (timedelta(seconds=59), "59 s ago"),
        (timedelta(minutes=-3, seconds=-20), "in 3 min"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(hours=25), "24 Mar, 11:00"),
        (timedelta(days=100), "15 Dec 2018, 12:00"),
        (timedelta(days=-15), "in 15 d"),
    ],
)
def test_moments_are_told_from_now(apart: timedelta, text: str) -> None:
    assert ago(NOW - apart, NOW) == text


def test_spans_counts_and_machine_times() -> None:
    assert length(timedelta(hours=5, minutes=59)) == "5 h"
    assert count(1, "entry", "entries") == "1 entry"
    assert count(1200, "outlet") == "1,200 outlets"
    assert iso(NOW) == "2019-03-25T12:00:00Z"
