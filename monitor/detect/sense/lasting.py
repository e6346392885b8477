"""Headlines that count for how long something has gone on, and so tell of no deed.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

import re
from functools import lru_cache

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_CLAUSE_LENGTH = 80  # characters, at most, of a clause before and after its act
BREAKS = re.compile(r"[…;:|,、，。]")
_TIME_ON = "{time_on}$"


def lasts(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """The clause counts for how long: "for a third week", "4주째 불통", "끊긴 지 1년"."""
    if tongue.pattern("{counted_from}").match(sentence.text, act.end):
        return True
    if tongue.pattern(_TIME_ON).search(sentence.text, max(act.end, len(sentence.text) - 40)):
        return True
    counts = _counts_in(sentence.text, tongue)
    if not counts:
        return False
    low, high = max(0, act.start - _CLAUSE_LENGTH), act.end + _CLAUSE_LENGTH
    for mark in BREAKS.finditer(sentence.text, low, high):
        if mark.end() <= act.start:
            low = mark.end()
        elif mark.start() >= act.end:
            high = mark.start()
            break
    return any(low <= start and end <= high for start, end in counts)


def counts_days(sentence: Sentence, tongue: Tongue) -> bool:
    """The sentence counts for how long something has gone on, whatever that is."""
    return bool(_counts_in(sentence.text, tongue))


@lru_cache(maxsize=64)  # each act of a sentence asks
def _counts_in(text: str, tongue: Tongue) -> tuple[tuple[int, int], ...]:
    """Where a text counts for how long something has gone on."""
    return tuple(match.span() for match in tongue.words("{lasting}").finditer(text))
