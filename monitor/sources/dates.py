"""Dates as feeds write them, read without guessing.

Readers in use misread real feeds: KST as UTC, dd.mm.yyyy as mm.dd, a missing month as the present
one. Here a date is read whole or not at all. A date without a zone is in the source's zone.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

# Hours from UTC of zone names. Where a name has several owners, the one that feeds mean.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "ist": 5.5,
    "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "met": 1, "mest": 2, "eet": 2, "eest": 3,
    "msk": 3, "msd": 4, "kst": 9, "jst": 9, "hkt": 8, "sgt": 8, "pht": 8, "awst": 8, "ict": 7,
    "wib": 7, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "0000": 0, "akst": -9, "akdt": -8, "hst": -10, "brt": -3, "art": -3,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene janeiro gennaio gen янв января ιαν",
            "feb february februar février févr fev febrero fevereiro febbraio фев февраля φεβ",
            "mar march märz mär mrz mars marzo março мар марта μάρ μαρ már",
            "apr april avril avr abril abr aprile апр апреля απρ ápr",
            "may mai mayo maio maggio mag май мая μάι μαϊ μαι máj",
            "jun june juni juin junio junho giugno giu июн июня ιούν ιουν ιον jún",
            "jul july juli juillet juil julio julho luglio lug июл июля ιούλ ιουλ ιολ júl",
            "aug august août aout agosto ago авг августа αύγ αυγ",
            "sep sept september septembre septiembre setembro set settembre сен сентября σεπ sze",
            "oct october oktober okt octobre octubre outubro out ottobre ott окт октября οκτ",
            "nov november novembre noviembre novembro ноя ноября νοέ νοε",
            "dec dezember dez décembre déc diciembre dic dezembro dicembre дек декабря δεκ",
        ),
        1,
    )
    for name in names.split()
}
_TIME = (
    r"(?P<half>오전|오후|午前|午後|上午|下午|[ap]\.?m\.?\b)?\s*"
    r"(?P<h>\d{1,2})\s*[:.時时시h]\s*(?P<mi>\d{1,2})\s*[분分]?"
    r"(?:\s*[:.]?\s*(?P<s>\d{1,2})\s*[초秒]?(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half2>[ap]\.?m\.?\b)?"
)
# Also +0900 KST (Go's clock writes both), 0000 without its sign, and Asia/Seoul.
_ZONE = (
    r"(?P<zone>(?:gmt|utc|ut)?\s*[+-]\s*\d{1,2}:?\d{0,2}(?=\D|$)|0000\b"
    r"|[a-z]{2,10}/[a-z_/-]{2,30}|[a-z]{1,5}\b)?(?:\s+[a-z]{2,5}\b)?"
)
_REST = rf"(?:[\s,t-]*{_TIME}\s*{_ZONE})?[\s.]*(?:\([^)]*\))?\s*$"
_FORMS = tuple(
    re.compile(form + _REST, re.IGNORECASE)
    for form in (
        # 2022-07-16, 2025.02.12, 2020/1/10, 2025년 2월 12일, 2020年6月16日
        r"\s*(?P<y>\d{4})\s*[-./年년]\s*(?P<m>\d{1,2})\s*[-./月월]\s*(?P<d>\d{1,2})(?!\d)\s*[.日일]?"
        r"(?:\s*\(?[월화수목금토일月火水木金土日]\)?(?:요일|曜日)?)?",
        # Sat, 16 Jul 2022; 14-Dec-2022; 07 Dec 17
        r"(?:\s*[^\W\d]+\.?\s*,?\s*)?(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?P<mon>[^\W\d]{3,10})\.?"
        r"[\s,-]+(?P<y>\d{4}|\d{2})(?!\d)",
        # 2022-Jul-16
        r"\s*(?P<y>\d{4})[\s.-]+(?P<mon>[^\W\d]{3,10})[\s.-]+(?P<d>\d{1,2})(?!\d)\.?",
        # Sat Oct 06 2018; Friday, January 29, 2021
        r"(?:\s*[^\W\d]+\.?\s*,?\s+)?(?P<mon>[^\W\d]{3,10})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?"
        r"\s+(?P<y>\d{4})(?!\d)",
        # 22.11.2022 and Sat, 16 07 2022: day first
        r"(?:\s*[^\W\d]+\.?\s*,?\s*)?(?P<d>\d{1,2})[.\s-](?P<m>\d{1,2})[.\s-](?P<y>\d{4})(?!\d)",
        # 05/03/2019: month first, unless that is impossible
        r"(?:\s*[^\W\d]+\.?\s*,?\s*)?(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})(?!\d)",
        # 20021231 and 20250212093222 begin alike; the latter is packed and has its own form
        r"\s*(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)",
        r"\s*(?P<y>\d{4})-(?P<m>\d\d)",
        r"\s*(?P<y>\d{4})",
    )
)
_PACKED = re.compile(
    r"\s*(?P<y>(?:19|20)\d\d)-?(?P<m>\d\d)-?(?P<d>\d\d)[T\s]?(?P<h>\d\d)(?P<mi>\d\d)(?P<s>\d\d)"
    rf"(?:\.\d+)?\s*{_ZONE}\s*$",
    re.IGNORECASE,
)
# Fri Feb 14 09:32:22 KST 2025: the C library's form has the year last.
_ASCTIME = re.compile(
    rf"\s*[a-z]{{3,9}},?\s+(?P<mon>[a-z]{{3,9}})\s+(?P<d>\d{{1,2}})\s+{_TIME}\s*{_ZONE}"
    r"\s+(?P<y>\d{4})\s*$",
    re.IGNORECASE,
)
# Nine dates of ten: read at once, before the forms that take their time.
_COMMON = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)"
    r" (?:GMT|UTC|([+-])([01]\d):?([0-5]\d))$"
)
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3,6})?(?:Z|[+-]\d\d:\d\d)$")
# Seconds or milliseconds since 1970, from 2001 to 2033; a packed date begins with 19 or 20.
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?$")
_AFTERNOON = ("오후", "午後", "下午", "p")
_EARLIEST = 1990


@lru_cache(maxsize=64)
def zone_of(name: str | None) -> tzinfo:
    """The named IANA zone; UTC for None. Raises ValueError or KeyError for an unknown name."""
    return ZoneInfo(name) if name else UTC


@lru_cache(maxsize=4096)
def parse_date(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The instant in UTC, None when the text is no date or an impossible one.

    A text without a zone is in `zone`. Years before 1990 (clock zero, placeholders) are no dates
    of news.
    """
    text = " ".join(text.split())
    if (found := _COMMON.match(text)) and (date := _common(found)):
        return date
    if _ISO.match(text) and (date := _sane(text)):
        return date
    if not 4 <= len(text) <= 80:
        return None
    if found := _EPOCH.match(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    for form in (_FORMS[0], _FORMS[1], _PACKED, *_FORMS[2:], _ASCTIME):
        if found := form.match(text):
            return _built(found, zone)
    return None


def _common(found: re.Match[str]) -> datetime | None:
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    try:
        local = datetime(
            int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), int(second),
            tzinfo=UTC,
        )  # fmt: skip
        utc = local + offset if sign == "-" else local - offset
    except (KeyError, ValueError, OverflowError):
        return None
    return utc if _EARLIEST <= utc.year < 9999 else None


