"""Numbers in words where words are not spaced: 二十五人, 스물다섯 명, 四五名, 나흘."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from monitor.detect.words.tongue import Tongue

_HAN_DIGITS = {c: float(n) for n, c in enumerate("〇一二三四五六七八九")} | {"两": 2.0, "兩": 2.0}
_SINO_DIGITS = {c: float(n) for n, c in enumerate("영일이삼사오육칠팔구")}
_TENS = {"십": 10.0, "백": 100.0, "천": 1e3, "十": 10.0, "百": 100.0, "千": 1e3}
_MYRIADS = {"만": 1e4, "억": 1e8, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_HAN = re.compile(
    r"(?<![一-鿿\d])[〇一二三四五六七八九两兩十百千万萬亿億]+|[〇一二三四五六七八九两兩十百千]+"
)
_HAN_YEAR = re.compile("(?:一九|二〇)[〇一二三四五六七八九]{2}")
_SINO = re.compile(
    r"(?<![가-힣])(?:[일이삼사오육칠팔구]?[십백천]|[이삼사오육칠팔구]만)[일이삼사오육칠팔구십백천만억]*"
)
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
    for numeral in (*_han(text), *_sino(text), *_native(text, tongue)):
        if _counts(text, numeral.end, tongue) and numeral.high > 1:
            found.append(numeral)
    return found


def _counts(text: str, end: int, tongue: Tongue) -> bool:
    rest = text[end : end + _LONGEST_UNIT + 1].lstrip("여餘余多 ")
    return any(rest[:size] in tongue.units for size in range(_LONGEST_UNIT, 0, -1) if rest[:size])


def _amounts(text: str, tongue: Tongue) -> Iterator[Numeral]:
    """Words that are a number and what it counts at once."""
    if tongue.amount_pattern is None:
        return
    for match in tongue.amount_pattern.finditer(text):
        unit, value = tongue.amounts[match[0]]
        yield Numeral(match.start(), match.end(), value, value, unit)


def _han(text: str) -> Iterator[Numeral]:
    for match in _HAN.finditer(text):
        run = match[0]
        if (
            len(run) == 2
            and run[0] in _HAN_DIGITS
            and _HAN_DIGITS.get(run[1]) == _HAN_DIGITS[run[0]] + 1
        ):
            yield Numeral(match.start(), match.end(), _HAN_DIGITS[run[0]], _HAN_DIGITS[run[1]])
        elif not (_HAN_YEAR.fullmatch(run) and text.startswith("年", match.end())):
            value = _value(run, _HAN_DIGITS)
            yield Numeral(match.start(), match.end(), value, value)


def _sino(text: str) -> Iterator[Numeral]:
    for match in _SINO.finditer(text):
        value = _value(match[0], _SINO_DIGITS)
        yield Numeral(match.start(), match.end(), value, value)


def _value(run: str, digits: dict[str, float]) -> float:
    total = section = current = 0.0
    for letter in run:
        if letter in digits:
            current = current * 10 + digits[letter]
        elif letter in _TENS:
            section += (current or 1.0) * _TENS[letter]
            current = 0.0
        else:
            total += (section + current or 1.0) * _MYRIADS[letter]
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
