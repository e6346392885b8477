"""Reports in nearly the same words, and the one token that is another."""

from __future__ import annotations

import pytest

from monitor.detect.compare.aligned import exchanges, is_other
from tests.detect.examples import office
from tests.detect.test_guards import change

TONGUES = office().tongues
EN = TONGUES["en"]
SHIPS = "the line maersk said its ships avoid the canal"


def test_what_stands_in_place_of_what_is_found_between_words_that_stay() -> None:
    assert exchanges(SHIPS, SHIPS.replace("maersk", "evergreen"), EN) == [("maersk", "evergreen")]
    assert exchanges(SHIPS, f"{SHIPS} today", EN) == [("", "today")]
    assert exchanges(SHIPS, SHIPS, EN) == []


def test_other_sentences_and_very_short_ones_are_not_laid_side_by_side() -> None:
    assert exchanges(SHIPS, "the ministry told of an accident in the port at noon", EN) is None
    assert exchanges("ships avoid canal", "ships leave canal", EN) is None
    assert exchanges(SHIPS, "said the canal avoid its ships line maersk the", EN) is None


def test_korean_words_lose_their_particle_and_japanese_names_stay_whole() -> None:
    told = "해운사 머스크는 6일 수에즈 운하를 지나지 않는다고 밝혔다"
    assert exchanges(told, told.replace("머스크는", "양밍이"), TONGUES["ko"]) == [
        ("머스크", "양밍")
    ]
    told = "岡山県は20日に養鶏場の感染を確認した"
    assert exchanges(told, told.replace("岡山県", "和歌山県"), TONGUES["ja"]) == [
        ("岡山県", "和歌山県")
    ]


@pytest.mark.parametrize(
    ("old", "new", "other"),
    [
        ("maersk", "evergreen", True),
        ("12", "13", True),
        ("maersk", "13", False),  # one says how many, the other who
        ("center", "centre", False),  # spelling
        ("@meet", "@vote", False),  # acts have their own guards
        ("", "evergreen", False),
        ("a b c d e", "evergreen", False),
    ],
)
def test_an_exchange_is_another_fact_where_both_sentences_of_each_report_have_it(
    old: str, new: str, other: bool
) -> None:
    told, mine = [f"{old} sails", f"today {old} sails"], [f"{new} sails", f"today {new} sails"]
    assert is_other(old, new, told, mine) is other


def test_a_synonym_is_swapped_in_one_sentence_only() -> None:
    assert not is_other("firm", "group", ["firm a", "b"], ["group a", "b"])
    assert not is_other("firm", "group", ["firm a", "firm b"], ["group a", "group of the firm"])


def test_a_place_of_the_same_kind_needs_to_be_told_once_only() -> None:
    first = ("联络办公室附近发现病例", "四川省卫生部门4日说，联络办公室附近发现一例新病例。")
    assert change(first, (first[0], first[1].replace("四川省", "云南省"))) == "where"
    assert change(first, (first[0], first[1].replace("一例", "新的"))) == ""


def test_what_a_place_is_called_with_its_kind_is_a_word_of_the_language() -> None:
    first = ("連絡事務所に見学者", "長野県の生徒ら20人が4日、連絡事務所の近くを見学した。")
    assert change(first, (first[0], first[1].replace("長野県", "鹿児島県"))) == "where"
    assert change(first, (first[0], first[1].replace("生徒ら", "教諭ら"))) == ""


def test_a_name_a_denial_and_a_plan_are_told_in_the_same_words() -> None:
    first = ("Ferry Aurora reaches the liaison office", "The ferry Aurora came to Kaesong by day.")
    other = tuple(text.replace("Aurora", "Borealis") for text in first)
    assert change(first, (other[0], other[1])) == "name"
    quiet = ("Liaison office in Kaesong", "The bell of the liaison office sounds on the hour.")
    never = (quiet[0], "The bell of the liaison office never sounds on the hour.")
    assert change(quiet, never) == "negation"
    assert change(quiet, quiet) == ""
