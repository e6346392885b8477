"""Whether a sentence says of an act that it is in doubt, hard to do or came to nothing: "opening
looks doubtful", "개소 불투명", "开设恐难". Such an act was not done, whatever its own form says.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_REACH = 60  # characters behind an act in which its clause may say so
_CLAUSE_END = re.compile(r"[,;:…!?、。，；|\"]|\s-\s|\.(?:\s|$)")
_CLAUSE_END_JA = re.compile(r"[…!?、。|\"\s]")  # a space parts the clauses of a headline
_BEFORE = "{in_doubt_before}$"


def in_doubt(sentence: Sentence, act: Hit, tongue: Tongue) -> bool:
    """The clause of the act says behind it, in Chinese before it too, that it is hardly to come."""
    behind, text = tongue.pattern("{in_doubt}"), sentence.text
    end = min(len(text), act.end + _REACH)
    clause_end = _CLAUSE_END_JA if tongue.lang == "ja" else _CLAUSE_END
    stop = clause_end.search(text, act.end, end)
    if behind.search(text, act.end, stop.start() if stop else end):
        return True
    if stop and stop[0] == "," and behind.match(text, stop.end() + 1):  # "la apertura, en duda"
        return True
    if tongue.pattern("{too}").match(text, act.end):
        return True
    return tongue.pattern(_BEFORE).search(text, 0, act.start) is not None
