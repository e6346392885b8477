"""Whether a deed is told only as likely, or as hearsay: "appears to have cut", "offenbar gekappt",
"철거한 것으로 보인다", "とみられる", "疑似". Somebody says that it was done, but not for certain.
"""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_REACH = 60  # characters before an act in which its hedge may stand
_AHEAD = r"(?<!\bwill )(?<!\bwould )(?<!\bto )(?<!\bmay )(?<!\bcould )(?<!\bplans )"
_PERFECT = {  # a perfect that is hedged: done, as it seems, whatever the words before it say alone
    "en": re.compile(
        r"(?<!\w)(?:(?:appear|seem)(?:s|ed)?|(?:believed|thought|reported|said"
        r"|feared|understood|presumed|suspected|rumou?red|alleged|likely)) to have(?: been)? $"
        r"|(?<!\w)(?:may|might|could) (?:well |already )?have(?: been)? $"
        r"|(?<!\w)(?:likely|probable|possible|believed|thought|feared|suspected|appears?|seems?)"
        r" that [^,;:]*?(?:has|have|had)(?: been| already| \w+ly)* $"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:semble(?:nt|rait)?|parai(?:t|ssent)) (?:bien )?(?:avoir|etre|s'etre)"
        r"(?: ete)?(?: \w+ment)? $|(?<!\w)aurai(?:t|ent)(?: ete)?(?: deja| \w+ment)? $"
        r"|(?<!\w)(?:probable|vraisemblable|possible) qu(?:e |')[^,;:]*?"
        r"ai(?:t|ent)(?: ete)?(?: deja| \w+ment)? $"
    ),
    "es": re.compile(
        r"(?<!\w)parecen? (?:haber|que (?:ha|han))(?: sido)? $|(?<!\w)habrian?(?: sido)?(?: ya)? $"
        r"|(?<!\w)(?:probable|posible) que [^,;:]*?hayan?(?: sido)?(?: ya)? $"
    ),
}
_PERFECT_DE = (  # "soll das Büro abgerissen haben", "scheint geschlossen worden zu sein"
    re.compile(r"(?<!\w)(?:soll(?:en)?|schein(?:t|en)|durfte[n]?|mus|mussen) (?:[^,;:]* )?$"),
    re.compile(r"(?: worden)?(?: zu)? (?:haben|sein)(?!\w)"),
)
_BEFORE = {
    "en": re.compile(
        rf"{_AHEAD}(?<!\w)(?:apparently|reportedly|allegedly|presumably|seemingly|supposedly"
        r"|purportedly)(?: (?:has|have|had|was|were|is|are|been|already))* $"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:probablement|apparemment|vraisemblablement|sans doute|semble-t-il)"
        r"(?: ete)? $"
    ),
    "de": re.compile(
        r"(?<!\w)(?:offenbar|anscheinend|vermutlich|mutmaslich|wahrscheinlich|angeblich|scheinbar"
        r"|womoglich|moglicherweise|wohl|dem anschein nach)(?: [\w'-]+){0,4} $"
    ),
    "es": re.compile(
        r"(?<!\w)(?:presuntamente|supuestamente|probablemente|aparentemente|posiblemente"
        r"|al parecer),?(?: (?:ha|han|fue|fueron|sido|ya))* $"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:по-видимому|по всеи видимости|видимо|вероятно|предположительно|похоже|якобы"
        r"|возможно|судя по всему),?(?: [\w-]+){0,3} $"
    ),
    "ar": re.compile(
        r"(?<!\w)(?:يبدو|يرجح|يعتقد|يزعم|يظن|انباء عن|تقارير عن|علي ما يبدو|على ما يبدو)"
        r"(?: ان(?:ه|ها)?)?(?: \w+){0,4} (?:ال)?$"
    ),
    "zh": re.compile(
        r"(?:疑似|疑|[或似恐料](?=已)|据信|據信|据报|據報|据称|據稱|据传|據傳|似乎|可能(?=已)|估计(?=已)|涉嫌)"
        r"[已经經将將被把]{0,3}[^,。;、]{0,2}$"
    ),
}
_PAST_EN = (  # an adverb that hedges a deed only where its form is one of the past
    re.compile(
        rf"{_AHEAD}(?<!\w)(?:probably|likely|feared|believed|presumed|suspected)"
        r"(?: (?:has|have|had|been|already))* $"
    ),
    re.compile(r"\w+(?:ed|wn|en|ut|lt|nt|ft|ught)(?!\w)"),
)
_BEHIND = {
    "en": re.compile(
        r"[^,;:…\"]{0,40}, (?:apparently|reportedly|allegedly|(?:so )?it (?:seems|appears))"
        r"(?!\w)"
    ),
    "fr": re.compile(
        r"[^,;:…\"]{0,30},? (?:probablement|apparemment|vraisemblablement|semble-t-il"
        r"|selon toute vraisemblance)(?!\w)"
    ),
    "de": re.compile(
        r"(?:\s[\w'-]+){0,1}? (?:offenbar|anscheinend|vermutlich|mutmaslich|wahrscheinlich"
        r"|angeblich|womoglich|moglicherweise|wohl)(?!\w)"
    ),
    "es": re.compile(
        r"[^,;:…\"]{0,30},? (?:presuntamente|al parecer|supuestamente|aparentemente)(?!\w)"
    ),
    "ru": re.compile(
        r"[^,;:…\"]{0,30},? (?:похоже|видимо|по-видимому|вероятно|предположительно)(?!\w)"
    ),
    "ar": re.compile(r"(?: \w+){0,4} (?:علي|على) ما يبدو(?!\w)"),
}
_EAST = {  # from the word for the act to what is made of it
    "ko": re.compile(
        r"[가-힣]{0,3}?(?:\s?[됐했])?(?<!는)\s?(?:것|걸)으?로 ?"
        r"(?:보[이인여]|추정|추측|알려|전해|관측|여겨)"
        r"|[가-힣]{0,3}?(?:한|된|난|진|은|운|린|인) ?듯(?=[\s\"'…,.]|$|하|한|이다)"
        r"|[가-힣]{0,3}?(?:했|됐|되었|하였|았|었|졌)을 (?:가능성|것으로)"
        r"|[가-힣]{0,3}?\s?(?:추정|(?:한|된|했다는|됐다는)?\s?(?:의혹|정황|소문))"
    ),
    "ja": re.compile(
        r"(?:[ぁ-ん]{0,4}?[ただ])?"
        r"(?:と(?:み|見)られ|と(?:推定|推測|伝えられ|され)|との?(?:見方|情報|うわさ)|模様|もよう"
        r"|(?<=[ただ])(?:ようだ|らしい|可能性|恐れ)|の?疑い|か(?=[\s…。、\"]|$))"
    ),
}
_DONE_EAST = re.compile(  # the same, where the form of the past stands before the hedge
    r"[가-힣]{0,3}?(?:한|된|난|진|은|운|린|긴|힌|인|친|낸|킨) (?:것|걸)으?로"
    r"|[가-힣]{0,3}?[했됐었았졌]을 "
    r"|(?:[ぁ-ん]{0,4}?[ただ]|(?<=[ただ]))(?=[と模もよら可か])"
)


