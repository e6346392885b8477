"""Who really reported it: bylines, credits, quoted agencies, publishers and copied passages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.detect.told.credits import POOL
from monitor.detect.told.origins import publisher_key, source_of
from monitor.detect.words.reading import read
from tests.detect.examples import Stream, article, office

LEFT = "North Korea withdraws from the Kaesong liaison office"
TEXT = (
    "North Korea withdrew all its officials from the joint liaison office in Kaesong on Thursday, "
    "and gave no reason beyond an instruction from above, the ministry in Seoul told reporters."
)
OTHER = (
    "Nobody from the North came to work at the Kaesong liaison office this Thursday morning. "
    "Officials of the South found the desks empty and were told of an order in a few words."
)


def named(text: str, outlet: str = "Example Post", lang: str | None = None) -> str:
    one = article(LEFT, text, outlet=outlet, lang=lang)
    return source_of(one, read(one, office()), office()).name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SEOUL, June 16 (Yonhap) -- The office is gone.", "Yonhap"),
        ("SEOUL (Reuters) - The office is gone.", "Reuters"),
        ("SEOUL, South Korea (AP) — The office is gone.", "AP"),
        ("(ATTN: ADDS details)\n\nSEOUL, June 16 (Yonhap) -- The office is gone.", "Yonhap"),
        ("Seúl, 16 jun (EFE).- La oficina fue destruida.", "EFE"),
        ("SEOUL (AFP) - Le bureau a été détruit.", "AFP"),
        ("Seoul (dpa) - Das Büro wurde gesprengt.", "dpa"),
        ("(서울=연합뉴스) 김하나 기자 = 북한이 연락사무소를 폭파했다.", "Yonhap"),
        ("[서울=뉴시스] 북한이 연락사무소를 폭파했다.", "Newsis"),
        ("【ソウル共同】北朝鮮が連絡事務所を爆破した。", "Kyodo"),
        ("【北京時事】北朝鮮が連絡事務所を爆破した。", "Jiji Press"),
        ("【ソウル聯合ニュース】北朝鮮が連絡事務所を爆破した。", "Yonhap"),
        ("新华社平壤6月16日电 朝鲜炸毁了联络办公室。", "Xinhua"),
        ("首尔6月16日电(新华社)朝鲜炸毁了联络办公室。", "Xinhua"),
        ("(中央社首爾16日電)北韓炸毀聯絡辦公室。", "Central News Agency"),
        ("СЕУЛ, 16 июня. /ТАСС/. Бюро связи взорвано.", "TASS"),
        ("СЕУЛ, 16 июн - РИА Новости. Бюро связи взорвано.", "RIA Novosti"),
        ("سيول (رويترز) - فجرت كوريا الشمالية مكتب الاتصال.", "Reuters"),
        ("سيول - أ ف ب: فجرت كوريا الشمالية مكتب الاتصال.", "AFP"),
        ("The office is gone.\n\nSource: Yonhap News Agency", "Yonhap"),
        (
            "북한이 연락사무소를 폭파했다.\n\n<저작권자(c) 연합뉴스, 무단 전재-재배포 금지>",
            "Yonhap",
        ),
        ("북한이 연락사무소를 폭파했다.\n\nⓒ 뉴스1, 무단 전재 금지", "News1"),
        ("北朝鮮が爆破した。\n\n最終更新:6/16(火) 配信元:共同通信", "Kyodo"),
        ("朝鲜炸毁了联络办公室。\n\n(来源:韩联社,编译)", "Yonhap"),
        ("朝鲜炸毁了联络办公室。\n\n(编译自路透社)", "Reuters"),
        ("Le bureau a été détruit.\n\n(avec AFP)", "AFP"),
        ("Le bureau a été détruit.\n\n(AFP)", "AFP"),
        ("The office is gone.\n\nThis article was automatically collected from Yonhap", "Yonhap"),
        ("The office is gone.\n\nRead the full story at www.reuters.com", "Reuters"),
        (
            "The office is gone.\n\nThe post was originally published by Hill Gazette",
            "Hill Gazette",
        ),
        ("The office is gone, according to Yonhap news agency.", "Yonhap"),
        ("Reuters reported on Tuesday that the office is gone.", "Reuters"),
        ("연합뉴스에 따르면 북한이 연락사무소를 폭파했다.", "Yonhap"),
        ("(판문점=공동취재단) 남북이 회담을 열었다.", POOL),
        ("(판문점=연합뉴스) 공동취재단 = 남북이 회담을 열었다.", POOL),
        ("PANMUNJOM, June 1 (Joint Press Corps-Yonhap) -- The two sides met.", POOL),
    ],
)
def test_a_dateline_a_credit_or_a_quoted_agency_names_the_origin(text: str, name: str) -> None:
    assert named(text) == name


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("朝鲜的联络办公室没有了", "据路透社报道，朝鲜炸毁了联络办公室。", "Reuters"),
        ("北朝鮮の連絡事務所なくなる", "共同通信によると、北朝鮮が連絡事務所を爆破した。", "Kyodo"),
        ("Le bureau n'existe plus", "Selon l'AFP, le bureau de liaison a été détruit.", "AFP"),
        ("Das Büro gibt es nicht mehr", "Laut dpa wurde das Büro von dem Norden gesprengt.", "dpa"),
        ("La oficina ya no existe", "Según la EFE, la oficina de enlace fue destruida.", "EFE"),
        ("Бюро больше нет", "Бюро связи взорвано, сообщает ТАСС.", "TASS"),
        ("لم يعد المكتب قائما", "فجرت كوريا الشمالية مكتب الاتصال نقلا عن رويترز.", "Reuters"),
    ],
)
def test_an_agency_is_quoted_in_the_words_of_each_language(
    title: str, text: str, name: str
) -> None:
    one = article(title, text)
    assert source_of(one, read(one, office()), office()).name == name


@pytest.mark.parametrize(
    "text",
    [
        "North Korea said on Tuesday that it had blown up the liaison office.",
        "KCNA reported that the North had withdrawn from the liaison office.",
        "조선중앙통신이 연락사무소 폐쇄를 보도했다.",
        "据朝中社报道,朝鲜炸毁了联络办公室。",
        "【ソウル山田花子】北朝鮮が連絡事務所を爆破した。",
        "Kim Jong Un (left) - seen here in May - ordered the office closed.",
        "The office is gone.\n\n(끝)",
        "북한이 연락사무소를 폭파했다.\n\n(사진=뉴시스)",
        "The minister (63) – a lawyer – visited the liaison office.",
        "The reader may know Reuters as a company of long standing.",
        "",
    ],
)
def test_a_quoted_side_a_reporter_or_a_picture_is_no_origin(text: str) -> None:
    assert named(text) == "Example Post"


def test_a_mouthpiece_is_the_origin_of_its_own_report() -> None:
    assert named("PYONGYANG, June 16 (KCNA) -- The office was closed.", "Mirror Site") == "KCNA"


@pytest.mark.parametrize(
    "name", ["Yonhap", "연합뉴스", "Yonhap News Agency (English)", "Yonhap News", "yonhap-en"]
)
def test_editions_and_spellings_of_a_publisher_are_one(name: str) -> None:
    assert publisher_key(name, office()) == "yonhap"


def test_a_publisher_family_is_one_origin() -> None:
    stream = Stream()
    texts = (("Hill Radio", TEXT), ("Hill TV", OTHER))
    for outlet, text in texts:
        one = article(LEFT, text, outlet=outlet)
        decision = stream.take(replace(one, family="Hill Group", seen=stream.now))
    assert decision.story is not None
    assert decision.story.origins == ("Hill Group",)


def test_two_outlets_in_their_own_words_are_two_origins() -> None:
    stream = Stream()
    stream.tell(LEFT, TEXT, outlet="Hill Gazette")
    decision = stream.tell(LEFT, OTHER, outlet="Shore Mail")
    assert decision.story is not None
    assert decision.story.origins == ("Hill Gazette", "Shore Mail")


def test_forty_outlets_with_one_agency_are_one_origin() -> None:
    stream = Stream(stored=True)
    stream.tell(LEFT, f"SEOUL, March 4 (Reuters) - {TEXT}", outlet="Reuters")
    for n in range(40):
        own = f"{OTHER}\n\nSource: Reuters" if n % 2 else TEXT
        decision = stream.tell(f"{LEFT}, Seoul says", own, outlet=f"Page {n}")
    assert decision.story is not None
    assert decision.story.origins == ("Reuters",)
    assert len(decision.story.outlets) == 41
    (origin,) = decision.story.memory["origins"]
    assert (origin["name"], origin["outlet"], origin["articles"]) == ("Reuters", "Reuters", 41)


def test_a_copied_paragraph_under_another_title_is_no_second_origin() -> None:
    stream = Stream()
    stream.tell(LEFT, TEXT, outlet="Hill Gazette")
    mixed = f"{TEXT} The liaison office had been their only daily contact, shopkeepers here say."
    decision = stream.tell("Kaesong liaison office: the North has left", mixed, outlet="Copy Site")
    assert decision.story is not None
    assert decision.story.origins == ("Hill Gazette",)


def test_a_statement_quoted_by_both_makes_no_copy() -> None:
    said = (
        '"We regret the decision of the other side to withdraw its whole staff from the joint '
        'liaison office and expect it back at work there before long", the ministry said.'
    )
    stream = Stream()
    stream.tell(LEFT, f"{said} {TEXT}", outlet="Hill Gazette")
    decision = stream.tell(LEFT, f"{said} {OTHER}", outlet="Shore Mail")
    assert decision.story is not None
    assert len(decision.story.origins) == 2


def test_a_copy_that_came_before_its_agency_takes_the_agency_s_name() -> None:
    stream = Stream()
    stream.tell(LEFT, TEXT, outlet="Fast Portal")
    decision = stream.tell(LEFT, f"SEOUL, March 4 (AFP) - {TEXT}", outlet="Slow Paper")
    assert decision.story is not None
    assert decision.story.origins == ("AFP",)
    assert decision.story.memory["origins"][0]["outlet"] == "Fast Portal"


def test_two_origins_turn_out_to_be_one() -> None:
    stream = Stream()
    stream.tell(LEFT, TEXT, outlet="Fast Portal")
    stream.tell(LEFT, f"SEOUL, March 4 (AFP) - {OTHER}", outlet="AFP")
    decision = stream.tell(LEFT, f"SEOUL, March 4 (AFP) - {TEXT}", outlet="Slow Paper")
    assert decision.story is not None
    assert decision.story.origins == ("AFP",)
    assert decision.story.memory["origins"][0]["articles"] == 3


def test_an_edit_adds_no_origin() -> None:
    stream = Stream()
    stream.tell(LEFT, TEXT, outlet="Hill Gazette", name="page")
    decision = stream.tell(LEFT, OTHER, outlet="Hill Gazette", name="page")
    assert decision.story is not None
    assert decision.story.memory["origins"][0]["articles"] == 1
    edited = stream.tell(LEFT, f"{OTHER}\n\n(With Agency X)", outlet="Hill Gazette", name="page")
    assert edited.story is not None
    assert len(edited.story.origins) == 1


def test_the_memory_of_origins_is_bounded() -> None:
    stream = Stream()
    for n in range(50):
        decision = stream.tell(LEFT, "", outlet=f"Paper {n}", after=timedelta(minutes=1))
    assert decision.story is not None
    assert len(decision.story.memory["origins"]) == 40


def test_a_copied_text_without_a_name_belongs_to_the_first_origin() -> None:
    stream = Stream()
    stream.tell(LEFT, TEXT, outlet="Hill Gazette")
    decision = stream.tell(LEFT, TEXT, outlet="Copy Site", after=timedelta(hours=1))
    assert decision.story is not None
    assert decision.story.origins == ("Hill Gazette",)
