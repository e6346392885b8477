"""Headlines that count for how long something has gone on, and so tell of no deed."""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_CLAUSE_LENGTH = 80  # characters, at most, of a clause before and after its act
BREAKS = re.compile(r"[…;:|,、，。]")
_NUMBER = r"(?:\d+|[一二三四五六七八九十两数半]+|한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|몇)"
_NTH = r"(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|another)"
_SOME = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several)"
_A_FEW = r"(?:\d+|[a-z]{2,9})"
_RUSSIAN_NTH = r"[а-я]{3,9}(?:ыи|ии|ую|юю|ои|ые|ьи|ью)"
_ARABIC_NTH = r"ال(?:ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)ة?"
_ARABIC_TIMES = r"(?:يومين|ايام|يوما|اسبوعين|اسابيع|شهرين|اشهر|شهرا|عامين|سنوات)"
_LASTING = {
    "ko": re.compile(
        rf"{_NUMBER}\s?(?:일|주|달|개월|년|주일)\s?째|(?:이틀|사흘|나흘|닷새|엿새|이레|열흘)째"
    ),
    "ja": re.compile(rf"{_NUMBER}(?:日|週間?|か月|カ月|ヶ月|年)(?:連続|間?続|以上続)"),
    "zh": re.compile(
        rf"(?:连续|連續|已达|长达|長達|持续|持續){_NUMBER}(?:天|日|周|週|个?月|個月|年)"
    ),
    "en": re.compile(
        rf"(?<!\w)(?:(?:for|into|in|enters|entered) (?:its |their |a |the )?{_NTH}"
        rf" (?:straight |consecutive |successive |full )?(?:day|week|month|year)(?!\w)"
        rf"|{_SOME} (?:days|weeks|months|years) (?:on|running|straight|in a row)(?!\w)"
        rf"|{_NTH} (?:straight |consecutive |successive )?(?:day|week|month|year)"
        rf" (?:without|with no|of|running|in a row|straight)(?!\w))"
    ),
    "fr": re.compile(
        rf"(?<!\w)(?:(?:\d+|[a-z]{{2,7}}i?em)e (?:jour|semaine|mois|annee)(?! d[eu](?!\w))"
        rf"|(?<!fois )depuis {_A_FEW} (?:jours|semaines|mois|ans))(?!\w)"
    ),
    "de": re.compile(
        rf"(?<!\w)(?:(?:\d+\.|[a-z]{{3,9}}te[nr]?) (?:tag|woche|monat|jahr)"
        rf" (?:in folge|hintereinander|ohne)"
        rf"|(?<!mal )(?<!erstmals )seit {_A_FEW} (?:tagen|wochen|monaten|jahren))(?!\w)"
    ),
    "es": re.compile(
        rf"(?<!\w)(?:(?<!vez )(?:desde hace|llevan?) {_A_FEW} (?:dias|semanas|meses|anos)"
        rf"|(?:dia|semana|mes|ano) (?:consecutiv|seguid)[oa])(?!\w)"
    ),
    "ru": re.compile(
        rf"(?<!\w)(?:(?:\d+-?[июя]|{_RUSSIAN_NTH}) (?:день|неделю|месяц|год|сутки)"
        rf" (?:подряд|не|без)"
        rf"|уже (?:\d+|\w{{2,8}}) (?:день|дня|днеи|недел[юиь]|месяц(?:а|ев)?|года?|лет))(?!\w)"
    ),
    "ar": re.compile(
        rf"(?<!\w)(?:(?:لليوم|للاسبوع|للشهر|للعام) (?:{_ARABIC_NTH}|على التوالي)"
        rf"|(?<!مرة )(?<!الاولى )(?<!الاول )منذ (?:\d+ )?{_ARABIC_TIMES})(?!\w)"
    ),
}
_ON = re.compile(rf", {_SOME} (?:days|weeks|months|years) on$")
_COUNTED_FROM = re.compile(
    rf"\S{{0,2}} ?지 (?:벌써 |꼭 |어느덧 |\d+일로 )?{_NUMBER}\s?(?:일|주|달|개월|년)"
    rf"|て(?:から)?(?:すでに|既に|丸|まる)?{_NUMBER}(?:日|週間|か月|カ月|ヶ月|年)"
)


def lasts(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """The clause counts for how long: "for a third week", "4주째 불통", "끊긴 지 1년"."""
    if _COUNTED_FROM.match(sentence.text, act.end) or _ON.search(
        sentence.text, max(act.end, len(sentence.text) - 40)
    ):
        return True
    counts = _counts_in(sentence.text, lang or "")
    if not counts:
        return False
    low, high = max(0, act.start - _CLAUSE_LENGTH), act.end + _CLAUSE_LENGTH
    for mark in BREAKS.finditer(sentence.text, low, high):
        if mark.end() <= act.start:
            low = mark.end()
        elif mark.start() >= act.end:
            high = mark.start()
            break
    return any(low <= start and end <= high for start, end in counts)


def counts_days(sentence: Sentence, lang: str | None) -> bool:
    """The sentence counts for how long something has gone on, whatever that is."""
    return bool(_counts_in(sentence.text, lang or ""))


@lru_cache(maxsize=64)  # each act of a sentence asks
def _counts_in(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Where a text counts for how long something has gone on."""
    counting = _LASTING.get(lang)
    return tuple(match.span() for match in counting.finditer(text)) if counting else ()
