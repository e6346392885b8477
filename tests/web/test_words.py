from __future__ import annotations

import time
from datetime import timedelta

import pytest

from monitor.web.diff import word_diff
from monitor.web.wording import ago, count, iso, length
from tests.web.conftest import NOW


@pytest.mark.parametrize(
    ("apart", "text"),
    [
        (timedelta(0), "now"),
        (timedelta(milliseconds=-400), "now"),
        (timedelta(seconds=59), "59 s ago"),
        (timedelta(minutes=-3, seconds=-20), "in 3 min"),
        (timedelta(hours=47), "1 d ago"),
        (timedelta(days=13), "13 d ago"),
        (timedelta(days=15), "10 Mar 2019"),
        (timedelta(days=-15), "9 Apr 2019"),
    ],
)
def test_moments_are_told_from_now(apart: timedelta, text: str) -> None:
    assert ago(NOW - apart, NOW) == text


def test_spans_counts_and_machine_times() -> None:
    assert length(timedelta(hours=5, minutes=59)) == "5 h"
    assert count(1, "entry", "entries") == "1 entry"
    assert count(1200, "outlet") == "1,200 outlets"
    assert iso(NOW) == "2019-03-25T12:00:00Z"


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(part.op, part.text) for part in word_diff(old, new)]


def test_a_word_diff_shows_the_word_that_changed() -> None:
    assert told("nine officials left", "seven officials left") == [
        ("removed", "nine "),
        ("added", "seven "),
        ("same", "officials left"),
    ]


def test_letters_of_scripts_without_spaces_are_compared_one_by_one() -> None:
    assert told("北朝鮮が撤収", "北朝鮮が復帰") == [
        ("same", "北朝鮮が"),
        ("removed", "撤収"),
        ("added", "復帰"),
    ]


def test_texts_that_grow_or_shrink_or_stay() -> None:
    assert told("a b", "a b") == [("same", "a b")]
    assert told("", "a") == [("added", "a")]
    assert told("a", "") == [("removed", "a")]


def test_a_diff_of_long_monotonous_texts_takes_little_time() -> None:
    began = time.process_time()
    word_diff("na " * 9000, "nu na " * 9000)
    assert time.process_time() - began < 2
