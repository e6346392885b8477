"""Who does what: the side that acts, by particles, prepositions, voice and order of words."""

from __future__ import annotations

import re
from itertools import pairwise

from monitor.detect.words.match import Hit
from monitor.detect.words.sides import BOTH, Sides

_BY = re.compile(r"(?<!\w)(?:by|par|von|por|durch)\s(?:the\s|el\s|la\s)?$")
_OBLIQUE = re.compile(
    r"(?<!\w)(?:to|with|from|against|of|for|in|on|over|at|towards?|between|than|about|among|into|via"
    r"|avec|contre|au|aux|de|du|mit|gegen|an|zu|uber|nach|con|contra|al|del|sobre"
    r"|с|от|к|на|из|против|مع|من|على|ضد|الى)\s(?:the\s|le\s|la\s|les\s|dem\s|der\s|den\s|el\s)?$"
)
_FROM = re.compile(r"^\s(?:from|de|von|от)\s(?:the\s)?$")  # "no answer from the North"

_KO_AGENT = re.compile(
    r"(?:군|측|군부|당국|정부|국무위원장|위원장)?"
    r"(?:\s(?:인원|인력|직원|근무자|관계자|대표단|주재원|상주 인원))?"
    r"(?:\s(?:전원|[\d,]+여?\s?명|[가-힣]{1,5} 명))?"
    r"\s?(?:이|가|은|는|께서|도)(?=[\s,])|,|\s?[\"'…]"
)
_KO_CLAUSE = re.compile(
    r"(?:군|측|당국|정부)?(?:이|가) [^\s,]{1,8}"
    r"(?:[한된]|[낸온은던는]|[겠었았였했]던) (?!것|바 |데 |뒤|후)"
)
_JA_AGENT = re.compile(r"(?:軍|側|政府|当局|氏|大統領|首相|外相)?(?:は|が|、| )")
_KO_OBJECT = re.compile(
    r"(?:측|군|당국|정부|대통령|위원장)?(?:에게?(?!\s?의해)|으?로|에?서|[을를과와]|께|한테)"
    r"(?=[\s,\"…]|의)|[일미중러한](?=\s)"  # 북일 정상회담 is nobody's deed
)
_JA_OBJECT = re.compile(
    r"(?:(?:側|軍|政府|当局|氏)?(?:との?|から|で)|[^、,\"\sはが]{0,16}?(?:を|へ|に(?!よ)))"
)
_JA_BY = re.compile(r"(?:軍|側|政府|当局)?(?:によって|により|に)[^、。]{0,12}$")
_JA_PASSIVE = re.compile(r"(?:を|が|は)?(?:さ|ら|か|わ)れ")
_ZH_BY = re.compile(r"(?:被|遭|由|受)$")
_ZH_OBLIQUE = re.compile(
    r"(?:对|向|同|与|和|跟|给|据|把|对于|關於|关于|經|经|從|从|與|對|要求|敦促|呼吁)$"
)
_ZH_AWAY = re.compile(rf"(?:{_ZH_OBLIQUE.pattern}|[在于於]$)")

_JA_WAY = re.compile(  # "エジプトから車列", "エジプト側へ渡った"
    r"(?:側|領|国内|領内)?(?:から|へ|で(?!は)|経由|行き|入り|国内|領内|の病院"
    r"|に(?:入|移|向|渡|逃|抜|到|着|送|運|搬|出|退|脱))"
)
_KO_WAY = re.compile(r"(?:측|땅|쪽|령)?(?:에서|으?로|행|발|에)(?=[\s,…]|$)|\s?(?:국경|땅|병원)")
_ZH_WAY = re.compile(
    r"(?:往|到|从|從|经|經|至|赴|入|进|進|在|离开|離開|前往|返回|抵达|抵達|运抵|運抵|穿越|越过|越過)$"
)
_WAY = re.compile(r"(?<!\w)(?:to|from|into|in|via|through|inside|toward|towards)\s(?:the\s)?$")

