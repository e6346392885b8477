"""Hours in words are hours of a clock, and lengths of time stay lengths."""

from __future__ import annotations

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.clocks import clocks
from monitor.detect.words.reading import read
from monitor.detect.words.spoken import spoken
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import PLAIN, tongues
from tests.detect.examples import all_news, article

TONGUES = tongues(read_lexicon())


@pytest.mark.parametrize(
    ("lang", "text", "hour"),
    [
        ("fr", "la criée ouvre à neuf heures", 9),
        ("fr", "à partir de 17 heures", 17),
        ("fr", "l'appel de 17 heures du phare", 17),
        ("fr", "dix-huit heures locales, à dix-huit heures", 18),
        ("fr", "la criée ouvre à 9h30", 9.5),
        ("fr", "à dix heures du matin", 10),
        ("fr", "à trois heures de l'après-midi", 15),
        ("es", "la llamada de las nueve del faro", 9),
        ("es", "a las 17 horas", 17),
        ("es", "a las nueve y media", 9.5),
        ("es", "a partir de las 17", 17),
        ("de", "der Neun-Uhr-Anruf des Leuchtturms", 9),
        ("de", "um siebzehn Uhr", 17),
        ("ru", "в девять часов", 9),
        ("ru", "9 часов утра", 9),
        ("ru", "с 9 часов", 9),
        ("ar", "الساعة التاسعة صباحا", 9),
        ("ar", "عند الساعة 14:15", 14.25),
        ("ko", "오후 다섯 시에", 17),
        ("ko", "오전 아홉시 반", 9.5),
        ("ja", "午前九時に", 9),
        ("zh", "下午五点", 17),
        ("en", "at nine o'clock in the morning", 9),
    ],
)
def test_an_hour_in_words_is_a_minute_of_the_day(lang: str, text: str, hour: float) -> None:
    found = clocks(fold(text), TONGUES[lang])
    assert found
    assert set(found) == {(int(hour * 60), int(hour * 60))}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "après neuf heures de discussions"),
        ("fr", "un silence de neuf heures"),
        ("fr", "à neuf heures de route"),
        ("es", "un silencio de nueve horas"),
        ("es", "a las nueve familias"),
        ("ru", "прождали девять часов"),
        ("ru", "закрыт на два часа"),
        ("de", "neun Stunden Stille"),
        ("en", "nine hours of silence"),
        ("ko", "다섯 시간 동안"),
        ("ko", "다섯 시의회가"),
        ("ja", "九時間の沈黙"),
        ("zh", "九个小时"),
        ("zh", "有两点不同"),
        ("ar", "تسع ساعات من الصمت"),
    ],
)
def test_a_length_of_time_is_no_hour(lang: str, text: str) -> None:
    assert not list(spoken(fold(text), TONGUES[lang]))


def test_a_language_without_such_words_has_none() -> None:
    assert not list(spoken("at nine o'clock", PLAIN))


@pytest.mark.parametrize(
    ("lang", "title", "hours"),
    [
        ("fr", "Le phare appelle à neuf heures", []),
        ("fr", "Le phare se tait pendant neuf heures", ["hour:9"]),
        ("de", "Der Neun-Uhr-Anruf des Leuchtturms blieb aus", []),
        ("es", "La llamada de las 9 horas del faro", []),
        ("ru", "Маяк звонил в 9 часов", []),
        ("ru", "Маяк молчал девять часов", ["hour:9"]),
        ("zh", "灯塔9时起关闭", []),
    ],
)
def test_an_hour_of_the_clock_counts_nothing(lang: str, title: str, hours: list[str]) -> None:
    reading = read(article(title, lang=lang), all_news())
    assert reading.title is not None
    assert [number.key for number in reading.title.numbers] == hours
