"""Who does what: the side that acts, by particles, prepositions, voice and order of words."""

from __future__ import annotations

import re
from itertools import pairwise

from monitor.detect.match import Hit

SPEAKING = frozenset({"ministry", "presidency", "foreign_ministry", "state_media", "expert"})

_BY = re.compile(r"(?<!\w)(?:by|par|von|por|durch)\s(?:the\s|el\s|la\s)?$")
_OBLIQUE = re.compile(
    r"(?<!\w)(?:to|with|from|against|of|for|in|on|over|at|towards?|between|than|about|among|into|via"
    r"|avec|contre|au|aux|de|du|mit|gegen|an|zu|uber|nach|con|contra|al|del|sobre"
    r"|с|от|к|на|из|против|مع|من|على|ضد|الى)\s(?:the\s|le\s|la\s|les\s|dem\s|der\s|den\s|el\s)?$"
)
_FROM = re.compile(r"^\s(?:from|de|von|от)\s(?:the\s)?$")  # "no answer from the North"

_KO_AGENT = re.compile(
    r"(?:군|측|군부|당국|정부|국무위원장|위원장)?\s?(?:이|가|은|는|께서|도)(?=[\s,])|,|\s?[\"'…]"
)
_JA_AGENT = re.compile(r"(?:軍|側|政府|当局)?(?:は|が|、)")
_JA_BY = re.compile(r"(?:軍|側|政府|当局)?(?:によって|により|に)[^、。]{0,12}$")
_JA_PASSIVE = re.compile(r"(?:を|が|は)?(?:さ|ら|か|わ)れ")
_ZH_BY = re.compile(r"(?:被|遭|由|受)$")
_ZH_OBLIQUE = re.compile(
    r"(?:对|向|同|与|和|跟|给|据|把|对于|關於|关于|經|经|從|从|與|對|要求|敦促|呼吁)$"
)

_ALSO = {
    "ko": re.compile(r"\s?(?:과|와|·|및)\s?"),
    "ja": re.compile(r"側?[と・や]"),
    "zh": re.compile(r"[和与與及、]"),
}
_AND = re.compile(r"\s?(?:,|and|&|et|und|y|e|и|و)\s(?:the\s)?")


def agent_of(
    text: str, hits: tuple[Hit, ...], act: Hit, lang: str | None
) -> tuple[str | None, bool]:
    """The side that does an act, and whether the sentence marks it as the one that does it.

    Without a mark it is the first side before the act, else the first after it. Speakers
    (a ministry, an agency) do only what nobody else in the sentence does.
    """
    actors = [hit for hit in hits if hit.kind == "actor" and hit.id not in SPEAKING]
    marked = None if _several(text, actors, lang) else _marked(text, actors, act, lang)
    if marked is not None:
        return marked, True
    before = [hit.id for hit in actors if hit.start < act.start]
    if before:
        return before[0], False
    return (actors[0].id if actors else None), False


def _marked(text: str, actors: list[Hit], act: Hit, lang: str | None) -> str | None:
    if lang == "ko":
        return _nearest(text, actors, act, _KO_AGENT)
    if lang == "ja":
        return _japanese(text, actors, act)
    if lang == "zh":
        return _chinese(text, actors, act)
    return _spaced(text, actors, act)


def _several(text: str, actors: list[Hit], lang: str | None) -> bool:
    """Two sides are named in one breath: "Seoul and Pyongyang agreed"."""
    also = _ALSO.get(lang or "", _AND)
    return any(
        left.id != right.id and also.fullmatch(text, left.end, right.start)
        for left, right in pairwise(actors)
    )


def _nearest(text: str, actors: list[Hit], act: Hit, mark: re.Pattern[str]) -> str | None:
    """The last side before the act that a particle, or a headline's comma, marks as acting."""
    found = [
        hit
        for hit in actors
        if hit.end <= act.start and (m := mark.match(text, hit.end)) and m.end() <= act.start
    ]
    return found[-1].id if found else None


def _japanese(text: str, actors: list[Hit], act: Hit) -> str | None:
    if _JA_PASSIVE.match(text, act.end):
        for hit in reversed(actors):
            if hit.end <= act.start and _JA_BY.match(text[hit.end : act.start]):
                return hit.id
        return None
    return _nearest(text, actors, act, _JA_AGENT)


def _chinese(text: str, actors: list[Hit], act: Hit) -> str | None:
    before = [hit for hit in actors if hit.end <= act.start]
    for hit in reversed(before):
        if _ZH_BY.search(text[max(0, hit.start - 1) : hit.start]):
            return hit.id
    if "被" in text[max(0, act.start - 3) : act.start + 1]:
        return None
    clause = max(text.rfind(mark, 0, act.start) for mark in ",。;:、 ")
    inside = [
        hit
        for hit in before
        if hit.start > clause
        and not _ZH_OBLIQUE.search(text[max(0, hit.start - 2) : hit.start])
        and text[hit.end : hit.end + 1] != "的"
    ]
    return inside[0].id if inside else None


def _spaced(text: str, actors: list[Hit], act: Hit) -> str | None:
    for hit in actors:
        if act.end <= hit.start <= act.end + 14 and _FROM.search(text[act.end : hit.start]):
            return hit.id
        if act.end <= hit.start <= act.end + 40 and _BY.search(
            text[max(0, hit.start - 12) : hit.start]
        ):
            return hit.id
    subjects = [
        hit
        for hit in actors
        if hit.end <= act.start
        and not _OBLIQUE.search(text[max(0, hit.start - 16) : hit.start])
        and not _owner(text, hit)
    ]
    return subjects[-1].id if subjects else None


def _owner(text: str, hit: Hit) -> bool:
    return text[hit.end - 2 : hit.end] == "'s" or text[hit.end : hit.end + 2] == "'s"
