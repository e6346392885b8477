"""What an article is made of, as weighted terms that stories are compared by."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from monitor.detect.compare.heads import claims_of
from monitor.detect.story.turns import turns_of
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.text import root, sketch, stem, terms
from monitor.detect.words.topic import Topic

_TITLE, _LEAD, _REST = 3.0, 1.5, 0.6  # weights of the words of a sentence, by its place
_LEAD_SENTENCES = 3  # beside the title
_LEAD_TERMS = 10  # by which the beginning of a text is known
_HEAD_SENTENCES = 2  # the same, where nothing is watched
_COMMON = 0.15  # weight up to which words are no names, though written large
_CONCEPT = 1.2  # times the weight of a word
_MOST_TERMS, _CORE = 90, 36  # heaviest terms that are kept of an article, and of these its core
_NAME = re.compile(r"(?<=[\w,;:'’“\"(-] )[A-ZÀ-ÞА-Я][\w’-]+")


@dataclass(frozen=True, slots=True)
class Features:
    """An article for comparison. `vector` holds words and, marked by @, concepts."""

    vector: Mapping[str, float]
    title: frozenset[str]  # terms and concepts of the title
    core: frozenset[str]  # the heaviest terms and concepts
    acts: frozenset[str]  # acts of the title and the lead
    numbers: frozenset[str]  # quantities of the title and the lead
    days: frozenset[str]  # dates of the title and the lead; without a watch not those of its own
    sketch: tuple[int, ...]
    lang: str
    claims: frozenset[str] = frozenset()  # of the title and the first sentence, for the guards
    turns: frozenset[str] = frozenset()  # deeds of the title that move the state card
    sentences: int = 0  # how many follow the title
    lead: list[str] = field(default_factory=list)  # terms of the first of them
    words: Mapping[str, float] | None = None  # of unit length; None in a watch
    # What follows is empty in a watch.
    concepts: Mapping[str, float] = field(default_factory=dict)  # of the vector
    said: frozenset[str] = frozenset()  # every term of the text
    head: Mapping[str, float] = field(default_factory=dict)  # of the title and the first sentences
    head_names: Mapping[str, float] = field(default_factory=dict)  # the names among these


def features_of(reading: Reading, topic: Topic) -> Features:
    """The features of what an article says; in a watch, of what it says of the topic."""
    return replace(
        words_of(reading, topic),
        claims=frozenset() if topic.everything else claims_of(reading, topic),
        turns=turns_of(reading, topic),
    )


@lru_cache(maxsize=8)
def words_of(reading: Reading, topic: Topic) -> Features:
    """The features by which near stories are looked for: all but claims and turns, which are asked
    for once an article is known to be of the topic. Kept for a moment for those that are.
    """
    used = [s for s in reading.sentences if _counts(s, topic)] or list(reading.sentences[:3])
    found = _gathered(used, reading, topic)
    vector = _damped(found.weights, found.telling)
    lead = [s for s in used if s.index < _LEAD_SENTENCES]
    features = Features(
        vector=vector,
        title=frozenset(found.title),
        core=frozenset(list(vector)[:_CORE]),
        acts=frozenset(act for s in lead for act in s.ids("act")),
        numbers=frozenset(number.key for s in lead for number in s.numbers if number.unit),
        days=frozenset(when.day.isoformat() for s in lead for when in s.days if when.width == 1),
        sketch=sketch(found.words),
        lang=reading.lang or "",
        sentences=len(reading.body),
        lead=found.lead,
    )
    return _in_full(features, found, used, reading) if topic.everything else features


@dataclass(slots=True)
class _Terms:
    """The terms of the sentences that are used. How `telling` each is, is asked without a watch."""

    weights: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    telling: dict[str, float] = field(default_factory=dict)
    title: set[str] = field(default_factory=set)  # words and concepts
    words: list[str] = field(default_factory=list)  # of all sentences, in order
    head: list[str] = field(default_factory=list)  # of the title and the first sentences
    lead: list[str] = field(default_factory=list)  # of the first sentence, of more if it is short


def _gathered(used: list[Sentence], reading: Reading, topic: Topic) -> _Terms:
    found = _Terms()
    for sentence in used:
        weight = _weight(sentence)
        words, concepts = terms(sentence.text, reading.tongue.stop), concept_ids(sentence)
        if topic.everything:
            words = _rooted(words, topic.weights, found.telling)
        for word in words:
            found.weights[word] += weight
        for concept in concepts:
            found.weights[concept] += weight * _CONCEPT
        if sentence.part == "title":
            found.title.update(words, concepts)
        elif len(found.lead) < _LEAD_TERMS:
            found.lead += words
        found.words += words
        if sentence.index < _HEAD_SENTENCES:
            found.head += words
    return found


def _in_full(features: Features, found: _Terms, used: list[Sentence], reading: Reading) -> Features:
    """The features with what whole texts are compared by, where nothing is watched."""
    head = {term: found.telling[term] for term in found.head if found.telling[term]}
    named = _names(reading, used)
    return replace(
        features,
        days=features.days - _own_days(reading.today),
        words=_unit(features.vector),
        concepts={term: weight for term, weight in features.vector.items() if term[0] == "@"},
        said=frozenset(found.words),
        head=head,
        head_names={t: w for t, w in head.items() if w > _COMMON and t in named},
    )


def _rooted(words: list[str], common: Mapping[str, float], telling: dict[str, float]) -> list[str]:
    """The roots of some words. In `telling` is noted how telling each is: as its rarest word."""
    roots = [root(word) for word in words]
    for word, term in zip(words, roots, strict=True):
        telling[term] = max(telling.get(term, 0.0), common.get(word, 1.0))
    return roots


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    """The words of a vector, scaled to the length of one."""
    words = {term: weight for term, weight in vector.items() if term[0] != "@" and weight}
    length = math.sqrt(math.fsum(weight * weight for weight in words.values()))
    return {term: round(weight / length, 4) for term, weight in words.items()}


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """The cosine of two vectors of unit length, to three places."""
    return round(sum(weight * right.get(term, 0.0) for term, weight in left.items()), 3)


def _own_days(today: date) -> set[str]:
    """The day of a report and the one before: all reports of a day name them, whatever they tell.
    How far apart two reports are is compared as time.
    """
    return {(today - timedelta(days=ago)).isoformat() for ago in (0, 1)}


def _names(reading: Reading, used: list[Sentence]) -> set[str]:
    """The roots of words with a capital letter inside a sentence."""
    found: set[str] = set()
    for sentence in used:
        if sentence.part == "title":
            continue
        text = reading.parts[sentence.part][sentence.start : sentence.end]
        found.update(sentence.text[slice(*match.span())] for match in _NAME.finditer(text))
    return {root(stem(w)) for w in found - reading.tongue.stop if w not in reading.tongue.months}


def _counts(sentence: Sentence, topic: Topic) -> bool:
    """It is used: in a watch the title, the first sentence, and what is of the topic and of now."""
    about = topic.everything or sentence.part == "title"
    return about or (bool(sentence.subjects) and not sentence.old) or sentence.index == 0


def _weight(sentence: Sentence) -> float:
    if sentence.part == "title":
        return _TITLE
    return _LEAD if sentence.index < _LEAD_SENTENCES else _REST


def _damped(weights: Mapping[str, float], telling: Mapping[str, float]) -> dict[str, float]:
    """The heaviest terms, in order. A repetition counts less and less, a common word least."""
    damped = {
        term: round((1.0 + math.log(weight)) * telling.get(term, 1.0), 3)
        for term, weight in weights.items()
        if weight > 0.4
    }
    return {term: damped[term] for term in heaviest(damped, _MOST_TERMS)}


def heaviest(weights: Mapping[str, float], most: int) -> list[str]:
    """So many terms of the most weight, in order; of equal weight by their names."""
    return sorted(sorted(weights), key=weights.__getitem__, reverse=True)[:most]


def concept_ids(sentence: Sentence) -> list[str]:
    """Language-neutral terms: acts, things, places, persons, quantities and days."""
    found = []
    for hit in sentence.hits:
        if hit.kind in ("act", "event", "thing", "place", "actor"):
            found.append(f"@{hit.kind}:{hit.id}")
    found += [f"@n:{number.key}" for number in sentence.numbers if number.unit]
    found += [f"@d:{when.day.isoformat()}" for when in sentence.days if when.width == 1]
    return found
