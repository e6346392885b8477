"""Numbers with their units, the same in every language: 97억8천만원 = 9.78 billion won."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from monitor.detect.words.numerals import numerals
from monitor.detect.words.tongue import Tongue

_DIGITS = r"\d{1,15}(?:[.,]\d{1,15})*"
_NUMBER = re.compile(_DIGITS)
_CURRENCY = {"$": "usd", "€": "eur", "£": "gbp", "₩": "won", "¥": "yen"}
_BIG = {"만": 1e4, "억": 1e8, "조": 1e12, "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12}
_SMALL = {"십": 10.0, "백": 100.0, "천": 1000.0, "千": 1000.0, "百": 100.0, "十": 10.0}
_CJK_RUN = re.compile(r"(?:[.,]?\d+|[십백천만억조千百十万萬億亿兆]| (?=\d+[만억조万億亿천]))+")
_JOIN = re.compile(r"\s*(?:~|-|to|or|and|ou|a|bis|oder|o|u|или|до|او|至|到|から)\s*(?=\d|\w)")
_CLOCK = re.compile(r"\s*(?::\d\d|[ap]\.?m\b|h\d\d|시(?!간)|[時时](?![間间])|[点點]|uhr\b)")
_MINUTES = re.compile(r"(?:[시時点]\s?|\d:)$")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?!\w)|번째|차(?!관)|[回次]|º|ª|e(?!\w)")
_NO_COUNT = re.compile(  # "third-largest", "a third of", "second in command", at the end
    r"-|\s(?:of|in|to|and|or|from|party|parties|countr\w+|nations?|hand|half|quarter|world|vice"
    r"|deputy|floors?|store?ys?|party's|de|der|des|del)(?!\w)|\s?(?:[^\w\s]|$)"
)
_HYPHENED = re.compile(r"[^\W\d_](?<!(?<!\w)to)(?<!(?<!\w)or)(?<!(?<!\w)a)-$")
_RANKED = re.compile(r"(?<![가-힣])제$")  # 제1 is the first
_STROKE_BEFORE = re.compile(r"\d/$")  # 24/7, 9/11, 2/3, 2019/27
_STROKE = re.compile(r"/\d")
_DECADE = re.compile(  # "the 1990s", "90er Jahre", "в 90-х", 90年代, 21年度, 20世紀
    r"(?<=\d0)(?:'?s|ern?|-?(?:х|ых|е|ые))(?!\w)|\s?(?:年代|년대|年度|世[纪紀]|세기)"
)
_NUMBERED = re.compile(r"(?:(?<!\w)(?:nos?\.|nr\.?|n°|номер|رقم)|№|#)\s?$")  # "No. 2 official"
_SICKNESS = re.compile(r"(?:코로나|コロナ|新冠)$")
_AND = re.compile(r"\s*(?:and|et|und|y|и|و)?\s*")
_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = re.compile(r"[- ](?:y )?([^\W\d_]+)")
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
_WHEN = frozenset(  # 20 next year are not 20 years
    {"next", "last", "this", "every", "each", "per", "within", "by", "in", "from", "until", "pro"}
    | {"im", "par", "por", "al", "en", "в", "за"}
)
_NEAR = 22  # characters from an ordinal to the end of its unit
_MOST = 60  # numbers read from one text

_ORDER = re.compile(r"^[억조]대")
_PARTS = re.compile(r"분의\s?(?=\d|[일이삼사오])|分の|分之")  # "20분의 1": no minutes

_OPEN_UP = re.compile(
    r"(?:more than|over|at least|as many as|plus de|au moins|mehr als|mindestens|uber|mas de"
    r"|al menos|более|больше|не менее|свыше|اكثر من|ما لا يقل عن|최소|超|至少|少なくとも)\s?$"
)
_OPEN_UP_BEHIND = re.compile(r"\s?(?:이상|여|넘|以上|余|餘|多|超|or more|plus\b)")
_OPEN_DOWN = re.compile(
    r"(?:fewer than|less than|under|up to|almost|nearly|at most|moins de|jusqu'a|weniger als|bis zu"
    r"|menos de|hasta|менее|до|最大|最多|不到|近)\s?$"
)
_OPEN_DOWN_BEHIND = re.compile(r"\s?(?:이하|미만|가까|以下|未満|弱)")


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
        if any(a < end and start < b for a, b in taken) or _counts_nothing(text, start, end):
            continue
        if found and start < found[-1].end:
            continue
        quantity = _quantity(text, tongue, start, end, value, exact)
        if _is_of_a_name(text, quantity):
            continue
        found.append(quantity)
        if len(found) >= _MOST:
            break
    if tongue.unspaced:
        found += _in_words(text, tongue, taken, found)
        found.sort(key=lambda quantity: quantity.start)
    return _joined(text, found)


def _counts_nothing(text: str, start: int, end: int) -> bool:
    """The figure is of a clock, of a decade, of a fraction or the number of a paper."""
    if _CLOCK.match(text, end) or _STROKE.match(text, end) or _DECADE.match(text, end):
        return True
    before = text[max(0, start - 7) : start]
    return any(what.search(before) for what in (_MINUTES, _STROKE_BEFORE, _NUMBERED))


def _is_of_a_name(text: str, quantity: Quantity) -> bool:
    """The figure counts nothing: Covid-19, 코로나19, the first of some deputies, "제1부부장"."""
    before = text[max(0, quantity.start - 6) : quantity.start]
    if quantity.unit != "ordinal" and _RANKED.search(before):
        return True
    return _HYPHENED.search(before) is not None or _SICKNESS.search(before) is not None


def _in_words(
    text: str, tongue: Tongue, taken: list[tuple[int, int]], digits: list[Quantity]
) -> list[Quantity]:
    """The quantities written out where words are not spaced."""
    used = [*taken, *((quantity.start, quantity.end) for quantity in digits)]
    found = []
    for numeral in numerals(text, tongue)[:_MOST]:
        start, end = numeral.start, numeral.end
        if any(a < end and start < b for a, b in used) or _DECADE.match(text, end):
            continue
        quantity = _quantity(text, tongue, start, end, numeral.low, exact=True)
        if numeral.unit:
            quantity = replace(quantity, end=end, unit=numeral.unit)
        if numeral.high > numeral.low:
            quantity = replace(quantity, low=numeral.low, high=numeral.high)
        found.append(quantity)
        used.append((start, quantity.end))
    return found


def _joined(text: str, found: list[Quantity]) -> list[Quantity]:
    """Two years and four months are twenty-eight months."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        units = (last.unit, quantity.unit) if last else ()
        if last and units == ("year", "month") and _AND.fullmatch(text, last.end, quantity.start):
            low, high = last.low * 12 + quantity.low, last.high * 12 + quantity.high
            joined[-1] = replace(last, end=quantity.end, low=low, high=high, unit="month")
        else:
            joined.append(quantity)
    return joined


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
            run = _CJK_RUN.match(text, end)
            stop = run.end() if run else end
            values.append((start, stop, _cjk(text[start:stop]), stop == end))
        else:
            value = plain(match[0], tongue.decimal_comma)
            stop, scale = _scale(text, end, tongue)
            values.append((start, stop, value * scale, scale == 1))
    if tongue.numbers and not tongue.unspaced:
        for match in _WORD.finditer(text):
            if match[0] in tongue.ordinals and not _NO_COUNT.match(text, match.end()):
                values.append((*match.span(), tongue.ordinals[match[0]], True))
            elif match[0] in _TWICE and tongue.lang == "en":
                values.append((*match.span(), _TWICE[match[0]], True))
            elif match[0] in tongue.numbers and tongue.numbers[match[0]] > 1:
                end, value = _words(text, match, tongue)
                stop, scale = _scale(text, end, tongue)
                values.append((match.start(), stop, value * scale, True))
        values.sort()
    return values


