"""What recurs, a call or a meeting: whether a title only tells that all is as it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from monitor.detect.background import goes_on
from monitor.detect.card import holds, moves_of, settled
from monitor.detect.facts import facts_of
from monitor.detect.lasting import BREAKS, lasts
from monitor.detect.match import Hit
from monitor.detect.reading import Reading, Sentence
from monitor.detect.topic import Topic
from monitor.models import Fact, Modality

_SILENCES = frozenset({"silent", "absent"})  # acts that say themselves that nothing happens
_ANSWERS = {"answer": "silent", "meet": "absent"}  # not done, they say so too


def going_on(reading: Reading, topic: Topic, card: Mapping[str, str]) -> frozenset[str]:
    """The acts of the title that tell of no change: of a silence that it lasts, comes again or is
    on the card, of an answer where the card has none owed, of what is done as usual, of a state
    that it is still what the card says.
    """
    title = reading.title
    if title is None:
        return frozenset()
    acts = [hit for hit in title.hits if hit.kind == "act"]
    facts = [fact for _, fact in facts_of(title, reading, topic) if fact.number is None]
    return frozenset(
        hit.id
        for hit, fact in zip(acts, facts, strict=True)
        if _is_as_before(fact, hit, title, topic, card)
    )


def _is_as_before(
    fact: Fact, act: Hit, title: Sentence, topic: Topic, card: Mapping[str, str]
) -> bool:
    if lasts(title, act) or _is_usual(title, act):
        return True
    silence = act.id if act.id in _SILENCES else "" if fact.positive else _ANSWERS.get(act.id, "")
    moods = title.ids("mood")
    joins = "too" in moods  # another line, the evening too: that one was not told before
    if not silence:
        works = act.id in _ANSWERS and settled(fact, topic, card) and not joins
        return works or (goes_on(title, act) and holds(fact, topic, card))
    once_more = "again" in moods and not _breaks(fact, topic, card)
    return goes_on(title, act) or once_more or (_is_silent(silence, topic, card) and not joins)


def as_usual(reading: Reading) -> frozenset[str]:
    """The acts that the title tells as what is always done: "closes for the night"."""
    title = reading.title
    acts = [hit for hit in title.hits if hit.kind == "act"] if title is not None else []
    return frozenset(act.id for act in acts if title is not None and _is_usual(title, act))


def _is_usual(title: Sentence, act: Hit) -> bool:
    """In the same clause it is said to be done as it always is."""
    return any(
        not BREAKS.search(title.text, min(act.end, hit.end), max(act.start, hit.start))
        for hit in title.hits
        if hit.kind == "mood" and hit.id == "usual"
    )


def _breaks(fact: Fact, topic: Topic, card: Mapping[str, str]) -> bool:
    """By the card it worked till now, so "again" tells of a new failure."""
    return bool(moves_of([replace(fact, modality=Modality.DONE)], topic, card))


def _is_silent(silence: str, topic: Topic, card: Mapping[str, str]) -> bool:
    """The card says so of something: who takes no call answers nothing else either."""
    return any(
        move.act == silence and move.to == card.get(attribute.id, attribute.start)
        for attribute in topic.card
        for move in attribute.moves
    )


def deeds_besides(reading: Reading, topic: Topic, quiet: Collection[str]) -> set[str]:
    """The keys of the acts that the title tells and does not only mention, none of the families
    `quiet`, each with who does it.
    """
    title = reading.title
    facts = facts_of(title, reading, topic) if title is not None else ()
    found = set()
    for _, fact in facts:
        family = topic.families.get(fact.act or "", fact.act)
        if fact.number is None and family not in quiet and fact.modality is not Modality.UNKNOWN:
            found |= {f"f:{'' if fact.positive else '~'}{family}", f"e:{fact.act}:{fact.actor}"}
    return found
