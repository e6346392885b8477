"""Words with which a headline says that all is as it was: "works as usual", "läuft normal weiter",
"이틀째 정상", "変化なし", "照常". That it is so *again* is another matter, and mostly news.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue


def says_unchanged(title: Sentence, tongue: Tongue) -> bool:
    """The headline says that things are as they were, and not that they are so again."""
    said, again = tongue.words("{as_before}"), tongue.words("{again}")
    return said.search(title.text) is not None and again.search(title.text) is None
