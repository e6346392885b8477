"""Titles that ask, or promise to explain: they tell of nothing that happened."""

from __future__ import annotations

import re

from monitor.detect.words.numbers import LENGTHS
from monitor.detect.words.reading import Sentence
from monitor.detect.words.tongue import Tongue

_QUESTION = re.compile(r"[^.!?…;؟]*[?؟][\"')\]]*")
_EXPLAINS = r"(?:^|[:;…\"(|] ?|[–—-] |\. ){explains}|{explains_anywhere}|{explains_at_end}$"


def asks(title: Sentence) -> bool:
    """The title is a question and nothing else."""
    return _QUESTION.fullmatch(title.text.strip()) is not None


def explains(title: Sentence, tongue: Tongue) -> bool:
    """The title says what the text will explain, and gives no figure of it but how long it was:
    "how they keep in touch", "what a year of it taught".
    """
    figures = any(number.unit not in LENGTHS for number in title.numbers)
    if figures or "?" in title.text:  # a question that is answered
        return False
    return tongue.pattern(_EXPLAINS).search(title.text.strip()) is not None
