"""The facts of a sentence: its acts, each with who, whether and when, and its quantities."""

from __future__ import annotations

from functools import lru_cache

from monitor.detect.sense.hedged import is_hedged
from monitor.detect.sense.keys import (
    PERSON,
    THING,
    act_key,
    act_person_key,
    act_thing_key,
    agent_key,
    day_key,
    family_key,
    figure_key,
)
from monitor.detect.sense.moods import modality_of, negated
from monitor.detect.sense.roles import agent_of, is_whither, speaker_of
from monitor.detect.words.gazetteer import level_of
from monitor.detect.words.governments import with_countries
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality

_WEEK = 7  # days
_MOST_ACTS = 6  # of a sentence, that are told of the things and persons in it


@lru_cache(maxsize=256)
def facts_of(sentence: Sentence, reading: Reading, topic: Topic) -> tuple[tuple[str, Fact], ...]:
    """The facts of a sentence with their keys: one for each act, then one for each quantity.

    Kept for a moment: the claims, the story, the card and the gate all ask for them.
    """
    acts = sentence.acts
    day = next((when.day.isoformat() for when in sentence.days if when.width == 1), None)
    place = next(iter(sentence.ids("place")), None)
    said_by = speaker_of(sentence.hits, topic.sides)
    text = reading.parts[sentence.part][sentence.start : sentence.end].strip()
    moods = {act: modality_of(sentence, act, reading) for act in acts}
    found = []
    for act in acts:
        fact = Fact(
            act=act.id,
            actor=agent_in(sentence, act, reading, topic)[0],
            object=_object(sentence, act, topic),
            date=day,
            positive=not negated(sentence, act, reading),
            modality=moods[act],
            hedged=moods[act] is Modality.DONE and is_hedged(sentence, act, reading.tongue),
            text=text,
            place=place,
            said_by=said_by,
        )
        found.append((act_key(fact), fact))
    for number in sentence.numbers:
        nearest = min(acts, key=lambda act: abs(act.start - number.start), default=None)
        fact = Fact(
            act=nearest.id if nearest else None,
            number=(number.low + number.high) / 2,
            unit=number.unit or None,
            date=day,
            modality=moods[nearest] if nearest else Modality.UNKNOWN,
            text=text,
            place=place,
            said_by=said_by,
        )
        found.append((figure_key(number), fact))
    return tuple(found)


@lru_cache(maxsize=256)
def sides_in(sentence: Sentence, tongue: Tongue, topic: Topic) -> tuple[Hit, ...]:
    """The words found in a sentence, with the countries that may act for their governments."""
    world = topic.vocabulary.gazetteer
    return with_countries(sentence.text, sentence.hits, world, tongue, topic.governs)


def agent_in(
    sentence: Sentence, act: Hit, reading: Reading, topic: Topic
) -> tuple[str | None, bool]:
    """The side that does an act of a sentence, and whether that is marked (`agent_of`)."""
    hits = sides_in(sentence, reading.tongue, topic)
    return agent_of(sentence.text, hits, act, reading.tongue, topic.sides)


def acts_of(sentence: Sentence, reading: Reading, topic: Topic) -> list[tuple[Hit, Fact]]:
    """The words for acts in a sentence, each with its fact."""
    facts = (fact for _, fact in facts_of(sentence, reading, topic) if fact.number is None)
    return list(zip(sentence.acts, facts, strict=True))


def _object(sentence: Sentence, act: Hit, topic: Topic) -> str | None:
    """The watched thing nearest to the act; at equal distance the whole before its parts.

    A name in two pieces, "norway .. dam", that stands around the act comes last.
    """
    things = [
        hit
        for hit in sentence.hits
        if hit.kind in ("subject", "short") and hit.id in sentence.subjects
    ]
    if not things:
        return None
    return min(
        things,
        key=lambda hit: (
            hit.start < act.start and act.end <= hit.end,
            abs(hit.start - act.start),
            not topic.subjects[hit.id].central,
            hit.start,
        ),
    ).id


@lru_cache(maxsize=256)
def keys_of(sentence: Sentence, reading: Reading, topic: Topic) -> tuple[str, ...]:
    """The keys of all that a sentence says, each once."""
    found: dict[str, None] = {}
    acts = []
    for _, fact in facts_of(sentence, reading, topic):
        if fact.number is None and fact.act is not None:
            found[act_key(fact)] = None
            found[family_key(fact, topic)] = None
            acts.append(fact.act)
            if fact.actor is not None and fact.actor not in topic.persons:
                found[agent_key(fact)] = None
    for thing in sentence.ids("thing"):
        found[f"{THING}:{thing}"] = None
        found |= dict.fromkeys(act_thing_key(act, thing) for act in acts[:_MOST_ACTS])
    found |= dict.fromkeys(figure_key(number) for number in sentence.numbers if number.unit)
    for actor in doers(sentence, reading, topic):
        if actor in topic.persons:
            found[f"{PERSON}:{actor}"] = None
            found |= dict.fromkeys(act_person_key(act, actor) for act in acts[:_MOST_ACTS])
    found |= dict.fromkeys(days_ahead(sentence, reading))
    return tuple(found)


def doers(sentence: Sentence, reading: Reading, topic: Topic) -> list[str]:
    """The actors that a sentence names as such.

    Not those in the name of what is watched, "the hotline with the North", nor a country of the
    topic's pack that is only where something goes or comes from.
    """
    return [
        hit.id
        for hit in sentence.hits
        if hit.kind == "actor"
        and not _in_a_name(sentence, hit)
        and not _is_destination(sentence, hit, reading, topic)
    ]


def _in_a_name(sentence: Sentence, hit: Hit) -> bool:
    return any(
        name.kind == "subject" and name.start <= hit.start and hit.end <= name.end
        for name in sentence.hits
    )


def _is_destination(sentence: Sentence, hit: Hit, reading: Reading, topic: Topic) -> bool:
    """A country of the topic's own pack that is named as where something goes or comes from."""
    if hit.id not in topic.persons or not is_whither(sentence.text, hit, reading.tongue):
        return False
    place = topic.vocabulary.gazetteer.named(sentence.text[hit.start : hit.end])
    return place is not None and level_of(place) == ""


def days_ahead(sentence: Sentence, reading: Reading) -> list[str]:
    """The keys of the days and weeks to come that a sentence names."""
    return [
        day_key(when.day, week=when.width > 1)
        for when in sentence.days
        if when.width <= _WEEK and when.day > reading.today
    ]
