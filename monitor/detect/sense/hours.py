"""The hours at which something that recurs within a day, a call or a meeting, was done or failed.

That nobody answers is news once (`news/routine.py`). But on the day on which lines are cut, or come
back, each further call tells whether it was meant; so the hours of that day are kept, and a later
one is news (`news/onward.py`).

The words beside an hour are in the grammar file of each language (`lexicon/grammar`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from monitor.detect.sense.begun import NOON, is_ahead
from monitor.detect.sense.facts import acts_of
from monitor.detect.words.clocks import clocks_at
from monitor.detect.words.deeds import ANSWERS, SILENCES
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.topic import Topic
from monitor.models import Modality

_TRIED = frozenset({Modality.DONE, Modality.DENIED})


class Hour(NamedTuple):
    """What recurs was done, or failed, at an hour of a day."""

    act: str
    done: bool
    day: str
    first: int  # minutes since midnight
    last: int
    told: bool  # that it was so is said, and not only that it was due

    @property
    def what(self) -> tuple[str, bool, str]:
        """The act, whether it was done, and the day."""
        return self.act, self.done, self.day


def hours_of(sentence: Sentence, reading: Reading, topic: Topic) -> Iterator[Hour]:
    """The hours at which a sentence tells that a call or a meeting was held, or was not."""
    tried: dict[tuple[str, bool], bool] = {}
    back = False
    for _, fact in acts_of(sentence, reading, topic):
        back |= topic.family(fact.act) == "coming_back" and fact.modality is Modality.DONE
        act = SILENCES.get(fact.act or "", fact.act or "")
        done = fact.positive and fact.act not in SILENCES and fact.modality is not Modality.DENIED
        if act in ANSWERS and fact.modality in _TRIED | {Modality.UNKNOWN}:
            tried[act, done] = tried.get((act, done), False) or fact.modality in _TRIED
    if not tried:
        return
    days = [when.day for when in sentence.days if when.width == 1 and when.day <= reading.today]
    day = (max(days) if days else reading.today).isoformat()
    # "Silent in the morning, picks up at night"; "dead in the morning, back since five".
    told_of = {done for _, done in tried} | ({True} if back else set())
    sure = len(told_of) == 1
    for start, end, span in clocks_at(sentence.text, reading.tongue):
        if is_ahead(sentence.text, start, end, reading.tongue):
            continue
        first, last = (720, 720) if span == NOON else span
        for (act, done), told in sorted(tried.items()):
            yield Hour(act, done, day, first, last, told and sure)
