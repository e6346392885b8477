"""What holds from an hour on is a plan before it and done after it, where a clock is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.detect.sense.facts import facts_of
from monitor.detect.words.reading import read
from monitor.models import Verdict
from tests.detect.examples import Stream, all_news, article

SEOUL = timedelta(hours=9)
MIDNIGHT = datetime(2026, 3, 10, tzinfo=UTC) - SEOUL  # of a Tuesday, there
EARLY, LATE = timedelta(hours=6), timedelta(hours=12, minutes=30)


def told(
    title: str, lang: str, act: str, at: timedelta, lead: str = "", *, clock: bool = True
) -> set[str]:
    new = article(title, lead, lang=lang, at=MIDNIGHT + at)
    reading = read(replace(new, ahead=SEOUL if clock else None), all_news())
    return {
        fact.modality.value
        for sentence in reading.sentences
        for _, fact in facts_of(sentence, reading, all_news())
        if fact.number is None and fact.act == act
    }


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("ko", "수도 오늘 오전 10시부터 복구", "restore"),
        ("ko", "10시부터 수도 복구", "restore"),
        ("ko", "오늘 낮 12시부터 터널 폐쇄", "close"),
        ("ko", "정오부터 터널 폐쇄한다", "close"),
        ("ja", "橋、きょう正午から閉鎖", "close"),
        ("ja", "午前10時半から水道復旧", "restore"),
        ("zh", "大桥今日正午起关闭", "close"),
        ("zh", "供水上午10时30分起恢复", "resume"),
        ("zh", "今日上午10时开始关闭大桥", "close"),
        ("en", "Bridge closed from noon", "close"),
        ("de", "Brücke ab Mittag gesperrt", "close"),
    ],
)
def test_what_holds_from_an_hour_on_is_a_plan_before_it_and_done_after_it(
    lang: str, title: str, act: str
) -> None:
    assert told(title, lang, act, EARLY) == {"planned"}
    assert told(title, lang, act, LATE) == {"done"}


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("ko", "수도 오전 10시부터 복구하겠다", "restore"),
        ("ko", "수도 오전 10시부터 복구하기로", "restore"),
        ("ja", "正午から橋を閉鎖へ", "close"),
        ("zh", "大桥将于今日正午起关闭", "close"),
        ("en", "Bridge will be closed from noon", "close"),
        ("fr", "Le pont sera fermé à partir de midi", "close"),
        ("de", "Brücke soll ab Mittag gesperrt werden", "close"),
        ("es", "El puente será cerrado desde el mediodía", "close"),
        ("ru", "Мост будет закрыт с полудня", "close"),
        ("ar", "سيتم إغلاق الجسر اعتبارا من الساعة العاشرة صباحا", "close"),
    ],
)
@pytest.mark.parametrize("at", [EARLY, LATE])
def test_a_form_that_says_that_it_is_to_come_stays_a_plan(
    lang: str, title: str, act: str, at: timedelta
) -> None:
    assert told(title, lang, act, at) == {"planned"}


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("ko", "수도 오전 10시부터 복구됐다", "restore"),
        ("ja", "正午から橋を閉鎖した", "close"),
        ("en", "Bridge has been closed since 5 a.m.", "close"),
        ("fr", "Le pont a été fermé à partir de 5 heures", "close"),
        ("es", "Cerraron el puente a partir de las 5", "close"),
        ("ru", "Мост закрыли с 5 часов утра", "close"),
        ("ar", "أغلقت الشرطة الجسر من الساعة الخامسة صباحا", "close"),
    ],
)
@pytest.mark.parametrize("at", [EARLY, LATE])
def test_a_form_of_the_past_is_done_at_any_hour(
    lang: str, title: str, act: str, at: timedelta
) -> None:
    assert told(title, lang, act, at) == {"done"}


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("ko", "내일 오전 10시부터 수도 복구", "restore"),
        ("ko", "오전 10시 수도 복구 예정", "restore"),
        ("ko", "비가 오면 오전 10시부터 터널 폐쇄", "close"),
        ("ko", "자정부터 터널 폐쇄", "close"),  # of either end of the day
        ("ko", "현지시간 오전 2시부터 터널 폐쇄", "close"),
        ("ko", "오전 10시 전부터 터널 폐쇄", "close"),
        ("ja", "明日午前10時から水道復旧", "restore"),
        ("zh", "当地时间上午10时起大桥关闭", "close"),
        ("zh", "今晚8时起关闭大桥", "close"),
        ("en", "Bridge closed from noon (GMT)", "close"),
        ("de", "Brücke morgen ab Mittag gesperrt", "close"),
    ],
)
def test_an_hour_of_another_day_or_clock_has_not_passed(lang: str, title: str, act: str) -> None:
    assert "done" not in told(title, lang, act, LATE)


def test_an_hour_of_yesterday_has_passed_whatever_the_clock() -> None:
    assert told("어젯밤 9시부터 터널 폐쇄", "ko", "close", EARLY) == {"done"}
    assert told("昨夜9時から橋を閉鎖", "ja", "close", EARLY) == {"done"}


def test_the_day_of_an_hour_in_the_title_may_be_in_the_lead() -> None:
    lead = "시는 11일 오전 10시부터 수도를 다시 잇겠다고 밝혔다."
    assert told("수도 오전 10시부터 복구", "ko", "restore", LATE, lead) == {"planned"}


def test_an_opening_at_an_hour_of_today_is_done_when_that_has_come() -> None:
    ten_forty = timedelta(hours=10, minutes=40)
    for lang, title in (
        ("ko", "새 도서관 오늘 오전 10시 30분 개관"),
        ("ja", "新図書館、きょう午前10時半に開館"),
    ):
        assert told(title, lang, "open", EARLY) == {"planned"}
        assert told(title, lang, "open", ten_forty) == {"done"}
    assert told("새 도서관 오늘 개관", "ko", "open", LATE) == {"planned"}  # at no hour


def test_a_report_is_read_minutes_after_it_was_written() -> None:
    title = "정오부터 터널 폐쇄"
    assert told(title, "ko", "close", timedelta(hours=12, minutes=4)) == {"planned"}
    assert told(title, "ko", "close", timedelta(hours=12, minutes=5)) == {"done"}


def test_a_text_tells_the_deed_too_once_its_hour_has_passed() -> None:
    for lead in (
        "시는 10일 정오부터 터널을 폐쇄한다고 밝혔다.",
        "시는 오늘 정오부로 터널을 폐쇄.",
        "시는 오늘 정오부터 터널을 폐쇄한다.",
    ):
        assert told("", "ko", "close", LATE, lead) == {"done"}
        assert told("", "ko", "close", EARLY, lead) <= {"planned", "unknown"}
    assert told("", "zh", "close", LATE, "该市从中午12时起关闭大桥。") == {"done"}


def test_a_threat_and_a_denial_stay_what_they_are() -> None:
    assert told("“정오부터 터널 폐쇄한다” 위협", "ko", "close", LATE) == {"threatened"}
    assert told("정오부터 터널 폐쇄 부인", "ko", "close", LATE) == {"denied"}


def test_where_no_clock_is_known_the_hour_decides_nothing() -> None:
    assert told("Bridge closed from noon", "en", "close", LATE, clock=False) == {"planned"}
    assert told("Brücke ab Mittag gesperrt", "de", "close", LATE, clock=False) == {"planned"}


def test_a_line_that_works_since_an_hour_is_told_once() -> None:
    stream = Stream(stored=True)
    stream.card["lines"] = "cut"
    stream.now = datetime(2021, 3, 4, 2, 0, tzinfo=UTC)  # eleven in the morning in Seoul
    flash = stream.tell("[속보] 남북 통신선, 오늘 오전 10시부터 복원", lang="ko")
    assert flash.verdict is Verdict.ALERT
    assert [move.now for move in flash.moves] == ["restored"]
    again = stream.tell("남북 통신선 오전 10시 복원됐다", lang="ko")
    assert again.verdict is not Verdict.ALERT
    assert not again.moves


def test_an_edit_in_the_afternoon_makes_no_deed_of_the_plan_of_the_morning() -> None:
    stream = Stream(stored=True)
    stream.card["lines"] = "in use"
    stream.now = datetime(2021, 3, 4, 0, 0, tzinfo=UTC)
    title, body = "남북 통신선 정오부터 차단", "북한이 남북 통신선을 정오부터 차단한다고 밝혔다."
    stream.tell(title, body, lang="ko", name="plan")
    edited = stream.tell(title, f"{body} (끝)", after=timedelta(hours=5), lang="ko", name="plan")
    assert edited.verdict is Verdict.SILENT
    assert not edited.moves
