from datetime import date

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.dates import dates, lasts_since
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import tongues

TONGUES = tongues(read_lexicon())
TODAY = date(2021, 3, 4)  # a Thursday


def days(text: str, lang: str, ahead: bool = False, today: date = TODAY) -> list[str]:
    return [w.day.isoformat() for w in dates(fold(text), TONGUES[lang], today, ahead)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "on March 17"),
        ("en", "on 17 March 2021"),
        ("en", "Mar. 17th"),
        ("ko", "3월 17일"),
        ("ko", "오는 17일"),
        ("ja", "3月17日"),
        ("ja", "17日に"),
        ("zh", "3月17日"),
        ("zh", "17日"),
        ("fr", "le 17 mars"),
        ("de", "am 17. März"),
        ("es", "el 17 de marzo"),
        ("ru", "17 марта"),
        ("ar", "17 مارس"),
        ("en", "2021-03-17"),
    ],
)
def test_a_date_is_read_in_every_language(lang: str, text: str) -> None:
    assert days(text, lang) == ["2021-03-17"]


def test_a_day_without_a_month_is_the_nearest_of_its_number() -> None:
    assert days("28일", "ko") == ["2021-02-28"]
    assert days("31일", "ko", today=date(2021, 2, 27)) == ["2021-01-31"]


def test_a_day_stands_behind_a_comma_and_before_a_verb_of_going() -> None:
    assert days("部门说，3日有人入境", "zh") == ["2021-03-03"]
    assert days("代表17人3日前往", "zh") == ["2021-03-03"]
    assert days("3日前", "zh") == []
    assert days("12,3日", "zh") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("ko", "30일마다"), ("ko", "5일 뒤"), ("ko", "20일 이내에"), ("ja", "30日ごとに")],
)
def test_how_many_days_is_no_day(lang: str, text: str) -> None:
    assert days(text, lang) == []


def test_who_comes_forward_on_a_day_has_its_day() -> None:
    assert days("5일 후보 등록", "ko") == days("5일 뒤늦게", "ko") == ["2021-03-05"]


def test_a_day_of_the_last_month_of_this_or_of_the_next() -> None:
    assert days("上月16日", "zh") == days("先月16日", "ja") == ["2021-02-16"]
    assert days("本月16日", "zh") == days("今月16日", "ja") == ["2021-03-16"]
    assert days("下月16日", "zh") == days("来月16日", "ja") == ["2021-04-16"]
    assert days("先月31日", "ja") == []


def test_a_month_without_a_year_is_in_the_nearest_year() -> None:
    assert days("December 30", "en") == ["2020-12-30"]
    assert days("12월 30일", "ko", today=date(2020, 12, 1)) == ["2020-12-30"]


def test_weekdays_lie_behind_unless_the_sentence_looks_ahead() -> None:
    assert days("on Monday", "en") == ["2021-03-01"]
    assert days("will open on Monday", "en", ahead=True) == ["2021-03-08"]
    assert days("last Monday", "en", ahead=True) == ["2021-03-01"]
    assert days("on Thursday", "en", ahead=True) == ["2021-03-04"]
    assert days("said it would open, on Wednesday", "en", ahead=True) == ["2021-03-03"]  # just past


def test_a_german_weekday_stands_in_one_word_with_its_part_of_the_day() -> None:
    assert days("am Dienstagmittag", "de") == ["2021-03-02"]


def test_relative_days_and_weeks_are_resolved() -> None:
    assert days("tomorrow", "en") == ["2021-03-05"]
    assert days("내일", "ko") == ["2021-03-05"]
    assert days("next week", "en") == ["2021-03-08"]


def test_years_and_absurd_dates_do_no_harm() -> None:
    assert days("since 2016", "en") == ["2016-01-01"]
    assert days("2021-13-45 and February 31", "en") == []
    assert days("they may march in step", "en") == []


