"""The open stories of a topic, and which of them an article belongs to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from monitor.detect.text import contained
from monitor.detect.vectors import Features
from monitor.models import Decision, Story

HORIZON = timedelta(days=120)  # how far back stories must be loaded
_TERMS_KEPT = 140
_MEMBERS_KEPT = 10
_CANDIDATES = 24
_PROBES = 24


@dataclass(frozen=True, slots=True)
class Match:
    """How close an article came to a story, each measure from 0 to 1."""

    story: Story
    cosine: float
    title: float  # the best likeness to the title of a member
    concepts: float
    copied: float  # the largest share of the shorter text that is in the other one
    days: float  # since the story was last told
    numbers: float  # +1 the same quantities, -1 other values of the same units
    score: float = 0.0


class TopicState:
    """The open stories of one topic in memory, with an index from terms to stories.

    Built from what was stored or grown by `apply`, it decides alike: everything in it derives
    from the stories alone.
    """

    def __init__(
        self, stories: Iterable[Story] = (), card: Mapping[str, str] | None = None
    ) -> None:
        self._stories: dict[str, Story] = {}
        self._postings: dict[str, set[str]] = {}
        self._known: dict[str, set[str]] = {}
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
        for term in story.memory["v"]:
            self._postings.setdefault(term, set()).add(story.id)
        for key in story.memory["k"]:
            self._known.setdefault(key, set()).add(story.id)

    def _drop(self, story: Story) -> None:
        del self._stories[story.id]
        for index, keys in ((self._postings, story.memory["v"]), (self._known, story.memory["k"])):
            for key in keys:
                index[key].discard(story.id)
                if not index[key]:
                    del index[key]

    def expire(self, now: datetime) -> None:
        """Let go of stories past the horizon; a state loaded now would not hold them either."""
        for story in [s for s in self._stories.values() if s.updated < now - HORIZON]:
            self._drop(story)

    def rarity(self, term: str) -> float:
        """The weight of a term: the fewer stories have it, the more it tells."""
        return math.log(
            1.0 + (len(self._stories) + 2.0) / (len(self._postings.get(term, ())) + 1.0)
        )

    def known(self, key: str) -> list[tuple[Story, list[Any]]]:
        """The stories that hold a fact key, with what is remembered of it, oldest first."""
        holders = (self._stories[name] for name in self._known.get(key, ()))
        ordered = sorted(holders, key=lambda story: (story.opened, story.id))
        return [(story, story.memory["k"][key]) for story in ordered]

    def known_keys(self, start: str) -> list[str]:
        """The known keys that begin with `start`, in order."""
        return sorted(key for key in self._known if key.startswith(start))

    def candidates(self, features: Features) -> list[Story]:
        """The stories that share the rarest terms of an article, best first."""
        weighed = sorted(
            ((weight * self.rarity(term), term) for term, weight in features.vector.items()),
            reverse=True,
        )
        points: dict[str, float] = {}
        for weight, term in weighed[:_PROBES]:
            for name in self._postings.get(term, ()):
                points[name] = points.get(name, 0.0) + weight
        best = sorted(points, key=lambda name: (-round(points[name], 9), name))[:_CANDIDATES]
        return [self._stories[name] for name in best]

    def compare(self, features: Features, story: Story, now: datetime) -> Match:
        """How close an article is to a story."""
        memory = story.memory
        members = memory["m"]
        return Match(
            story=story,
            cosine=self._cosine(features.vector, memory["v"]),
            title=max((self._overlap(features.title, m["t"]) for m in members), default=0.0),
            concepts=self._cosine(
                features.concepts, {k: v for k, v in memory["v"].items() if k[0] == "@"}
            ),
            copied=max((contained(features.sketch, tuple(m["s"])) for m in members), default=0.0),
            days=max(0.0, (now - story.updated).total_seconds() / 86400),
            numbers=_agreement(features.numbers, memory["n"]),
        )

    def _cosine(self, left: Mapping[str, float], right: Mapping[str, float]) -> float:
        dot = sum(w * right[t] * self.rarity(t) ** 2 for t, w in left.items() if t in right)
        if not dot:
            return 0.0
        size = self._length(left) * self._length(right)
        return round(dot / size, 6)

    def _length(self, vector: Mapping[str, float]) -> float:
        return math.sqrt(sum((w * self.rarity(t)) ** 2 for t, w in vector.items())) or 1.0

    def _overlap(self, left: frozenset[str], right: Iterable[str]) -> float:
        there = set(right)
        total = sum(self.rarity(t) for t in sorted(left | there))
        return round(sum(self.rarity(t) for t in sorted(left & there)) / total, 6) if total else 0.0


def _agreement(numbers: frozenset[str], known: Iterable[str]) -> float:
    return 0.0


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
    count = memory.get("c", 0)
    terms = dict(memory.get("v", {}))
    for term, weight in features.vector.items():
        terms[term] = round(terms.get(term, 0.0) + weight, 3)
    heavy = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:_TERMS_KEPT]
    member = {
        "t": sorted(features.title)[:40],
        "s": list(features.sketch),
        "l": features.lang or "",
    }
    members = [*memory.get("m", []), member]
    if len(members) > _MEMBERS_KEPT:
        members = [members[0], *members[-_MEMBERS_KEPT + 1 :]]
    numbers = sorted({*memory.get("n", []), *features.numbers})[:60]
    facts = {key: list(value) for key, value in memory.get("k", {}).items()}
    for key in keys:
        first, outlets, was_told = facts.get(key, [now.isoformat(), [], 0])
        names = outlets if outlet in outlets or len(outlets) >= 4 else [*outlets, outlet]
        facts[key] = [first, names, int(was_told or told)]
    return {"c": count + 1, "v": dict(sorted(heavy)), "m": members, "n": numbers, "k": facts}
