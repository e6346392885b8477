"""Numbers with their units, the same in every language: 97억8천만원 = 9.78 billion won.

The words beside a number are in the grammar file of each language (`lexicon/grammar`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from monitor.detect.words.numerals import MYRIAD, numerals
from monitor.detect.words.tongue import Tongue

_DIGITS = r"\d{1,15}(?:[.,]\d{1,15})*"
_NUMBER = re.compile(_DIGITS)
_CURRENCY = {"$": "usd", "€": "eur", "£": "gbp", "₩": "won", "¥": "yen"}
_UNSPACED_RUN = r"(?:[.,]?\d+|{scale}| (?=\d+{scale}))+"
_JOIN = r"\s*(?:[~-]|{to_number})\s*(?=\w)"
_COUNTS_NOTHING_BEFORE = r"(?:{minutes_after}\s?|\d[:/]|(?:{number_of}|№|#)\s?)$"  # 24/7, 2019/27
_COUNTS_NOTHING = r"\s*(?::\d\d|[ap]\.?m\b|h\d\d|{oclock})|/\d|{decade}"
_NO_COUNT = r"-|\s{no_ordinal}(?!\w)|\s?(?:[^\w\s]|$)"  # "third-largest", at the end
_HYPHENED = r"(?<!\w)(?!{hyphened_to}-$)\w*[^\W\d_]-$"  # "F-16"
_AND = r"\s*{and_months}?\s*"
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = r"[- ]{tens_and}?([^\W\d_]+)"
_SCALE = re.compile(r"[ -]?([^\W\d_]+)\.?")
_PIECE = re.compile(rf"{_DIGITS}|\S")
_APART = re.compile(r"[,;()\n\"]|\.\s|\d")
_FIGURE = re.compile(r"[\d,.]")
_BY_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_INSIDE = frozenset("abcdefghijklmnopqrstuvwxyz_.") - {"w"}  # a number behind is of a name
_DISTANCE = 3  # words between a number and its unit: "40 South Korean officials"
_TIME = frozenset({"day", "week", "month", "year"})
LENGTHS = _TIME | {"hour", "minute"}  # units of time
_NEAR = 22  # characters from an ordinal to the end of its unit
_MOST = 60  # numbers read from one text


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, as the interval that its precision and wording allow."""

    start: int
    end: int
    low: float
    high: float
    unit: str
    rough: bool

    @property
    def key(self) -> str:
        """The same for the same quantity, in whatever words."""
        return f"{self.unit}:{self.low:g}" + (f"~{self.high:g}" if self.high != self.low else "")


def quantities(text: str, tongue: Tongue, taken: list[tuple[int, int]]) -> list[Quantity]:
    """The quantities of a folded text, leaving out the places that dates have `taken`."""
    found: list[Quantity] = []
    for start, end, value, exact in _values(text, tongue):
        if _is_taken(start, end, taken) or _counts_nothing(text, tongue, start, end):
            continue
        if found and start < found[-1].end:
            continue
        quantity = _quantity(text, tongue, start, end, value, exact)
        if _is_of_a_name(text, tongue, quantity):
            continue
        found.append(quantity)
        if len(found) >= _MOST:
            break
    if tongue.unspaced:
        found += _in_words(text, tongue, taken, found)
        found.sort(key=lambda quantity: quantity.start)
    return _joined(text, tongue, found)


def _is_taken(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in taken)


def _counts_nothing(text: str, tongue: Tongue, start: int, end: int) -> bool:
    """The figure is of a clock, of a decade, of a fraction or the number of a paper."""
    if tongue.pattern(_COUNTS_NOTHING).match(text, end):
        return True
    before = text[max(0, start - 7) : start]
    return tongue.pattern(_COUNTS_NOTHING_BEFORE).search(before) is not None


def _is_of_a_name(text: str, tongue: Tongue, quantity: Quantity) -> bool:
    """The figure counts nothing: Covid-19, 코로나19, the first of some deputies, "제1부부장"."""
    before = text[max(0, quantity.start - 6) : quantity.start]
    if quantity.unit != "ordinal" and tongue.pattern("{ranked}$").search(before):
        return True
    frames = (_HYPHENED, "{name_with_number}$")
    return any(tongue.pattern(frame).search(before) for frame in frames)


def _in_words(
    text: str, tongue: Tongue, taken: list[tuple[int, int]], digits: list[Quantity]
) -> list[Quantity]:
    """The quantities written out where words are not spaced."""
    used = [*taken, *((quantity.start, quantity.end) for quantity in digits)]
    found = []
    for numeral in numerals(text, tongue)[:_MOST]:
        start, end = numeral.start, numeral.end
        if _is_taken(start, end, used) or tongue.pattern("{decade}").match(text, end):
            continue
        quantity = _quantity(text, tongue, start, end, numeral.low, exact=True)
        if numeral.unit:
            quantity = replace(quantity, end=end, unit=numeral.unit)
        if numeral.high > numeral.low:
            quantity = replace(quantity, low=numeral.low, high=numeral.high)
        found.append(quantity)
        used.append((start, quantity.end))
    return found


