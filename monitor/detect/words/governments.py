"""Countries that act: headlines give the country for its government, "Serbia revokes".

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from monitor.config.topic import Thing
from monitor.detect.words.gazetteer import Gazetteer, level_of
from monitor.detect.words.match import Hit
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import PLAIN, Tongue

_OTHER_CASE = "[а-я]{other_case}$"


def governments(
    context: Iterable[Thing], actors: Iterable[Thing], tongues: Mapping[str, Tongue]
) -> Mapping[str, str]:
    """From a place of a pack to the actor that governs it: one is called "the Serbian government",
    the other "Serbia", "Serbian". A place that several or none govern is not among them.
    """
    names = {actor.id: list(_governing(actor, tongues)) for actor in actors}
    found = {}
    for place in context:
        roots = {form.strip("* ") for _, form in _forms(place)}
        ruling = [id_ for id_, forms in names.items() if any(r in f for r in roots for f in forms)]
        if len(ruling) == 1:
            found[place.id] = ruling[0]
    return found


def _governing(actor: Thing, tongues: Mapping[str, Tongue]) -> Iterator[str]:
    """The names of a side that call it a government."""
    for lang, form in _forms(actor):
        if tongues.get(lang, PLAIN).pattern("{government}").search(form):
            yield form


def _forms(thing: Thing) -> Iterator[tuple[str, str]]:
    """The names of a thing as they are met in texts, each with its language."""
    for lang, forms in thing.names.items():
        yield from ((lang, fold(form)) for form in forms)


def with_countries(
    text: str,
    hits: tuple[Hit, ...],
    world: Gazetteer,
    tongue: Tongue,
    governs: Mapping[str, str],
) -> tuple[Hit, ...]:
    """The hits with each country of the pack's context as one, by the id of its government where
    that is known; not inside the name of an actor ("Serbia's president"), nor an adjective of it.
    """
    actors = [hit for hit in hits if hit.kind == "actor"]
    return tuple(
        Hit(hit.start, hit.end, "country", governs.get(hit.id, hit.id))
        if hit.kind == "context"
        and not any(a.start <= hit.start and hit.end <= a.end for a in actors)
        and _is_country(text[hit.start : hit.end], world, tongue)
        else hit
        for hit in hits
    )


def _is_country(name: str, world: Gazetteer, tongue: Tongue) -> bool:
    if tongue.pattern(_OTHER_CASE).search(name):
        return False
    place = world.named(name)
    return place is not None and level_of(place) == ""