def is_hedged(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """The clause of a deed says that it is only likely, or only what is said."""
    text = sentence.text
    if is_hedged_perfect(sentence, act, lang):
        return True
    behind = (_EAST if lang in _EAST else _BEHIND).get(lang or "")
    if behind is not None and behind.match(text, act.start + 1 if lang == "ko" else act.end):
        return True
    before = text[max(0, act.start - _REACH) : act.start]
    pattern = _BEFORE.get(lang or "")
    return pattern is not None and pattern.search(before) is not None


def is_hedged_perfect(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """The act was done, as it seems, though a word beside it alone would make a plan of it: "may
    have cut", "soll abgerissen haben", "끊은 것으로 보인다".
    """
    text = sentence.text
    if lang in _EAST:
        at = act.start + 1 if lang == "ko" else act.end
        done = _DONE_EAST.match(text, at)
        return done is not None and _EAST[lang].match(text, at) is not None
    before = text[max(0, act.start - _REACH) : act.start]
    if lang == "de":
        said, perfect = _PERFECT_DE
        return perfect.match(text, act.end) is not None and said.search(before) is not None
    past, form = _PAST_EN
    if lang == "en" and past.search(before) and form.match(text, act.start, act.end):
        return True
    pattern = _PERFECT.get(lang or "")
    return pattern is not None and pattern.search(before) is not None
