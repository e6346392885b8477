"""The open stories of a topic in memory, with an index from terms to stories."""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from typing import Any

from monitor.detect.sense.keys import FIGURE
from monitor.detect.story.archive import Archive
from monitor.detect.story.memory import Told
from monitor.detect.words.numbers import span_of
from monitor.models import Decision, PastStory, Story

HORIZON = timedelta(days=120)  # how far back stories must be loaded
IDLE = timedelta(days=5)  # after which the text of a story that comes again is no follow-up
_CANDIDATES = 5
_FADING = 5 * 86_400e6  # microseconds in which a story's claim halves
_PROBES = 30
_POOL = 600  # stories that are weighed for one article, unless its rarest term is in more
_EVEN = 1e-8  # weights that differ by less may be the same when they are rounded
_DAY = timedelta(hours=18)  # from a morning to the evening papers, and not to the next morning
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Rarities(dict[str, float]):
    """The weight of each term, worked out when it is asked for: the fewer stories have a term, the
    more it tells.
    """

    def __init__(self, stories: Collection[str], postings: Mapping[str, Collection[str]]) -> None:
        super().__init__()
        self._stories, self._postings = stories, postings

    def __missing__(self, term: str) -> float:
        holders = len(self._postings.get(term, ()))
        found = self[term] = math.log(1.0 + (len(self._stories) + 2.0) / (holders + 1.0))
        return found


