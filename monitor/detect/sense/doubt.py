"""Whether a sentence says of an act that it is in doubt, hard to do or came to nothing: "opening
looks doubtful", "개소 불투명", "开设恐难". Such an act was not done, whatever its own form says.
"""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_REACH = 60  # characters behind an act in which its clause may say so
_CLAUSE_END = re.compile(r"[,;:…!?、。，；|\"]|\s-\s|\.(?:\s|$)")
_CLAUSE_END_JA = re.compile(r"[…!?、。|\"\s]")  # a space parts the clauses of a headline
_TOO = {  # "연락사무소 폐쇄도", "閉鎖も": what may follow as well
    "ko": re.compile(r"도(?=[\"…]|$)"),
    "ja": re.compile(r"も(?=[\"…\s]|$)"),
}
_SEEMS = r"(?:is|are|was|were|looks?|looked|seems?|seemed|appears?|appeared|remains?|remained)"
_BEHIND = {
    "en": re.compile(
        rf"(?<!\w){_SEEMS} (?:increasingly |highly |still |very |all but )?(?:doubtful|uncertain"
        r"|unlikely|impossible|remote|difficult|hard|far off|a long way off|off the table)(?!\w)"
        r"|(?<!\w)(?:in|into|thrown into) (?:doubt|question|limbo|jeopardy)(?!\w)"
        r"|(?<!\w)(?:doubtful|uncertain|unlikely|in the balance|up in the air)$"
        r"|(?<!\w)(?:falls|fell|fallen) through(?!\w)|(?<!\w)comes? to nothing(?!\w)"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:compromis|incertain|douteu|improbable|peu probable|hypothetique)\w*"
        r"|(?<!\w)(?:en suspens|remise? en (?:cause|question)|semble loin)"
        r"|(?<!\w)tombe a l'eau"
    ),
    "de": re.compile(
        r"(?<!\w)(?:fraglich|ungewiss|unsicher|unwahrscheinlich|zweifelhaft|geplatzt|gescheitert)(?!\w)"
        r"|(?<!\w)(?:in frage|in den sternen|auf der kippe|vom tisch|in weiter ferne)(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:en duda|en el aire|en entredicho|peligra|descartad\w*|inciert\w)(?!\w)"
        r"|(?<!\w)(?:improbable|dudos\w)(?!\w)"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:под (?:вопросом|угрозой)|сомнительн|маловероятн|сорван|сорвал|не состоит)\w*"
    ),
    "ar": re.compile("موضع شك|مستبعد|غير موكد|غير مرجح|مهدد"),
    "ko": re.compile(
        r"불투명|불확실|미지수|요원|난망|안갯속|무산|불발|물거품|물 건너|차질|먹구름"
        r"|어려[워울운]|어렵|힘들|쉽지 ?않|불가능|난항|좌초"
    ),
    "ja": re.compile(
        "困難|難し|厳しい|厳しく|不透明|流動的|微妙|絶望|白紙|頓挫|暗礁|見えず|未定|不可能"
    ),
    "zh": re.compile(
        "无望|無望|成疑|存疑|渺茫|告吹|搁浅|擱淺|泡汤|泡湯|未卜|不明朗|受阻|落空|遥遥无期|遙遙無期"
    ),
}
_BEFORE_ZH = re.compile("(?:难以|難以|难于|難於|恐难|恐難|很难|很難|不太可能)[^，。；]{0,6}$")


def in_doubt(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """The clause of the act says behind it, in Chinese before it too, that it is hardly to come."""
    behind, text = _BEHIND.get(lang or ""), sentence.text
    if behind is None:
        return False
    end = min(len(text), act.end + _REACH)
    stop = (_CLAUSE_END_JA if lang == "ja" else _CLAUSE_END).search(text, act.end, end)
    if behind.search(text, act.end, stop.start() if stop else end):
        return True
    if stop and stop[0] == "," and behind.match(text, stop.end() + 1):  # "la apertura, en duda"
        return True
    if lang in _TOO:
        return _TOO[lang].match(text, act.end) is not None
    return lang == "zh" and _BEFORE_ZH.search(text, 0, act.start) is not None
