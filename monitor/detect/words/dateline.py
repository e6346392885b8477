"""The line with which a report begins, where and when it was written, and the day that it is of,
with its hour where a clock is known.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from monitor.detect.words.gazetteer import Gazetteer
from monitor.detect.words.opened import Opened
from monitor.detect.words.tongue import Tongue
from monitor.models import Article

_LINE = re.compile(  # "Seoul.", "СЕУЛ, 16 июня.", "Washington.-"
    r"\s*(?P<place>[a-zа-яё][a-zа-яё' -]{1,30}?)(?P<when>, (?=[^\n.:;]*\d)[^\n.:;]{3,24})?"
    r"\.(?P<dash>-)?\s*"
)
_WIRE = re.compile(r"\s*[/(\[][^/()\[\]\n]{2,30}[/)\]]\.?\s*")  # "/TASS/."
_PLACE = re.compile(r"\s*[^\W\d_][^\d.:;\n]{1,40}, $")
_CLOSED = re.compile(r"(?: ?[(/][^()/\n]{2,40}[)/])?(?: ?-|\.|\))")
_FROM = re.compile(  # "SEOUL (Lark) -", "Seoul, South Korea (Lark) -", "TOKYO, 5 mars /Merle/ -"
    r"\s*\(?(?P<place>[a-zа-яё][a-zа-яё' -]{1,30}?)(?:, [^()/\n.:;]{2,30})?\s*"
    r"(?:[(/][^()/\n]{2,40}[)/])?\)?\s*(?:-{1,2}|\.-?)\s"
)
_EASTERN = re.compile(
    r"\s*(?:[(【\[](?P<place>[^\W\d_]{2,8})(?:[·、][^=)】\]]{1,12})?\s?=|[(【\[]?[^\W\d_]{1,4}[社网網]"
    r"(?P<place2>[^\W\d_]{2,6}?)(?:\d{1,2}月)?\d{1,2}日[电電])"
)
_HEAD = 80  # characters of a text in which a dateline ends
_FIRST_ZONE = 10  # hour of UTC at which tomorrow begins in the farthest east
_DAY = 24 * 60  # minutes
_LANGUAGES = {"ko": 9, "ja": 9, "zh": 8}  # hours ahead of UTC, where a language is of one zone
_COUNTRIES = {  # and where a country is, without its summer time
    12: "NZ FJ", 9: "KR KP JP", 8: "CN HK MO TW SG MY PH MN", 7: "VN TH KH LA", 6.5: "MM",
    6: "BD", 5.5: "IN LK", 5: "PK UZ KZ", 4.5: "AF", 4: "AE OM AZ AM GE", 3.5: "IR",
    3: "SA IQ KW QA YE TR BY KE ET SO SY JO", 2: "EG IL PS LB GR BG RO FI UA ZA LY SD",
    -3: "AR UY", -4: "VE CL BO", -5: "CU PE CO EC PA",
}  # fmt: skip
_CITIES = {  # of countries with several; by their folded names
    10: "canberra|sydney|melbourne|vladivostok|владивосток", 7: "jakarta",
    3: "moscow|moskau|moscou|moscu|москва|saint petersburg|санкт-петербург",
    -3: "brasilia|sao paulo", -6: "mexico city|mexico|mexiko-stadt",
    -5: "washington|вашингтон|new york|nueva york|нью-йорк|united nations|nations unies|ottawa",
    -8: "los angeles|san francisco",
}  # fmt: skip
_AHEAD: dict[str, float] = {
    place: hours
    for table, between in ((_COUNTRIES, " "), (_CITIES, "|"))
    for hours, places in table.items()
    for place in places.split(between)
}


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
    known = found["when"] or found["dash"] or gazetteer.named(found["place"]) is not None
    return bool(known) or name.isupper()


class Told(NamedTuple):
    """When an article was written, where it was."""

    day: date
    minute: int | None  # of that day; None where no clock is known


def told_at(article: Article, texts: Opened, gazetteer: Gazetteer) -> Told:
    """The day on which an article was written, of which it speaks as today, and the time of day.

    That is the day of its dateline, if it gives one of these days; else what it is by the clock of
    the dateline's place, or of its source, or of its language where that is of one time zone.
    Without any of these the day is that of UTC, and nobody knows the hour.
    """
    part = "body" if texts.folded["body"] else "summary"
    written, folded = texts.parts.get(part, "")[:_HEAD], texts.folded.get(part, "")[:_HEAD]
    place = _place_of(written, folded)
    hours = None if place is None else _hours_at(place, gazetteer)
    if hours is not None:
        ahead: timedelta | None = timedelta(hours=hours)
    elif article.ahead is not None:
        ahead = article.ahead
    else:
        own = _LANGUAGES.get(texts.lang or "")
        ahead = None if own is None else timedelta(hours=own)
    now = article.seen + (ahead or timedelta())
    day = _dated(folded, texts.tongue, article.seen) or now.date()
    strange = hours is None and (place is not None or _is_abroad(folded, ahead, gazetteer))
    return Told(day, None if ahead is None or strange else _minute(day, article, ahead))


def _minute(day: date, article: Article, ahead: timedelta) -> int | None:
    """The minute of a day at which an article was first told: what an edit leaves speaks of then.

    The last one if that day is over there, None if it was not told on that day yet.
    """
    first = article.seen if article.previous is None else article.previous.seen
    now = first + ahead
    if now.date() != day:
        return _DAY if now.date() > day else None
    return now.hour * 60 + now.minute


def _is_abroad(folded: str, ahead: timedelta | None, gazetteer: Gazetteer) -> bool:
    """A dateline without spaces, "(런던=종달새)", 【ロンドン=ひばり】, 云雀社伦敦3月5日电, names a
    place whose clocks are not these, or not known.
    """
    found = _EASTERN.match(folded)
    name = found["place"] or found["place2"] if found else None
    place = gazetteer.named(name) if name else None
    if place is None:
        return False
    hours = _AHEAD.get(place[:2])
    return hours is None or timedelta(hours=hours) != ahead


def _place_of(written: str, folded: str) -> str | None:
    """The folded name of the place of a dateline."""
    found = _FROM.match(folded)
    if found is None or not written[found.start("place")].isupper():
        return None
    return found["place"]


def _hours_at(name: str, gazetteer: Gazetteer) -> float | None:
    """How far the clocks of a place are ahead of UTC; None if not known."""
    country = gazetteer.named(name) or ""
    return _AHEAD.get(name, _AHEAD.get(country[:2]))


def _dated(head: str, tongue: Tongue, seen: datetime) -> date | None:
    """The day of "SEOUL, June 24 (Wire) --", if that is today somewhere."""
    if tongue.month_pattern is None:
        return None
    found = tongue.month_pattern.search(head)
    if found is None or not _PLACE.match(head, 0, found.start()):
        return None
    month = tongue.months[found["m1"] or found["m2"]]
    number = int(found["d1"] or found["d2"] or 0)
    if _CLOSED.match(head, found.end()) is None:
        return None
    begun = (0, 1) if seen.hour >= _FIRST_ZONE else (0,)
    days = ((seen + timedelta(days=ahead)).date() for ahead in begun)
    return next((day for day in days if (day.month, day.day) == (month, number)), None)