class TopicState:
    """The open stories of one topic, the values of its state card, and what is left of older ones.

    It is built from what was stored, or grows by `apply`; both decide alike, since everything else
    in it is derived from the stories.
    """

    def __init__(
        self,
        stories: Iterable[Story] = (),
        card: Mapping[str, str] | None = None,
        past: Iterable[PastStory] = (),
    ) -> None:
        self._stories: dict[str, Story] = {}
        self._told: dict[str, int] = {}  # when a story was told last, in microseconds
        self._postings: dict[str, set[str]] = {}  # from a term to the stories that have it
        self._known: dict[str, set[str]] = {}  # from a fact key to the stories that tell it
        # From a fact key to what the story that told it last remembers, and the id of that story.
        self._latest: dict[str, tuple[list[Any], str]] = {}
        # The known keys of quantities by their unit, each with the least and the most it can mean.
        self._figures: dict[str, dict[str, tuple[float, float]]] = {}
        self._rarities = _Rarities(self._stories, self._postings)  # of the stories as they stand
        self._oldest: datetime | None = None  # no story was told of longer ago
        self._newest: datetime | None = None  # nor later
        self.card: dict[str, str] = dict(card or {})
        self.archive = Archive(past)  # what was told last more than `IDLE` ago
        self._lately: list[tuple[int, str]] = []  # a heap of what is not in it yet, by that time
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

    @property
    def size(self) -> int:
        """How many stories are open."""
        return len(self._stories)

    def holders(self, term: str) -> int:
        """How many stories have a term."""
        return len(self._postings.get(term, ()))

    def told_since(self, moment: datetime) -> bool:
        """Whether a story may have been told at `moment` or later; sure if the answer is no."""
        return self._newest is not None and self._newest >= moment

    def _put(self, story: Story) -> None:
        """Take the story in, or put it in the place of what it was.

        Only what differs is touched: a long story is put again with each of its reports.
        """
        old = self._stories.get(story.id)
        terms, facts = story.memory["terms"], story.memory["facts"]
        had_terms, had = (old.memory["terms"], old.memory["facts"]) if old else ({}, {})
        changed = {
            key
            for key, told in facts.items()
            if (before := had.get(key)) is not told and before != told
        }
        latest = {key: self._latest.get(key) for key in changed}
        self._leave(story.id, had_terms.keys() - terms.keys(), had.keys() - facts.keys())
        self._not_latest(story.id, changed & had.keys())
        self._stories[story.id] = story
        self._told[story.id] = _microseconds(story.updated)
        self.archive.drop(story.id)
        if story.imprints:
            heappush(self._lately, (self._told[story.id], story.id))
        self._oldest = min(self._oldest or story.updated, story.updated)
        self._newest = max(self._newest or story.updated, story.updated)
        self._forget_weights(None if old is None else terms.keys() ^ had_terms.keys())
        for term in terms.keys() - had_terms.keys():
            self._postings.setdefault(term, set()).add(story.id)
        for key in changed:
            self._known.setdefault(key, set()).add(story.id)
            if key[0] == FIGURE:
                self._figures.setdefault(_kind(key), {}).setdefault(key, span_of(key))
            if self._is_latest(key, facts[key][0], story.id, latest[key]):
                self._latest[key] = facts[key], story.id

    def _is_latest(
        self, key: str, told: str, story: str, before: tuple[list[Any], str] | None
    ) -> bool:
        """Whether nobody told it later than this story. False where that is not known: `latest`
        finds out when it is asked.
        """
        if before is None:
            return len(self._known[key]) == 1
        if before[1] == story:
            return bool(told >= before[0][0])
        return bool(told > before[0][0] or (told == before[0][0] and story < before[1]))

    def _drop(self, story: Story) -> None:
        del self._stories[story.id], self._told[story.id]
        self._forget_weights()
        self._leave(story.id, story.memory["terms"].keys(), story.memory["facts"].keys())

    def _leave(self, story: str, terms: Collection[str], facts: Collection[str]) -> None:
        """Take a story out of the index of these terms and facts."""
        for index, keys in ((self._postings, terms), (self._known, facts)):
            for key in keys:
                index[key].discard(story)
                if not index[key]:
                    del index[key]
        self._not_latest(story, facts)
        for key in facts:
            if key[0] == FIGURE and key not in self._known:
                del self._figures[_kind(key)][key]

    def _not_latest(self, story: str, facts: Iterable[str]) -> None:
        """Forget that the story was the last to tell these facts."""
        for key in facts:
            if self._latest.get(key, ("", ""))[1] == story:
                del self._latest[key]

    def _forget_weights(self, terms: Iterable[str] | None = None) -> None:
        """Forget the weights of these terms, whose holders change; of all terms, where the number
        of stories does.
        """
        if terms is None:
            self._rarities.clear()
        else:
            for term in terms:
                self._rarities.pop(term, None)

    @contextmanager
    def as_if(self, story: Story | None, other: Story | None) -> Iterator[None]:
        """As long as the block runs, `other`, or nothing, stands in the place of the story."""
        if story is None:
            yield
            return
        if other is None:
            self._drop(story)
            self.archive.drop(story.id)
        else:
            self._put(other)
        try:
            yield
        finally:
            self._put(story)

    def expire(self, now: datetime) -> None:
        """Let go of stories past the horizon but for what the archive keeps of them; a state loaded
        now would hold no more either.
        """
        self._lay_by(now)
        if self._oldest is None or self._oldest >= now - HORIZON:
            return
        for story in [s for s in self._stories.values() if s.updated < now - HORIZON]:
            self._drop(story)
        self._oldest = min((s.updated for s in self._stories.values()), default=None)

    def _lay_by(self, now: datetime) -> None:
        """Put the stories that were told last days ago in the archive too."""
        idle, moment = [], _microseconds(now - IDLE)
        while self._lately and self._lately[0][0] < moment:
            told, name = heappop(self._lately)
            if self._told.get(name) == told:
                story = self._stories[name]
                idle.append(PastStory(name, story.title, story.opened, story.imprints))
        if idle:
            self.archive.add(idle)

    def mass(self, terms: Iterable[str]) -> float:
        """The weight of several terms, the same in whatever order they come."""
        return math.fsum(map(self._rarities.__getitem__, terms))

    def rare(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Terms weighed anew by how few stories have them, scaled to the length of one."""
        rare = self.weighed(terms)
        length = math.hypot(*rare.values())
        return {term: weight / length for term, weight in rare.items()} if length else {}

    def weighed(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Terms weighed anew by how few stories have them."""
        rarities = self._rarities
        return {term: weight * rarities[term] for term, weight in terms.items()}

    def rarely_shared(self, rare: Mapping[str, float], terms: Mapping[str, float]) -> float:
        """The cosine of terms that the method `rare` has weighed with others that it has not."""
        weighed = self.weighed(terms)
        both = [rare.get(term, 0.0) * weight for term, weight in weighed.items()]
        length = math.hypot(*weighed.values())
        return sum(both) / length if length else 0.0

    def latest(self, key: str) -> Told | None:
        """What is remembered of a fact key by the story that told it last.

        Of stories that told it in the same instant it is the one of the first id.
        """
        if key not in self._latest and key in self._known:
            told = (
                (self._stories[name].memory["facts"][key], name)
                for name in sorted(self._known[key])
            )
            self._latest[key] = max(told, key=lambda entry: str(entry[0][0]))
        found = self._latest.get(key)
        return Told(*found[0]) if found is not None else None

    def is_figure_known(self, key: str) -> bool:
        """Whether some story tells a quantity that may be the same as that of `key`."""
        low, high = span_of(key)
        known = self._figures.get(_kind(key), {}).values()
        return any(low <= most and least <= high for least, most in known)

    def candidates(self, weighed: Mapping[str, float], now: datetime | None) -> list[Story]:
        """The few stories that share most of the rarest terms, or of the rarest concepts, of an
        article whose terms are `weighed`. If a time is given, a story counts the less the longer
        ago it was told.
        """
        terms = sorted(((weight, term) for term, weight in weighed.items()), reverse=True)
        concepts = [(weight, term) for weight, term in terms if term[0] == "@"]
        found = self._best(terms[:_PROBES], now) | self._best(concepts[:_PROBES], now)
        return [self._stories[name] for name in found]

    def _best(self, probes: list[tuple[float, str]], now: datetime | None) -> dict[str, None]:
        """The ids of the stories that hold most of the weight of these terms."""
        pool, common = self._pooled(probes)
        at_most = math.fsum(weight for _, weight in common)
        moment = _microseconds(now) if now else None
        best: list[tuple[float, str]] = []
        least = 0.0
        for name, points in pool.items():
            if points + at_most < least:
                continue  # nor can it be among the best once it fades
            for posting, weight in common:
                if name in posting:
                    points += weight
            if moment is not None and (idle := moment - self._told[name]) > 0:
                points /= 1.0 + idle / _FADING
            if points >= least:
                insort(best, (-round(points, 9), name))
                if len(best) >= _CANDIDATES:
                    del best[_CANDIDATES:]
                    least = -best[-1][0] - _EVEN
        return dict.fromkeys(name for _, name in best)

    def _pooled(
        self, probes: list[tuple[float, str]]
    ) -> tuple[dict[str, float], list[tuple[set[str], float]]]:
        """The stories that have the rarest of the terms, each with the weight of those it has; and
        the holders of the commoner terms, which only speak for the stories found so.

        That bounds how many stories are looked at, however many are open.
        """
        postings = self._postings
        held = sorted(
            (len(postings[term]), term, weight) for weight, term in probes if term in postings
        )
        pool: dict[str, float] = {}
        for place, (size, term, weight) in enumerate(held):
            if pool and len(pool) + size > _POOL:
                return pool, [(postings[common], its) for _, common, its in held[place:]]
            for name in postings[term]:
                pool[name] = pool.get(name, 0.0) + weight
        return pool, []


def apart(story: Story, now: datetime) -> timedelta:
    """How long ago the story was told last, or how long after `now` it began; none within it.

    What a first poll finds is not read in the order in which it happened.
    """
    return max(now - story.updated, story.opened - now, timedelta(0))


def is_of_the_day(story: Story, now: datetime) -> bool:
    """The story was told so lately that a report of now may be of the same day's news."""
    return apart(story, now) <= _DAY


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _kind(key: str) -> str:
    """What a quantity counts: "n:day" of "n:day:5"."""
    return key.rpartition(":")[0]
