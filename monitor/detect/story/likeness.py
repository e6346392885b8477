"""How like an article is to a story where nothing is watched, so that the whole texts count.

An article is compared with each report of a story: by the cosine of their words, which weigh by
how rare they are in their language (decision 19), once as they are and once by how rare they are
in the stream too; by how much of the title and the head of each the whole text of the other tells;
by names and figures of the heads, days and concepts. The nearest report counts half and the mean
of all the other half: one alike is not enough, nor need an affair told from many sides be alike.

Time that went by speaks against an article, the more the less it tells beside its title.

What any two articles of the stream share says nothing: in the news of one affair all speak of the
same. So what is usual in it counts against an article (decision 47).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.detect.logistic import logit
from monitor.detect.story.stories import TopicState, apart
from monitor.detect.story.vectors import Features, cosine
from monitor.detect.words.numbers import overlaps
from monitor.detect.words.text import contained
from monitor.models import Story

# Round figures set by hand: fits to the labelled sets gained on those and lost on sets left out.
# bench/fit_stories.py tries them on each.
WEIGHTS = {
    "bias": -4.6,
    "words": 5.0,
    "rare_words": 6.0,
    "title": 3.0,
    "head": 3.0,
    "names": 1.0,
    "figures": 1.2,
    "days": 0.3,
    "concepts": 2.0,
    "usual": -20.0,
    "characters": -1.0,
    "idle": -2.0,
    "bare_idle": -3.0,
    "cross": 1.5,
    "cross_words": 7.0,
    "cross_concepts": 7.5,
    "cross_names": 5.5,
}
_SHORTEST_COPY = 12  # runs of terms
_YOUNG = 1  # stories more than there are: a young stream knows less of what is usual
_LONGEST = 60.0  # days after which a story is idle and no more so


@dataclass(frozen=True)
class _Article:
    """An article's side of all comparisons, worked out once."""

    features: Features
    title: Mapping[str, float]  # the words of the title, by how telling they are
    rare: Mapping[str, float]  # the words by how rare they are in the stream too, of unit length
    concepts: Mapping[str, float]  # the same of the concepts
    usual: float
    characters: float


def likeness_evidence(
    features: Features, story: Story, state: TopicState, now: datetime
) -> dict[str, float]:
    """What speaks for an article telling of a story, mostly from 0 to 1.

    Of reports in another language only what `cross` marks is compared.
    """
    article, members = _article(features, state), story.memory["members"]
    pairs = [_compared(article, member, state) for member in members]
    nearest = max(pairs, key=lambda pair: logit(pair, WEIGHTS))
    days = apart(story, now).total_seconds() / 86400
    idle = math.log1p(min(days, _LONGEST)) / 4
    found = {
        name: round((nearest[name] + _mean([pair[name] for pair in pairs])) / 2, 4)
        for name in nearest
    }
    same = [member for member in members if member["lang"] == features.lang]
    return found | {
        "idle": round(idle, 4),
        "bare_idle": round(idle * _bare(features), 4),
        "copied": round(copied(features.sketch, same), 4),
    }


def _bare(features: Features) -> float:
    """How much of a text its title is: 1 of a bare title, next to nothing of a full report.

    Two titles share the words of their subject; which of its events they tell is in the reports.
    So where the title is all, time says more.
    """
    return len(features.title & features.said) / (len(features.said) or 1)


def _article(features: Features, state: TopicState) -> _Article:
    words = features.words or {}
    return _Article(
        features,
        _weighed(features.title, features.head),
        state.rare(words),
        state.rare(features.concepts),
        usual(words, state),
        _characters(features.said),
    )


def _compared(article: _Article, member: Mapping[str, Any], state: TopicState) -> dict[str, float]:
    """The evidence of one report."""
    mine = article.features
    own = float(member["lang"] == mine.lang)
    said, head = member["said"], member["head"]
    words = cosine(mine.words or {}, member["words"])
    concepts = state.rarely_shared(article.concepts, member["concepts"])
    names = _both(_held(mine.head_names, said), _held(member["head_names"], mine.said))
    heads = _both(_held(mine.head, said), _held(head, mine.said))
    their_title = _weighed(member["title"], head)
    title = _both(_held(article.title, said), _held(their_title, mine.said))
    return {
        "words": own * words,
        "rare_words": own and state.rarely_shared(article.rare, member["words"]),
        "title": own * (title if article.title or their_title else heads),
        "head": own * heads,
        "names": own * names,
        "figures": own and _figures(mine, said, head),
        "days": own * _days(mine.days, member["days"]),
        "concepts": own * concepts,
        "usual": own * article.usual,
        "characters": own * article.characters,
        "cross": 1.0 - own,
        "cross_words": (1.0 - own) * words,
        "cross_concepts": (1.0 - own) * concepts,
        "cross_names": (1.0 - own) * names,
    }


def usual(words: Mapping[str, float], state: TopicState) -> float:
    """The share of an article that another story of the stream has by chance."""
    held = sum(weight * weight * max(0, state.holders(term) - 1) for term, weight in words.items())
    return held / (state.size + _YOUNG)


def _characters(said: frozenset[str]) -> float:
    """The share of terms that are pairs of characters, of which any two texts share more."""
    pairs = sum(len(term) == 2 and term[0] > "\u3040" for term in said)
    return pairs / len(said) if said else 0.0


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def _both(mine: float | None, theirs: float | None) -> float:
    """The mean of both sides, or of the one that has anything to be told by the other."""
    known = [value for value in (mine, theirs) if value is not None]
    return _mean(known) if known else 0.0


def _held(terms: Mapping[str, float], said: Iterable[str]) -> float | None:
    """The share of the weight of some terms that a text tells; None if there are no terms."""
    total = math.fsum(terms.values())
    told = math.fsum(weight for term, weight in terms.items() if term in said)
    return told / total if total else None


def _weighed(title: Iterable[str], head: Mapping[str, float]) -> dict[str, float]:
    """The words of a title, by how telling they are; the head has them all but the commonest."""
    return {term: head[term] for term in title if term in head}


def _figures(mine: Features, said: Iterable[str], head: Mapping[str, float]) -> float:
    """Whether the figures of both heads are told by the other: from -1, none, to 1."""
    ours = [term in said for term in mine.head if term[0] == "#"]
    theirs = [term in mine.said for term in head if term[0] == "#"]
    told, all_ = sum(ours) + sum(theirs), len(ours) + len(theirs)
    return (2 * told - all_) / (all_ + 2)


def _days(left: frozenset[str], right: Iterable[str]) -> float:
    """1 if both name the same day, -1 if both name days and none is the same."""
    there = set(right)
    return (1.0 if left & there else -1.0) if left and there else 0.0


def copied(mine: tuple[int, ...], members: list[dict[str, Any]]) -> float:
    """The largest share of a common text; two short lines may be alike without being copies."""
    if len(mine) < _SHORTEST_COPY:
        return 0.0
    return max((contained(mine, tuple(member["sketch"])) for member in members), default=0.0)


def agreement(left: frozenset[str], there: Sequence[str]) -> float:
    """The share of the fewer quantities that both texts tell."""
    if not left or not there:
        return 0.0
    shared = sum(any(overlaps(one, other) for other in there) for one in left)
    return shared / min(len(left), len(there))