_THAT = re.compile(r"(?<!\w)that (?:the )?$")
_AND_THEN = re.compile(r"(?<!\w)and (?:also |then |\w+ly )?$")
_BESIDES = re.compile(r", (?:in|with|through|by|via) (?:(?:a|an|the|its|his|her|their) |$)")
_ALSO = {
    "ko": re.compile(r"\s?(?:과|와|·|및)\s?"),
    "ja": re.compile(r"側?[と・や]"),
    "zh": re.compile(r"[和与與及、]"),
}
_AND = re.compile(r"\s?(?:,|and|&|et|und|y|e|и|و)\s(?:the\s)?")


def agent_of(
    text: str, hits: tuple[Hit, ...], act: Hit, lang: str | None, who: Sides
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
    pair = _several(text, sides, lang)
    may_act = [hit for hit in hits if hit.kind == "country" or hit in sides]
    marked = None if pair else _marked(text, may_act, act, lang)
    if marked is not None and (marked.start >= quote or not inside):
        return marked.id, True
    free = [hit for hit in actors if not _is_object(text, hit, act, lang)]
    before = [hit for hit in free if hit.end <= act.start]
    told = [hit for hit in before if hit in inside] or [hit for hit in before if hit in sides]
    spoken = [hit for hit in before if hit.id in who.doing]
    left = (*free, *actors)
    later = [hit for hit in left if hit in sides and not _owns_object(text, hit, act, who)]
    first = next(iter((*told, *spoken, *later)), None)
    if first is not None and first.id in pair and pair == who.pair:
        return BOTH, False
    return (first.id if first else None), False


def is_whither(text: str, hit: Hit, lang: str | None) -> bool:
    """A country where something goes or comes from, which does nothing: "撤往埃及"."""
    if lang == "ja":
        return _JA_WAY.match(text, hit.end) is not None
    if lang == "ko":
        return _KO_WAY.match(text, hit.end) is not None
    if lang == "zh":
        return _ZH_WAY.search(text[max(0, hit.start - 4) : hit.start]) is not None
    return _WAY.search(text[max(0, hit.start - 16) : hit.start]) is not None


def speaker_of(hits: tuple[Hit, ...], who: Sides) -> str | None:
    """The ministry, agency or expert whose word a sentence is: the first that it names."""
    return next((hit.id for hit in hits if hit.kind == "actor" and hit.id in who.speaking), None)


def _quote(text: str, act: Hit) -> int:
    """Where the quote begins in which an act stands, 0 outside of quotes."""
    return text.rfind('"', 0, act.start) if text.count('"', 0, act.start) % 2 else 0


def _is_object(text: str, hit: Hit, act: Hit, lang: str | None) -> bool:
    """An act is done to a side, with it, at its place or to what it has: "북측에", "北の砲撃を"."""
    if lang == "ko":
        return _KO_OBJECT.match(text, hit.end) is not None
    if lang == "ja":
        return _JA_OBJECT.match(text, hit.end, max(hit.end, act.start)) is not None
    if lang == "zh":
        return _ZH_AWAY.search(text[max(0, hit.start - 2) : hit.start]) is not None
    return _OBLIQUE.search(text[max(0, hit.start - 16) : hit.start]) is not None


def _marked(text: str, actors: list[Hit], act: Hit, lang: str | None) -> Hit | None:
    if lang == "ko":
        return _nearest(text, actors, act, _KO_AGENT)
    if lang == "ja":
        return _japanese(text, actors, act)
    if lang == "zh":
        return _chinese(text, actors, act)
    return _spaced(text, actors, act)


def _several(text: str, actors: list[Hit], lang: str | None) -> frozenset[str]:
    """Two sides that are named in one breath: "Seoul and Pyongyang agreed"."""
    also = _ALSO.get(lang or "", _AND)
    pairs = (
        frozenset((left.id, right.id))
        for left, right in pairwise(actors)
        if left.id != right.id and also.fullmatch(text, left.end, right.start)
    )
    return next(pairs, frozenset())


def _nearest(text: str, actors: list[Hit], act: Hit, mark: re.Pattern[str]) -> Hit | None:
    """The last side before the act that a particle, or a headline's comma, marks as acting."""
    found = [
        hit
        for hit in actors
        if hit.end <= act.start and (m := mark.match(text, hit.end)) and m.end() <= act.start
    ]
    main = [hit for hit in found if not _of_a_clause(text, hit, act)]
    return (main or found)[-1] if found else None


def _of_a_clause(text: str, hit: Hit, act: Hit) -> bool:
    """ "남측이 제안한 회담을 북한이 거부": it did what tells which thing is meant, and no more."""
    clause = _KO_CLAUSE.match(text, hit.end)
    return clause is not None and clause.end() <= act.start


def _japanese(text: str, actors: list[Hit], act: Hit) -> Hit | None:
    if _JA_PASSIVE.match(text, act.end):
        for hit in reversed(actors):
            if hit.end <= act.start and _JA_BY.match(text[hit.end : act.start]):
                return hit
        return None
    return _nearest(text, actors, act, _JA_AGENT)


def _chinese(text: str, actors: list[Hit], act: Hit) -> Hit | None:
    before = [hit for hit in actors if hit.end <= act.start]
    for hit in reversed(before):
        if _ZH_BY.search(text[max(0, hit.start - 1) : hit.start]):
            return hit
    if "被" in text[max(0, act.start - 3) : act.start + 1] or text[act.start] in "令让讓":
        return None
    clause = max(text.rfind(mark, 0, act.start) for mark in ",。;:、 ")
    inside = [
        hit
        for hit in before
        if hit.start > clause
        and not _ZH_OBLIQUE.search(text[max(0, hit.start - 2) : hit.start])
        and text[hit.end : hit.end + 1] != "的"
    ]
    return inside[0] if inside else None


def _spaced(text: str, actors: list[Hit], act: Hit) -> Hit | None:
    for hit in actors:
        if act.end <= hit.start <= act.end + 14 and _FROM.search(text[act.end : hit.start]):
            return hit
        if act.end <= hit.start <= act.end + 40 and _BY.search(
            text[max(0, hit.start - 12) : hit.start]
        ):
            return hit
    subjects = [
        hit
        for hit in actors
        if _is_ahead(hit, act)
        and not _OBLIQUE.search(text[max(0, hit.start - 16) : hit.start])
        and not _owner(text, hit)
        and text[hit.end : hit.end + 1] != ":"  # "Seoul: North's people leave": it says so
    ]
    if not subjects:
        return None
    return subjects[0 if _of_the_main_clause(text, subjects[-1], act) else -1]


def _of_the_main_clause(text: str, nearest: Hit, act: Hit) -> bool:
    """The clause of the nearest side is over: "demanded that the South leave and proposed talks",
    "told Seoul that the South should pay, in a notice sent".
    """
    if _THAT.search(text[max(0, nearest.start - 12) : nearest.start]) is None:
        return False
    between = text[nearest.end : act.start]
    joined = _AND_THEN.search(between) and text.endswith("ed", act.start, act.end)
    return bool(joined) or _BESIDES.search(between) is not None


def _is_ahead(hit: Hit, act: Hit) -> bool:
    """A side before the act, also one that is told by its verb: "South sends"."""
    return hit.end <= act.start or (hit.start < act.start and hit.end <= act.end)


def _owns_object(text: str, hit: Hit, act: Hit, who: Sides) -> bool:
    """Whose thing it is that the act is done to: "revokes the company's licence". Of states the
    one that is named may be meant for all that: "Minister rebukes them over Seoul's calls".
    """
    return hit.id not in who.sides and hit.end > act.start and _owner(text, hit)


def _owner(text: str, hit: Hit) -> bool:
    return text[hit.end - 2 : hit.end] == "'s" or text[hit.end : hit.end + 2] == "'s"
