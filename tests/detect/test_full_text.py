"""The article's own page: read for the first time it is no edit, later changes are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.detect import TopicState, decide, judge
from monitor.detect.news.revisions import Grade, grade
from monitor.models import Article, Decision, Kind, Verdict
from tests.detect.examples import START, Stream, all_news, article, office

TITLE = "North Korea withdraws from the Kaesong liaison office"
LEAD = "North Korea withdrew its officials from the joint liaison office in Kaesong on Thursday."
BODY = (
    f"{LEAD}\nThe ministry said it regretted the decision and asked the North to return.\n"
    "The office opened in 2018 and had been a channel between the two sides."
)


CUT = (
    "North Korea cuts phone lines at the liaison office",
    "North Korea cut all phone lines at the Kaesong liaison office on Thursday, the ministry said.",
)
BRIEFED = article(
    "Ministry on phone lines at the liaison office",
    summary="The ministry spoke of the phone lines of the liaison office in Kaesong.",
)
LEFT = (
    "58 South Korean officials leave the liaison office",
    "Vice Minister Suh Ho said on Thursday that 58 South Korean officials left the liaison office "
    "in Kaesong.",
)
NO_NEWS = "The office has had phone lines since it was opened."


def page_of(first: Article, told: Decision, body: str) -> Article:
    """The same article after its page was read."""
    story = told.story.id if told.story else None
    before = replace(first, previous=None)
    return replace(first, body=body, full=True, revision=1, previous=before, story=story)


def filled(stream: Stream, first: Article, body: str) -> Decision:
    """First on what the feed says, then on the page."""
    return stream.take(page_of(first, stream.take(first), body))


def after_the_cut(stored: bool = False) -> tuple[Stream, Decision]:
    """A stream in which the cut was told, and then silently what the ministry's feed says of it."""
    stream = Stream(stored=stored)
    assert stream.tell(*CUT).verdict is Verdict.ALERT
    told = stream.take(BRIEFED)
    assert told.verdict is Verdict.SILENT
    return stream, told


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


@pytest.mark.parametrize("stored", [False, True])
def test_what_only_the_page_says_is_pushed_as_if_it_came_with_its_page(stored: bool) -> None:
    stream, told = after_the_cut(stored)
    page = stream.take(page_of(BRIEFED, told, f"{BRIEFED.summary}\n{LEFT[1]}"))
    assert (page.verdict, page.kind, page.stage) == (Verdict.ALERT, Kind.NEW_FACT, "page")
    assert page.why.startswith("Its page says more than its feed did. It states something")
    assert [fact.text for fact in page.new_facts] == [LEFT[1]]
    assert page.story is not None
    assert (page.story.id, page.story.articles) == (told.story and told.story.id, 2)
    assert page.story.memory["alerted"][-1] == BRIEFED.id


def test_what_others_told_before_the_page_was_read_is_not_told_again() -> None:
    stream, told = after_the_cut()
    assert stream.tell(*LEFT).verdict is Verdict.ALERT
    page = stream.take(page_of(BRIEFED, told, f"{BRIEFED.summary}\n{LEFT[1]}"))
    assert (page.verdict, page.rule) == (Verdict.SILENT, "full-text")


def test_what_a_page_adds_to_a_push_is_for_the_digest() -> None:
    stream = Stream()
    page = filled(stream, article(TITLE, summary=LEAD), f"{LEAD}\n{LEFT[1]}")
    assert (page.verdict, page.kind) == (Verdict.DIGEST, Kind.NEW_FACT)
    assert page.rule == "page-says-more"
    assert {fact.text for fact in page.new_facts} == {LEFT[1]}


def test_a_page_that_adds_nothing_is_no_second_line_of_the_digest() -> None:
    stream = Stream()
    stream.tell(*CUT)
    first = article("Lines at the liaison office were cut, minister regrets", summary=CUT[1])
    told = stream.take(first)
    page = stream.take(page_of(first, told, f"{CUT[1]}\n{NO_NEWS}"))
    assert page.verdict is Verdict.SILENT


def test_a_story_that_nobody_was_told_of_is_opened_by_the_page() -> None:
    stream = Stream()
    first = article(
        "What the ministry says of Kaesong",
        summary="It spoke of the liaison office, of farms, of forests and of the weather.",
    )
    told = stream.take(first)
    page = stream.take(page_of(first, told, f"{LEAD}\n{LEFT[1]}"))
    assert Verdict.ALERT not in (told.verdict, page.verdict)
    assert page.verdict is Verdict.DIGEST
    assert (page.kind, page.opens_story) == (Kind.NEW_STORY, True)


def test_a_page_on_which_the_report_is_taken_back_is_an_edit() -> None:
    stream = Stream()
    withdrawn = "This story is withdrawn. It was wrongly reported."
    decision = filled(stream, article(TITLE), withdrawn)
    assert decision.kind is Kind.RETRACTION


def test_a_page_about_something_else_is_left_aside() -> None:
    stream = Stream()
    first = article("Seoul looks at the liaison office", summary="It is in Kaesong.")
    page = filled(stream, first, "The price of rice rose again in the markets of Busan.\n" * 12)
    assert page.verdict is Verdict.SILENT


def test_an_edit_of_the_outlet_is_an_edit_whatever_was_read_before() -> None:
    stream, told = after_the_cut()
    page = page_of(BRIEFED, told, f"{BRIEFED.summary}\n{LEFT[1]}")
    stream.take(page)
    changed = page.body.replace("58", "85")
    edit = replace(page, body=changed, revision=2, previous=replace(page, previous=None))
    assert stream.take(edit).kind is Kind.CORRECTION


def test_to_decide_on_a_page_leaves_the_state_as_it_was() -> None:
    stream, told = after_the_cut()
    page = page_of(BRIEFED, told, f"{BRIEFED.summary}\n{LEFT[1]}")
    topic, later = office(), stream.now + timedelta(hours=1)
    first = decide(page, judge(page, topic), topic, stream.state, later)
    again = decide(page, judge(page, topic), topic, stream.state, later)
    assert first == again
    assert stream.state.get(told.story.id if told.story else None) == told.story


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
