"""What an article says that nobody said before, and whether that deserves a push or a digest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.detect.about.mentions import is_beside
from monitor.detect.compare.claims import Guard
from monitor.detect.logistic import probability
from monitor.detect.news.routine import deeds_besides, going_on, tells_no_change
from monitor.detect.news.vouched import SOURCES, is_vouched
from monitor.detect.sense.asking import asks, explains
from monitor.detect.sense.facts import days_ahead, facts_of, keys_of
from monitor.detect.sense.keys import (
    ACT,
    ACT_PERSON,
    ACT_THING,
    AGENT,
    DAY,
    FAMILY,
    FIGURE,
    PERSON,
    THING,
    act_of,
    done_act,
    family_key,
    is_not,
    is_told,
    unit_of,
)
from monitor.detect.story.match_story import Match
from monitor.detect.story.stories import TopicState
from monitor.detect.weights import PUSH, TELL
from monitor.detect.words.numbers import LENGTHS
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Modality, Story

_LEAD = 3
_TEXT = 2  # sentences after the title from which a report is more than a flash
# Chances from which a push or a digest is worth it: noise and misses are least on the streams and
# the pairs.
ENOUGH, _TELL = 0.5, 0.22
_IN_TITLE, _IN_LEAD, _LATER = 1.0, 0.7, 0.35  # weights of the places of a statement
# Days until what was told may be news again, by the kind of statement; never, of other kinds.
_RECENT = dict.fromkeys((ACT, FAMILY, AGENT, ACT_THING, ACT_PERSON), 6.0)
_RECENT |= {THING: 10.0, PERSON: 30.0}
_NON_EVENTS = frozenset(  # acts and families that are no news while they go on
    {"absent", "silent", "stay", "stop", "missing", "silence", "staying"}
)
_WORKING = frozenset({"coming_back"})  # what is told of a thing that works as before
_MEETING = frozenset({"meeting"})  # what mostly does not happen
_NON_EVENT_DAYS = 25.0
_SURE = 0.6  # an article less surely about the topic interrupts nobody
_TURNS = frozenset({Guard.CONTRARY, Guard.NEGATION, Guard.DONE})  # they say that it did not go on
_QUIET = ("unchanged", "asks", "brief", "beside")  # evidence with which nothing is pushed
_STRONG, _STRONG_ALONE = 0.8, 0.6  # unless it joins a story, or opens one, with that much evidence
_ALONE = 0.1  # chance of belonging to the nearest story below which it is near to none
_SHOWN_OF = 60  # days after which pictures are published, at the most
_RUNNING = LENGTHS | {"ordinal", "times"}


@dataclass(frozen=True, slots=True)
class Novelty:
    """What an article states, as keys (`sense.keys`), what of it is new, and what that is worth."""

    keys: tuple[str, ...]
    new: Mapping[str, float]  # each with the weight of the place in which it is stated
    evidence: Mapping[str, float]
    push: float  # chance that it deserves a push
    tell: float  # chance that it deserves to be told at all
    vouched: bool = True  # a sentence gives a source or a day for it (`news.vouched`)

    @property
    def old(self) -> bool:
        """It looks back, comments or sums up."""
        return any(self.evidence[cue] for cue in ("old", "analysis", "brief"))

    @property
    def pushes(self) -> bool:
        """It is worth a push, and some sentence vouches for it or the digest would tell it too."""
        return self._weighs and (self.vouched or self.tell >= _TELL)

    @property
    def digests(self) -> bool:
        """Worth a line in the digest, as is what would be pushed if a sentence vouched for it."""
        return self._weighs or self.tell >= _TELL

    @property
    def _weighs(self) -> bool:
        """The evidence is enough for a push.

        It is not for what tells of no change, asks or only sums up, or whose news is of something
        else (`_QUIET`); nor for what is hardly about the topic, unless its evidence is strong:
        stronger where it joins a story, which may have told it, than where it opens one.
        """
        sure = self.evidence["about"] >= _SURE or self.evidence["title_named"]
        sure = sure or self.push >= (_STRONG_ALONE if self.evidence["opens"] else _STRONG)
        quiet = any(self.evidence[name] for name in _QUIET)
        return self.push >= ENOUGH and bool(sure) and not quiet


def novelty_of(
    reading: Reading,
    topic: Topic,
    state: TopicState,
    match: Match | None,
    about: float,
    outlet: str,
    now: datetime,
) -> Novelty:
    """What of an article's statements nobody told in the topic so far, and what that is worth.

    `match` is the nearest story, which the article joins or not; `about` is how surely it is about
    the topic, and `outlet` who tells it, "" where that is not known.
    """
    weights = statements(reading, topic)
    own = match.story if match is not None and match.joins else None

    def is_new(key: str) -> bool:
        return not is_known(key, state, own, now)

    new = {key: weight for key, weight in weights.items() if is_new(key)}
    found = _evidence(reading, topic, new, match)
    found |= _place(match, outlet)
    turned = match is not None and match.joins and match.changed in _TURNS
    found["unchanged"] = float(not turned and _unchanged(reading, topic, state, new, now))
    found["asks"] = float(_asks(reading, told=bool(found["title_done"])))
    # What joins a story is of it, and who answers for what is watched is news in other matters too.
    found["beside"] = float(own is None and not found["head_person"] and is_beside(reading, topic))
    found["about"] = about
    return Novelty(
        keys=tuple(weights | dict.fromkeys(_days_named(reading))),
        new=new,
        evidence=found,
        push=probability(found, PUSH),
        tell=probability(found, TELL),
        vouched=is_vouched(reading, topic, is_new),
    )


def statements(reading: Reading, topic: Topic) -> dict[str, float]:
    """The keys of what an article says of the topic, with the weight of the place of each."""
    weights: dict[str, float] = {}
    for sentence in _telling(reading, topic):
        place = _IN_LEAD if sentence.index < _LEAD else _LATER
        weight = _IN_TITLE if sentence.part == "title" else place
        for key in keys_of(sentence, reading, topic):
            weights[key] = max(weight, weights.get(key, 0.0))
    return weights


def _days_named(reading: Reading) -> list[str]:
    """The keys of the days to come that any sentence names, of the topic or not: who names one of
    them later has no new day.
    """
    return [key for s in reading.sentences if not s.old for key in days_ahead(s, reading)]


def _telling(reading: Reading, topic: Topic) -> Iterator[Sentence]:
    """The sentences that say something of the topic and of now, and the first in any case."""
    for sentence in reading.sentences:
        about = topic.everything or sentence.part == "title" or sentence.subjects
        if (about and not sentence.old) or sentence.index == 0:
            yield sentence


def is_known(key: str, state: TopicState, story: Story | None, now: datetime) -> bool:
    """It was told in the story, or elsewhere in the topic so lately that it is no news.

    Acts recur, so they are news again after some days; a figure or a date is news once.
    """
    if story is not None and key in story.memory["facts"]:
        return True
    latest = state.latest(key)
    if latest is not None and (now - latest.at).total_seconds() <= _days_old(key) * 86400:
        return True
    return key[0] == FIGURE and state.is_figure_known(key)


def _days_old(key: str) -> float:
    """The days for which what was told is no news again."""
    if is_not(key) or act_of(key) in _NON_EVENTS:
        return _NON_EVENT_DAYS
    return _RECENT.get(key[0], math.inf)


def _evidence(
    reading: Reading,
    topic: Topic,
    new: Mapping[str, float],
    match: Match | None,
) -> dict[str, float]:
    """What speaks for and against a push, each from 0 to 1. These are few and broad, so that the
    weights that were fitted to some topics hold in others.
    """
    near = match.evidence if match else {}
    joins = match is not None and match.joins
    titled = [key for key, weight in new.items() if weight == _IN_TITLE]
    mentioned = _mentioned(reading, topic)
    found = {
        "opens": float(not joins),
        "near_core": max(near.get("core", 0.0), near.get("cross_core", 0.0)),
        "unsaid": (1.0 - near.get("words", 0.0)) * near.get("same_lang", 0.0) * float(joins),
        "title_named": float(bool(reading.title and reading.title.subjects)),
        "title_news": float(any(_is_news(key, topic) for key in titled if key not in mentioned)),
        "title_act": float(any(map(is_told, titled))),
        "title_done": float(_done(reading, topic, titled)),
        "title_bond": _points(new, ACT_THING, _IN_TITLE),
        "lead_number": _points(new, FIGURE, _IN_LEAD),
        "head_person": float(any(k[0] == PERSON and w >= _IN_LEAD for k, w in new.items())),
        "title_day": float(any(key[0] == DAY for key in titled)),
        "restates": float(match is not None and match.joins and match.restates),
    }
    found["quoted"] = float(_quoted(reading, topic))
    found["undated"] = float(_undated(reading))
    found["unsourced"] = float(_unsourced(reading))
    found["reaction"] = float("reaction" in reading.cues and not _is_first_hand(reading, topic))
    found["opens_named"] = found["opens"] * found["title_named"]
    return found | {
        cue: float(cue in reading.cues) for cue in ("old", "analysis", "brief", "flash")
    }


def _place(match: Match | None, outlet: str) -> dict[str, float]:
    """What its place among the stories says of an article's news.

    The surer it belongs to a story, the less is new in it. An outlet that reported already reports
    again when there is something to add. What is near to no story is often about something else.
    """
    if match is None:
        return {"alone": 1.0, "belongs": 0.0, "again": 0.0, "newcomer": 0.0, "denies": 0.0}
    joins = match.joins
    return {
        "alone": float(not joins and match.score < _ALONE),
        "belongs": match.score,
        "again": float(joins and outlet in match.story.outlets),
        "newcomer": float(joins and match.newcomer),
        "denies": float(joins and match.changed is Guard.NOT),
    }


def _done(reading: Reading, topic: Topic, new: list[str]) -> bool:
    """The title tells something new as done, not as planned or only named."""
    facts = facts_of(reading.title, reading, topic) if reading.title else ()
    told = {key for key, fact in facts if fact.act and fact.modality is Modality.DONE}
    return any(key in told and key[0] == ACT for key in new)


def _asks(reading: Reading, *, told: bool) -> bool:
    """The title asks or promises to explain, and tells nothing new as done beside that."""
    title = reading.title
    return title is not None and (asks(title) or (not told and explains(title, reading.tongue)))


def _mentioned(reading: Reading, topic: Topic) -> set[str]:
    """The keys of the families that the title only mentions: "as drills begin"."""
    facts = facts_of(reading.title, reading, topic) if reading.title else ()
    acts = [fact for _, fact in facts if fact.number is None]
    told = {family_key(fact, topic) for fact in acts if fact.modality is not Modality.UNKNOWN}
    return {family_key(fact, topic) for fact in acts} - told


def _quoted(reading: Reading, topic: Topic) -> bool:
    """The title quotes somebody, and a responsible side stands at the head."""
    title = reading.title
    head = {actor for sentence in reading.sentences[:2] for actor in sentence.ids("actor")}
    return title is not None and '"' in title.text and not topic.responsible.isdisjoint(head)


def _is_first_hand(reading: Reading, topic: Topic) -> bool:
    """The title tells what a responsible side does and has no word for a reaction. If experts speak
    in the sentence after it, the report has asked them about that deed.
    """
    title = reading.title
    if title is None or "reaction" in title.ids("cue"):
        return False
    facts = (fact for _, fact in facts_of(title, reading, topic) if fact.number is None)
    return any(
        fact.actor in topic.responsible and fact.modality is not Modality.UNKNOWN for fact in facts
    )


def _undated(reading: Reading) -> bool:
    """The head of a text names no day near to today. News says when it happened; a feature or a
    comment seldom does. A flash, or a summary of one sentence, needs no day. What pictures show is
    told weeks after they were taken, and they have their day.
    """
    if len(reading.body) < _TEXT:
        return False
    return not any(
        abs((reading.today - when.day).days) <= 1
        or ("shown" in sentence.ids("cue") and 0 < (reading.today - when.day).days <= _SHOWN_OF)
        for sentence in reading.sentences[:_LEAD]
        for when in sentence.days
    )


def _unsourced(reading: Reading) -> bool:
    """The head of a text says neither whose word it is nor what shows it."""
    cues = {cue for sentence in reading.sentences[:_LEAD] for cue in sentence.ids("cue")}
    return bool(reading.body) and cues.isdisjoint(SOURCES)


def _is_news(key: str, topic: Topic) -> bool:
    """A quantity, day or person, or an act that the topic says deserves a push."""
    if key[0] == FAMILY:
        return any(topic.family(act) == act_of(key) for act in topic.push)
    return _kind(key) in (FIGURE, DAY, PERSON)


def says_much(keys: Iterable[str], topic: Topic) -> bool:
    """Among the statements is a figure, a person or, as done, an act that deserves a push."""
    return any(_kind(key) in (FIGURE, PERSON) or done_act(key) in topic.push for key in keys)


def _unchanged(
    reading: Reading,
    topic: Topic,
    state: TopicState,
    new: Mapping[str, float],
    now: datetime,
) -> bool:
    """The title tells of nothing but what goes on, as was told before or as the card says."""

    def told(key: str, days: float) -> bool:
        latest = state.latest(key)
        return latest is not None and now - latest.at <= timedelta(days)

    going = going_on(reading, topic, state.card, told)
    as_before = tells_no_change(reading, topic, state.card, told)
    if not (going or as_before):
        return False
    quiet = _NON_EVENTS | _MEETING | {topic.family(act) for act in going}
    quiet |= _WORKING if as_before else frozenset()
    besides = deeds_besides(reading, topic, quiet)
    titled = (key for key, weight in new.items() if weight == _IN_TITLE)
    return not any(_kind(key) == FIGURE or key in besides for key in titled)


def _points(new: Mapping[str, float], kind: str, place: float) -> float:
    """How many new statements of a kind stand in a place, none 0, three or more 1."""
    return min(3, sum(_kind(key) == kind and weight == place for key, weight in new.items())) / 3


def _kind(key: str) -> str:
    """The kind of a statement, "" of a running count such as the eighth week."""
    return "" if key[0] == FIGURE and unit_of(key) in _RUNNING else key[0]
