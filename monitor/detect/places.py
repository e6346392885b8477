"""Where a report says that something happened, and whether two reports speak of other places.

A place is a city, a region or a country of the gazetteer. Two places are set against one another
only if they are of one level: a city and its country, or its region, say the same more or less
exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache

from monitor.detect.gazetteer import Gazetteer, level_of
from monitor.detect.reading import Reading, Sentence

_HEAD = 3  # sentences after the title
_NAMES = frozenset({"subject", "short", "exclude", "context", "actor"})  # the pack knows better
_SIDES = frozenset({"US", "CN", "JP", "RU", "KR", "KP"})  # mostly mean a government
_LEVELS = (".", "~", "")


@lru_cache(maxsize=64)
def places_in(sentence: Sentence, reading: Reading, world: Gazetteer) -> tuple[str, ...]:
    """The places that a sentence names, in order, but for those in a name of the topic."""
    text = reading.parts[sentence.part][sentence.start : sentence.end]
    names = [hit for hit in sentence.hits if hit.kind in _NAMES]
    return tuple(
        spot.id
        for spot in world.find(text)
        if spot.id not in _SIDES
        and not any(name.start < spot.end and spot.start < name.end for name in names)
    )


def places_of(reading: Reading, world: Gazetteer) -> frozenset[str]:
    """The places that the title and the first sentences name, as long as they do not look back."""
    head = (s for s in reading.sentences[: _HEAD + 1] if s.index < _HEAD and not s.old)
    return frozenset(place for sentence in head for place in places_in(sentence, reading, world))


def elsewhere(
    new: Iterable[str], gone: Iterable[str], mine: Set[str], told: Set[str]
) -> tuple[str, str] | None:
    """Of two reports the place that only the first names and the one that it names no more.

    `new` and `gone` are the places that title and first sentence give, `mine` and `told` all that
    the reports name. None where they share a place of that level, or one leaves it open.
    """
    for level in _LEVELS:
        if any(level_of(place) == level for place in mine & told):
            continue
        ours = [p for p in sorted(new) if level_of(p) == level and not _within(p, told)]
        theirs = [p for p in sorted(gone) if level_of(p) == level and not _within(p, mine)]
        if ours and theirs:
            return theirs[0], ours[0]
    return None


def _within(country: str, places: Set[str]) -> bool:
    """Whether a country has one of these places in it; no city or region has."""
    return len(country) == 2 and any(place[:2] == country for place in places)
