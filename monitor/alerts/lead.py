"""The first line of an alert: what is new, in one sentence of the facts and the headline. Pure.

The headline stays as published. What stands before or behind it is in the reader's language, so a
headline that he cannot read still tells him what happened.
"""

from __future__ import annotations

import re

from monitor.alerts.language import ENGLISH, Words
from monitor.models import Alert, DiffPart, Dispute, Fact, Kind, Modality
from monitor.models.cutting import cut

EDITS = frozenset({Kind.CORRECTION, Kind.RETRACTION, Kind.FACTUAL_EDIT, Kind.COSMETIC_EDIT})
_MOVES = 2  # of the state card, named in the first line
_FACT = 120  # characters of a fact in the first line
_RUN = 50  # characters of what an edit exchanged
_WORD = re.compile(r"\w+")
_EDGES = " ,;:.。、，"  # what a run of words may carry at its ends; quoted, it looks like a mistake


def lead(alert: Alert, words: Words) -> str:
    """What is new, in one sentence; of the service's own messages their headline."""
    said = _said(alert, words)
    if not alert.contested:
        return said
    values = _values(alert.contested[0], words)
    return words.say("lead_contested", lead=said, values=values)


def _said(alert: Alert, words: Words) -> str:
    headline = alert.headline
    if alert.confirmed_by:
        return words.say("lead_confirmed", origin=alert.confirmed_by, headline=headline)
    if alert.moves:
        moves = ", ".join(
            words.say("moved", label=words.text(move.label), now=words.text(move.now))
            for move in alert.moves[:_MOVES]
        )
        return words.say("lead_moved", moves=moves, headline=headline)
    if alert.kind in EDITS:
        return _edited(alert, words)
    if _is_foreign(alert, words):
        gist = next((gist_of(fact, words) for fact in alert.facts if fact.act), "")
        return words.say("lead_foreign", gist=gist, headline=headline) if gist else headline
    fact = _unsaid(alert) if not alert.contested else ""  # the values are what is new
    return words.say("lead_new", headline=headline, fact=fact) if fact else headline


def _edited(alert: Alert, words: Words) -> str:
    own = alert.citations[0].outlet if alert.citations else words.say("unknown_outlet")
    said = {"outlet": own, "headline": alert.headline}
    if alert.kind == Kind.RETRACTION:
        return words.say("lead_retracted", **said)
    was, now = _run(alert.diff, "removed"), _run(alert.diff, "added")
    if was and now:
        key = "lead_corrected" if alert.kind == Kind.CORRECTION else "lead_changed"
        return words.say(key, was=was, now=now, **said)
    if was or now:
        return words.say("lead_dropped" if was else "lead_added", was=was, now=now, **said)
    return f"{words.kind(alert.kind)}: {alert.headline}"


def _run(diff: tuple[DiffPart, ...], op: str) -> str:
    return next((cut(part.text.strip(_EDGES), _RUN) for part in diff if part.op == op), "")


def _is_foreign(alert: Alert, words: Words) -> bool:
    lang = alert.citations[0].lang if alert.citations else None
    return lang is not None and lang.partition("-")[0] != words.code


def _unsaid(alert: Alert) -> str:
    """The first new fact, in the article's words, that does not say the headline once more."""
    for fact in alert.facts:
        text = " ".join(fact.text.split()).rstrip(".。")
        if text and not (_is_in(text, alert.headline) or _is_in(alert.headline, text)):
            return cut(text, _FACT)
    return ""


def _is_in(text: str, headline: str) -> bool:
    """Whether most of the words of `text` stand in the headline."""
    words, known = _WORD.findall(text.casefold()), set(_WORD.findall(headline.casefold()))
    return sum(word in known for word in words) * 4 >= len(words) * 3


def _values(dispute: Dispute, words: Words) -> str:
    either = f" {words.say('or')} "
    return either.join(stance_of(stance.value, stance.origins) for stance in dispute.stances)


def stance_of(value: str, origins: tuple[str, ...]) -> str:
    """One of several values, with who gives it: “15 people” (Harbour Wire)."""
    return f"“{value}” ({', '.join(origins)})" if origins else f"“{value}”"


def gist_of(fact: Fact, words: Words) -> str:
    """A fact in the reader's language, out of its ids: "the North: withdraws (office, Kaesong)"."""
    deed = words.act(fact.act)
    if deed and not fact.positive:
        deed = words.say("denied", deed=deed)
    details = ", ".join(filter(None, _details(fact, words)))
    if not deed:
        deed, details = details, ""
    if details:
        deed = words.say("details", deed=deed, details=details)
    if fact.actor:
        who = words.thing(fact.actor)
        return words.say("gist", actor=who[:1].upper() + who[1:], deed=deed) if deed else who
    return deed[:1].upper() + deed[1:]


def _details(fact: Fact, words: Words) -> list[str]:
    mood = "" if fact.modality is Modality.DONE else fact.modality.value
    hedge = words.modality("likely" if fact.hedged else mood)
    said_by = words.say("says_so", who=words.thing(fact.said_by)) if fact.said_by else ""
    place, thing = words.thing(fact.place), words.thing(fact.object)
    return [thing, _amount(fact, words), place, words.day(fact.date), hedge, said_by]


def _amount(fact: Fact, words: Words) -> str:
    if fact.number is None:
        return ""
    return f"{fact.number:,.15g} {words.thing(fact.unit)}".strip()


def fact_sentence(fact: Fact) -> str:
    """The fact in the article's own words or, where it has none, in those of its ids."""
    return fact.text or gist_of(fact, ENGLISH)
