"""Which open story an article belongs to: weighted evidence after the never-merge guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.detect.stories import Match, TopicState
from monitor.detect.topic import Topic
from monitor.detect.vectors import Features

_ENOUGH = 0.3


def best_match(
    features: Features, state: TopicState, now: datetime, topic: Topic
) -> tuple[Match | None, bool]:
    """The nearest story, and whether the article belongs to it."""
    best: Match | None = None
    for story in state.candidates(features):
        match = state.compare(features, story, now)
        match = replace(match, score=score_of(match))
        if best is None or match.score > best.score:
            best = match
    return best, best is not None and best.score >= _ENOUGH


def score_of(match: Match) -> float:
    """All evidence in one number."""
    if match.copied > 0.8:
        return 1.0
    total = 0.6 * match.cosine + 0.3 * match.title + 0.3 * match.concepts
    return round(total - 0.02 * min(match.days, 14), 6)
