"""Articles that do not name what is watched and yet tell of a story of it that is under way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.detect.match_story import best_match
from monitor.detect.opened import concerned
from monitor.detect.reading import Reading, read
from monitor.detect.stories import TopicState
from monitor.detect.topic import Topic
from monitor.detect.vectors import features_of
from monitor.models import Article, Judgement, Relevance

UNDER_WAY = timedelta(days=3)
_SURE = 0.5  # chance of being the same event from which the name can be missing
_HEAD = 4  # sentences, the title among them, in which it must speak of the topic's world
_WORLD = frozenset({"subject", "short", "context", "actor"})


def taken_along(
    judgement: Judgement, article: Article, topic: Topic, state: TopicState, now: datetime
) -> Judgement:
    """The judgement, relevant if the article all but surely tells of a story told within days.

    "Building gone, ministry says" an hour after the blast names nothing, but everybody knows what
    it is about. The score stays: such an article is not sure enough to interrupt by itself.
    """
    if not state.told_since(now - UNDER_WAY) or not _may_be_in_its_world(article, topic):
        return judgement
    reading = read(article, topic)
    if not _in_its_world(reading, topic):
        return judgement
    match, _ = best_match(features_of(reading, topic), state, now, topic)
    if match is None or match.score < _SURE or now - match.story.updated > UNDER_WAY:
        return judgement
    why = f"It does not name what is watched, but tells of the same event as “{match.story.title}”."
    return replace(judgement, relevance=Relevance.RELEVANT, why=why)


def _may_be_in_its_world(article: Article, topic: Topic) -> bool:
    """As far as names tell, without reading it."""
    found = concerned(article, topic.vocabulary, topic.names)
    return topic.name in found.named or topic.name in found.beside


def _in_its_world(reading: Reading, topic: Topic) -> bool:
    """Somebody or something of the topic's pack is named near the start."""
    return any(
        hit.kind in _WORLD and hit.id in topic.labels
        for sentence in reading.sentences[:_HEAD]
        for hit in sentence.hits
    )
