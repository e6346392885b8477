"""A plan that is carried out, comes to nothing or gets another day is news with less evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.models import Decision, Verdict
from tests.detect.examples import Stream

DAY = timedelta(hours=20)
Report = tuple[str, str]

SIGNING = (
    "Koreas to sign rules for liaison office on Monday",
    "The two Koreas will sign the rules of the joint liaison office in Kaesong on Monday, the"
    " ministry said.",
)
LEAVING = {
    "ko": (
        "연락사무소 폭설에 남측 인원 30명 5일 귀환 예정",
        "통일부는 개성 남북공동연락사무소의 남측 인원 30명이 5일 귀환할 예정이라고 밝혔다.",
    ),
    "zh": (
        "韩方人员将于5日撤离开城联络办公室",
        "韩国统一部表示,开城韩朝共同联络办公室的30名韩方人员将于5日返回。",
    ),
}
OPENING = (
    "North to open liaison office on Tuesday",
    "The North will open the office in Kaesong on Tuesday, it told Seoul.",
)


def next_day(first: Report, second: Report, lang: str | None = None) -> Decision:
    stream = Stream()
    assert stream.tell(*first, lang=lang, after=DAY).verdict is Verdict.ALERT
    return stream.tell(*second, lang=lang, after=DAY)


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        (
            "en",
            SIGNING,
            (
                "Rules for shared office signed in Kaesong",
                "South and North Korea signed the rules of the joint liaison office on Monday, both"
                " sides said.",
            ),
        ),
        (
            "ko",
            LEAVING["ko"],
            (
                "개성 남측 인원 30명 모두 귀환…오후 4시 경계선 통과",
                "폭설로 개성 남북공동연락사무소를 떠난 남측 인원 30명이 모두 돌아왔다고 밝혔다.",
            ),
        ),
        (
            "zh",
            LEAVING["zh"],
            (
                "30名韩方人员已从开城返回",
                "韩国统一部说,因大雪撤出的30名韩方人员5日晚经陆路全部返回韩国,在联络办公室只留下设备。",
            ),
        ),
    ],
)
def test_a_planned_thing_done_is_pushed(lang: str, first: Report, second: Report) -> None:
    done = next_day(first, second, lang)
    assert (done.verdict, done.rule) == (Verdict.ALERT, "guard-done")


@pytest.mark.parametrize(
    ("guard", "first", "second"),
    [
        (
            "negation",
            OPENING,
            (
                "Office in Kaesong did not open",
                "The joint liaison office was not opened as promised; the North gave no word.",
            ),
        ),
        (
            "date",
            (SIGNING[0], SIGNING[1].replace("Monday", "March 9")),
            (
                "Rules for shared office come later",
                "South and North Korea will sign the rules of the joint liaison office on March 12,"
                " both sides said.",
            ),
        ),
    ],
)
def test_a_plan_that_came_to_nothing_or_gets_another_day_is_pushed(
    guard: str, first: Report, second: Report
) -> None:
    turned = next_day(first, second)
    assert (turned.verdict, turned.rule) == (Verdict.ALERT, f"guard-{guard}")


def test_a_turn_of_next_to_no_evidence_is_left_to_the_digest() -> None:
    first = (
        "South to send engineers to inter-Korean liaison office on Friday",
        "The Unification Ministry said a crew of nine will inspect the heating of the liaison"
        " office in Kaesong on Friday.",
    )
    second = (
        "Engineers cross to Kaesong, first in months",
        "A crew of nine crossed the border on Friday morning to inspect the heating of the"
        " inter-Korean liaison office, the ministry said.",
    )
    weak = next_day(first, second)
    assert (weak.verdict, weak.rule) == (Verdict.DIGEST, "guard-done")


BLAST = (
    "북, 개성 연락사무소 창고 폭파",
    "북한이 개성 남북공동연락사무소 옆 창고를 폭파했다고 통일부가 밝혔다.",
)
RETOLD = (
    "개성 연락사무소 창고, 북이 폭파",
    "통일부에 따르면 남북공동연락사무소 곁의 창고를 북측이 폭약으로 무너뜨렸다.",
)
FILM = (
    "국방부, 개성 연락사무소 창고 폭파 영상 공개…세관 건물도 파손",
    "국방부가 폭파 영상을 공개했다. 개성 남북공동연락사무소 옆 세관 건물과 수도관도 크게 부서졌다.",
)


@pytest.mark.parametrize(
    ("report", "verdict", "rule"),
    [
        (RETOLD, Verdict.SILENT, "same-claims"),
        ((f"[속보] {FILM[0]}", FILM[1]), Verdict.ALERT, "new-statement"),
    ],
)
def test_the_same_acts_are_heard_once_more_on_strong_evidence(
    report: Report, verdict: Verdict, rule: str
) -> None:
    stream = Stream()
    stream.tell(*BLAST, lang="ko")
    again = stream.tell(*report, lang="ko", after=timedelta(hours=2))
    assert (again.verdict, again.rule) == (verdict, rule)
