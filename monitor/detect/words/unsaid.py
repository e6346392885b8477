"""What a text names only to say that nothing was said of it: "did not mention the office".

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from monitor.detect.words.match import Hit
from monitor.detect.words.tongue import Tongue

_REACH = 70  # characters before a name in which it may be said that nothing was
_BEFORE = r"(?<!\w){unsaid}(?: |(?<='))(?:(?!{as_asked}\s)[\w'-]+\s){0,4}$"
_BEFORE_UNSPACED = "{unsaid}[^,。;、]{0,10}$"


def is_unsaid(text: str, name: Hit, tongue: Tongue) -> bool:
    """A sentence names it as what somebody did not speak of."""
    if tongue.pattern("{of_it}").match(text, name.end):
        return False
    before = tongue.pattern(_BEFORE_UNSPACED if tongue.unspaced else _BEFORE)
    if before.search(text[max(0, name.start - _REACH) : name.start]):
        return True
    return tongue.pattern("{unsaid_behind}").match(text, name.end) is not None
