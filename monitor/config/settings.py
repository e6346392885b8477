"""The shape of monitor.yaml and of the files in sources/. Unknown keys are refused."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, WithJsonSchema

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_SIZES = {"kb": 1_000, "mb": 1_000_000}


def _duration(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"(\d+)\s*([smhd])", str(value).strip())
    if not found:
        raise ValueError("write a duration as a number and s, m, h or d, for example 15m")
    return timedelta(seconds=int(found[1]) * _UNITS[found[2]])


def _size(value: Any) -> Any:
    found = re.fullmatch(r"(\d+)\s*(kb|mb)", str(value).strip().lower())
    if not found:
        raise ValueError("write a size as a number and kB or MB, for example 10MB")
    return int(found[1]) * _SIZES[found[2]]


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


class Strict(BaseModel):
    """A frozen model that refuses unknown keys and never prints a value it was given."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True
    )


class Polling(Strict):
    """How sources are read unless a source says otherwise."""

    every: Duration = timedelta(minutes=15)
    timeout: Duration = timedelta(seconds=30)
    max_body: Size = 10_000_000
    concurrent: int = Field(default=20, ge=1, le=500)
    per_host: int = Field(default=2, ge=1, le=10)
    contact: str | None = Field(default=None, description="named in the User-Agent")


class Server(Strict):
    """The status page."""

    enabled: bool = True
    listen: str = Field(default="127.0.0.1:8750", pattern=r"^[^\s:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d+$")


class Channel(Strict):
    """One place where alerts go: an Apprise URL, written here, or read from a file."""

    url: SecretStr | None = Field(
        default=None, description="an Apprise URL; ${NAME} is taken from the environment"
    )
    url_file: str | None = Field(default=None, description="a file that holds the URL")
    notices: bool = Field(default=True, description="also carry the service's own notices")


class Source(Strict):
    """A feed that is polled. Its id is its identity: the name and the address may change."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)
    url: str = Field(pattern=r"^https?://\S+$", max_length=2000)
    outlet: str = Field(min_length=1, max_length=120, description="the name people know")
    family: str | None = Field(default=None, description="the publisher behind several outlets")
    lang: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    zone: str | None = Field(default=None, description="time zone of dates that name none")
    every: Duration | None = None
    enabled: bool = True
    allow_private: bool = Field(default=False, description="may live in a private network")


class SourcesFile(Strict):
    """One file of sources/."""

    sources: tuple[Source, ...]


class Settings(Strict):
    """monitor.yaml."""

    data: str = Field(default="data", description="folder of the database, beside the config")
    topics: tuple[str, ...] = Field(min_length=1, description="names of files in topics/")
    sources: tuple[str, ...] = Field(default=("sources/*.yaml",), min_length=1)
    polling: Polling = Polling()
    server: Server = Server()
    channels: dict[str, Channel] = Field(min_length=1)
    log: Literal["text", "json"] = "text"