def test_months_that_are_words_too_count_after_a_preposition() -> None:
    assert days("in may they may", "en") == ["2021-05-01"]
    assert days("from the start of march", "en") == ["2021-03-01"]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("de", "am Morgen", []),
        ("de", "Heute Morgen", ["2021-03-04"]),
        ("de", "Beide Seiten reden morgen", ["2021-03-05"]),
        ("es", "por la mañana", []),
        ("es", "esta mañana", []),
        ("es", "Hablarán mañana", ["2021-03-05"]),
    ],
)
def test_a_morning_is_no_tomorrow(lang: str, text: str, found: list[str]) -> None:
    assert days(text, lang) == found


def titled(text: str, lang: str, today: date) -> list[str]:
    found = dates(fold(text), TONGUES[lang], today, ahead=False, title=True)
    return [when.day.isoformat() for when in found]


def test_a_weekday_of_a_headline_that_lies_far_behind_is_the_next_one() -> None:
    tuesday = date(2021, 3, 2)
    assert titled("Ferry to sail Thursday", "en", tuesday) == ["2021-03-04"]
    assert titled("فتح الميناء الخميس", "ar", tuesday) == ["2021-03-04"]
    assert titled("Ferry sank on Saturday", "en", tuesday) == ["2021-02-27"]
    assert days("Ferry sank on Thursday", "en", today=tuesday) == ["2021-02-25"]


def test_the_weekday_on_which_something_was_said_lies_behind_whatever_is_planned() -> None:
    text = "the port said on monday it would open"
    found = dates(text, TONGUES["en"], TODAY, ahead=True, said=[text.index(" on")])
    assert [when.day for when in found] == [date(2021, 3, 1)]
    assert days(text, "en", ahead=True) == ["2021-03-08"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "since August"),
        ("fr", "depuis août"),
        ("de", "seit August"),
        ("ko", "8월 뒤로"),
        ("ko", "지난 8월"),
        ("ja", "8月以来"),
        ("zh", "自8月起"),
    ],
)
def test_since_a_month_is_since_the_last_one(lang: str, text: str) -> None:
    assert days(text, lang, today=date(2021, 3, 4)) == ["2020-08-01"]
    assert days(text, lang, ahead=True, today=date(2021, 3, 4)) == ["2020-08-01"]


@pytest.mark.parametrize(
    ("lang", "text", "month", "lasts"),
    [
        ("en", "shut since August", "August", True),
        ("en", "shut in August", "August", False),
        ("es", "desde agosto", "agosto", True),
        ("ru", "с августа", "августа", True),
        ("ko", "8월부터 중단", "8월", True),
        ("ja", "8月以来", "8月", True),
    ],
)
def test_since_and_from_say_for_how_long(lang: str, text: str, month: str, lasts: bool) -> None:
    start = text.index(month)
    assert lasts_since(text, (start, start + len(month)), TONGUES[lang]) is lasts


def test_a_month_far_off_is_past_where_nothing_is_to_come() -> None:
    assert days("7월 회의", "ko") == ["2020-07-01"]
    assert days("7월 회의", "ko", ahead=True) == ["2021-07-01"]
    assert days("7월까지", "ko") == ["2021-07-01"]
    assert days("5월 회의", "ko") == ["2021-05-01"]
    assert days("fees go up in July", "en") == ["2021-07-01"]


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "as it did last October", "2020-10-01"),
        ("en", "on June 16 that year", "2020-06-16"),
        ("fr", "en octobre dernier", "2020-10-01"),
        ("de", "im vergangenen Oktober", "2020-10-01"),
        ("es", "en octubre pasado", "2020-10-01"),
        ("ar", "في أكتوبر الماضي", "2020-10-01"),
        ("ko", "그해 6월 16일", "2020-06-16"),
        ("ja", "同年6月16日", "2020-06-16"),
        ("en", "as it will in June", "2021-06-01"),
    ],
)
def test_a_month_of_last_year_or_of_that_year_is_past(lang: str, text: str, day: str) -> None:
    assert days(text, lang) == [day]


