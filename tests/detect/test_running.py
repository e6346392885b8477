"""Articles that name the topic in no title, weighed with what is under way in it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect import TopicState, judge
from monitor.detect.about import running
from monitor.detect.about.running import is_settled, story_under_way, weighed_anew
from monitor.detect.story.match_story import near_stories
from monitor.detect.story.vectors import features_of
from monitor.detect.words.reading import read
from monitor.models import Article, Decision, Judgement, Relevance, Verdict
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


def weighed(seen: Article, stream: Stream | None = None) -> Judgement:
    """The judgement on an article, weighed with what a stream has told before."""
    state, now = (stream.state, stream.now) if stream else (TopicState(), START)
    reading = read(seen, office())
    features = features_of(reading, office())
    near = near_stories(features, state, now, office())
    judged = judge(seen, office())
    beside = story_under_way(features, state, near, now)
    return weighed_anew(judged, reading, office(), beside)


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
    stream = Stream()
    stream.tell(*BLAST)
    found = weighed(article(*UNNAMED), stream)
    assert found.why == (
        "It does not name what is watched, but tells of what is under way in "
        "“North Korea blows up inter-Korean liaison office in Kaesong”."
    )


def test_the_reason_shows_the_description() -> None:
    found = weighed(article(*DESCRIBED))
    assert found.why.startswith(
        "It does not name what is watched, but describes it: “South's staff of 30 move into"
    )


def test_an_article_that_is_hardly_sure_is_not_taken_for_one_that_names_the_topic(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = judge(article(*DESCRIBED), office())
    monkeypatch.setattr(running, "ABOUT", {"bias": 0.5})
    found = weighed(article(*DESCRIBED))
    assert (found.relevance, found.score) == (Relevance.RELEVANT, judged.score)
    monkeypatch.setattr(running, "ABOUT", {"bias": 3.0})
    found = weighed(article(*DESCRIBED))
    assert found.score > 0.9


def test_the_reason_claims_no_more_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ABOUT", {"bias": 3.0})
    other = article(
        "Talks fail",
        "No date was set.\nThe inter-Korean liaison office was blown up in June 2020.",
    )
    found = weighed(other)
    assert found.why == (
        "It names what is watched only in passing, but the rest of it speaks of the same."
    )


def test_a_lookalike_that_describes_nothing_is_left_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "ABOUT", {"bias": 3.0})
    other = article("China's liaison office in Hong Kong moves")
    judged = judge(other, office())
    assert weighed(other) == judged


BRIDGE = (
    "North Korea blows up rail bridge to the South",
    "A bridge was destroyed by North Korea on Thursday, the defence ministry in Seoul said.\n"
    "North Korea blew up the building of the inter-Korean liaison office in Kaesong, too.",
)


def test_what_is_named_behind_the_head_is_about_it_only_while_it_is_in_the_news() -> None:
    named = article(*BRIDGE)
    assert judge(named, office()).relevance is Relevance.RELEVANT
    found = weighed(named)
    assert found.relevance is Relevance.PASSING
    assert found.why == (
        "Only a passing mention: in the lead, in 1 of 2 sentences, in a report of nothing that is "
        "under way."
    )
    stream = Stream()
    stream.tell(*BLAST)
    assert weighed(named, stream).relevance is Relevance.RELEVANT


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("North Korea blows up inter-Korean liaison office in Kaesong", ""),
        ("Blast in Kaesong", "The inter-Korean liaison office was blown up on Thursday."),
    ],
    ids=["in the title", "in the first sentence"],
)
def test_who_names_it_at_the_head_needs_no_story(title: str, body: str) -> None:
    seen = article(title, body)
    assert is_settled(judge(seen, office()), read(seen, office()), office())
    assert Stream().tell(title, body).relevance is Relevance.RELEVANT


def test_what_was_held_there_or_went_through_it_is_of_it() -> None:
    lead = "North Korea has asked for 300 tents, the ministry in Seoul said on Monday."
    more = "Each tent holds eight people. Rain fell for a week. Two bridges broke."
    way = "The request came through the joint liaison office in Kaesong."
    rest = "The bakers walk to work past the joint liaison office in Kaesong."
    asked = [weighed(article("North asks for tents", f"{lead} {s} {more}")) for s in (way, rest)]
    assert [found.relevance for found in asked] == [Relevance.RELEVANT, Relevance.PASSING]


def test_nothing_that_is_left_aside_is_settled_by_its_head() -> None:
    old = article("A look back", "Last year the inter-Korean liaison office was opened. It rained.")
    judged = judge(old, office())
    aside = Judgement(Relevance.PASSING, judged.why, judged.spans, judged.score)
    assert not is_settled(aside, read(old, office()), office())
