"""Hours of today that have passed where and when a report was written.

"오늘 오전 10시부터 복원", "cut from noon": told ahead of its hour that is a plan, told after it the
deed, as long as the verb itself does not say that it is to come.

The words beside an hour are in the grammar file of each language (`lexicon/grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from monitor.detect.words.clocks import clocks_at
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading, Sentence
from monitor.detect.words.tongue import Tongue

NOON = (690, 750)
_TWELVE = 720
_SOON_TOLD = 5  # minutes in which a poll brings what was written: it may be of before the hour
_HEAD = 4  # sentences that tell of which day an hour of the title is
_CLAUSE = re.compile(r"[,;:…\"'、。]")
_BEFORE, _BESIDE = 24, 8  # characters before an hour, and between it and its day
_AHEAD = r"(?<!\w){ahead_of}$"  # "ahead of noon", "by 9 a.m.": not the hour at which it was
_FROM = r"(?<!\w){from_hour}(?!\w)\s?"
_FROM_UNSPACED = "{from_hour}[^,。;]{0,3}$"
_BY_ANOTHER = r"{by_another_clock}[^,.…]{0,12}$"
_BY_ANOTHER_BEHIND = r"\s?\(?{by_another_clock}"


class Passed(NamedTuple):
    """An hour of today, or of a day before, that has passed; with the words that say "from"."""

    start: int
    end: int
    since: bool  # what is told holds from it on


def is_ahead(text: str, start: int, end: int, tongue: Tongue) -> bool:
    """The words beside an hour put what is told ahead of it."""
    if tongue.pattern(_AHEAD).search(text, 0, start):
        return True
    return tongue.pattern("{ahead_of_behind}").match(text, end) is not None


@lru_cache(maxsize=256)
def passed_in(sentence: Sentence, reading: Reading) -> tuple[Passed, ...]:
    """The hours of a sentence that have passed; none where it is not known what time it was.

    Kept for a moment: each act of the sentence asks for them.
    """
    if reading.minute is None:
        return ()
    return tuple(sorted(_passed(sentence, reading, reading.minute)))


def has_begun(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """In its clause an hour that has passed is named as that from which the act holds."""
    return any(
        hour.since and _CLAUSE.search(sentence.text, *_between(act, hour)) is None
        for hour in passed_in(sentence, reading)
    )


def told_before(sentence: Sentence, act: Hit, reading: Reading, reach: int) -> str:
    """What stands before an act, without the hours from which it holds by now."""
    text, end = "", act.start
    low = max(0, act.start - reach)
    for hour in reversed(passed_in(sentence, reading)):
        if hour.since and low <= hour.start and hour.end <= end:
            text, end = sentence.text[hour.end : end] + text, hour.start
    return sentence.text[low:end] + text


def _between(act: Hit, hour: Passed) -> tuple[int, int]:
    return (act.end, hour.start) if hour.start >= act.end else (hour.end, act.start)


def _passed(sentence: Sentence, reading: Reading, now: int) -> Iterator[Passed]:
    text, tongue = sentence.text, reading.tongue
    for start, end, span in clocks_at(text, tongue, likely=True):
        last = _TWELVE if span == NOON else span[1]
        if span[0] == 0 < last or _by_another(text, start, end, tongue):
            continue  # "from midnight" may be of either end of the day
        day = _day_of(sentence, start, end, span, reading)
        over = day < reading.today or last + _SOON_TOLD <= now
        if day > reading.today or not over or is_ahead(text, start, end, tongue):
            continue
        first, behind = _from(text, start, end, tongue)
        yield Passed(first, behind, (first, behind) != (start, end))


def _from(text: str, start: int, end: int, tongue: Tongue) -> tuple[int, int]:
    """Where the words end that say that something holds from an hour on; the hour itself, if none
    does. In languages with spaces a preposition may be within it: "à partir de 10 heures".
    """
    behind = tongue.pattern("{from_hour_behind}").match(text, end)
    low = max(0, start - _BEFORE)
    if tongue.unspaced:
        before = tongue.pattern(_FROM_UNSPACED).search(text, low, start)
    else:
        found = tongue.pattern(_FROM).finditer(text, low, end)
        before = next((match for match in found if match.end() >= start), None)
    return before.start() if before else start, behind.end() if behind else end


def _by_another(text: str, start: int, end: int, tongue: Tongue) -> bool:
    """It is an hour of another clock: "0100 GMT", "현지시간 오전 10시"."""
    before = tongue.unspaced and tongue.pattern(_BY_ANOTHER).search(
        text, max(0, start - _BEFORE), start
    )
    return bool(before) or tongue.pattern(_BY_ANOTHER_BEHIND).match(text, end) is not None


def _day_of(
    sentence: Sentence, start: int, end: int, span: tuple[int, int], reading: Reading
) -> date:
    """The day of an hour: what stands beside it, or beside the same hour in another sentence of the
    head; else the last day that the sentence names, or today.
    """
    beside = _beside(sentence, start, end)
    if beside is not None:
        return beside
    for other in reading.sentences[:_HEAD]:
        for first, last, also in clocks_at(other.text, reading.tongue, likely=True):
            day = _beside(other, first, last) if also == span and other is not sentence else None
            if day is not None:
                return day
    ahead = [when.day for when in sentence.days if when.day > reading.today]
    return max(ahead, default=reading.today)


def _beside(sentence: Sentence, start: int, end: int) -> date | None:
    near = [
        (max(start - when.end, when.start - end), when.day)
        for when in sentence.days
        if when.width == 1
    ]
    away, day = min(near, default=(_BESIDE + 1, None))
    return day if away <= _BESIDE else None
