"""Never-merge guards: one token that makes an otherwise known report a new one.

They speak before any likeness is weighed: a 13th round is not the 12th, will is not did, reopened
is not not reopened, three are not five, and the South is not the North.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.detect.compare.aligned import exchanged
from monitor.detect.compare.claims import Act, Claims, Difference, shared_acts
from monitor.detect.compare.otherwise import counted, other_figure, otherwise, same_ends, stands_of
from monitor.detect.sense.places import elsewhere
from monitor.detect.words.deeds import KNOWN_BY
from monitor.detect.words.gazetteer import UNKNOWN
from monitor.detect.words.numbers import overlaps
from monitor.detect.words.sides import HOME, KOREAS, OFFICES, SIDES, VOICES, side_of

# What is seen done; of what is only said or agreed, a plan and a deed are told alike.
_DEEDS = frozenset(
    {"open", "close", "demolish", "withdraw", "return", "restore", "resume", "cut", "deploy"}
    | {"repair", "send", "sign", "sue", "clear", "visit", "stop", "begin", "complete", "supply"}
    | {"appoint", "inspect", "establish", "extend", "replace", "reduce", "increase", "cross"}
    | {"cancel", "meet", "exchange", "hand_over", "seize", "evacuate", "free", "deport", "expel"}
    | {"return_remains", "lift", "impose", "attack", "arrest", "remove", "ban", "pay", "damage"}
)
_MEASURES = frozenset({"month", "year", "percent", "km", "metre", "hectare", "acre", "litre"})
_LIGHT = KNOWN_BY | {"notify"}
_EVERYWHERE = frozenset(  # places that stand for a side, or for the office itself
    {"kaesong", "seoul", "pyongyang", "korea", "usa", "china", "japan", "russia", "un", "eu"}
)
_SICKNESSES = frozenset(
    {"flu", "tuberculosis", "malaria", "foot_and_mouth", "measles", "cholera", "covid"}
    | {"swine_fever"}
)
_MATTERS = _SICKNESSES | frozenset(  # things that a report is about, one never told for another
    {"vaccine", "medicine", "masks", "rice", "fuel", "electricity", "water", "fertiliser"}
    | {"cement", "steel", "coal", "leaflets", "forestry", "fishery", "archaeology", "road", "rail"}
    | {"river", "aviation", "telecom", "families", "sports", "kumgang", "complex", "dictionary"}
)


def changed(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """What an article claims otherwise than its twin, and no other report claimed; None if nothing.

    `told` is what all reports claim together, the twin's claims first. The first kind that is found
    counts, those that mislead least before the others.
    """
    return (
        other_figure(mine, his, told)
        or _contrary(mine, told)
        or _negated(mine, told)
        or _other_mood(mine, told)
        or _other_actor(mine, told)
        or _other_party(mine, his, told)
        or _other_time(mine, his, told)
        or _elsewhere(mine, his, told, "k", "where")
        or exchanged(mine, told)
        or _other_place(mine, his, told)
        or _elsewhere(mine, his, told, "L", "place")
        or _other_thing(mine, his, told)
        or otherwise(mine, his, told)
    )


def restates(
    mine: Claims, told: Claims, kin: Mapping[str, frozenset[str]], deeds: frozenset[str]
) -> bool:
    """An article claims nothing that the reports of a story did not, in whatever words.

    Only `deeds`, the acts of which the topic wants to hear, are claims that have to be known.

    What one of them leaves out, a side or a place in the text, is no difference; a side in the
    title is, and so is the first word of those at the top and of a side's own media.
    """
    return (
        (bool(mine.acts) or _share(mine, told))
        and _unheard(mine, told, kin) & deeds <= _light(mine, told) | same_ends(mine, told)
        and all(_aside(n) or any(overlaps(n, t) for t in told.of("n")) for n in mine.of("n"))
        and mine.of("d") <= _days(told)
        and (mine.of("S") | mine.of("s") & SIDES) - HOME <= told.of("s")
        and all(told.of("s") & voice for voice in VOICES if mine.of("S") & voice)
        and mine.of("w") <= told.of("w")
        and mine.of("p") - _EVERYWHERE <= told.of("p")
        and _matters(mine) <= _matters(told)
    )


def _matters(claims: Claims) -> set[str]:
    """The things that a report is about; a sickness stands for what is taken against it."""
    found = claims.of("t") & _MATTERS
    return found | {"medicine"} if found & _SICKNESSES else found


def _unheard(mine: Claims, told: Claims, kin: Mapping[str, frozenset[str]]) -> set[str]:
    """The acts that no report told, neither by their names nor by a kin one.

    Kin tell a deed for a deed and a plan for a plan: lines that are to be cut are not yet told by
    calls that nobody answered, nor a blast by the threat of one.
    """
    spoken = {act.act for act in told.acts} | {act.word for act in told.acts} | told.of("b")
    alike = {
        real: {other for act in told.acts if act.real is real for other in _kin_of(act, kin)}
        for real in (True, False)
    }
    near = {other for event in told.of("e") for other in kin.get(event, ())}
    spoken |= near
    return {act.word for act in mine.acts if act.word not in spoken | alike[act.real]}


def _kin_of(act: Act, kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What tells the same; of what was not done only what its contrary is called: no answer is
    kin to lines that are cut, and not to lines restored.
    """
    if not act.positive and act.word == act.act:
        return frozenset()
    return kin.get(act.word, frozenset())


