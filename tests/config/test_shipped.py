"""The configuration that is shipped: it loads, and it watches what it says it watches."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from monitor.config.doubts import check
from monitor.config.load import Config, load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shipped() -> Config:
    return load(ROOT / "config" / "monitor.yaml", {})


def test_it_loads_without_a_warning_but_for_the_second_pack_that_is_a_pattern(
    shipped: Config,
) -> None:
    (warning,) = check(shipped, {})
    assert "rafah-crossing.yaml is not in use; to watch it: " in warning
    assert shipped.data == ROOT / "data"
    assert set(shipped.topics) == {"liaison-office"}


def test_it_needs_no_key_and_opens_nothing(shipped: Config) -> None:
    assert set(shipped.settings.channels) == {"console"}
    assert shipped.settings.server.listen == "127.0.0.1:8750"


def test_measured_sources_are_on_and_all_others_off(shipped: Config) -> None:
    on = [source for source in shipped.sources if source.enabled]
    assert (len(shipped.sources), len(on)) == (33, 17)
    assert not any("news.google.com" in source.url for source in on)


def test_the_outlets_of_one_publisher_count_as_one_family(shipped: Config) -> None:
    families = Counter(source.family for source in shipped.sources if source.family)
    assert families["Yonhap"] == 5
    assert {s.family for s in shipped.sources if ".yna.co.kr" in s.url} == {"Yonhap"}
    assert {s.family for s in shipped.sources if "bbci.co.uk" in s.url} == {"BBC"}


def test_korean_outlets_write_their_dates_in_seoul(shipped: Config) -> None:
    korean = [source for source in shipped.sources if ".co.kr" in source.url]
    assert {source.zone for source in korean} == {"Asia/Seoul"}


def test_no_feed_is_listed_twice(shipped: Config) -> None:
    assert max(Counter(source.url for source in shipped.sources).values()) == 1
