"""What its form and its clause say of an act in languages with spaces.

An infinitive tells no deed: what is made of it is said by the word that governs it. A perfect is
done; what is asked or set as a condition is only named.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from monitor.detect.sense.endings import DONE, ONLY_NAMED
from monitor.detect.words.deeds import SPEECH
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_SAYING = {  # what is agreed, ordered or asked for, of an act that the saying governs
    "agree": "planned",
    "decide": "planned",
    "accept": "planned",
    "notify": "planned",
    "propose": "proposed",
    "urge": "wished",
    "order": "ordered",
    "threaten": "threatened",
    "reject": ONLY_NAMED,
    "begin": DONE,
    "stop": DONE,
}
_INFINITIVE = {
    "fr": re.compile(r"(?:se |s')?\w+(?:er|ir|ndre|mpre|ttre|uire)(?!\w)"),
    "de": re.compile(r"(?:\w+ )?[a-z]{2,}zu\w+e?n(?!\w)"),
    "es": re.compile(r"(?:volver a )?\w+[aei]r(?:se|l[aeo]s?)?(?!\w)"),
    "ru": re.compile(r"(?:\w+ )?\w+(?<!ос)(?:ть|ти|чь)(?:ся|сь)?(?!\w)"),
}
_ARABIC_FUTURE = re.compile(r"(?<!\w)س[يتن](?!طر)\w*")
_ARABIC_NOUN = re.compile(r"(?<!\w)[بل]$|(?<!\w)(?:علي|على|الى|الي)\s$")  # "to the opening of"
_PERFECT = {
    "en": re.compile(
        r"(?<!\w)(?<!will )(?<!would )(?<!could )(?:has|have)(?: already| now| since)?(?: been)? $"
        r"|(?<!\w)(?:said|says|announced|confirmed|reported|added)\s[^,]*\shad(?: been)? $"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:(?:a|ont)(?: ete)?|vien(?:t|nent) de|vient d')"
        r"(?: \w+ment| deja| aussi| enfin| donc)? ?$"
    ),
    "es": re.compile(r"(?<!\w)(?:han?|acaban? de)(?: sido| ya)? $"),
}
_CARRIED_OUT = re.compile(  # "carried out the destruction", "a procédé à la fermeture", "تم فتح"
    r"(?<!\w)(?:carr(?:y|ie[sd]) out|conduct(?:s|ed)|proceed(?:s|ed) with|went ahead with|staged"
    r"|proced\w+ a|effectu\w+|men\w+ a bien|llev\w+ a cabo|realiz\w+|vollzog\w*|vollzieht"
    r"|произве\w+|осуществил\w*|провел\w*|состоял\w+|تم|تمت|جرى|جري|جرت|قام|قامت|قاموا)"
    r"(?:\s[\w'-]+){0,4}\s[بل]?$"
)
_MARKS = re.compile(r"[;:…\"]| [–—-] ")  # where another clause begins
_COMMA = re.compile(r"[,;:…\"]| [–—-] ")
_ASKS_HOW = re.compile(
    r"\W*(?:why|how|what|who|where|which|pourquoi|comment|qui|warum|wieso|wie|was|wer|por que|como"
    r"|que|quien|почему|зачем|как|что|кто|لماذا|كيف|ماذا|من)(?!\w)"
)
_WANTED = re.compile(r"(?<!\w)want(?:s|ed)? (?:[\w'-]+ ){1,6}$")  # "wants the line restored"
_PARTICIPLE = re.compile(r"\w+(?:ed|en|wn|ut|lt)(?!\w)")
_LI = re.compile(r"\s(?:\w+ )?ли(?!\w)")  # Russian asks with a word behind the verb
_APART = re.compile(  # "decided at the meeting": no object of the saying
    r"(?<!\w)(?:at|in|from|with|by|after|before|as|and|or|but|und|oder|mit|bei|im|nach|et|avec|dans"
    r"|y|con|tras|и|с|в|во|при|после|في|من|مع|بعد)(?!\w)"
)
_AFAR, _BESIDE = 70, 16  # characters between an act and the saying that governs it
_NAMED_REACH = 80
_TO_DO = re.compile(r" to (?:(?:let|allow) (?:[\w-]+ ){1,5}?(?:to )?)?")
_HELD_BACK = frozenset({"delay", "cancel"})
_REFUSING = frozenset({"reject", "stop"})
_NO_DEED = SPEECH | _HELD_BACK | {"silent", "absent"}
_NOT_YET = 60
_SOON = re.compile(
    r"soon|next|tomorrow|later this|in days|within days|from noon|by the end"
    r"|nachst|kommend|demnachst|bald|zum jahresende|bis jahresende|in kurze|in den kommenden"
    r"|in wenigen|la semaine prochaine|le mois prochain|prochain|bientot|sous peu|demain|en breve"
    r"|pronto|proxim|la semana que|el mes que|la proxima|en los proximos|скоро|вскоре|на следующ"
    r"|в следующ|в ближаиш|завтра|قريبا|المقبل|غدا|الاسبوع المقبل|الشهر المقبل|خلال ايام|في الايام"
)


def is_infinitive(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """The act's word is an infinitive of a language in which that form tells no deed."""
    pattern = _INFINITIVE.get(lang or "")
    if pattern is None:
        return False
    if lang == "de" and sentence.text.endswith(" zu ", 0, act.start):
        return True
    return pattern.match(sentence.text, act.start, act.end) is not None


