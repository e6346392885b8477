"""What the head of an article claims: its acts, and the quantities, days and names beside them.

The words are in the grammar file of each language (`lexicon/grammar`), here is where they stand.
"""

from __future__ import annotations

from monitor.detect.compare.claims import Act, Claims, stored
from monitor.detect.sense.background import is_background
from monitor.detect.sense.facts import acts_of, agent_in, doers, facts_of
from monitor.detect.sense.hours import hours_of
from monitor.detect.sense.opposites import ends_of, said_in
from monitor.detect.sense.places import places_in
from monitor.detect.words.clocks import clocks
from monitor.detect.words.deeds import CONTRARIES, contrary_of
from monitor.detect.words.match import Hit
from monitor.detect.words.numbers import Quantity
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality

_MONTH = 30  # days that a month without a day is read as
_YEARS = range(1900, 2101)
_HEAD = 3  # sentences after the title
_UNREAL = frozenset({Modality.PLANNED, Modality.PROPOSED, Modality.THREATENED, Modality.ORDERED})
_TALK = "meet"
_BEFORE_TALKS, _BEHIND_TALKS = 12, 14  # characters in which it says that they were held
_WHY_BEFORE = r"(?<!\w){for_its_sake_before} (?:[\w'-]+ ){0,3}$"
_WHY_REACH = 34  # characters before a thing in which it may stand


def claims_of(reading: Reading, topic: Topic) -> frozenset[str]:
    """The claims of an article as strings that `claims.parsed` reads."""
    found = Claims()
    for sentence in reading.sentences[: _HEAD + 1]:
        if sentence.old or sentence.index >= _HEAD:
            continue
        if sentence.index <= 0:
            _add_lead(found, sentence, reading, topic)
        else:
            found.mentioned.update(sentence.ids("act"))
            found.later_ends |= _later_ends(sentence, reading, topic)
        found.hours.update(hours_of(sentence, reading, topic))
        _add_figures(found, sentence)
        _add_days(found, sentence, reading)
        _add_names(found, sentence, reading, topic)
        _add_spots(found, sentence, reading, topic)
    found.hedged |= hedged_in(reading, topic)
    return stored(found)


def hedged_in(reading: Reading, topic: Topic) -> set[str]:
    """The acts that are told as done, but only as likely: by the first sentence, where that tells
    them, else by the title, which mostly leaves such words out.
    """
    found: set[str] = set()
    for sentence in (reading.title, *reading.body[:1]):
        if sentence is None:
            continue
        facts = [fact for _, fact in facts_of(sentence, reading, topic) if fact.number is None]
        done = {f.act for f in facts if f.modality is Modality.DONE and f.act}
        sure = {f.act for f in facts if f.modality is Modality.DONE and not f.hedged}
        found = (found - done) | {act for act in done if act not in sure}
    return found


def _add_lead(found: Claims, sentence: Sentence, reading: Reading, topic: Topic) -> None:
    """What is read of the title and the first sentence alone."""
    _add_acts(found, sentence, reading, topic)
    ends, acts = ends_of(sentence, reading, topic)
    found.ends |= ends
    found.act_ends |= acts
    said = said_in(sentence, reading)
    found.said.add(said)
    if said.denies:
        found.denials.add(said.part)
    found.lead_days |= {w.day.isoformat() for w in sentence.days if w.day > reading.today}
    found.events.update(sentence.ids("event"))
    found.voices |= _voices(sentence, reading, topic)


def _voices(sentence: Sentence, reading: Reading, topic: Topic) -> set[str]:
    """Whose word it is, of those who speak for a side, that an act was done."""
    done = {
        fact.act
        for _, fact in acts_of(sentence, reading, topic)
        if fact.modality is Modality.DONE and fact.positive
    }
    return {f"{voice}|{act}" for voice in sentence.ids("actor") for act in done}


def _later_ends(sentence: Sentence, reading: Reading, topic: Topic) -> set[str]:
    """The ends of axes on which the acts stand that a later sentence tells."""
    told = (
        _plain(fact)
        for hit, fact in acts_of(sentence, reading, topic)
        if not is_background(sentence, hit, reading)
    )
    acts = (act if positive else contrary_of(act) for act, positive in told)
    return {end for act in acts for end in topic.axes.get(act, ())}


def _add_spots(found: Claims, sentence: Sentence, reading: Reading, topic: Topic) -> None:
    spots = places_in(sentence, reading, topic.vocabulary.gazetteer)
    found.spots.update(spots)
    if sentence.index <= 0:
        found.lead_spots.update(spots)
    if sentence.part == "title":
        found.title_spots.update(spots)


