"""Names that another place claims: "하노이 연락사무소", "a liaison office in Khartoum"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from monitor.detect.words.gazetteer import Gazetteer, spots_in
from monitor.detect.words.match import Hit

_OWN = frozenset({"subject", "exclude", "context", "actor"})  # names of the pack: it knows better
_TIED = re.compile(r"(?: ?|의 |에 |の|にある|的|市|시 |'s |[ -]based )")  # place, then name
_IN = re.compile(r" (?:in|at|a|au|en|im|de|в|في) ")  # name, then place


def abroad(text: str, folded: str, hits: Iterable[Hit], world: Gazetteer) -> frozenset[Hit]:
    """The short names in a sentence that stand right beside a place which the topic does not know.

    `text` is the sentence as written, `folded` the same in the form that hits count in.
    """
    found = list(hits)
    names = [hit for hit in found if hit.kind == "short"]
    if not names:
        return frozenset()
    own = [hit for hit in found if hit.kind in _OWN]
    spots = [(spot.start, spot.end) for spot in spots_in(world, text, folded)]
    spots += [(hit.start, hit.end) for hit in _of_the_lexicon(folded, found)]
    places = [
        (start, end)
        for start, end in spots
        if not any(hit.start < end and start < hit.end for hit in own)
    ]
    return frozenset(
        name
        for name in names
        for start, end in places
        if (end <= name.start and _TIED.fullmatch(folded, end, name.start))
        or (name.end < start and _IN.fullmatch(folded, name.end, start))
    )


def _of_the_lexicon(folded: str, hits: Iterable[Hit]) -> list[Hit]:
    """Its places, but not adjectives such as "Korean"."""
    return [hit for hit in hits if hit.kind == "place" and not folded[hit.start].isascii()]
