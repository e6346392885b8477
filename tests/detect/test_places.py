"""Whether two reports speak of other places."""

from __future__ import annotations

import pytest

from monitor.detect.sense.places import elsewhere, places_in
from monitor.detect.words.reading import read
from tests.detect.examples import article, office
from tests.detect.test_guards import change

NAGOYA, TEXAS = "JP.Nagoya@Aichi", "US~Texas"
OSAKA, KOBE, AICHI, JAPAN, PERU = "JP.Osaka", "JP.Kobe", "JP~Aichi", "JP", "PE"


@pytest.mark.parametrize(
    ("mine", "told", "found"),
    [
        ({OSAKA}, {KOBE}, (KOBE, OSAKA)),
        ({OSAKA, JAPAN}, {KOBE, JAPAN}, (KOBE, OSAKA)),
        ({OSAKA}, {JAPAN}, None),  # a city and its country
        ({JAPAN}, {OSAKA}, None),
        ({OSAKA}, {AICHI}, None),  # not of one level
        ({OSAKA, KOBE}, {KOBE}, None),  # one more
        ({PERU}, {JAPAN}, (JAPAN, PERU)),
        ({PERU}, {JAPAN, "PE.Arequipa"}, None),
        ({NAGOYA}, {AICHI}, None),  # a city and its region
        ({NAGOYA}, {TEXAS}, (TEXAS, NAGOYA)),
        (set(), {KOBE}, None),
    ],
)
def test_two_places_clash_only_at_one_level_and_where_none_is_shared(
    mine: set[str], told: set[str], found: tuple[str, str] | None
) -> None:
    assert elsewhere(mine - told, told - mine, mine, told) == found


def test_places_in_a_name_of_the_topic_and_governments_are_left_aside() -> None:
    reading = read(
        article("Kaesong liaison office to move to Busan", "China and Peru said so in Osaka."),
        office(),
    )
    world = office().vocabulary.gazetteer
    assert places_in(reading.sentences[0], reading, world) == ("KR.Busan",)
    assert places_in(reading.sentences[1], reading, world) == ("PE", "JP.Osaka@Ōsaka")


def test_the_same_report_of_another_place_is_told() -> None:
    first = ("Liaison office staff meet in Busan", "They spoke for an hour.")
    assert (
        change(first, ("Liaison office staff meet in Daegu", "They spoke for an hour.")) == "where"
    )
    lead = ("Staff of liaison office meet", "The staff of the office met in Busan.")
    assert (
        change(lead, (lead[0], "Staff of the office had a meeting in the town of Daegu."))
        == "place"
    )
    assert change(first, ("Liaison office staff meet in South Korea", "An hour, they said.")) == ""


def test_a_place_known_by_its_form_is_compared_in_its_own_language_alone() -> None:
    first = ("联络办公室", "越南庆和省的联络办公室说明。")
    assert change(first, ("联络办公室", "说明来自越南同塔省，那里也有联络办公室。")) == "place"
    assert change(first, ("Liaison office", "The liaison office in Texas explains.")) == ""
