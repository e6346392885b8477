"""Different values for one fact from different origins are shown together."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect.told.contested import fresh_disputes, guard_of, sentence_of
from monitor.models import Decision, Dispute, Story, Verdict
from tests.detect.examples import Stream, office

LEAVE = "North Korea withdraws {} officials from the Kaesong liaison office"
LATER = "The ministry in Seoul told reporters on Thursday that {} of the North had left Kaesong."


def told(*reports: tuple[str, str], lang: str | None = None) -> list[Decision]:
    """Each (outlet, title), some minutes apart, in own words."""
    stream = Stream(stored=True)
    return [stream.tell(title, "", outlet=outlet, lang=lang) for outlet, title in reports]


def values(decision: Decision) -> list[list[str]]:
    return [[stance.value for stance in one.stances] for one in decision.contested]


def story_of(decision: Decision) -> Story:
    assert decision.story is not None
    return decision.story


def disputes_of(decision: Decision) -> tuple[Dispute, ...]:
    return fresh_disputes(None, story_of(decision), office())


def test_two_origins_with_two_figures_contest_them_in_one_alert() -> None:
    first, second, third = told(
        ("Hill Gazette", LEAVE.format(5)),
        ("Shore Mail", LEAVE.format(7)),
        ("River News", LEAVE.format(7)),
    )
    assert first.contested == ()
    assert values(second) == [["5 officials", "7 officials"]]
    assert second.verdict is Verdict.ALERT
    assert "Contested: leaving: person: “5 officials” (Hill Gazette)" in second.why
    assert "or “7 officials” (Shore Mail)" in second.why
    assert third.contested == ()
    assert third.verdict is Verdict.SILENT
    (dispute,) = disputes_of(third)
    assert [stance.origins for stance in dispute.stances] == [
        ("Hill Gazette",),
        ("Shore Mail", "River News"),
    ]
    assert sentence_of(dispute).endswith("(Shore Mail, River News)")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("about 340", "342"),
        ("8 to 9", "about 10"),
        ("50", "47"),
        ("more than 20", "26"),
        ("at least 20", "24"),
        ("nearly 30", "28"),
        ("fewer than 30", "25"),
        ("12", "12"),
        ("twelve", "12"),
    ],
)
def test_an_approximation_contests_nothing(one: str, other: str) -> None:
    last = told(("Hill Gazette", LEAVE.format(one)), ("Shore Mail", LEAVE.format(other)))[-1]
    assert last.contested == ()
    assert disputes_of(last) == ()


def test_a_figure_between_two_that_differ_takes_no_side() -> None:
    last = told(
        ("Hill Gazette", LEAVE.format(12)),
        ("Shore Mail", LEAVE.format(15)),
        ("River News", LEAVE.format("10 to 20")),
    )[-1]
    (dispute,) = disputes_of(last)
    assert [len(stance.origins) for stance in dispute.stances] == [2, 1]


def test_a_correction_replaces_the_outlet_s_own_value() -> None:
    stream = Stream()
    stream.tell(LEAVE.format(5), "", outlet="Hill Gazette", name="page")
    other = stream.tell(LEAVE.format(7), "", outlet="Shore Mail")
    assert disputes_of(other)
    mended = stream.tell(LEAVE.format(7), "", outlet="Hill Gazette", name="page")
    assert disputes_of(mended) == ()


def test_another_figure_of_the_same_outlet_is_a_correction_and_no_dispute() -> None:
    last = told(("Hill Gazette", LEAVE.format(5)), ("Hill Gazette", LEAVE.format(7)))[-1]
    assert last.contested == ()


def test_a_late_copy_does_not_bring_a_corrected_value_back() -> None:
    stream = Stream()
    body = f"SEOUL (Reuters) - {LATER}"
    stream.tell(LEAVE.format(5), body.format("5 officials"), outlet="Reuters", name="page")
    stream.tell(LEAVE.format(7), body.format("7 officials"), outlet="Reuters", name="page")
    last = stream.tell(LEAVE.format(5), body.format("5 officials"), outlet="Copy Site")
    assert disputes_of(last) == ()


def test_what_both_sides_withdrew_is_no_dispute() -> None:
    north = "North Korea withdraws 5 officials from the Kaesong liaison office"
    south = "South Korea withdraws 7 officials from the Kaesong liaison office"
    assert told(("Hill Gazette", north), ("Shore Mail", south))[-1].contested == ()


def test_plan_and_deed_are_no_dispute() -> None:
    plan = "North Korea will withdraw 5 officials from the Kaesong liaison office"
    last = told(("Hill Gazette", plan), ("Shore Mail", LEAVE.format(7)))[-1]
    assert last.contested == ()


def test_a_count_that_rises_is_an_update() -> None:
    hurt = "Blast at the Kaesong liaison office injures {} officials"
    last = told(("Hill Gazette", hurt.format(5)), ("Shore Mail", hurt.format(7)))[-1]
    assert last.contested == ()
    fewer = told(("Hill Gazette", hurt.format(7)), ("Shore Mail", hurt.format(5)))[-1]
    assert fewer.contested != ()


def test_figures_far_apart_count_different_things() -> None:
    last = told(("Hill Gazette", LEAVE.format(5)), ("Shore Mail", LEAVE.format(700)))[-1]
    assert last.contested == ()


def test_a_figure_days_later_is_no_dispute() -> None:
    stream = Stream()
    stream.tell(LEAVE.format(5), "", outlet="Hill Gazette")
    last = stream.tell(LEAVE.format(7), "", outlet="Shore Mail", after=timedelta(days=3))
    assert last.contested == ()


def test_a_text_that_gives_two_figures_for_one_role_gives_none() -> None:
    both = f"{LEAVE.format(7)}, withdraws 12 officials"
    last = told(("Hill Gazette", LEAVE.format(5)), ("Shore Mail", both))[-1]
    assert last.contested == ()


def test_two_days_of_one_opening_are_contested() -> None:
    title = "Koreas to open joint liaison office in Kaesong on March {}"
    last = told(("Hill Gazette", title.format(14)), ("Shore Mail", title.format(17)))[-1]
    assert values(last) == [["2021-03-14", "2021-03-17"]]
    span = "Koreas to open joint liaison office in Kaesong on March 14 to 17"
    assert told(("Hill Gazette", title.format(14)), ("Shore Mail", span))[-1].contested == ()


def test_two_places_of_one_signing_are_contested() -> None:
    title = "Koreas sign inter-Korean liaison office agreement at {}"
    last = told(
        ("Hill Gazette", title.format("Panmunjom")), ("Shore Mail", title.format("Kaesong"))
    )[-1]
    assert values(last) == [["Panmunjom", "Kaesong"]]


def test_contested_figures_are_found_in_korean() -> None:
    title = "북한, 개성 남북공동연락사무소 인원 {}명 철수"
    last = told(("언덕일보", title.format(5)), ("강변신문", title.format(7)), lang="ko")[-1]
    assert values(last) == [["5명", "7명"]]


def test_sums_paid_are_contested_whatever_was_done_with_them() -> None:
    last = told(
        ("Hill Gazette", "South spent 9.8 billion won on repair of Kaesong liaison office"),
        ("Shore Mail", "South paid 12.4 billion won for the Kaesong liaison office"),
    )[-1]
    assert len(disputes_of(last)) == int(len(story_of(last).origins) == 2)


def test_the_memory_of_values_is_bounded() -> None:
    stream = Stream()
    for n in range(30):
        decision = stream.tell(LEAVE.format(n + 2), "", outlet=f"Paper {n}")
    assert all(len(values) <= 6 for values in story_of(decision).memory["values"].values())
    assert len(story_of(decision).memory["values"]) <= 24


@pytest.mark.parametrize(
    ("role", "guard"),
    [("day|founding|1", "date"), ("place|meeting|1", "place"), ("won|paying|1|", "figure")],
)
def test_a_dispute_is_that_of_the_guard_which_speaks_of_such_values(role: str, guard: str) -> None:
    assert guard_of(Dispute(role, "", ())) == guard