def _sane(text: str) -> datetime | None:
    try:
        utc = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return utc if _EARLIEST <= utc.year < 9999 else None


def _built(found: re.Match[str], zone: tzinfo) -> datetime | None:
    part = found.groupdict()
    month, day = _month(part), int(part.get("d") or 1)
    if month is None:
        return None
    if month > 12 and day <= 12:
        month, day = day, month
    year = int(part["y"])
    if len(part["y"]) == 2:
        year += 2000 if year < 70 else 1900
    tz = _zone(part.get("zone"), zone)
    second = min(int(part.get("s") or 0), 59)  # leap seconds
    try:
        local = datetime(year, month, day, _hour(part), int(part.get("mi") or 0), second, tzinfo=tz)
        utc = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if part.get("h") == "24" and not int(part.get("mi") or 0):
        utc += timedelta(days=1)
    return utc if _EARLIEST <= utc.year < 9999 else None


def _month(part: dict[str, str | None]) -> int | None:
    name = part.get("mon")
    if name is None:
        return int(part.get("m") or 1)
    return _MONTHS.get(name.lower()) or _MONTHS.get(name.lower()[:3])


def _hour(part: dict[str, str | None]) -> int:
    hour = int(part.get("h") or 0)
    half = (part.get("half") or part.get("half2") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    return 0 if hour == 24 else hour


def _zone(text: str | None, default: tzinfo) -> tzinfo:
    """The zone a date names. Names that nobody knows count as none."""
    low = (text or "").replace(" ", "").lower()
    offset = re.fullmatch(r"(?:gmt|utc|ut)?([+-])(\d{1,2}):?(\d{2})?", low)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        signed = timedelta(minutes=minutes if offset[1] == "+" else -minutes)
        return timezone(signed) if abs(signed) < timedelta(hours=24) else default
    if low in _ZONES:
        return timezone(timedelta(hours=_ZONES[low]))
    with suppress(KeyError, ValueError, OSError):  # a folder of zones is none
        return zone_of(text) if text and "/" in text else default
    return default
