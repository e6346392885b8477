"""What two heads claim otherwise where their acts, by the lexicon, are the same or are none.

The other end of a pair of opposites, another length of time, another figure, a plan where there was
a deed, a denial where nobody denied: each of them only where both heads are explicit about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from monitor.detect.compare.claims import Claims, Difference, Guard, shared_acts
from monitor.detect.sense.opposites import OF_AN_ACT
from monitor.detect.sense.unable import could_not
from monitor.detect.words.deeds import KNOWN_BY
from monitor.detect.words.numbers import overlaps, span_of
from monitor.detect.words.tongue import PLAIN, UNSPACED, Tongue

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


def otherwise(
    mine: Claims, his: Claims, told: Claims, tongues: Mapping[str, Tongue]
) -> Difference | None:
    """What an article claims otherwise than its twin, `his`, and nobody told; None if nothing."""
    return (
        _opposite(mine, his, told)
        or _other_length(mine, his, told)
        or _other_count(mine, his, told)
        or _only_planned(mine, told)
        or _denied(mine, told)
        or _no_more_denied(mine, told, tongues)
        or _put_off(mine, told)
        or _all_to_come(mine, told)
        or _all_done(mine, told)
    )


def _opposite(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """The other end of a pair of opposites than the twin's, which nobody told.

    One of the two has to say it by a word: acts alone are compared by their axes, in `guards`. What
    is asked for or to come below the title is no end that is told.
    """
    ours, theirs, known = stands_of(mine), stands_of(his), stands_of(told)
    ahead = {e.pair for e in mine.ends} - {e.pair for e in mine.ends if e.real or e.part == "t"}
    for pair in sorted(ours.keys() & theirs.keys() - ahead):
        by_word = ours[pair] & stands_of(mine, _WORDS).get(pair, set())
        by_word |= theirs[pair] & stands_of(his, _WORDS).get(pair, set())
        if by_word and not ours[pair] & known[pair]:
            return Difference(Guard.CONTRARY, _end(pair, theirs[pair]), _end(pair, ours[pair]))
    return None


def other_figure(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """A quantity in place of another of its unit, which the article does not give.

    What a title rounds and the text gives exactly is what the text gives.
    """
    given = _sharpest(mine.quantities)
    for number in sorted(given):
        unit = number.rpartition(":")[0]
        rivals = [n for n in sorted(his.quantities) if n.rpartition(":")[0] == unit]
        if any(overlaps(number, other) for other in told.quantities):
            continue
        for rival in rivals:
            if not any(overlaps(rival, n) for n in given):
                return Difference(Guard.FIGURE, rival, number)
    return None


def _sharpest(numbers: set[str]) -> set[str]:
    """Without those that only say roughly what another one says."""
    return {n for n in numbers if not any(_is_within(other, n) for other in numbers)}


def _is_within(inner: str, outer: str) -> bool:
    if inner == outer or not overlaps(inner, outer):
        return False
    (low, high), (least, most) = span_of(inner), span_of(outer)
    return least <= low and high <= most


def _end(pair: str, ends: set[bool]) -> str:
    return pair if True in ends else f"not {pair}"


_WORDS = "tsb"  # the parts of a text


def stands_of(claims: Claims, parts: str = _WORDS + OF_AN_ACT) -> dict[str, set[bool]]:
    """For each pair of opposites the ends that are told, True for the positive one."""
    found: dict[str, set[bool]] = {}
    for end in claims.ends:
        if end.part in parts:
            found.setdefault(end.pair, set()).add(end.positive)
    return found


def same_ends(mine: Claims, told: Claims) -> set[str]:
    """Acts told by words for an end of opposites that the reports told too."""
    known = {(end.pair, end.positive) for end in told.ends}
    return {act.act for act in mine.act_ends if (act.pair, act.positive) in known}


def _other_length(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """So many days in place of other days, weeks or hours."""
    ours, known = list(_lengths(mine)), list(_lengths(told))
    if any(_as_long(length, other) for length in ours for other in known):
        return None
    gone = [h for h in _lengths(his) if not any(_as_long(h, m) for m in ours)]
    for length in ours:
        for other in gone:
            if _is_near(length, other, _FAR_OFF):
                return Difference(Guard.FIGURE, other.key, length.key)
    return None


class _Span(NamedTuple):
    """What a quantity may mean, from `low` to `high`: of a length of time in days."""

    low: float
    high: float
    unit: str  # "" of a bare figure
    key: str


def _is_near(left: _Span, right: _Span, times: float) -> bool:
    """Neither is so many times the other."""
    return left.low < right.low * times and right.low < left.low * times


def _lengths(claims: Claims) -> Iterator[_Span]:
    """The lengths of time among the quantities, in days."""
    for key in sorted(claims.quantities):
        unit = key.rpartition(":")[0]
        if unit in _DAYS:
            low, high = span_of(key)
            yield _Span(low * _DAYS[unit], high * _DAYS[unit], unit, key)


def _as_long(left: _Span, right: _Span) -> bool:
    """Two days are 48 hours, and a month is thirty days or one more."""
    return left.low * _LOOSE <= right.high and right.low * _LOOSE <= left.high


def _other_count(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """A figure in place of another of its size, where at most one of them names what it counts."""
    known = list(_counts(told))
    ours = list(_counts(mine))
    gone = [h for h in _counts(his) if not any(_meets(h, m) for m in ours)]
    for number in ours:
        if any(_meets(number, other) for other in known):
            continue
        for other in gone:
            if not (number.unit and other.unit) and _is_near(number, other, _FAR):
                return Difference(Guard.FIGURE, other.key, number.key)
    return None


def _counts(claims: Claims) -> Iterator[_Span]:
    """All figures but running counts and lengths of time, with a unit or without."""
    for key in sorted({*claims.quantities, *(f":{bare}" for bare in claims.bare_figures)}):
        unit = key.rpartition(":")[0]
        low, high = span_of(key)
        if not counted(key) and unit not in _DAYS and low > 1:
            yield _Span(low, high, unit, key)


def _meets(left: _Span, right: _Span) -> bool:
    return left.low <= right.high and right.low <= left.high


def _only_planned(mine: Claims, told: Claims) -> Difference | None:
    """A deed that is to come wherever the article speaks of it, and was done in every report."""
    plans_told = bool(told.lead_days) or any(not act.real for act in told.acts)
    if plans_told or any(act.real for act in mine.acts if act.title):
        return None
    tensed = not _titles_without_tense(told)
    for act, own, same in shared_acts(mine, told):
        planned = not any(o.real for o in own) and all(o.real for o in same)
        twice = any(not o.title for o in same) or len({o.title for o in own}) > 1
        if planned and (twice or tensed) and act.act not in _SAID:
            return Difference(Guard.UNDONE, act.act, act.act)
    ours, theirs = _moods(mine), _moods(told)
    for pair in sorted(ours.keys() & theirs.keys()):
        if ours[pair] == {False} and theirs[pair] == {True}:
            return Difference(Guard.UNDONE, pair, pair)
    return None


def _titles_without_tense(claims: Claims) -> bool:
    """In Korean, Japanese and Chinese a headline's noun for a deed may be a plan."""
    return any(said.lang in UNSPACED for said in claims.said)


