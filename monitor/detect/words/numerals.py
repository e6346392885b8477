"""Numbers in words where words are not spaced: 二十五人, 스물다섯 명, 四五名, 나흘."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.detect.words.tongue import Tongue

_HAN_YEAR = re.compile("(?:一九|二〇)[〇一二三四五六七八九]{2}(?=年)")
MYRIAD = 1e4  # from which a scale counts all that stands before it: 9억8천만
_LONGEST_UNIT = 6


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words, from `low` to `high`; `unit` where the word says that too."""

    start: int
    end: int
    low: float
    high: float
    unit: str = ""


def numerals(text: str, tongue: Tongue) -> list[Numeral]:
    """The numbers in words of a folded text, each followed by what it counts.

    Without a thing counted they are too often parts of other words (统一, 十分, 이 회의).
    """
    found = list(_amounts(text, tongue))
    for numeral in (*_written(text, tongue), *_native(text, tongue)):
        if _counts(text, numeral.end, tongue) and numeral.high > 1:
            found.append(numeral)
    return found


def _counts(text: str, end: int, tongue: Tongue) -> bool:
    some = tongue.pattern("(?:{at_least_behind}| )*").match(text, end, end + _LONGEST_UNIT + 1)
    rest = text[some.end() if some else end : end + _LONGEST_UNIT + 1]
    return any(rest[:size] in tongue.units for size in range(_LONGEST_UNIT, 0, -1) if rest[:size])


def _amounts(text: str, tongue: Tongue) -> Iterator[Numeral]:
    """Words that are a number and what it counts at once."""
    if tongue.amount_pattern is None:
        return
    for match in tongue.amount_pattern.finditer(text):
        unit, value = tongue.amounts[match[0]]
        yield Numeral(match.start(), match.end(), value, value, unit)


def _written(text: str, tongue: Tongue) -> Iterator[Numeral]:
    """Runs of digits and scales in words: 二十五, 이십오. 四五 is four or five."""
    for match in tongue.pattern("{numeral}").finditer(text):
        run = match[0]
        digits = [tongue.digits.get(letter, MYRIAD) for letter in run]
        if len(run) == 2 and digits[1] == digits[0] + 1:
            yield Numeral(match.start(), match.end(), digits[0], digits[1])
        elif not _HAN_YEAR.match(text, match.start()):
            value = _value(run, tongue)
            yield Numeral(match.start(), match.end(), value, value)


def _value(run: str, tongue: Tongue) -> float:
    total = section = current = 0.0
    for letter in run:
        if letter in tongue.digits:
            current = current * 10 + tongue.digits[letter]
        elif tongue.scales[letter] < MYRIAD:
            section += (current or 1.0) * tongue.scales[letter]
            current = 0.0
        else:
            total += (section + current or 1.0) * tongue.scales[letter]
            section = current = 0.0
    return total + section + current


def _native(text: str, tongue: Tongue) -> Iterator[Numeral]:
    """Korean number words: 스물다섯 is twenty and five, 너덧 four or five."""
    if tongue.range_pattern is not None:
        for match in tongue.range_pattern.finditer(text):
            yield Numeral(match.start(), match.end(), *tongue.ranges[match[0]])
    if tongue.number_pattern is None:
        return
    for match in tongue.number_pattern.finditer(text):
        values = [tongue.numbers[word] for word in match.groups() if word]
        yield Numeral(match.start(), match.end(), sum(values), sum(values))
