"""Is an article about the topic? Position, share, acts and what the title speaks of decide."""

from __future__ import annotations

import re

from monitor.detect.logistic import probability
from monitor.detect.sense.facts import facts_of
from monitor.detect.weights import JUDGE
from monitor.detect.words.opened import concerned
from monitor.detect.words.reading import Reading, Sentence, read
from monitor.detect.words.topic import Topic
from monitor.models import Article, Judgement, Modality, Relevance, Span

_ENOUGH = 0.5
_LONG_AGO = 60  # days
_CLAUSE = re.compile(r"[,;:、，。…]")
_MOST_SPANS = 8
_SPOKEN = ("act", "thing", "actor", "place")


UNNAMED = Judgement(Relevance.OFF_TOPIC, "It names nothing that is watched.")


def judge(article: Article, topic: Topic) -> Judgement:
    """Relevant, a passing mention, or off topic, with the spans that say so. Pure."""
    if topic.everything:
        return Judgement(Relevance.RELEVANT, "Everything is watched.", score=1.0)
    if topic.name not in concerned(article, topic.vocabulary, topic.names).named:
        return UNNAMED
    reading = read(article, topic)
    spans = _spans(reading)
    if not reading.central:
        return Judgement(Relevance.OFF_TOPIC, _off_topic(spans), spans)
    found = evidence(reading, topic)
    score = probability(found, JUDGE)
    where = where_named(reading)
    if found["only_old"] and not found["title"] and not (found["first"] and _is_told(reading)):
        why = f"Only looks back to the topic: {where}."
        return Judgement(Relevance.PASSING, why, spans, min(score, _ENOUGH))
    if score >= _ENOUGH:
        return Judgement(Relevance.RELEVANT, f"It is about the topic: {where}.", spans, score)
    return Judgement(Relevance.PASSING, f"Only a passing mention: {where}.", spans, score)


def _is_told(reading: Reading) -> bool:
    """The clause of the first sentence that names it is not one of long ago: "Kim, who left the
    office in 2020, said so".
    """
    first = reading.body[0]
    places = [
        hit.start
        for hit in first.hits
        if hit.kind in ("subject", "short") and hit.id in first.subjects
    ]
    past = [when for when in first.days if (reading.today - when.day).days > _LONG_AGO]
    return not any(
        _CLAUSE.search(first.text, *sorted((when.start, place))) is None
        for when in past
        for place in places
    )


def evidence(reading: Reading, topic: Topic) -> dict[str, float]:
    """What speaks for the article being about the topic, each from 0 to 1."""
    body = reading.body
    whole = {name for name, subject in topic.subjects.items() if subject.central}
    named = [sentence for sentence in body if sentence.subjects & whole]
    fresh = [sentence for sentence in named if not sentence.old]
    spoken = set(_spoken(reading.title)) if reading.title else set()
    return {
        "title": float(bool(reading.title and reading.title.subjects & whole)),
        "first": float(any(sentence.index == 0 for sentence in named)),
        "second": float(any(sentence.index == 1 for sentence in named)),
        "share": len(named) / len(body) if body else 0.0,
        "fresh": min(len(fresh), 3) / 3,
        "parts": min(sum(bool(s.subjects - whole) for s in body[:6]), 3) / 3,
        "acts": float(any(sentence.ids("act") for sentence in fresh)),
        "title_echo": max((_echo(spoken, sentence) for sentence in named), default=0.0),
        "late": named[0].index / len(body) if named else 1.0,
        "only_old": float(bool(named) and not fresh),
        "brief": float("brief" in reading.cues),
        "once": float(len(named) == 1),
        "title_deed": float(_tells_a_deed(reading, topic)),
    }


def _tells_a_deed(reading: Reading, topic: Topic) -> bool:
    """The title tells an act of the topic's `push` list, and not only as what something follows."""
    facts = facts_of(reading.title, reading, topic) if reading.title else ()
    return any(
        fact.act in topic.push and fact.number is None and fact.modality is not Modality.UNKNOWN
        for _, fact in facts
    )


def _spoken(sentence: Sentence) -> list[str]:
    found = [f"{hit.kind}:{hit.id}" for hit in sentence.hits if hit.kind in _SPOKEN]
    return found + [number.key for number in sentence.numbers if number.unit]


def _echo(spoken: set[str], sentence: Sentence) -> float:
    """The share of what the title speaks of that a sentence naming the topic speaks of too."""
    return len(spoken & set(_spoken(sentence))) / len(spoken) if spoken else 0.0


def _off_topic(spans: tuple[Span, ...]) -> str:
    lookalike = next((span.text for span in spans if span.means == "exclude"), None)
    if lookalike:
        return f"“{lookalike}” is a look-alike; what is watched is not named."
    return UNNAMED.why


def where_named(reading: Reading) -> str:
    """Where an article names the topic, for people."""
    named = [sentence for sentence in reading.body if sentence.subjects]
    places = []
    if reading.title is not None and reading.title.subjects:
        places.append("named in the title")
    if named and named[0].index < 2:
        places.append("in the lead")
    if named:
        places.append(f"in {len(named)} of {len(reading.body)} sentences")
    return ", ".join(places) or "named nowhere"


def _spans(reading: Reading) -> tuple[Span, ...]:
    """The words that name the topic, as they stand in the article."""
    found = []
    for sentence in reading.sentences:
        original = reading.parts[sentence.part]
        for hit in sentence.hits:
            if hit.kind == "exclude" or (
                hit.kind in ("subject", "short") and hit.id in sentence.subjects
            ):
                start, end = sentence.start + hit.start, sentence.start + hit.end
                found.append(Span(sentence.part, start, end, original[start:end], hit.id))
    return tuple(found[:_MOST_SPANS])