def test_who_said_so_on_the_weekday_of_tomorrow_said_it_where_tomorrow_has_begun() -> None:
    """ "Said on Friday", read on a Thursday: six days ago would be "last Friday"."""
    tongue = TONGUES["en"]
    friday = "the ministry said on friday"
    thursday = date(2018, 9, 13)
    found = dates(friday, tongue, thursday, ahead=False, said=[friday.index("said") + 4])
    assert [when.day for when in found] == [thursday]
    last = "the ministry said last friday"
    found = dates(last, tongue, thursday, ahead=False, said=[last.index("said") + 4])
    assert [when.day for when in found] == [date(2018, 9, 7)]


def spans(text: str, lang: str) -> list[tuple[str, int]]:
    found = dates(fold(text), TONGUES[lang], TODAY, ahead=False)
    return [(when.day.isoformat(), when.width) for when in found]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The dam broke on 16/06/2020"),
        ("en", "The dam broke on 06/16/2020"),
        ("fr", "Le barrage a cédé le 16/06/2020"),
        ("de", "Der Damm brach am 16.06.2020"),
        ("es", "La presa cedió el 16-6-2020"),
        ("ru", "Плотина рухнула 16.06.2020"),
        ("ar", "انهار السد في 16/6/2020"),
        ("ko", "2020.6.16 둑 붕괴"),
        ("ko", "2020. 6. 16 둑 붕괴"),
        ("ja", "2020/06/16堤防決壊"),
        ("zh", "2020.06.16大坝垮塌"),
    ],
)
def test_a_date_in_figures_is_a_day(lang: str, text: str) -> None:
    assert spans(text, lang) == [("2020-06-16", 1)]


def test_where_day_and_month_may_change_places_only_the_year_is_known() -> None:
    assert spans("signed on 4/5/2020", "en") == [("2020-01-01", 365)]
    assert spans("signé le 4/5/2020", "fr") == [("2020-05-04", 1)]
    assert spans("signé le 45/5/2020", "fr") == [("2020-01-01", 365)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ja", "市が2019年に閉じた浴場"),
        ("ja", "浴場は2019年閉鎖"),
        ("zh", "该市2019年关闭的浴场"),
        ("ko", "시가2019년에 닫은 목욕탕"),
        ("ko", "2019회계연도 예산"),
        ("ja", "令和元年ではなく平成31年の予算"),
        ("ru", "в 2019-м году"),
        ("ar", "في الصيف و2019 كذلك"),
        ("en", "the FY2019 accounts"),
        ("en", "in 2019 Washington paid"),
        ("en", "Order No. 7/2019 on baths"),
    ],
)
def test_a_year_without_a_month_is_a_year(lang: str, text: str) -> None:
    assert spans(text, lang) == [("2019-01-01", 365)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the 2018-19 accounts"),
        ("en", "the FY2018/19 accounts"),
        ("fr", "le budget 2018-2019"),
        ("de", "der Haushalt 2018/19"),
        ("es", "el curso 2018-19"),
        ("ru", "в 2018—2019 гг."),
        ("ar", "ميزانية 2018/2019"),
        ("ko", "2018∼19년 예산"),
        ("ja", "2018年から2019年の予算"),
        ("zh", "2018至2019年预算"),
    ],
)
def test_years_from_one_to_another_are_one_span(lang: str, text: str) -> None:
    assert spans(text, lang) == [("2018-01-01", 730)]


def test_the_number_of_a_paper_is_no_year_and_neither_is_an_amount() -> None:
    assert spans("Brief 2019/27 on ferries", "en") == []
    assert spans("2019-12 and 2019-90", "en") == []
    assert spans("約2019年", "ja") == []
    assert spans("2018 tonnes", "en") == spans("2018 Menschen", "de") == []
    assert spans("2018 человек", "ru") == spans("2018 شخص", "ar") == []
