"""What a title tells that moves the state card.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from monitor.detect.compare.claims import Claims, together
from monitor.detect.compare.heads import hedged_in
from monitor.detect.news.routine import as_usual
from monitor.detect.sense.facts import acts_of, facts_of
from monitor.detect.story.card import is_final, leads_on, moves_of
from monitor.detect.words.clocks import clocks
from monitor.detect.words.deeds import ANSWERS
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality, Move

_SETTLING = frozenset({"agree", "decide", "notify"})
_ASKING = frozenset(  # what may be left without a reply
    {"propose", "urge", "order", "notify", "regret", "condemn", "threaten", "send"}
)
_NONE: Mapping[str, str] = MappingProxyType({})
_BREAK = re.compile(r"…|\.\.\.|; | [|-] ")
_UNDOING = frozenset({"putting_off", "calling_off", "refusing"})


def moves_told(
    reading: Reading,
    topic: Topic,
    card: Mapping[str, str],
    reports: Collection[Claims],
    moved: Mapping[str, str] = _NONE,
    *,
    likely: bool = False,
) -> tuple[Move, ...]:
    """The moves of the state card that the title tells; or those that only a `likely` deed would
    make, "appears to have cut the lines". Such a deed moves no card, and the deed itself is told
    for the first time by who leaves no doubt.

    `reports` are the claims of the reports of its story, none for a new story, and `moved` the
    attributes of the card that the story moved, with what each was before.

    1. Only what the title says was done counts. It was not, if the same title puts it off, calls it
       off or denies it, nor if the first sentence takes it back (`_is_no_deed`).
    2. What ends a silence, or brings something back, counts whatever was told before: report after
       report urges and expects it, and the card says whether it is still owed.
    3. Anything else counts if it is not done as usual, if the first sentence does not have it to
       come, and if no report of the story told it as done: then it moved the card then.

    The object of an act that the title leaves out is taken from the first sentence.
    """
    hedged = hedged_in(reading, topic)
    done = [fact for fact in _done(reading, topic) if (fact.act in hedged) is likely]
    if not done:
        return ()
    planned = list(map(_as_planned, reports if likely else map(_surely, reports)))
    known = together(planned)
    of_today = together(r for r in planned if reading.today.isoformat() in r.today)
    lead = [fact for s in reading.body[:1] for fact in _acts(s, reading, topic)]
    usual = as_usual(reading)

    def counts(fact: Fact) -> bool:
        if _is_no_deed(fact, lead, reading, topic):
            return False
        if _restores(fact, topic):
            return True
        if fact.act in usual or _to_come(fact, lead):
            return False
        news = _is_news(fact, known, topic, card, moved)
        return news or _turns_back(fact, of_today, topic, card, moved)

    told = [fact for fact in done if counts(fact)]
    objects = {fact.act: fact.object for fact in lead}
    told += [replace(f, object=objects[f.act]) for f in told if objects.get(f.act)]
    titled = _title_acts(reading, topic)
    return tuple(m for m in moves_of(told, topic, card) if not leads_on(m, titled, topic))


def _done(reading: Reading, topic: Topic) -> list[Fact]:
    """What the title tells as done and can move the card. Beside an act that puts off, calls off or
    refuses, only such acts were done: a pack's own turn, "revoked".
    """
    acts = _title_acts(reading, topic)
    done = [fact for fact in acts if _may_move(fact, topic)]
    undoes = any(_undoes(fact.act, topic) for fact in acts)
    return [fact for fact in done if _undoes(fact.act, topic)] if undoes else done


def _title_acts(reading: Reading, topic: Topic) -> list[Fact]:
    return _acts(reading.title, reading, topic) if reading.title is not None else []


def _undoes(act: str | None, topic: Topic) -> bool:
    return topic.family(act) in _UNDOING


def _is_no_deed(fact: Fact, lead: list[Fact], reading: Reading, topic: Topic) -> bool:
    """What else the title or the first sentence says takes it back, or shows what was meant."""
    title = reading.title
    assert title is not None
    back = (_undone(fact, lead) and not _at_another_hour(reading)) or _in_vain(
        fact, title, reading, topic
    )
    tongue = reading.tongue
    elsewhere = _of_a_demand(fact, title, tongue, topic) or _of_an_office(fact, title, tongue)
    return back or elsewhere or _urged(fact, lead, topic)


def _may_move(fact: Fact, topic: Topic) -> bool:
    return fact.act in topic.turning and fact.modality is Modality.DONE and fact.positive


def _acts(sentence: Sentence, reading: Reading, topic: Topic) -> list[Fact]:
    return [fact for _, fact in facts_of(sentence, reading, topic) if fact.number is None]


def _as_planned(report: Claims) -> Claims:
    """A head that gives the day to come of an act tells of a plan, however its title reads,
    "office opens, two days to go"; and so does one whose first sentence has it only to come at an
    hour that it names: "North cuts lines", "from noon on".
    """
    lead = [act for act in report.acts if not act.title]
    coming = {act.act for act in report.acts if not act.real} if report.days else set()
    if report.times and _SETTLING.isdisjoint(act.act for act in lead):
        coming |= {act.act for act in lead if not act.real} - {a.act for a in lead if a.real}
    if not coming:
        return report
    acts = [replace(act, real=act.real and act.act not in coming) for act in report.acts]
    return replace(report, acts=acts)


def _surely(report: Claims) -> Claims:
    """What a report tells without a doubt."""
    if not report.hedged:
        return report
    acts = [act for act in report.acts if act.act not in report.hedged]
    return replace(report, acts=acts, mentioned=report.mentioned - report.hedged)


def _to_come(fact: Fact, lead: Iterable[Fact]) -> bool:
    """The first sentence tells the deed only as one to come: titles leave the tense out.

    A silence is no deed and has no day; what is agreed, decided or notified holds from then on.
    """
    if fact.act in ANSWERS.values() or not _SETTLING.isdisjoint(other.act for other in lead):
        return False
    return {other.modality for other in lead if other.act == fact.act} == {Modality.PLANNED}


def _undone(fact: Fact, lead: Iterable[Fact]) -> bool:
    """The first sentence tells only the contrary: somebody picks up, and hears nothing."""
    if any(other.act == fact.act for other in lead):
        return False
    done = {other.act for other in lead if other.modality is Modality.DONE}
    return ANSWERS.get(fact.act or "") in done


def _at_another_hour(reading: Reading) -> bool:
    """The title tells of another hour of the day than the first sentence: of the evening, where
    that still stands as it was written in the morning.
    """
    titled, first = (clocks(s.text, reading.tongue) for s in reading.sentences[:2])
    return bool(titled and first) and not any(
        low <= end and start <= high for low, high in titled for start, end in first
    )


def _in_vain(fact: Fact, title: Sentence, reading: Reading, topic: Topic) -> bool:
    """The title goes on to tell the contrary, "lifts the receiver, but no answer", or tells of a
    try: "끊긴 전화 들어봐".
    """
    contrary, tried = ANSWERS.get(fact.act or ""), reading.tongue.pattern("{tried}")
    acts = [hit for hit, _ in acts_of(title, reading, topic)]
    if contrary and any(tried.match(title.text, h.end) for h in acts if h.id == fact.act):
        return True
    return any(
        reading.tongue.words("{but}").search(title.text, hit.end, behind.start) is not None
        for hit, behind in pairwise(acts)
        if contrary and (hit.id, behind.id) == (fact.act, contrary)
    )


def _urged(fact: Fact, lead: Iterable[Fact], topic: Topic) -> bool:
    """The first sentence only asks for it: "lines back, ministry says", which wants them back."""
    family = topic.family(fact.act)
    moods = {other.modality for other in lead if topic.family(other.act) == family}
    return moods == {Modality.PROPOSED}


def _of_a_demand(fact: Fact, title: Sentence, tongue: Tongue, topic: Topic) -> bool:
    """A message or a demand has no answer, and not a call: "message read out, no reply".

    Where the clause of the silence names the line, and no message, nobody picked up.
    """
    if fact.act not in ANSWERS.values():
        return False
    silence = next((h for h in title.hits if h.kind == "act" and h.id == fact.act), None)
    if silence is None:
        return False
    if tongue.words("{inquired}").search(title.text, 0, silence.start):
        return True
    start = max((m.end() for m in _BREAK.finditer(title.text, 0, silence.start)), default=0)
    clause = [hit for hit in title.hits if start <= hit.start < silence.end]
    things = {move.object for a in topic.card for move in a.moves if move.act == fact.act}
    named = any(hit.kind in ("subject", "short") and hit.id in things for hit in clause)
    asked = [h for h in title.hits if h.end <= silence.start and h.kind in ("act", "cue")]
    about = any(h.id in _ASKING if h.kind == "act" else h.id == "matter" for h in asked)
    return about or (not named and any(hit.kind == "thing" for hit in clause))


def _of_an_office(fact: Fact, title: Sentence, tongue: Tongue) -> bool:
    """Its clause names an office and nothing watched: "회담본부 부활…연락채널 맡아", where the
    line is but the task of what is brought back.
    """
    act = next((hit for hit in title.acts if hit.id == fact.act), None)
    if act is None:
        return False
    low, high = title.text.rfind("…", 0, act.start) + 1, title.text.find("…", act.start)
    high = len(title.text) if high < 0 else high
    named = any(h.kind in ("subject", "short") and low <= h.start < high for h in title.hits)
    return not named and tongue.pattern("{office}").search(title.text, low, high) is not None


def _restores(fact: Fact, topic: Topic) -> bool:
    return fact.act in ANSWERS or topic.family(fact.act) == "coming_back"


def _is_news(
    fact: Fact, known: Claims, topic: Topic, card: Mapping[str, str], moved: Mapping[str, str]
) -> bool:
    """No report tells it; or it is the first silence about what is watched in a story that moved
    no card: what had no answer before was a message or a demand, of which its reports speak.
    """
    if not _told(fact, known, topic):
        return True
    acts = {act.act for act in known.acts} | known.mentioned
    if fact.act not in ANSWERS.values() or _ASKING.isdisjoint(acts):
        return False
    return any(move.attribute not in moved for move in moves_of([fact], topic, card))


def _turns_back(
    fact: Fact, of_today: Claims, topic: Topic, card: Mapping[str, str], moved: Mapping[str, str]
) -> bool:
    """On another day it brings back what the card said before the story moved it: silent on
    Monday, answered in the evening, and silent on Tuesday.
    """
    back = any(moved.get(move.attribute) == move.now for move in moves_of([fact], topic, card))
    return back and not _told(fact, of_today, topic)


def _told(fact: Fact, known: Claims, topic: Topic) -> bool:
    """A report of the story tells the act as done, or speaks of it while none has it to come. That
    something was done once for all has to stand in a title.
    """
    final = is_final(fact, topic)
    done = {act.word for act in known.acts if act.real and (act.title or not final)}
    spoken = known.mentioned - {act.word for act in known.acts if not act.real}
    return fact.act in (done if final else done | spoken)
