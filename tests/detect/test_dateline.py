"""The line with which a report begins: part of its first sentence, and of which day it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.detect.words.reading import Reading, read
from tests.detect.examples import article, office

EVENING = datetime(2021, 3, 4, 22, 30, tzinfo=UTC)  # a Thursday; in Seoul it is Friday morning


def reading(body: str, lang: str, *, seen: datetime = EVENING) -> Reading:
    return read(article("Office in Kaesong", body, lang=lang, at=seen), office())


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("de", "Seoul. Das Verbindungsbüro bleibt zu. Mehr wurde nicht gesagt."),
        ("ru", "СЕУЛ, 4 марта. /МАЯК/. Бюро связи остаётся закрытым. Больше не сообщили."),
        ("es", "Ginebra.- La oficina de enlace sigue cerrada. No se dijo más."),
        ("en", "KAESONG. The liaison office stays shut. Nothing more was said."),
    ],
)
def test_a_dateline_that_ends_like_a_sentence_is_none(lang: str, body: str) -> None:
    first, second = reading(body, lang).body
    assert "office" in first.subjects
    assert not second.subjects


@pytest.mark.parametrize(
    ("lang", "body", "count"),
    [
        ("en", "Nobody came. The liaison office stays shut.", 2),
        ("ko", "KTX 열차가 멈췄다. 개성 남북공동연락사무소는 닫혀 있다.", 2),
        ("en", "Seoul.", 1),
    ],
)
def test_a_short_first_sentence_stays_one(lang: str, body: str, count: int) -> None:
    assert len(reading(body, lang).body) == count


@pytest.mark.parametrize(
    ("lang", "body"),
    [
        ("en", "SEOUL, March 5 (Lark) -- North Korea opened the liaison office."),
        ("en", "Seoul, March 5 - North Korea opened the liaison office."),
        ("fr", "SÉOUL, 5 mars (Merle) - La Corée du Nord a ouvert le bureau de liaison."),
    ],
)
def test_a_report_of_the_evening_may_be_of_the_day_that_has_begun_farther_east(
    lang: str, body: str
) -> None:
    assert reading(body, lang).today == date(2021, 3, 5)


@pytest.mark.parametrize(
    ("body", "hour"),
    [
        ("SEOUL, March 5 (Lark) -- North Korea opened the liaison office.", 9),  # nowhere yet
        ("SEOUL, March 4 (Lark) -- North Korea opens the liaison office on March 5.", 22),
        ("From Seoul. On March 5 - a Friday - North Korea opens the liaison office.", 22),
        ("On March 5, North Korea opens the liaison office.", 22),
        ("The liaison office opens tomorrow.", 22),
    ],
)
def test_a_day_to_come_is_no_dateline(body: str, hour: int) -> None:
    assert reading(body, "en", seen=EVENING.replace(hour=hour)).today == date(2021, 3, 4)


def test_where_a_language_is_of_one_zone_its_day_is_that_of_the_zone() -> None:
    assert reading("개성 연락사무소가 문을 열었다.", "ko").today == date(2021, 3, 5)


@pytest.mark.parametrize(
    ("lang", "body", "day"),
    [
        ("en", "SEOUL (Lark) - The liaison office opened today.", 5),
        ("en", "SEOUL, South Korea (Lark) -- The liaison office opened today.", 5),
        ("de", "Seoul (Amsel) - Das Verbindungsbüro wurde heute eröffnet.", 5),
        ("fr", "TOKYO /Merle/ - Le bureau de liaison a été ouvert.", 5),
        ("en", "SEOUL, March 4 (Lark) -- The liaison office opened today.", 4),  # its own word
        ("en", "LONDON (Lark) - The liaison office opened today.", 4),
        ("en", "Seoul, it was said, opened the liaison office.", 4),
        ("en", "Nowhere (Lark) - The liaison office opened today.", 4),
    ],
)
def test_the_place_of_its_dateline_says_what_day_a_report_calls_today(
    lang: str, body: str, day: int
) -> None:
    assert reading(body, lang).today == date(2021, 3, day)


def test_a_report_from_the_west_is_still_of_the_day_that_has_ended_elsewhere() -> None:
    night = EVENING.replace(hour=2)
    body = "WASHINGTON (Lark) - The envoy spoke of the liaison office."
    assert reading(body, "en", seen=night).today == date(2021, 3, 3)


def test_without_a_dateline_the_clock_of_its_source_counts_and_before_that_of_its_language() -> (
    None
):
    told = article("Liaison office opens today", lang="en", at=EVENING)
    assert read(told, office()).today == date(2021, 3, 4)
    assert read(replace(told, ahead=timedelta(hours=9)), office()).today == date(2021, 3, 5)
    korean = article("연락사무소 오늘 개소", lang="ko", at=EVENING)
    assert read(replace(korean, ahead=timedelta(hours=-5)), office()).today == date(2021, 3, 4)


@pytest.mark.parametrize(
    ("lang", "body", "minute"),
    [
        ("ko", "개성 연락사무소가 문을 열었다.", 7 * 60 + 30),
        ("ko", "(서울=종달새) 개성 연락사무소가 문을 열었다.", 7 * 60 + 30),
        ("ko", "(파주·서울=종달새) 개성 연락사무소가 문을 열었다.", 7 * 60 + 30),
        ("ko", "(제네바=종달새) 개성 연락사무소가 문을 열었다.", None),
        ("ja", "【ロンドン=ひばり】開城の連絡事務所が開所した。", None),
        ("zh", "云雀社东京3月5日电 开城联络事务所启用。", None),  # an hour ahead of Beijing
        ("zh", "云雀社北京3月5日电 开城联络事务所启用。", 6 * 60 + 30),
        ("en", "SEOUL (Lark) - The liaison office opened today.", 7 * 60 + 30),
        ("en", "SEOUL, March 4 (Lark) -- The liaison office opened.", 24 * 60),  # over there
        ("en", "Seoul (Lark) - The liaison office opened.", 7 * 60 + 30),
        ("en", "LONDON (Lark) - The liaison office opened today.", None),  # with its summer time
        ("en", "The liaison office opened today.", None),
        ("de", "Das Verbindungsbüro wurde heute eröffnet.", None),
    ],
)
def test_where_a_clock_is_known_a_report_has_its_hour(
    lang: str, body: str, minute: int | None
) -> None:
    assert reading(body, lang).minute == minute


def test_the_clock_of_a_source_tells_the_hour_unless_the_dateline_is_of_elsewhere() -> None:
    told = replace(article("Liaison office opens", lang="en", at=EVENING), ahead=timedelta(hours=1))
    assert read(told, office()).minute == 23 * 60 + 30
    abroad = replace(told, body="LONDON (Lark) - The liaison office opened.")
    assert read(abroad, office()).minute is None


def test_what_an_edit_leaves_speaks_of_the_hour_at_which_it_was_first_told() -> None:
    first = article("연락사무소 정오부터 폐쇄", lang="ko", at=EVENING)
    later = replace(first, seen=EVENING + timedelta(hours=6), revision=1, previous=first)
    assert read(later, office()).minute == read(first, office()).minute == 7 * 60 + 30
    next_day = replace(later, seen=EVENING + timedelta(days=1))
    assert read(next_day, office()).minute is None  # nothing of what it leaves is of this day


def test_a_dateline_of_the_day_that_has_not_begun_there_has_no_hour() -> None:
    body = "WASHINGTON, March 5 (Lark) -- The envoy spoke of the liaison office."
    assert reading(body, "en").today == date(2021, 3, 5)
    assert reading(body, "en").minute is None
