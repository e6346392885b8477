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
from monitor.detect.words.tongue import Tongue

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
_MARKS = re.compile(r"[;:…\"]| [–—-] ")  # where another clause begins
_COMMA = re.compile(r"[,;:…\"]| [–—-] ")
_AFAR, _BESIDE = 70, 16  # characters between an act and the saying that governs it
_NAMED_REACH = 80
_HELD_BACK = frozenset({"delay", "cancel"})
_REFUSING = frozenset({"reject", "stop"})
_NO_DEED = SPEECH | _HELD_BACK | {"silent", "absent"}
_NOT_YET = 60
# Where the words of the grammar files stand: before an act, or behind it.
_PERFECT, _WANTED = r"(?<!\w){perfect}$", r"(?<!\w){wanted}$"
_FUTURE, _NOUN_BEFORE = r"(?<!\w){future}", r"(?<!\w){noun_before}$"
_CARRIED_OUT = r"(?<!\w){carried_out}(?:\s[\w'-]+){0,4}\s{noun_prefix}?$"
_ASKS_HOW, _WHETHER_BEHIND = r"\W*{asks_how}(?!\w)", r"\s{whether_behind}(?!\w)"
_PARTICIPLE, _APART, _TO_DO = r"{participle}(?!\w)", r"(?<!\w){apart}(?!\w)", " {to_do}"


def is_infinitive(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """The act's word is an infinitive of a language in which that form tells no deed."""
    text = sentence.text
    if tongue.pattern(" {infinitive_after} $").search(text, max(0, act.start - 8), act.start):
        return True
    return tongue.pattern("{infinitive}").match(text, act.start, act.end) is not None


def said_by_form(sentence: Sentence, act: Hit, tongue: Tongue) -> str | None:
    """`DONE`, `ONLY_NAMED`, "planned" or "wished", where form or clause leaves no choice."""
    if _asked(sentence, act, tongue) or _on_condition(sentence, act):
        return ONLY_NAMED
    pattern, text = tongue.pattern, sentence.text
    before = text[max(0, act.start - 40) : act.start]
    if pattern(_PERFECT).search(before) and not is_infinitive(sentence, act, tongue):
        return DONE
    if pattern(_FUTURE).match(text, text.rfind(" ", 0, act.start) + 1):
        return "planned"
    participle = pattern(_PARTICIPLE).match(text, act.start, act.end)
    return "wished" if participle and pattern(_WANTED).search(before) else None


def governed_by(sentence: Sentence, act: Hit, tongue: Tongue, *, noun: bool) -> str | None:
    """The mood of an infinitive, or a noun for an act, that a saying before it governs."""
    if act.id in SPEECH:
        return None
    infinitive = is_infinitive(sentence, act, tongue)
    if not infinitive and not noun:
        return None
    before = sentence.text[max(0, act.start - 50) : act.start]
    if noun and tongue.pattern(_CARRIED_OUT).search(before):
        return DONE
    reach, marks = (_AFAR, _MARKS) if infinitive else (_BESIDE, _COMMA)
    saying = _before(sentence, act)
    otherwise = ONLY_NAMED if infinitive else None
    if saying is None or act.start - saying.end > reach:
        return otherwise
    apart = tongue.pattern(_APART).search(sentence.text, saying.end, act.start)
    if marks.search(sentence.text, saying.end, act.start) or (
        not infinitive and (saying.id == "accept" or apart)
    ):
        return otherwise
    return _SAYING.get(saying.id, otherwise)


def is_refused(sentence: Sentence, act: Hit, tongue: Tongue, is_noun: Callable[[], bool]) -> bool:
    """A refusal governs the act, or that it ceased: "refuses to reopen", "dejó de"."""
    saying = _before(sentence, act)
    if saying is None or saying.id not in _REFUSING or act.id in SPEECH:
        return False
    if saying.id == "stop":
        return is_infinitive(sentence, act, tongue) and act.start - saying.end <= _BESIDE
    to_do = tongue.pattern(_TO_DO).fullmatch(sentence.text, saying.end, act.start)
    return bool(to_do) or governed_by(sentence, act, tongue, noun=is_noun()) == ONLY_NAMED


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


def is_soon(sentence: Sentence, act: Hit, mood: Hit, tongue: Tongue) -> bool:
    """An adverb of time to come, behind the act in its clause: "closes next month"."""
    if mood.id != "planned" or not act.end < mood.start <= act.end + _NOT_YET:
        return False
    if not tongue.pattern("{soon_after}").match(sentence.text, mood.start):
        return False
    between = any(act.end <= h.start < mood.start for h in sentence.acts)
    return not between and _COMMA.search(sentence.text, act.end, mood.start) is None


def is_arabic_noun(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """Behind a preposition, or right behind another act: "يرفض فتح"; "by orders" were given."""
    if act.id in SPEECH:
        return False
    if tongue.pattern(_NOUN_BEFORE).search(sentence.text[max(0, act.start - 6) : act.start]):
        return True
    return any(
        act.start - hit.end == 1 and (hit.id in _SAYING or hit.id in _HELD_BACK)
        for hit in sentence.acts
    )


def _before(sentence: Sentence, act: Hit) -> Hit | None:
    acts = (hit for hit in reversed(sentence.acts) if hit.start < act.start)
    return next(acts, None)


def _asked(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """A question asks whether the act is, was or will be; why and how take it as given."""
    text = sentence.text
    if tongue.pattern(_WHETHER_BEHIND).match(text, act.end):
        return True
    mark = text.find("?", act.end)
    if mark < 0 or _MARKS.search(text, act.end, mark) or ". " in text[act.end : mark]:
        return False
    breaks = [found.end() for found in _MARKS.finditer(text, 0, act.start)]
    return tongue.pattern(_ASKS_HOW).match(text, breaks[-1] if breaks else 0) is None


def _on_condition(sentence: Sentence, act: Hit) -> bool:
    """ "Whether", "if", "no sign of" and their like stand before it in its clause."""
    return any(
        hit.kind == "mood"
        and hit.id == ONLY_NAMED
        and 0 <= act.start - hit.end <= _NAMED_REACH
        and not _COMMA.search(sentence.text, hit.end, act.start)
        for hit in sentence.hits
    )


_ORDER_QUOTED = re.compile(r"""[…\s]*["'](?:\w+ ){1,2}$""")  # 철수 "상부 지시"


def is_on_orders(text: str, act: Hit, order: Hit, tongue: Tongue) -> bool:
    """The order is only why it was done, "on orders from above", and not that it be done."""
    if tongue.pattern("{order_before}$").search(text[: order.start]):
        return True
    if tongue.pattern("{order_behind}").match(text, order.end):
        return True
    return _ORDER_QUOTED.fullmatch(text, act.end, max(act.end, order.start)) is not None
