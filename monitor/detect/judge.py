"""Is an article about the topic? Position, weight and company of the names decide."""

from __future__ import annotations

from monitor.detect.reading import Reading, Sentence, read
from monitor.detect.topic import Topic
from monitor.models import Article, Judgement, Relevance, Span

_TITLE, _LEAD, _LATER, _OLD = 1.0, 0.75, 0.3, 0.12
_ENOUGH = 0.5
_LEAD_SENTENCES = 2
_MOST_SPANS = 8


def judge(article: Article, topic: Topic) -> Judgement:
    """Relevant, a passing mention, or off topic, with the spans that say so. Pure."""
    reading = read(article, topic)
    if topic.everything:
        return Judgement(Relevance.RELEVANT, "Everything is watched.", score=1.0)
    spans = _spans(reading)
    if not reading.central:
        return Judgement(Relevance.OFF_TOPIC, "It names nothing that is watched.", spans)
    score = _score(reading)
    where = _where(reading)
    if score >= _ENOUGH:
        return Judgement(Relevance.RELEVANT, f"It is about the topic: {where}.", spans, score)
    return Judgement(Relevance.PASSING, f"Only a passing mention: {where}.", spans, score)


def _score(reading: Reading) -> float:
    """Evidence that the article is about the topic, 0 to about 3."""
    body = reading.body
    total = _TITLE if reading.title is not None and reading.title.subjects else 0.0
    for sentence in body:
        if sentence.subjects:
            total += _weight(sentence, len(body))
    return round(total, 4)


def _weight(sentence: Sentence, length: int) -> float:
    if sentence.old:
        return _OLD
    if sentence.index < _LEAD_SENTENCES:
        return _LEAD
    return _LATER * (1.0 - sentence.index / (length + 1)) + 0.05


def _where(reading: Reading) -> str:
    named = [sentence for sentence in reading.body if sentence.subjects]
    places = []
    if reading.title is not None and reading.title.subjects:
        places.append("named in the title")
    if named and named[0].index < _LEAD_SENTENCES:
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
