"""Times of the day in nine languages, as spans of minutes since midnight."""

from __future__ import annotations

import re
from typing import NamedTuple

from monitor.detect.words.spoken import Spoken, spoken
from monitor.detect.words.tongue import Tongue

_PARTS = {
    "dawn": (180, 420),
    "morning": (240, 720),
    "noon": (690, 750),
    "afternoon": (720, 1110),
    "evening": (990, 1320),
    "night": (1080, 1440),
    "midnight": (0, 30),
}
_LATE = frozenset({"afternoon", "evening", "night"})
_HOUR = re.compile(  # a digit leads, so that a search skips to one
    r"(?P<h>\d(?<![\d.,:].)(?:(?<=2)[0-4]|(?<=[01])\d)?)(?:"
    r":(?P<m>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"|\.(?P<m3>[0-5]\d)\s?(?:(?P<half3>[ap])\.?m\b\.?|uhr\b)"
    r"|\s?(?P<half2>[ap])\.?m\b\.?"
    r"|\s?(?:o'clock|uhr)\b"
    r"|\s?(?:시(?!간|민|도|설)|時(?!間)|[点點时])(?:\s?(?P<m2>[0-5]?\d)\s?[분分])?(?:\s?(?P<by>반|半))?)"
)
_TWICE_TWELVE = frozenset({"en", "ko"})  # languages that say "at 9" for either half of the day
_AT = re.compile(r" (?:um|ab|at|from) ")  # "heute Abend ab 8 Uhr"
_WORK_BEGINS = 7  # the hour
_PLACE = 14  # characters between a time and its part of the day


class _Clock(NamedTuple):
    """An hour as it is told; `half` is a or p, and `exact` tells that minutes are given."""

    start: int
    end: int
    hour: int
    minute: int
    half: str
    exact: bool


def clocks(text: str, tongue: Tongue) -> list[tuple[int, int]]:
    """The times that a folded text names, each from its first to its last minute.

    A part of the day is a long span; an hour is a moment. Without its part of the day an hour up
    to twelve may be either, so it is left out where the day is not counted to 24.
    """
    return [span for _, _, span in clocks_at(text, tongue)]


def clocks_at(
    text: str, tongue: Tongue, *, likely: bool = False
) -> list[tuple[int, int, tuple[int, int]]]:
    """The same, each with its place in the text. With `likely` an hour that may be either is the
    one in which people work: "10시부터" is from ten in the morning, "3시부터" from three in the
    afternoon.
    """
    named = [(m.start(), m.end(), tongue.dayparts.get(m[0], "")) for m in _named(text, tongue)]
    found, used = [], set()
    told = [*map(_in_digits, _HOUR.finditer(text)), *map(_in_words, spoken(text, tongue))]
    for clock in told:
        near = _beside(clock, named, text)
        moment = _moment(clock, named[near][2] if near is not None else "", tongue.lang)
        if near is not None:
            used.add(near)
        if moment is None and likely:
            moment = (clock.hour + 12 * (clock.hour < _WORK_BEGINS)) * 60 + clock.minute
        if moment is not None:
            found.append((clock.start, clock.end, (moment, moment)))
    found += [
        (start, end, _PARTS[part])
        for i, (start, end, part) in enumerate(named)
        if i not in used and part
    ]
    return found


def _in_digits(match: re.Match[str]) -> _Clock:
    minutes = match["m"] or match["m2"] or match["m3"]
    half = match["half"] or match["half2"] or match["half3"] or ""
    minute = int(minutes or (30 if match["by"] else 0))
    return _Clock(*match.span(), int(match["h"]), minute, half, bool(minutes))


def _in_words(hour: Spoken) -> _Clock:
    return _Clock(*hour, half="", exact=hour.minute > 0)


def _moment(clock: _Clock, part: str, lang: str) -> int | None:
    """The minute of the day, None where morning and evening are not told apart."""
    hour = clock.hour
    if hour < 12 and (clock.half == "p" or (part in _LATE and not clock.half)):
        hour += 12
    elif hour <= 12 and not (clock.half or part or clock.exact) and _twice(hour, lang):
        return None
    if hour == 12 and clock.half == "a":
        hour = 0
    return hour * 60 + clock.minute


def _twice(hour: int, lang: str) -> bool:
    """An hour may be of either half of the day."""
    return lang in _TWICE_TWELVE or hour == 12


def _named(text: str, tongue: Tongue) -> list[re.Match[str]]:
    return list(tongue.daypart_pattern.finditer(text)) if tongue.daypart_pattern else []


def _beside(clock: _Clock, named: list[tuple[int, int, str]], text: str) -> int | None:
    """The part of the day that stands just before an hour, or just after it."""
    behind = 2 if clock.half else _PLACE  # "9 a.m. and again at noon"
    for index, (start, end, _) in enumerate(named):
        before = 0 <= clock.start - end <= 2 or _AT.fullmatch(text, end, max(end, clock.start))
        if before or 0 <= start - clock.end <= behind:
            return index
    return None
