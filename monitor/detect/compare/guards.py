"""The guards: the one thing in which a report claims otherwise than all reports of its story.

However alike two reports are, the 13th round is not the 12th, "will" is not "did", "reopened" is
not "did not reopen", three are not five, and the South is not the North. `changed` names the
difference; `restates` tells that there is none, in whatever words the report is written.

Everywhere `mine` are the claims of the article, `his` those of its twin, the report of the story
that is most like it, and `told` those of all reports of the story together.
"""

from __future__ import annotations

from collections.abc import Mapping

from monitor.detect.compare.aligned import exchanged
from monitor.detect.compare.claims import Act, Claims, Difference, Guard, shared_acts
from monitor.detect.compare.otherwise import counted, other_figure, otherwise, same_ends, stands_of
from monitor.detect.sense.places import elsewhere
from monitor.detect.words.deeds import KNOWN_BY
from monitor.detect.words.gazetteer import UNKNOWN
from monitor.detect.words.numbers import overlaps
from monitor.detect.words.topic import Topic

# What is seen done; of what is only said or agreed, a plan and a deed are told alike.
_DEEDS = frozenset(
    {"open", "close", "demolish", "withdraw", "return", "restore", "resume", "cut", "deploy"}
    | {"repair", "send", "sign", "sue", "clear", "visit", "stop", "begin", "complete", "supply"}
    | {"appoint", "inspect", "establish", "extend", "replace", "reduce", "increase", "cross"}
    | {"cancel", "meet", "exchange", "hand_over", "seize", "evacuate", "free", "deport", "expel"}
    | {"return_remains", "lift", "impose", "attack", "arrest", "remove", "ban", "pay", "damage"}
)
_OF_WORDS = frozenset({Guard.PARTY, Guard.NOT, Guard.UNDENIED})
_MEASURES = frozenset({"month", "year", "percent", "km", "metre", "hectare", "acre", "litre"})
_LIGHT = KNOWN_BY | {"notify"}


def changed(mine: Claims, his: Claims, told: Claims, topic: Topic) -> Difference | None:
    """What an article claims otherwise than its twin, and no other report claimed; None if nothing.

    In `told` the acts of the twin come first. The first difference that is found counts: the kinds
    that mislead least are looked for before the others.
    """
    return (
        other_figure(mine, his, told)
        or _contrary(mine, told)
        or _negated(mine, told)
        or _other_mood(mine, told)
        or _other_actor(mine, told, topic)
        or _other_party(mine, his, told, topic)
        or _other_time(mine, his, told)
        or _elsewhere(mine, mine.title_spots, his.title_spots, told, Guard.WHERE)
        or exchanged(mine, told, topic.tongues)
        or _other_place(mine, his, told, topic)
        or _elsewhere(mine, mine.lead_spots, his.lead_spots, told, Guard.PLACE)
        or _other_thing(mine, his, told, topic)
        or otherwise(mine, his, told, topic.tongues)
    )


def is_of_words(difference: Difference) -> bool:
    """Whether a difference is one of who is named beside, or of what is denied. From a report in
    another language it stands only beside a claim that nobody made: where no act, side, day or
    figure is new, one language has but left out, or put in other words, what the other has.
    """
    return difference.guard in _OF_WORDS


def restates(mine: Claims, told: Claims, topic: Topic) -> bool:
    """An article claims nothing that the reports of a story did not, in whatever words.

    Of its acts only those have to be known of which the topic wants to hear. A side that
    its text leaves out is no difference; a new one in its title is, and so is the first word of
    those at the top and of a side's own media.
    """
    known, who = told.quantities, topic.sides
    named = (mine.title_actors | mine.actors & who.sides) - who.home
    acts = _unheard(mine, told, topic.kin) & topic.push
    return (
        (bool(mine.acts) or _share(mine, told))
        and acts <= _light(mine, told, topic) | same_ends(mine, told)
        and all(_aside(n) or any(overlaps(n, k) for k in known) for n in mine.quantities)
        and mine.days <= _days(told)
        and named <= told.actors
        and all(told.actors & voice for voice in who.voices if mine.title_actors & voice)
        and mine.people <= told.people
        and mine.places - _vague(topic) <= told.places
        and _matters(mine, topic) <= _matters(told, topic)
        and not _takes_back(mine, told)
    )


