"""The article's own page: read for the first time it is no edit, later changes are."""

from __future__ import annotations

from dataclasses import replace

from monitor.detect import TopicState
from monitor.detect.revisions import Grade, grade
from monitor.models import Article, Decision, Kind, Verdict
from tests.detect.examples import START, Stream, all_news, article, office

TITLE = "North Korea withdraws from the Kaesong liaison office"
LEAD = "North Korea withdrew its officials from the joint liaison office in Kaesong on Thursday."
BODY = (
    f"{LEAD}\nThe ministry said it regretted the decision and asked the North to return.\n"
    "The office opened in 2018 and had been a channel between the two sides."
)


def filled(stream: Stream, first: Article, body: str) -> Decision:
    """First on what the feed says, then on the page."""
    told = stream.take(first)
    story = told.story.id if told.story else None
    before = replace(first, previous=None)
    page = replace(first, body=body, full=True, revision=1, previous=before, story=story)
    return stream.take(page)


def test_a_page_that_says_what_the_feed_said_is_quiet_and_no_edit() -> None:
    stream = Stream()
    decision = filled(stream, article(TITLE, summary=LEAD), BODY)
    assert decision.rule == "full-text"
    assert decision.verdict is Verdict.SILENT
    assert decision.diff == ()
    assert len(stream.stories) == 1
    (story,) = stream.stories.values()
    assert story.articles == 1


def test_a_body_that_alone_names_the_topic_is_judged_as_if_it_came_first() -> None:
    bare = article("North Korea pulls its officials out", summary="Seoul was told on Thursday.")
    assert Stream().take(bare).story is None
    decision = filled(Stream(), bare, BODY)
    whole = Stream().take(replace(bare, body=BODY))
    assert (decision.kind, decision.verdict) == (Kind.NEW_STORY, whole.verdict)
    assert decision.verdict is not Verdict.SILENT
    assert decision.opens_story
    assert decision.story is not None
    assert decision.story.articles == 1


def test_with_no_topic_a_page_is_never_told_again() -> None:
    decision = filled(Stream(all_news()), article(TITLE, summary=LEAD), BODY)
    assert (decision.verdict, decision.rule) == (Verdict.SILENT, "full-text")


def test_a_page_that_looks_back_is_quiet() -> None:
    back = f"Looking back at a year ago: {LEAD}\nA retrospective of the year."
    decision = filled(Stream(), article(TITLE, summary=LEAD), back)
    assert decision.verdict is Verdict.SILENT


def edited(added: str) -> Grade:
    old = replace(article(TITLE, BODY, name="page"), full=True)
    new = replace(old, body=f"{BODY}\n{added}", revision=1, previous=old)
    return grade(old, new, office(), TopicState(), START).grade


def test_what_a_site_adds_to_all_its_pages_is_no_edit() -> None:
    assert edited("Subscribe now and read all our stories for 5 dollars a month.") is Grade.COSMETIC


def test_a_fact_added_to_the_page_is_an_edit() -> None:
    added = "UPDATE: South Korea will withdraw its own 25 officials from the liaison office."
    assert edited(added) in (Grade.MINOR, Grade.FACTUAL)
