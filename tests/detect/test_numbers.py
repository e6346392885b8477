import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.numbers import overlaps, plain, quantities
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import PLAIN, tongues

TONGUES = tongues(read_lexicon())


def keys(text: str, lang: str) -> list[str]:
    return [q.key for q in quantities(fold(text), TONGUES[lang], [])]


@pytest.mark.parametrize(
    ("lang", "text", "key"),
    [
        ("en", "it sent 14 officials", "person:14"),
        ("en", "40 South Korean officials", "person:40"),
        ("en", "four or five staff", "person:4~5"),
        ("en", "twenty-five workers", "person:25"),
        ("en", "the 12th meeting", "ordinal:12"),
        ("en", "1,500 tons", "ton:1500"),
        ("ko", "인원 14명", "person:14"),
        ("ko", "4∼5명", "person:4~5"),
        ("ko", "제12차 회의", "ordinal:12"),
        ("ja", "職員3人", "person:3"),
        ("zh", "25名人员", "person:25"),
        ("fr", "vingt-cinq fonctionnaires", "person:25"),
        ("de", "vier oder fünf Mitarbeiter", "person:4~5"),
        ("es", "catorce funcionarios", "person:14"),
        ("fr", "treize membres", "person:13"),
        ("de", "siebzehn Beamte", "person:17"),
        ("es", "dieciséis miembros", "person:16"),
        ("ru", "двенадцать сотрудников", "person:12"),
        ("ru", "пять сотрудников", "person:5"),
        ("ar", "خمسة موظفين", "person:5"),
    ],
)
def test_a_quantity_is_read_in_every_language(lang: str, text: str, key: str) -> None:
    assert keys(text, lang) == [key]


def test_scales_make_one_value_of_many_ways_to_write_it() -> None:
    written = [
        keys("97억8천만원", "ko"),
        keys("9.78 billion won", "en"),
        keys("97億8000万ウォン", "ja"),
        keys("97.8亿韩元", "zh"),
        keys("9,78 milliards de wons", "fr"),
        keys("9,78 Milliarden Won", "de"),
    ]
    assert all(overlaps(one[0], other[0]) for one in written for other in written)
    assert not overlaps(keys("9.78 billion won", "en")[0], keys("9.98 billion won", "en")[0])


def test_scales_may_stand_apart_where_words_are_not_spaced() -> None:
    (apart,) = keys("8천 6백만원", "ko")
    assert overlaps(apart, keys("8600만원", "ko")[0])


def test_a_language_does_not_borrow_words_of_another() -> None:
    assert keys("約120点", "ja")  # the hour of Chinese
    assert keys("从8点", "zh") == []
    assert keys("5 oder 7 workers", "en")[-1] == "person:7"
    assert keys("5 oder 7 Mitarbeiter", "de") == ["person:5~7"]
    assert keys("cerró dos veces", "es") == ["times:2"]
    assert keys("twice", "en") == ["times:2"]
    assert keys("twice", "de") == []


def test_about_ten_is_no_other_number_than_ten_but_five_is() -> None:
    (about,) = keys("about 10 officials", "en")
    assert overlaps(about, "person:10")
    assert not overlaps(about, "person:5")
    assert not overlaps(about, "ton:10")


def test_currency_signs_and_percent_are_units() -> None:
    assert keys("$3.1 million", "en")[0].startswith("usd:")
    assert keys("W3.5b", "en")[0].startswith("won:")
    assert keys("93.8%", "en") == ["percent:93.8"]


def test_clock_times_and_parts_of_words_are_no_quantities() -> None:
    assert keys("at 10:30 and 9 p.m. by the F16 model3", "en") == []
    assert keys("오전 10시 30분", "ko") == []


def test_a_colon_before_a_space_makes_no_minutes() -> None:
    assert keys("Mayor: 60 days are enough", "en") == ["day:60"]
    assert keys("at 14:30 days later", "en") == []


