"""What two heads claim otherwise in words that no lexicon of acts has, and in figures of any unit.

The other end of a pair of opposites, another length of time, a figure beside one without a unit, a
plan for a deed, a denial where nobody denied: each only where both are explicit about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.detect.compare.claims import Claims, Difference, shared_acts
from monitor.detect.words.deeds import KNOWN_BY
from monitor.detect.words.numbers import overlaps, span_of

_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_FAR_OFF = 12.0  # times, of lengths of time
_LOOSE = 0.85  # of two lengths of time that are the same, in other units
_FAR = 5.0  # times; figures further apart count other things
_PUT_OFF = frozenset({"delay", "cancel"})
_NAYS = frozenset({"deny", "reject", "cancel", "delay", "stop", "cut", "close"})
_SAID = frozenset(  # what is said or goes on, of which a plan and a deed are told alike
    {"agree", "decide", "propose", "urge", "order", "threaten", "deny", "reject", "accept"}
    | {"notify", "report", "reveal", "condemn", "regret", "review", "investigate", "stay", "meet"}
    | {"answer", "silent", "absent", "violate", "exempt", "injure", "kill", "fund", "spend", "pay"}
)


def otherwise(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """What an article claims otherwise than its twin, `his`, and nobody told; None if nothing."""
    return (
        _opposite(mine, his, told)
        or _other_length(mine, his, told)
        or _other_count(mine, his, told)
        or _only_planned(mine, told)
        or _denied(mine, told)
        or _no_more_denied(mine, told)
        or _put_off(mine, told)
        or _all_to_come(mine, told)
        or _all_done(mine, told)
    )


def _opposite(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """The other end of a pair of opposites than the twin's, which nobody told; by a word at least
    once, since acts alone are compared by their own axes.
    """
    ours, theirs, known = stands_of(mine), stands_of(his), stands_of(told)
    for pair in sorted(ours.keys() & theirs.keys()):
        by_word = ours[pair] & stands_of(mine, _WORDS).get(pair, set())
        by_word |= theirs[pair] & stands_of(his, _WORDS).get(pair, set())
        if by_word and not ours[pair] & known[pair]:
            return Difference("contrary", _end(pair, theirs[pair]), _end(pair, ours[pair]))
    return None


def other_figure(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """A quantity in place of another of its unit, which the article does not give.

    What a title rounds and the text gives exactly is what the text gives.
    """
    given = _sharpest(mine.of("n"))
    for number in sorted(given):
        unit = number.rpartition(":")[0]
        rivals = [n for n in sorted(his.of("n")) if n.rpartition(":")[0] == unit]
        if any(overlaps(number, other) for other in told.of("n")):
            continue
        for rival in rivals:
            if not any(overlaps(rival, n) for n in given):
                return Difference("figure", rival, number)
    return None


def _sharpest(numbers: set[str]) -> set[str]:
    """Without those that only say roughly what another one says."""
    return {n for n in numbers if not any(_is_within(other, n) for other in numbers)}


def _is_within(inner: str, outer: str) -> bool:
    if inner == outer or not overlaps(inner, outer):
        return False
    (low, high), (least, most) = span_of(inner), span_of(outer)
    return least <= low and high <= most


def _end(pair: str, ends: set[str]) -> str:
    return pair if "1" in ends else f"not {pair}"


_WORDS = "tsb"  # parts of a text; the ends of acts stand in none of them


def stands_of(claims: Claims, parts: str = "tsba") -> dict[str, set[str]]:
    """The ends, 1 or 0, that are told of each pair of opposites."""
    found: dict[str, set[str]] = {}
    for claim in claims.of("O"):
        pair, end, _, part = claim.split("|")
        if part in parts:
            found.setdefault(pair, set()).add(end)
    return found


def same_ends(mine: Claims, told: Claims) -> set[str]:
    """Acts in words that stand on an end of a pair of opposites which the reports told too."""
    stands = {f"{pair}|{end}" for pair, ends in stands_of(told).items() for end in ends}
    acts = (claim.partition("|") for claim in mine.of("Q"))
    return {act for act, _, stand in acts if stand in stands}


def _other_length(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """So many days in place of other days, weeks or hours."""
    ours, all_told = list(_lengths(mine)), list(_lengths(told))
    new = [m for m in ours if not any(_as_long(m, t) for t in all_told)]
    gone = [h for h in _lengths(his) if not any(_as_long(h, m) for m in ours)]
    if len(new) == len(ours):
        for length, _, number in new:
            for other, _, rival in gone:
                if 1 / _FAR_OFF < length / other < _FAR_OFF:
                    return Difference("figure", rival, number)
    return None


def _lengths(claims: Claims) -> Iterator[tuple[float, float, str]]:
    """The lengths of time among the quantities, in days."""
    for number in sorted(claims.of("n")):
        unit, _, span = number.rpartition(":")
        if unit in _DAYS:
            low, _, high = span.partition("~")
            yield float(low) * _DAYS[unit], float(high or low) * _DAYS[unit], number


def _as_long(left: tuple[float, float, str], right: tuple[float, float, str]) -> bool:
    """Two days are 48 hours, and a month is thirty days or one more."""
    return left[0] * _LOOSE <= right[1] and right[0] * _LOOSE <= left[1]


def _other_count(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """A figure in place of another of its size, where at most one of them names what it counts."""
    known = list(_counts(told))
    ours = list(_counts(mine))
    gone = [h for h in _counts(his) if not any(_meets(h, m) for m in ours)]
    for number in ours:
        if any(_meets(number, other) for other in known):
            continue
        for other in gone:
            if not (number[2] and other[2]) and 1 / _FAR < number[0] / other[0] < _FAR:
                return Difference("figure", _plainly(other), _plainly(number))
    return None


def _counts(claims: Claims) -> Iterator[tuple[float, float, str]]:
    """All figures but running counts: from, to, and the unit, "" where none is named."""
    for number in sorted({*claims.of("n"), *(f":{bare}" for bare in claims.of("u"))}):
        unit, _, span = number.rpartition(":")
        low, _, high = span.partition("~")
        if not counted(number) and unit not in _DAYS and float(low) > 1:
            yield float(low), float(high or low), unit


def _meets(left: tuple[float, float, str], right: tuple[float, float, str]) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _plainly(count: tuple[float, float, str]) -> str:
    return f"{count[2]}:{count[0]:g}" + (f"~{count[1]:g}" if count[1] != count[0] else "")


def _only_planned(mine: Claims, told: Claims) -> Difference | None:
    """A deed that is to come wherever the article speaks of it, and was done in every report."""
    if (
        told.of("F")
        or any(not o.real for o in told.acts)
        or any(a.real for a in mine.acts if a.title)
    ):
        return None
    tensed = not _titles_without_tense(told)
    for act, own, same in shared_acts(mine, told):
        planned = not any(o.real for o in own) and all(o.real for o in same)
        twice = any(not o.title for o in same) or len({o.title for o in own}) > 1
        if planned and (twice or tensed) and act.act not in _SAID:
            return Difference("undone", act.act, act.act)
    ours, theirs = _moods(mine), _moods(told)
    for stand in sorted(ours.keys() & theirs.keys()):
        if stand[-1] == "1" and ours[stand] == {"0"} and theirs[stand] == {"1"}:
            return Difference("undone", stand, stand)
    return None


def _titles_without_tense(claims: Claims) -> bool:
    """In Korean, Japanese and Chinese a headline's noun for a deed may be a plan."""
    return any(claim.split("|", 2)[1] in ("ko", "ja", "zh") for claim in claims.of("="))


