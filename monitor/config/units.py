"""The words that the configuration is written in: durations, sizes, addresses, zones, languages.

Each refuses what it is not with a sentence that says what to write.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import zoneinfo
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SIZES = {"kb": 1_000, "mb": 1_000_000}
_LONGEST = timedelta(days=366)
_LARGEST = 1_000_000_000
# Countries written where a language is meant; each language code is ISO 639-1.
_COUNTRIES = {
    "jp": "ja", "kr": "ko", "kp": "ko", "cn": "zh", "tw": "zh", "us": "en", "gb": "en",
    "gr": "el", "ua": "uk", "cz": "cs", "dk": "da",
}  # fmt: skip


def suggest(word: str, known: list[str]) -> str:
    """ " (did you mean 'x'?)" for the nearest known word, else the whole list when it is short."""
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f" (did you mean '{near[0]}'?)"
    return f" (known: {', '.join(known)})" if 0 < len(known) <= 20 else ""


def duration(value: Any) -> timedelta:
    """A length of time from words such as 15m; ValueError says what to write."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d{1,9})\s*([smhd])", str(value).strip())
    if not found:
        raise ValueError("write a duration as a number and s, m, h or d, for example 15m")
    length = timedelta(seconds=int(found[1]) * _UNITS[found[2]])
    if not timedelta() < length <= _LONGEST:
        raise ValueError("must be longer than nothing and at most 366d")
    return length


def _size(value: Any) -> int:
    if isinstance(value, int) and value >= _SIZES["kb"]:
        return value  # from code; a bare 10 in a file means megabytes to whoever wrote it
    found = re.fullmatch(r"(\d{1,9})\s*(kb|mb)", str(value).strip().lower())
    if not found:
        raise ValueError("write a size as a number and kB or MB, for example 10MB")
    size = int(found[1]) * _SIZES[found[2]]
    if not 0 < size <= _LARGEST:
        raise ValueError("must be larger than nothing and at most 1000MB")
    return size


def feed_url(url: str) -> str:
    """The address of a feed, as it is; ValueError says why it cannot be one."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise ValueError("must begin with http:// or https://; files and other schemes are refused")
    if not parts.hostname or re.search(r"\s", url):
        raise ValueError("is no web address: it needs a host and holds no white space")
    if parts.username is not None:
        raise ValueError("holds a user name: write it under auth, where it stays hidden")
    return url


def _zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        known = sorted(zoneinfo.available_timezones())
        if not known:
            raise ValueError("cannot be looked up: this machine lacks the package tzdata") from None
        raise ValueError(f"'{name}' is no time zone{suggest(name, known)}") from None
    return name


def _lang(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise ValueError("write a language as its two or three letters, for example ko")
    if code in _COUNTRIES:
        raise ValueError(f"'{code}' is a country; the language is '{_COUNTRIES[code]}'")
    return code


def split_listen(listen: str) -> tuple[str, int]:
    """Host and port of an address such as 127.0.0.1:8750 or [::1]:8750; ValueError for others."""
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:/\[\]]+)):(\d{1,5})", listen)
    if not found or int(found[3]) > 65535:
        raise ValueError("write host:port, for example 127.0.0.1:8750")
    return found[1] or found[2], int(found[3])


def is_loopback(listen: str) -> bool:
    """True when only this machine can reach the address; a name other than localhost is False."""
    host, _ = split_listen(listen)
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(listen: str) -> str:
    split_listen(listen)
    return listen


Duration = Annotated[
    timedelta,
    BeforeValidator(duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\s*[smhd]$", "examples": ["15m"]}),
]
Size = Annotated[
    int,
    BeforeValidator(_size),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\s*(kB|MB|kb|mb)$", "examples": ["10MB"]}),
]
FeedUrl = Annotated[
    str, AfterValidator(feed_url), Field(json_schema_extra={"pattern": r"^https?://\S+$"})
]
Fulltext = Literal["never", "relevant", "always"]
Zone = Annotated[str, AfterValidator(_zone), Field(json_schema_extra={"examples": ["Asia/Seoul"]})]
Lang = Annotated[str, AfterValidator(_lang), Field(json_schema_extra={"pattern": "^[a-z]{2,3}$"})]
Listen = Annotated[
    str, AfterValidator(_listen), Field(json_schema_extra={"pattern": r"^\S+:\d{1,5}$"})
]
