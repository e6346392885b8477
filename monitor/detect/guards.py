"""Never-merge guards: one token that makes an otherwise known report a new one.

They speak before any likeness is weighed: a 13th round is not the 12th, will is not did, reopened
is not not reopened, three are not five, and the South is not the North.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from monitor.detect.claims import Act, Claims, parsed, together
from monitor.detect.numbers import overlaps

# What is seen done; of what is only said or agreed, a plan and a deed are told alike.
_DEEDS = frozenset(
    {
        "open",
        "close",
        "demolish",
        "withdraw",
        "return",
        "restore",
        "resume",
        "cut",
        "deploy",
        "repair",
    }
    | {"send", "sign", "sue", "clear", "visit", "stop", "begin", "complete", "supply", "appoint"}
    | {"inspect", "establish", "extend", "replace", "reduce", "increase", "cross", "cancel"}
)
_LIGHT = frozenset({"report", "reveal", "notify"})  # how it became known
_SIDES = frozenset({"north", "south", "us", "un", "china", "japan", "russia", "un_command"})
_KOREAS = frozenset({"north", "south"})
_HOME = frozenset(
    {"north", "south", "both", "ministry", "presidency", "foreign_ministry", "state_media", "nsc"}
    | {"expert"}
)
_SPEAKS_FOR = {"ministry": "south", "presidency": "south", "nsc": "south", "state_media": "north"}
_EVERYWHERE = frozenset(  # places that stand for a side, or for the office itself
    {"kaesong", "seoul", "pyongyang", "korea", "usa", "china", "japan", "russia", "un", "eu"}
)
_MATTERS = frozenset(  # things that a report is about, of which one is never told for another
    {
        "flu",
        "tuberculosis",
        "malaria",
        "foot_and_mouth",
        "measles",
        "cholera",
        "covid",
        "swine_fever",
    }
    | {
        "vaccine",
        "medicine",
        "masks",
        "rice",
        "fuel",
        "electricity",
        "water",
        "fertiliser",
        "cement",
    }
    | {"steel", "coal", "leaflets", "forestry", "fishery", "archaeology", "remains", "road", "rail"}
    | {"river", "aviation", "telecom", "families", "sports", "kumgang", "complex", "dictionary"}
)


def changed(claims: Iterable[str], twin: Iterable[str], others: Iterable[Iterable[str]]) -> str:
    """What an article claims otherwise than its twin, and no other report claimed: in a word.

    Empty if nothing.
    """
    mine, his = parsed(claims), parsed(twin)
    told = together([his, *(parsed(other) for other in others)])
    return (
        _other_figure(mine, his, told)
        or _contrary(mine, told)
        or _negated(mine, told)
        or _other_mood(mine, told)
        or _other_actor(mine, told)
        or _other_party(mine, his, told)
        or _other_time(mine, his, told)
        or _other_contrast(mine, his, told)
        or _other_place(mine, his, told)
        or _other_thing(mine, his, told)
    )


def restates(
    claims: Iterable[str], others: Iterable[Iterable[str]], kin: Mapping[str, frozenset[str]]
) -> bool:
    """An article claims nothing that the reports of a story did not, in whatever words."""
    mine, told = parsed(claims), together(parsed(other) for other in others)
    acts = {act.act for act in told.acts} | {act.word for act in told.acts} | told.of("b")
    known = acts.union(*(kin.get(act, frozenset()) for act in acts))
    return (
        bool(mine.acts)
        and {act.word for act in mine.acts} <= known | _LIGHT
        and all(_counted(n) or any(overlaps(n, t) for t in told.of("n")) for n in mine.of("n"))
        and mine.of("d") <= told.of("d")
        and mine.of("s") - _HOME <= told.of("s")
        and mine.of("w") <= told.of("w")
        and mine.of("p") - _EVERYWHERE <= told.of("p")
        and mine.of("t") & _MATTERS <= told.of("t")
    )


def _counted(number: str) -> bool:
    """An ordinal or a running count, which some reports give and some do not."""
    return number.partition(":")[0] in ("ordinal", "day", "week", "hour", "minute", "times")


def _other_figure(mine: Claims, his: Claims, told: Claims) -> str:
    """A quantity in place of another of its unit, which the article does not give."""
    for number in sorted(mine.of("n")):
        unit = number.rpartition(":")[0]
        rivals = [n for n in his.of("n") if n.rpartition(":")[0] == unit]
        if any(overlaps(number, other) for other in told.of("n")):
            continue
        if any(not any(overlaps(rival, n) for n in mine.of("n")) for rival in rivals):
            return "figure"
    return ""


def _contrary(mine: Claims, told: Claims) -> str:
    """The other end of an axis than every report told: answered where it was silence.

    Where the article tells both, that of its title counts.
    """
    ours, titled, theirs = _ends(mine.acts), _ends(mine.acts, title=True), _ends(told.acts)
    for end in sorted(ours):
        other = end[:-1] + ("-" if end[-1] == "+" else "+")
        if other in theirs and end not in theirs and (other not in ours or end in titled):
            return "contrary"
    return ""


def _ends(acts: list[Act], title: bool = False) -> set[str]:
    return {end for act in acts for end in act.ends if act.title or not title}


def _negated(mine: Claims, told: Claims) -> str:
    for act, own, same in _pairs(mine, told):
        if all(o.positive != act.positive for o in same) and _agree(own, "positive"):
            return "negation"
    return ""


def _other_mood(mine: Claims, told: Claims) -> str:
    """Done where it was to come, or to come where it was done."""
    for act, own, same in _pairs(mine, told):
        if (
            act.title
            and act.act in _DEEDS
            and all(o.real != act.real for o in same)
            and _agree(own, "real")
        ):
            return "done" if act.real else "undone"
    return ""


def _pairs(mine: Claims, told: Claims) -> Iterator[tuple[Act, list[Act], list[Act]]]:
    """Each act with all that the article, and all that the reports, claim of it."""
    for act in mine.acts:
        same = [other for other in told.acts if other.act == act.act]
        if same:
            yield act, [other for other in mine.acts if other.act == act.act], same


def _agree(acts: list[Act], name: str) -> bool:
    return len({getattr(act, name) for act in acts}) == 1


def _other_actor(mine: Claims, told: Claims) -> str:
    """An act by a side that no report marked as doing it, and not by the one that was.

    Order of words misleads, so only titles are trusted to tell a new act.
    """
    for act in mine.acts:
        same = [o for o in told.acts if o.act == act.act and o.actor in _SIDES]
        own = {o.actor for o in mine.acts if o.act == act.act and o.actor}
        if act.actor in _SIDES and same and not own & {o.actor for o in same}:
            return "actor" if act.title and any(o.title for o in same) else "party"
    return ""


def _other_party(mine: Claims, his: Claims, told: Claims) -> str:
    """A third party in the title, or a person, unnamed so far, in place of one who is gone."""
    gone = his.of("s") - _meant(mine.of("s"))
    others = (mine.of("s") - told.of("s") - _HOME) & _SIDES
    if others and ((gone - _HOME) & _SIDES or (gone and others & mine.of("S"))):
        return "party"
    sides = (mine.of("S") - told.of("S")) & _KOREAS
    if sides and told.of("S") & _KOREAS and (gone - mine.of("S")) & _KOREAS:
        return "party"
    if mine.of("w") - told.of("w") and his.of("w") - mine.of("w"):
        return "who"
    persons = mine.of("s") - told.of("s") - _HOME - _SIDES
    return "party" if persons and gone - _HOME - _SIDES else ""


def _meant(sides: set[str]) -> set[str]:
    """With the sides for which a ministry or an agency speaks."""
    return sides | {_SPEAKS_FOR[side] for side in sides if side in _SPEAKS_FOR}


def _other_time(mine: Claims, his: Claims, told: Claims) -> str:
    if mine.of("d") and his.of("d") and not mine.of("d") & told.of("d"):
        return "date"
    return _apart(mine, his, told, "c", _meet) or _exchanged(mine, his, told, "m", "date")


def _meet(left: str, right: str) -> bool:
    low, _, high = left.partition("~")
    low2, _, high2 = right.partition("~")
    return int(low) <= int(high2) and int(low2) <= int(high)


def _apart(
    mine: Claims, his: Claims, told: Claims, kind: str, agree: Callable[[str, str], bool]
) -> str:
    new = [m for m in mine.of(kind) if not any(agree(m, other) for other in told.of(kind))]
    gone = [h for h in his.of(kind) if not any(agree(h, other) for other in mine.of(kind))]
    return "date" if new and gone else ""


def _other_contrast(mine: Claims, his: Claims, told: Claims) -> str:
    """All for some, or a bare number for another."""
    return _exchanged(mine, his, told, "x", "extent") or _exchanged(mine, his, told, "u", "figure")


def _exchanged(mine: Claims, his: Claims, told: Claims, kind: str, word: str) -> str:
    """Something of a kind that nobody gave, in place of what is gone."""
    new, gone = mine.of(kind) - told.of(kind), his.of(kind) - mine.of(kind)
    return word if new and gone else ""


def _other_place(mine: Claims, his: Claims, told: Claims) -> str:
    """A place that nobody named, where the place of the twin is not named."""
    new, gone = mine.of("p") - told.of("p") - _EVERYWHERE, his.of("p") - mine.of("p")
    return "place" if new and gone - (_EVERYWHERE - {"kaesong"}) else ""


def _other_thing(mine: Claims, his: Claims, told: Claims) -> str:
    new, gone = mine.of("t") - told.of("t"), his.of("t") - mine.of("t")
    return "thing" if new & _MATTERS and gone & _MATTERS else ""
