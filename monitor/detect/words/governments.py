"""Countries that act: headlines give the country for its government, "Serbia revokes"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from monitor.config.topic import Thing
from monitor.detect.words.gazetteer import Gazetteer, key_of, level_of
from monitor.detect.words.match import Hit
from monitor.detect.words.text import fold

_GOVERNMENT = re.compile(
    r"(?<!\w)(?:government|gouvernement|gobierno|regierung|правительств)|حكومة|정부|政府"
)
_OTHER_CASE = re.compile(r"[а-яё](?:[иыуюе]|[ое]й|[ое]м)$")  # "Скупщина Сербии": of it, in it


def governments(context: Iterable[Thing], actors: Iterable[Thing]) -> Mapping[str, str]:
    """From a place of a pack to the actor that governs it: one is called "the Serbian government",
    the other "Serbia", "Serbian". A place that several or none govern is not among them.
    """
    names = {actor.id: [n for n in _forms(actor) if _GOVERNMENT.search(n)] for actor in actors}
    found = {}
    for place in context:
        roots = {form.strip("* ") for form in _forms(place)}
        ruling = [id_ for id_, forms in names.items() if any(r in f for r in roots for f in forms)]
        if len(ruling) == 1:
            found[place.id] = ruling[0]
    return found


def _forms(thing: Thing) -> list[str]:
    return [fold(form) for forms in thing.names.values() for form in forms]


def with_countries(
    text: str, hits: tuple[Hit, ...], world: Gazetteer, governs: Mapping[str, str]
) -> tuple[Hit, ...]:
    """The hits with each country of the pack's context as one, by the id of its government where
    that is known; not inside the name of an actor ("Serbia's president"), nor an adjective of it.
    """
    actors = [hit for hit in hits if hit.kind == "actor"]
    return tuple(
        Hit(hit.start, hit.end, "country", governs.get(hit.id, hit.id))
        if hit.kind == "context"
        and not any(a.start <= hit.start and hit.end <= a.end for a in actors)
        and _is_country(text[hit.start : hit.end], world)
        else hit
        for hit in hits
    )


def _is_country(name: str, world: Gazetteer) -> bool:
    if _OTHER_CASE.search(name):
        return False
    place = world.get(key_of(name))
    return place is not None and level_of(place) == ""
