"""The open stories of a topic in memory, with an index from terms to stories."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from monitor.detect.vectors import Features
from monitor.models import Decision, Story

HORIZON = timedelta(days=120)  # how far back stories must be loaded
_TERMS_KEPT = 140
_MEMBERS_KEPT = 8
_CANDIDATES = 5
_FADES = 5.0  # days in which a story's claim halves
_PROBES = 30
_OUTLETS_KEPT = 4


class TopicState:
    """The open stories of one topic.

    Built from what was stored or grown by `apply`, it decides alike: everything in it derives
    from the stories alone.
    """

    def __init__(
        self, stories: Iterable[Story] = (), card: Mapping[str, str] | None = None
    ) -> None:
        self._stories: dict[str, Story] = {}
        self._postings: dict[str, set[str]] = {}
        self._known: dict[str, set[str]] = {}
        self._rarities: dict[str, float] = {}  # of the stories as they stand
        self._oldest: datetime | None = None  # no story was told of longer ago
        self.card: dict[str, str] = dict(card or {})
        for story in stories:
            self._put(story)

    def apply(self, decision: Decision) -> None:
        """Take over the story and the moves of a decision."""
        if decision.story is not None:
            self._put(decision.story)
        for move in decision.moves:
            self.card[move.attribute] = move.now

    def get(self, story: str | None) -> Story | None:
        """An open story by its id."""
        return self._stories.get(story) if story else None

    def _put(self, story: Story) -> None:
        old = self._stories.get(story.id)
        if old is not None:
            self._drop(old)
        self._stories[story.id] = story
        self._oldest = min(self._oldest or story.updated, story.updated)
        self._rarities.clear()
        for index, keys in self._indexes(story):
            for key in keys:
                index.setdefault(key, set()).add(story.id)

    def _drop(self, story: Story) -> None:
        del self._stories[story.id]
        self._rarities.clear()
        for index, keys in self._indexes(story):
            for key in keys:
                index[key].discard(story.id)
                if not index[key]:
                    del index[key]

    def _indexes(self, story: Story) -> tuple[tuple[dict[str, set[str]], Iterable[str]], ...]:
        return (self._postings, story.memory["v"]), (self._known, story.memory["k"])

    def expire(self, now: datetime) -> None:
        """Let go of stories past the horizon; a state loaded now would not hold them either."""
        if self._oldest is None or self._oldest >= now - HORIZON:
            return
        for story in [s for s in self._stories.values() if s.updated < now - HORIZON]:
            self._drop(story)
        self._oldest = min((s.updated for s in self._stories.values()), default=None)

    def rarity(self, term: str) -> float:
        """The weight of a term: the fewer stories have it, the more it tells."""
        found = self._rarities.get(term)
        if found is None:
            holders = len(self._postings.get(term, ()))
            found = math.log(1.0 + (len(self._stories) + 2.0) / (holders + 1.0))
            self._rarities[term] = found
        return found

    def mass(self, terms: Iterable[str]) -> float:
        """The weight of several terms, the same in whatever order they come."""
        known = self._rarities
        return math.fsum([known.get(term) or self.rarity(term) for term in terms])

    def known(self, key: str) -> list[list[Any]]:
        """What is remembered of a fact key in each story that holds it: [last, outlets, told]."""
        return [self._stories[name].memory["k"][key] for name in sorted(self._known.get(key, ()))]

    def known_keys(self, start: str) -> list[str]:
        """The known keys that begin with `start`, in order."""
        return sorted(key for key in self._known if key.startswith(start))

    def candidates(self, features: Features, now: datetime) -> list[Story]:
        """The stories that share the rarest terms, or the rarest concepts, of an article."""
        weighed = sorted(
            ((weight * self.rarity(term), term) for term, weight in features.vector.items()),
            reverse=True,
        )
        concepts = [(weight, term) for weight, term in weighed if term[0] == "@"]
        found = self._best(weighed[:_PROBES], now) | self._best(concepts[:_PROBES], now)
        return [self._stories[name] for name in found]

    def _best(self, probes: list[tuple[float, str]], now: datetime) -> dict[str, None]:
        """The ids that gather most weight, those told lately before those long idle."""
        points: dict[str, float] = {}
        for weight, term in probes:
            for name in self._postings.get(term, ()):
                points[name] = points.get(name, 0.0) + weight
        for name in points:
            idle = max(0.0, (now - self._stories[name].updated).total_seconds() / 86400)
            points[name] /= 1.0 + idle / _FADES
        best = sorted(points, key=lambda name: (-round(points[name], 9), name))
        return dict.fromkeys(best[:_CANDIDATES])


def remembered(
    features: Features,
    keys: Iterable[str],
    told: bool,
    outlet: str,
    now: datetime,
    story: Story | None,
) -> dict[str, Any]:
    """The memory of a story after one more article, as plain JSON."""
    memory: Mapping[str, Any] = story.memory if story is not None else {}
    terms = dict(memory.get("v", {}))
    for term, weight in features.vector.items():
        terms[term] = round(terms.get(term, 0.0) + weight, 3)
    heavy = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:_TERMS_KEPT]
    members = [*memory.get("m", []), _member(features)]
    if len(members) > _MEMBERS_KEPT:
        members = [members[0], *members[-_MEMBERS_KEPT + 1 :]]
    return {
        "c": memory.get("c", 0) + 1,
        "v": dict(heavy),
        "m": members,
        "k": _facts(memory.get("k", {}), keys, told, outlet, now),
        "told": now.isoformat() if told else memory.get("told", ""),
    }


def _member(features: Features) -> dict[str, Any]:
    return {
        "t": sorted(features.title)[:40],
        "w": sorted(features.core),
        "s": list(features.sketch),
        "l": features.lang,
        "a": sorted(features.acts)[:12],
        "n": sorted(features.numbers)[:12],
        "d": sorted(features.days)[:6],
        "p": sorted(features.names),
        "g": sorted(features.claims)[:60],
        "h": sorted(features.turns),
    }


def _facts(
    known: Mapping[str, Any], keys: Iterable[str], told: bool, outlet: str, now: datetime
) -> dict[str, Any]:
    facts = {key: list(value) for key, value in known.items()}
    for key in keys:
        _, outlets, was_told = facts.get(key, ["", [], 0])
        full = outlet in outlets or len(outlets) >= _OUTLETS_KEPT
        facts[key] = [
            now.isoformat(),
            outlets if full else [*outlets, outlet],
            int(was_told or told),
        ]
    return facts
