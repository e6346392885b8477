"""Acts of Japanese and Chinese that a sentence is only about: what is put off, answered for or
spoken of.
"""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_JA_CLAUSE = re.compile(r"[\s、。…]")
_NO_REASON = frozenset({"meet", "agree", "decide", "supply", "send", "exchange"})  # where or how
_HARM = frozenset({"demolish", "damage", "attack", "seize", "kill", "close", "cut"})
_COURT = frozenset({"sue", "convict", "pay"})  # "事務所爆破、賠償求め提訴"
_REACH = 60  # characters before an act in which the word that makes it a matter may stand
_HELD_BACK = frozenset({"delay", "cancel", "absent", "stop"})

# Where the words of the grammar files stand.
_CONVICTED = r"[^\s,。;:…]{0,14}[\s,][^\s,。;:…]{0,8}{convicted_for}"
_GIVEN_CAUSE = r"{given_cause}[^,。;:\s]{0,14}$"
_OWED = r"(?![^,。;:\s]*{reached})[^,。;:\s]{0,14}?{owed}"
_CAUSE = r"(?:^|[,。;\s]){because_of}[^,。;:\s]{0,14}$"
_TO_ITS_END = r"(?![^,。;:\s]*{reached})[^,。;:\s]{0,14}(?:[,\s]|$)"


def is_put_off(text: str, act: Hit, tongue: Tongue) -> bool:
    """What another act beside it puts off or calls off was not done: "視察を延期", "推迟考察"."""
    if act.id in _HELD_BACK:
        return False
    if tongue.pattern("{put_off_behind}").match(text, act.end):
        return True
    before = text[max(0, act.start - 6) : act.start]
    return tongue.pattern("{put_off_before}$").search(before) is not None


def is_reason(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """What a call is for, or another act is a reaction to: "業務開始の電話", "事務所爆破で提訴"."""
    text = sentence.text
    if tongue.pattern("{called_for}").match(text, act.end):
        return True
    if sentence.part == "title" and act.id in _HARM and text[act.end : act.end + 1] in ("、", " "):
        return any(hit.id in _COURT for hit in sentence.acts)
    if act.id in _NO_REASON or not tongue.pattern("{reacted_to}").match(text, act.end):
        return False
    clause = _JA_CLAUSE.search(text, act.end + 2)
    end = clause.start() if clause else len(text)
    return any(act.end < hit.start < end for hit in sentence.acts)


def is_matter(text: str, act: Hit, tongue: Tongue) -> bool:
    """What somebody answers for or speaks of: "就办公楼被炸表态", "炸毁办公楼 北方被判赔"."""
    pattern = tongue.pattern
    before = text[max(0, act.start - _REACH) : act.start]
    if act.start == 0 and pattern(_CONVICTED).match(text, act.end):
        return True
    if pattern(_GIVEN_CAUSE).search(before) and pattern(_OWED).match(text, act.end):
        return True
    suffered = pattern("{suffered}").match(text, act.start) or pattern("{suffered}$").search(before)
    topic = pattern("{on_topic}$").search(before) or (suffered and pattern(_CAUSE).search(before))
    return bool(topic and pattern(_TO_ITS_END).match(text, act.end))
