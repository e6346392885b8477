"""June 2020 and after, told in sentences of our own: the detector was not fitted on those years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.detect.words.reading import read
from monitor.models import Decision, Verdict
from tests.detect.examples import Stream, article, office

BLOWN_UP = [
    (
        "ko",
        "[속보] 북한, 개성 남북공동연락사무소 폭파",
        "통일부는 16일 북한이 개성 남북공동연락사무소 청사를 폭파했다고 밝혔다.",
    ),
    (
        "en",
        "North Korea blows up liaison office",
        "North Korea blew up the joint liaison office in its border city of "
        "Kaesong on Tuesday, the ministry said.",
    ),
    (
        "ja",
        "北朝鮮、開城の南北共同連絡事務所を爆破",
        "韓国統一省は16日、北朝鮮が開城の南北共同連絡事務所を爆破したと発表した。",
    ),
    (
        "zh",
        "朝鲜炸毁开城韩朝联络办公室",
        "韩国统一部16日说，朝鲜当天下午炸毁了位于开城的韩朝共同联络办公室大楼。",
    ),
    (
        "de",
        "Nordkorea sprengt Verbindungsbüro in Kaesong",
        "Nordkorea hat am Dienstag das gemeinsame Verbindungsbüro in Kaesong gesprengt.",
    ),
    (
        "ru",
        "КНДР взорвала межкорейское бюро связи в Кэсоне",
        "КНДР взорвала здание межкорейского бюро связи, сообщило министерство.",
    ),
    (
        "es",
        "Corea del Norte vuela la oficina de enlace intercoreana",
        "Corea del Norte voló este martes la oficina de enlace intercoreana de Kaesong.",
    ),
    (
        "fr",
        "La Corée du Nord fait sauter le bureau de liaison avec le Sud",
        "La Corée du Nord a détruit mardi le bureau de liaison intercoréen à Kaesong.",
    ),
    (
        "ar",
        "كوريا الشمالية تفجر مكتب الاتصال مع الجنوب",
        "فجرت كوريا الشمالية الثلاثاء مكتب الاتصال المشترك في كايسونغ.",
    ),
]


@pytest.fixture
def stream() -> Stream:
    new = Stream()
    new.now = datetime(2020, 6, 16, 6, tzinfo=UTC)
    return new


def moved(decision: Decision) -> dict[str, str]:
    return {move.attribute: move.now for move in decision.moves}


def test_the_demolition_in_nine_languages_is_one_push_and_one_story(stream: Stream) -> None:
    told = [stream.tell(title, body, lang=lang) for lang, title, body in BLOWN_UP]
    assert [d.verdict for d in told] == [Verdict.ALERT] + [Verdict.SILENT] * 8
    assert len(stream.stories) == 1
    assert moved(told[0]) == {"operation": "destroyed", "building": "destroyed"}


def test_threat_silence_cut_and_deed_are_four_pushes(stream: Stream) -> None:
    steps = [
        (
            "Kim Yo Jong threatens to close liaison office over leaflets",
            "Kim Yo Jong warned on Thursday the North could shut the joint liaison "
            "office in Kaesong.",
        ),
        (
            "North Korea leaves liaison office call unanswered",
            "North Korea did not answer the daily call through the joint liaison "
            "office on Monday, the unification ministry said.",
        ),
        (
            "North Korea to cut all communication lines with South",
            "North Korea will cut off all inter-Korean communication lines from "
            "noon, including the liaison office hotline.",
        ),
        ("North Korea blows up liaison office", BLOWN_UP[1][2]),
    ]
    pushed = [stream.tell(*step, lang="en", after=timedelta(days=3)) for step in steps]
    assert [d.verdict for d in pushed] == [Verdict.ALERT] * 4
    assert len(stream.stories) == 4


def test_the_lines_are_restored_and_fall_silent_again(stream: Stream) -> None:
    stream.card["lines"] = "cut"
    stream.state.card["lines"] = "cut"
    back = stream.tell(
        "Two Koreas restore hotlines a year after North cut them",
        "The two Koreas on Tuesday restored all inter-Korean communication lines.",
        lang="en",
    )
    silent = stream.tell(
        "북한, 남북 통신연락선 정기통화 무응답",
        "북한이 10일 오후 남북공동연락사무소 채널 마감 통화를 받지 않았다고 통일부가 밝혔다.",
        lang="ko",
        after=timedelta(days=14),
    )
    assert moved(back) == {"lines": "restored"}
    assert moved(silent) == {"lines": "unanswered"}
    assert {back.verdict, silent.verdict} == {Verdict.ALERT}


def test_the_damages_suit_is_one_push_in_two_languages(stream: Stream) -> None:
    flash = stream.tell(
        "정부, 연락사무소 폭파 손해배상 소송 제기…447억원 청구",
        "정부가 14일 북한을 상대로 남북공동연락사무소 폭파에 따른 "
        "447억원 손해배상 청구 소송을 제기했다.",
        lang="ko",
    )
    wire = stream.tell(
        "South Korea sues North over demolished liaison office",
        "South Korea filed a damages suit against North Korea on Wednesday "
        "seeking 44.7 billion won for the joint liaison office.",
        lang="en",
    )
    assert [flash.verdict, wire.verdict] == [Verdict.ALERT, Verdict.SILENT]
    assert moved(flash) == {}


def test_only_a_title_moves_what_is_done_once_for_all(stream: Stream) -> None:
    stream.tell(
        "Explosion heard near Kaesong, military checking",
        "An explosion was heard near the Kaesong liaison office. North Korea blew up the joint "
        "liaison office, a broadcaster said.",
        lang="en",
    )
    told = stream.tell(
        "North Korea blows up liaison office, Seoul says",
        "North Korea blew up the inter-Korean liaison office in Kaesong, the ministry said.",
        lang="en",
        outlet="Another Post",
    )
    assert moved(told)["operation"] == "destroyed"


def test_what_a_report_of_the_story_spoke_of_moves_no_card(stream: Stream) -> None:
    stream.tell(
        "UN Command clears cars bound for Kaesong",
        "The UN Command cleared cars for the joint liaison office in Kaesong. Its opening is near.",
        lang="en",
    )
    told = stream.tell(
        "Press release: opening of the joint liaison office in Kaesong",
        "The UN Command cleared cars for the joint liaison office in Kaesong ahead of the opening.",
        lang="en",
        outlet="Another Post",
    )
    assert not moved(told)


@pytest.mark.parametrize(
    ("title", "body", "lang"),
    [
        (
            "North Korea takes down tower in Kaesong",
            "The Kaesong support center, fifteen floors high, is losing its roof, pictures of the "
            "North's border city show.",
            "en",
        ),
        ("개성 종합지원센터 지붕 사라져", "북한이 개성공단 종합지원센터를 헐고 있다.", "ko"),
        (
            "開城の総合支援センター、屋根なくなる",
            "北朝鮮の開城にある建物の解体が進んでいる。",
            "ja",
        ),
    ],
)
def test_the_support_centre_beside_it_is_watched(
    stream: Stream, title: str, body: str, lang: str
) -> None:
    assert stream.tell(title, body, lang=lang).story is not None


def test_a_support_centre_of_another_town_is_not(stream: Stream) -> None:
    told = stream.tell(
        "Support centre for small firms opens in Leeds",
        "A support centre for start-ups opened on Tuesday.",
        lang="en",
    )
    assert told.story is None


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Kaesong tower loses its roof, pictures show"),
        ("en", "Seoul shuts its Office of Inter-Korean Dialogue"),
        ("en", "Customs: ninety tons of fuel went to Kaesong"),
        ("ko", "통일부, 남북회담본부 두 해 만에 되살린다"),
        ("ko", "관세청 자료에 개성 간 유류 90t"),
    ],
)
def test_what_belongs_to_the_office_is_watched_by_its_own_names(lang: str, title: str) -> None:
    reading = read(article(title, "The ministry said so on Monday.", lang=lang), office())
    assert reading.central
