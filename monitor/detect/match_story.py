"""Which open story an article belongs to: weighted evidence after the never-merge guards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.detect.claims import Difference
from monitor.detect.guards import changed, restates
from monitor.detect.judge import probability
from monitor.detect.numbers import overlaps
from monitor.detect.stories import TopicState
from monitor.detect.text import contained
from monitor.detect.topic import Topic
from monitor.detect.turns import same_turn
from monitor.detect.vectors import Features
from monitor.detect.weights import STORY, STORY_WATCH
from monitor.models import Story

_ENOUGH_FULL, _ENOUGH_BARE, _ENOUGH_WATCH = 0.18, 0.4, 0.45  # a bare title is thin evidence
_COPIED = 0.8
_SHORTEST_COPY = 12  # runs of terms
_TWIN = 0.45  # titles alike from which a single changed token is looked for
_SAME_TURN = timedelta(days=2)  # an act that moves the card is not done twice in them
_NEAR, _SAME_DAY = 0.3, timedelta(hours=18)  # for an article that claims what a story claimed
_FOCUS, _STORY_FOCUS = 5, 40
_CROSSED = ("words", "names", "focus", "title", "core", "concepts", "cross_core", "same_lang")


@dataclass(frozen=True, slots=True)
class Match:
    """How close an article came to a story. `score` is the chance that it belongs to it."""

    story: Story
    evidence: Mapping[str, float]
    score: float
    differs: Difference | None = None  # what it claims otherwise than the story's reports
    twin: bool = False  # the title is almost that of a report of the story
    restates: bool = False  # every claim of the head was made in the story

    @property
    def changed(self) -> str:
        """The guard that spoke: "figure", "negation", "done", "actor", "date"; "" if none did."""
        return self.differs.guard if self.differs is not None else ""

    @property
    def copied(self) -> float:
        """The largest share of the shorter text that is in the other one."""
        return self.evidence["copied"]


def best_match(
    features: Features, state: TopicState, now: datetime, topic: Topic
) -> tuple[Match | None, bool]:
    """The nearest story, and whether the article belongs to it."""
    near = [
        compare(features, story, state, now, topic) for story in state.candidates(features, now)
    ]
    if not near:
        return None, False
    best = max(near, key=lambda match: match.score)
    if best.score < _enough(best, topic):
        turned = [match for match in near if _turned(features, match.story, now)]
        turned = turned or [match for match in near if _retold(features, match, now, topic)]
        if not turned:
            return best, False
        best = max(turned, key=lambda match: match.score)
    return guarded(best, features, state, topic), True


def _turned(features: Features, story: Story, now: datetime) -> bool:
    """It tells of the same turn of the state card as the story did within days."""
    if not features.turns or now - story.updated > _SAME_TURN:
        return False
    return any(
        same_turn(features.turns, member.get("turns", ())) for member in story.memory["members"]
    )


def _retold(features: Features, match: Match, now: datetime, topic: Topic) -> bool:
    """All that its head claims was claimed in the story of the day, which is near in words too."""
    if topic.everything or match.score < _NEAR or now - match.story.updated > _SAME_DAY:
        return False
    return restates(
        features.claims,
        [member["claims"] for member in match.story.memory["members"]],
        topic.kin,
        topic.push,
    )


def _enough(match: Match, topic: Topic) -> float:
    if not topic.everything:
        return _ENOUGH_WATCH
    return _ENOUGH_BARE + (_ENOUGH_FULL - _ENOUGH_BARE) * match.evidence["full"]


def compare(
    features: Features, story: Story, state: TopicState, now: datetime, topic: Topic
) -> Match:
    """How close an article is to a story."""
    found = crossed(story_evidence(features, story, state, now))
    score = probability(found, STORY if topic.everything else STORY_WATCH)
    copied = found["copied"] >= _COPIED
    return Match(story, found, 1.0 if copied else score)


def guarded(match: Match, features: Features, state: TopicState, topic: Topic) -> Match:
    """With what the article changes in the report that is most like it, if all else is alike."""
    members: list[dict[str, Any]] = match.story.memory["members"]
    ranked = [
        (_alike(features.title, m["title"], state), _alike(features.core, m["core"], state), m)
        for m in members
    ]
    title, _, twin = max(ranked, key=lambda entry: (max(entry[:2]), entry[0]))
    told = [member["claims"] for member in members]
    found = changed(features.claims, twin["claims"], told)
    alike = title >= _TWIN and twin["lang"] == features.lang
    same = not found and restates(features.claims, told, topic.kin, topic.push)
    return replace(match, differs=found, twin=alike, restates=same)


def story_evidence(
    features: Features, story: Story, state: TopicState, now: datetime
) -> dict[str, float]:
    """What speaks for an article telling of a story, mostly from 0 to 1."""
    memory = story.memory
    members: list[dict[str, Any]] = memory["members"]
    same = [member for member in members if member["lang"] == features.lang]
    idle = max(0.0, (now - story.updated).total_seconds() / 86400)
    age = max(0.0, (now - story.opened).total_seconds() / 86400)
    words = {term: w for term, w in features.vector.items() if term[0] != "@"}
    concepts = {term: w for term, w in features.vector.items() if term[0] == "@"}
    rarities = {term: state.rarity(term) for term in features.vector}
    title_concepts, core_concepts = features.title_concepts, features.core_concepts
    full = min(1.0, max(0.0, (len(features.core) - 12) / 24))
    return {
        "full": full,
        "same_lang": float(bool(same)),
        "words": _held(words, memory["terms"], rarities) if same else 0.0,
        "concepts": _held(concepts, memory["terms"], rarities),
        "title": max((_alike(features.title, m["title"], state) for m in same), default=0.0),
        "cross_title": max(_alike_concepts(title_concepts, m["title"], state) for m in members),
        "core": max((_alike(features.core, m["core"], state) for m in same), default=0.0),
        "cross_core": max(_alike_concepts(core_concepts, m["core"], state) for m in members),
        "focus": _focus(words, memory["terms"], rarities) if same else 0.0,
        "names": _named(features.names, members, state),
        "acts": max(_jaccard(features.acts, m["acts"]) for m in members),
        "copied": _copied(features.sketch, same),
        "numbers": max(_agreement(features.numbers, m["numbers"]) for m in members),
        "clash": float(all(_clash(features.numbers, m["numbers"]) for m in members)),
        "days": max(_jaccard(features.days, m["days"]) for m in members),
        "idle": math.log1p(min(idle, 60.0)) / 4,
        "age": math.log1p(min(age, 60.0)) / 4,
        "size": math.log1p(min(memory["reports"], 30)) / 4,
    }


def crossed(found: dict[str, float]) -> dict[str, float]:
    """With the evidence of words apart for full texts, where chance agreements are fewer."""
    full = found["full"]
    return found | {f"full_{name}": full * found[name] for name in _CROSSED}


def _copied(mine: tuple[int, ...], members: list[dict[str, Any]]) -> float:
    """The largest share of a common text; two short lines may be alike without being copies."""
    if len(mine) < _SHORTEST_COPY:
        return 0.0
    return max((contained(mine, tuple(member["sketch"])) for member in members), default=0.0)


def _held(
    terms: Mapping[str, float], there: Mapping[str, float], rarities: Mapping[str, float]
) -> float:
    """The share of an article's weight that the story's terms hold."""
    total = sum(weight * rarities[term] for term, weight in terms.items())
    held = sum(weight * rarities[term] for term, weight in terms.items() if term in there)
    return round(held / total, 4) if total else 0.0


def _alike(left: frozenset[str], right: list[str], state: TopicState) -> float:
    """Shared weight over all weight of two sets of terms."""
    both = [term for term in right if term in left]
    if not both:
        return 0.0
    shared = state.mass(both)
    return round(shared / (state.mass(left) + state.mass(right) - shared), 4)


def _alike_concepts(left: frozenset[str], right: list[str], state: TopicState) -> float:
    """The same of the concepts alone; `left` holds nothing else."""
    return _alike(left, [term for term in right if term[0] == "@"], state) if left else 0.0


def _focus(
    words: Mapping[str, float], there: Mapping[str, float], rarities: Mapping[str, float]
) -> float:
    """How much of the few words that an article turns on are among those the story turns on."""
    told = set(list(there)[:_STORY_FOCUS])
    weighed = sorted(((w * rarities[t], t) for t, w in words.items()), reverse=True)[:_FOCUS]
    total = sum(weight for weight, _ in weighed)
    return (
        round(sum(weight for weight, term in weighed if term in told) / total, 4) if total else 0.0
    )


def _named(names: frozenset[str], members: list[dict[str, Any]], state: TopicState) -> float:
    """The share of the weight of an article's names that the story's articles speak of too."""
    there = {name for member in members for name in member["names"]}
    total, shared = state.mass(names), state.mass(names & there)
    return round(shared / total, 4) if total and there else 0.0


def _jaccard(left: frozenset[str], right: Iterable[str]) -> float:
    there = set(right)
    return len(left & there) / len(left | there) if left and there else 0.0


def _agreement(left: frozenset[str], right: Iterable[str]) -> float:
    """The share of the fewer quantities that both texts tell."""
    there = list(right)
    if not left or not there:
        return 0.0
    shared = sum(any(overlaps(one, other) for other in there) for one in left)
    return shared / min(len(left), max(1, len(there))) if shared else 0.0


def _clash(left: frozenset[str], right: Iterable[str]) -> bool:
    """Both tell quantities of the same kind, and none agrees."""
    there = list(right)
    kinds = {key.rpartition(":")[0] for key in left} & {key.rpartition(":")[0] for key in there}
    return bool(kinds) and not any(overlaps(one, other) for one in left for other in there)
