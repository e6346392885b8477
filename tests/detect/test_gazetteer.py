"""Places by their names in nine languages, and what is no place."""

from __future__ import annotations

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.gazetteer import gazetteer_of, key_of, label_of, level_of, region_of
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import PLAIN, language_of, tongues

TONGUES = tongues(read_lexicon())


def ids(text: str) -> list[str]:
    tongue = TONGUES.get(language_of(fold(text), None, TONGUES) or "", PLAIN)
    return [spot.id for spot in gazetteer_of(read_lexicon()).find(text, fold(text), tongue)]


@pytest.mark.parametrize(
    "text",
    [
        "Fire near Osaka kills three",
        "오사카 공장서 불",
        "大阪で工場火災、3人死亡",
        "大阪市一工厂起火",
        "Incendie mortel à Osaka",
        "Brand in Osaka",
        "Incendio en Osaka",
        "Пожар в Осаке",
        "حريق في أوساكا",
    ],
)
def test_a_city_has_one_id_in_nine_languages(text: str) -> None:
    assert ids(text) == ["JP.Osaka@Ōsaka"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Floods in Ho Chi Minh City, in Kuala-Lumpur",
            ["VN.Ho Chi Minh City", "MY.Kuala Lumpur*"],
        ),
        (
            "전남 고흥의 농장, 김제시 농가에서도",
            ["KR~South Jeolla", "KR.Goheung@South Jeolla", "KR.Gimje@North Jeolla"],
        ),
        ("得克萨斯州和加利福尼亚州", ["US~Texas", "US~California"]),
        ("プノンペンで火災", ["KH.Phnom Penh*"]),
        ("Взрыв в Харьковской области и в Одессе", ["UA.Odesa"]),
        ("Storm over Peru", ["PE"]),
    ],
)
def test_the_longest_name_counts_with_its_particles_and_cases(text: str, found: list[str]) -> None:
    spots = ids(text)
    assert [place for place in found if place in spots] == found


@pytest.mark.parametrize(
    "text",
    [
        "a nice tour of texas",  # not written large
        "Los Angeles Times wins a prize",  # a paper
        "주민을 위해 지난 6월에 두 마리",  # for, last, two head of
        "개성공단은",  # a longer word
        "联合声明",
        "Jackson and Lincoln spoke of Georgia",  # persons, and one of two
        "",
    ],
)
def test_words_papers_and_persons_are_no_places(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Paris rejects the plan", []),
        ("A bomb in Paris", ["FR.Paris*"]),
        ("파리에서 시위", ["FR.Paris*"]),
        ("파리, 제안 거부", []),
        ("パリで爆発", ["FR.Paris*"]),
        ("在巴黎发生爆炸", ["FR.Paris*"]),
    ],
)
def test_a_capital_is_a_place_only_where_something_is_in_it(text: str, found: list[str]) -> None:
    assert ids(text) == found


def test_a_place_says_its_level_and_what_people_call_it() -> None:
    assert [level_of(place) for place in ("JP.Osaka", "JP~Aichi", "JP")] == [".", "~", ""]
    assert [label_of(place) for place in ("FR.Paris*", "JP~Aichi", "JP")] == [
        "Paris",
        "Aichi",
        "JP",
    ]


def test_a_region_is_known_by_its_form_and_a_ministry_is_none() -> None:
    assert ids("越南庆和省卫生部门") == ["VN", "--~庆和省"]
    assert ids("日本外務省") == ["JP"]
    assert ids("途中庆和省") == []


def test_a_city_lies_in_its_region_where_that_is_known() -> None:
    cities = ("JP.Nagoya@Aichi", "JP.Tokyo@Tokyo*", "JP~Aichi", "PE.Arequipa", "JP")
    assert [region_of(city) for city in cities] == ["JP~Aichi", "JP~Tokyo", "JP~Aichi", "", ""]
    assert label_of("JP.Tokyo@Tokyo*") == "Tokyo"


def test_every_case_of_a_russian_name_has_one_key() -> None:
    cases = ("одесса", "одессе", "одессу", "одессы")
    assert {key_of(name, TONGUES) for name in cases} == {"одесс"}
    assert key_of("والقاهرة", TONGUES) == key_of("القاهرة", TONGUES)
    assert key_of("kuala-lumpur", TONGUES) == "kuala lumpur"
