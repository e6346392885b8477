"""An article that does not name the topic, while a story of it is under way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect import TopicState, judge, running
from monitor.detect.running import taken_along
from monitor.models import Decision, Relevance, Verdict
from tests.detect.examples import START, Stream, article, office

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


DESCRIBED = (
    "South's staff of 30 move into new building in Kaesong",
    "A building of four floors in Kaesong in which North and South Korea will keep staff was "
    "shown to reporters on Thursday. The South's desks stand on the second floor of the building, "
    "those of the North on the fourth. Officials from Seoul will stay in Kaesong through the week.",
)


def test_what_describes_the_watched_thing_needs_no_story() -> None:
    found = Stream().tell(*DESCRIBED)
    assert found.relevance is Relevance.RELEVANT
    assert found.opens_story


def test_the_reason_says_which_story_is_under_way() -> None:
    judged = judge(article(*UNNAMED), office())
    stream = Stream()
    stream.tell(*BLAST)
    found = taken_along(judged, article(*UNNAMED), office(), stream.state, stream.now)
    assert found.why == (
        "It does not name what is watched, but tells of what is under way in "
        "“North Korea blows up inter-Korean liaison office in Kaesong”."
    )


def test_the_reason_shows_the_description() -> None:
    judged = judge(article(*DESCRIBED), office())
    found = taken_along(judged, article(*DESCRIBED), office(), TopicState(), START)
    assert found.why.startswith(
        "It does not name what is watched, but describes it: “South's staff of 30 move into"
    )


def test_an_article_that_is_hardly_sure_is_not_taken_for_one_that_names_the_topic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = judge(article(*DESCRIBED), office())
    monkeypatch.setattr(running, "BESIDE", {"bias": 1.0})
    found = taken_along(judged, article(*DESCRIBED), office(), TopicState(), START)
    assert (found.relevance, found.score) == (Relevance.RELEVANT, judged.score)
    monkeypatch.setattr(running, "BESIDE", {"bias": 3.0})
    found = taken_along(judged, article(*DESCRIBED), office(), TopicState(), START)
    assert found.score > 0.9


def test_the_reason_claims_no_more_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BESIDE", {"bias": 3.0})
    other = article("Talks fail", "The inter-Korean liaison office was blown up in June 2020.")
    found = taken_along(judge(other, office()), other, office(), TopicState(), START)
    assert found.why == (
        "It names what is watched only in passing, but the rest of it speaks of the same."
    )


def test_a_lookalike_that_describes_nothing_is_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BESIDE", {"bias": 3.0})
    other = article("China's liaison office in Hong Kong moves")
    judged = judge(other, office())
    assert taken_along(judged, other, office(), TopicState(), START) == judged
