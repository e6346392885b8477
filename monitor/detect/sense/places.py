"""Where a report says that something happened, and whether two reports speak of other places.

A place is a city, a region or a country of the gazetteer. Two places are set against one another
only if they are of one level: a city and its country, or its region, say the same more or less
exactly. A city stands for its region too.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from monitor.detect.words.gazetteer import Gazetteer, level_of, region_of, spots_in
from monitor.detect.words.reading import Reading, Sentence

_NAMES = frozenset({"subject", "short", "exclude", "context", "actor"})  # the pack knows better
_SIDES = frozenset({"US", "CN", "JP", "RU", "KR", "KP"})  # mostly mean a government


def places_in(sentence: Sentence, reading: Reading, world: Gazetteer) -> tuple[str, ...]:
    """The places that a sentence names, in order, but for those in a name of the topic."""
    text = reading.parts[sentence.part][sentence.start : sentence.end]
    names = [hit for hit in sentence.hits if hit.kind in _NAMES]
    return tuple(
        spot.id
        for spot in spots_in(world, text, sentence.text, reading.tongue)
        if spot.id not in _SIDES
        and not any(name.start < spot.end and spot.start < name.end for name in names)
    )


def elsewhere(
    new: Iterable[str], gone: Iterable[str], mine: Set[str], told: Set[str]
) -> tuple[str, str] | None:
    """Of two reports the place that only the first names and the one that it names no more.

    `new` and `gone` are the places that title and first sentence give, `mine` and `told` all that
    the reports name. None where they share a place of that level, or one leaves it open.
    """
    for at in (_city, region_of, _country):
        ours, theirs = set(map(at, mine)) - {""}, set(map(at, told)) - {""}
        fresh = [place for place in sorted(new) if at(place) and not _holds(place, told)]
        lost = [place for place in sorted(gone) if at(place) and not _holds(place, mine)]
        if fresh and lost and not ours & theirs:
            return lost[0], fresh[0]
    return None


def _city(place: str) -> str:
    return place if level_of(place) == "." else ""


def _country(place: str) -> str:
    """A country itself; the country of a city is mostly not what a report is about."""
    return place if not level_of(place) else ""


def _holds(country: str, places: Set[str]) -> bool:
    """Whether a country has one of these places in it; no city or region has."""
    return len(country) == 2 and any(place[:2] == country for place in places)
