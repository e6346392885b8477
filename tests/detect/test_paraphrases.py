"""The same said in other words, in English and Korean, and what is not the same for all that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.detect.compare.claims import Claims, parsed
from monitor.detect.compare.guards import changed, restates
from monitor.detect.compare.heads import claims_of
from monitor.detect.sense.facts import facts_of
from monitor.detect.sense.keys import act_key
from monitor.detect.words.reading import read
from tests.detect.examples import article, office

Report = tuple[str, str]


def claims(report: Report) -> Claims:
    return parsed(claims_of(read(article(*report), office()), office()))


def said_again(first: Report, second: Report) -> bool:
    told, mine = claims(first), claims(second)
    return not changed(mine, told, told, office()) and restates(mine, told, office())


def change(first: Report, second: Report) -> str:
    told = claims(first)
    found = changed(claims(second), told, told, office())
    return found.guard if found is not None else ""


def keys(text: str) -> set[str]:
    """The acts of a first sentence as keys: "a:open%" is only mentioned."""
    reading = read(article("Kaesong", text), office())
    return {act_key(f) for _, f in facts_of(reading.body[0], reading, office()) if f.act}


SAID_AGAIN: list[tuple[Report, Report]] = [
    (
        ("Seoul asks for notice before gates open", "The South made the request by liaison line."),
        ("Warn us before gates open, Seoul tells North", "It asked by the liaison office line."),
    ),
    (
        ("Weekly liaison office meeting does not happen", "The North's man did not turn up."),
        ("No session at liaison office", "The heads could not get together in Kaesong."),
    ),
    (
        ("Seoul sues North over liaison office", "The suit seeks 30 billion won."),
        ("South lodges suit over liaison office", "It claims damages of 30 billion won."),
    ),
    (
        ("Liaison office staff withdrawn by North", "North Korea pulled them out."),
        ("North's staff pack up at liaison office", "North Korea decided to pull them out."),
    ),
    (
        ("통일부 장관이 연락사무소 초대 소장 겸직", "통일부 장관이 소장을 겸한다."),
        ("연락사무소 소장에 통일부 장관 겸임", "장관이 소장에 임명됐다."),
    ),
    (
        ("북, 연락사무소 전화 불통", "북측이 전화를 받지 않았다."),
        ("연락사무소 통화 끊겨", "북측이 아무 답이 없다."),
    ),
    (
        ("정부 \"연락사무소 통신선 유지해야\"", "통일부가 그렇게 밝혔다."),
        ("통일부 \"연락사무소 통신선 계속돼야\"", "통일부는 유지돼야 한다고 했다."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAID_AGAIN)
def test_other_words_for_it_are_no_news(first: Report, second: Report) -> None:
    assert said_again(first, second)


@pytest.mark.parametrize(
    ("text", "only_named"),
    [
        ("They inspected the house in which the liaison office is to open.", "a:open%"),
        ("The liaison office lines must be kept up as agreed.", "a:agree%"),
        ("Under a deal of both sides they sent people to the liaison office.", "a:agree%"),
        ("연락사무소 통신선은 합의대로 유지돼야 한다.", "a:agree%"),
        ("닫혔던 연락사무소에 불이 켜졌다.", "a:close%"),
        ("끊긴 연락사무소 통신선을 복원했다.", "a:stop%"),
        ("연락사무소 업무 개시 통화에 답이 없었다.", "a:open%"),
    ],
)
def test_what_only_tells_which_thing_or_how_it_was_is_only_named(
    text: str, only_named: str
) -> None:
    assert only_named in keys(text)


@pytest.mark.parametrize(
    ("text", "key"), [("closed it on May 7", "close"), ("may close the liaison office", "close+")]
)
def test_a_month_is_no_mood(text: str, key: str) -> None:
    at = datetime(2021, 5, 8, tzinfo=UTC)
    reading = read(article("Liaison office", f"North Korea {text}.", at=at), office())
    assert [act_key(fact) for _, fact in facts_of(reading.body[0], reading, office())] == [
        f"a:{key}"
    ]


def test_that_it_was_decided_is_news_if_another_side_did() -> None:
    told = ("South closes liaison office", "South Korea closed the liaison office.")
    assert said_again(told, ("Liaison office closed by South", "South Korea decided on it."))
    assert not said_again(told, ("Liaison office closed", "North Korea decided on it."))


def test_lines_that_work_again_are_not_told_by_calls_without_answer() -> None:
    told = ("North ignores liaison office call", "North Korea did not answer.")
    assert not said_again(told, ("Liaison office line restored", "The line was restored."))


def test_what_was_told_further_down_is_not_contrary() -> None:
    told = ("북, 연락사무소 철수", "북측이 떠났다. 남측 인원은 사무소에 남는다.")
    again = ("북측 떠난 연락사무소, 남측 잔류", "남측 인원 8명은 남는다.")
    assert change(told, again) != "contrary"
    assert change(("북, 연락사무소 철수", "북측이 떠났다."), again) == "contrary"


def test_a_headline_alone_tells_no_deed_that_a_plan_takes_back() -> None:
    planned = ("연락사무소 통신선", "통신선 운영을 중단하기로 했다.")
    told, done = "연락사무소 통신선 중단", "통신선 운영이 중단됐다."
    assert change((told, "통일부가 자료를 냈다."), planned) != "undone"
    assert change((told, done), planned) == "undone"


CHANGED: list[tuple[str, Report, Report]] = [
    (
        "actor",
        ("Seoul tells North of liaison office", "It did so on Monday."),
        ("North tells Seoul of liaison office", "It was in Kaesong."),
    ),
    (
        "undone",
        ("North shuts liaison office", "The doors stay locked."),
        ("North on liaison office", "Pyongyang would shut it soon."),
    ),
]


@pytest.mark.parametrize(("guard", "first", "second"), CHANGED)
def test_one_token_that_matters_is_heard(guard: str, first: Report, second: Report) -> None:
    assert change(first, second) == guard


def test_what_was_not_done_is_told_by_its_contrary() -> None:
    told = ("Liaison office opens", "It opened for good.")
    assert said_again(told, ("Liaison office not closed any more", "It is not closed."))


def test_that_it_was_done_is_what_became_known() -> None:
    assert "a:demolish" in keys("연락사무소를 철거한 것으로 확인됐다.")
    assert "a:demolish%" in keys("연락사무소를 철거하는 것으로 보이는 사람들이 있었다.")


def test_talks_that_came_to_nothing_are_only_named() -> None:
    assert "a:meet%" in keys("2월 뒤로 끊긴 연락사무소 소장회의")


def test_a_side_in_the_name_of_what_is_watched_is_no_newcomer() -> None:
    assert claims(("The inter-Korean hotline with the North is tested", "")).title_actors == set()
    assert claims(("The North cuts off the inter-Korean hotline", "")).title_actors == {"north"}


def test_what_a_saying_follows_is_not_said_of_the_saying() -> None:
    told = claims(("Reopen the liaison office, Seoul tells North", "")).acts
    assert [act.real for act in told if act.act == "notify"] == [True]


def test_an_event_tells_what_is_kin_to_it() -> None:
    told = claims(("Volcano near Kaesong liaison office erupted", "It erupted."))
    again = claims(("Kaesong liaison office: volcano explodes", "It exploded with loud bangs."))
    assert restates(again, told, office())
