import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.clocks import clocks, clocks_at
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import PLAIN, tongues

TONGUES = tongues(read_lexicon())
QUARTER_PAST_TWO_PM = 14 * 60 + 15


def times(text: str, lang: str) -> list[tuple[int, int]]:
    return clocks(fold(text), TONGUES[lang])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "at 2:15 p.m. on Monday"),
        ("en", "at 14:15 local time"),
        ("ko", "오후 2시 15분"),
        ("ja", "午後2時15分"),
        ("zh", "下午2时15分"),
        ("zh", "14时15分"),
        ("de", "um 14:15 Uhr"),
        ("de", "ab 14.15 Uhr"),
        ("en", "from 2.15pm"),
    ],
)
def test_the_same_minute_is_read_in_every_way_to_write_it(lang: str, text: str) -> None:
    assert times(text, lang) == [(QUARTER_PAST_TWO_PM, QUARTER_PAST_TWO_PM)]


@pytest.mark.parametrize(
    ("lang", "text", "hour"),
    [
        ("en", "at 9 a.m.", 9),
        ("en", "at 12 a.m.", 0),
        ("ko", "오전 9시", 9),
        ("ja", "18時に", 18),
        ("zh", "晚上8点", 20),
        ("ko", "밤 9시 반", 21.5),
    ],
)
def test_a_part_of_the_day_says_which_half_an_hour_is_in(lang: str, text: str, hour: float) -> None:
    assert times(text, lang) == [(int(hour * 60), int(hour * 60))]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "in the morning"),
        ("ko", "이날 아침"),
        ("ja", "25日朝、"),
        ("zh", "周一早上"),
        ("fr", "lundi matin"),
        ("es", "por la mañana"),
        ("ru", "в понедельник утром"),
        ("de", "am Vormittag"),
        ("ar", "صباح الاثنين"),
    ],
)
def test_a_part_of_the_day_is_a_long_span(lang: str, text: str) -> None:
    assert times(text, lang) == [(240, 720)]


def test_an_hour_that_may_be_either_is_left_out() -> None:
    assert times("at 9 o'clock", "en") == []
    assert times("9시에", "ko") == []
    assert times("12時", "ja") == []


def test_hours_that_last_and_numbers_are_no_times() -> None:
    assert times("9시간 동안, 3時間, 4小时", "ko") == []
    assert clocks("on the 9th, 12,000 people", PLAIN) == []


def test_a_part_of_the_day_behind_a_full_time_is_a_time_of_its_own() -> None:
    assert times("at 8 a.m. and once more at noon", "en") == [(480, 480), (690, 750)]


def likely(text: str, lang: str) -> list[int]:
    found = clocks_at(fold(text), TONGUES[lang], likely=True)
    return [first // 60 for _, _, (first, _) in found]


def test_of_an_hour_that_may_be_either_the_one_of_work_is_likely() -> None:
    assert likely("10시부터, 3시부터, 12시부터", "ko") == [10, 15, 12]
    assert likely("9 o'clock", "en") == [9]
    assert likely("3時から", "ja") == [3]  # counted to 24


def test_between_an_evening_and_its_hour_a_preposition_may_stand() -> None:
    assert times("heute Abend ab 8 Uhr", "de") == [(1200, 1200)]
    assert times("am Abend blieb es still, 8 Uhr", "de") == [(480, 480), (990, 1320)]
    assert times("今晚8时", "zh") == [(1200, 1200)]
