import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.numbers import quantities
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import tongues

TONGUES = tongues(read_lexicon())


def keys(text: str, lang: str) -> list[str]:
    return [q.key for q in quantities(fold(text), TONGUES[lang], [])]


@pytest.mark.parametrize(
    ("lang", "text", "key"),
    [
        ("ko", "직원 스물다섯 명", "person:25"),
        ("ko", "약제 오십 톤", "ton:50"),
        ("ko", "너덧 명", "person:4~5"),
        ("ko", "나흘째", "day:4"),
        ("ko", "이만 명", "person:20000"),
        ("ja", "職員二十五人", "person:25"),
        ("ja", "五百トン", "ton:500"),
        ("ja", "四五人", "person:4~5"),
        ("zh", "二十五名人员", "person:25"),
        ("zh", "三万五千吨", "ton:35000"),
        ("zh", "连续第五周", "week:5"),
    ],
)
def test_a_number_in_words_is_read_with_what_it_counts(lang: str, text: str, key: str) -> None:
    assert keys(text, lang) == [key]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "统一部说，这十分重要"),
        ("zh", "一名官员"),
        ("ko", "이 회의에서 두 소장이"),
        ("ja", "統一省の一部"),
    ],
)
def test_parts_of_other_words_are_no_numbers(lang: str, text: str) -> None:
    assert keys(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ko", "2년 4개월 만에"),
        ("ja", "2年4カ月ぶり"),
        ("zh", "时隔2年4个月"),
        ("en", "after two years and four months"),
        ("fr", "deux ans et quatre mois"),
        ("en", "after 28 months"),
    ],
)
def test_years_and_months_are_months(lang: str, text: str) -> None:
    assert keys(text, lang) == ["month:28"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "for the fifth straight week"),
        ("en", "the 5th week in a row"),
        ("ko", "5주째"),
        ("ja", "5週連続"),
        ("zh", "连续第五周"),
        ("fr", "pour la cinquième semaine"),
        ("de", "in der fünften Woche"),
        ("es", "por quinta semana"),
        ("ru", "пятую неделю"),
    ],
)
def test_an_ordinal_counts_the_time_that_goes_on(lang: str, text: str) -> None:
    assert keys(text, lang) == ["week:5"]


def test_ordinals_count_in_words_as_in_figures() -> None:
    assert keys("the 12th meeting", "en") == ["ordinal:12"]
    assert keys("their thirteenth round", "en") == ["ordinal:13"]
    assert keys("la segunda reunión", "es") == ["ordinal:2"]


@pytest.mark.parametrize(
    "text", ["the fourth floor", "the second-largest port", "a third of it", "the world's third."]
)
def test_other_ordinals_count_nothing(text: str) -> None:
    assert keys(text, "en") == []


@pytest.mark.parametrize("text", ["they speak twice a day", "they make two calls daily"])
def test_calls_a_day_are_so_many_times(text: str) -> None:
    assert keys(text, "en") == ["times:2"]


def test_a_number_does_not_take_the_unit_of_the_next() -> None:
    assert keys("the two sides make four calls", "en") == [":2", "call:4"]
