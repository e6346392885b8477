"""What an article says that nobody said before, and whether that deserves a push or a digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.detect.about.mentions import is_beside
from monitor.detect.logistic import probability
from monitor.detect.news.routine import deeds_besides, going_on
from monitor.detect.sense.asking import asks, explains
from monitor.detect.sense.facts import days_ahead, facts_of, family_key, keys_of
from monitor.detect.story.match_story import Match
from monitor.detect.story.stories import TopicState
from monitor.detect.weights import PUSH, TELL
from monitor.detect.words.numbers import LENGTHS
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Modality

_LEAD = 3
_TEXT = 2  # sentences behind the title from which a report is more than a flash
_PUSH, _TELL = 0.5, 0.22  # where noise and misses are least on the streams and the pairs
_IN_TITLE, _IN_LEAD, _LATER = 1.0, 0.7, 0.35
_RECENT = {
    "a": 6.0,
    "b": 6.0,
    "c": 6.0,
    "e": 6.0,
    "f": 6.0,
    "t": 10.0,
    "p": 30.0,
}  # days until it may be news again
_NON_EVENTS = frozenset(
    {"absent", "silent", "stay", "stop", "missing", "silence", "staying"}
)  # going on, they are no news
_MEETING = frozenset({"meeting"})  # what mostly does not happen
_NON_EVENT_DAYS = 25.0
_SOURCES = frozenset({"said", "shown"})  # somebody's word; data, pictures, "it emerged"
_SURE = 0.6  # an article less surely about the topic interrupts nobody
_TURNS = frozenset({"contrary", "negation", "done"})  # guards that say that it did not go on
_QUIET = ("unchanged", "asks", "brief", "beside")  # evidence with which nothing is pushed
_STRONG = 0.8  # unless it joins a story and has that much evidence
_ALONE = 0.1  # chance of belonging to the nearest story below which it is near to none
_BEFORE = {"ordinal": "number", "magnitude": "magnitude"}
_AS_THEY_ARE = frozenset({"won", "yen", "yuan", "percent", "km", "times"})  # one or many
_CALLED = {"usd": "dollar", "copy": "leaflet"}
_RUNNING = LENGTHS | {"ordinal", "times"}


@dataclass(frozen=True, slots=True)
class Novelty:
    """What an article says, and what of it is new. `words` are the new statements for people."""

    keys: tuple[str, ...]
    new: tuple[str, ...]
    words: tuple[str, ...]
    evidence: Mapping[str, float]
    push: float
    tell: float

    @property
    def old(self) -> bool:
        """It looks back, comments or sums up."""
        return any(self.evidence[cue] for cue in ("old", "analysis", "brief"))

    @property
    def pushes(self) -> bool:
        """Worth a push; not if nothing happened, as before, if it only sums up what others
        reported, or if it is hardly about the topic or its news is of something else.

        For what joins a story of the topic strong evidence is enough.
        """
        sure = self.evidence["about"] >= _SURE or self.evidence["title_named"]
        sure = sure or (self.push >= _STRONG and not self.evidence["opens"])
        quiet = any(self.evidence[name] for name in _QUIET)
        return self.push >= _PUSH and bool(sure) and not quiet

    @property
    def digests(self) -> bool:
        """Worth a line in the digest."""
        return self.tell >= _TELL


def novelty_of(
    reading: Reading,
    topic: Topic,
    state: TopicState,
    match: Match | None,
    joins: bool,
    about: float,
    outlet: str,
    now: datetime,
) -> Novelty:
    """Compare an article's statements with everything told in the topic so far.

    `outlet` is who tells it, "" where that is not known.
    """
    weights = statements(reading, topic)
    own = match if joins else None
    new = {key: weight for key, weight in weights.items() if not is_known(key, state, own, now)}
    found = _evidence(reading, topic, new, match, joins)
    found |= _place(match, joins, outlet)
    turned = joins and match is not None and match.changed in _TURNS
    found["unchanged"] = float(not turned and _unchanged(reading, topic, state, new, now))
    found["asks"] = float(_asks(reading, told=bool(found["title_done"])))
    # What joins a story is of it, and who answers for what is watched is news in other matters too.
    found["beside"] = float(not joins and not found["head_person"] and is_beside(reading, topic))
    found["about"] = about
    return Novelty(
        keys=tuple(weights | dict.fromkeys(_days_named(reading))),
        new=tuple(new),
        words=tuple(_word(key, topic) for key in _telling_first(new)[:4]),
        evidence=found,
        push=probability(found, PUSH),
        tell=probability(found, TELL),
    )


def statements(reading: Reading, topic: Topic) -> dict[str, float]:
    """What an article says of the topic as keys, weighed by where it says it."""
    weights: dict[str, float] = {}
    for sentence in _telling(reading, topic):
        place = _IN_LEAD if sentence.index < _LEAD else _LATER
        weight = _IN_TITLE if sentence.part == "title" else place
        for key in keys_of(sentence, reading, topic):
            weights[key] = max(weight, weights.get(key, 0.0))
    return weights


def _days_named(reading: Reading) -> list[str]:
    """The days to come of all sentences: told from now on, whoever names them."""
    return [key for s in reading.sentences if not s.old for key in days_ahead(s, reading)]


def _telling(reading: Reading, topic: Topic) -> Iterator[Sentence]:
    for sentence in reading.sentences:
        about = topic.everything or sentence.part == "title" or sentence.subjects
        if (about and not sentence.old) or sentence.index == 0:
            yield sentence


def is_known(key: str, state: TopicState, match: Match | None, now: datetime) -> bool:
    """Told in the same story, or elsewhere not long ago: acts recur, figures and dates do not."""
    if match is not None and key in match.story.memory["facts"]:
        return True
    limit = _RECENT.get(key[0], 1e9)
    if key[:3] in ("a:~", "f:~") or act_of(key).partition(":")[0] in _NON_EVENTS:
        limit = _NON_EVENT_DAYS
    latest = state.latest(key)
    if latest and (now - datetime.fromisoformat(latest[0])).total_seconds() <= limit * 86400:
        return True
    return key[0] == "n" and state.is_figure_known(key)


def _evidence(
    reading: Reading,
    topic: Topic,
    new: Mapping[str, float],
    match: Match | None,
    joins: bool,
) -> dict[str, float]:
    """What speaks for and against a push, from 0 to 1: few and broad, to hold elsewhere."""
    near = match.evidence if match else {}
    titled = [key for key, weight in new.items() if weight == _IN_TITLE]
    mentioned = _mentioned(reading, topic)
    found = {
        "opens": float(not joins),
        "near_core": max(near.get("core", 0.0), near.get("cross_core", 0.0)),
        "unsaid": (1.0 - near.get("words", 0.0)) * near.get("same_lang", 0.0) * float(joins),
        "title_named": float(bool(reading.title and reading.title.subjects)),
        "title_news": float(any(_is_news(key, topic) for key in titled if key not in mentioned)),
        "title_act": float(any(key[0] == "a" and key[-1] != "%" for key in titled)),
        "title_done": float(_done(reading, topic, titled)),
        "title_bond": _points(new, "b", _IN_TITLE),
        "lead_number": _points(new, "n", _IN_LEAD),
        "head_person": float(any(k[0] == "p" and w >= _IN_LEAD for k, w in new.items())),
        "title_day": float(any(key[0] == "d" for key in titled)),
        "restates": float(joins and match is not None and match.restates),
    }
    found["quoted"] = float(_quoted(reading, topic))
    found["undated"] = float(_undated(reading))
    found["unsourced"] = float(_unsourced(reading))
    found["reaction"] = float("reaction" in reading.cues and not _is_first_hand(reading, topic))
    found["opens_named"] = found["opens"] * found["title_named"]
    return found | {
        cue: float(cue in reading.cues) for cue in ("old", "analysis", "brief", "flash")
    }


def _place(match: Match | None, joins: bool, outlet: str) -> dict[str, float]:
    """What the article's place among the stories says of its having news.

    The surer it belongs to a story, the less is new in it; who reported already reports again when
    there is something to add; and what is near to nothing that is told is often about something
    else.
    """
    if match is None:
        return {"alone": 1.0, "belongs": 0.0, "again": 0.0, "newcomer": 0.0, "denies": 0.0}
    return {
        "alone": float(not joins and match.score < _ALONE),
        "belongs": match.score,
        "again": float(joins and outlet in match.story.outlets),
        "newcomer": float(joins and match.newcomer),
        "denies": float(joins and match.changed == "not"),
    }


def _done(reading: Reading, topic: Topic, new: list[str]) -> bool:
    """The title tells something new as done, not as planned or only named."""
    facts = facts_of(reading.title, reading, topic) if reading.title else ()
    told = {key for key, fact in facts if fact.act and fact.modality is Modality.DONE}
    return any(key in told and key[0] == "a" for key in new)


def _asks(reading: Reading, *, told: bool) -> bool:
    """The title asks or promises to explain, and tells nothing new as done beside that."""
    title = reading.title
    return title is not None and (asks(title) or (not told and explains(title, reading.lang)))


def _mentioned(reading: Reading, topic: Topic) -> set[str]:
    """The families that the title only mentions, "as drills begin", and tells nothing of."""
    facts = facts_of(reading.title, reading, topic) if reading.title else ()
    acts = [fact for _, fact in facts if fact.number is None]
    told = {family_key(fact, topic) for fact in acts if fact.modality is not Modality.UNKNOWN}
    return {family_key(fact, topic) for fact in acts} - told


def _quoted(reading: Reading, topic: Topic) -> bool:
    """The title quotes somebody, and a responsible side stands at the head."""
    title = reading.title
    head = {actor for sentence in reading.sentences[:2] for actor in sentence.ids("actor")}
    return title is not None and '"' in title.text and not topic.responsible.isdisjoint(head)


def _is_first_hand(reading: Reading, topic: Topic) -> bool:
    """The title tells what a responsible side does and of no reaction: experts in the sentence
    after it are those whom it asks, not those who speak.
    """
    title = reading.title
    if title is None or "reaction" in title.ids("cue"):
        return False
    facts = (fact for _, fact in facts_of(title, reading, topic) if fact.number is None)
    return any(
        fact.actor in topic.responsible and fact.modality is not Modality.UNKNOWN for fact in facts
    )


def _undated(reading: Reading) -> bool:
    """A text that gives no day of these days at its head: news says when, a feature or a comment
    seldom does. A flash or a summary of one sentence needs no day.
    """
    if len(reading.body) < _TEXT:
        return False
    days = (when.day for sentence in reading.sentences[:_LEAD] for when in sentence.days)
    return not any(abs((reading.today - day).days) <= 1 for day in days)


def _unsourced(reading: Reading) -> bool:
    """A text whose head leaves out who says so and what shows it."""
    cues = {cue for sentence in reading.sentences[:_LEAD] for cue in sentence.ids("cue")}
    return bool(reading.body) and cues.isdisjoint(_SOURCES)


def _is_news(key: str, topic: Topic) -> bool:
    """A quantity, day or person, or an act that the topic says deserves a push."""
    if key[0] == "f":
        return any(topic.family(act) == act_of(key) for act in topic.push)
    return _kind(key) in "ndp"


def says_much(keys: Iterable[str], topic: Topic) -> bool:
    """A figure or a person is among the statements, or an act that deserves a push, as done."""
    return any(
        _kind(key) in "np" or (key[0] == "a" and key[2:] == act_of(key) in topic.push)
        for key in keys
    )


def _unchanged(
    reading: Reading,
    topic: Topic,
    state: TopicState,
    new: Mapping[str, float],
    now: datetime,
) -> bool:
    """The title tells only of something that goes on, as was told before or as the card says."""

    def told(key: str, days: float) -> bool:
        latest = state.latest(key)
        return latest is not None and now - datetime.fromisoformat(latest[0]) <= timedelta(days)

    going = going_on(reading, topic, state.card, told)
    if not going:
        return False
    quiet = _NON_EVENTS | _MEETING | {topic.family(act) for act in going}
    besides = deeds_besides(reading, topic, quiet)
    return not any(
        weight == _IN_TITLE and (_kind(key) == "n" or key in besides) for key, weight in new.items()
    )


def _points(new: Mapping[str, float], kind: str, place: float) -> float:
    """How many new statements of a kind stand in a place, none 0, three or more 1."""
    return min(3, sum(_kind(key) == kind and weight == place for key, weight in new.items())) / 3


def _kind(key: str) -> str:
    """The kind of a statement; running counts such as the eighth week stand apart."""
    return "r" if key[0] == "n" and key[2:].partition(":")[0] in _RUNNING else key[0]


def _telling_first(new: Mapping[str, float]) -> list[str]:
    """The new statements that people understand, the weightiest first."""
    shown = [key for key in new if key[0] in "anpd"]
    return sorted(shown, key=lambda key: (-new[key], "npad".index(key[0]), key))


def act_of(key: str) -> str:
    """The act or family of a key, without its polarity and modality."""
    return key[2:].strip("~+!?*-%")


def _word(key: str, topic: Topic) -> str:
    if key[0] == "n":
        return _quantity(*key[2:].split(":"))
    return topic.label(act_of(key) if key[0] == "a" else key[2:])


def _quantity(unit: str, values: str) -> str:
    """ "day:3" as people write it: 3 days."""
    low, *_ = numbers = [float(value) for value in values.split("~")]
    said = "–".join(f"{value:,.10g}" for value in numbers)
    if unit in _BEFORE:
        return f"{_BEFORE[unit]} {said}"
    alone = unit in _AS_THEY_ARE or (len(numbers) == 1 and low == 1)
    return f"{said} {_CALLED.get(unit, unit)}{'' if alone else 's'}"
