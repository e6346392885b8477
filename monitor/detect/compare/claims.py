"""What the head of an article claims, as short typed strings that are kept with its story."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from monitor.detect.sense.background import is_background
from monitor.detect.sense.facts import acts_of, doers, sides_in
from monitor.detect.sense.hours import hours_of
from monitor.detect.sense.opposites import opposites_of
from monitor.detect.sense.places import places_in
from monitor.detect.sense.roles import agent_of
from monitor.detect.words.clocks import clocks
from monitor.detect.words.deeds import SILENCES
from monitor.detect.words.match import Hit
from monitor.detect.words.numbers import Quantity
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality

_MONTH = 30  # days that a month without a day is read as
_YEARS = range(1900, 2101)
_HEAD = 3  # sentences after the title
_UNREAL = frozenset({Modality.PLANNED, Modality.PROPOSED, Modality.THREATENED, Modality.ORDERED})
_NOT = SILENCES | {"reject": "accept"}  # each says the other's negation
_TALK = frozenset({"meet"})
_NAMED = {"s": "actor", "p": "place", "t": "thing"}


@dataclass(frozen=True, slots=True)
class Act:
    """An act as claimed: done or not (`positive`), real or still to come, and by whom if marked."""

    act: str
    positive: bool
    real: bool
    actor: str
    ends: tuple[str, ...]  # of the axes on which it stands
    title: bool  # claimed by the title

    @property
    def word(self) -> str:
        """The act as a word for it: silence for no answer."""
        return self.act if self.positive else _contrary_of(self.act) or self.act


@dataclass(slots=True)
class Claims:
    """The claims of one head, or of several together."""

    acts: list[Act] = field(default_factory=list)
    named: dict[str, set[str]] = field(default_factory=dict)

    def of(self, kind: str) -> set[str]:
        """The claims of a kind: n quantities, d days to come, D today, c times, s sides and
        persons, w who of a side, p places, t things, m months, u numbers of nothing, b acts only
        mentioned, e those that are no news; T, S, P and W are those of the title; l places of the
        gazetteer, L those of the title and the first sentence, k those of the title; E ends of axes
        told further down; v whose word an act done is; h as in `hours`; O, N, F, Q and = as in
        `opposites`.
        """
        return self.named.get(kind, set())


@dataclass(frozen=True, slots=True)
class Difference:
    """What an article claims otherwise than the reports before it: `guard` is the kind in a word.

    `was` and `now` are what the reports and the article give, as ids or values; "" where one of
    them says nothing.
    """

    guard: str
    was: str = ""
    now: str = ""


def claims_of(reading: Reading, topic: Topic) -> frozenset[str]:
    """The acts of the title and the first sentence; quantities, days, times and names of the head.

    Sentences that look back are left out.
    """
    found: set[str] = set()
    for sentence in reading.sentences[: _HEAD + 1]:
        if sentence.old or sentence.index >= _HEAD:
            continue
        if sentence.index <= 0:
            found |= _acts(sentence, reading, topic)
            found |= set(opposites_of(sentence, reading, topic))
            found |= {f"e|{event}" for event in sentence.ids("event")}
            found |= _voices(sentence, reading, topic)
        else:
            found |= {f"b|{act}" for act in sentence.ids("act")}
            found |= _later_ends(sentence, reading, topic)
        found |= set(hours_of(sentence, reading, topic))
        found |= _names(sentence, reading, topic)
        found |= _places(sentence, reading, topic)
    return frozenset(found)


def _voices(sentence: Sentence, reading: Reading, topic: Topic) -> set[str]:
    """Whose word it is, of those who speak for a side, that an act was done."""
    done = {
        fact.act
        for _, fact in acts_of(sentence, reading, topic)
        if fact.modality is Modality.DONE and fact.positive
    }
    return {f"v|{voice}|{act}" for voice in sentence.ids("actor") for act in done}


def _later_ends(sentence: Sentence, reading: Reading, topic: Topic) -> set[str]:
    """The ends of axes on which the acts stand that a later sentence tells."""
    told = (
        _plain(fact)
        for hit, fact in acts_of(sentence, reading, topic)
        if not is_background(sentence, hit, reading)
    )
    acts = (act if positive else _contrary_of(act) for act, positive in told)
    return {f"E|{end}" for act in acts for end in topic.axes.get(act, ())}


def _places(sentence: Sentence, reading: Reading, topic: Topic) -> set[str]:
    kinds = "l" if sentence.index > 0 else "lL" if sentence.index == 0 else "lLk"
    named = places_in(sentence, reading, topic.vocabulary.gazetteer)
    return {f"{kind}|{place}" for place in named for kind in kinds}


def _acts(sentence: Sentence, reading: Reading, topic: Topic) -> set[str]:
    """The acts of a sentence; where one was not done, a noun for it ("the talks") is no act."""
    found, undone = [], set()
    for hit, fact in acts_of(sentence, reading, topic):
        act, positive = _plain(fact)
        lasts = fact.act in _NOT and not is_background(sentence, hit, reading)  # still no answer
        if (fact.modality is Modality.UNKNOWN and not lasts) or (
            positive and _mere_noun(act, hit, sentence)
        ):
            found.append((act, True, f"b|{act}"))
            continue
        if not positive:
            undone.add(act)
        if act != fact.act:
            found.append((act, False, f"b|{fact.act}"))
        found.append((act, positive, _act(act, positive, fact, hit, sentence, reading, topic)))
    return {text for act, positive, text in found if not positive or act not in undone & _TALK}


def _mere_noun(act: str, hit: Hit, sentence: Sentence) -> bool:
    """A word for talks that does not say that they were held: "the talks", "회의 일정"."""
    if act != "meet":
        return False
    text, after = sentence.text[hit.start : hit.end], sentence.text[hit.end : hit.end + 14]
    if _TALKS.fullmatch(text):
        return _TOOK_PLACE.match(sentence.text, hit.end) is None
    held = (
        _HELD.search(after)
        or _HOLDS.search(sentence.text[max(0, hit.start - 12) : hit.start])
        or _HELD_IN_THE_END.match(sentence.text, hit.end)
    )
    return _CJK_TALKS.fullmatch(text) is not None and held is None


_TALKS = re.compile(r"meetings?|talks|summit|dialogue|consultations?|discussions?|negotiat\w*")
_TOOK_PLACE = re.compile(
    r"[^,;:.]{0,60}? (?:go(?:es)? ahead|went ahead|took place|takes? place|(?:was|were|is|are) held"
    r"|(?:is|are) (?:under way|back on)|got under way)(?!\w)"
)
_CJK_TALKS = re.compile(  # "접촉에서": where something else was done
    r"(?:[가-힣]+ )?(?:회의|회담|만남|협의|접촉|논의|면담)(?:에서|에)?"
    r"|会議|会談|協議|会合|面会|接触|会议|会谈|磋商|协商|會議|會談"
)
_HELD = re.compile(
    r"열었|열어|열고|열린|열렸|열리|가졌|가져|개최|진행|했|하고|하며|開か|開い|開き|行[いわっ]|し、|した|して|を持"
)
_HOLDS = re.compile(r"举行|召开|开了|进行|舉行|召開")
_HELD_IN_THE_END = re.compile(  # "会议在双方出席下照常召开"
    r"[^,。;没沒未不]{0,22}?(?:举行|召开|舉行|召開|开成|開成|如期|照常)"
)


def _plain(fact: Fact) -> tuple[str, bool]:
    """An act and whether it is claimed; silence is no answer, and what is denied was not done."""
    act = fact.act or ""
    positive = fact.positive and fact.modality is not Modality.DENIED
    return (_NOT[act], not positive) if act in _NOT else (act, positive)


def _act(
    act: str,
    positive: bool,
    fact: Fact,
    hit: Hit,
    sentence: Sentence,
    reading: Reading,
    topic: Topic,
) -> str:
    agent, marked = agent_of(sentence.text, sides_in(sentence, topic), hit, reading.lang)
    actor = agent if agent and marked else ""
    ends = topic.axes.get(act if positive else _contrary_of(act), ())
    real = int(fact.modality not in _UNREAL)
    return f"a|{act}|{int(positive)}|{real}|{actor}|{','.join(ends)}|{sentence.part[0]}"


def _contrary_of(act: str) -> str:
    return next((name for name, other in _NOT.items() if other == act), "")


def _names(sentence: Sentence, reading: Reading, topic: Topic) -> set[str]:
    found = {f"n|{number.key}" for number in sentence.numbers if number.unit}
    found |= {f"c|{low}~{high}" for low, high in clocks(sentence.text, reading.tongue)}
    people = [context for context in sentence.ids("context") if context in topic.people]
    found |= {f"w|{context}" for context in people}
    if sentence.part == "title":
        found |= {f"W|{context}" for context in people}
    found |= {f"d|{w.day.isoformat()}" for w in sentence.days if w.day > reading.today}
    found |= {f"D|{w.day.isoformat()}" for w in sentence.days if w.day == reading.today}
    found |= {f"m|{w.day.isoformat()}" for w in sentence.days if w.width == _MONTH}
    found |= {f"u|{n.low:g}" for n in sentence.numbers if not n.unit and n.low > 1 and not _year(n)}
    for kind, name in _NAMED.items():
        hits = [hit for hit in sentence.hits if hit.kind == name]
        if kind == "t":
            hits = [hit for hit in hits if not _is_why(sentence.text, hit)]
        found |= {f"{kind}|{hit.id}" for hit in hits}
        if sentence.part == "title":
            telling = doers(sentence, reading, topic) if kind == "s" else sentence.ids(name)
            found |= {f"{kind.upper()}|{named}" for named in telling}
    return found


def _is_why(text: str, thing: Hit) -> bool:
    """A thing that is named as the reason alone: "citing the balloons", "전단을 문제 삼아"."""
    if _FOR_ITS_SAKE.match(text, thing.end):
        return True
    return _CITING.search(text[max(0, thing.start - 34) : thing.start]) is not None


_FOR_ITS_SAKE = re.compile(
    r"[가-힣 ]{0,6}(?:[을를] (?:문제|빌미|이유|구실|핑계|명분)|에 (?:반발|항의|격분|분노))"
    r"|[^、。]{0,6}(?:を(?:理由|口実|問題視)|に(?:反発|抗議))|[^，。、]{0,6}(?:为由|為由)"
)
_CITING = re.compile(
    r"(?<!\w)(?:citing|blaming|because of|in protest (?:at|of|against)|anger(?:ed)? (?:at|by|over))"
    r" (?:[\w'-]+ ){0,3}$"
)


def _year(number: Quantity) -> bool:
    """A bare 1953 or 2018 says when, whatever the date rules missed around it."""
    return number.low == number.high and number.low in _YEARS


def parsed(claims: Iterable[str]) -> Claims:
    """Read what `claims_of` wrote; a form that an older version kept is left out.

    What comes back is shared and must not be changed.
    """
    return _parsed(tuple(claims))


@lru_cache(maxsize=1024)  # the reports of the stories of the day, compared again and again
def _parsed(claims: tuple[str, ...]) -> Claims:
    claimed = Claims()
    for claim in sorted(claims):
        kind, _, rest = claim.partition("|")
        parts = rest.split("|")
        if kind != "a":
            claimed.named.setdefault(kind, set()).add(rest)
        elif len(parts) == 6:
            act, positive, real, actor, ends, part = parts
            standing = tuple(ends.split(",")) if ends else ()
            claimed.acts.append(
                Act(act, positive == "1", real == "1", actor, standing, part == "t")
            )
    return claimed


def together(told: Iterable[Claims]) -> Claims:
    """All claims of several heads."""
    acts: list[Act] = []
    named: defaultdict[str, set[str]] = defaultdict(set)
    for claims in told:
        acts += claims.acts
        for kind, claimed in claims.named.items():
            named[kind] |= claimed
    return Claims(acts, named)


def shared_acts(mine: Claims, told: Claims) -> Iterator[tuple[Act, list[Act], list[Act]]]:
    """Each act with all that the article, and all that the reports, claim of it."""
    for act in mine.acts:
        same = [other for other in told.acts if other.act == act.act]
        if same:
            yield act, [other for other in mine.acts if other.act == act.act], same