def _joined(text: str, tongue: Tongue, found: list[Quantity]) -> list[Quantity]:
    """Two years and four months are twenty-eight months."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last and _goes_on(text, tongue, last, quantity):
            low, high = last.low * 12 + quantity.low, last.high * 12 + quantity.high
            joined[-1] = replace(last, end=quantity.end, low=low, high=high, unit="month")
        else:
            joined.append(quantity)
    return joined


def _goes_on(text: str, tongue: Tongue, years: Quantity, months: Quantity) -> bool:
    if (years.unit, months.unit) != ("year", "month"):
        return False
    return tongue.pattern(_AND).fullmatch(text, years.end, months.start) is not None


def _values(text: str, tongue: Tongue) -> list[tuple[int, int, float, bool]]:
    """Start, end, value, and whether the value is exact, of each number in digits or words."""
    values: list[tuple[int, int, float, bool]] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if start and text[start - 1] in _INSIDE:
            continue
        if values and start < values[-1][1]:
            continue
        if tongue.unspaced:
            run = tongue.pattern(_UNSPACED_RUN).match(text, end)
            stop = run.end() if run else end
            values.append((start, stop, _unspaced(text[start:stop], tongue), stop == end))
        else:
            value = plain(match[0], tongue.decimal_comma)
            stop, scale = _scale(text, end, tongue)
            values.append((start, stop, value * scale, scale == 1))
    if tongue.numbers and not tongue.unspaced:
        for match in _WORD.finditer(text):
            word = match[0]
            if word in tongue.ordinals and not tongue.pattern(_NO_COUNT).match(text, match.end()):
                values.append((*match.span(), tongue.ordinals[word], True))
            elif word in tongue.amounts:
                values.append((*match.span(), tongue.amounts[word].value, True))
            elif tongue.numbers.get(word, 0) > 1:
                end, value = _words(text, match, tongue)
                stop, scale = _scale(text, end, tongue)
                values.append((match.start(), stop, value * scale, True))
        values.sort()
    return values


def _words(text: str, match: re.Match[str], tongue: Tongue) -> tuple[int, float]:
    """Twenty-five is one number in two words."""
    value = tongue.numbers[match[0]]
    unit = tongue.pattern(_BESIDE).match(text, match.end())
    if value >= 20 and value % 10 == 0 and unit and 0 < tongue.numbers.get(unit[1], 0) < 10:
        return unit.end(), value + tongue.numbers[unit[1]]
    return match.end(), value


def plain(digits: str, decimal_comma: bool) -> float:
    """A number in digits, with its separators read the language's way."""
    if _BY_COMMAS.fullmatch(digits):
        return float(digits.replace(",", ""))
    if _BY_POINTS.fullmatch(digits) and (decimal_comma or digits.count(".") > 1):
        return float(digits.replace(".", "").replace(",", "."))
    if decimal_comma and digits.count(",") == 1 and "." not in digits:
        return float(digits.replace(",", "."))
    whole, dot, rest = digits.replace(",", "").partition(".")
    return float(whole + dot + rest.replace(".", ""))


def _scale(text: str, end: int, tongue: Tongue) -> tuple[int, float]:
    match = _SCALE.match(text, end)
    if match and match[1] in tongue.scales:
        if len(match[1]) == 1 and match[0][0] == " ":
            return end, 1.0
        return match.end(), tongue.scales[match[1]]
    return end, 1.0


def _unspaced(run: str, tongue: Tongue) -> float:
    """The value of digits mixed with 십백천만억조 or 千百十万億兆."""
    total = section = 0.0
    current: float | None = None
    for match in _PIECE.finditer(run):
        piece = match[0]
        if piece[0].isdigit():
            current = plain(piece, decimal_comma=False)
        elif tongue.scales.get(piece, MYRIAD) < MYRIAD:
            section += (1.0 if current is None else current) * tongue.scales[piece]
            current = None
        elif piece in tongue.scales:
            total += (section + (current or 0.0) or 1.0) * tongue.scales[piece]
            section, current = 0.0, None
    return total + section + (current or 0.0)


def _quantity(
    text: str, tongue: Tongue, start: int, end: int, value: float, exact: bool
) -> Quantity:
    low = high = value
    join = tongue.pattern(_JOIN).match(text, end)
    if join:
        other = next((v for v in _values(text[join.end() : join.end() + 24], tongue)), None)
        if other is not None and other[0] == 0 and other[2] > value:
            end, high = join.end() + other[1], other[2]
            if not exact or other[3]:
                exact = exact and other[3]
            if other[2] >= 1000 and value < 1000 and not other[3]:
                low = value * 10 ** max(0, len(str(int(high))) - len(str(int(value))))
    span = _of_that_order(text, tongue, end, value)
    if span is not None:
        end += 1
        low, high = value, value + span
    figures = end
    unit, end = _unit(text, tongue, start, end)
    rough = span is None and unit != "ordinal" and _hedged(text, tongue, start, figures, end)
    if rough and low == high and value >= 5:
        low, high = _roughly(value, tongue, text[max(0, start - 18) : start], text[end : end + 8])
    elif not exact and low == high and value >= 1000:
        half = _half_step(value)
        low, high = value - half, value + half
    return Quantity(start, end, low, high, unit, rough)


