"""What the service says about itself: sources, channels, templates that fail or work again. Pure.

What is said of sources is one message for all that it is true of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.compose import notice
from monitor.alerts.language import ENGLISH, Words
from monitor.models import Alert
from monitor.models.cutting import cut

_NAMED = 3  # sources that a headline names


@dataclass(frozen=True, slots=True)
class SourceNews:
    """What is to be said of one source. `trouble` is a word or two, the rest are sentences."""

    id: str
    outlet: str
    trouble: str
    cause: str
    since: datetime
    error: bool = True  # it cannot be read, in contrast to one that brings nothing
    advice: str = ""
    more: str = ""
    next_try: datetime | None = None


def broken(news: Sequence[SourceNews], now: datetime) -> Alert:
    """The one message that these sources are in trouble."""
    one = news[0]
    if len(news) > 1:
        headline = f"{len(news)} sources are in trouble: {_names(news)}"
    elif one.error:
        headline = f"{one.outlet} cannot be read since {_at(one.since)}: {one.trouble}"
    else:
        headline = f"{one.outlet} may be missing news: {one.trouble}, noticed {_at(one.since)}"
    lines = [line for each in news for line in (*_told(each), "")]
    lines.append(
        "It is tried again by itself and never given up; you hear once more when it works."
        if len(news) == 1
        else "They are tried again by themselves and never given up; you hear when they work."
    )
    return notice(headline, "\n".join(lines), now)


def still_broken(news: Sequence[SourceNews], now: datetime) -> Alert:
    """The one message of a week that these sources are in trouble still."""
    one = news[0]
    headline = f"{one.outlet} is still in trouble since {_at(one.since)}: {one.trouble}"
    if len(news) > 1:
        headline = f"{len(news)} sources are still in trouble: {_names(news)}"
    lines = [line for each in news for line in (*_told(each), "")]
    lines.append(
        "You hear of it once a week and when it works. enabled: false on a source that is not to "
        "come back ends that."
    )
    return notice(headline, "\n".join(lines), now)


def recovered(news: Sequence[SourceNews], now: datetime) -> Alert:
    """The one message that these sources work again."""
    one = news[0]
    headline = f"{one.outlet} works again"
    if len(news) > 1:
        headline = f"{len(news)} sources work again: {_names(news)}"
    lines = [
        f"{each.outlet} ({each.id}) was in trouble since {_at(each.since)}: {each.trouble}."
        for each in news
    ]
    return notice(headline, "\n".join(lines), now)


def outage(down: int, sources: int, since: datetime, cause: str, now: datetime) -> Alert:
    """The one message that hardly anything can be read; `cause` is the most frequent one."""
    which = "No source" if down >= sources else f"{down} of {sources} sources"
    verb = "can" if down >= sources else "cannot"
    lines = [
        f"{down} of {sources} sources cannot be read. The likely cause is this machine's network, "
        "its name server, its proxy or its clock.",
        cause,
        "",
        "See whether this machine reaches the net at all. All are tried again by themselves; you "
        "hear once more when they can be read.",
    ]
    return notice(f"{which} {verb} be read since {_at(since)}", "\n".join(lines), now)


def outage_over(still: Sequence[SourceNews], sources: int, since: datetime, now: datetime) -> Alert:
    """The one message that sources can be read again; `still` are those that cannot yet."""
    headline = f"Sources can be read again: {sources - len(still)} of {sources}"
    lines = [f"Hardly any could be read since {_at(since)}. What came meanwhile is news now."]
    lines += [f"{each.outlet} ({each.id}): not yet: {each.cause}" for each in still]
    return notice(headline, "\n".join(lines), now)


def gaps(news: Sequence[SourceNews], now: datetime) -> Alert:
    """The one message that entries of these sources may have been missed."""
    headline = f"{news[0].outlet} may have had entries that were not seen"
    if len(news) > 1:
        headline = f"{len(news)} sources may have had entries that were not seen: {_names(news)}"
    lines = [f"{each.outlet} ({each.id}): {each.cause}" for each in news]
    lines += [
        "",
        "The document held only newer entries than at the last read. If it happens while the "
        "service runs, let the source be read more often: every on the source, or "
        "polling.slowest.",
    ]
    return notice(headline, "\n".join(lines), now)


def channel_notice(channel: str, why: str, now: datetime, words: Words = ENGLISH) -> Alert:
    """The news that `channel` takes no messages; one id a channel and hour, so never a storm."""
    return notice(
        words.say("channel", channel=channel, why=why),
        f"{words.say('channel_listed')}\n{words.say('channel_prove', channel=channel)}",
        now,
        key=f"channel {channel} {now:%Y-%m-%dT%H}",
    )


def failing_notice(channel: str, why: str, now: datetime, words: Words = ENGLISH) -> Alert:
    """The news that `channel` takes nothing at the moment; one id a channel and day."""
    return notice(
        words.say("channel_failing", channel=channel, why=why),
        f"{words.say('channel_again')}\n{words.say('channel_listed')}",
        now,
        key=f"channel {channel} failing {now:%Y-%m-%d}",
    )


def template_notice(file: str, why: str, now: datetime, words: Words = ENGLISH) -> Alert:
    """The news that an operator's template failed; one id a file and day."""
    return notice(
        words.say("template", file=file),
        f"{why}\n{words.say('template_mend')}",
        now,
        key=f"template {file} {now:%Y-%m-%d}",
    )


def _told(each: SourceNews) -> list[str]:
    again = f" Next try {_at(each.next_try)}." if each.next_try is not None else ""
    lines = [f"{each.outlet} ({each.id}), {each.trouble} since {_at(each.since)}", each.cause]
    return [line for line in (*lines, f"{each.advice}{again}".strip(), each.more) if line]


def _names(news: Sequence[SourceNews]) -> str:
    named = ", ".join(cut(each.outlet, 40) for each in news[:_NAMED])
    more = len(news) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _at(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
