"""Thousands of topic packs in their real form, made up from a seeded list of syllables.

Names of things and people are a pack's own; kinds of things ("the bridge", "pipeline") and sides of
the lexicon are shared by hundreds and thousands of packs, as they would be.
"""

from __future__ import annotations

import random

from monitor.config.topic import TopicPack, parse_topic

_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "el")]
_KINDS = (
    "bridge", "port", "dam", "airport", "pipeline", "tunnel", "treaty", "ceasefire", "mine",
    "refinery", "railway", "canal", "embassy", "hospital", "reactor", "border post", "prison",
    "ferry line", "power plant", "stadium", "observatory", "summit", "trade deal", "inquiry",
)  # fmt: skip
_SIDES = ("us", "china", "japan", "russia", "un")


def packs(count: int, seed: int = 7) -> dict[str, TopicPack]:
    """So many packs by their names, the same ones for the same seed."""
    chance = random.Random(seed)
    return {f"topic-{number}": parse_topic(_pack(chance)) for number in range(count)}


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))


def _pack(chance: random.Random) -> dict[str, object]:
    place, kind, owner = _word(chance), chance.choice(_KINDS), _word(chance)
    persons = [_word(chance) for _ in range(2)]
    side = chance.choice(_SIDES)
    return {
        "title": f"{place.title()} {kind}",
        "subjects": [
            {
                "id": "whole",
                "label": f"the {kind}",
                "names": {
                    "en": [f"{place} {kind}", f"{kind} of {place}", f"{kind} .. {place}"],
                    "de": [f"{place}-{kind}*"],
                },
                "short": {"en": [f"the {kind}", f"{kind}'s"]},
                "company": ["place", "owner"],
            }
        ],
        "context": [{"id": "place", "label": place, "names": {"en": [place, f"{place}*"]}}],
        "actors": [
            {"id": "owner", "label": owner, "names": {"en": [f"{owner} group"]}},
            {"id": side, "label": side, "names": {"en": [f"{side} envoy"]}, "responsible": True},
            *(
                {"id": f"person_{n}", "label": name, "names": {"en": [name, f"minister {name}"]}}
                for n, name in enumerate(persons)
            ),
        ],
        "exclude": {"en": [f"{place} {kind} records"]},
        "push": ["open", "close", "sign"],
        "card": [
            {
                "id": "state",
                "label": f"the {kind}",
                "moves": [{"act": "open", "to": "open"}, {"act": "close", "to": "closed"}],
            }
        ],
    }
