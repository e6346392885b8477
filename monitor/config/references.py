"""What a topic pack says of its own ids and of acts, read from its YAML as it stands.

A pack whose keys are wrong is no model yet; an id that nobody has is told beside them all the same,
so that nobody mends one mistake to be shown the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from typing import Any

from monitor.config.strict import Place
from monitor.config.units import suggest

Used = Iterator[tuple[Place, str]]


def unknown_ids(pack: Any) -> list[tuple[Place, str]]:
    """Each place that speaks of a subject, context or actor that is none, with the nearest."""
    known = set(_ids_given(pack))
    return [
        (place, f"no subject, context or actor has the id '{name}'{suggest(name, sorted(known))}")
        for place, name in _ids_used(pack)
        if name not in known
    ]


def unknown_acts(pack: Any, acts: Set[str]) -> list[tuple[Place, str]]:
    """Each place of `push` and of the card with an act that is none of `acts` nor the pack's."""
    own = _get(pack, "acts")
    known = acts | (set(map(str, own)) if isinstance(own, Mapping) else set())
    return [
        (
            place,
            f"no act is called '{act}'{suggest(act, sorted(known))}; give it words under acts, or "
            f"see monitor topic acts {act}",
        )
        for place, act in _acts_used(pack)
        if act not in known
    ]


def unknown_channels(pack: Any, known: Set[str]) -> list[tuple[Place, str]]:
    """Each channel of a pack that is none of `known`."""
    return [
        (("channels", number), f"no channel is named '{channel}'{suggest(channel, sorted(known))}")
        for number, channel in _texts(pack, "channels")
        if channel not in known
    ]


def _ids_given(pack: Any) -> Iterator[str]:
    for section in ("subjects", "context", "actors"):
        for _, thing in _items(pack, section):
            if isinstance(name := _get(thing, "id"), str):
                yield name


def _ids_used(pack: Any) -> Used:
    for number, subject in _items(pack, "subjects"):
        for at, company in _texts(subject, "company"):
            for name in filter(None, re.split("[+-]", company)):
                yield ("subjects", number, "company", at), name
    for place, move in _moves(pack):
        for key in ("actor", "object"):
            if isinstance(name := _get(move, key), str):
                yield (*place, key), name


def _acts_used(pack: Any) -> Used:
    for number, act in _texts(pack, "push"):
        yield ("push", number), act
    for place, move in _moves(pack):
        if isinstance(act := _get(move, "act"), str):
            yield (*place, "act"), act


def _moves(pack: Any) -> Iterator[tuple[Place, Any]]:
    for number, attribute in _items(pack, "card"):
        for place, move in _items(attribute, "moves"):
            yield ("card", number, "moves", place), move


def _texts(part: Any, key: str) -> Iterator[tuple[int, str]]:
    return ((number, item) for number, item in _items(part, key) if isinstance(item, str))


def _items(part: Any, key: str) -> Iterator[tuple[int, Any]]:
    found = _get(part, key)
    yield from enumerate(found if isinstance(found, list | tuple) else ())


def _get(part: Any, key: str) -> Any:
    return part.get(key) if isinstance(part, Mapping) else None