def _takes_back(mine: Claims, told: Claims) -> bool:
    """The title says of a deed that it is not so, where no report denied or left undone anything:
    they only spoke of it. A silence is no such deed, nor is "not closed" where it was opened.
    """
    undone = {a.act for a in mine.acts if a.title and not a.positive and a.word == a.act}
    new = undone - same_ends(mine, told)
    return bool(new) and not told.denials and all(a.positive for a in told.acts)


def _vague(topic: Topic) -> frozenset[str]:
    """Places that say nothing of where: those that stand for a side, and those of the pack's own
    context, which stand for what is watched.
    """
    return topic.kinds.side_places | topic.context


def _matters(claims: Claims, topic: Topic) -> set[str]:
    """The things that a report is about; a sickness stands for what is taken against it."""
    found = _things(claims.things, topic)
    return found | topic.kinds.remedies if found & topic.kinds.sicknesses else found


def _things(things: set[str], topic: Topic) -> set[str]:
    """Those of which one is never told for another."""
    return things & (topic.kinds.matters | topic.kinds.sicknesses)


def _unheard(mine: Claims, told: Claims, kin: Mapping[str, frozenset[str]]) -> set[str]:
    """The acts that no report told, neither by their names nor by an act akin to them.

    A deed is told by a deed that is akin, and a plan by a plan: calls that nobody answers do not
    tell yet that the lines are to be cut, nor does the threat of a blast tell the blast.
    """
    spoken = {act.act for act in told.acts} | {act.word for act in told.acts} | told.mentioned
    alike = {
        real: {other for act in told.acts if act.real is real for other in _kin_of(act, kin)}
        for real in (True, False)
    }
    spoken |= {other for event in told.events for other in kin.get(event, ())}
    return {act.word for act in mine.acts if act.word not in spoken | alike[act.real]}


