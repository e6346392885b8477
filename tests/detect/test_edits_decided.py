"""What is decided about a page that changes: back and forth, taken back, a little longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.models import Article, Decision, Kind, Verdict
from tests.detect.examples import Stream, all_news, article

TITLE = "North Korea withdraws from the Kaesong liaison office"
LEAD = "North Korea withdrew its officials from the joint liaison office in Kaesong on Thursday."
MORE = f"{LEAD}\nSeoul evacuated 12 engineers from the office and closed its gate, it said."


def edited(stream: Stream, before: Article, told: Decision, **changes: object) -> Decision:
    """The next revision of a page."""
    story = told.story.id if told.story else None
    stream.now += timedelta(minutes=9)
    old = replace(before, previous=None)
    page = replace(before, revision=before.revision + 1, previous=old, story=story, **changes)  # type: ignore[arg-type]
    return stream.take(page)


def test_a_page_that_goes_back_and_forth_is_told_as_that_and_then_quiet() -> None:
    stream = Stream()
    first = article(TITLE, MORE)
    told = stream.take(first)
    less = edited(stream, first, told, body=LEAD)
    second = replace(first, body=LEAD, revision=1)
    again = edited(stream, second, less, body=MORE, returns=1)
    assert (again.kind, again.rule) == (Kind.FLAPPING, "back-and-forth")
    third = edited(stream, replace(first, revision=2), again, body=LEAD, returns=2)
    assert (third.kind, third.verdict) == (Kind.FLAPPING, Verdict.SILENT)


def test_a_correction_takes_back_the_move_that_rested_on_the_page_alone() -> None:
    stream = Stream()
    first = article(TITLE, LEAD)
    told = stream.take(first)
    assert {move.attribute for move in told.moves} == {"north_staff"}
    stays = LEAD.replace("North Korea withdrew", "North Korea did not withdraw")
    title = TITLE.replace("withdraws", "does not withdraw")
    back = edited(stream, first, told, title=title, body=stays)
    assert back.verdict is Verdict.ALERT
    assert [(move.attribute, move.now, move.back) for move in back.moves] == [
        ("north_staff", "none", True)
    ]
    assert "goes back" in back.why
    assert stream.card["north_staff"] == "none"


def test_with_no_topic_a_small_addition_is_quiet() -> None:
    stream = Stream(all_news())
    first = article("Bern opens a zoo", "The mayor opened a zoo in Bern on Thursday.")
    told = stream.take(first)
    wider = first.body + "\nSome visitors had waited since the morning."
    decision = edited(stream, first, told, body=wider)
    assert decision.verdict is Verdict.SILENT
