"""What recurs, such as a daily call or a meeting: whether a title only tells that all is as it was.

A routine is news when it begins to fail or works again, in whatever words. Whether it works, the
state card says; which failure was told lately, the keys of what was told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from monitor.config.topic import Attribute
from monitor.detect.sense.background import goes_on
from monitor.detect.sense.facts import acts_of, facts_of
from monitor.detect.sense.keys import ACT, act_thing_key, agent_key, family_key
from monitor.detect.sense.lasting import BREAKS, counts_days, lasts
from monitor.detect.sense.unchanged import says_unchanged
from monitor.detect.story.card import holds, moves_of, settled
from monitor.detect.words.deeds import ANSWERS, UNMOVED
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality

_CALLED_FOR = frozenset({Modality.PROPOSED, Modality.ORDERED, Modality.THREATENED})
_JUST, _LATELY = 10.0, 60.0  # days
_DOUBT = 3.0  # days after a turn in which it is news that things are as they were
_MENDS = frozenset({"answer", "restore", "resume", "return"})
Told = Callable[[str, float], bool]  # whether a key was told within so many days


def going_on(reading: Reading, topic: Topic, card: Mapping[str, str], told: Told) -> frozenset[str]:
    """The acts of the title that tell of no change:

    - a silence that was told lately, or that the card has already, or that is there "still";
    - an answer, where the card has none owed;
    - what the card is about and is done as usual;
    - a state that lasts, or that the card has already.

    A silence that nobody told is news, even if it is in its third week.
    """
    title = reading.title
    if title is None:
        return frozenset()
    return frozenset(
        hit.id
        for hit, fact in acts_of(title, reading, topic)
        if _is_as_before(fact, hit, reading, topic, card, told)
    )


def _is_as_before(
    fact: Fact,
    act: Hit,
    reading: Reading,
    topic: Topic,
    card: Mapping[str, str],
    told: Told,
) -> bool:
    title = reading.title
    assert title is not None
    lasting = lasts(title, act, reading.tongue)
    silence = act.id if act.id in UNMOVED else "" if fact.positive else ANSWERS.get(act.id, "")
    if _is_usual(title, act) and _is_on(fact, topic, card):
        return True
    joins = "too" in title.ids("mood")  # "another line too": that one was not told before
    if fact.act == "stay" and fact.modality in _CALLED_FOR:
        return False  # that a thing must be kept up is said where it may not be
    if silence:
        still = goes_on(title, act, reading) and not lasting
        known = _is_told(fact, title, topic, told) and not _breaks(fact, topic, card)
        kinds = UNMOVED if lasting else {silence}
        return still or known or (_is_silent(kinds, topic, card) and not joins)
    if act.id in ANSWERS:
        return settled(fact, topic, card) and not joins
    return lasting or (goes_on(title, act, reading) and holds(fact, topic, card))


def tells_no_change(reading: Reading, topic: Topic, card: Mapping[str, str], told: Told) -> bool:
    """The title says that all is as it was, at a time when nobody had a reason to doubt it.

    It is news where the card was moved, or could have been, within days ("works as usual" after a
    walk-out), and where what the title names is broken by the card. A counted day, "the second
    normal day", tells that the doubt was over before.
    """
    title = reading.title
    if title is None or not says_unchanged(title, reading.tongue):
        return False
    if any(_is_owed(attribute, title, card) for attribute in topic.card):
        return False
    return counts_days(title, reading.tongue) or not any(
        told(f"{ACT}:{act}", _DOUBT) for act in topic.turning
    )


def _is_owed(attribute: Attribute, title: Sentence, card: Mapping[str, str]) -> bool:
    """What the title names does not work, by the card, and an answer or a return would mend it."""
    value = card.get(attribute.id, attribute.start)
    return any(
        move.act in _MENDS
        and move.actor is None  # who has to come back is not named with the place
        and move.object in title.subjects
        and value in move.was
        for move in attribute.moves
    )


def as_usual(reading: Reading) -> frozenset[str]:
    """The acts that the title tells as what is always done: "closes for the night"."""
    title = reading.title
    acts = title.acts if title is not None else ()
    return frozenset(act.id for act in acts if title is not None and _is_usual(title, act))


def _is_usual(title: Sentence, act: Hit) -> bool:
    """Its clause says that it is done as always."""
    return any(
        not BREAKS.search(title.text, min(act.end, hit.end), max(act.start, hit.start))
        for hit in title.hits
        if hit.kind == "mood" and hit.id == "usual"
    )


def _is_told(fact: Fact, title: Sentence, topic: Topic, told: Told) -> bool:
    """It was told of one of the things in the title within months; or of anything at all, within
    days if the title names a thing, else within months.
    """
    things = title.ids("thing")
    if any(told(act_thing_key(fact.act, thing), _LATELY) for thing in things):
        return True
    return told(family_key(fact, topic), _JUST if things else _LATELY)


def _is_on(fact: Fact, topic: Topic, card: Mapping[str, str]) -> bool:
    """The fact is of a kind that the card is about."""
    return settled(fact, topic, card) or _breaks(fact, topic, card)


def _breaks(fact: Fact, topic: Topic, card: Mapping[str, str]) -> bool:
    """By the card it worked till now, and the fact changes that."""
    return bool(moves_of([replace(fact, modality=Modality.DONE)], topic, card))


def _is_silent(kinds: Collection[str], topic: Topic, card: Mapping[str, str]) -> bool:
    """The card has such a silence of anything: who takes no call answers nothing else either."""
    return any(
        move.act in kinds and move.to == card.get(attribute.id, attribute.start)
        for attribute in topic.card
        for move in attribute.moves
    )


def deeds_besides(reading: Reading, topic: Topic, quiet: Collection[str]) -> set[str]:
    """The keys of what the title tells, and does not only mention, besides the `quiet` families."""
    title = reading.title
    facts = facts_of(title, reading, topic) if title is not None else ()
    found = set()
    for _, fact in facts:
        family = topic.family(fact.act)
        if fact.number is None and family not in quiet and fact.modality is not Modality.UNKNOWN:
            found |= {family_key(fact, topic), agent_key(fact)}
    return found