def _kin_of(act: Act, kin: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The acts that tell the same. An act that was not done has those of its contrary: that nobody
    answers is akin to lines that are cut, and not to lines restored.
    """
    if not act.positive and act.word == act.act:
        return frozenset()
    return kin.get(act.word, frozenset())


def _light(mine: Claims, told: Claims, topic: Topic) -> frozenset[str]:
    """Acts that are no news of their own: how a thing became known, and that it was decided, unless
    a side decides that no report told as acting.
    """
    side_of = topic.sides.side_of
    hands = {side_of(name) for name in told.title_actors | {act.actor for act in told.acts}}
    deciding = {side_of(act.actor) for act in mine.acts if act.act == "decide" and act.actor}
    return _LIGHT | {"decide"} if deciding <= hands else _LIGHT


def _share(mine: Claims, told: Claims) -> bool:
    """Without an act of its own a report is of the same deed if it gives a figure, a day or a
    person of it, or if its title tells the same end of opposites.
    """
    ours, theirs = stands_of(mine, "t"), stands_of(told)
    figures = any(overlaps(n, other) for n in mine.quantities for other in told.quantities)
    named = mine.days & told.days or mine.people & told.people
    ends = any(stands & theirs.get(pair, set()) for pair, stands in ours.items())
    return figures or bool(named) or ends


def _aside(number: str) -> bool:
    """A measure beside the deed, which is no news where nobody gave another."""
    return counted(number) or number.partition(":")[0] in _MEASURES


def _contrary(mine: Claims, told: Claims) -> Difference | None:
    """The other end of an axis than every report told: answered where it was silence.

    Where the article tells both, that of its title counts.
    """
    acts = [act for act in mine.acts if act.real or act.title]
    ours, titled, theirs = _ends(acts), _ends(acts, title=True), _ends(told.acts)
    for end in sorted(ours):
        other = end[:-1] + ("-" if end[-1] == "+" else "+")
        new = end not in theirs and end not in told.later_ends
        if other in theirs and new and (other not in ours or end in titled):
            return Difference(Guard.CONTRARY, _on(told.acts, other), _on(mine.acts, end))
    return None


def _on(acts: list[Act], end: str) -> str:
    """An act that stands on the end of an axis."""
    return next((act.word for act in acts if end in act.ends), "")


def _ends(acts: list[Act], title: bool = False) -> set[str]:
    return {end for act in acts for end in act.ends if act.title or not title}


def _negated(mine: Claims, told: Claims) -> Difference | None:
    for act, own, same in shared_acts(mine, told):
        # To ask for an answer contradicts no silence.
        claimed = act.real or act.title or not act.positive
        if claimed and all(o.positive != act.positive for o in same) and _agree(own, "positive"):
            return Difference(
                Guard.NEGATION, _denying(not act.positive, act), _denying(act.positive, act)
            )
    return None


def _denying(positive: bool, act: Act) -> str:
    return act.act if positive else f"not {act.act}"


def _other_mood(mine: Claims, told: Claims) -> Difference | None:
    """Done where it was to come, or to come where it was done.

    A headline may leave out the words for what is to come. So a first sentence that speaks of plans
    outweighs its title, and only what a first sentence told as done can be undone.
    """
    for act, own, same in shared_acts(mine, told):
        differs = all(o.real != act.real for o in same) or _carried_out(own, same, mine, told)
        differs = differs and _agree(own, "real")
        if not (act.title and act.act in _DEEDS and differs):
            continue
        done = act.real and act.positive and not _done_in_other_words(act, told)
        if done and (_done_in_lead(own) or not _plans_in_lead(mine)):
            return Difference(Guard.DONE, act.act, act.act)
        if not act.real and _done_in_lead(same):
            return Difference(Guard.UNDONE, act.act, act.act)
    return None


def _carried_out(own: list[Act], same: list[Act], mine: Claims, told: Claims) -> bool:
    """Done at an hour that no report gave, where they told it as to come: a title alone may read
    as if it were done.
    """
    to_come = any(not act.real for act in same) and bool(mine.times - told.times)
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
    """A first sentence speaks of plans."""
    return any(said.plans for said in claims.said if said.part != "t")


def _agree(acts: list[Act], name: str) -> bool:
    return len({getattr(act, name) for act in acts}) == 1


def _other_actor(mine: Claims, told: Claims, topic: Topic) -> Difference | None:
    """An act by a side that no report marked as doing it, and not by the one that was.

    Order of words misleads, so only titles are trusted to tell a new act.
    """
    sides = topic.sides.sides
    for act in mine.acts:
        same = [o for o in _like(act, told.acts) if o.actor in sides]
        own = {o.actor for o in _like(act, mine.acts) if o.actor}
        if act.actor in sides and same and not own & {o.actor for o in same}:
            titled = act.title and any(o.title for o in same)
            return Difference(Guard.ACTOR if titled else Guard.PARTY, same[0].actor, act.actor)
    return None


def _like(act: Act, acts: list[Act]) -> list[Act]:
    """The same act among others, done as it is, or to come."""
    return [other for other in acts if (other.act, other.real) == (act.act, act.real)]


def _other_party(mine: Claims, his: Claims, told: Claims, topic: Topic) -> Difference | None:
    """A third party in the title, or a person, unnamed so far, in place of one who is gone."""
    who, pair = topic.sides, topic.sides.pair
    others, known = who.sides - who.home, who.sides | who.home
    gone = his.actors - mine.actors - set(map(who.side_of, mine.actors))
    third = (mine.actors - told.actors) & others
    if third and (gone & others or (gone and third & mine.title_actors)):
        return Difference(Guard.PARTY, min(gone), min(third))
    sides = (mine.title_actors - told.title_actors) & pair
    missed = (gone - mine.title_actors) & pair
    if (mine.actors & told.actors) - known:  # who speaks for a side is named again
        missed = set()
    if sides and told.title_actors & pair and missed:
        return Difference(Guard.PARTY, min(missed), min(sides))
    he, not_he = mine.people - told.people, his.people - mine.people
    if he and not_he:
        return Difference(Guard.WHO, min(not_he), min(he))
    persons = mine.actors - told.actors - known | he
    away = gone - known | not_he
    if persons and away:
        return Difference(Guard.PARTY, min(away), min(persons))
    return _other_office(mine, his, told, topic)


def _other_office(mine: Claims, his: Claims, told: Claims, topic: Topic) -> Difference | None:
    """Another ministry or office in the title, unnamed so far, in place of one that is gone and
    that a title named, or the person who heads it.
    """
    who = topic.sides
    new = mine.title_actors & who.offices - told.actors
    gone = his.actors & who.offices - mine.actors
    titled = (his.title_actors & who.offices) | (his.title_actors - who.home - who.sides)
    return Difference(Guard.PARTY, min(gone), min(new)) if new and gone and titled else None


def _other_time(mine: Claims, his: Claims, told: Claims) -> Difference | None:
    """Another day to come, another time of the day or another month."""
    if mine.days and his.days and not mine.days & _days(told):
        return Difference(Guard.DATE, min(his.days), min(mine.days))
    new = [time for time in mine.times if not any(_meet(time, other) for other in told.times)]
    gone = [time for time in his.times if not any(_meet(time, other) for other in mine.times)]
    if new and gone:
        return Difference(Guard.DATE, _clock(min(gone)), _clock(min(new)))
    months, past = mine.months - told.months, his.months - mine.months
    return Difference(Guard.DATE, min(past), min(months)) if months and past else None


def _days(told: Claims) -> set[str]:
    """The days that were told, today too: it is still to come where the clocks are behind."""
    return told.days | told.today


def _meet(left: str, right: str) -> bool:
    """Two spans share more than the minute at which one ends and the other begins."""
    low, high = map(int, left.split("~"))
    low2, high2 = map(int, right.split("~"))
    last, first = max(low, low2), min(high, high2)
    return last < first or (last == first and (low == high or low2 == high2))


def _clock(span: str) -> str:
    """A span of minutes as people write it: 14:49, 04:00-12:00."""
    ends = dict.fromkeys(f"{int(end) // 60:02d}:{int(end) % 60:02d}" for end in span.split("~"))
    return "-".join(ends)


def _other_place(mine: Claims, his: Claims, told: Claims, topic: Topic) -> Difference | None:
    """A place that nobody named, where the place of the twin is not named."""
    new = mine.places - told.places - _vague(topic)
    gone = his.places - mine.places - (topic.kinds.side_places - topic.context)
    return Difference(Guard.PLACE, min(gone), min(new)) if new and gone else None


def _elsewhere(
    mine: Claims, here: set[str], there: set[str], told: Claims, guard: Guard
) -> Difference | None:
    """Another city, region or country `here`, in the article, than `there`, in its twin."""
    ours, theirs = mine.spots, told.spots
    if _tongues(mine) != _tongues(told):  # a place known by its form has no id in other languages
        ours, theirs = _known(ours), _known(theirs)
    found = elsewhere((here & ours) - theirs, (there & theirs) - ours, ours, theirs)
    return Difference(guard, *found) if found is not None else None


def _tongues(claims: Claims) -> set[str]:
    return {said.lang for said in claims.said}


def _known(places: set[str]) -> set[str]:
    return {place for place in places if place[:2] != UNKNOWN}


def _other_thing(mine: Claims, his: Claims, told: Claims, topic: Topic) -> Difference | None:
    """What nobody spoke of in place of what the twin is about."""
    new = _things(mine.things - told.things, topic)
    gone = _things(his.things - mine.things, topic)
    return Difference(Guard.THING, min(gone), min(new)) if new and gone else None
