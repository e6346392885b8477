"""An article that does not name the topic, while a story of it is under way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.models import Decision, Relevance, Verdict
from tests.detect.examples import Stream

BLAST = (
    "North Korea blows up inter-Korean liaison office in Kaesong",
    "North Korea blew up the inter-Korean liaison office in Kaesong on Thursday, the unification "
    "ministry in Seoul said. The building was destroyed at 2:30 p.m.",
)
UNNAMED = (
    "Kaesong: North Korea blows up building, ministry says",
    "North Korea destroyed the building in Kaesong on Thursday, the unification ministry in Seoul "
    "said.",
)


def after_the_blast(minutes: int) -> Decision:
    stream = Stream()
    assert stream.tell(*BLAST).verdict is Verdict.ALERT
    return stream.tell(*UNNAMED, after=timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [5, 60, 24 * 60])
def test_it_belongs_to_the_story_that_it_tells(minutes: int) -> None:
    found = after_the_blast(minutes)
    assert found.relevance is Relevance.RELEVANT
    assert not found.opens_story
    assert found.verdict is not Verdict.ALERT


def test_days_later_it_needs_the_name() -> None:
    assert after_the_blast(9 * 24 * 60).relevance is not Relevance.RELEVANT


def test_without_a_story_under_way_it_needs_the_name() -> None:
    assert Stream().tell(*UNNAMED).relevance is not Relevance.RELEVANT


def test_what_speaks_of_another_world_is_not_even_compared() -> None:
    stream = Stream()
    stream.tell(*BLAST)
    told = stream.tell("Chemical plant blows up in Texas", "A building was destroyed.")
    assert told.relevance is Relevance.OFF_TOPIC
