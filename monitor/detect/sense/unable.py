"""Could not: who was unable to do a thing did not do it, which is no plan and no denial."""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_REACH = 60
_ADVERB = r"(?:even|yet|fully|\w+ly)"
_UNABLE = {  # each ends where the word for the act begins
    "en": re.compile(
        rf"(?<!\w)(?:(?:could|can)(?: ?not|n't|'t)|(?:nobody|no one) (?:could|can)"
        rf"|(?<!be )(?:unable|not able|powerless)(?: to)?"
        rf"|(?:(?<!not )(?<!n't )(?<!never )fail(?:s|ed|ing|ure)?"
        rf"|struggl(?:es|ed) in vain|tr(?:ies|ied) in vain)"
        rf"(?: in (?:\w+ )?(?:bids?|attempts?|efforts?))?(?: to)?"
        rf"|(?:did|does|do)(?: not|n't) (?:manage|get) to|(?:not|n't) (?:allowed|permitted) to"
        rf"|(?:prevented|barred|kept|stopped|blocked) from)(?: {_ADVERB})? $"
    ),
    "de": re.compile(
        r"(?<!\w)(?:konn(?:te|ten|en)|kann|vermocht\w*|schaff\w+ es)(?: [^,;:]*)? (?:nicht|kein\w*)"
        r"(?: [^,;:]*)? $|(?<!\w)(?:ausserstande|nicht in der lage),? (?:[^,;:]* )?(?:zu )?$"
        r"|(?<!\w)(?:ge|miss)l(?:ingt|ang) es (?:\w+ ){0,2}?nicht,? (?:[^,;:]* )?(?:zu )?$"
        r"|(?<!\w)scheiter\w+ (?:mit|bei|an) (?:der |dem |ihrer |seiner )?$"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:ne |n')(?:(?:a|ont|avait|avaient|est|sont) )?(?:pas )?"
        r"(?:pu|peut|peuvent|pouvait|pouvaient"
        r"|(?:parvien\w+|parvenu\w*|reussi\w*|arriv\w+)(?: pas)? a)"
        r"(?: pas)? $|(?<!\w)(?:echec (?:de l[ae']|du)|impossible d[e']) ?$"
        r"|(?<!\w)(?:incapables? de|empeche\w* (?:de|d')|echoue\w* a) ?$"
    ),
    "es": re.compile(
        r"(?<!\w)no (?:ha |han |habia |habian )?"
        r"(?:pud\w+|podido|pued\w+|podia\w*|logr(?!e)\w+|consigu\w+) $"
        r"|(?<!\w)(?:fracas(?:a|o|an|aron) (?:de |en )?(?:la |el )?|imposible )$"
        r"|(?<!\w)(?:incapa(?:z|ces) de|sin poder|impedid\w+ (?:de )?) ?$"
    ),
    "ru": re.compile(
        r"(?<!\w)не (?:с?мог\w*|мож\w+|удалось|удается|сум\w+|в состоянии|в силах) (?:\w+ )?$"
    ),
    "ar": re.compile(
        r"(?<!\w)(?:لم|لا) [يت]?(?:تمكن\w*|ستطع|ستطيع\w*|تستطع|تستطيع)(?: \w+){0,3}?(?: من)? $"
        r"|(?<!\w)[يت]?فشل\w*(?: \w+){0,3}? في $"
        r"|(?<!\w)(?:عاجز\w*|عجز\w*|تعذر\w*)(?: عن| على| علي)? $"
    ),
}
_FAILED = {  # behind the word for the act
    "de": re.compile(
        r"(?:\s[\w'-]+){0,8}?\s(?:gescheitert|scheitert\w*|misslingt|misslang|misslungen"
        r"|(?:gelingt|gelang) nicht)(?!\w)"
    ),
    "fr": re.compile(r"(?:\s[\w'-]+){0,4}? (?:a |ont )?echou(?:e|ent)(?!\w)"),
    "ru": re.compile(r"(?:\s\w+){0,2}? не (?:удалось|удается|с?мог\w*)(?!\w)"),
    "ko": re.compile(
        r"[을를이가은는의에도]?\s?(?:시도|작업)?[은는이가에도]?\s?(?:끝내|또|다시|결국)?"
        r"\s?실패(?!하면|할|\s?(?:우려|가능성|시(?![가-힣])))"
        r"|[가-힣]{0,2}[할될] 수 ?없(?![이는을])"
    ),
    "ja": re.compile(
        r"(?:の試み)?[にはも]{0,2}(?:また|再び)?失敗(?!すれ|の)|(?:する|させる)?ことが?[はも]?でき(?:ず|な[いか])"
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
    failed, unable = _FAILED.get(lang or ""), _UNABLE.get(lang or "")
    if failed is not None and failed.match(sentence.text, act.end):
        return True
    before = sentence.text[max(0, act.start - _REACH) : act.start]
    return unable is not None and unable.search(before) is not None