def _words(text: str, match: re.Match[str], tongue: Tongue) -> tuple[int, float]:
    """Twenty-five is one number in two words."""
    value = tongue.numbers[match[0]]
    unit = _BESIDE.match(text, match.end())
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


def _cjk(run: str) -> float:
    """The value of digits mixed with 십백천만억조 or 千百十万億兆."""
    total = section = 0.0
    current: float | None = None
    for match in _PIECE.finditer(run):
        piece = match[0]
        if piece[0].isdigit():
            current = plain(piece, decimal_comma=False)
        elif piece in _SMALL:
            section += (1.0 if current is None else current) * _SMALL[piece]
            current = None
        elif piece in _BIG:
            total += (section + (current or 0.0) or 1.0) * _BIG[piece]
            section, current = 0.0, None
    return total + section + (current or 0.0)


def _quantity(
    text: str, tongue: Tongue, start: int, end: int, value: float, exact: bool
) -> Quantity:
    low = high = value
    join = _JOIN.match(text, end)
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
        low, high = _roughly(value, text[max(0, start - 18) : start], text[end : end + 8])
    elif not exact and low == high and value >= 1000:
        half = _half_step(value)
        low, high = value - half, value + half
    return Quantity(start, end, low, high, unit, rough)


def _of_that_order(text: str, tongue: Tongue, end: int, value: float) -> float | None:
    """How far "3억대", three hundred millions and something, reaches; 대 counts no cars there."""
    if tongue.lang != "ko" or not _ORDER.search(text[end - 1 : end + 2]):
        return None
    return 10.0 ** (len(str(int(value))) - len(str(int(value)).rstrip("0") or "1"))


