"""What the service says about itself: one message for all sources that it is true of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.alerts import notices
from monitor.alerts.notices import SourceNews
from monitor.models import Alert

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SINCE = NOW - timedelta(hours=2)
NEWS = SourceNews(
    "wire-ko",
    "The Wire",
    "certificate refused",
    "The certificate has expired.",
    SINCE,
    advice="The publisher has to renew it.",
    next_try=NOW + timedelta(minutes=15),
)


def text(alert: Alert) -> str:
    assert alert.kind == "notice"
    return f"{alert.headline}\n{alert.text}"


def named(*outlets: str) -> list[SourceNews]:
    return [replace(NEWS, id=outlet.lower(), outlet=outlet) for outlet in outlets]


def test_one_broken_source_is_told_with_cause_advice_and_next_try() -> None:
    said = text(notices.broken([NEWS], NOW))
    assert said.splitlines()[:4] == [
        "The Wire cannot be read since 1 March 2026, 10:00 UTC: certificate refused",
        "The Wire (wire-ko), certificate refused since 1 March 2026, 10:00 UTC",
        "The certificate has expired.",
        "The publisher has to renew it. Next try 1 March 2026, 12:15 UTC.",
    ]
    assert said.endswith("never given up; you hear once more when it works.")


def test_a_source_that_answers_and_brings_nothing_may_be_missing_news() -> None:
    silent = replace(NEWS, trouble="silent", error=False, advice="", next_try=None, more="Often.")
    said = text(notices.broken([silent], NOW))
    assert said.startswith(
        "The Wire may be missing news: silent, noticed 1 March 2026, 10:00 UTC\n"
    )
    assert "\nOften.\n" in said
    assert "Next try" not in said


def test_what_stays_broken_is_said_to_be_so_with_how_to_end_it() -> None:
    said = text(notices.still_broken([NEWS], NOW))
    assert said.startswith(
        "The Wire is still in trouble since 1 March 2026, 10:00 UTC: certificate refused\n"
    )
    assert "The certificate has expired." in said
    assert said.endswith("enabled: false on a source that is not to come back ends that.")
    several = text(notices.still_broken(named("A", "B", "C", "D"), NOW))
    assert several.startswith("4 sources are still in trouble: A, B, C and 1 more\n")


def test_several_broken_sources_are_one_message_that_names_three() -> None:
    said = text(notices.broken(named("A", "B", "C", "D", "E"), NOW))
    assert said.startswith("5 sources are in trouble: A, B, C and 2 more\n")
    for outlet in "ABCDE":
        assert f"{outlet} ({outlet.lower()}), certificate refused" in said
    assert said.endswith("you hear when they work.")


def test_recovered_sources_are_told_with_what_they_had() -> None:
    one = text(notices.recovered([NEWS], NOW))
    assert one == (
        "The Wire works again\n"
        "The Wire (wire-ko) was in trouble since 1 March 2026, 10:00 UTC: certificate refused."
    )
    both = text(notices.recovered(named("A", "B"), NOW))
    assert both.startswith("2 sources work again: A, B\n")


def test_B10_an_outage_is_about_this_machine() -> None:
    every = text(notices.outage(4, 4, SINCE, "4 times: login page. For example a: x.", NOW))
    assert every.startswith("No source can be read since 1 March 2026, 10:00 UTC\n4 of 4 sources")
    assert "this machine's network" in every
    assert "4 times: login page." in every
    most = text(notices.outage(9, 10, SINCE, "", NOW))
    assert most.startswith("9 of 10 sources cannot be read since")


def test_B10_the_end_of_an_outage_names_what_is_not_back_yet() -> None:
    said = text(notices.outage_over([NEWS], 10, SINCE, NOW))
    assert said.startswith("Sources can be read again: 9 of 10\n")
    assert "The Wire (wire-ko): not yet: The certificate has expired." in said
    assert "What came meanwhile is news now." in said


def test_A15_gaps_are_told_with_what_to_do() -> None:
    gap = replace(NEWS, trouble="gap", cause="All 20 entries are new since the last read.")
    one = text(notices.gaps([gap], NOW))
    assert one.startswith("The Wire may have had entries that were not seen\n")
    assert "The Wire (wire-ko): All 20 entries are new since the last read." in one
    assert "polling.slowest" in one
    two = text(notices.gaps([gap, replace(gap, id="b", outlet="B")], NOW))
    assert two.startswith("2 sources may have had entries that were not seen: The Wire, B\n")


def test_a_long_name_is_cut_in_a_headline() -> None:
    (long,) = named("N" * 200)
    headline = notices.broken([long, NEWS], NOW).headline
    assert "N" * 41 not in headline
    assert headline.endswith("The Wire")


def test_G11_a_broken_channel_is_told_of_once_an_hour() -> None:
    first = notices.channel_notice("slack", "404 no_service", NOW)
    assert first.headline == "Channel slack does not take alerts: 404 no_service"
    assert first.id == notices.channel_notice("slack", "410", NOW + timedelta(minutes=59)).id
    assert first.id != notices.channel_notice("slack", "410", NOW + timedelta(minutes=60)).id
    assert first.id != notices.channel_notice("mail", "410", NOW).id


def test_G11_a_channel_that_takes_nothing_for_now_is_told_of_once_a_day() -> None:
    first = notices.failing_notice("mail", "10.0.0.1: no answer in time", NOW)
    assert first.headline == "Channel mail takes nothing at the moment: 10.0.0.1: no answer in time"
    assert "tried again by itself" in first.text
    assert first.id == notices.failing_notice("mail", "other", NOW.replace(hour=23)).id
    assert first.id != notices.failing_notice("mail", "other", NOW + timedelta(hours=24)).id
    assert first.id != notices.channel_notice("mail", "other", NOW).id