def said_by_form(sentence: Sentence, act: Hit, lang: str | None) -> str | None:
    """`DONE`, `ONLY_NAMED`, "planned" or "wished", where form or clause leaves no choice."""
    if _asked(sentence, act, lang) or _on_condition(sentence, act):
        return ONLY_NAMED
    before = sentence.text[max(0, act.start - 40) : act.start]
    perfect = None if is_infinitive(sentence, act, lang) else _PERFECT.get(lang or "")
    if perfect is not None and perfect.search(before):
        return DONE
    if lang == "ar":
        word = sentence.text.rfind(" ", 0, act.start) + 1
        return "planned" if _ARABIC_FUTURE.match(sentence.text, word) else None
    if lang == "en" and _PARTICIPLE.match(sentence.text, act.start, act.end):
        return "wished" if _WANTED.search(before) else None
    return None


def governed_by(sentence: Sentence, act: Hit, lang: str | None, *, noun: bool) -> str | None:
    """The mood of an infinitive, or a noun for an act, that a saying before it governs."""
    if act.id in SPEECH:
        return None
    infinitive = is_infinitive(sentence, act, lang)
    if not infinitive and not noun:
        return None
    if noun and _CARRIED_OUT.search(sentence.text[max(0, act.start - 50) : act.start]):
        return DONE
    reach, marks = (_AFAR, _MARKS) if infinitive else (_BESIDE, _COMMA)
    saying = _before(sentence, act)
    otherwise = ONLY_NAMED if infinitive else None
    if saying is None or act.start - saying.end > reach:
        return otherwise
    if marks.search(sentence.text, saying.end, act.start) or (
        not infinitive
        and (saying.id == "accept" or _APART.search(sentence.text, saying.end, act.start))
    ):
        return otherwise
    return _SAYING.get(saying.id, otherwise)


def is_refused(sentence: Sentence, act: Hit, lang: str | None, is_noun: Callable[[], bool]) -> bool:
    """A refusal governs the act, or that it ceased: "refuses to reopen", "dejó de"."""
    saying = _before(sentence, act)
    if saying is None or saying.id not in _REFUSING or act.id in SPEECH:
        return False
    if saying.id == "stop":
        return is_infinitive(sentence, act, lang) and act.start - saying.end <= _BESIDE
    to_do = lang == "en" and _TO_DO.fullmatch(sentence.text, saying.end, act.start)
    return bool(to_do) or governed_by(sentence, act, lang, noun=is_noun()) == ONLY_NAMED


