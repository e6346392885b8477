"""Times of the day in nine languages, as spans of minutes since midnight."""

from __future__ import annotations

import re

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
    r"|\s?(?P<half2>[ap])\.?m\b\.?"
    r"|\s?(?:o'clock|uhr|часов)\b"
    r"|\s?(?:시(?!간|민|도|설)|時(?!間)|[点點时])(?:\s?(?P<m2>[0-5]?\d)\s?[분分])?(?:\s?(?P<by>반|半))?)"
)
_TWICE_TWELVE = frozenset({"en", "ko"})  # languages that say "at 9" for either half of the day
_PLACE = 14  # characters between a time and its part of the day


def clocks(text: str, tongue: Tongue) -> list[tuple[int, int]]:
    """The times that a folded text names, each from its first to its last minute.

    A part of the day is a long span; an hour is a moment. Without its part of the day an hour up
    to twelve may be either, so it is left out where the day is not counted to 24.
    """
    return [span for _, _, span in clocks_at(text, tongue)]


def clocks_at(text: str, tongue: Tongue) -> list[tuple[int, int, tuple[int, int]]]:
    """The same, each with its place in the text."""
    named = [(m.start(), m.end(), tongue.dayparts.get(m[0], "")) for m in _named(text, tongue)]
    found, used = [], set()
    for match in _HOUR.finditer(text):
        near = _beside(match, named)
        moment = _moment(match, named[near][2] if near is not None else "", tongue.lang)
        if near is not None:
            used.add(near)
        if moment is not None:
            found.append((*match.span(), (moment, moment)))
    found += [
        (start, end, _PARTS[part])
        for i, (start, end, part) in enumerate(named)
        if i not in used and part
    ]
    return found


def _moment(match: re.Match[str], part: str, lang: str) -> int | None:
    """The minute of the day, None where morning and evening are not told apart."""
    half = match["half"] or match["half2"]
    hour, minutes = int(match["h"]), match["m"] or match["m2"]
    if hour < 12 and (half == "p" or (part in _LATE and not half)):
        hour += 12
    elif hour <= 12 and not (half or part or minutes) and (lang in _TWICE_TWELVE or hour == 12):
        return None
    if hour == 12 and half == "a":
        hour = 0
    return hour * 60 + int(minutes or (30 if match["by"] else 0))


def _named(text: str, tongue: Tongue) -> list[re.Match[str]]:
    return list(tongue.daypart_pattern.finditer(text)) if tongue.daypart_pattern else []


def _beside(match: re.Match[str], named: list[tuple[int, int, str]]) -> int | None:
    """The part of the day that stands just before an hour, or just after it."""
    behind = 2 if match["half"] or match["half2"] else _PLACE  # "9 a.m. and again at noon"
    for index, (start, end, _) in enumerate(named):
        if 0 <= match.start() - end <= 2 or 0 <= start - match.end() <= behind:
            return index
    return None
