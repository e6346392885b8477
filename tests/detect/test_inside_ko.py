"""Korean words inside others, or of another meaning: no act, mood, cue or actor."""

from __future__ import annotations

import pytest

from monitor.detect.words.reading import read
from tests.detect.examples import article, office


def ids(title: str, kind: str) -> set[str]:
    hits = read(article(title, "", lang="ko"), office()).sentences[0].hits
    return {hit.id for hit in hits if hit.kind == kind}


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("안철수 대표, 개성 연락사무소 언급", "withdraw"),
        ("과거부터 이어진 연락사무소 구상", "reject"),
        ("남북 통일축구 대표팀, 연락사무소 견학", "reject"),
        ("국회의 연락사무소 관련 자료", "meet"),
        ("공항의 연락사무소 안내판", "condemn"),
        ("연락사무소 건물 개발의 역사", "propose"),
        ("연락사무소 문제의 뿌리", "propose"),
        ("회사임원 출신이 쓴 연락사무소 이야기", "resign"),
        ("연락사무소 인근 대피소 두 곳", "sue"),
        ("지역행사로 알리는 연락사무소 사진", "violate"),
        ("이상한 소문이 도는 연락사무소", "damage"),
        ("무서운 이야기로 남은 연락사무소", "regret"),
        ("동남아 기자들이 본 연락사무소", "stay"),
        ("답답한 마음으로 본 연락사무소", "answer"),
        ("연락사무소 소식에 적응했다는 주민", "answer"),
        ("연락사무소 특파원 수첩", "send"),
        ("연락사무소 앞 송전탑 사진", "supply"),
        ("방송사 기자가 본 연락사무소", "sue"),
        ("연락사무소로 쓰인 건물 스물, 23개소 가운데 하나", "open"),
    ],
)
def test_a_word_inside_another_or_of_another_meaning_is_no_act(title: str, act: str) -> None:
    assert act not in ids(title, "act")


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("통일부 차관, 연락사무소 사진 보며 회고", "lend"),
        ("연락사무소 10주년 공동행사", "escort"),
        ("감염증 예방 안내문 붙은 연락사무소", "escort"),
        ("연락사무소 직원의 포도주 선물", "flee"),
        ("연락사무소 디자인 전시", "confess"),
        ("전쟁의 상처와 연락사무소", "strike_work"),
        ("여당, 연락사무소 발언에 입단속", "transfer_player"),
        ("작가 수상소감에 등장한 연락사무소", "appeal"),
        ("미·중·일·러 4강에 설명한 연락사무소", "qualify"),
        ("동경신문이 다룬 연락사무소", "record"),
        ("최강세력이 맞붙는 연락사무소 앞 대회", "fall"),
        ("연락사무소 구내식당의 전복죽", "sink"),
    ],
)
def test_a_word_inside_another_is_no_event(title: str, event: str) -> None:
    assert event not in ids(title, "event")


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("여자 축구, 8강에 올라", "qualify"),
        ("연락사무소 차량 세 대 연쇄 추돌", "crash"),
        ("대법원 판결에 불복해 재심", "appeal"),
        ("전산 장애로 항공편 결항", "disrupt"),
        ("야당 대표, 출마 선언", "run_for"),
        ("중앙은행, 석 달 만에 빅스텝", "raise_rate"),
        ("은행 직원이 고객 돈 빼돌렸다", "defraud"),
        ("가수, 은퇴 뒤 처음 무대에 올라", "perform"),
    ],
)
def test_events_of_general_news_are_read_too(title: str, event: str) -> None:
    assert event in ids(title, "event")


@pytest.mark.parametrize(
    ("title", "kind", "wrong"),
    [
        ("연락사무소에서 검은 연기로 추정", "mood", "planned"),
        ("연락사무소를 계기로 달라진 개성", "mood", "planned"),
        ("연락사무소를 둘러싼 우려는 여전", "mood", "planned"),
        ("도라전망대에서 본 연락사무소", "mood", "planned"),
        ("연락사무소 경비원의 시급 1만 원", "mood", "wished"),
        ("2021년 전국 사진전에 걸린 연락사무소", "cue", "old"),
        ("연락사무소 운영 회사설명회", "cue", "analysis"),
        ("26일 정부가 연락사무소 언급", "actor", "japan"),
        ("한미군사연습과 연락사무소", "actor", "us"),
        ("북유럽 외교관들이 물은 연락사무소", "actor", "north"),
        ("태풍 북상에 문 닫은 연락사무소", "actor", "north"),
        ("연락사무소 다룬 북콘서트", "actor", "north"),
    ],
)
def test_a_word_inside_another_is_no_mood_cue_or_actor(title: str, kind: str, wrong: str) -> None:
    assert wrong not in ids(title, kind)


@pytest.mark.parametrize("title", ["북, 연락사무소 언급", "북부대 두 곳 이동", "북 상황 악화"])
def test_the_short_name_of_a_side_is_read_before_other_words(title: str) -> None:
    assert "north" in ids(title, "actor")