def _light(mine: Claims, told: Claims) -> frozenset[str]:
    """Acts that are no news of their own: how it became known, and that it was decided, unless by a
    side that no report told as acting.
    """
    hands = {side_of(name) for name in told.of("S") | {act.actor for act in told.acts}}
    deciding = {side_of(act.actor) for act in mine.acts if act.act == "decide" and act.actor}
    return _LIGHT | {"decide"} if deciding <= hands else _LIGHT


def _share(mine: Claims, told: Claims) -> bool:
    """Without an act of its own a report is of the same deed if it gives a figure, a day or a
    person of it, or if its title tells the same end of opposites.
    """
    ours, theirs = stands_of(mine, "t"), stands_of(told)
    figures = any(overlaps(n, other) for n in mine.of("n") for other in told.of("n"))
    named = mine.of("d") & told.of("d") or mine.of("w") & told.of("w")
    ends = any(stands & theirs.get(pair, set()) for pair, stands in ours.items())
    return figures or bool(named) or ends


def _aside(number: str) -> bool:
    """A measure beside the deed, which is no news where nobody gave another."""
    return counted(number) or number.partition(":")[0] in _MEASURES


def _contrary(mine: Claims, told: Claims) -> Difference | None:
    """The other end of an axis than every report told: answered where it was silence.

    Where the article tells both, that of its title counts.
    """
    ours, titled, theirs = _ends(mine.acts), _ends(mine.acts, title=True), _ends(told.acts)
    for end in sorted(ours):
        other = end[:-1] + ("-" if end[-1] == "+" else "+")
        new = end not in theirs and end not in told.of("E")
        if other in theirs and new and (other not in ours or end in titled):
            return Difference("contrary", _on(told.acts, other), _on(mine.acts, end))
    return None


def _on(acts: list[Act], end: str) -> str:
    """An act that stands on the end of an axis."""
    return next((act.word for act in acts if end in act.ends), "")


def _ends(acts: list[Act], title: bool = False) -> set[str]:
    return {end for act in acts for end in act.ends if act.title or not title}


def _negated(mine: Claims, told: Claims) -> Difference | None:
    for act, own, same in shared_acts(mine, told):
        if all(o.positive != act.positive for o in same) and _agree(own, "positive"):
            return Difference(
                "negation", _denying(not act.positive, act), _denying(act.positive, act)
            )
    return None


