"""What changed between two texts, in words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from monitor.detect.words.text import clean, fold, sentences
from monitor.models import DiffPart

_WORDS_CAP = 1200  # in a run of changed sentences; longer runs are shown as replaced whole
_SENTENCES_CAP = 400
_CAP = 60_000  # characters that are compared
# A word with the space behind it, so that joined pieces are the text again.
_PIECE = re.compile(r"(?:[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+)\s*")


def diff(old: str, new: str) -> tuple[DiffPart, ...]:
    """The runs of words that stayed, came and went: sentences first, then words in changed ones."""
    old, new = clean(old, _CAP), clean(new, _CAP)
    if old == new:
        return (DiffPart("same", new),) if new else ()
    left, right = _sentences(old), _sentences(new)
    parts: list[DiffPart] = []
    for op, a, b, c, d in _compared(left, right):
        before, after = "".join(left[a:b]), "".join(right[c:d])
        if op == "equal":
            _add(parts, "same", after)
        elif op == "replace":
            _words(parts, before, after)
        else:
            _add(parts, "removed", before)
            _add(parts, "added", after)
    return tuple(parts)


def _sentences(text: str) -> list[str]:
    places = sentences(fold(text))
    pieces = [text[start:end] for start, end in places[:_SENTENCES_CAP]]
    if len(places) > _SENTENCES_CAP:
        pieces.append(text[places[_SENTENCES_CAP][0] :])
    return pieces


def _compared(left: list[str], right: list[str]) -> list[tuple[str, int, int, int, int]]:
    """The steps from `left` to `right`; a space at the edge of a piece is no difference."""
    was, now = [piece.strip() for piece in left], [piece.strip() for piece in right]
    return list(SequenceMatcher(None, was, now, autojunk=False).get_opcodes())


def _words(parts: list[DiffPart], before: str, after: str) -> None:
    left, right = _PIECE.findall(before), _PIECE.findall(after)
    if len(left) > _WORDS_CAP or len(right) > _WORDS_CAP:
        _add(parts, "removed", before)
        _add(parts, "added", after)
        return
    for op, a, b, c, d in _compared(left, right):
        if op == "equal":
            _add(parts, "same", "".join(right[c:d]))
        else:
            _add(parts, "removed", "".join(left[a:b]))
            _add(parts, "added", "".join(right[c:d]))


def _add(parts: list[DiffPart], op: str, text: str) -> None:
    if not text.strip():
        return
    if parts and parts[-1].op == op:
        parts[-1] = DiffPart(op, parts[-1].text + text)
    else:
        parts.append(DiffPart(op, text))
