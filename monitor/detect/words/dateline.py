"""The line with which a report begins, where and when it was written, and the day that it is of."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

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
_HEAD = 80  # characters of a text in which a dateline ends
_FIRST_ZONE = 10  # hour of UTC at which tomorrow begins in the farthest east
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


def day_of(article: Article, texts: Opened, gazetteer: Gazetteer) -> date:
    """The day on which an article was written, of which it speaks as today.

    That is the day of its dateline, if it gives one of these days; else what it is by the clock of
    the dateline's place, or of its source, or of its language where that is of one time zone.
    """
    part = "body" if texts.folded["body"] else "summary"
    written, folded = texts.parts.get(part, "")[:_HEAD], texts.folded.get(part, "")[:_HEAD]
    dated = _dated(folded, texts.tongue, article.seen)
    if dated is not None:
        return dated
    hours = _hours_at(written, folded, gazetteer)
    if hours is None and article.ahead is not None:
        return (article.seen + article.ahead).date()
    ahead = _LANGUAGES.get(texts.lang or "", 0) if hours is None else hours
    return (article.seen + timedelta(hours=ahead)).date()


def _hours_at(written: str, folded: str, gazetteer: Gazetteer) -> float | None:
    """How far the clocks of the place of the dateline are ahead of UTC; None if not known."""
    found = _FROM.match(folded)
    if found is None or not written[found.start("place")].isupper():
        return None
    name = found["place"]
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
