"""What a sentence says that no lexicon of acts holds: ends of opposites, and its very words.

"Afloat again" is told against "stays put" by pairs of opposites that belong to no topic
(lexicon/antonyms.yaml). The sentence itself is kept word for word, for reports that differ from
another in a single word.
"""

from __future__ import annotations

from typing import NamedTuple

from monitor.detect.sense.facts import acts_of
from monitor.detect.sense.moods import denies, is_mere_particle, modality_of, negated
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Modality

OF_AN_ACT = "a"  # the part of an `End` that an act stands on; words stand in a part of the text
_AHEAD = frozenset(
    {Modality.PLANNED, Modality.PROPOSED, Modality.THREATENED, Modality.ORDERED, Modality.DENIED}
)
_PLANS = frozenset({"planned", "proposed", "threatened", "ordered", "wished"})
_SAME_BY_ID = frozenset({"act", "event", "subject", "short"})
_LONGEST = 160  # characters of a title or a first sentence that are kept word for word


class End(NamedTuple):
    """One of the two ends of a pair of opposites, told as so or as still to come."""

    pair: str
    positive: bool  # the end after which the pair is named
    real: bool
    part: str  # where it is told: "t" title, "s" summary, "b" body, or `OF_AN_ACT`


class ActEnd(NamedTuple):
    """An act that is told by a word for an end of opposites, or as not done and so at the other."""

    act: str
    pair: str
    positive: bool


class Said(NamedTuple):
    """A sentence word for word, with acts and what is watched by their ids."""

    part: str  # "t" title, "s" summary, "b" body
    lang: str
    denies: bool
    plans: bool
    text: str


def ends_of(sentence: Sentence, reading: Reading, topic: Topic) -> tuple[set[End], set[ActEnd]]:
    """The ends of opposites that a sentence tells, and its acts that stand for such an end."""
    ends, acts = set(), set()
    for hit in topic.vocabulary.antonyms.find(sentence.text, reading.lang):
        pair, positive = hit.id[:-1], (hit.id[-1] == "+") != negated(sentence, hit, reading)
        real = modality_of(sentence, hit, reading) not in _AHEAD
        ends.add(End(pair, positive, real, sentence.part[0]))
        inside = (act for act in sentence.acts if act.start < hit.end and hit.start < act.end)
        acts |= {ActEnd(act.id, pair, positive) for act in inside}
    unheld = "absent" in sentence.ids("act")  # "会议没有举行": no meeting was held
    for act, fact in acts_of(sentence, reading, topic):
        if fact.modality is Modality.UNKNOWN or (unheld and act.id == "meet"):
            continue
        for end in topic.vocabulary.poles.get(act.id, ()):
            pair, positive = end[:-1], (end[-1] == "+") == fact.positive
            ends.add(End(pair, positive, fact.modality not in _AHEAD, OF_AN_ACT))
            if not fact.positive:  # "no more closing days" are told by an opening
                acts.add(ActEnd(act.id, pair, positive))
    return ends, acts


def said_in(sentence: Sentence, reading: Reading) -> Said:
    """A sentence word for word, and whether it denies something or speaks of plans."""
    plans = any(
        hit.kind == "mood"
        and hit.id in _PLANS
        and not is_mere_particle(sentence.text, hit, reading.tongue)
        for hit in sentence.hits
    )
    denied, text = denies(sentence, reading), _with_ids(sentence)
    return Said(sentence.part[0], reading.lang or "", denied, plans, text)


def _with_ids(sentence: Sentence) -> str:
    """A sentence with acts and what is watched by their ids, so that synonyms are one word."""
    text, place = [], 0
    for hit in sentence.hits:
        if hit.kind in _SAME_BY_ID and hit.start >= place:
            text += [sentence.text[place : hit.start], f" @{hit.id} "]
            place = hit.end
    return " ".join("".join([*text, sentence.text[place:]]).split())[:_LONGEST]