def test_a_figure_does_not_count_the_time_at_which() -> None:
    assert keys("from 30 to 20 next year", "en") == [":30", ":20"]
    assert keys("20 weeks in all", "en") == ["week:20"]


def test_separators_are_read_the_way_of_the_language() -> None:
    assert plain("1.500", decimal_comma=True) == 1500
    assert plain("1.500", decimal_comma=False) == 1.5
    assert plain("1,5", decimal_comma=True) == 1.5
    assert plain("1.234.567", decimal_comma=False) == 1234567
    assert plain("1,234.5", decimal_comma=False) == 1234.5


def test_without_a_lexicon_digits_are_still_read() -> None:
    assert [q.low for q in quantities("7 und 8", PLAIN, [])] == [7.0, 8.0]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("about 20 people left", 18.0, 22.0),
        ("more than 20 people left", 20.0, 30.0),
        ("at least 20 people left", 20.0, 30.0),
        ("fewer than 20 people left", 10.0, 20.0),
        ("nearly 20 people left", 10.0, 20.0),
    ],
)
def test_a_rough_figure_reaches_where_its_word_points(text: str, low: float, high: float) -> None:
    (found,) = quantities(text, TONGUES["en"], [])
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def test_hundreds_of_millions_and_something_count_no_cars() -> None:
    assert keys("공사비는 70억서 4억대로 줄었다", "ko") == [":6.95e+09~7.05e+09", ":4e+08~5e+08"]
    assert keys("트럭 4대", "ko") == ["item:4"]


@pytest.mark.parametrize(
    ("lang", "text", "key"), [("ko", "30분의 1", ":30"), ("ko", "30분 뒤", "minute:30")]
)
def test_a_fraction_counts_no_minutes(lang: str, text: str, key: str) -> None:
    assert keys(text, lang)[0] == key


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "covid-19 patients at the border"),
        ("en", "an F-35 squadron"),
        ("ko", "코로나19 환자"),
        ("ko", "노동당 제1부부장의 담화"),
        ("ko", "통일부 제1차관"),
        ("ja", "コロナ19"),
    ],
)
def test_a_figure_in_a_name_or_a_rank_counts_nothing(lang: str, text: str) -> None:
    assert keys(text, lang) == []


def test_ranges_and_ordinals_are_no_names() -> None:
    assert keys("16-to-20 workers", "en")[-1] == "person:20"
    assert keys("제2차 회담", "ko") == ["ordinal:2"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Brief 2019/27: years of drought"),
        ("en", "Order No. 7/2019 of the members"),
        ("en", "the No. 2 official of the port"),
        ("en", "a 24/7 service for members"),
        ("en", "by 2/3 of members"),
        ("en", "in the 1990s people left"),
        ("en", "in the '90s people left"),
        ("de", "in den 90er Jahren"),
        ("de", "Nr. 12 Personen"),
        ("fr", "Avis n° 12 : membres"),
        ("ru", "Указ № 12 сотрудников"),
        ("ru", "в 90-х годах"),
        ("ar", "القرار رقم 12 شخص"),
        ("ko", "90년대 다리"),
        ("ja", "90年代の橋、21年度予算"),
        ("ja", "九十年代の橋"),
        ("zh", "二〇一九年关闭"),
        ("zh", "一九九八年关闭"),
        ("zh", "20世纪的桥"),
    ],
)
def test_the_number_of_a_paper_a_fraction_a_decade_and_a_year_count_nothing(
    lang: str, text: str
) -> None:
    assert not [key for key in keys(text, lang) if not key.startswith("ordinal:")]


def test_years_that_go_on_and_papers_that_are_counted_are_still_counted() -> None:
    assert keys("20년 동안", "ko") == ["year:20"]
    assert keys("二十年间", "zh") == ["year:20"]
    assert keys("2-х человек", "ru") == ["person:2"]
    assert keys("no 12 people", "en") == ["person:12"]
