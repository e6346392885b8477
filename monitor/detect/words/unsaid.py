"""What a text names only to say that nothing was said of it: "did not mention the office"."""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit

_FEW = r"(?:(?!(?:when|whether|how|if|why|who)\s)[\w'-]+\s){0,4}$"
_BEFORE = {
    "en": r"(?<!\w)(?:(?:did|does|do|had|has)(?: not|n't)(?: \w+ly)? (?:mention\w*|refer\w* to"
    r"|touch\w* on|address\w*|speak (?:of|about)|say (?:anything|a word) (?:of|about|on)"
    r"|take (?:any )?questions (?:on|about)|name|bring up|brought up|allude\w* to|raise\w*)"
    r"|(?:without|avoid\w*|omitt\w*|stopped short of) (?:a |any )?"
    r"(?:mention(?:ing)?(?: of)?|referr?(?:ing|ence) to|naming|touching on|addressing|speaking of)"
    r"|(?:made|makes?|making|with|was|is|were) no (?:mention of|reference to|word (?:of|on|about))"
    r"|(?:said|says|saying) nothing (?:of|about|on)|not a word (?:of|about|on)) ",
    "fr": r"(?<!\w)(?:n(?:'a|'ont|e) (?:pas |jamais )?(?:mentionn\w+|evoqu\w+|parl\w+|cit\w+)"
    r"(?: pas)?|sans (?:mentionner|evoquer|parler|citer)|pas un mot (?:de|d'|sur|du)"
    r"|rien (?:dit )?(?:de|sur|du)) ?",
    "de": r"(?<!\w)(?:ohne \w* ?(?:zu )?(?:erwahn\w+|nenn\w+)|kein wort (?:uber|zum|zur|zu)) ",
    "es": r"(?<!\w)(?:(?:no|sin) (?:menciono|menciona\w*|mencionar|aludi\w+|se refirio a|hablo de"
    r"|hizo (?:mencion|referencia) (?:a|de)|citar|cito)|ni una palabra (?:de|sobre)) ",
    "ru": r"(?<!\w)(?:не (?:упомя\w+|упомин\w+|каса\w+|затрон\w+|говор\w+ о|сказал\w* о)"
    r"|ни слова (?:о|об|про)|без упоминания) ",
    "ar": r"(?:(?:لم|لا|دون ان) (?:يذكر|تذكر|يشر|تشر|يشير|تشير|يتطرق|تتطرق)(?: الي| الى)?"
    r"|(?:دون|من غير) (?:ذكر|الاشارة الى|التطرق الى)) ",
    "zh": r"(?:未|没有|沒有|没|沒|不曾|并未|並未|避而不)(?:有)?"
    r"(?:提及|提到|谈及|談及|谈到|談到|言及|涉及|提)",
}
_BEHIND = {
    "ko": r"(?! ?\S*(?:에서|로))(?: ?[^\s.,]{1,6}?)?"
    r"(?:에 ?(?:대해|관해|대한|관한)(?:서)?(?:는|도)?|은|는|을|를|도|의)\s?(?:[^\s.,]+ ){0,2}?"
    r"(?:언급(?:을|은|도|이)? ?(?:하지 않|없|안 )|거론(?:을|은|도)? ?(?:하지 않|안 )"
    r"|말하지 않|입을 다물|질문(?:을|은)? ?받지 않)",
    "ja": r"[^。、]{0,8}?(?:に(?:は|も|ついて(?:は|も)?)?|の?(?:こと|件)に(?:は|も)?)"
    r"(?:一切|全く|直接)?(?:触れ(?:な|ず|て(?:い)?な)|言及(?:し(?:な|て(?:い)?な)|せず|がな|はな))",
    "de": r"[^.,;]{0,24}? (?:nicht|mit keinem wort|kein einziges mal)(?: \w+)?"
    r" (?:erwahnt\w*|genannt|ein)",
}
_REACH = 70  # characters before a name in which it may be said that nothing was
_FEW_ZH = r"[^,。;、]{0,10}$"
_SAID_NOT = {
    lang: re.compile(way + (_FEW_ZH if lang == "zh" else _FEW)) for lang, way in _BEFORE.items()
}
_NOT_SAID = {lang: re.compile(way) for lang, way in _BEHIND.items()}


def is_unsaid(text: str, name: Hit, lang: str | None) -> bool:
    """A sentence names it as what somebody did not speak of."""
    if lang == "zh" and text.startswith("的", name.end):  # something of it
        return False
    before, behind = _SAID_NOT.get(lang or ""), _NOT_SAID.get(lang or "")
    said = before.search(text[max(0, name.start - _REACH) : name.start]) if before else None
    return bool(said) or bool(behind and behind.match(text, name.end))
