"""Which watched things a text tells apart from their look-alikes.

A pack names look-alikes for all that it watches: a liaison office elsewhere, a military hotline. In
a text that names one, short names are in doubt. But "the liaison office line and two military
lines" speaks of both, and takes neither for the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from monitor.config.topic import Subject
from monitor.detect.words.text import fold

_WORD = re.compile(r"[^\W\d_]{4,}")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def told_apart(lookalike: str, subjects: Collection[Subject]) -> frozenset[str]:
    """The ids of the subjects for which a look-alike, a folded text, cannot be mistaken where both
    are named in one sentence: it shares a word with short names of others, and with none of theirs.
    """
    words = _words(lookalike)
    alike = {subject.id for subject in subjects if _shares(subject, words)}
    return frozenset({subject.id for subject in subjects} - alike) if alike else frozenset()


def _shares(subject: Subject, words: Collection[str]) -> bool:
    """A longer word of a short name, or two letters where words are not spaced, begins a word."""
    parts = {p for forms in subject.short.values() for form in forms for p in _words(fold(form))}
    return any(word.startswith(part) for part in parts for word in words)


def _words(text: str) -> set[str]:
    """Its longer words, and each two letters that stand together where words are not spaced."""
    runs = _UNSPACED.findall(text)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    return pairs | set(_WORD.findall(_UNSPACED.sub(" ", text)))
