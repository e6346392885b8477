"""Who does what: the side that acts, by particles, prepositions, voice and order of words."""

from __future__ import annotations

from itertools import pairwise

from monitor.detect.words.match import Hit
from monitor.detect.words.sides import BOTH, Sides
from monitor.detect.words.tongue import Tongue

# Where the words of the grammar files stand: before a side, between it and an act, behind it.
_DONE_BY, _OBLIQUE = "{done_by}$", r"(?<!\w){oblique}\s(?:{article}\s)?$"
_OBJECT, _AWAY, _WAY = "{object_before}$", "(?:{object_before}|{located_before})$", "{way_before}$"
_FROM_WHOM, _AND_THEN = r"^\s{from_whom}$", r"(?<!\w){and_then}$"
_THAT = r"(?<!\w){that_clause}$"
_OF_PASSIVE = "{agent_of_passive}[^、。]{0,12}$"


def agent_of(
    text: str, hits: tuple[Hit, ...], act: Hit, tongue: Tongue, who: Sides
) -> tuple[str | None, bool]:
    """The side that does an act, and whether the sentence marks it as the one that does it.

    Without a mark it is the first side before the act that the act is not done to or with, those in
    the same quote before those who quote, else the first after it. Speakers (a ministry, an
    agency) do only what no such side before the act does. The two sides of the lexicon's "both" in
    one breath are both. A country of the context ("country") acts only where it is marked.
    """
    actors = [hit for hit in hits if hit.kind == "actor"]
    sides = [hit for hit in actors if hit.id not in who.speaking]
    quote = _quote(text, act)
    inside = [hit for hit in sides if quote <= hit.start < act.start]
    pair = _several(text, sides, tongue)
    may_act = [hit for hit in hits if hit.kind == "country" or hit in sides]
    marked = None if pair else _marked(text, may_act, act, tongue)
    if marked is not None and (marked.start >= quote or not inside):
        return marked.id, True
    free = [hit for hit in actors if not _is_object(text, hit, act, tongue)]
    before = [hit for hit in free if hit.end <= act.start]
    told = [hit for hit in before if hit in inside] or [hit for hit in before if hit in sides]
    spoken = [hit for hit in before if hit.id in who.doing]
    left = (*free, *actors)
    later = [hit for hit in left if hit in sides and not _owns_object(text, hit, act, tongue, who)]
    first = next(iter((*told, *spoken, *later)), None)
    if first is not None and first.id in pair and pair == who.pair:
        return BOTH, False
    return (first.id if first else None), False


def is_whither(text: str, hit: Hit, tongue: Tongue) -> bool:
    """A country where something goes or comes from, which does nothing: "撤往埃及"."""
    if tongue.pattern("{way_behind}").match(text, hit.end):
        return True
    return tongue.pattern(_WAY).search(text[max(0, hit.start - 16) : hit.start]) is not None


def speaker_of(hits: tuple[Hit, ...], who: Sides) -> str | None:
    """The ministry, agency or expert whose word a sentence is: the first that it names."""
    return next((hit.id for hit in hits if hit.kind == "actor" and hit.id in who.speaking), None)


def _quote(text: str, act: Hit) -> int:
    """Where the quote begins in which an act stands, 0 outside of quotes."""
    return text.rfind('"', 0, act.start) if text.count('"', 0, act.start) % 2 else 0


def _is_object(text: str, hit: Hit, act: Hit, tongue: Tongue) -> bool:
    """An act is done to a side, with it, at its place or to what it has: "북측에", "北の砲撃を"."""
    if tongue.lang in ("ko", "ja"):
        end = len(text) if tongue.lang == "ko" else max(hit.end, act.start)
        return tongue.pattern("{marked_object}").match(text, hit.end, end) is not None
    if tongue.lang == "zh":
        return tongue.pattern(_AWAY).search(text[max(0, hit.start - 2) : hit.start]) is not None
    return _is_oblique(text, hit, tongue)


def _is_oblique(text: str, hit: Hit, tongue: Tongue) -> bool:
    return tongue.pattern(_OBLIQUE).search(text[max(0, hit.start - 16) : hit.start]) is not None


def _marked(text: str, actors: list[Hit], act: Hit, tongue: Tongue) -> Hit | None:
    if tongue.lang == "ko":
        return _nearest(text, actors, act, tongue)
    if tongue.lang == "ja":
        return _japanese(text, actors, act, tongue)
    if tongue.lang == "zh":
        return _chinese(text, actors, act, tongue)
    return _spaced(text, actors, act, tongue)


