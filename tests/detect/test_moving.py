"""What moves the state card: an answer after silence, and no deed that is still to come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.detect.compare.claims import parsed
from monitor.detect.compare.heads import claims_of
from monitor.detect.news.moving import moves_told
from monitor.detect.sense.background import is_background
from monitor.detect.words.reading import read
from monitor.models import Verdict
from tests.detect.examples import Stream, article, office

SILENT = article(
    "Pyongyang leaves the South's call unanswered",
    "Nobody answered the call on the liaison line at nine, and none had answered on Sunday.",
)


def moved(
    title: str,
    body: str = "",
    *,
    lines: str = "working",
    story: bool = True,
    lang: str | None = None,
) -> str | None:
    """What the card says of the lines afterwards, None where they were not moved."""
    reports = [parsed(claims_of(read(SILENT, office()), office()))] if story else []
    found = moves_told(
        read(article(title, body, lang=lang), office()), office(), {"lines": lines}, reports
    )
    return next((move.now for move in found if move.attribute == "lines"), None)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "North takes the call on the liaison line after a silent morning",
            "The North answered the call on the liaison line, officials of the South said.",
        ),
        ("북, 남북 연락사무소 통화는 받아", "북한이 저녁 통화에 응답했다고 통일부가 밝혔다."),
        (
            "بيونغ يانغ ترد على مكالمة الجنوب",
            "ردت كوريا الشمالية على المكالمة اليومية عبر خط مكتب الاتصال المشترك.",
        ),
    ],
)
def test_an_answer_ends_a_silence_though_its_story_spoke_of_answers(title: str, body: str) -> None:
    assert moved(title, body, lines="unanswered") == "restored"


def test_the_hour_in_the_first_sentence_does_not_hide_what_was_answered() -> None:
    body = "North Korea answered the five o'clock call on the liaison line on Tuesday, Seoul said."
    assert moved("North picks up at last", body, lines="unanswered") == "restored"


def test_who_picks_up_and_hears_nothing_was_not_answered() -> None:
    body = "The inter-Korean hotline stayed silent, he said."
    assert moved("Envoy picks up the hotline", body, lines="cut") is None


@pytest.mark.parametrize(
    ("lang", "title", "now"),
    [
        ("en", "Hotlines with the North go quiet", "unanswered"),
        ("de", "Nordkorea lässt Telefon im Verbindungsbüro mit dem Süden klingeln", "unanswered"),
        ("ko", "남북 연락사무소 통화가 이뤄지지 않아", "unanswered"),
    ],
)
def test_calls_that_only_ring_are_not_answered(lang: str, title: str, now: str) -> None:
    assert moved(title, lang=lang, story=False) == now


@pytest.mark.parametrize(
    "title",
    [
        "North Korea ignores calls on inter-Korean hotline, severs contact again",
        "북, 남북 통신선 통화 불응…연락선 또 단절",
    ],
)
def test_another_word_for_the_state_that_the_title_tells_moves_nothing(title: str) -> None:
    assert moved(title, lines="unanswered") is None
    assert moved("North cuts hotlines with the South", lines="unanswered") == "cut"


@pytest.mark.parametrize(
    "title",
    [
        "North Korea ignores morning call on hotline with the South, answers evening call",
        "북, 남북 통신선 아침 전화 불응…저녁 전화엔 응답",
    ],
)
def test_a_way_back_from_the_state_that_the_title_tells_is_one(title: str) -> None:
    assert moved(title, lines="unanswered") == "restored"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("North Korea cuts hotlines with the South", "It will cut the hotlines on Friday."),
        ("北朝鮮、南北通信線を遮断", "北朝鮮は金曜に南北通信線を遮断すると予告した。"),
    ],
)
def test_what_the_first_sentence_has_to_come_is_not_done(title: str, body: str) -> None:
    assert moved(title, body, story=False) is None


def test_what_the_first_sentence_tells_as_done_too_is_done() -> None:
    title, body = "North Korea cuts hotlines with the South", "It cut the hotlines on Friday."
    assert moved(title, body, story=False) == "cut"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Koreas shut liaison office in Kaesong for the summer floods",
            "Both sides agreed that the liaison office in Kaesong will be shut for now.",
        ),
        ("남북, 홍수로 개성 연락사무소 폐쇄", "남북은 개성 연락사무소를 폐쇄하기로 합의했다."),
    ],
)
def test_what_the_first_sentence_has_agreed_holds_from_then_on(title: str, body: str) -> None:
    found = moves_told(read(article(title, body), office()), office(), {"operation": "open"}, ())
    assert ("operation", "closed") in {(move.attribute, move.now) for move in found}


def test_a_new_clause_after_the_dots_does_not_say_how_long_ago_the_act_was() -> None:
    """ "재개…40일 만": it is resumed, after forty days; "재개 40일 만에": forty days after that."""
    for title, before in (
        ("남북연락사무소 통화 재개…40일 만에 연결", False),
        ("남북연락사무소 통화 재개 40일 만에 폐쇄", True),
    ):
        reading = read(article(title), office())
        assert reading.title is not None
        act = next(hit for hit in reading.title.hits if hit.id == "resume")
        assert is_background(reading.title, act, reading) is before


def test_a_countdown_to_the_day_is_not_the_deed_and_does_not_hold_back_its_flash() -> None:
    stream = Stream()
    soon = "남북공동연락사무소가 6일 개성에서 문을 열 예정이라고 통일부가 4일 밝혔다."
    stream.tell("남북연락사무소 개소 D-2…막바지 준비", soon, lang="ko")
    opened = "개성 남북공동연락사무소가 6일 오전 문을 열었다."
    flash = stream.tell("[속보] 남북연락사무소 개소", opened, lang="ko", after=timedelta(days=2))
    assert flash.verdict is Verdict.ALERT
    assert flash.moves


def test_what_a_side_has_given_notice_of_and_done_moves_the_card() -> None:
    body = "북측이 5일 개성 남북공동연락사무소에서 철수하겠다고 통보하고 짐을 모두 실어 갔다."
    reading = read(article("북측, 남북연락사무소 철수 통보", body, lang="ko"), office())
    found = moves_told(reading, office(), {"north_staff": "present"}, ())
    assert ("north_staff", "withdrawn") in {(move.attribute, move.now) for move in found}


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("차관, 남북 연락사무소 수화기 들었지만 응답 없어", "ko"),
        ("Minister picks up the liaison office phone but gets no answer", "en"),
    ],
)
def test_a_receiver_lifted_in_vain_restores_no_line(title: str, lang: str) -> None:
    card = {"lines": "unanswered"}
    assert moves_told(read(article(title, lang=lang), office()), office(), card, ()) == ()


def test_what_stood_before_a_deed_does_not_tell_the_deed() -> None:
    """ "철수 전 수준": as many as before they left."""
    card = {"north_staff": "back", "operation": "open"}
    title = "연락사무소 북측 인원 철수 전 수준 회복"
    assert moves_told(read(article(title), office()), office(), card, ()) == ()
    left = read(article("연락사무소 북측 인원 전원 철수"), office())
    assert [move.now for move in moves_told(left, office(), card, ())] == ["withdrawn"]


@pytest.mark.parametrize(
    "title",
    [
        "South's staff travel to liaison office vacated by North",
        "Army clears road for liaison office opening",
        "Officials look over building in which liaison office is to open",
    ],
)
def test_what_only_tells_which_place_is_meant_moves_nothing(title: str) -> None:
    card = {"operation": "not yet open", "south_staff": "present", "north_staff": "present"}
    assert moves_told(read(article(title), office()), office(), card, ()) == ()


@pytest.mark.parametrize(
    ("title", "body", "lang"),
    [
        (
            "통일부, 수해 위로 통지문 보내…북 무응답",
            "통일부는 연락사무소 통화에서 위로의 뜻을 전했으나 북측이 답하지 않았다고 밝혔다.",
            "ko",
        ),
        (
            "Seoul sends message on fire over liaison office line, gets no reply",
            "The South sent a message over the liaison line and got no reply, officials said.",
            "en",
        ),
        ("북, 유해 송환 끝내 무응답…통신선은 언제", "북한은 말이 없었다고 통일부가 밝혔다.", "ko"),
        (
            "정부, 연락채널로 산불 피해 문의…북 무응답",
            "통일부는 연락사무소 통화에서 피해를 물었으나 답을 듣지 못했다고 밝혔다.",
            "ko",
        ),
        (
            "Seoul inquires over liaison line about tremor, North silent",
            "The South inquired about the tremor in the morning call over the liaison line.",
            "en",
        ),
    ],
)
def test_a_demand_without_a_reply_is_no_call_that_nobody_took(
    title: str, body: str, lang: str
) -> None:
    assert moved(title, body, story=False, lang=lang) is None


def test_a_call_that_nobody_took_moves_the_card_in_a_story_of_a_message_not_taken() -> None:
    body = "정부가 연락사무소 채널로 통지문을 보내려 했으나 북측이 받지 않았다고 통일부가 밝혔다."
    notice = article("정부 통지문, 북 접수 거부", body, lang="ko")
    reports = [parsed(claims_of(read(notice, office()), office()))]
    title = "North unresponsive to morning call on liaison line"
    call = read(
        article(title, "North Korea did not answer the call on the liaison line."), office()
    )
    card = {"lines": "working"}
    assert [move.now for move in moves_told(call, office(), card, reports)] == ["unanswered"]
    assert moves_told(call, office(), card, reports, {"lines": "cut"}) == ()


def test_what_the_first_sentence_only_asks_for_was_not_brought_back() -> None:
    title = "Phone lines with North restored, South hopes"
    body = "The phone lines with the North should be restored, the South's ministry said on Friday."
    assert moved(title, body, lines="cut", story=False) is None


def test_a_dead_receiver_lifted_as_a_try_restores_no_line() -> None:
    card = {"lines": "unanswered"}
    title = "새 차관, 끊긴 직통전화 들어봐"
    assert moves_told(read(article(title, lang="ko"), office()), office(), card, ()) == ()


def test_a_silence_on_the_day_after_it_was_broken_is_a_new_one() -> None:
    stream = Stream(stored=True)
    stream.tell(
        "North does not answer morning call over liaison line",
        "North Korea did not answer the call over the liaison line on Thursday morning.",
    )
    stream.tell(
        "North answers evening call over liaison line",
        "North Korea answered the evening call over the liaison line on Thursday.",
        after=timedelta(hours=2),
    )
    assert stream.card["lines"] == "restored"
    late = stream.tell(
        "Liaison line: North leaves morning call unanswered",
        "North Korea did not answer the call over the liaison line on Thursday morning.",
    )
    assert not late.moves
    again = stream.tell(
        "North does not answer calls over liaison line",
        "North Korea did not answer calls over the liaison line on Friday.",
        after=timedelta(hours=20),
    )
    assert [move.now for move in again.moves] == ["unanswered"]


NOTICE = article(
    "[Breaking] North: all lines with the South cut from noon today",
    "North Korea said all lines with the South are to be cut from noon on Thursday.",
)


def test_what_was_announced_for_the_day_moves_the_card_when_it_is_told_as_done() -> None:
    told = [parsed(claims_of(read(NOTICE, office()), office()))]
    done = read(
        article(
            "North Korea cuts all communication lines with South",
            "At noon nobody in the North took the telephone any more.",
        ),
        office(),
    )
    moves = moves_told(done, office(), {"lines": "restored"}, told)
    assert [move.now for move in moves] == ["cut"]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Liaison call answered after 55 days",
            "The Koreas spoke on the liaison line, eight weeks after the North stopped answering.",
        ),
        (
            "Koreas reopen inter-Korean hotlines cut last year",
            "The South's ministry said so on Thursday.",
        ),
    ],
)
def test_how_it_was_before_takes_nothing_back(title: str, body: str) -> None:
    assert moved(title, body, lines="unanswered", story=False) == "restored"


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Corea del Norte vuelve a dejar el teléfono descolgado en las líneas intercoreanas", "es"),
        ("Seoul to seek restoring of inter-Korean hotlines", "en"),
    ],
)
def test_a_receiver_off_the_hook_or_a_wish_restores_no_line(title: str, lang: str) -> None:
    assert moved(title, lines="unanswered", story=False, lang=lang) is None


@pytest.mark.parametrize(
    "title",
    [
        "남북교류본부 3년 만에 부활…연락채널도 담당",
        "남북대화사무국 되살려…“통신선 복원·관리” 맡긴다",
    ],
)
def test_an_office_that_is_brought_back_to_care_for_the_lines_restores_none(title: str) -> None:
    assert moved(title, lines="cut", story=False, lang="ko") is None
    restored = "남북 통신선 3년 만에 복원…교류본부가 관리"
    assert moved(restored, lines="cut", story=False, lang="ko") == "restored"


def test_an_evening_answer_counts_while_the_first_sentence_still_tells_of_the_morning() -> None:
    title = "북, 저녁 연락사무소 통화에 응답"
    morning = "북측을 4일 오전 8시 연락사무소 전화로 불렀으나 응답이 없었다고 통일부가 밝혔다."
    assert moved(title, morning, lines="unanswered") == "restored"
    evening = "북측을 4일 저녁 7시 연락사무소 전화로 불렀으나 응답이 없었다고 통일부가 밝혔다."
    assert moved(title, evening, lines="unanswered") is None


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("장관, 판문점 방문…“남북 연락채널 하루속히 복원”", "ko"),
        ("統一相、南北の連絡チャンネル「一日も早く復旧」", "ja"),
        ("韩国部长：韩朝联络渠道应尽早恢复", "zh"),
        ("Minister: innerkoreanische Leitungen schnellstmöglich wiederhergestellt", "de"),
    ],
)
def test_what_somebody_wants_soon_was_not_brought_back(title: str, lang: str) -> None:
    assert moved(title, lang=lang, lines="unanswered", story=False) is None


def test_who_picks_up_a_phone_to_call_gets_no_answer_by_that() -> None:
    title = "Envoy picks up the phone to the North on the inter-Korean hotline"
    assert moved(title, lines="unanswered", story=False) is None
