"""Different values for one fact from different origins: shown together until one gives way.

A story keeps in its memory, under "values", what each origin gave for each role. A role says what
a value is of, in parts between bars; "1" stands for done and "0" for to come:

    person|withdrawal|1|south     how many of a unit, by an act, of a side if one stands near
    day|opening|0                 the day of an act
    place|~meeting|1              the place of one, here of one that was not held

An origin's later value replaces its own. The words that say where something was are in the grammar
file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from monitor.detect.compare.claims import Guard
from monitor.detect.sense.facts import facts_of
from monitor.detect.told.origins import outlet_of
from monitor.detect.words.match import Hit
from monitor.detect.words.numbers import LENGTHS, Quantity
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic
from monitor.models import Article, Dispute, Fact, Modality, Stance, Story
from monitor.models.cutting import cut

_SENTENCES = 3  # the title and what follows it at once
_ROLES, _VALUES = 24, 6  # kept of a story
_APART = timedelta(hours=48)  # later values are news of a change, not another view
_WIDEST = 12.0  # times; further apart two figures hardly count the same thing
_NEAR = 40  # characters in which a side belongs to a figure
_COUNTS_ON = frozenset({"casualties", "harm", "arrest", "rescue", "quake", "storm"})
_LOOSE_UNITS = LENGTHS | {"ordinal", "percent"}
_SPAN = re.compile(r"(?<!\d)\d{1,2}(?![\d:.,])")
_LASTING = frozenset({"silence", "missing", "staying", "meeting"})  # they go on for days
_MONEY = frozenset({"won", "usd", "eur", "gbp", "yen", "yuan"})
_SPENT = frozenset({"mending", "founding", "win"})  # a sum beside them is what was paid, or claimed
_AT, _AT_BEHIND = r"(?<!\w){at}\s$", r"\s?{at_behind}"


@dataclass(frozen=True, slots=True)
class Value:
    """What an article gives for a role, as the interval that its words allow."""

    role: str
    low: float
    high: float
    shown: str


class _Given(NamedTuple):
    """A value as a story remembers it, with who gave it and when."""

    low: float
    high: float
    shown: str
    origin: str
    outlet: str
    seen: str

    def agrees(self, other: _Given) -> bool:
        """Both can be the same value."""
        return self.low <= other.high and other.low <= self.high


def values_in(reading: Reading, topic: Topic) -> list[Value]:
    """What the title and the sentences after it give as figures, days and places of an act.

    A role that one article fills twice, differently, is not understood and left out.
    """
    found: dict[str, Value] = {}
    unclear: set[str] = set()
    for sentence in reading.sentences[:_SENTENCES]:
        if sentence.old or not (sentence.subjects or sentence.index <= 0 or topic.everything):
            continue
        for value in _values(sentence, reading, topic):
            for other in found.values():
                if _may_be_one(value, other) and not _agree(value, other):
                    unclear |= {value.role, other.role}
            found.setdefault(value.role, value)
    return [value for role, value in found.items() if role not in unclear]


def _may_be_one(value: Value, other: Value) -> bool:
    """The same role, or one that names no side."""
    (what, _, side), (there, _, his) = value.role.rpartition("|"), other.role.rpartition("|")
    return what == there and (side == his or not side or not his)


def _values(sentence: Sentence, reading: Reading, topic: Topic) -> Iterator[Value]:
    facts = [fact for _, fact in facts_of(sentence, reading, topic)]
    numbers = [fact for fact in facts if fact.number is not None]
    for quantity, fact in zip(sentence.numbers, numbers, strict=True):
        if quantity.unit and quantity.unit not in _LOOSE_UNITS and fact.act:
            yield _figure(quantity, fact, sentence, reading, topic)
    told = [fact for fact in facts if fact.number is None and fact.act in topic.push]
    if len({topic.family(fact.act) for fact in told}) != 1:
        return
    family = _family(told[0], topic)
    day = _only_day(sentence)
    lasting = topic.family(told[0].act) in _LASTING
    if day is not None and not lasting and _is_of(day, told[0], reading):
        yield Value(f"day|{family}", day.toordinal(), day.toordinal(), day.isoformat())
    places = {
        h.id: h
        for h in sentence.hits
        if h.kind == "place" and _is_where(h, sentence, reading.tongue)
    }
    if len(places) == 1:
        name, hit = places.popitem()
        yield Value(f"place|{family}", _code(name), _code(name), _words(hit, sentence, reading))


def _only_day(sentence: Sentence) -> date | None:
    """The day a sentence names, None for none, for several and for a span such as 18 to 20."""
    days = {when.day: when for when in sentence.days}
    if len(days) != 1:
        return None
    day, when = days.popitem()
    near = sentence.text[max(0, when.start - 8) : when.start], sentence.text[when.end :][:8]
    return None if when.width > 1 or any(map(_SPAN.search, near)) else day


def _is_of(day: date, fact: Fact, reading: Reading) -> bool:
    """It can be the day of the act, and not of its being announced or decided."""
    if fact.modality is Modality.UNKNOWN:
        return False
    return (day <= reading.today) == (fact.modality is Modality.DONE)


def _family(fact: Fact, topic: Topic) -> str:
    """The act as a role: planned and done, and what did not happen, are others."""
    family = topic.family(fact.act)
    return f"{'' if fact.positive else '~'}{family}|{int(fact.modality is Modality.DONE)}"


def _figure(
    quantity: Quantity, fact: Fact, sentence: Sentence, reading: Reading, topic: Topic
) -> Value:
    side = min(
        (hit for hit in sentence.hits if hit.kind == "actor" and _beside(hit, quantity)),
        key=lambda hit: abs(hit.start - quantity.start),
        default=None,
    )
    family = _family(fact, topic)
    if quantity.unit in _MONEY and family.partition("|")[0] in _SPENT:
        family = f"paying|{family.partition('|')[2]}"
    role = f"{quantity.unit}|{family}|{'' if quantity.unit in _MONEY or not side else side.id}"
    low, high = _span(quantity)
    return Value(role, low, high, _words(quantity, sentence, reading))


def _beside(hit: Hit, quantity: Quantity) -> bool:
    return quantity.start - _NEAR <= hit.start <= quantity.end + _NEAR


def _span(quantity: Quantity) -> tuple[float, float]:
    """The interval of a figure: round ones are as rough as their last digit that is not 0."""
    low, high = quantity.low, quantity.high
    if quantity.unit in _MONEY:
        high += (high - low) / 2  # 17.78 billion is also called 17 billion
    if low == high and low >= 20 and low % 10 == 0:
        step = 10.0 ** (len(str(int(low))) - len(str(int(low)).rstrip("0")))
        low, high = low - step / 2 + 0.001, high + step / 2 - 0.001
    return low, high


def _is_where(place: Hit, sentence: Sentence, tongue: Tongue) -> bool:
    """It says where something was, and is neither a side nor the end of a name."""
    if any(
        h.kind == "actor" and h.start < place.end and place.start < h.end for h in sentence.hits
    ):
        return False
    at, at_behind = tongue.pattern(_AT), tongue.pattern(_AT_BEHIND)
    before = sentence.text[max(0, place.start - 8) : place.start]
    return bool(at.search(before) or at_behind.match(sentence.text, place.end))


def _code(name: str) -> float:
    return float(int.from_bytes(fold(name).encode()[:6], "big"))


def _words(found: Hit | Quantity, sentence: Sentence, reading: Reading) -> str:
    part = reading.parts[sentence.part]
    said = part[sentence.start + found.start : sentence.start + found.end]
    return cut(" ".join(said.split()), 60)


def _agree(value: Value, other: Value) -> bool:
    return value.low <= other.high and other.low <= value.high


def with_values(
    article: Article, values: Iterable[Value], origin: str, story: Story | None
) -> dict[str, list[list[Any]]]:
    """What each origin gives for each role after one more article, as plain JSON.

    A copy does not bring an origin's corrected value back: only who gave a value replaces it.
    """
    roles = {role: list(given) for role, given in _memory(story).items()}
    outlet, seen = outlet_of(article), article.seen.isoformat()
    for value in values:
        mine = [*_Given(value.low, value.high, value.shown, origin, outlet, seen)]
        given = roles.pop(value.role, [])
        place = next((i for i, old in enumerate(given) if _Given(*old).origin == origin), None)
        if place is None:
            given.append(mine)
        elif _Given(*given[place]).outlet == outlet:
            given[place] = mine
        roles[value.role] = given[-_VALUES:]
    return dict(list(roles.items())[-_ROLES:])


def _disputes(given: Mapping[str, list[list[Any]]], topic: Topic) -> tuple[Dispute, ...]:
    """The roles for which origins stand by different values."""
    found = []
    for role, values in given.items():
        groups = _groups(role, [_Given(*value) for value in values]) if len(values) > 1 else []
        if len(groups) > 1:
            stances = [Stance(g[0].shown, tuple(value.origin for value in g)) for g in groups]
            found.append(Dispute(role, _about(role, topic), tuple(stances)))
    return tuple(found)


def _memory(story: Story | None) -> Mapping[str, list[list[Any]]]:
    return story.memory.get("values", {}) if story is not None else {}


def _groups(role: str, values: list[_Given]) -> list[list[_Given]]:
    """The values that agree with one another, apart from those that do not; together, where they
    are no rivals.
    """
    last = max(datetime.fromisoformat(value.seen) for value in values)
    groups: list[list[_Given]] = []
    for value in values:
        if last - datetime.fromisoformat(value.seen) > _APART:
            continue
        home = next((group for group in groups if all(map(value.agrees, group))), None)
        if home is not None:
            home.append(value)
        elif any(map(value.agrees, chain(*groups))):
            continue  # a rough figure between two exact ones takes no side
        else:
            groups.append([value])
    return groups if _rivals(role, groups) else groups[:1]


def _rivals(role: str, groups: list[list[_Given]]) -> bool:
    """Different values of one thing: not those of a count that goes on rising, nor figures so far
    apart that they count different things.
    """
    kind, _, act = role.partition("|")
    if kind in ("day", "place"):
        return True
    middles = [(group[0].low + group[0].high) / 2 for group in groups]
    if act.partition("|")[0].strip("~") in _COUNTS_ON and middles == sorted(middles):
        return False
    return bool(max(middles) <= _WIDEST * max(min(middles), 1e-9))


def _about(role: str, topic: Topic) -> str:
    kind, act, *_ = role.split("|")
    return f"{topic.label(act.strip('~'))}: {kind}"


def fresh_disputes(before: Story | None, after: Story, topic: Topic) -> tuple[Dispute, ...]:
    """The disputes that the last article opened or took a new side in."""
    had = _memory(before)
    given = {role: values for role, values in _memory(after).items() if values != had.get(role)}
    was = {role: had[role] for role in given if role in had}
    known = {d.role: {s.value for s in d.stances} for d in _disputes(was, topic)}
    return tuple(
        dispute
        for dispute in _disputes(given, topic)
        if {stance.value for stance in dispute.stances} != known.get(dispute.role)
        and len(dispute.stances) > len(known.get(dispute.role, ()))
    )


def guard_of(dispute: Dispute) -> Guard:
    """The guard that speaks of such values."""
    kind = dispute.role.partition("|")[0]
    return {"day": Guard.DATE, "place": Guard.PLACE}.get(kind, Guard.FIGURE)


def sentence_of(dispute: Dispute) -> str:
    """A dispute for people: “5 people” (Yonhap) or “7 officials” (AFP)."""
    sides = (f"“{stance.value}” ({', '.join(stance.origins)})" for stance in dispute.stances)
    return f"{dispute.about}: {' or '.join(sides)}"
