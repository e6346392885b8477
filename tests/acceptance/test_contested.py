"""Sources that give different values for one fact, from their reports to what is read."""

from __future__ import annotations

import pytest

from monitor.alerts.compose import alert_id, compose
from monitor.alerts.render import render
from monitor.models import Alert, Decision, Verdict
from tests.detect.examples import Stream, article, office

FIRST = (
    "North Korea withdraws 15 officials from the Kaesong liaison office",
    "The North took 15 officials away from the joint liaison office on Friday, Seoul said.",
)
OTHERWISE = (
    "Seoul: North's people leave joint office",
    "According to the ministry, {} of the North withdrew from the liaison office in Kaesong.",
)


def second_report(people: str) -> tuple[Decision, Alert]:
    """What the detector makes of a second source, and the alert for it."""
    stream = Stream(stored=True)
    stream.tell(*FIRST, outlet="Hill Gazette")
    title, text = OTHERWISE[0], OTHERWISE[1].format(people)
    decision = stream.tell(title, text, outlet="Shore Mail")
    told = article(title, text, outlet="Shore Mail")
    name = alert_id(told.id, 0, "office")
    alert = compose(
        decision, told, office().title, stream.now, root=None, citations=(), alert_id=name
    )
    return decision, alert


def test_both_values_stand_in_one_push_with_who_gives_them() -> None:
    decision, alert = second_report("25 officials")
    assert decision.verdict is Verdict.ALERT
    assert "Contested" in decision.why
    assert "15 officials" in decision.why
    mail, slack = render(alert, "email"), render(alert, "slack")
    for text in map(str, (mail.text, mail.html, slack.blocks, render(alert, "console").text)):
        assert "15 officials" in text
        assert "25 officials" in text
        assert "Hill Gazette" in text
        assert "Shore Mail" in text
    assert "sources differ" in f"{mail.subject} {mail.text}".lower()


@pytest.mark.parametrize(
    "people", ["about 15 officials", "15 officials", "some 15 officials", "more than 10 officials"]
)
def test_an_approximation_is_no_other_value(people: str) -> None:
    decision, alert = second_report(people)
    assert decision.contested == ()
    assert decision.verdict is Verdict.SILENT
    assert "differ" not in render(alert, "email").text.lower()


KOREAN = "북측이 개성 연락사무소에서 인원 {}을 철수시켰다고 통일부가 밝혔다."


@pytest.mark.parametrize(("people", "contested"), [("30여 명", False), ("25명", True)])
def test_some_thirty_agrees_with_thirty_two_in_korean(people: str, contested: bool) -> None:
    stream = Stream(stored=True)
    stream.tell("북측, 연락사무소 인원 철수", KOREAN.format("32명"), outlet="가나일보", lang="ko")
    second = stream.tell(
        "통일부 “북측 인력 빠졌다”", KOREAN.format(people), outlet="다라통신", lang="ko"
    )
    assert bool(second.contested) is contested
