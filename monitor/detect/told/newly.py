"""What an article tells that is new, in a few words for people: those of the report itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from monitor.detect.sense.facts import acts_of
from monitor.detect.sense.keys import ACT, DAY, FIGURE, PERSON, act_key, act_of, is_not
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models.cutting import cut

_SHOWN = (FIGURE, PERSON, ACT, DAY)  # the kinds of statements that people understand
_MOST = 4  # statements that are told
_QUOTED = 60  # characters of the article's own words
_BEFORE = {"ordinal": "number", "magnitude": "magnitude"}
_AS_THEY_ARE = frozenset({"won", "yen", "yuan", "percent", "km", "times"})  # one or many
_LARGE = 1e6  # from where figures are written rounded, in words
_ENDING = re.compile("[가-힣]*")
_CALLED = {"usd": "dollar", "copy": "leaflet"}


def newly(new: Mapping[str, float], reading: Reading, topic: Topic) -> tuple[str, ...]:
    """The weightiest of the new statements, `new` by their weights, each once.

    An act is told in the words of the article, with its name where they are not English.
    """
    shown = [key for key in new if key[0] in _SHOWN]
    shown.sort(key=lambda key: (-new[key], _SHOWN.index(key[0]), key))
    once = {_moodless(key): key for key in reversed(shown)}  # an act in one mood is enough
    first = [key for key in shown if once[_moodless(key)] == key]
    return tuple(dict.fromkeys(_word(key, reading, topic) for key in first[:_MOST]))


def _moodless(key: str) -> object:
    return (is_not(key), act_of(key)) if key[0] == ACT else key


def _word(key: str, reading: Reading, topic: Topic) -> str:
    kind, value = key[0], key[2:]
    if kind == FIGURE:
        return quantity(*value.split(":"))
    if kind == DAY:
        return day(value) if value[-1] != "w" else f"the week of {day(value[:-1])}"
    return _act(key, reading, topic) if kind == ACT else topic.label(value)


def _act(key: str, reading: Reading, topic: Topic) -> str:
    """ "a:~answer" as the article says it: not “reply”."""
    name, words = topic.label(act_of(key)), next(_words(key, reading, topic), "")
    told = f"“{cut(words, _QUOTED)}”" if words else name
    if words and reading.lang != "en":
        told += f" ({name})"
    return f"not {told}" if is_not(key) else told


def _words(key: str, reading: Reading, topic: Topic) -> Iterator[str]:
    """The words of the article from which the act was read, those of its title first."""
    for sentence in reading.sentences:
        for hit, fact in acts_of(sentence, reading, topic):
            if act_key(fact) == key:
                yield _stands(sentence, hit.start, hit.end, reading)


def _stands(sentence: Sentence, start: int, end: int, reading: Reading) -> str:
    """As it stands there; of a Korean word with its ending, which a lexicon leaves out."""
    part, until = reading.parts[sentence.part], sentence.start + end
    rest = _ENDING.match(part, until) if reading.lang == "ko" else None
    return " ".join(part[sentence.start + start : rest.end() if rest else until].split())


def quantity(unit: str, values: str) -> str:
    """ "day" and "3" as people write it: 3 days."""
    low, *_ = numbers = [float(value) for value in values.split("~")]
    said = _rounded(low, numbers[-1]) or "–".join(f"{value:,.15g}" for value in numbers)
    if unit in _BEFORE:
        return f"{_BEFORE[unit]} {said}"
    alone = not unit or unit in _AS_THEY_ARE or (len(numbers) == 1 and low == 1)
    return f"{said} {_CALLED.get(unit, unit)}{'' if alone else 's'}".strip()


def _rounded(low: float, high: float) -> str:
    """ "10.5 billion" is read as what may have been rounded to that; as a range nobody wrote it."""
    middle = f"{(low + high) / 2:,.15g}"
    short = len(middle.rstrip("0,")) < min(len(f"{end:,.15g}".rstrip("0,")) for end in (low, high))
    return f"about {middle}" if low >= _LARGE and short else ""


def day(iso: str) -> str:
    """An ISO day as people write it: 14 June 2020. ValueError for what is none."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B %Y}"
