"""The shape of monitor.yaml and of the files in sources/. Unknown keys are refused.

The descriptions are what editors show: `monitor schema` exports them.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
import zoneinfo
from datetime import timedelta
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    WithJsonSchema,
    model_validator,
)

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


def _duration(value: Any) -> timedelta:
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


def _feed_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise ValueError("must begin with http:// or https://; files and other schemes are refused")
    if not parts.hostname or re.search(r"\s", url):
        raise ValueError("is no web address: it needs a host and holds no white space")
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
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\s*[smhd]$", "examples": ["15m"]}),
]
Size = Annotated[
    int,
    BeforeValidator(_size),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\s*(kB|MB|kb|mb)$", "examples": ["10MB"]}),
]
FeedUrl = Annotated[
    str, AfterValidator(_feed_url), Field(json_schema_extra={"pattern": r"^https?://\S+$"})
]
Zone = Annotated[str, AfterValidator(_zone), Field(json_schema_extra={"examples": ["Asia/Seoul"]})]
Lang = Annotated[str, AfterValidator(_lang), Field(json_schema_extra={"pattern": "^[a-z]{2,3}$"})]
Listen = Annotated[
    str, AfterValidator(_listen), Field(json_schema_extra={"pattern": r"^\S+:\d{1,5}$"})
]


class Strict(BaseModel):
    """A frozen model that refuses unknown keys and never prints a value it was given."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True
    )


class Polling(Strict):
    """How sources are read unless a source says otherwise."""

    every: Duration = Field(
        default=timedelta(minutes=15),
        description="how often a source is read, for example 15m",
        json_schema_extra={"default": "15m"},
    )
    timeout: Duration = Field(
        default=timedelta(seconds=30),
        description="longest time one read may take in all",
        json_schema_extra={"default": "30s"},
    )
    max_body: Size = Field(
        default=10_000_000,
        description="largest document that is read, for example 10MB",
        json_schema_extra={"default": "10MB"},
    )
    concurrent: int = Field(
        default=20, ge=1, le=500, description="how many sources are read at the same time"
    )
    per_host: int = Field(default=2, ge=1, le=10, description="how many of them may be on one host")
    contact: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        pattern=r"^[\x20-\x7e]*$",
        description="an address or page of yours, named in the User-Agent so that publishers can "
        "reach you; plain ASCII",
    )


class Server(Strict):
    """The status page."""

    enabled: bool = Field(default=True, description="whether the page is served at all")
    listen: Listen = Field(
        default="127.0.0.1:8750",
        description="host:port of the page; any address but loopback needs a password",
    )
    password: SecretStr | None = Field(
        default=None,
        min_length=8,
        description="asked for by the page (user name: monitor); better in password_file",
    )
    password_file: str | None = Field(
        default=None, min_length=1, description="a file that holds the password, beside the config"
    )

    @model_validator(mode="after")
    def _one_password(self) -> Self:
        if self.password is not None and self.password_file is not None:
            raise ValueError("give password or password_file, not both")
        return self


class Channel(Strict):
    """One place where alerts go: an Apprise URL, written here, or read from a file."""

    url: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="an Apprise URL; ${NAME} is taken from the environment",
    )
    url_file: str | None = Field(
        default=None, min_length=1, description="a file that holds the URL, beside the config"
    )
    notices: bool = Field(default=True, description="also carry the service's own notices")

    @model_validator(mode="after")
    def _one_url(self) -> Self:
        if (self.url is None) == (self.url_file is None):
            raise ValueError("give url or url_file, one of the two")
        return self


class Source(Strict):
    """A feed that is polled. Its id is its identity: the name and the address may change."""

    id: str = Field(
        pattern=r"^[a-z0-9][a-z0-9._-]*$",
        max_length=80,
        description="the lasting name in the database: lower-case letters, digits, '.', '_', '-'",
    )
    url: FeedUrl = Field(max_length=2000, description="address of the feed, http or https")
    outlet: str = Field(min_length=1, max_length=120, description="the name people know")
    family: str | None = Field(
        default=None,
        min_length=1,
        max_length=120,
        description="the publisher behind several outlets; they count as one origin",
    )
    lang: Lang | None = Field(default=None, description="language of the feed, for example ko")
    zone: Zone | None = Field(default=None, description="time zone of dates that name none")
    every: Duration | None = Field(
        default=None, description="how often this source is read; else polling.every"
    )
    enabled: bool = Field(default=True, description="false keeps it listed and never reads it")
    allow_private: bool = Field(default=False, description="may live in a private network")


class SourcesFile(Strict):
    """One file of sources/."""

    sources: tuple[Source, ...] = Field(min_length=1, description="the feeds of this file")


ChannelName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]


class Settings(Strict):
    """monitor.yaml."""

    data: str = Field(
        default="data",
        min_length=1,
        description="folder of the database; taken beside the folder config/ that holds this file",
    )
    topics: tuple[str, ...] = Field(min_length=1, description="names of files in topics/")
    sources: tuple[str, ...] = Field(
        default=("sources/*.yaml",), min_length=1, description="files of sources, beside this file"
    )
    polling: Polling = Field(default_factory=Polling, description="how sources are read")
    server: Server = Field(default_factory=Server, description="the status page")
    channels: dict[ChannelName, Channel] = Field(
        min_length=1, description="where alerts go, each under a name of your own"
    )
    log: Literal["text", "json"] = Field(
        default="text", description="log lines for people, or one JSON object a line"
    )
