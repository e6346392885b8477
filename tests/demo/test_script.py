from __future__ import annotations

from itertools import pairwise

from monitor.demo.news import load_news
from monitor.demo.script import ACTS, CROWD, beats

NEWS = load_news()
PLAY = beats(NEWS)


def test_every_record_comes_out_once_and_in_order() -> None:
    assert tuple(record for beat in PLAY for record in beat.records) == NEWS


def test_every_act_is_played_and_none_twice() -> None:
    acts = [beat.act for beat in PLAY]
    assert acts == sorted(acts)
    assert set(acts) == set(range(len(ACTS)))


def test_time_never_goes_back() -> None:
    assert all(one.moment <= other.moment for one, other in pairwise(PLAY))


def test_after_the_baseline_no_record_hides_another() -> None:
    for beat in PLAY[1:]:
        assert len({record.url for record in beat.records}) == len(beat.records) <= CROWD


def test_the_walk_out_begins_with_one_flash() -> None:
    first = next(beat for beat in PLAY if beat.act == 2)
    assert len(first.records) == 1
    assert first.records[0].feed == "persimmon-north"
