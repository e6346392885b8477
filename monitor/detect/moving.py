"""What a title tells that moves the state card."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from monitor.detect.card import is_final, leads_on, moves_of
from monitor.detect.claims import Claims, parsed, together
from monitor.detect.deeds import ANSWERS
from monitor.detect.facts import acts_of, facts_of
from monitor.detect.reading import Reading, Sentence
from monitor.detect.routine import as_usual
from monitor.detect.topic import Topic
from monitor.models import Fact, Modality, Move

_SETTLING = frozenset({"agree", "decide", "notify"})
_BUT = re.compile(
    r"(?<!\w)(?:but|only to|yet|mais|aber|pero|но)(?!\w)"
    r"|지만|으나|했는데|(?<!\w)لكن|(?:た|る)が|ものの|但|却"
)
_UNDOING = frozenset({"putting_off", "calling_off", "refusing"})


def moves_told(
    reading: Reading, topic: Topic, card: Mapping[str, str], reports: Collection[Iterable[str]]
) -> tuple[Move, ...]:
    """The card is moved by what the title says was done; the first sentence may name the object.

    `reports` are the claims of the reports of its story, none for a new story. An act that is put
    off, called off or denied in the same title was not done, nor was one that is to come by the
    first sentence; what is done as usual changes nothing, and an act that a report told as done
    moved the card then. Only what ends a silence or brings something back counts whatever was
    told: it is urged and expected in report after report before it is done, and the card says
    whether it is still owed.
    """
    title = reading.title
    if title is None:
        return ()
    done = [fact for fact in _acts(title, reading, topic) if _may_move(fact, topic)]
    if any(_undoes(act, topic) for act in title.ids("act")):
        done = [fact for fact in done if _undoes(fact.act, topic)]  # a pack's own turn, "revoked"
    if not done:
        return ()
    known = together(_as_planned(parsed(report)) for report in reports)
    lead = [fact for s in reading.body[:1] for fact in _acts(s, reading, topic)]
    usual = as_usual(reading)
    told = [
        fact
        for fact in done
        if not (_undone(fact, lead) or _in_vain(fact, title, reading, topic))
        and (
            _restores(fact, topic)
            or not (fact.act in usual or _told(fact, known, topic) or _to_come(fact, lead))
        )
    ]
    objects = {fact.act: fact.object for fact in lead}
    told += [replace(f, object=objects[f.act]) for f in told if objects.get(f.act)]
    moves = moves_of(told, topic, card)
    return tuple(m for m in moves if not leads_on(m, _acts(title, reading, topic), topic))


def _undoes(act: str | None, topic: Topic) -> bool:
    return topic.family(act) in _UNDOING


def _may_move(fact: Fact, topic: Topic) -> bool:
    return fact.act in topic.turning and fact.modality is Modality.DONE and fact.positive


def _acts(sentence: Sentence, reading: Reading, topic: Topic) -> list[Fact]:
    return [fact for _, fact in facts_of(sentence, reading, topic) if fact.number is None]


def _as_planned(report: Claims) -> Claims:
    """A head that gives the day to come of an act tells of a plan, however its title reads:
    "office opens, two days to go".
    """
    coming = {act.act for act in report.acts if not act.real} if report.of("d") else ()
    if not coming:
        return report
    acts = [replace(act, real=act.real and act.act not in coming) for act in report.acts]
    return Claims(acts, report.named)


def _to_come(fact: Fact, lead: Iterable[Fact]) -> bool:
    """The first sentence tells the deed only as one to come: titles leave the tense out.

    A silence is no deed and has no day; what is agreed, decided or notified holds from then on.
    """
    if fact.act in ANSWERS.values() or not _SETTLING.isdisjoint(other.act for other in lead):
        return False
    return {other.modality for other in lead if other.act == fact.act} == {Modality.PLANNED}


def _undone(fact: Fact, lead: Iterable[Fact]) -> bool:
    """The first sentence tells only the contrary: somebody picks up, and hears nothing."""
    acts = {other.act for other in lead}
    return fact.act not in acts and ANSWERS.get(fact.act or "") in acts


def _in_vain(fact: Fact, title: Sentence, reading: Reading, topic: Topic) -> bool:
    """The title goes on to tell the contrary: "lifts the receiver, but no answer"."""
    contrary = ANSWERS.get(fact.act or "")
    acts = [hit for hit, _ in acts_of(title, reading, topic)]
    return any(
        _BUT.search(title.text, hit.end, behind.start) is not None
        for hit, behind in pairwise(acts)
        if contrary and (hit.id, behind.id) == (fact.act, contrary)
    )


def _restores(fact: Fact, topic: Topic) -> bool:
    return fact.act in ANSWERS or topic.family(fact.act) == "coming_back"


def _told(fact: Fact, known: Claims, topic: Topic) -> bool:
    """The head of a report of the story tells the act as done, or speaks of it where none has it
    to come; of what is done once for all, only a title tells.
    """
    final = is_final(fact, topic)
    done = {act.word for act in known.acts if act.real and (act.title or not final)}
    spoken = known.of("b") - {act.word for act in known.acts if not act.real}
    return fact.act in (done if final else done | spoken)
