"""Words with which a headline says that all is as it was: "works as usual", "läuft normal weiter",
"이틀째 정상", "変化なし", "照常". That it is so *again* is another matter, and mostly news.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_AS_BEFORE, _AS_BEFORE_UNSPACED = r"(?<!\w){as_before}(?!\w)", "{as_before}"
_AGAIN, _AGAIN_UNSPACED = r"(?<!\w){again}(?!\w)", "{again}"


def says_unchanged(title: Sentence, tongue: Tongue) -> bool:
    """The headline says that things are as they were, and not that they are so again."""
    said = tongue.pattern(_AS_BEFORE_UNSPACED if tongue.unspaced else _AS_BEFORE)
    if said.search(title.text) is None:
        return False
    again = tongue.pattern(_AGAIN_UNSPACED if tongue.unspaced else _AGAIN)
    return again.search(title.text) is None