def _moods(claims: Claims) -> dict[str, set[str]]:
    """Whether the ends of opposites are told as real, 1, or as to come, 0."""
    found: dict[str, set[str]] = {}
    for claim in claims.of("O"):
        pair, end, real, _ = claim.split("|")
        found.setdefault(f"{pair}{end}", set()).add(real)
    return found


def _denied(mine: Claims, told: Claims) -> Difference | None:
    """The title says that something is not so, where no report denied anything."""
    denied = told.of("N") or any(not act.positive or act.act in _NAYS for act in told.acts)
    if denied or "t" not in mine.of("N"):
        return None
    undone = {act.act for act in mine.acts if not act.positive}
    # "No more closed", where it was told to be open, denies nothing.
    return None if undone and undone <= same_ends(mine, told) else Difference("not")


def _no_more_denied(mine: Claims, told: Claims) -> Difference | None:
    """Nothing is denied where the title, or an act, was; and the reverse of an act."""
    denied = "t" in told.of("N") or any(not act.positive for act in told.acts)
    if told.of("N") and denied and not mine.of("N") and not _says_no(mine):
        return Difference("undenied")
    if mine.of("N") and not told.of("N") and not _says_no(told):
        undone = {act.act for act in mine.acts if not act.positive}
        return None if undone <= same_ends(mine, told) else Difference("not")
    return None


def _says_no(claims: Claims) -> bool:
    """That something was not done, is said by an act or by an end of opposites."""
    nays = _NAYS | {"silent", "absent", "withdraw", "stay", "condemn"}
    acts = any(not act.positive or act.act in nays for act in claims.acts)
    ends = any("0" in ends for ends in stands_of(claims).values())
    return acts or ends or bool(claims.of("b") & nays)


def _put_off(mine: Claims, told: Claims) -> Difference | None:
    """The title tells that something is put off or called off, where every report told of deeds
    and none of anything that was not to be.
    """
    put_off = [a.act for a in mine.acts if a.act in _PUT_OFF and a.real and a.positive and a.title]
    deeds = [a.act for a in told.acts if a.real and a.act not in _SAID]
    if not put_off or not deeds or told.of("N") or _says_no(told):
        return None
    again = any(act.real and act.act in deeds for act in mine.acts)
    return None if again else Difference("undone", deeds[0], put_off[0])


def _all_to_come(mine: Claims, told: Claims) -> Difference | None:
    """Title and first sentence speak of plans, where those of every report told of deeds alone."""
    ahead = told.of("F") | told.of("d")
    only_done = told.acts and all(act.real for act in told.acts) and not ahead
    if only_done and _plans(told) == {"0"} and _plans(mine) == {"1"}:
        done = any(act.real and act.act not in KNOWN_BY for act in mine.acts)
        return None if done else Difference("undone")
    return None


def _all_done(mine: Claims, told: Claims) -> Difference | None:
    """Title and first sentence tell of deeds, where those of every report spoke of plans alone."""
    only_plans = told.acts and not any(act.real for act in told.acts)
    if only_plans and _plans(told) == {"1"} and _plans(mine) == {"0"}:
        deeds = any(act.positive and act.act not in _SAID for act in mine.acts)
        return Difference("done") if deeds and all(act.real for act in mine.acts) else None
    return None


def _plans(claims: Claims) -> set[str]:
    """Whether the sentences that were kept word for word speak of plans, 1, or do not, 0."""
    return {claim.split("|", 3)[2][1] for claim in claims.of("=")}


def counted(number: str) -> bool:
    """An ordinal or a running count, which some reports give and some do not."""
    return number.partition(":")[0] in ("ordinal", "day", "week", "hour", "minute", "times")
