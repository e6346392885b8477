import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.numbers import quantities
from monitor.detect.text import fold
from monitor.detect.tongue import tongues

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


def test_other_ordinals_count_nothing() -> None:
    assert keys("the second meeting on the fourth floor", "en") == []
    assert keys("the 12th meeting", "en") == ["ordinal:12"]
