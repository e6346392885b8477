"""Turns, the deeds of a title that move the state card, and titles that only look back.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.detect.sense.facts import facts_of
from monitor.detect.story.card import settled
from monitor.detect.words.deeds import UNMOVED
from monitor.detect.words.numbers import LENGTHS
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality

_WITHIN, _YEARS_AGO = r"(?<!\w){within}\s$", r"\W*{years_ago}(?:\s?[:,،、]|{on_this_day})"
_HEAD, _SOON = 2, 14  # sentences; days, tomorrow may be today elsewhere
_TALK = frozenset({"meet", "agree"})


def turns_of(reading: Reading, topic: Topic) -> frozenset[str]:
    """The deeds of the title that move the state card, each as "family:side": the family of the act
    and who did it, "" if that is not said.

    Such a deed is one of a kind within days, so two reports of it are one story in any language.
    """
    if reading.title is None:
        return frozenset()
    return frozenset(
        f"{topic.family(fact.act)}:{fact.actor or ''}"
        for _, fact in facts_of(reading.title, reading, topic)
        if fact.act in topic.turning and fact.positive and fact.modality is Modality.DONE
    )


def same_turn(mine: Iterable[str], other: Iterable[str]) -> bool:
    """They have a deed in common. A side that is not named may be any."""
    there = [turn.partition(":") for turn in other]
    return any(
        act == theirs and (side == his or not side or not his)
        for act, _, side in (turn.partition(":") for turn in mine)
        for theirs, _, his in there
    )


def counts_years(title: Sentence, tongue: Tongue) -> bool:
    """A number of years stands in the title, or a word for an anniversary."""
    no_age, within = tongue.pattern("{no_age}"), tongue.pattern(_WITHIN)
    years = any(
        number.unit == "year"
        and not no_age.match(title.text, number.end)
        and not within.search(title.text, 0, number.start)
        for number in title.numbers
    )
    return years or "years_on" in title.ids("cue")


def _is_ahead(reading: Reading) -> bool:
    days = (when.day for sentence in reading.sentences[:_HEAD] for when in sentence.days)
    return any(1 < (day - reading.today).days <= _SOON for day in days)


def looks_back(reading: Reading, topic: Topic, card: Mapping[str, str]) -> bool:
    """The title looks back: it counts the years since something, and tells of no deed of its own.

    What goes on, talks that are not held and what the state card says already are no such deeds. A
    title that begins with "ten years ago:" looks back whatever it tells. An anniversary that is
    still ahead, so that the head names a day of the next two weeks, is no look back.
    """
    title, tongue = reading.title, reading.tongue
    if title is not None and tongue.pattern(_YEARS_AGO).match(title.text):
        return True
    if title is None or not counts_years(title, tongue) or _is_ahead(reading):
        return False
    later = "years_on" in title.ids("cue")
    told = [fact for _, fact in facts_of(title, reading, topic) if fact.act in topic.push]
    facts = [fact for fact in told if fact.number is None or fact.unit not in LENGTHS]
    past = later and bool(reading.body) and reading.body[0].old
    return (later or bool(facts)) and all(
        past
        or fact.modality is Modality.UNKNOWN
        or fact.act in UNMOVED
        or (fact.act in _TALK and not fact.positive)
        or (settled(fact, topic, card) and not _is_of_today(fact, reading, topic))
        for fact in facts
    )


def _is_of_today(told: Fact, reading: Reading, topic: Topic) -> bool:
    """The first sentence tells the deed too, and the first day that it names is of these days."""
    lead = reading.body[0] if reading.body else None
    if lead is None or not lead.days or abs((lead.days[0].day - reading.today).days) > 1:
        return False
    facts = (fact for _, fact in facts_of(lead, reading, topic))
    return any(
        (fact.act, fact.modality, fact.positive) == (told.act, Modality.DONE, True)
        for fact in facts
    )
