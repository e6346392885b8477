"""Headlines that count for how long something has gone on, and so tell of no deed."""

from __future__ import annotations

import re

from monitor.detect.match import Hit
from monitor.detect.reading import Sentence

_CLAUSE_LENGTH = 80  # characters, at most, of a clause before and after its act
_BREAKS = re.compile(r"[…;:|,、，。]")
_NUMBER = r"(?:\d+|[一二三四五六七八九十两数半]+|한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|몇)"
_NTH = r"(?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|another)"
_SOME = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several)"
_LASTING = re.compile(
    rf"{_NUMBER}\s?(?:일|주|달|개월|년|주일)\s?째|(?:이틀|사흘|나흘|닷새|엿새|이레|열흘)째"
    rf"|{_NUMBER}(?:日|週間?|か月|カ月|ヶ月|年)(?:連続|間?続|以上続)"
    rf"|(?:连续|連續|已达|长达|長達|持续|持續){_NUMBER}(?:天|日|周|週|个?月|個月|年)"
    rf"|(?<!\w)(?:for|into|in|enters|entered) (?:its |their |a |the )?{_NTH}"
    rf" (?:straight |consecutive |successive |full )?(?:day|week|month|year)(?!\w)"
    rf"|(?<!\w){_SOME} (?:days|weeks|months|years) (?:on|running|straight|in a row)(?!\w)"
)
_ON = re.compile(rf", {_SOME} (?:days|weeks|months|years) on$")
_COUNTED_FROM = re.compile(
    rf"\S{{0,2}} ?지 (?:벌써 |꼭 |어느덧 |\d+일로 )?{_NUMBER}\s?(?:일|주|달|개월|년)"
    rf"|て(?:から)?(?:すでに|既に|丸|まる)?{_NUMBER}(?:日|週間|か月|カ月|ヶ月|年)"
)


def lasts(sentence: Sentence, act: Hit) -> bool:
    """The clause counts for how long: "for a third week", "4주째 불통", "끊긴 지 1년"."""
    if _COUNTED_FROM.match(sentence.text, act.end) or _ON.search(
        sentence.text, max(act.end, len(sentence.text) - 40)
    ):
        return True
    low, high = max(0, act.start - _CLAUSE_LENGTH), act.end + _CLAUSE_LENGTH
    for mark in _BREAKS.finditer(sentence.text, low, high):
        if mark.end() <= act.start:
            low = mark.end()
        elif mark.start() >= act.end:
            high = mark.start()
            break
    return _LASTING.search(sentence.text, low, high) is not None
