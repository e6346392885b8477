"""Never-merge guards: one token that makes an otherwise known report a new one.

They speak before any likeness is weighed: a 13th round is not the 12th, will is not did, reopened
is not not reopened, three are not five, and the South is not the North.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.detect.facts import facts_of
from monitor.detect.numbers import overlaps
from monitor.detect.reading import Reading
from monitor.detect.topic import Topic
from monitor.models import Modality

Claims = list[Mapping[str, list[str]]]
_UNREAL = frozenset({Modality.PLANNED, Modality.PROPOSED, Modality.THREATENED, Modality.DENIED})


def claims_of(reading: Reading, topic: Topic) -> frozenset[str]:
    """What the title and the first sentence claim: acts, figures of the title, days to come."""
    found: set[str] = set()
    for sentence in reading.sentences[:2]:
        if sentence.old or sentence.index > 0:
            continue
        for key, fact in facts_of(sentence, reading, topic):
            if fact.number is None:
                real = int(fact.modality not in _UNREAL)
                found.add(f"a|{fact.act}|{int(fact.positive)}|{real}|{fact.actor or ''}")
            elif fact.unit:
                found.add(f"n|{key[2:]}")
        found |= {f"s|{actor}" for actor in sentence.ids("actor")}
        found |= {f"d|{w.day.isoformat()}" for w in sentence.days if w.day > reading.today}
    return frozenset(found)


def changed(claims: Iterable[str], twin: Iterable[str], others: Iterable[Iterable[str]]) -> str:
    """What an article claims otherwise than its twin, and no other report claimed: in a word.

    Empty if nothing. A plan that follows the deed is no change, the deed that follows the plan is.
    """
    mine, his = _parsed(claims), _parsed(twin)
    told = [_parsed(other) for other in others]
    return (
        _other_figure(mine["n"], his["n"], told)
        or _other_act(mine, his, told)
        or _other_day(mine["d"], his["d"], told)
    )


def _parsed(claims: Iterable[str]) -> Mapping[str, list[str]]:
    parsed: dict[str, list[str]] = {"a": [], "n": [], "d": [], "s": []}
    for claim in sorted(claims):
        parsed[claim[0]].append(claim[2:])
    return parsed


def _other_figure(mine: list[str], his: list[str], told: Claims) -> str:
    for number in mine:
        kind = number.rpartition(":")[0]
        rivals = [other for other in his if other.rpartition(":")[0] == kind]
        known = rivals + [other for story in told for other in story["n"]]
        if rivals and not any(overlaps(number, other) for other in known):
            return "figure"
    return ""


def _other_act(mine: Mapping[str, list[str]], his: Mapping[str, list[str]], told: Claims) -> str:
    """The act of the twin negated, done where it was only planned, or by a side he never named."""
    known = [claim.split("|") for story in told for claim in story["a"]]
    rivals = {claim.split("|")[0]: claim.split("|")[3] for claim in his["a"]}
    planned = {claim.split("|")[0] for claim in mine["a"] if claim.split("|")[2] == "0"}
    for claim in mine["a"]:
        act, sign, real, actor = claim.split("|")
        same = [other for other in known if other[0] == act]
        if act not in rivals or not same:
            continue
        if all(other[1] != sign for other in same):
            return "negation"
        if real == "1" and act not in planned and all(other[2] == "0" for other in same):
            return "done"
        other_side = rivals[act] and rivals[act] not in mine["s"] and actor not in his["s"]
        if actor and other_side and all(other[3] != actor for other in same):
            return "actor"
    return ""


def _other_day(mine: list[str], his: list[str], told: Claims) -> str:
    known = {day for story in told for day in story["d"]} | set(his)
    return "date" if mine and his and not set(mine) & known else ""