def _roughly(value: float, before: str, after: str) -> tuple[float, float]:
    """About ten are nine to eleven, more than ten up to fifteen, nearly ten from five on."""
    if _OPEN_UP.search(before) or _OPEN_UP_BEHIND.match(after):
        return value, value * 1.5
    if _OPEN_DOWN.search(before) or _OPEN_DOWN_BEHIND.match(after):
        return value * 0.5, value
    return value * 0.9, value * 1.1


def _hedged(text: str, tongue: Tongue, start: int, figures: int, end: int) -> bool:
    """A word for about stands beside the number, with no other number between."""
    if tongue.unspaced:
        near = text[max(0, start - 3) : start], text[figures : end + 3]
        return near[1][:1] in ("여", "餘") or any(map(tongue.hedge.search, near))
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
        if _PARTS.match(text, end):
            return "", end
        rest = text[end : end + 6].lstrip("여餘 ")
        for size in (5, 4, 3, 2, 1):
            if len(rest) >= size and rest[:size] in tongue.units:
                return tongue.units[rest[:size]], end + size
    if text[start:end] in _TWICE:
        return "times", end
    if text[start:end] in tongue.ordinals:
        return (_running(text, tongue, end) or "ordinal"), end
    ordinal = _ORDINAL.match(text, end)
    if ordinal:
        running = "" if tongue.unspaced else _running(text, tongue, ordinal.end())
        return (running or "ordinal"), ordinal.end()
    if tongue.unspaced:
        return "", end
    unit, end = _spaced_unit(text, tongue, end)
    return ("times" if unit == "call" and _EVERY.match(text, end) else unit), end


def _running(text: str, tongue: Tongue, end: int) -> str:
    """What an ordinal counts where it is time that goes on: the second straight week."""
    unit, stop = _spaced_unit(text, tongue, end)
    return unit if unit in _TIME and stop - end <= _NEAR else ""


_TWICE = {"twice": 2.0, "thrice": 3.0}
_EVERY = re.compile(r"\s(?:daily|weekly|(?:a|an|per|each|every) (?:day|week|month))(?!\w)")


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
        if unit in _TIME and not _WHEN.isdisjoint(word[0] for word in matches[:index]):
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
