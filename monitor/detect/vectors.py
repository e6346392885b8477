"""What an article is made of, as weighted terms that stories are compared by."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.detect.reading import Reading, Sentence
from monitor.detect.text import sketch, terms
from monitor.detect.topic import Topic

_TITLE, _LEAD, _REST = 3.0, 1.5, 0.6
_REST_FROM = 3
_CONCEPT = 1.2
MOST_TERMS = 90


@dataclass(frozen=True, slots=True)
class Features:
    """An article for comparison: `words` of its language, `concepts` of every language."""

    words: Mapping[str, float]
    concepts: Mapping[str, float]
    title: frozenset[str]  # terms and concepts of the title
    numbers: frozenset[str]  # quantities of the title and the lead
    sketch: tuple[int, ...]
    lang: str | None

    @property
    def vector(self) -> dict[str, float]:
        """Words and concepts together."""
        return {**self.words, **self.concepts}


def features_of(reading: Reading, topic: Topic) -> Features:
    """The features of what an article says; in a watch, of what it says of the topic."""
    used = [s for s in reading.sentences if _counts(s, topic)] or list(reading.sentences[:3])
    words: Counter[str] = Counter()
    concepts: Counter[str] = Counter()
    title: set[str] = set()
    numbers: set[str] = set()
    everything: list[str] = []
    for sentence in used:
        weight = _weight(sentence)
        found = terms(sentence.text, reading.tongue.stop)
        ids = concept_ids(sentence)
        for term in found:
            words[term] += weight  # type: ignore[assignment]
        for concept in ids:
            concepts[concept] += weight * _CONCEPT  # type: ignore[assignment]
        if sentence.part == "title":
            title.update(found, ids)
        if sentence.index < _REST_FROM:
            numbers.update(number.key for number in sentence.numbers if number.unit)
        everything += found
    return Features(
        _damped(words), _damped(concepts), frozenset(title), frozenset(numbers),
        sketch(everything), reading.lang,
    )  # fmt: skip


def _counts(sentence: Sentence, topic: Topic) -> bool:
    return (
        topic.everything
        or sentence.part == "title"
        or (bool(sentence.subjects) and not sentence.old)
    )


def _weight(sentence: Sentence) -> float:
    if sentence.part == "title":
        return _TITLE
    return _LEAD if sentence.index < _REST_FROM else _REST


def _damped(counts: Counter[str]) -> dict[str, float]:
    """Repetition counts less and less; only the heaviest terms are kept."""
    heavy = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_TERMS]
    return {
        term: round(1.0 + math.log(max(count, 0.37)), 3) for term, count in heavy if count > 0.4
    }


def concept_ids(sentence: Sentence) -> list[str]:
    """Language-neutral terms: acts, things, places, persons, quantities and days."""
    found = []
    for hit in sentence.hits:
        if hit.kind in ("act", "thing", "place", "actor"):
            found.append(f"@{hit.kind}:{hit.id}")
    found += [f"@n:{number.key}" for number in sentence.numbers if number.unit]
    found += [f"@d:{when.day.isoformat()}" for when in sentence.days if when.width == 1]
    return found
