"""Whether a text that names what is watched only after its first sentence has news of it.

Most such texts tell of something else: the ferry is "the way home" of a column, or the pier where
"parcels will be sorted". It is news of it where somebody's word on it is reported, and where it is
said to be the place or the way of the matter itself: "it was brought over on the ferry".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic

_EXCHANGED = frozenset(  # what is done between two sides, at a place or through a channel
    {"propose", "notify", "send", "reject", "answer", "accept", "meet", "agree", "exchange", "urge"}
)
_WORDS = r"(?:[\w'-]+\s){0,5}$"
_BY = re.compile(  # before the name
    r"(?<!\w)(?:at|in|inside|through|via|by way of|by means of|over|on|along"
    r"|a|au|aux|dans|par|via|au travers d\w+|a travers"
    r"|in|im|am|bei|beim|uber|durch|via|auf"
    r"|en|por|mediante|a traves d\w+"
    r"|в|во|на|через|по|посредством"
    rf"|في|عبر|من خلال|عن طريق|بواسطة)\s{_WORDS}"
)
_BY_KO = re.compile(r"[^\s,.]{0,6}(?:에서|[을를] ?(?:통해|통한|거쳐)|으?로(?=\s)|\s?경유)")
_BY_JA = re.compile(
    r"(?:の?[一-龥ァ-ヶー]{1,6})?(?:で(?!は?な)|において|を通じ|を通し|を介し|を経|経由)"
)
_BY_ZH = re.compile(r"(?:在|于|於|从|從|通过|通過|透过|透過|经由|經由|经|經|由)[^,。;、]{0,14}$")
_BEHIND = {"ko": _BY_KO, "ja": _BY_JA}

_KNOWN = {  # the sentence begins with what was spoken of before
    "en": re.compile(r"\W*(?:the|it|they|this|that|these|those|both|his|her|its|their)\s"),
    "fr": re.compile(r"\W*(?:l[ea]s?\s|l'|ils?\s|elles?\s|ces?\s|cette\s|son\s|sa\s|leur\s)"),
    "de": re.compile(r"\W*(?:der|die|das|es|er|sie|dies\w*|seine?|ihre?)\s"),
    "es": re.compile(r"\W*(?:el|la|los|las|este|esta|su)\s"),
    "ru": re.compile(r"\W*(?:[а-я]+\s){1,2}"),
    "ar": re.compile(r"\W*و?(?:ال|تم|جرى|جرت|هو |هي )"),
    "ko": re.compile(r"\W*(?:\[[^\]]*\]\s*)?(?:[가-힣]{1,3}\s)?[가-힣]{1,6}(?:은|는|도|이|가)\s"),
    "ja": re.compile(r"\W*[一-龥ァ-ヶーの]{1,7}[はがも]"),
    "zh": re.compile(r"\W*(?:该|此|这|上述|两国|双方)?[一-龥]{2,4}"),
}
_PRONOUN = re.compile(r"\W*(?:it|they|ils?|elles?|es|он[аои]?)\s")
_WHERE = re.compile(
    r"(?<!\w)(?:who|which|where|with which|qui|ou|dont|wo|donde|quien|котор\w+|где|الذي|التي|حيث)\s"
)
_HEAD, _HEAD_UNSPACED = 28, 12  # characters in which a sentence names its matter
_REACH, _REACH_UNSPACED = 75, 34  # characters up to the name


def is_beside(reading: Reading, topic: Topic) -> bool:
    """What is watched is named after the first sentence alone, and the article has no news of it.

    No sentence that names it reports somebody's word, or says that the matter of the article was
    held there or went through it.
    """
    named = _naming(reading, topic)
    at_the_head = bool(reading.title and reading.title.subjects) or any(
        sentence.index == 0 for sentence in named
    )
    if not named or at_the_head:
        return False
    fresh = [sentence for sentence in named if not sentence.old]
    return not any("said" in s.ids("cue") or _tells_where(s, reading) for s in fresh)


def is_place_of_it(reading: Reading, topic: Topic) -> bool:
    """What is watched is where the matter of the article was held, or the way that it went."""
    fresh = (sentence for sentence in _naming(reading, topic) if not sentence.old)
    return any(_tells_where(sentence, reading) for sentence in fresh)


def _naming(reading: Reading, topic: Topic) -> list[Sentence]:
    """The sentences behind the title that name what is watched."""
    whole = {name for name, subject in topic.subjects.items() if subject.central}
    return [sentence for sentence in reading.body if sentence.subjects & whole]


def _names(sentence: Sentence) -> Iterator[Hit]:
    """Where the sentence names what is watched."""
    for hit in sentence.hits:
        if hit.kind in ("subject", "short") and hit.id in sentence.subjects:
            yield hit


def _tells_where(sentence: Sentence, reading: Reading) -> bool:
    """It says of a matter known from before that it was done there or through it, and no more."""
    lang, unspaced = reading.lang or "", reading.tongue.unspaced
    known = _KNOWN.get(lang)
    if known is None or not known.match(sentence.text):
        return False
    head = _HEAD_UNSPACED if unspaced else _HEAD
    reach = _REACH_UNSPACED if unspaced else _REACH
    matter = _PRONOUN.match(sentence.text) or _matter_of(sentence, head)
    return bool(matter) and any(
        hit.start <= reach
        and not _WHERE.search(sentence.text, 0, hit.start)
        and _stands_by(sentence.text, hit, lang)
        for hit in _names(sentence)
    )


def _matter_of(sentence: Sentence, head: int) -> bool:
    """It begins with a message or a meeting, and not with who sends or holds it."""
    for hit in sentence.hits:
        if hit.start >= head or hit.kind == "actor":
            return False
        if (hit.kind == "act" and hit.id in _EXCHANGED) or (hit.kind, hit.id) == ("cue", "matter"):
            return True
    return False


def _stands_by(text: str, name: Hit, lang: str) -> bool:
    """The name is where or by what something is done, not who does it or what it is done to."""
    if lang in _BEHIND:
        return _BEHIND[lang].match(text, name.end) is not None
    return (_BY_ZH if lang == "zh" else _BY).search(text[: name.start]) is not None