def _moods(claims: Claims) -> dict[str, set[bool]]:
    """Of each pair whose positive end is told, whether that is told as real or as to come."""
    found: dict[str, set[bool]] = {}
    for end in claims.ends:
        if end.positive:
            found.setdefault(end.pair, set()).add(end.real)
    return found


def _denied(mine: Claims, told: Claims) -> Difference | None:
    """The title says that something is not so, where no report denied anything."""
    denied = told.denials or any(not act.positive or act.act in _NAYS for act in told.acts)
    if denied or "t" not in mine.denials:
        return None
    undone = {act.act for act in mine.acts if not act.positive}
    # "No more closed", where it was told to be open, denies nothing.
    return None if undone and undone <= same_ends(mine, told) else Difference(Guard.NOT)


def _no_more_denied(mine: Claims, told: Claims, tongues: Mapping[str, Tongue]) -> Difference | None:
    """Nothing is denied where a title, or an act, was; or an act is denied where nothing was."""
    denied = "t" in told.denials or any(not act.positive for act in told.acts)
    if told.denials and denied and not mine.denials and not _says_no(mine):
        return Difference(Guard.ABLE if _is_able(mine, told, tongues) else Guard.UNDENIED)
    if mine.denials and not told.denials and not _says_no(told):
        undone = {act.act for act in mine.acts if not act.positive}
        return None if undone <= same_ends(mine, told) else Difference(Guard.NOT)
    return None


def _is_able(mine: Claims, told: Claims, tongues: Mapping[str, Tongue]) -> bool:
    """The title tells a deed of somebody, where a title told that one could not: nobody had denied
    anything, and now it is done.
    """
    stuck = any(
        s.part == "t" and s.denies and could_not(s.text, tongues.get(s.lang, PLAIN))
        for s in told.said
    )
    return stuck and any(a.title and a.real and a.positive and a.actor for a in mine.acts)


def _says_no(claims: Claims) -> bool:
    """An act, or an end of opposites, says that something was not done."""
    nays = _NAYS | {"silent", "absent", "withdraw", "stay", "condemn"}
    acts = any(not act.positive or act.act in nays for act in claims.acts)
    ends = any(not end.positive for end in claims.ends)
    return acts or ends or bool(claims.mentioned & nays)


def _put_off(mine: Claims, told: Claims) -> Difference | None:
    """The title tells that something is put off or called off, where every report told of deeds
    and none of anything that was not to be.
    """
    put_off = [a.act for a in mine.acts if a.act in _PUT_OFF and a.real and a.positive and a.title]
    deeds = [a.act for a in told.acts if a.real and a.act not in _SAID]
    if not put_off or not deeds or told.denials or _says_no(told):
        return None
    again = any(act.real and act.act in deeds for act in mine.acts)
    return None if again else Difference(Guard.UNDONE, deeds[0], put_off[0])


def _all_to_come(mine: Claims, told: Claims) -> Difference | None:
    """Title and first sentence speak of plans, where those of every report told of deeds alone."""
    ahead = told.lead_days | told.days
    only_done = told.acts and all(act.real for act in told.acts) and not ahead
    if only_done and _plans(told) == {False} and _plans(mine) == {True}:
        done = any(act.real and act.act not in KNOWN_BY for act in mine.acts)
        return None if done else Difference(Guard.UNDONE)
    return None


def _all_done(mine: Claims, told: Claims) -> Difference | None:
    """Title and first sentence tell of deeds, where those of every report spoke of plans alone."""
    only_plans = told.acts and not any(act.real for act in told.acts)
    if only_plans and _plans(told) == {True} and _plans(mine) == {False}:
        deeds = any(act.positive and act.act not in _SAID for act in mine.acts)
        return Difference(Guard.DONE) if deeds and all(act.real for act in mine.acts) else None
    return None


def _plans(claims: Claims) -> set[bool]:
    """Whether the titles and first sentences speak of plans: all of them, some or none."""
    return {said.plans for said in claims.said}


def counted(number: str) -> bool:
    """An ordinal or a running count, which some reports give and some do not."""
    return number.partition(":")[0] in ("ordinal", "day", "week", "hour", "minute", "times")
