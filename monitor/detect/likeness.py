"""How like an article is to a story where nothing is watched, so that the whole texts count.

Texts are compared by the cosine of their words, which weigh by how rare they are in their language
(decision 19). What cosine tells one event from two differs from affair to affair: reports of a
wide one share little with each other, those of one incident nearly everything. So an article's
likeness is measured by what is usual inside the story, like the scores of topic tracking that
are normalised by those of the topic's own training texts (Leek et al., TDT workshop 1999).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from monitor.detect.numbers import overlaps
from monitor.detect.stories import TopicState
from monitor.detect.text import contained
from monitor.detect.topic import Topic
from monitor.detect.vectors import Features, cosine
from monitor.models import Story

_USUAL = 0.4  # likeness of two reports of one event, until a story shows its own
_USUAL_WEIGHT = 6  # pairs of reports that this counts for
_MOST_LIKE = 1.5
_NEAREST = 3
_BRIEF, _WHOLE = 12, 48  # different words of a bare title, and of a text that tells it all
_SHORTEST_COPY = 12  # runs of terms


def likeness_evidence(
    features: Features, story: Story, state: TopicState, now: datetime, topic: Topic
) -> dict[str, float]:
    """What speaks for an article telling of a story, mostly from 0 to 1; `rival` is 0 as yet.

    Full texts, bare titles and articles in a language that the story has not are weighed apart:
    of each pair of names like `likeness` and `full_likeness` the second is 0 in other cases.
    """
    members: list[dict[str, Any]] = story.memory["members"]
    words = features.words or {}
    alike = [cosine(words, member["words"]) for member in members]
    same = [member for member in members if member["lang"] == features.lang]
    own, cross = float(bool(same)), float(not same)
    full = _fullness(words) * max(_fullness(member["words"]) for member in members)
    concepts = _by_rarity(features.concepts, [m["concepts"] for m in members], state)
    names = _by_rarity(
        dict.fromkeys(features.names, 1.0), [dict.fromkeys(m["names"], 1.0) for m in members], state
    )
    idle = math.log1p(min(max(0.0, (now - story.updated).total_seconds() / 86400), 60.0)) / 4
    found = {
        "likeness": own * min(_MOST_LIKE, _mean(alike) / cohesion(members)),
        "concepts": _mean(_highest(concepts)),
        "names": _mean(_highest(names)),
        "title": max(_title_held(features.title, m["words"], topic) for m in members),
        "numbers": max(agreement(features.numbers, m["numbers"]) for m in members),
        "clash": float(all(_clash(features.numbers, m["numbers"]) for m in members)),
        "other_days": float(all(_disjoint(features.days, m["days"]) for m in members)),
        "copied": copied(features.sketch, same),
        "idle": idle,
    }
    apart = {f"full_{name}": own * full * found[name] for name in ("likeness", "concepts", "names")}
    return {name: round(value, 4) for name, value in (found | apart).items()} | {
        "full": full,
        "bare": 1.0 - full,
        "full_title": own * full * found["title"],
        "cross": cross,
        "cross_concepts": cross * max(concepts),
        "cross_names": cross * found["names"],
        "cross_words": cross * max(alike),
        "bare_words": own * (1.0 - full) * max(alike),
        "bare_idle": (1.0 - full) * idle,
        "nearest": max(alike),
        "rival": 0.0,
    }


def cohesion(members: list[dict[str, Any]]) -> float:
    """How like the reports of a story are to each other; with few, what is usual anywhere."""
    told = [value for member in members for value in member["alike"]]
    return (math.fsum(told) + _USUAL * _USUAL_WEIGHT) / (len(told) + _USUAL_WEIGHT)


def _fullness(words: Mapping[str, float]) -> float:
    """0 of a bare title, 1 of a text that tells it all."""
    return min(1.0, max(0.0, (len(words) - _BRIEF) / (_WHOLE - _BRIEF)))


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def _highest(values: list[float]) -> list[float]:
    return sorted(values, reverse=True)[:_NEAREST]


def _by_rarity(
    mine: Mapping[str, float], theirs: list[Mapping[str, float]], state: TopicState
) -> list[float]:
    """The cosines of terms that weigh more the fewer stories have them."""
    left = {term: weight * state.rarity(term) for term, weight in mine.items()}
    length = _length(left)
    if not length:
        return [0.0] * len(theirs)
    found = []
    for terms in theirs:
        right = {term: weight * state.rarity(term) for term, weight in terms.items()}
        shared = math.fsum(weight * right.get(term, 0.0) for term, weight in left.items())
        found.append(shared / (length * _length(right)) if shared else 0.0)
    return found


def _length(terms: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum(weight * weight for weight in terms.values()))


def _title_held(title: frozenset[str], words: Mapping[str, float], topic: Topic) -> float:
    """The share of the weight of the title's words that a report has."""
    weights = {term: topic.weights.get(term, 1.0) for term in title if term[0] != "@"}
    total = math.fsum(weights.values())
    return math.fsum(w for term, w in weights.items() if term in words) / total if total else 0.0


def copied(mine: tuple[int, ...], members: list[dict[str, Any]]) -> float:
    """The largest share of a common text; two short lines may be alike without being copies."""
    if len(mine) < _SHORTEST_COPY:
        return 0.0
    return max((contained(mine, tuple(member["sketch"])) for member in members), default=0.0)


def _disjoint(left: frozenset[str], right: Iterable[str]) -> bool:
    """Both name days, and none is the same."""
    there = set(right)
    return bool(left and there) and not left & there


def agreement(left: frozenset[str], right: Iterable[str]) -> float:
    """The share of the fewer quantities that both texts tell."""
    there = list(right)
    if not left or not there:
        return 0.0
    shared = sum(any(overlaps(one, other) for other in there) for one in left)
    return shared / min(len(left), len(there))


def _clash(left: frozenset[str], right: Iterable[str]) -> bool:
    """Both tell quantities of the same kind, and none agrees."""
    there = list(right)
    kinds = {key.rpartition(":")[0] for key in left} & {key.rpartition(":")[0] for key in there}
    return bool(kinds) and not any(overlaps(one, other) for one in left for other in there)
