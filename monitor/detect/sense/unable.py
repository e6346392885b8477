"""Could not: who was unable to do a thing did not do it, which is no plan and no denial."""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_REACH = 60
_ADVERB = r"(?:even|yet|fully|\w+ly)"
_UNABLE = {  # each ends where the word for the act begins
    "en": re.compile(
        rf"(?<!\w)(?:(?:could|can)(?: ?not|n't|'t)|(?<!be )(?:unable|not able|powerless)(?: to)?"
        rf"|(?:fail(?:s|ed)|struggl(?:es|ed) in vain|tr(?:ies|ied) in vain)(?: to)?"
        rf"|(?:prevented|barred|kept|stopped|blocked) from)(?: {_ADVERB})? $"
    ),
    "de": re.compile(
        r"(?<!\w)(?:konn(?:te|ten|en)|kann|vermocht\w*|schaff\w+ es)(?: [^,;:]*)? (?:nicht|kein\w*)"
        r"(?: [^,;:]*)? $|(?<!\w)(?:ausserstande|nicht in der lage),? (?:[^,;:]* )?(?:zu )?$"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:ne |n')(?:(?:a|ont|avait|avaient|est|sont) )?(?:pas )?"
        r"(?:pu|peut|peuvent|pouvait|pouvaient"
        r"|(?:parvien\w+|parvenu\w*|reussi\w*|arriv\w+)(?: pas)? a)"
        r"(?: pas)? $|(?<!\w)(?:incapables? de|empeche\w* (?:de|d')|echoue\w* a) ?$"
    ),
    "es": re.compile(
        r"(?<!\w)no (?:ha |han |habia |habian )?"
        r"(?:pud\w+|podido|pued\w+|podia\w*|logr(?!e)\w+|consigu\w+) $"
        r"|(?<!\w)(?:incapa(?:z|ces) de|sin poder|impedid\w+ (?:de )?) ?$"
    ),
    "ru": re.compile(
        r"(?<!\w)не (?:с?мог\w*|мож\w+|удалось|удается|сум\w+|в состоянии|в силах) (?:\w+ )?$"
    ),
    "ar": re.compile(
        r"(?<!\w)(?:لم|لا) [يت]?(?:تمكن\w*|ستطع|ستطيع\w*|تستطع|تستطيع)(?: من)? $"
        r"|(?<!\w)(?:عاجز\w*|عجز\w*|تعذر\w*)(?: عن| على| علي)? $"
    ),
}
_COULD_NOT = {  # anywhere in a sentence, whatever was not done
    "en": re.compile(
        r"(?<!\w)(?:(?:could|can)(?: ?not|n't|'t)|unable|not able|failed to|fails to)(?!\w)"
    ),
    "de": re.compile(r"(?<!\w)(?:konn(?:te|ten|en)|kann)(?!\w)[^,;:]* (?:nicht|kein\w*)(?!\w)"),
    "fr": re.compile(
        r"(?<!\w)(?:ne|n'(?:a|ont)) (?:pas )?(?:pu|peut|peuvent)(?!\w)|(?<!\w)incapable"
    ),
    "es": re.compile(r"(?<!\w)no (?:pud|pued|ha podido|han podido|logr)|(?<!\w)incapa[zc]"),
    "ru": re.compile(r"(?<!\w)не (?:с?мог|мож|удал)"),
    "ar": re.compile(r"(?<!\w)(?:لم|لا) [يت]?(?:تمكن|ستطع|ستطيع|تستط)|(?<!\w)(?:عاجز|تعذر)"),
    "ko": re.compile(r"(?<![가-힣])못 ?[가-힣]|지 ?못|수 ?없"),
    "ja": re.compile(r"(?:でき|られ|れ)(?:ず|な[いか])"),
    "zh": re.compile(r"[无無]法|[未没沒]能|不能|[进進去过過]不[了去]"),
}


def could_not(text: str, lang: str | None) -> bool:
    """A folded sentence tells that somebody could not do something."""
    pattern = _COULD_NOT.get(lang or "")
    return pattern is not None and pattern.search(text) is not None


def is_unable(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """Somebody could not, cannot or failed to do it."""
    pattern = _UNABLE.get(lang or "")
    if pattern is None:
        return False
    before = sentence.text[max(0, act.start - _REACH) : act.start]
    return pattern.search(before) is not None
