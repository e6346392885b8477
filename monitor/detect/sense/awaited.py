"""A noun for an act of which the words beside it say that it is yet to come: "expected reopening",
"drohende Schließung", "réouverture attendue", "الافتتاح المرتقب".

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_REACH = 40  # characters before an act in which its adjective may stand
_BEFORE = r"(?<!\w){awaited_before}$"
# Behind it, and behind what the noun is of: "closure of the consulate looms".
_BEHIND = r"(?:(?:\s[\w'-]+){0,4}?\s{awaited_behind}|\s{awaited_at_once_behind})(?!\w)"


def is_awaited(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """What stands beside a noun for an act, within its clause, says that it is expected, imminent
    or possible. Beyond another act the words are of that one.
    """
    before, behind = tongue.pattern(_BEFORE), tongue.pattern(_BEHIND)
    if before.search(sentence.text, max(0, act.start - _REACH), act.start):
        return True
    found = behind.match(sentence.text, act.end)
    return found is not None and not any(
        act.end <= hit.start and hit.end < found.end() for hit in sentence.acts if hit is not act
    )
