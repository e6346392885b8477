"""What names the topic in no title, weighed once more: with what is under way in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.detect.about.described import described, strangers
from monitor.detect.about.judge import where_named
from monitor.detect.about.mentions import is_place_of_it
from monitor.detect.logistic import probability
from monitor.detect.story.match_story import Match, near_stories
from monitor.detect.story.stories import TopicState, apart
from monitor.detect.story.vectors import Features, words_of
from monitor.detect.weights import ABOUT
from monitor.detect.words.opened import concerned
from monitor.detect.words.reading import Reading, Sentence, read
from monitor.detect.words.topic import Topic
from monitor.models import Article, Judgement, Relevance

UNDER_WAY = timedelta(days=3)
_ENOUGH = 0.45
_SURE = 0.7  # from which an article is as surely about the topic as one that names it
_HEAD = 3  # sentences, the title among them
_WORLD = frozenset({"subject", "short", "context", "actor"})
_MOST = 3
_SUREST = 0.999  # of a judgement; its evidence is counted from -1 to 1
_LONG, _MANY = 4.0, 3.0  # log1p of the sentences and of the reports from which more say no more
_QUOTED = 120  # characters of a sentence that a reason shows
_UNNAMED = "It does not name what is watched"


@dataclass(frozen=True, slots=True)
class Running:
    """A story of the last days beside an article."""

    match: Match
    title_held: float  # the share of the title's weight that the story holds
    hours: float  # since its last report


def judged_again(
    article: Article, judgement: Judgement, topic: Topic, state: TopicState, now: datetime
) -> tuple[Judgement, list[Match] | None]:
    """The judgement, weighed anew with what is under way unless it is settled, and the stories that
    are near, where all of them were looked for.

    What was put aside and cannot be about the topic, as far as names tell, is not even read.
    """
    aside = judgement.relevance is not Relevance.RELEVANT
    if aside and not may_be_about(article, topic, state, now):
        return judgement, None
    reading = read(article, topic)
    if is_settled(judgement, reading, topic):
        return judgement, None
    words = words_of(reading, topic)
    near = near_stories(words, state, now, topic, UNDER_WAY if aside else timedelta.max)
    running = story_under_way(words, state, near, now)
    return weighed_anew(judgement, reading, topic, running), None if aside else near


def may_be_about(article: Article, topic: Topic, state: TopicState, now: datetime) -> bool:
    """As far as names tell, without reading it: they name it, or a story of it is under way."""
    found = concerned(article, topic.vocabulary, topic.names)
    if topic.name in found.named:
        return True
    return topic.name in found.beside and state.told_since(now - UNDER_WAY)


def is_settled(judgement: Judgement, reading: Reading, topic: Topic) -> bool:
    """What the judgement takes for relevant is so, whatever is under way, if the topic is named in
    the title or the first sentence: it may be the first report of something new.
    """
    named = {n for s in reading.sentences[:2] if s.index <= 0 for n in s.subjects}
    central = any(topic.subjects[name].central for name in named)
    return judgement.relevance is Relevance.RELEVANT and central


def weighed_anew(
    judgement: Judgement, reading: Reading, topic: Topic, running: Running | None
) -> Judgement:
    """The judgement on an article that is not settled, by all that can be known of it, a story that
    is `running` beside it among that.

    "Building gone, ministry says" an hour after the blast names nothing, but everybody knows what
    it is about; "a building in Kaesong where both sides keep staff" is the office by description;
    and what names the office in its second sentence is mostly about it while it is of what the
    office is in the news for, and mostly about something else when it is not.
    """
    if running is None and not reading.central and not described(reading, topic):
        return judgement
    score = probability(evidence_about(judgement, reading, topic, running), ABOUT)
    relevant = judgement.relevance is Relevance.RELEVANT
    if score < _ENOUGH:
        return _put_aside(judgement, reading) if relevant else judgement
    if relevant:
        return judgement
    about = max(score, judgement.score) if score >= _SURE else judgement.score
    why = _why(reading, topic, running)
    return replace(judgement, relevance=Relevance.RELEVANT, why=why, score=about)


def _put_aside(judgement: Judgement, reading: Reading) -> Judgement:
    named = f"Only a passing mention: {where_named(reading)}"
    why = f"{named}, in a report of nothing that is under way."
    return replace(judgement, relevance=Relevance.PASSING, why=why)


def story_under_way(
    features: Features, state: TopicState, near: Iterable[Match], now: datetime
) -> Running | None:
    """Of the stories of the last days the one that the article is most likely of."""
    lately = [match for match in near if apart(match.story, now) <= UNDER_WAY]
    if not lately:
        return None
    match = max(lately, key=lambda match: match.score)
    title = sorted(features.title)
    held = [term for term in title if term in match.story.memory["terms"]]
    share = state.mass(held) / state.mass(title) if title else 0.0
    hours = apart(match.story, now).total_seconds() / 3600
    return Running(match, round(share, 4), hours)


def evidence_about(
    judgement: Judgement, reading: Reading, topic: Topic, running: Running | None
) -> dict[str, float]:
    """What speaks for an article being about the topic, each from 0 to 1, `judged` from -1."""
    title = [sentence for sentence in reading.sentences[:1] if sentence.part == "title"]
    head = list(reading.sentences[:_HEAD])
    told = described(reading, topic)
    everything = {hit.id for sentence in reading.sentences for hit in sentence.hits}
    found = {
        "named": float(reading.central),
        "judged": _judged(judgement) if reading.central else 0.0,
        "there": float(reading.central and is_place_of_it(reading, topic)),
        "described": min(len(told), _MOST) / _MOST,
        "described_title": float(any(sentence in title for sentence in told)),
        "described_head": float(any(sentence in head for sentence in told)),
        "part_title": float(any(sentence.ids("short") for sentence in title)),
        "world_title": _world(title, topic),
        "world_head": _world(head, topic),
        "persons": float(any(topic.persons & set(sentence.ids("actor")) for sentence in head)),
        "act_title": float(any(topic.push & set(sentence.ids("act")) for sentence in title)),
        "number_title": float(any(sentence.numbers for sentence in title)),
        "elsewhere": float(not strangers(topic.vouched).isdisjoint(everything)),
        "long": min(1.0, math.log1p(len(reading.body)) / _LONG),
    }
    return found | (_evidence_running(running) if running else {})


def _judged(judgement: Judgement) -> float:
    """The judgement as the evidence that it was weighed from, -1 for surely not, 1 for surely."""
    score = min(max(judgement.score, 1 - _SUREST), _SUREST)
    return round(math.log(score / (1 - score)) / math.log(_SUREST / (1 - _SUREST)), 4)


def _evidence_running(running: Running) -> dict[str, float]:
    near = running.match.evidence
    reports = running.match.story.memory["reports"]
    return {
        "running": 1.0,
        "score": running.match.score,
        "words": near["words"],
        "concepts": near["concepts"],
        "cross_title": near["cross_title"],
        "acts": near["acts"],
        "title_held": running.title_held,
        "hours": math.log1p(running.hours) / math.log1p(UNDER_WAY / timedelta(hours=1)),
        "reports": min(1.0, math.log1p(reports) / _MANY),
    }


def _world(sentences: list[Sentence], topic: Topic) -> float:
    """How many persons, places and things of the topic's pack are named, three or more 1."""
    named = {
        hit.id
        for sentence in sentences
        for hit in sentence.hits
        if hit.kind in _WORLD and hit.id in topic.labels
    }
    return min(len(named), _MOST) / _MOST


def _why(reading: Reading, topic: Topic, running: Running | None) -> str:
    named = "It names what is watched only in passing" if reading.central else _UNNAMED
    if running is not None:
        return f"{named}, but tells of what is under way in “{running.match.story.title}”."
    told = described(reading, topic)
    if not told:
        return f"{named}, but the rest of it speaks of the same."
    sentence = told[0]
    words = reading.parts[sentence.part][sentence.start : sentence.end].strip()
    return f"{named}, but describes it: “{words[:_QUOTED]}”."
