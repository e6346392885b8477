"""Names that another place claims: "하노이 연락사무소", "a liaison office in Khartoum".

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.detect.words.gazetteer import Gazetteer, spots_in
from monitor.detect.words.match import Hit
from monitor.detect.words.tongue import Tongue

_OWN = frozenset({"subject", "exclude", "context", "actor"})  # names of the pack: it knows better
_BEFORE = "(?: ?|{its_place_before})"


def abroad(
    text: str, folded: str, hits: Iterable[Hit], world: Gazetteer, tongue: Tongue
) -> frozenset[Hit]:
    """The short names in a sentence that stand right beside a place which the topic does not know.

    `text` is the sentence as written, `folded` the same in the form that hits count in.
    """
    found = list(hits)
    names = [hit for hit in found if hit.kind == "short"]
    own = [hit for hit in found if hit.kind in _OWN]
    spots = [(spot.start, spot.end) for spot in spots_in(world, text, folded, tongue)]
    spots += [(hit.start, hit.end) for hit in _of_the_lexicon(folded, found)]
    places = [
        (start, end)
        for start, end in spots
        if not any(hit.start < end and start < hit.end for hit in own)
    ]
    before, behind = tongue.pattern(_BEFORE), tongue.pattern(" {its_place} ")
    return frozenset(
        name
        for name in names
        for start, end in places
        if (end <= name.start and before.fullmatch(folded, end, name.start))
        or (name.end < start and behind.fullmatch(folded, name.end, start))
    )


def _of_the_lexicon(folded: str, hits: Iterable[Hit]) -> list[Hit]:
    """Its places, but not adjectives such as "Korean"."""
    return [hit for hit in hits if hit.kind == "place" and not folded[hit.start].isascii()]
