"""Acts of Japanese and Chinese that a sentence is only about: what is put off, answered for or
spoken of.
"""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_JA_CLAUSE = re.compile(r"[\s、。…]")
_NO_REASON = frozenset({"meet", "agree", "decide", "supply", "send", "exchange"})  # where or how
_HARM = frozenset({"demolish", "damage", "attack", "seize", "kill", "close", "cut"})
_COURT = frozenset({"sue", "convict", "pay"})  # "事務所爆破、賠償求め提訴"
_REACH = 60  # characters before an act in which the word that makes it a matter may stand
_HELD_BACK = frozenset({"delay", "cancel", "absent", "stop"})
_PUT_OFF_BEHIND = re.compile(  # "視察を延期"
    r"[をのはが]?(?:延期|中止|見送|先送り|取りやめ|とりやめ|見合わせ|断念|キャンセル|棚上げ)"
)
_PUT_OFF_BEFORE = re.compile(  # "推迟考察"
    r"(?:推迟|推遲|延期|暂缓|暫緩|搁置|擱置|取消|放弃|放棄|推后|推後|延后|延後)(?:了|对|對|原定)?$"
)
_OVER_IT = re.compile(  # "事務所爆破で提訴": what another act is a reaction to
    r"で(?:、|は)?(?=[^ぁ-ん])(?!合意|一致|決定|調整|検討|協議|最終|大筋|共同|相次)"
)
_CALLED = re.compile(
    r"(?<=開始|終了|再開)の?(?:定時)?(?:電話|通話|連絡|呼び出し)"
)  # 業務開始の電話
_CONVICTED = re.compile(  # what the other clause of a headline is the price of
    r"[^\s,。;:…]{0,14}[\s,][^\s,。;:…]{0,8}(?:被判|被诉|被訴|被起诉|被起訴|判赔|判賠|获刑|獲刑)"
)
_GIVEN_CAUSE = re.compile(  # "就办公楼被炸表态", "为断线负责": what is said or owed about it
    r"(?:[为為因就对對]|对于|對於|关于|關於|针对|針對)[^,。;:\s]{0,14}$"
)
_OWED = re.compile(
    r"(?![^,。;:\s]*[达達]成)[^,。;:\s]{0,14}?"
    r"(?:负责|負責|担责|擔責|承担|承擔|道歉|致歉|谢罪|謝罪|表态|表態|表示|发声|發聲|回应|回應"
    r"|发表|發表|一案|感到|深感|深表|表达|表達|引咎|索赔|索賠|说|說|称|稱)"
)
_TOPIC_OF = re.compile(  # "对于炸毁办公楼,外交部说", "回应办公楼爆破"
    r"(?:^|[,。;\s])(?:对于|對於|针对|針對|关于|關於|就)[^,。;:\s]{0,16}$"
    r"|(?:回应|回應|评|評)[^,。;:\s]{0,14}$"
)
_CAUSE = re.compile(r"(?:^|[,。;\s])(?:[为為因]|由于|由於)[^,。;:\s]{0,14}$")  # "为办公楼被炸 .."
_TO_ITS_END = re.compile(r"(?![^,。;:\s]*[达達]成)[^,。;:\s]{0,14}(?:[,\s]|$)")


def is_put_off(text: str, act: Hit, lang: str | None) -> bool:
    """What another act beside it puts off or calls off was not done: "視察を延期", "推迟考察"."""
    if act.id in _HELD_BACK:
        return False
    if lang == "ja":
        return _PUT_OFF_BEHIND.match(text, act.end) is not None
    before = text[max(0, act.start - 6) : act.start]
    return lang == "zh" and _PUT_OFF_BEFORE.search(before) is not None


def is_reason(sentence: Sentence, act: Hit) -> bool:
    """What a call is for, or another act is a reaction to: "業務開始の電話", "事務所爆破で提訴"."""
    text = sentence.text
    if _CALLED.match(text, act.end):
        return True
    if sentence.part == "title" and act.id in _HARM and text[act.end : act.end + 1] in ("、", " "):
        return any(hit.id in _COURT for hit in sentence.acts)
    if act.id in _NO_REASON or not _OVER_IT.match(text, act.end):
        return False
    clause = _JA_CLAUSE.search(text, act.end + 2)
    end = clause.start() if clause else len(text)
    return any(act.end < hit.start < end for hit in sentence.acts)


def is_matter(text: str, act: Hit) -> bool:
    """What somebody answers for or speaks of: "就办公楼被炸表态", "炸毁办公楼 北方被判赔"."""
    before = text[max(0, act.start - _REACH) : act.start]
    if act.start == 0 and _CONVICTED.match(text, act.end):
        return True
    if _GIVEN_CAUSE.search(before) and _OWED.match(text, act.end):
        return True
    suffered = text[act.start] in "被遭" or before[-1:] in ("被", "遭")
    topic = _TOPIC_OF.search(before) or (suffered and _CAUSE.search(before))
    return bool(topic and _TO_ITS_END.match(text, act.end))
