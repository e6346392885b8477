"""Whether any sentence stands for what an article states: by a word, a day or a deed."""

from __future__ import annotations

from collections.abc import Callable

from monitor.detect.sense.background import is_background
from monitor.detect.sense.facts import days_ahead, facts_of, keys_of
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Modality

SOURCES = frozenset({"said", "shown"})  # somebody's word; data, pictures, "it emerged"


def is_vouched(reading: Reading, topic: Topic, is_new: Callable[[str], bool]) -> bool:
    """One sentence that is no background quotes, is of today or has the word of a responsible side;
    or it tells what nobody told: a deed of such a side, a day to come, or anything with a source.

    `is_new` says of a key (`sense.keys`) whether nobody told it.
    """
    return any(
        not _looks_back(sentence, reading) and _vouches(sentence, reading, topic, is_new)
        for sentence in reading.sentences
    )


def _looks_back(sentence: Sentence, reading: Reading) -> bool:
    """It speaks of the past, or all of its acts are what something else follows or is about."""
    acts = sentence.acts
    return sentence.old or (
        bool(acts) and all(is_background(sentence, act, reading) for act in acts)
    )


def _vouches(
    sentence: Sentence, reading: Reading, topic: Topic, is_new: Callable[[str], bool]
) -> bool:
    if '"' in sentence.text or is_of_today(sentence, reading):
        return True
    for key, fact in facts_of(sentence, reading, topic):
        deed = fact.actor in topic.responsible and fact.modality is Modality.DONE
        if fact.said_by in topic.responsible or (deed and is_new(key)):
            return True
    if any(map(is_new, days_ahead(sentence, reading))):
        return True
    sourced = not SOURCES.isdisjoint(sentence.ids("cue"))
    return sourced and any(map(is_new, keys_of(sentence, reading, topic)))


def is_of_today(sentence: Sentence, reading: Reading) -> bool:
    """It names the day of the report, or the one before."""
    today = reading.today
    return any(when.width == 1 and 0 <= (today - when.day).days <= 1 for when in sentence.days)
