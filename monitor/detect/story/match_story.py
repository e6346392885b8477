"""Which open story an article belongs to: weighted evidence after the never-merge guards."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from monitor.detect.compare.claims import Claims, Difference, Guard, parsed, together
from monitor.detect.compare.guards import changed, is_of_words, restates
from monitor.detect.logistic import probability
from monitor.detect.story.likeness import WEIGHTS, agreement, copied, likeness_evidence
from monitor.detect.story.stories import TopicState, apart, is_of_the_day
from monitor.detect.story.turns import same_turn
from monitor.detect.story.vectors import Features
from monitor.detect.weights import STORY_WATCH
from monitor.detect.words.sides import BOTH
from monitor.detect.words.topic import Topic
from monitor.models import Story

_ENOUGH, _ENOUGH_WATCH = 0.5, 0.45  # chances from which an article joins: without a topic, in one
_SURE = 0.88  # from which it joins though its title names somebody new
_COPIED = 0.8  # of a text, from which no other evidence is asked
_SAME_HEAD = 0.25  # of 547 copies all but three had more of the head in common, those three none
_TWIN = 0.45  # titles alike from which a single changed token is looked for
_SAME_TURN = timedelta(days=2)  # an act that moves the card is not done twice in them
CLOSE = 0.3  # chance from which a story that an article does not join may be the one it retells


@dataclass(frozen=True, slots=True)
class Match:
    """A story and how close an article came to it."""

    story: Story
    evidence: Mapping[str, float]
    score: float  # the chance that the article belongs to the story
    joins: bool = False  # it was decided that it does
    # What `guarded` finds:
    differs: Difference | None = None  # what it claims otherwise than the story's reports
    twin: bool = False  # its title is almost that of a report of the story
    restates: bool = False  # every claim of its head was made in the story
    newcomer: bool = False  # its title names a side or person that no head in the story names;
    # without a topic, somebody or something that no report of the story names anywhere

    @property
    def changed(self) -> Guard | None:
        """The guard that found a difference, None if none did."""
        return self.differs.guard if self.differs is not None else None

    @property
    def doubtful(self) -> bool:
        """It names somebody new, and is not so near that it must be the same event for all that."""
        return self.newcomer and self.score < _SURE

    @property
    def copied(self) -> float:
        """The largest share of the shorter text that is in the other one."""
        return self.evidence["copied"]


def best_match(
    features: Features,
    state: TopicState,
    now: datetime,
    topic: Topic,
    near: list[Match] | None = None,
) -> Match | None:
    """The nearest story, and whether the article joins it; None if there is none.

    Of the stories `near`, where they were looked for already. In a watch, an article whose evidence
    is too weak still joins the story of the same turn of the card, else one that claimed all of it.
    """
    near = near_stories(features, state, now, topic) if near is None else near
    if not near:
        return None
    best = max(near, key=lambda match: match.score)
    if topic.everything:
        named = _names_somebody_new(features, best.story)
        return replace(best, newcomer=named, joins=best.score >= _ENOUGH)
    if best.score < _ENOUGH_WATCH:
        same = [match for match in near if _turned(features, match.story, now)]
        same = same or [match for match in near if _retold(features, match, now, topic)]
        if not same:
            return best
        best = max(same, key=lambda match: match.score)
    return replace(guarded(best, features, state, topic), joins=True)


def _names_somebody_new(features: Features, story: Story) -> bool:
    """The title has a name that no report of the story in its language tells anywhere."""
    said = [m["said"] for m in story.memory["members"] if m["lang"] == features.lang]
    names = features.title & features.head_names.keys()
    return bool(said) and not all(any(name in told for told in said) for name in names)


def near_stories(
    features: Features,
    state: TopicState,
    now: datetime,
    topic: Topic,
    within: timedelta = timedelta.max,
) -> list[Match]:
    """The stories told of `within` that time that may be of the same event, each with its evidence
    and score.
    """
    weighed = state.weighed(features.vector)
    found = state.candidates(weighed, None if topic.everything else now)
    near = [story for story in found if apart(story, now) <= within]
    if topic.everything:
        return [compare(features, story, state, now, topic) for story in near]
    article = _article(features, weighed, state)
    return [_weighed(story, _evidence(article, story, state, now), STORY_WATCH) for story in near]


def _turned(features: Features, story: Story, now: datetime) -> bool:
    """It tells of the same turn of the state card as the story did within days."""
    if not features.turns or apart(story, now) > _SAME_TURN:
        return False
    return any(
        same_turn(features.turns, member.get("turns", ())) for member in story.memory["members"]
    )


def _retold(features: Features, match: Match, now: datetime, topic: Topic) -> bool:
    """All that its head claims was claimed in the story of the day, which is near in words too."""
    if match.score < CLOSE or not is_of_the_day(match.story, now):
        return False
    told = together(parsed(member["claims"]) for member in match.story.memory["members"])
    return restates(parsed(features.claims), told, topic)


def compare(
    features: Features, story: Story, state: TopicState, now: datetime, topic: Topic
) -> Match:
    """How close an article is to a story."""
    if topic.everything:
        return _weighed(story, likeness_evidence(features, story, state, now), WEIGHTS)
    return _weighed(story, story_evidence(features, story, state, now), STORY_WATCH)


def _weighed(story: Story, found: Mapping[str, float], weights: Mapping[str, float]) -> Match:
    score = 1.0 if found["copied"] >= _COPIED else probability(found, weights)
    return Match(story, found, score)


def guarded(match: Match, features: Features, state: TopicState, topic: Topic) -> Match:
    """The match with what the guards say: how the article differs from the story's reports, above
    all from its twin, the report that is most like it.
    """
    members: list[dict[str, Any]] = match.story.memory["members"]
    heading, core = _terms(features.title, state), _terms(features.core, state)
    ranked = [
        (_nearest(heading, [m["title"]], state), _nearest(core, [m["core"]], state), m)
        for m in members
    ]
    title, _, twin = max(ranked, key=lambda entry: (max(entry[:2]), entry[0]))
    mine, his = parsed(features.claims), parsed(twin["claims"])
    told = together([his, *(parsed(member["claims"]) for member in members)])
    found = changed(mine, his, told, topic)
    one_language = twin["lang"] == features.lang
    alike = title >= _TWIN and one_language
    kept = found is not None and (one_language or not is_of_words(found))
    same = not kept and restates(mine, told, topic)
    newcomer = _is_named_first(mine, told, topic.sides.pair)
    return replace(match, differs=found, twin=alike, restates=same, newcomer=newcomer)


def _is_named_first(mine: Claims, told: Claims, pair: frozenset[str]) -> bool:
    """The title names a side or a person that no head in the story names. "Both" are each of the
    pair, and each of that is one of "both".
    """
    known = told.actors
    if BOTH in known or known >= pair:
        known = known | pair | {BOTH}
    if known & pair:
        known = known | {BOTH}
    return not (mine.title_actors <= known and mine.title_people <= told.people)


class _Terms(NamedTuple):
    """Some terms of an article with the weight of all of them."""

    terms: frozenset[str]
    mass: float


def _terms(terms: frozenset[str], state: TopicState) -> _Terms:
    return _Terms(terms, state.mass(terms))


@dataclass(frozen=True, slots=True)
class _Article:
    """An article's side of all comparisons, worked out once."""

    features: Features
    words: Mapping[str, float]  # weighed by how few stories have them
    concepts: Mapping[str, float]  # as well
    core: _Terms
    title_concepts: _Terms
    core_concepts: _Terms


