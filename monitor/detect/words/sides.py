"""Who is a side, who speaks for one, and who is which: the ids of actors by their kinds.

The ids themselves stand in lexicon/kinds.yaml, none of them in the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from monitor.config.lexicon import Lexicon

BOTH = "both"  # the actor that is two sides in one word


@dataclass(frozen=True, eq=False)
class Sides:
    """The actors of a lexicon by their kinds. Equal only to itself."""

    sides: frozenset[str]
    pair: frozenset[str]  # whom `BOTH` means
    offices: frozenset[str]
    media: frozenset[str]  # a side's own
    doing: frozenset[str]  # who speaks for a side, and acts where no side does
    speaking: frozenset[str]  # whose word a sentence is: those, and experts
    home: frozenset[str]  # whose naming alone is no news
    voices: tuple[frozenset[str], ...]  # who is heard when first they speak
    speaks_for: Mapping[str, str]  # from an office or a medium to its side

    def side_of(self, name: str) -> str:
        """The side that an institution speaks for; of a side, itself."""
        return self.speaks_for.get(name, name)


@lru_cache(maxsize=4)
def sides_of(lexicon: Lexicon) -> Sides:
    """The actors of a lexicon, as the detector asks for them."""
    kinds = lexicon.kinds
    doing = kinds.offices | kinds.media
    speaking = doing | kinds.experts
    return Sides(
        sides=kinds.sides,
        pair=kinds.both,
        offices=kinds.offices,
        media=kinds.media,
        doing=doing,
        speaking=speaking,
        home=kinds.both | {BOTH} | speaking,
        voices=(kinds.top_offices, kinds.media),
        speaks_for={name: side for side, names in kinds.speaks_for.items() for name in names},
    )