def _denying(positive: bool, act: Act) -> str:
    return act.act if positive else f"not {act.act}"


def _other_mood(mine: Claims, told: Claims) -> Difference | None:
    """Done where it was to come, or to come where it was done.

    A headline leaves out the words for what is to come, so a first sentence that speaks of plans
    outweighs a title; and what is undone was told as done by a first sentence.
    """
    for act, own, same in shared_acts(mine, told):
        differs = all(o.real != act.real for o in same) or _carried_out(own, same, mine, told)
        differs = differs and _agree(own, "real")
        if not (act.title and act.act in _DEEDS and differs):
            continue
        done = act.real and act.positive and not _done_in_other_words(act, told)
        if done and (_done_in_lead(own) or not _plans_in_lead(mine)):
            return Difference("done", act.act, act.act)
        if not act.real and _done_in_lead(same):
            return Difference("undone", act.act, act.act)
    return None


def _carried_out(own: list[Act], same: list[Act], mine: Claims, told: Claims) -> bool:
    """Done at an hour that no report gave, where they had it to come and a title alone read as if
    it were done.
    """
    to_come = any(not act.real for act in same) and bool(mine.of("c") - told.of("c"))
    return to_come and _done_in_lead(own) and not _done_in_lead(same)


def _done_in_other_words(act: Act, told: Claims) -> bool:
    """A title told a deed on the same end of an axis as done: closed, of what was to be stopped."""
    return any(
        other.title and other.real and other.positive and set(other.ends) & set(act.ends)
        for other in told.acts
        if other.act not in ("begin", act.act)
    )


def _done_in_lead(acts: list[Act]) -> bool:
    return any(act.real and not act.title for act in acts)


def _plans_in_lead(claims: Claims) -> bool:
    """A first sentence, of those that were kept word for word, speaks of plans."""
    sentences = (claim.split("|", 3) for claim in claims.of("="))
    return any(part != "t" and flags[1] == "1" for part, _, flags, _ in sentences)


def _agree(acts: list[Act], name: str) -> bool:
    return len({getattr(act, name) for act in acts}) == 1


def _other_actor(mine: Claims, told: Claims) -> Difference | None:
    """An act by a side that no report marked as doing it, and not by the one that was.

    Order of words misleads, so only titles are trusted to tell a new act.
    """
    for act in mine.acts:
        same = [o for o in _like(act, told.acts) if o.actor in SIDES]
        own = {o.actor for o in _like(act, mine.acts) if o.actor}
        if act.actor in SIDES and same and not own & {o.actor for o in same}:
            titled = act.title and any(o.title for o in same)
            return Difference("actor" if titled else "party", same[0].actor, act.actor)
    return None


def _like(act: Act, acts: list[Act]) -> list[Act]:
    """The same act among others, done as it is, or to come."""
    return [other for other in acts if (other.act, other.real) == (act.act, act.real)]