def _of_that_order(text: str, tongue: Tongue, end: int, value: float) -> float | None:
    """How far "3억대", three hundred millions and something, reaches; 대 counts no cars there."""
    if tongue.pattern("{of_that_order}").match(text, end - 1) is None:
        return None
    return 10.0 ** (len(str(int(value))) - len(str(int(value)).rstrip("0") or "1"))


def _roughly(value: float, tongue: Tongue, before: str, after: str) -> tuple[float, float]:
    """About ten are nine to eleven, more than ten up to fifteen, nearly ten from five on."""
    at_least, behind = tongue.pattern(r"{at_least}\s?$"), tongue.pattern(r"\s?{at_least_behind}")
    if at_least.search(before) or behind.match(after):
        return value, value * 1.5
    at_most, behind = tongue.pattern(r"{at_most}\s?$"), tongue.pattern(r"\s?{at_most_behind}")
    if at_most.search(before) or behind.match(after):
        return value * 0.5, value
    return value * 0.9, value * 1.1


def _hedged(text: str, tongue: Tongue, start: int, figures: int, end: int) -> bool:
    """A word for about stands beside the number, with no other number between."""
    if tongue.unspaced:
        if tongue.pattern("{and_some}").match(text, figures):
            return True
        near = text[max(0, start - 3) : start], text[figures : end + 3]
        return any(map(tongue.hedge.search, near))
    before = _FIGURE.split(text[max(0, start - 14) : start])[-1]
    return bool(tongue.hedge.search(before))


def _half_step(value: float) -> float:
    """Half of the last digit that is written: 3.47 billion may be 3.465 to 3.475."""
    digits = f"{value:.6g}".split("e")[0].replace(".", "").rstrip("0") or "1"
    magnitude = len(str(int(value))) - 1
    return float(0.5 * 10 ** (magnitude - max(1, len(digits) - 1)))


def _unit(text: str, tongue: Tongue, start: int, end: int) -> tuple[str, int]:
    if start and text[start - 1] in _CURRENCY:
        return _CURRENCY[text[start - 1]], end
    if start and text[start - 1] == "w" and (start < 2 or not text[start - 2].isalpha()):
        return "won", end
    if text[end : end + 1] == "%":
        return "percent", end + 1
    if tongue.unspaced:
        if tongue.pattern("{parts}").match(text, end):
            return "", end
        skipped = tongue.pattern("(?:{and_some}| )*").match(text, end, end + 6)
        rest = text[skipped.end() if skipped else end : end + 6]
        for size in (5, 4, 3, 2, 1):
            if len(rest) >= size and rest[:size] in tongue.units:
                return tongue.units[rest[:size]], end + size
    if text[start:end] in tongue.amounts:
        return tongue.amounts[text[start:end]].unit, end
    if text[start:end] in tongue.ordinals:
        return (_running(text, tongue, end) or "ordinal"), end
    ordinal = tongue.pattern("{ordinal_end}").match(text, end)
    if ordinal:
        running = "" if tongue.unspaced else _running(text, tongue, ordinal.end())
        return (running or "ordinal"), ordinal.end()
    if tongue.unspaced:
        return "", end
    unit, end = _spaced_unit(text, tongue, end)
    often = unit == "call" and tongue.pattern("{how_often}").match(text, end)
    return ("times" if often else unit), end


def _running(text: str, tongue: Tongue, end: int) -> str:
    """What an ordinal counts where it is time that goes on: the second straight week."""
    unit, stop = _spaced_unit(text, tongue, end)
    return unit if unit in _TIME and stop - end <= _NEAR else ""


def _spaced_unit(text: str, tongue: Tongue, end: int) -> tuple[str, int]:
    """The nearest unit word after the number; a two-word unit before a single one."""
    matches = []
    for match in _WORD.finditer(text, end, end + 50):
        matches.append(match)
        if len(matches) > _DISTANCE:
            break
    for index, match in enumerate(matches):
        if _APART.search(text[end : match.start()]):
            break
        if index and tongue.numbers.get(matches[index - 1][0], 0) > 1:
            break  # "the two sides make four calls"
        if index + 1 < len(matches):
            following = matches[index + 1]
            both = text[match.start() : following.end()]
            if both in tongue.units:
                return tongue.units[both], following.end()
        unit = tongue.units.get(match[0], "")
        when = tongue.pattern("{no_length}").fullmatch
        if unit in _TIME and any(when(word[0]) for word in matches[:index]):
            break
        if unit:
            return unit, match.end()
    return "", end


def overlaps(left: str, right: str) -> bool:
    """Two quantity keys may mean the same quantity."""
    if left.rpartition(":")[0] != right.rpartition(":")[0]:
        return False
    low, high = span_of(left)
    low2, high2 = span_of(right)
    return low <= high2 and low2 <= high


def span_of(key: str) -> tuple[float, float]:
    """The least and the most that a quantity key can mean."""
    low, _, high = key.rpartition(":")[2].partition("~")
    return float(low), float(high or low)
