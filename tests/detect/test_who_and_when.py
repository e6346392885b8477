"""Who acts in sentences of several clauses, what is only a plan or a reason, in our own words."""

from __future__ import annotations

import pytest

from monitor.detect.compare.claims import Claims, parsed
from monitor.detect.compare.guards import changed, restates
from monitor.detect.compare.heads import claims_of
from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import act_key
from monitor.detect.sense.roles import agent_of
from monitor.detect.words.reading import read
from tests.detect.examples import article, office


def agents(text: str, act: str) -> list[str | None]:
    reading = read(article("Kaesong", text), office())
    sentence = reading.body[0]
    hits = [hit for hit in sentence.hits if hit.kind == "act" and hit.id == act]
    return [
        agent_of(sentence.text, sentence.hits, hit, reading.tongue, office().sides)[0]
        for hit in hits
    ]


def keys(text: str) -> list[str]:
    reading = read(article("Kaesong", text), office())
    return [act_key(fact) for _, fact in facts_of(reading.body[0], reading, office()) if fact.act]


def claims(title: str, text: str = "") -> Claims:
    return parsed(claims_of(read(article(title, text), office()), office()))


def change(first: tuple[str, str], second: tuple[str, str]) -> str:
    told = claims(*first)
    found = changed(claims(*second), told, told, office())
    return found.guard if found is not None else ""


@pytest.mark.parametrize(
    ("text", "act", "who"),
    [
        ("The North said that the South should pay and rejected the offer.", "reject", "north"),
        ("The North said that the South should pay, in a notice to the office.", "notify", "north"),
        ("The North said that the South rejected the offer.", "reject", "south"),
        ("남측이 보낸 제안을 북측은 검토 없이 거부했다.", "reject", "north"),
        ("북측은 남측이 제안한 회의를 거부했다.", "reject", "north"),
        ("북측은 남측이 회의를 거부했다고 했다.", "reject", "south"),
    ],
)
def test_the_clause_of_another_side_is_over_where_the_main_one_goes_on(
    text: str, act: str, who: str
) -> None:
    assert set(agents(text, act)) == {who}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("연락사무소 청사 수리에 들어간다고 했다.", "a:repair+"),
        ("연락사무소 청사 보수에 들어갔다.", "a:repair"),
        ("연락사무소 청사 개보수에 착수했다.", "a:repair"),
        ("The lawsuit over the liaison office is under study.", "a:sue+"),
    ],
)
def test_what_carries_a_noun_for_a_deed_says_when_it_is(text: str, told: str) -> None:
    assert told in keys(text)


@pytest.mark.parametrize(
    ("title", "met"),
    [
        ("Weekly talks of the liaison office heads go ahead", True),
        ("Weekly talks of the liaison office heads", False),
    ],
)
def test_talks_that_go_ahead_are_held(title: str, met: bool) -> None:
    assert ("meet" in {act.act for act in claims(title).acts}) is met


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("북한이 전단을 문제 삼아 연락사무소를 닫았다.", False),
        ("북한이 연락사무소에서 전단을 돌려줬다.", True),
        ("The North shut the liaison office, citing the leaflets of activists.", False),
        ("The North sent leaflets through the liaison office.", True),
    ],
)
def test_a_reason_is_not_what_a_report_is_about(text: str, about: bool) -> None:
    assert ("leaflets" in claims("Kaesong", text).things) is about


def test_a_sickness_that_was_told_stands_for_its_medicine() -> None:
    told = claims("Flu talks at liaison office", "Both sides met over the flu.")
    again = claims("Flu medicine talks at liaison office", "They met over flu medicine.")
    other = claims("Leaflet talks at liaison office", "They met over leaflets.")
    assert restates(again, told, office())
    assert not restates(other, told, office())


def test_what_is_under_review_was_not_done() -> None:
    planned = ("Seoul weighs aid via liaison office", "It may send rice soon.")
    again = ("Aid via liaison office under review", "Seoul is looking into it.")
    assert change(planned, again) != "done"


def test_a_day_ahead_says_that_a_report_told_of_plans() -> None:
    told = ("연락사무소 누수", "건물에 물이 샜다. 공사는 모레 한다.")
    again = ("연락사무소 곧 보수", "모레부터 보수 공사를 할 예정이다.")
    assert change(told, again) != "undone"


@pytest.mark.parametrize(
    ("title", "who"),
    [("남북이 7일 개성 연락사무소를 점검", ["both"]), ("남북 연락사무소 점검", [])],
)
def test_both_in_one_word_act_where_a_particle_says_so(title: str, who: list[str]) -> None:
    assert read(article(title, "", lang="ko"), office()).sentences[0].ids("actor") == who
