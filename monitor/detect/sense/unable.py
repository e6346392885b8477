"""Could not: who was unable to do a thing did not do it, which is no plan and no denial.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_REACH = 60  # characters before an act in which it may be said
_UNABLE = r"(?<!\w){unable}$"
_FAILED, _FAILED_UNSPACED = r"{failed}(?!\w)", "{failed}"
_COULD_NOT, _COULD_NOT_UNSPACED = r"(?<!\w){could_not}", "{could_not}"


def could_not(text: str, tongue: Tongue) -> bool:
    """A folded sentence tells that somebody could not do something."""
    pattern = tongue.pattern(_COULD_NOT_UNSPACED if tongue.unspaced else _COULD_NOT)
    return pattern.search(text) is not None


def is_unable(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """Somebody could not, cannot or failed to do it."""
    failed = tongue.pattern(_FAILED_UNSPACED if tongue.unspaced else _FAILED)
    if failed.match(sentence.text, act.end):
        return True
    before = sentence.text[max(0, act.start - _REACH) : act.start]
    return tongue.pattern(_UNABLE).search(before) is not None