def _several(text: str, actors: list[Hit], tongue: Tongue) -> frozenset[str]:
    """Two sides that are named in one breath: "Seoul and Pyongyang agreed"."""
    together = tongue.pattern("{together}")
    pairs = (
        frozenset((left.id, right.id))
        for left, right in pairwise(actors)
        if left.id != right.id and together.fullmatch(text, left.end, right.start)
    )
    return next(pairs, frozenset())


def _nearest(text: str, actors: list[Hit], act: Hit, tongue: Tongue) -> Hit | None:
    """The last side before the act that a particle, or a headline's comma, marks as acting."""
    mark = tongue.pattern("{marked_agent}")
    found = [
        hit
        for hit in actors
        if hit.end <= act.start and (m := mark.match(text, hit.end)) and m.end() <= act.start
    ]
    main = [hit for hit in found if not _of_a_clause(text, hit, act, tongue)]
    return (main or found)[-1] if found else None


def _of_a_clause(text: str, hit: Hit, act: Hit, tongue: Tongue) -> bool:
    """ "남측이 제안한 회담을 북한이 거부": it did what tells which thing is meant, and no more."""
    clause = tongue.pattern("{agent_of_a_clause}").match(text, hit.end)
    return clause is not None and clause.end() <= act.start


def _japanese(text: str, actors: list[Hit], act: Hit, tongue: Tongue) -> Hit | None:
    if tongue.pattern("{passive}").match(text, act.end):
        by = tongue.pattern(_OF_PASSIVE)
        for hit in reversed(actors):
            if hit.end <= act.start and by.match(text[hit.end : act.start]):
                return hit
        return None
    return _nearest(text, actors, act, tongue)


def _chinese(text: str, actors: list[Hit], act: Hit, tongue: Tongue) -> Hit | None:
    before = [hit for hit in actors if hit.end <= act.start]
    for hit in reversed(before):
        if tongue.pattern(_DONE_BY).search(text[max(0, hit.start - 1) : hit.start]):
            return hit
    if tongue.pattern("{made_to}").match(text, act.start) or tongue.pattern(
        "{passive_before}"
    ).search(text, max(0, act.start - 3), act.start + 1):
        return None
    clause = max(text.rfind(mark, 0, act.start) for mark in ",。;:、 ")
    inside = [
        hit
        for hit in before
        if hit.start > clause
        and not tongue.pattern(_OBJECT).search(text[max(0, hit.start - 2) : hit.start])
        and not tongue.pattern("{of_it}").match(text, hit.end)
    ]
    return inside[0] if inside else None


def _spaced(text: str, actors: list[Hit], act: Hit, tongue: Tongue) -> Hit | None:
    from_whom, by = tongue.pattern(_FROM_WHOM), tongue.pattern(_DONE_BY)
    for hit in actors:
        if act.end <= hit.start <= act.end + 14 and from_whom.search(text[act.end : hit.start]):
            return hit
        if act.end <= hit.start <= act.end + 40 and by.search(
            text[max(0, hit.start - 12) : hit.start]
        ):
            return hit
    subjects = [
        hit
        for hit in actors
        if _is_ahead(hit, act)
        and not _is_oblique(text, hit, tongue)
        and not _owner(text, hit, tongue)
        and text[hit.end : hit.end + 1] != ":"  # "Seoul: North's people leave": it says so
    ]
    if not subjects:
        return None
    return subjects[0 if _of_the_main_clause(text, subjects[-1], act, tongue) else -1]


def _of_the_main_clause(text: str, nearest: Hit, act: Hit, tongue: Tongue) -> bool:
    """The clause of the nearest side is over: "demanded that the South leave and proposed talks",
    "told Seoul that the South should pay, in a notice sent".
    """
    if tongue.pattern(_THAT).search(text[max(0, nearest.start - 12) : nearest.start]) is None:
        return False
    between = text[nearest.end : act.start]
    joined = tongue.pattern(_AND_THEN).search(between) and tongue.pattern("{past_end}$").search(
        text, act.start, act.end
    )
    return bool(joined) or tongue.pattern("{besides}").search(between) is not None


def _is_ahead(hit: Hit, act: Hit) -> bool:
    """A side before the act, also one that is told by its verb: "South sends"."""
    return hit.end <= act.start or (hit.start < act.start and hit.end <= act.end)


def _owns_object(text: str, hit: Hit, act: Hit, tongue: Tongue, who: Sides) -> bool:
    """Whose thing it is that the act is done to: "revokes the company's licence". Of states the
    one that is named may be meant for all that: "Minister rebukes them over Seoul's calls".
    """
    return hit.id not in who.sides and hit.end > act.start and _owner(text, hit, tongue)


def _owner(text: str, hit: Hit, tongue: Tongue) -> bool:
    owner = tongue.pattern("{owner}")
    return bool(owner.match(text, hit.end) or owner.fullmatch(text, hit.end - 2, hit.end))
