"""Turns, the deeds of a title that move the state card, and titles that only look back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from monitor.detect.sense.facts import facts_of
from monitor.detect.story.card import settled
from monitor.detect.words.deeds import UNMOVED
from monitor.detect.words.numbers import LENGTHS
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality

_NO_AGE = re.compile(  # "10년 만": done at last; "三年内": to come
    r"여?\s?만(?!이)|ぶり|之后首|后首次|[以之]?[内內]|\s?(?:이내|안에|내(?=[\s에]))|を?(?:めど|目標)|까지"
)
_WITHIN = re.compile(  # "the first in two years", "within three years"
    r"(?<!\w)(?:in|within|inside|dans|en|d'ici(?: a)?|innerhalb von|binnen|dentro de|через"
    r"|خلال|في غضون)"
    r"(?: the| next| les| los)*\s$"
)
_AGO = re.compile(  # "Sixty years ago: the day ...", "60년 전 오늘"
    r"\W*(?:(?:[\w-]+ ){1,3}years? ago|vor [\w-]+ jahren|il y a [\w-]+ ans|hace [\w-]+ anos"
    r"|[\w-]+ (?:лет|года?) назад|قبل \S+ (?:عاما?|سنوات|سنة)|\S{1,4}\s?년 ?전|\S{1,4}\s?年前)"
    r"(?:\s?[:,،、，：]|,? (?:today|this|heute|aujourd'hui|hoy|сегодня|اليوم)"
    r"|\s?오늘|の?(?:きょう|今日|今天))"
)
_HEAD, _SOON = 2, 14  # sentences; days, tomorrow may be today elsewhere
_TALK = frozenset({"meet", "agree"})


def turns_of(reading: Reading, topic: Topic) -> frozenset[str]:
    """The deeds of the title that move the state card, each as "family:side": the family of the act
    and who did it, "" if that is not said.

    Such a deed is one of a kind within days, so two reports of it are one story in any language.
    """
    if reading.title is None:
        return frozenset()
    return frozenset(
        f"{topic.family(fact.act)}:{fact.actor or ''}"
        for _, fact in facts_of(reading.title, reading, topic)
        if fact.act in topic.turning and fact.positive and fact.modality is Modality.DONE
    )


def same_turn(mine: Iterable[str], other: Iterable[str]) -> bool:
    """They have a deed in common. A side that is not named may be any."""
    there = [turn.partition(":") for turn in other]
    return any(
        act == theirs and (side == his or not side or not his)
        for act, _, side in (turn.partition(":") for turn in mine)
        for theirs, _, his in there
    )


def counts_years(title: Sentence) -> bool:
    """A number of years stands in the title, or a word for an anniversary."""
    years = any(
        number.unit == "year"
        and not _NO_AGE.match(title.text, number.end)
        and not _WITHIN.search(title.text, 0, number.start)
        for number in title.numbers
    )
    return years or "years_on" in title.ids("cue")


def _is_ahead(reading: Reading) -> bool:
    days = (when.day for sentence in reading.sentences[:_HEAD] for when in sentence.days)
    return any(1 < (day - reading.today).days <= _SOON for day in days)


def looks_back(reading: Reading, topic: Topic, card: Mapping[str, str]) -> bool:
    """The title looks back: it counts the years since something, and tells of no deed of its own.

    What goes on, talks that are not held and what the state card says already are no such deeds. A
    title that begins with "ten years ago:" looks back whatever it tells. An anniversary that is
    still ahead, so that the head names a day of the next two weeks, is no look back.
    """
    title = reading.title
    if title is not None and _AGO.match(title.text):
        return True
    if title is None or not counts_years(title) or _is_ahead(reading):
        return False
    later = "years_on" in title.ids("cue")
    told = [fact for _, fact in facts_of(title, reading, topic) if fact.act in topic.push]
    facts = [fact for fact in told if fact.number is None or fact.unit not in LENGTHS]
    past = later and bool(reading.body) and reading.body[0].old
    return (later or bool(facts)) and all(
        past
        or fact.modality is Modality.UNKNOWN
        or fact.act in UNMOVED
        or (fact.act in _TALK and not fact.positive)
        or (settled(fact, topic, card) and not _is_of_today(fact, reading, topic))
        for fact in facts
    )


def _is_of_today(told: Fact, reading: Reading, topic: Topic) -> bool:
    """The first sentence tells the deed too, and the first day that it names is of these days."""
    lead = reading.body[0] if reading.body else None
    if lead is None or not lead.days or abs((lead.days[0].day - reading.today).days) > 1:
        return False
    facts = (fact for _, fact in facts_of(lead, reading, topic))
    return any(
        (fact.act, fact.modality, fact.positive) == (told.act, Modality.DONE, True)
        for fact in facts
    )
