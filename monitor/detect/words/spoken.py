"""Hours that are told in words, or by the words around them: "à neuf heures", "nine o'clock",
"в девять часов", "الساعة التاسعة", "아홉 시", "上午九点". What stands there parts
them from lengths of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from monitor.detect.words.tongue import Tongue

_WORDS = {  # of each language, from one on
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "fr": "une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize dix-sept dix-huit dix-neuf vingt vingt-et-une vingt-deux vingt-trois",
    "de": "ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn"
    " sechzehn siebzehn achtzehn neunzehn zwanzig",
    "es": "una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
    " dieciseis diecisiete dieciocho diecinueve veinte",
    "ru": "час два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "ar": "الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة"
    " الحادية_عشرة الثانية_عشرة",
    "ko": "한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두",
    "ja": "一 二 三 四 五 六 七 八 九 十 十一 十二",
    "zh": "一 两 三 四 五 六 七 八 九 十 十一 十二",
}
_HOURS = {
    lang: {word.replace("_", " "): hour for hour, word in enumerate(words.split(), 1)}
    for lang, words in _WORDS.items()
}


def _of(lang: str, *, digits: bool = True) -> str:
    """An hour of a language as a group of an expression."""
    words = sorted(_HOURS[lang], key=len, reverse=True)
    return rf"(?P<h>{'|'.join([*words, *([r'[0-2]?[0-9]'] if digits else [])])})"


_MEETING_FR = (
    r"(?:appels?|communications?|liaisons?|reunions?|rencontres?|rendez-vous|coups? de fil)"
)
_PATTERNS = {
    "en": re.compile(rf"(?<!\w){_of('en', digits=False)}[ -]o'clock(?!\w)"),
    "fr": re.compile(
        rf"(?<!\w)(?:a|vers|des|avant|partir de|(?:de|entre) (?=[\w-]+ h\w* (?:et|a))"
        rf"|{_MEETING_FR} de)\s"
        rf"{_of('fr')}\s?(?:heures?|h)(?:\s?(?P<m>[0-5]\d))?(?!\w)(?! d(?:e (?!l'apres)|'))"
        r"|(?<![\w.,])(?P<h2>[01]?\d|2[0-3])\s?h\s?(?P<m2>[0-5]\d)(?!\w)"
        r"|(?<![\w.,])(?P<h3>[01]?\d|2[0-3])\s?(?:h|heures?)"
        r"(?= (?:du matin|de l'apres-midi|du soir|locales?|precises|gmt)(?!\w))"
    ),
    "de": re.compile(
        rf"(?<!\w){_of('de', digits=False)}[ -]uhr(?!\w)|(?<![\w.,:])(?P<h2>[012]?\d)-uhr(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:(?:a|hacia|sobre|desde|hasta|partir de) las"
        r"|(?:llamadas?|reunion|cita|contacto) de las)\s"
        rf"{_of('es')}(?![:.]\d)(?:\s?(?:horas|h)(?!\w))?(?P<by> y media(?!\w))?"
        r"(?!\s(?!horas)\w+s(?!\w))(?!\w)"
    ),
    "ru": re.compile(
        rf"(?<!\w)[вкс]\s{_of('ru')}\s(?:часов|часа|час)(?!\w)"
        r"|(?<![\w.,])(?P<h2>[012]?\d)\s(?:часов|часа|час)"
        r"(?= (?:утра|вечера|дня|ночи|по |местного)(?!\w))"
    ),
    "ar": re.compile(
        rf"(?<!\w)(?:ب|في )?(?:ال)?ساع[ةه]\s{_of('ar')}(?!\w|[:.]\d)"
        r"(?P<by> والنصف(?!\w))?"
    ),
    "ko": re.compile(
        rf"(?:(?<=오전 )|(?<=오후 )|(?<=새벽 )|(?<=저녁 )|(?<=아침 )|(?<=낮 )|(?<=밤 ))"
        rf"{_of('ko', digits=False)}\s?시(?!간)(?:\s?(?P<by>반))?"
        r"|(?<![가-힣])(?P<h2>다섯|여섯|일곱|여덟|아홉|열한|열두|열) ?시(?=[\s에께부까쯤반정,…]|$)"
        r"(?:\s?(?P<by2>반))?"
    ),
    "ja": re.compile(
        rf"(?:(?<=午前)|(?<=午後)){_of('ja', digits=False)}時(?!間)(?:\s?(?P<by>半))?"
    ),
    "zh": re.compile(
        rf"(?:(?<=上午)|(?<=下午)|(?<=早上)|(?<=晚上)|(?<=凌晨)|(?<=中午)){_of('zh', digits=False)}"
        r"[点點时時](?!间|間)(?:钟|鐘)?(?P<by>半)?"
    ),
}


class Spoken(NamedTuple):
    """An hour of a clock, with its place in the text."""

    start: int
    end: int
    hour: int
    minute: int


def spoken(text: str, tongue: Tongue) -> Iterator[Spoken]:
    """The hours of a folded text that no digits of a clock tell."""
    pattern, hours = _PATTERNS.get(tongue.lang), _HOURS.get(tongue.lang, {})
    for found in pattern.finditer(text) if pattern else ():
        given = {name: value for name, value in found.groupdict().items() if value}
        word = given.get("h") or given.get("h2") or given.get("h3") or ""
        hour = int(word) if word.isdigit() else hours.get(word, 99)
        minute = given.get("m") or given.get("m2") or (30 if given.keys() & {"by", "by2"} else 0)
        if hour <= 24:
            yield Spoken(*found.span(), hour, int(minute))
