"""Write monitor/detect/lexicon/frequent.txt: the commonest words of each language that is read.

    python tools/frequent_words.py

Needs the package `wordfreq` 3.1 (no dependency of the project), whose data are CC BY-SA 4.0.
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

from wordfreq import get_frequency_dict

OUT = Path(__file__).parent.parent / "monitor" / "detect" / "lexicon" / "frequent.txt"
LANGUAGES = ("ar", "de", "en", "es", "fr", "ja", "ko", "ru", "zh")
LEAST = 4.2  # a word of which a reader meets one in 60,000
HEAD = """\
# The commonest words of each language, by how common they are, in tenths of powers of ten for a
# billion words ("en 42": 16 in a million). `monitor check` looks there for words of a topic pack.
# Made by tools/frequent_words.py from wordfreq 3.1.1 (Robyn Speer), whose data, and so this file,
# are under CC BY-SA 4.0: https://creativecommons.org/licenses/by-sa/4.0/
"""


def main() -> None:
    """Write the file, a line of words for each language and degree."""
    lines = []
    for language in LANGUAGES:
        degrees: defaultdict[int, list[str]] = defaultdict(list)
        for word, frequency in get_frequency_dict(language, "small").items():
            degree = math.log10(frequency * 1e9)
            if degree >= LEAST and word.isalpha():
                degrees[int(10 * degree)].append(word)
        lines += [f"{language} {n} {' '.join(sorted(degrees[n]))}\n" for n in sorted(degrees)]
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
