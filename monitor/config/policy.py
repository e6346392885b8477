"""Which alerts a channel takes, and when: the policy as operators write it.

Everything is said where it holds, under the channel; `policy` has only what is common to all.
"""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, SecretStr, WithJsonSchema, field_validator

from monitor.config.strict import Strict
from monitor.config.units import Duration, Lang, Zone

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)


def _clock(value: Any) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, int) and 0 <= value < 24 * 60:
        # YAML 1.1 readers take 22:00 for a number of minutes in base 60; we say what is meant.
        raise ValueError('write the time in quotes, for example "22:00"')
    hours, colon, minutes = str(value).strip().partition(":")
    good = colon and hours.isdigit() and minutes.isdigit() and len(minutes) == 2
    if not good or int(hours) > 23 or int(minutes) > 59:
        raise ValueError('write a time of day as "HH:MM", for example "22:00"')
    return time(int(hours), int(minutes))


Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d{2}$", "examples": ["22:00"]}),
]


class Hours(Strict):
    """A stretch of each day by the policy's clock; it may pass midnight.

    The same time twice is the whole day, so `days: [sat, sun]` with "00:00" to "00:00" is the
    weekend.
    """

    start: Clock = Field(alias="from", description='when it begins, for example "22:00"')
    end: Clock = Field(
        alias="to", description="when it ends; the same as from is a whole day later"
    )
    days: tuple[Day, ...] = Field(
        default=DAYS, min_length=1, description="the days it begins on: mon, tue, ... sun"
    )


class Quiet(Hours):
    """Hours in which a channel says nothing; what came up goes out as one message at their end."""

    major: Literal["passes", "waits"] = Field(
        default="passes", description="whether a major alert is pushed all the same"
    )


class Takes(Strict):
    """Which alerts come to a channel. What is left out makes no difference."""

    importance: Literal["any", "major"] = Field(
        default="any", description="major: only alerts that move the state card"
    )
    topics: tuple[str, ...] | None = Field(
        default=None, min_length=1, description="names of topics; else all that name this channel"
    )
    languages: tuple[Lang, ...] | None = Field(
        default=None, min_length=1, description="of the article that brought the news, such as ko"
    )
    hours: Hours | None = Field(
        default=None, description="only in these hours; outside of them others have to take it"
    )
    digest: bool = Field(default=True, description="also the digest of smaller developments")


class Digest(Strict):
    """When the smaller developments are told."""

    every: Literal["hour", "day", "week"] = Field(default="day", description="how often")
    at: Clock = Field(
        default=time(7), description="at what time; of an hourly digest the minute counts"
    )
    on: Day = Field(default="mon", description="the day of a weekly digest")
    empty: bool = Field(
        default=False, description="send it also when there is nothing to tell: still watching"
    )


class Policy(Strict):
    """What holds for all channels."""

    zone: Zone = Field(default="UTC", description="whose clock the hours here are of")
    digest: Digest = Field(default_factory=Digest, description="the digest of each topic")
    ping: SecretStr | None = Field(
        default=None,
        min_length=1,
        description="an address asked each minute while the watch works, and /fail when it does "
        "not, so that somebody else notices when this machine is gone; ${NAME} is taken from the "
        "environment",
    )


class Rules(Strict):
    """When a channel is told: the part of a channel that is not its address."""

    takes: Takes = Field(default_factory=Takes, description="which alerts come here")
    quiet: Quiet | None = Field(default=None, description="hours in which nothing is said")
    wait: Duration | None = Field(
        default=None, description="gather alerts of a topic so long into one message"
    )
    pause: Duration | None = Field(
        default=None, description="least time between two messages on a topic; major ones pass"
    )
    most: int | None = Field(
        default=None, ge=1, le=1000, description="messages an hour; what is more comes together"
    )
    escalate: Duration | None = Field(
        default=None,
        description="take only major alerts, and only those nobody acknowledged for so long",
    )

    @field_validator("wait")
    @classmethod
    def _short(cls, wait: Any) -> Any:
        if wait is not None and wait.total_seconds() > 3600:
            raise ValueError("is at most 1h: alerts are meant to arrive; see pause and quiet")
        return wait