def _article(features: Features, weighed: Mapping[str, float], state: TopicState) -> _Article:
    return _Article(
        features,
        {term: weight for term, weight in weighed.items() if term[0] != "@"},
        {term: weight for term, weight in weighed.items() if term[0] == "@"},
        _terms(features.core, state),
        _terms(frozenset(term for term in features.title if term[0] == "@"), state),
        _terms(frozenset(term for term in features.core if term[0] == "@"), state),
    )


def story_evidence(
    features: Features, story: Story, state: TopicState, now: datetime
) -> dict[str, float]:
    """What speaks for an article telling of a story, mostly from 0 to 1."""
    article = _article(features, state.weighed(features.vector), state)
    return _evidence(article, story, state, now)


def _evidence(
    article: _Article, story: Story, state: TopicState, now: datetime
) -> dict[str, float]:
    features, memory = article.features, story.memory
    members: list[dict[str, Any]] = memory["members"]
    same = [member for member in members if member["lang"] == features.lang]
    idle = apart(story, now).total_seconds() / 86400
    head = _nearest(article.core, _of(same, "core"), state)
    return {
        "same_lang": float(bool(same)),
        "words": _held(article.words, memory["terms"]) if same else 0.0,
        "concepts": _held(article.concepts, memory["terms"]),
        "cross_title": _nearest(article.title_concepts, _of(members, "title"), state, _concepts),
        "core": head,
        "cross_core": _nearest(article.core_concepts, _of(members, "core"), state, _concepts),
        "acts": _most(_jaccard, features.acts, _of(members, "acts")),
        # The stock paragraphs of an outlet are most of a short report, and under another head.
        "copied": copied(features.sketch, same) if head >= _SAME_HEAD else 0.0,
        "numbers": _most(agreement, features.numbers, _of(members, "numbers")),
        "days": _most(_jaccard, features.days, _of(members, "days")),
        "idle": math.log1p(min(idle, 60.0)) / 4,
    }


def _of(members: list[dict[str, Any]], kind: str) -> list[list[str]]:
    """What each report that gives any of it gives."""
    return [member[kind] for member in members if member[kind]]


def _held(weighed: Mapping[str, float], there: Mapping[str, float]) -> float:
    """The share of an article's weight that the story's terms hold."""
    total = sum(weighed.values())
    held = sum(weight for term, weight in weighed.items() if term in there)
    return round(held / total, 4) if total else 0.0


def _nearest(
    mine: _Terms,
    theirs: Iterable[list[str]],
    state: TopicState,
    of: Callable[[list[str]], list[str]] = list,
) -> float:
    """Of several sets of terms how alike the most alike one is: shared weight over all weight.

    If `mine` are but terms of a kind, `of` picks those out of the others.
    """
    most = 0.0
    for there in theirs if mine.terms else ():
        both = mine.terms.intersection(there)
        if not both:
            continue
        shared = state.mass(both)
        if shared > most * mine.mass:  # what else it has makes it less alike, never more
            most = max(most, shared / (mine.mass + state.mass(of(there)) - shared))
    return round(most, 4)


def _concepts(terms: list[str]) -> list[str]:
    """The concepts, which stand together in sorted terms."""
    return terms[bisect_left(terms, "@") : bisect_left(terms, "A")]


def _most(
    alike: Callable[[frozenset[str], list[str]], float],
    mine: frozenset[str],
    theirs: Iterable[list[str]],
) -> float:
    """Of several sets how alike the most alike one is, none of them empty."""
    return max((alike(mine, there) for there in theirs), default=0.0) if mine else 0.0


def _jaccard(left: frozenset[str], right: list[str]) -> float:
    both = len(left.intersection(right))
    return both / (len(left) + len(right) - both)
