"""What a server asks of its readers, bounded. B7 and B8 of the fault catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.models import Fetched, NotModified, SourceState
from monitor.sources.manners import MOVED_AFTER, address, max_age, with_move
from tests.sources.conftest import NOW

OLD, NEW = "http://old.test/feed", "https://new.test/feed"
STATE = SourceState(id="desk", url=OLD, next_due=NOW)


@pytest.mark.parametrize(
    ("said", "age", "fresh"),
    [
        ("max-age=600", None, timedelta(minutes=10)),
        ("public, Max-Age = 600, stale-while-revalidate=30", None, timedelta(minutes=10)),
        ('max-age="600"', None, timedelta(minutes=10)),
        ("max-age=600", "500", timedelta(seconds=100)),
        ("max-age=600", "soon", timedelta(minutes=10)),
        ("max-age=600", "700", None),
        ("max-age=31536000", None, timedelta(hours=1)),
        ("max-age=999999999999999999", None, timedelta(hours=1)),
        ("max-age=0", None, None),
        ("max-age=-1", None, None),
        ("max-age=soon", None, None),
        ("s-maxage=600", None, None),
        ("no-cache, max-age=600", None, None),
        ("no-store,max-age=600", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_max_age_is_read_and_bounded(
    said: str | None, age: str | None, fresh: timedelta | None
) -> None:
    headers = {"cache-control": said, "age": age}
    assert max_age({name: value for name, value in headers.items() if value is not None}) == fresh


def test_B8_a_move_is_believed_after_three_equal_answers() -> None:
    state = STATE
    for seen in range(1, MOVED_AFTER + 2):
        assert address(OLD, state, conditional=True) == OLD or seen > MOVED_AFTER
        state = with_move(state, NotModified(moved_to=NEW))
        assert state.moved_seen == min(seen, MOVED_AFTER)
    assert address(OLD, state, conditional=True) == NEW


def test_B8_the_configured_address_is_asked_again_each_day_and_after_an_error() -> None:
    moved = replace(STATE, moved_to=NEW, moved_seen=MOVED_AFTER)
    assert address(OLD, moved, conditional=False) == OLD


@pytest.mark.parametrize("other", [None, "http://third.test/feed"])
def test_B8_another_answer_starts_anew(other: str | None) -> None:
    moved = replace(STATE, moved_to=NEW, moved_seen=MOVED_AFTER)
    after = with_move(moved, Fetched(url=OLD, body=b"", body_hash="", moved_to=other))
    assert after.moved_seen == (1 if other else 0)
    assert address(OLD, after, conditional=True) == OLD


def test_an_answer_without_a_move_leaves_the_state_alone() -> None:
    assert with_move(STATE, NotModified()) is STATE
