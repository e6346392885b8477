"""The keys of statements: two sentences with the same key say the same, in whatever language.

A key is a letter, a colon and what is stated. Stories remember of each key when it was told last,
and by whom; the gate asks which keys of an article nobody told.

    a:open+             an act in one mood: done if nothing stands behind it, else as in `_MOODS`
    a:~open             ~ before an act or a family: it was not done
    f:meeting           the family of an act, in whatever mood
    e:open:north        an act and the side that does it
    t:balloons          a thing
    b:send:balloons     an act and a thing beside it
    p:chung             a person of the topic's pack
    c:visit:chung       an act and such a person beside it
    n:person:25         a quantity: its unit, and its value or the span of it
    d:2020-06-16        a day to come; d:2020-06-15w is the week that begins on it
"""

from __future__ import annotations

from datetime import date

from monitor.detect.words.numbers import Quantity
from monitor.detect.words.topic import Topic
from monitor.models import Fact, Modality

# The kinds of keys, by the letter with which a key begins.
ACT, FAMILY, AGENT, THING, ACT_THING = "a", "f", "e", "t", "b"
PERSON, ACT_PERSON, FIGURE, DAY = "p", "c", "n", "d"

_MOODS = {
    Modality.DONE: "",
    Modality.UNKNOWN: "%",  # only named
    Modality.PLANNED: "+",
    Modality.ORDERED: "!",
    Modality.THREATENED: "?",
    Modality.PROPOSED: "*",
    Modality.DENIED: "-",
}
_NOT = "~"
_MARKS = _NOT + "".join(_MOODS.values())


def act_key(fact: Fact) -> str:
    """An act in its mood, done or not."""
    return f"{ACT}:{'' if fact.positive else _NOT}{fact.act}{_MOODS[fact.modality]}"


def family_key(fact: Fact, topic: Topic) -> str:
    """The family of an act, done or not, in whatever mood."""
    return f"{FAMILY}:{'' if fact.positive else _NOT}{topic.family(fact.act)}"


def agent_key(fact: Fact) -> str:
    """An act and who does it."""
    return f"{AGENT}:{fact.act}:{fact.actor}"


def act_thing_key(act: str | None, thing: str) -> str:
    """An act and a thing beside it."""
    return f"{ACT_THING}:{act}:{thing}"


def act_person_key(act: str, person: str) -> str:
    """An act and a person beside it."""
    return f"{ACT_PERSON}:{act}:{person}"


def figure_key(quantity: Quantity) -> str:
    """A quantity."""
    return f"{FIGURE}:{quantity.key}"


def day_key(day: date, *, week: bool) -> str:
    """A day to come, or the week that begins on it."""
    return f"{DAY}:{day.isoformat()}{'w' if week else ''}"


def act_of(key: str) -> str:
    """The act or family of a key, without its polarity and mood."""
    return key[2:].strip(_MARKS).partition(":")[0]


def unit_of(key: str) -> str:
    """What the quantity of a key counts."""
    return key[2:].partition(":")[0]


def is_told(key: str) -> bool:
    """An act that is told in some mood, and not only named."""
    return key[0] == ACT and key[-1] != _MOODS[Modality.UNKNOWN]


def is_not(key: str) -> bool:
    """An act, or a family, that was not done."""
    return key[0] in (ACT, FAMILY) and key[2:3] == _NOT


def done_act(key: str) -> str:
    """The act that a key tells as done, "" if it tells none."""
    act = act_of(key)
    return act if key == f"{ACT}:{act}" else ""
