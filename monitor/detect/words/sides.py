"""Who is a side, who speaks for one, and who is which: the ids of the lexicon's actors by kind."""

from __future__ import annotations

KOREAS = frozenset({"north", "south"})  # whom "both" means
SIDES = KOREAS | {"us", "un", "china", "japan", "russia", "un_command", "eu"}
MEDIA = frozenset({"state_media"})  # a side's own
OFFICES = frozenset({"ministry", "presidency", "foreign_ministry", "nsc", "defence", "spy_agency"})
SPEAKING = OFFICES | MEDIA | {"expert"}  # whose word a sentence is
HOME = KOREAS | {"both"} | SPEAKING  # those whose naming alone is no news
VOICES = (frozenset({"presidency", "nsc"}), MEDIA)  # heard when first they speak
_SPEAKS_FOR = {
    **dict.fromkeys(("ministry", "presidency", "nsc", "defence", "spy_agency"), "south"),
    "state_media": "north",
}


def side_of(name: str) -> str:
    """The side that an institution speaks for; of a side, itself."""
    return _SPEAKS_FOR.get(name, name)
