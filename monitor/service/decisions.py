"""Every topic's decision on one sighting, with the topics' states kept in step with the store."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.detect import (
    HORIZON,
    UNDER_WAY,
    Topic,
    TopicState,
    Watch,
    decide,
    judge,
    unnamed,
)
from monitor.models import Article, Decision, Kind, Relevance, Verdict
from monitor.service.identify import Sighting
from monitor.service.log import get_logger
from monitor.service.site import Site
from monitor.store import Unit

log = get_logger()

_REMEMBERED = HORIZON / 2  # an older entry of a first poll counts as this old, and is not forgotten
_KEEP_STATE = timedelta(days=1)  # then it is read anew, so that stories past the horizon leave it


@dataclass
class _Cached:
    version: int
    loaded: datetime
    state: TopicState


class TopicStates:
    """The stories of each topic, read from the store only when somebody else changed them.

    Each change of a topic in the store raises its version. A state is used while its version is
    the stored one, so several processes may decide on one topic without a cache going stale.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._cached: dict[str, _Cached] = {}

    def of(self, unit: Unit, topic: str, now: datetime) -> TopicState:
        """The state of a topic as of this transaction."""
        version = unit.topic_version(topic)
        cached = self._cached.get(topic)
        fresh = cached is not None and abs(now - cached.loaded) < _KEEP_STATE
        if cached is None or not fresh or cached.version != version:
            cached = _Cached(version, now, self._read(unit, topic, now - HORIZON))
            self._cached[topic] = cached
        return cached.state

    @staticmethod
    def _read(unit: Unit, topic: str, horizon: datetime) -> TopicState:
        stories, past = unit.stories_since(topic, horizon), unit.stories_before(topic, horizon)
        return TopicState(stories, unit.card(topic), past)

    def settle(self, unit: Unit, topic: str) -> None:
        """Our own change of the topic is part of the cached state."""
        self._cached[topic].version = unit.topic_version(topic)

    def forget(self) -> None:
        """A transaction was rolled back: read everything anew."""
        self._cached.clear()


def decide_all(
    unit: Unit, site: Site, states: TopicStates, sighting: Sighting, first: bool, now: datetime
) -> Iterator[tuple[Article, Decision]]:
    """One decision for each topic that the article touches, or a single one that none did.

    On the `first` poll of a source each is made as of the entry's own date.
    """
    if sighting.article is None:
        return
    if sighting.copy or sighting.flapping:
        yield sighting.article, _written_down(sighting.article, sighting.flapping)
        return
    seen = site.on_its_clock(sighting.article)
    aside = unnamed(seen)
    then = as_of(seen, now) if first else now
    touched = False
    stories = unit.article_stories(seen.id)
    read = site.on_its_clock(_on_its_own_day(sighting.article, then))
    for topic in _asked(unit, site.topics, seen, stories.keys(), then):
        article = replace(seen, story=stories.get(topic.name))
        decision = _decide(unit, states, topic, replace(read, story=article.story), now, then)
        if decision.relevance is Relevance.OFF_TOPIC and decision.story is None:
            if decision.spans:  # it says more than that nothing is named
                aside = replace(decision, topic="")
            continue
        touched = True
        yield article, quiet(decision) if first else decision
    if not touched:
        yield seen, aside


def as_of(article: Article, now: datetime) -> datetime:
    """When an entry was news that was there before the watch: else weeks would be one moment."""
    return max(min(article.published or now, now), now - _REMEMBERED)


def _on_its_own_day(article: Article, then: datetime) -> Article:
    """What was there before the watch, to be read on the day that it gives itself: its "Tuesday" is
    the one before that. What is decided on as of now is read as of now, whatever a feed claims.
    """
    if then >= article.seen:
        return article
    return replace(article, seen=min(article.published or then, then))


def _asked(
    unit: Unit, watch: Watch, article: Article, members: Collection[str], now: datetime
) -> list[Topic]:
    """The topics that an article can concern: one whose names are in it, that has it in a story,
    or that has a story under way and is but touched by it. `decide` has nothing to say to others.
    """
    try:
        found = watch.concerned(article)
    except Exception:  # the decision of each topic says what is wrong
        log.exception("an article cannot be read", article=article.id)
        return list(watch.values())
    under_way = unit.told_since(found.beside, now - UNDER_WAY)
    return watch.in_order(found.named.union(members, under_way))


def _decide(
    unit: Unit,
    states: TopicStates,
    topic: Topic,
    article: Article,
    now: datetime,
    then: datetime,
) -> Decision:
    """Judge and decide for one topic as of `then`, and store what the decision changed."""
    name = topic.name
    state = states.of(unit, name, now)
    try:
        decision = decide(article, judge(article, topic), topic, state, then)
    except Exception as error:
        log.exception("an article cannot be judged", article=article.id, topic=name)
        return _unjudged(article, name, error)
    if then < now and decision.moves:
        decision = _onward(decision, unit.card_moved(name), then)
    if decision.story is not None:
        state.apply(decision)
        unit.save_story(decision.story)
        unit.save_moves(name, decision.moves, article.id, then)
        states.settle(unit, name)
    return decision


def _onward(decision: Decision, moved: Mapping[str, datetime], then: datetime) -> Decision:
    """Without the moves of what moved later already: another source told of that before."""
    kept = tuple(m for m in decision.moves if moved.get(m.attribute, then) <= then)
    return replace(decision, moves=kept)


def _unjudged(article: Article, topic: str, error: Exception) -> Decision:
    """A fault of the detector loses nothing: the article is listed in the digest, for a person."""
    return Decision(
        article=article.id,
        topic=topic,
        verdict=Verdict.DIGEST,
        kind=Kind.NEW_STORY,
        stage="judge",
        rule="fault",
        why=f"This article could not be judged ({type(error).__name__}); please look at it.",
        relevance=Relevance.PASSING,
        headline=article.title,
    )


def quiet(decision: Decision) -> Decision:
    """The same decision on the first poll of a source: known from now on, but not pushed."""
    if decision.verdict is Verdict.SILENT:
        return decision
    why = f"First poll of this source, so nothing is pushed. Otherwise: {decision.why}"
    return replace(
        decision,
        verdict=Verdict.SILENT,
        kind=Kind.BASELINE,
        stage="baseline",
        rule="first-poll",
        why=why,
    )


def _written_down(article: Article, flapping: bool) -> Decision:
    """The ledger's row for a sighting on which nothing is decided."""
    if flapping:
        kind, rule = Kind.FLAPPING, "too-many-revisions"
        why = "The text of this entry keeps changing; its further changes are not looked at."
    else:
        kind, rule = Kind.COPY, "same-article"
        why = "The same article came before, from another feed or under another id."
    return Decision(
        article=article.id,
        topic="",
        verdict=Verdict.SILENT,
        kind=kind,
        stage="identify",
        rule=rule,
        why=why,
        relevance=Relevance.OFF_TOPIC,
    )
