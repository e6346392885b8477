"""What recurs within a day, a call or a meeting: whether it failed, or was done, at a later hour.

A silence is news once (`routine.py`), and yet the call of noon after an announced cut, or that of
the evening after a dumb morning, tells whether it was meant: the day of a turn is told to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from monitor.detect.sense.facts import acts_of
from monitor.detect.words.clocks import clocks_at
from monitor.detect.words.deeds import ANSWERS, SILENCES
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Modality

_NOON = (690, 750)
_TRIED = frozenset({Modality.DONE, Modality.DENIED})
_AHEAD = re.compile(  # "ahead of noon", "by 9 a.m.": not the hour at which it was
    r"(?<!\w)(?:before|ahead of|until|till|by|vor|bis|avant|jusqu'a|antes de|hasta|до|перед"
    r"|قبل|حتى) (?:the |le |la |las |los |dem |zum )?$"
)
_AHEAD_BEHIND = re.compile(
    r"(?:[을를]|まで|を)?\s?(?:[가-힣\d]{1,3}\s?시간\s?)?"
    r"(?:앞두|앞둔|앞서|전(?=[\s에,])|까지|前に|前の|を前|控え|之前|前[,、])"
)


class Hour(NamedTuple):
    """That what recurs was done or failed at an hour of a day; `told` if that is said of it, and
    not only that it was due.
    """

    act: str
    done: bool
    day: str
    first: int  # minutes since midnight
    last: int
    told: bool

    @property
    def what(self) -> tuple[str, bool, str]:
        """The act, whether it was done, and the day."""
        return self.act, self.done, self.day


def hours_of(sentence: Sentence, reading: Reading, topic: Topic) -> Iterator[str]:
    """The hours of a sentence, as claims that `hours_in` reads."""
    tried: dict[tuple[str, bool], bool] = {}
    for _, fact in acts_of(sentence, reading, topic):
        act = SILENCES.get(fact.act or "", fact.act or "")
        done = fact.positive and fact.act not in SILENCES and fact.modality is not Modality.DENIED
        if act in ANSWERS and fact.modality in _TRIED | {Modality.UNKNOWN}:
            tried[act, done] = tried.get((act, done), False) or fact.modality in _TRIED
    if not tried:
        return
    days = [when.day for when in sentence.days if when.width == 1 and when.day <= reading.today]
    day = (max(days) if days else reading.today).isoformat()
    sure = len({done for _, done in tried}) == 1  # "silent in the morning, picks up at night"
    for start, end, span in clocks_at(sentence.text, reading.tongue):
        if _AHEAD.search(sentence.text, 0, start) or _AHEAD_BEHIND.match(sentence.text, end):
            continue
        first, last = (720, 720) if span == _NOON else span
        for (act, done), told in sorted(tried.items()):
            yield f"h|{act}|{int(done)}|{day}|{first}|{last}|{int(told and sure)}"


def hours_in(claims: Iterable[str]) -> list[Hour]:
    """Read what `hours_of` wrote."""
    found = []
    for claim in claims:
        act, done, day, first, last, told = claim.split("|")
        found.append(Hour(act, done == "1", day, int(first), int(last), told == "1"))
    return sorted(found)