def _other_party(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """A third party in the title, or a person, unnamed so far, in place of one who is gone."""
    gone = his.of("s") - _meant(mine.of("s"))
    others = (mine.of("s") - told.of("s") - HOME) & SIDES
    if others and ((gone - HOME) & SIDES or (gone and others & mine.of("S"))):
        return Difference("party", min(gone), min(others))
    sides = (mine.of("S") - told.of("S")) & KOREAS
    missed = (gone - mine.of("S")) & KOREAS
    if (mine.of("s") & told.of("s")) - HOME - SIDES:  # who speaks for a side is named again
        missed = set()
    if sides and told.of("S") & KOREAS and missed:
        return Difference("party", min(missed), min(sides))
    who, not_he = mine.of("w") - told.of("w"), his.of("w") - mine.of("w")
    if who and not_he:
        return Difference("who", min(not_he), min(who))
    persons = mine.of("s") - told.of("s") - HOME - SIDES | who
    away = gone - HOME - SIDES | not_he
    if persons and away:
        return Difference("party", min(away), min(persons))
    return _other_office(mine, his, told)


def _other_office(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """Another ministry or office in the title, unnamed so far, in place of one that is gone and
    that a title named, or the person who heads it.
    """
    new = mine.of("S") & OFFICES - told.of("s")
    gone = his.of("s") & OFFICES - mine.of("s")
    titled = (his.of("S") & OFFICES) | (his.of("S") - HOME - SIDES)
    return Difference("party", min(gone), min(new)) if new and gone and titled else None


def _meant(sides: set[str]) -> set[str]:
    """With the sides for which a ministry or an agency speaks."""
    return sides | set(map(side_of, sides))


def _other_time(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    if mine.of("d") and his.of("d") and not mine.of("d") & _days(told):
        return Difference("date", min(his.of("d")), min(mine.of("d")))
    return _apart(mine, his, told, "c", _meet) or _exchanged(mine, his, told, "m", "date")


def _days(told: Claims) -> set[str]:
    """The days that were told, today among them: it is still to come where the sun is behind."""
    return told.of("d") | told.of("D")


def _meet(left: str, right: str) -> bool:
    """They have more in common than the moment at which the morning becomes the afternoon."""
    low, high = map(int, left.split("~"))
    low2, high2 = map(int, right.split("~"))
    last, first = max(low, low2), min(high, high2)
    return last < first or (last == first and (low == high or low2 == high2))


def _apart(
    mine: Claims, his: Claims, told: Claims, kind: str, agree: Callable[[str, str], bool]
) -> Difference | None:
    new = [m for m in mine.of(kind) if not any(agree(m, other) for other in told.of(kind))]
    gone = [h for h in his.of(kind) if not any(agree(h, other) for other in mine.of(kind))]
    return Difference("date", _hours(min(gone)), _hours(min(new))) if new and gone else None


def _hours(span: str) -> str:
    """A span of minutes as people write it: 14:49, 04:00-12:00."""
    ends = dict.fromkeys(f"{int(end) // 60:02d}:{int(end) % 60:02d}" for end in span.split("~"))
    return "-".join(ends)


def _exchanged(mine: Claims, his: Claims, told: Claims, kind: str, word: str) -> Difference | None:
    """Something of a kind that nobody gave, in place of what is gone."""
    new, gone = mine.of(kind) - told.of(kind), his.of(kind) - mine.of(kind)
    return Difference(word, min(gone), min(new)) if new and gone else None


def _other_place(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """A place that nobody named, where the place of the twin is not named."""
    new, gone = mine.of("p") - told.of("p") - _EVERYWHERE, his.of("p") - mine.of("p")
    gone -= _EVERYWHERE - {"kaesong"}
    return Difference("place", min(gone), min(new)) if new and gone else None


def _elsewhere(mine: Claims, his: Claims, told: Claims, kind: str, word: str) -> Difference | None:
    """Another city, region or country than the twin's; told by both titles it is surely another."""
    ours, theirs = mine.of("l"), told.of("l")
    if _tongues(mine) != _tongues(told):  # a place known by its form has no id in other languages
        ours, theirs = _known(ours), _known(theirs)
    new, gone = (mine.of(kind) & ours) - theirs, (his.of(kind) & theirs) - ours
    found = elsewhere(new, gone, ours, theirs)
    return Difference(word, *found) if found is not None else None


def _tongues(claims: Claims) -> set[str]:
    """The languages of the sentences that were kept word for word."""
    return {claim.split("|", 2)[1] for claim in claims.of("=")}


def _known(places: set[str]) -> set[str]:
    return {place for place in places if place[:2] != UNKNOWN}


def _other_thing(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    new, gone = (mine.of("t") - told.of("t")) & _MATTERS, (his.of("t") - mine.of("t")) & _MATTERS
    return Difference("thing", min(gone), min(new)) if new and gone else None
