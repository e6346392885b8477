"""The line with which a report begins, where and when it was written, and the day that it is of."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from monitor.detect.words.gazetteer import Gazetteer, key_of
from monitor.detect.words.tongue import Tongue

_LINE = re.compile(  # "Seoul.", "СЕУЛ, 16 июня.", "Washington.-"
    r"\s*(?P<place>[a-zа-яё][a-zа-яё' -]{1,30}?)(?P<when>, (?=[^\n.:;]*\d)[^\n.:;]{3,24})?"
    r"\.(?P<dash>-)?\s*"
)
_WIRE = re.compile(r"\s*[/(\[][^/()\[\]\n]{2,30}[/)\]]\.?\s*")  # "/TASS/."
_PLACE = re.compile(r"\s*[^\W\d_][^\d.:;\n]{1,40}, $")
_CLOSED = re.compile(r"(?: ?[(/][^()/\n]{2,40}[)/])?(?: ?-|\.|\))")
_HEAD = 80  # characters of a text in which a dateline ends
_FIRST_ZONE = 10  # hour of UTC at which tomorrow begins in the farthest east
_ZONES = {  # where a language is of one time zone, its "today" begins earlier
    "ko": timedelta(hours=9),
    "ja": timedelta(hours=9),
    "zh": timedelta(hours=8),
}
_AT_UTC = timedelta()


def joined(
    places: list[tuple[int, int]], written: str, folded: str, gazetteer: Gazetteer
) -> list[tuple[int, int]]:
    """The sentences of a text; a dateline that ends like one belongs to what it is the dateline
    of: it claims nothing, and the lead is not the second sentence.
    """
    first = next(iter(places), None)
    if first is None or not _is_line(written[slice(*first)], folded[slice(*first)], gazetteer):
        return places
    rest = places[1:]
    while len(rest) > 1 and _WIRE.fullmatch(folded, *rest[0]):
        rest = rest[1:]
    return [(first[0], rest[0][1]), *rest[1:]] if rest else places


def _is_line(written: str, folded: str, gazetteer: Gazetteer) -> bool:
    found = _LINE.fullmatch(folded)
    if found is None:
        return False
    name = written[slice(*found.span("place"))]
    known = found["when"] or found["dash"] or gazetteer.get(key_of(found["place"])) is not None
    return bool(known) or name.isupper()


def day_of(folded: str, tongue: Tongue, lang: str | None, seen: datetime) -> date:
    """The day on which a text was written, of which it speaks as today.

    Some languages are of one time zone. A text of another is of tomorrow, once that has begun
    somewhere, if its dateline is.
    """
    today = (seen + _ZONES.get(lang or "", _AT_UTC)).date()
    tomorrow = today + timedelta(days=1)
    if lang in _ZONES or seen.hour < _FIRST_ZONE:
        return today
    return tomorrow if _dated(folded[:_HEAD], tongue, tomorrow) else today


def _dated(head: str, tongue: Tongue, day: date) -> bool:
    """ "SEOUL, June 24 (Wire) --"."""
    if tongue.month_pattern is None:
        return False
    found = tongue.month_pattern.search(head)
    if found is None or not _PLACE.match(head, 0, found.start()):
        return False
    month = tongue.months[found["m1"] or found["m2"]]
    number = int(found["d1"] or found["d2"] or 0)
    closed = _CLOSED.match(head, found.end())
    return (month, number) == (day.month, day.day) and closed is not None