def becomes(sentence: Sentence, act: Hit) -> str | None:
    """What is told of a noun for an act: "opening delayed", "completed"."""
    if act.id in _NO_DEED:
        return None
    for hit in sentence.acts:
        away = max(hit.start - act.end, act.start - hit.end)
        if hit.start == act.start or not 0 <= away <= _NOT_YET:
            continue
        if _COMMA.search(sentence.text, min(hit.end, act.end), max(hit.start, act.start)):
            continue
        if hit.id in _HELD_BACK:
            return ONLY_NAMED
        if hit.start > act.end:
            return {"complete": DONE, "review": "planned"}.get(hit.id)  # "lawsuit under study"
    return None


def is_soon(sentence: Sentence, act: Hit, mood: Hit) -> bool:
    """An adverb of time to come, behind the act in its clause: "closes next month"."""
    if mood.id != "planned" or not act.end < mood.start <= act.end + _NOT_YET:
        return False
    if not _SOON.match(sentence.text, mood.start):
        return False
    between = any(act.end <= h.start < mood.start for h in sentence.acts)
    return not between and _COMMA.search(sentence.text, act.end, mood.start) is None


def is_arabic_noun(sentence: Sentence, act: Hit) -> bool:
    """Behind a preposition, or right behind another act: "يرفض فتح"; "by orders" were given."""
    if act.id in SPEECH:
        return False
    if _ARABIC_NOUN.search(sentence.text[max(0, act.start - 6) : act.start]):
        return True
    return any(
        act.start - hit.end == 1 and (hit.id in _SAYING or hit.id in _HELD_BACK)
        for hit in sentence.acts
    )


def _before(sentence: Sentence, act: Hit) -> Hit | None:
    acts = (hit for hit in reversed(sentence.acts) if hit.start < act.start)
    return next(acts, None)


def _asked(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """A question asks whether the act is, was or will be; why and how take it as given."""
    text = sentence.text
    if lang == "ru" and _LI.match(text, act.end):
        return True
    mark = text.find("?", act.end)
    if mark < 0 or _MARKS.search(text, act.end, mark) or ". " in text[act.end : mark]:
        return False
    breaks = [found.end() for found in _MARKS.finditer(text, 0, act.start)]
    return _ASKS_HOW.match(text, breaks[-1] if breaks else 0) is None


def _on_condition(sentence: Sentence, act: Hit) -> bool:
    """ "Whether", "if", "no sign of" and their like stand before it in its clause."""
    return any(
        hit.kind == "mood"
        and hit.id == ONLY_NAMED
        and 0 <= act.start - hit.end <= _NAMED_REACH
        and not _COMMA.search(sentence.text, hit.end, act.start)
        for hit in sentence.hits
    )


_ON_ORDERS_BEFORE = {  # the words before the order: "auf Befehl Kims", "по указанию сверху"
    "en": re.compile(r"(?<!\w)(?:on|under|by) (?:\w+ ){0,2}$"),
    "fr": re.compile(r"(?<!\w)(?:sur|par) (?:les? |l')?$"),
    "de": re.compile(r"(?<!\w)auf (?:\w+ )?$"),
    "es": re.compile(r"(?<!\w)(?:por|bajo) (?:las? )?$"),
    "ru": re.compile(r"(?<!\w)по (?:\w+ )?$"),
    "zh": re.compile(r"(?:奉|根据|根據|按|遵|依)[^,。;]{0,8}$"),
}
_ON_ORDERS_BEHIND = {
    "ko": re.compile(r"[가-힣]{0,2}(?:에 따[라른]|에 의[해한]|으?로(?![가-힣])|[을를] 받)"),
    "ja": re.compile(r"(?:で(?!は)|により|によって|に従|を受け|に基づ)"),
}
_ORDER_QUOTED = re.compile(r"""[…\s]*["'](?:\w+ ){1,2}$""")  # 철수 "상부 지시"


def is_on_orders(text: str, act: Hit, order: Hit, lang: str | None) -> bool:
    """The order is only why it was done, "on orders from above", and not that it be done."""
    before, behind = _ON_ORDERS_BEFORE.get(lang or ""), _ON_ORDERS_BEHIND.get(lang or "")
    if before is not None and before.search(text[: order.start]):
        return True
    if behind is not None and behind.match(text, order.end):
        return True
    return _ORDER_QUOTED.fullmatch(text, act.end, max(act.end, order.start)) is not None
