"""Whether a deed is told only as likely, or as hearsay: "appears to have cut", "offenbar gekappt",
"철거한 것으로 보인다", "とみられる", "疑似". Somebody says that it was done, but not for certain.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_REACH = 60  # characters before an act in which its hedge may stand
# A perfect that is hedged: done, as it seems, whatever the words before it say alone.
_SEEMS_DONE = r"(?<!\w){seems_done}$"
_SEEMS = r"(?<!\w){seems} (?:[^,;:]* )?$"
_PERFECT_BEHIND = r"{perfect_behind}(?!\w)"
# An adverb that hedges a deed only where its form is one of the past.
_BEFORE_PAST = r"(?<!\w){likely_before_past}$"
_PAST = r"{past}(?!\w)"
_BEFORE, _BEFORE_UNSPACED = r"(?<!\w){likely_before}$", "{likely_before}$"
_BEHIND, _BEHIND_UNSPACED = r"{likely_behind}(?!\w)", "{likely_behind}"


def is_hedged(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """The clause of a deed says that it is only likely, or only what is said."""
    text = sentence.text
    if is_hedged_perfect(sentence, act, tongue):
        return True
    behind = tongue.pattern(_BEHIND_UNSPACED if tongue.unspaced else _BEHIND)
    if behind.match(text, _end_of(act, tongue)):
        return True
    before = tongue.pattern(_BEFORE_UNSPACED if tongue.unspaced else _BEFORE)
    return before.search(text[max(0, act.start - _REACH) : act.start]) is not None


def is_hedged_perfect(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """The act was done, as it seems, though a word beside it alone would make a plan of it: "may
    have cut", "soll abgerissen haben", "끊은 것으로 보인다".
    """
    text, pattern = sentence.text, tongue.pattern
    if tongue.unspaced:
        at = _end_of(act, tongue)
        done = pattern("{past_behind}").match(text, at)
        return done is not None and pattern(_BEHIND_UNSPACED).match(text, at) is not None
    before = text[max(0, act.start - _REACH) : act.start]
    if pattern(_SEEMS_DONE).search(before):
        return True
    if pattern(_BEFORE_PAST).search(before):
        return pattern(_PAST).match(text, act.start, act.end) is not None
    perfect = pattern(_PERFECT_BEHIND).match(text, act.end)
    return perfect is not None and pattern(_SEEMS).search(before) is not None


def _end_of(act: Hit, tongue: Tongue) -> int:
    """Where what is made of an act's word begins: in Korean its stem may be but one syllable."""
    return act.start + 1 if tongue.lang == "ko" else act.end
