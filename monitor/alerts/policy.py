"""Who is told, and when: pure decisions over the operator's rules.

Every delivery is owed at once; policy only says from when it may go, and why it waits. What waits
goes out together at that time, so that nothing is dropped on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.config.policy import DAYS, Digest, Hours, Policy, Rules
from monitor.models import UNTIL_READ, Alert, Hold, LastTold, Owed, Silence

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
OWN = frozenset({"notice", "summary", "digest", "together"})  # the service's own messages


def takers(
    alert: Alert,
    candidates: Iterable[tuple[str, str]],
    rules: Mapping[str, Rules],
    policy: Policy,
    now: datetime,
) -> tuple[tuple[str, str], ...]:
    """The (channel, recipient) pairs that an alert goes to.

    An alert that no channel takes goes to all that do not only escalate: rules that leave a gap
    must not lose news.
    """
    pairs = tuple(candidates)
    wanted = tuple(pair for pair in pairs if _takes(rules[pair[0]], alert, policy, now))
    if any(rules[channel].escalate is None for channel, _ in wanted):
        return wanted
    return wanted + tuple(pair for pair in pairs if rules[pair[0]].escalate is None)


def _takes(rule: Rules, alert: Alert, policy: Policy, now: datetime) -> bool:
    takes = rule.takes
    if alert.kind in OWN:
        return rule.escalate is None and (takes.digest or alert.kind != "digest")
    if rule.escalate is not None and not alert.major:
        return False
    lang = alert.citations[0].lang if alert.citations else None
    return (
        (takes.importance == "any" or alert.major)
        and (takes.topics is None or alert.topic in takes.topics)
        and (takes.languages is None or lang is None or lang in takes.languages)
        and (takes.hours is None or ends(takes.hours, policy.zone, now) is not None)
    )


def owed(
    alert: Alert, channel: str, recipient: str, rule: Rules, policy: Policy, last: LastTold
) -> Owed:
    """From when the alert may go to a recipient, and what it waits for.

    Quiet hours come last: what was gathered in them waits for their end as well. A digest comes at
    the hour that was set for it.
    """
    at = now = alert.created
    hold = Hold.NOTHING
    if alert.kind in OWN:
        hold = Hold.ALONE
    elif rule.escalate is not None:
        at, hold = now + rule.escalate, Hold.ACKNOWLEDGED
    elif not alert.major:
        gathered = _gathered(rule, now, last)
        at, hold = (gathered, Hold.OTHERS) if gathered > now else (now, hold)
    end = None if alert.kind == "digest" else _quiet_until(rule, policy, at, major=alert.major)
    if end is not None:
        at, hold = end, Hold.QUIET if hold is Hold.NOTHING else hold
    return Owed(channel, recipient, at, hold, urgent=alert.major)


def _gathered(rule: Rules, now: datetime, last: LastTold) -> datetime:
    """When the message that this alert joins goes out."""
    if last.gathering is not None and last.gathering > now:
        return last.gathering
    waited = now + rule.wait if rule.wait else now
    if rule.pause and last.sent is not None and last.sent <= now:
        return max(waited, last.sent + rule.pause)
    return waited


def not_before(rule: Rules, policy: Policy, at: datetime, *, urgent: bool) -> datetime:
    """The time of another try, moved out of quiet hours."""
    return _quiet_until(rule, policy, at, major=urgent) or at


def _quiet_until(rule: Rules, policy: Policy, at: datetime, *, major: bool) -> datetime | None:
    if rule.quiet is None or (major and rule.quiet.major == "passes"):
        return None
    return ends(rule.quiet, policy.zone, at)


def ends(hours: Hours, zone: str, now: datetime) -> datetime | None:
    """The end of the stretch that `now` lies in, None outside.

    A stretch runs from one instant to another, so a clock set forward or back in between makes it
    an hour shorter or longer, and no instant is in doubt. A time that the clock skips (02:30) is
    as long after midnight as it says (03:30); of a time that comes twice the first counts.
    """
    end = now
    # Stretches may touch (the weekend is two days): their common end is what counts.
    for day in _days(hours, zone, now):
        start = instant(day, hours.start, zone)
        stop = instant(day + _DAY if hours.end <= hours.start else day, hours.end, zone)
        if start <= end < stop:
            end = stop
    return end if end > now else None


def _days(hours: Hours, zone: str, now: datetime) -> list[date]:
    today = now.astimezone(ZoneInfo(zone)).date()
    near = [today + _DAY * offset for offset in range(-1, 8)]
    return [day for day in near if DAYS[day.weekday()] in hours.days]


def instant(day: date, clock: time, zone: str) -> datetime:
    """A time of day in a zone as UTC; see `ends` for the nights when clocks change."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def digest_due(oldest: datetime, rule: Digest, zone: str, now: datetime) -> bool:
    """Whether the digest that a row of `oldest` waits for is due."""
    return now >= next_digest(oldest, rule, zone)


def next_digest(after: datetime, rule: Digest, zone: str) -> datetime:
    """The first time of the digest that is later than `after`."""
    if rule.every == "hour":
        # Of a zone that is half an hour or a quarter off, its own minute counts.
        apart = (after.astimezone(ZoneInfo(zone)).utcoffset() or _HOUR) % _HOUR
        hour = (after + apart).replace(minute=rule.at.minute, second=0, microsecond=0) - apart
        return hour if hour > after else hour + _HOUR
    today = after.astimezone(ZoneInfo(zone)).date()
    times = (
        instant(today + _DAY * n, rule.at, zone)
        for n in range(9)
        if rule.every == "day" or DAYS[(today + _DAY * n).weekday()] == rule.on
    )
    return next(at for at in times if at > after)


def last_digest(now: datetime, rule: Digest, zone: str) -> datetime:
    """The latest time of the digest that is not later than `now`."""
    slot = next_digest(now - timedelta(days=15), rule, zone)
    while (later := next_digest(slot, rule, zone)) <= now:
        slot = later
    return slot


def silence_of(alert: Alert, silences: Iterable[Silence], now: datetime) -> Silence | None:
    """The silence that covers an alert, the one that ends last; the service's own are never.

    What a person has silenced stays so through a restore.
    """
    if alert.kind in OWN:
        return None
    covering = [silence for silence in silences if _covers(silence, alert, now)]
    return max(covering, key=lambda s: (s.until != UNTIL_READ, s.until), default=None)


def _covers(silence: Silence, alert: Alert, now: datetime) -> bool:
    words = silence.words.casefold().split()
    text = f"{alert.headline} {alert.text}".casefold()
    return (
        silence.created <= now < silence.until
        and silence.topic in (None, alert.topic)
        and silence.story in (None, alert.story)
        and all(word in text for word in words)
    )