def _add_acts(found: Claims, sentence: Sentence, reading: Reading, topic: Topic) -> None:
    """The acts of a sentence, told or only mentioned."""
    told: list[Act] = []
    mentioned: set[str] = set()
    for hit, fact in acts_of(sentence, reading, topic):
        act, positive = _plain(fact)
        # That somebody still gives no answer is told, though it goes on.
        lasts = fact.act in CONTRARIES and not is_background(sentence, hit, reading)
        unsaid = fact.modality is Modality.UNKNOWN and not lasts
        if unsaid or (positive and _mere_noun(act, hit, sentence, reading.tongue)):
            mentioned.add(act)
            continue
        if fact.act and act != fact.act:
            found.mentioned.add(fact.act)
        told.append(_told(fact, hit, sentence, reading, topic))
    if any(act.act == _TALK and not act.positive for act in told):
        # What was not held is no act beside that: "no meeting: talks off".
        told = [act for act in told if act.act != _TALK or not act.positive]
        mentioned.discard(_TALK)
    found.acts += told
    found.mentioned |= mentioned


def _mere_noun(act: str, hit: Hit, sentence: Sentence, tongue: Tongue) -> bool:
    """A word for talks that does not say that they were held: "the talks", "회의 일정"."""
    if act != _TALK:
        return False
    noun = tongue.pattern("{talks}").fullmatch(sentence.text, hit.start, hit.end)
    return noun is not None and not _were_held(hit, sentence.text, tongue)


def _were_held(talks: Hit, text: str, tongue: Tongue) -> bool:
    """What stands around a noun for talks says that they were held."""
    before = text[max(0, talks.start - _BEFORE_TALKS) : talks.start]
    behind = text[talks.end : talks.end + _BEHIND_TALKS]
    return bool(
        tongue.pattern("{held_behind}").search(behind)
        or tongue.pattern("{held_before}").search(before)
        or tongue.pattern("{took_place}").match(text, talks.end)
    )


def _plain(fact: Fact) -> tuple[str, bool]:
    """An act and whether it is claimed; silence is no answer, and what is denied was not done."""
    act = fact.act or ""
    positive = fact.positive and fact.modality is not Modality.DENIED
    return (CONTRARIES[act], not positive) if act in CONTRARIES else (act, positive)


def _told(fact: Fact, hit: Hit, sentence: Sentence, reading: Reading, topic: Topic) -> Act:
    act, positive = _plain(fact)
    agent, marked = agent_in(sentence, hit, reading, topic)
    actor = agent if agent and marked else ""
    ends = topic.axes.get(act if positive else contrary_of(act), ())
    return Act(act, positive, fact.modality not in _UNREAL, actor, ends, sentence.part[0])


def _add_figures(found: Claims, sentence: Sentence) -> None:
    for number in sentence.numbers:
        if number.unit:
            found.quantities.add(number.key)
        elif number.low > 1 and not _is_year(number):
            found.bare_figures.add(f"{number.low:g}")


def _is_year(number: Quantity) -> bool:
    """A bare 1953 or 2018 says when, whatever the date rules missed around it."""
    return number.low == number.high and number.low in _YEARS


def _add_days(found: Claims, sentence: Sentence, reading: Reading) -> None:
    found.times |= {f"{low}~{high}" for low, high in clocks(sentence.text, reading.tongue)}
    for when in sentence.days:
        day = when.day.isoformat()
        if when.day > reading.today:
            found.days.add(day)
        elif when.day == reading.today:
            found.today.add(day)
        if when.width == _MONTH:
            found.months.add(day)


def _add_names(found: Claims, sentence: Sentence, reading: Reading, topic: Topic) -> None:
    people = [name for name in sentence.ids("context") if name in topic.people]
    found.people.update(people)
    found.actors.update(sentence.ids("actor"))
    found.places.update(sentence.ids("place"))
    things = [hit for hit in sentence.hits if hit.kind == "thing"]
    found.things |= {hit.id for hit in things if not _is_why(sentence.text, hit, reading.tongue)}
    if sentence.part == "title":
        found.title_people.update(people)
        found.title_actors.update(doers(sentence, reading, topic))
        found.title_things.update(sentence.ids("thing"))


def _is_why(text: str, thing: Hit, tongue: Tongue) -> bool:
    """A thing that is named as the reason alone: "citing the balloons", "전단을 문제 삼아"."""
    if tongue.pattern("{for_its_sake}").match(text, thing.end):
        return True
    before = text[max(0, thing.start - _WHY_REACH) : thing.start]
    return tongue.pattern(_WHY_BEFORE).search(before) is not None
