"""Write monitor/detect/lexicon/common.txt: how common the commonest terms of each language are.

    python tools/common_words.py

Needs the package `wordfreq` 3.1 (no dependency of the project), whose data are CC BY-SA 4.0.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict

from monitor.detect.words.text import fold, terms

OUT = Path(__file__).parent.parent / "monitor" / "detect" / "lexicon" / "common.txt"
LANGUAGES = ("ar", "de", "en", "es", "fr", "ja", "ko", "ms", "ru", "zh")
LEAST = 4.2  # below, a term is rare enough to count in full: seen in one of 200 articles
HEAD = """\
# How common terms are, in tenths of powers of ten for a billion words ("52" is 158 in a million).
# Terms are stems, and pairs of characters where words are not spaced: monitor/detect/words/text.py.
# Made by tools/common_words.py from wordfreq 3.1.1 (Robyn Speer), whose data, and so this file, are
# under CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/
"""


def frequencies() -> dict[str, float]:
    """The share of each term in the words of the language that uses it most."""
    most: dict[str, float] = {}
    for language in LANGUAGES:
        share: defaultdict[str, float] = defaultdict(float)
        for word, frequency in get_frequency_dict(language, "small").items():
            for term in set(terms(fold(word))):
                share[term] += frequency
        for term, frequency in share.items():
            most[term] = max(most.get(term, 0.0), frequency)
    return most


def main() -> None:
    """Write the file, a line of terms for each degree."""
    degrees: defaultdict[int, list[str]] = defaultdict(list)
    for term, frequency in frequencies().items():
        degree = math.log10(frequency * 1e9)
        if degree >= LEAST and term[0] != "#":
            degrees[int(10 * degree)].append(term)
    lines = [f"{degree} {' '.join(sorted(degrees[degree]))}\n" for degree in sorted(degrees)]
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
