"""Word diffs between two revisions of a text."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from monitor.models import DiffPart

# A word with the space after it; Chinese and Japanese letters, which know no spaces, stand alone.
_TOKENS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+\s*|\s+|[^\w\s]\s*")
_LONGEST = 8000  # characters of each text; difflib's time grows with their product


def word_diff(old: str, new: str) -> tuple[DiffPart, ...]:
    """The runs of words that stayed ("same"), went ("removed") and came ("added"), in order."""
    a, b = _TOKENS.findall(old[:_LONGEST]), _TOKENS.findall(new[:_LONGEST])
    parts: list[DiffPart] = []
    for op, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
        if op == "equal":
            parts.append(DiffPart("same", "".join(a[a1:a2])))
            continue
        if a1 < a2:
            parts.append(DiffPart("removed", "".join(a[a1:a2])))
        if b1 < b2:
            parts.append(DiffPart("added", "".join(b[b1:b2])))
    return tuple(parts)
