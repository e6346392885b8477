"""Which watched things a text tells apart from their look-alikes."""

from __future__ import annotations

import pytest

from monitor.detect import judge
from monitor.detect.words.lookalikes import told_apart
from monitor.detect.words.reading import read
from monitor.models import Relevance
from tests.detect.examples import article, office


@pytest.mark.parametrize(
    "text", ["military hotline", "군 통신선", "軍の通信線", "военные линии", "lineas militares"]
)
def test_a_line_of_the_military_is_no_office_but_may_be_taken_for_a_line(text: str) -> None:
    apart = told_apart(text, office().subjects.values())
    assert "office" in apart
    assert "lines" not in apart


def test_an_office_elsewhere_may_be_taken_for_the_office() -> None:
    assert "office" not in told_apart("beijing's liaison office", office().subjects.values())


def test_what_shares_no_word_with_anything_is_told_apart_from_nothing() -> None:
    assert not told_apart("中联办", office().subjects.values())


def test_a_military_line_in_another_sentence_leaves_the_office_in_doubt() -> None:
    told = read(
        article(
            "Phones ring out",
            "A liaison office of North Korea was called by South Korea on Thursday. Nothing was "
            "heard on the military lines either.",
        ),
        office(),
    )
    assert not told.body[0].subjects


def test_a_military_line_beside_the_office_takes_nothing_from_it() -> None:
    told = read(
        article(
            "N. Korea lets the phone ring at noon",
            "Calls of the South over the liaison office line and four military lines were not "
            "answered by North Korea on Thursday, officials said.",
        ),
        office(),
    )
    assert "office" in told.body[0].subjects


SUITS = [
    (
        "Judge fixes a day for the Kaesong suit",
        "The bench will hear the state's suit against North Korea over the ruin in Kaesong on 3 "
        "May, a clerk said on Thursday.",
    ),
    (
        "대북 손배소 첫 기일 5월 3일로",
        "재판부는 4일 정부가 개성 건물 파괴로 낸 북한 상대 손배소의 첫 기일을 잡았다고 밝혔다.",
    ),
    ("Judge hears builder in lawsuit over the liaison office", "The bench heard him on Thursday."),
    (
        "300억 재판 다시 열린다",
        "정부가 북한을 상대로 낸 300억원 소송의 새 기일이 4일 잡혔다.",
    ),
    ("連絡事務所めぐる訴訟、来月判決へ", "裁判所は4日、来月に判決を言い渡すと発表した。"),
    ("联络办公室赔偿诉讼下月宣判", "法院4日说，下月宣判。"),
    ("Le tribunal fixe une date", "La plainte de Séoul contre Pyongyang sera jugée le 3 mai."),
    ("Richter setzt Termin", "Die Klage um das Verbindungsbüro wird am 3. Mai verhandelt."),
    ("El juez fija fecha", "La demanda por la oficina de enlace se verá el 3 de mayo."),
    ("Суд назначил дату", "Иск из-за бюро связи рассмотрят 3 мая."),
    ("المحكمة تحدد موعدا", "تنظر المحكمة في 3 مايو في دعوى تدمير مكتب الاتصال."),
]


@pytest.mark.parametrize(("title", "body"), SUITS)
def test_the_suit_over_the_ruin_is_watched_by_whatever_name(title: str, body: str) -> None:
    assert judge(article(title, body), office()).relevance is Relevance.RELEVANT


def test_a_suit_of_others_against_the_north_is_not() -> None:
    title = "어부 유족, 대북 소송 이겨"
    body = "법원은 4일 어부의 유족이 북한을 상대로 낸 손해배상 소송에서 유족의 손을 들어 줬다."
    assert judge(article(title, body), office()).relevance is not Relevance.RELEVANT
