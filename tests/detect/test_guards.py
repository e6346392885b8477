"""Each kind of change between two reports, and what is none."""

from __future__ import annotations

import pytest

from monitor.detect.claims import claims_of
from monitor.detect.guards import changed, restates
from monitor.detect.reading import read
from tests.detect.examples import article, office

Report = tuple[str, str]


def claims(report: Report) -> frozenset[str]:
    return claims_of(read(article(*report), office()), office())


def change(first: Report, second: Report) -> str:
    told = claims(first)
    return changed(claims(second), told, [told])


def said_again(first: Report, second: Report) -> bool:
    return restates(claims(second), [claims(first)], office().kin)


CUT = (
    "North cuts liaison lines",
    "North Korea severed the liaison office's lines at noon, KCNA said.",
)
SENT = ("South sends aid via liaison office", "South Korea sent 80 tons of rice to Wonsan by rail.")
SPOKE = (
    "Kim Yo Jong says liaison office will fall",
    "Kim Yo Jong warned that the liaison office in Kaesong would collapse.",
)


@pytest.mark.parametrize(
    ("word", "first", "second"),
    [
        ("figure", SENT, ("Aid goes north via liaison office", "Some 180 tons of rice were sent.")),
        ("contrary", CUT, ("North restores liaison lines", "North Korea restored them on Monday.")),
        ("negation", CUT, ("North did not cut liaison lines", "KCNA said so at noon.")),
        (
            "done",
            ("North to close the liaison office", ""),
            ("North closed the liaison office", ""),
        ),
        (
            "undone",
            ("North closed the liaison office", ""),
            ("North to close the liaison office", ""),
        ),
        (
            "actor",
            ("North Korea closes the liaison office", ""),
            ("South Korea closes the liaison office", ""),
        ),
        ("date", CUT, ("North cuts liaison lines", "North Korea severed them at 6 p.m.")),
        (
            "date",
            ("Liaison office to open on March 9", ""),
            ("Liaison office to open on March 12", ""),
        ),
        ("place", SENT, ("Aid goes north via liaison office", "Rice was sent to Nampo by rail.")),
        ("thing", SENT, ("Aid goes north via liaison office", "Vaccine was sent by rail.")),
        (
            "extent",
            ("All staff leave liaison office", ""),
            ("Some staff leave liaison office, some of them sick", ""),
        ),
        (
            "who",
            SPOKE,
            ("Kim Jong Un says liaison office will fall", "He warned that it would collapse."),
        ),
        (
            "party",
            ("US regrets demolition of liaison office", "The United States voiced regret."),
            ("China regrets demolition of liaison office", "Beijing voiced regret."),
        ),
        (
            "party",
            ("Suh Ho heads liaison office", "Seoul named Suh Ho."),
            ("Kim Chang-su heads liaison office", "Seoul named Kim Chang-su."),
        ),
        (
            "party",
            ("연락사무소 통화 불통, 북한 폭우 탓", "북한 지역 비 때문이다."),
            ("연락사무소 통화 불통, 한국 설비 탓", "한국 쪽 설비 때문이다."),
        ),
        (
            "contrary",
            ("북, 연락사무소 전화 무응답", "북한이 응답하지 않았다."),
            ("북, 연락사무소 전화에 응답", "북한이 응답했다."),
        ),
        ("done", ("連絡事務所を閉鎖へ", ""), ("連絡事務所を閉鎖した", "")),
        ("contrary", ("朝方拒绝联络办公室提议", ""), ("朝方接受联络办公室提议", "")),
    ],
)
def test_one_thing_that_differs_is_named(word: str, first: Report, second: Report) -> None:
    assert change(first, second) == word


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            CUT,
            ("Liaison lines severed by Pyongyang", "At midday the North cut the office's lines."),
        ),
        (SENT, ("Eighty tons of rice for Wonsan", "Rice went by rail via the liaison office.")),
        (
            ("북, 연락사무소 전화 나흘째 무응답", "북한이 응답하지 않았다."),
            ("연락사무소 전화 안 받은 북한", "북측이 4일째 전화를 받지 않았다."),
        ),
        (
            ("連絡事務所に二十五人残る", "韓国側の25人が残る。"),
            ("連絡事務所、韓国側25名が残留", "二十五人は残る。"),
        ),
    ],
)
def test_the_same_in_other_words_is_no_change(first: Report, second: Report) -> None:
    assert change(first, second) == ""


def test_what_another_report_of_the_story_told_is_no_change() -> None:
    twin, other = (
        claims(("North to close the liaison office", "")),
        claims(("North closed the liaison office", "")),
    )
    assert (
        changed(
            claims(("The North has closed the liaison office at last", "")), twin, [twin, other]
        )
        == ""
    )


def test_kin_acts_retell_each_other_and_an_empty_head_retells_nothing() -> None:
    assert said_again(CUT, ("Liaison office's lines go dead as North shuts them", ""))
    assert not said_again(CUT, ("North sues Seoul over liaison office", ""))
    assert not said_again(CUT, ("Liaison office", ""))
