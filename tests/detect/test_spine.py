"""The spine of the default topic as the service meets it: background, walk-out, return, an edit.

The card is moved by what an article itself reports as done, and by that side alone; facts quote the
article's own letters; outlets that copy one text are one origin.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.config.load import load_topic
from monitor.detect import TopicState, compile_topic, decide, judge
from monitor.models import Article, Decision, Verdict

PACK = Path(__file__).parents[2] / "config" / "topics" / "liaison-office.yaml"
OLD = (
    "South Korea studies wider exchanges with the North",
    "The ministry in Seoul is studying exchanges. An inter-Korean liaison office was opened in the "
    "North Korean border city of Kaesong in September 2018.",
)
WALKOUT = (
    "North Korea pulls its staff out of the Kaesong liaison office",
    "North Korea on Friday withdrew all of its staff from the inter-Korean joint liaison office in "
    "Kaesong, the unification ministry in Seoul said. Pyongyang gave notice of the withdrawal in "
    "the morning.",
)
RETURN = (
    "Some North Korean staff return to the Kaesong liaison office",
    "Four or five North Korean officials came back to the inter-Korean liaison office in Kaesong "
    "on Monday, three days after the North withdrew, the unification ministry said.",
)


def told(*items: tuple[str, str], apart: timedelta) -> list[Decision]:
    """The decisions on these articles, one after the other."""
    topic = compile_topic("liaison-office", load_topic(PACK), read_lexicon())
    state, found = TopicState(), []
    for number, (title, text) in enumerate(items):
        seen = datetime(2026, 11, 20, 9, tzinfo=UTC) + apart * number
        article = Article(
            f"a{number}", title, seen, summary=text, outlet=f"Outlet {number}", lang="en"
        )
        decision = decide(article, judge(article, topic), topic, state, seen)
        state.apply(decision)
        found.append(decision)
    return found


@pytest.mark.parametrize("apart", [timedelta(minutes=1), timedelta(hours=6), timedelta(days=3)])
def test_background_walkout_and_return_are_silence_alert_alert(apart: timedelta) -> None:
    old, walkout, back = told(OLD, WALKOUT, RETURN, apart=apart)
    assert old.verdict is Verdict.SILENT
    assert walkout.verdict is Verdict.ALERT
    assert walkout.major
    assert back.verdict is Verdict.ALERT


def test_the_walkout_moves_the_staff_and_nothing_else() -> None:
    _, walkout, back = told(OLD, WALKOUT, RETURN, apart=timedelta(days=3))
    assert [(move.attribute, move.now) for move in walkout.moves] == [("north_staff", "withdrawn")]
    assert [move.attribute for move in back.moves] == ["north_staff"]
    assert back.moves[0].was == "withdrawn"


def test_facts_quote_the_article_in_its_own_letters() -> None:
    (walkout,) = told(WALKOUT, apart=timedelta(days=1))
    for fact in walkout.new_facts:
        assert fact.text in f"{WALKOUT[0]} {WALKOUT[1]}"


def test_outlets_that_write_from_one_source_are_one_origin() -> None:
    copies = [(WALKOUT[0], f"(Example Wire) {WALKOUT[1]}")] * 3
    last = told(*copies, apart=timedelta(minutes=5))[-1]
    assert last.story is not None
    assert len(last.story.outlets) == 3
    assert len(last.story.origins) == 1


def test_a_threat_added_to_the_page_is_a_factual_edit_that_alerts() -> None:
    topic = compile_topic("liaison-office", load_topic(PACK), read_lexicon())
    state = TopicState()
    seen = datetime(2026, 11, 20, 9, tzinfo=UTC)
    first = Article("a", WALKOUT[0], seen, summary=WALKOUT[1], outlet="One", lang="en", url="u")
    decision = decide(first, judge(first, topic), topic, state, seen)
    state.apply(decision)
    assert decision.story is not None
    added = WALKOUT[1] + " The North said it will never return and will close the office."
    later = seen + timedelta(minutes=20)
    edited = Article(
        "a",
        WALKOUT[0],
        later,
        summary=added,
        outlet="One",
        lang="en",
        url="u",
        revision=1,
        previous=first,
        story=decision.story.id,
    )
    second = decide(edited, judge(edited, topic), topic, state, later)
    assert second.verdict is Verdict.ALERT
    assert any(part.op == "added" for part in second.diff)


def test_a_return_that_was_urged_in_report_after_report_still_moves_the_card() -> None:
    urged = (
        "Seoul urges the North to return to the Kaesong liaison office",
        "South Korea hopes that the North returns soon. The unification ministry said North Korean "
        "staff should come back to the inter-Korean liaison office in Kaesong.",
    )
    *_, back = told(WALKOUT, urged, RETURN, apart=timedelta(hours=20))
    assert back.verdict is Verdict.ALERT
    assert [(move.attribute, move.was) for move in back.moves] == [("north_staff", "withdrawn")]
