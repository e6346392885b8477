"""Who is told and when, as tables; clocks of zones on both nights when they change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alerts.policy import (
    digest_due,
    ends,
    instant,
    last_digest,
    next_digest,
    not_before,
    owed,
    silence_of,
    takers,
)
from monitor.config.policy import Digest, Hours, Policy, Rules
from monitor.models import Alert, Citation, Hold, LastTold, Silence

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SEOUL = Policy.model_validate({"zone": "Asia/Seoul"})
NIGHT = {"from": "22:00", "to": "07:00"}


def rules(**keys: object) -> Rules:
    return Rules.model_validate(keys)


def alert(at: datetime = NOW, lang: str | None = "en", **keys: object) -> Alert:
    values: dict[str, object] = {"topic": "office", "story": "s1", "kind": "new story"}
    values |= {"citations": (Citation("Gazette", "Staff leave", None, lang),)}
    return Alert(id="a", created=at, headline="Staff leave the office", **(values | keys))  # type: ignore[arg-type]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


# --- hours ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "now", "end"),
    [
        ("UTC", utc(2026, 3, 18, 21, 59), None),
        ("UTC", utc(2026, 3, 18, 22), utc(2026, 3, 19, 7)),
        ("UTC", utc(2026, 3, 19, 6, 59), utc(2026, 3, 19, 7)),
        ("UTC", utc(2026, 3, 19, 7), None),
        ("Asia/Seoul", utc(2026, 3, 18, 13), utc(2026, 3, 18, 22)),
        # The night that Berlin loses an hour, and the one that it gains one.
        ("Europe/Berlin", utc(2026, 3, 28, 22), utc(2026, 3, 29, 5)),
        ("Europe/Berlin", utc(2026, 10, 24, 22), utc(2026, 10, 25, 6)),
    ],
)
def test_D5_hours_end_at_the_clock_of_their_zone(zone: str, now: datetime, end: datetime) -> None:
    assert ends(Hours.model_validate(NIGHT), zone, now) == end


def test_D5_an_hour_that_comes_twice_ends_at_its_first_coming_and_does_not_begin_anew() -> None:
    hours = Hours.model_validate({"from": "01:00", "to": "02:30"})
    assert ends(hours, "Europe/Berlin", utc(2026, 10, 24, 23, 30)) == utc(2026, 10, 25, 0, 30)
    assert ends(hours, "Europe/Berlin", utc(2026, 10, 25, 0, 45)) is None
    assert ends(hours, "Europe/Berlin", utc(2026, 10, 25, 1, 15)) is None


def test_D5_a_time_that_the_clock_skips_is_as_long_after_midnight_as_it_says() -> None:
    assert instant(utc(2026, 3, 29).date(), time(2, 30), "Europe/Berlin") == utc(2026, 3, 29, 1, 30)


def test_the_same_time_twice_is_the_whole_day_and_days_that_touch_are_one_stretch() -> None:
    weekend = Hours.model_validate({"from": "00:00", "to": "00:00", "days": ["sat", "sun"]})
    assert ends(weekend, "UTC", utc(2026, 3, 20, 23, 59)) is None
    assert ends(weekend, "UTC", utc(2026, 3, 21, 0)) == utc(2026, 3, 23)
    assert ends(weekend, "UTC", utc(2026, 3, 22, 12)) == utc(2026, 3, 23)


@given(st.integers(0, 2 * 365 * 24 * 60))
def test_after_its_end_a_stretch_is_over(minutes: int) -> None:
    now = utc(2025, 1, 1) + minutes * MINUTE
    hours = Hours.model_validate(NIGHT)
    end = ends(hours, "America/New_York", now)
    assert end is None or (now < end <= now + timedelta(hours=10))
    assert end is None or ends(hours, "America/New_York", end) is None


# --- who ------------------------------------------------------------------------------------------

PAIRS = (("desk", "a"), ("boss", "b"))


def named(given: Alert, desk: Rules, boss: Rules) -> list[str]:
    found = takers(given, PAIRS, {"desk": desk, "boss": boss}, SEOUL, given.created)
    return [channel for channel, _ in found]


@pytest.mark.parametrize(
    ("given", "takes", "boss_hears"),
    [
        (alert(), {"importance": "major"}, False),
        (alert(major=True), {"importance": "major"}, True),
        (alert(), {"topics": ["harbour"]}, False),
        (alert(), {"topics": ["office"]}, True),
        (alert(lang="ko"), {"languages": ["en"]}, False),
        (alert(lang="ko"), {"languages": ["en", "ko"]}, True),
        (alert(lang=None), {"languages": ["en"]}, True),
        (alert(), {"hours": {"from": "20:00", "to": "23:00"}}, True),  # 21:00 in Seoul
        (alert(), {"hours": {"from": "09:00", "to": "18:00"}}, False),
        (alert(kind="digest"), {"digest": False}, False),
        (alert(kind="notice", topic=None), {"importance": "major"}, True),
    ],
)
def test_a_channel_takes_what_its_rules_say(
    given: Alert, takes: dict[str, object], boss_hears: bool
) -> None:
    assert ("boss" in named(given, rules(), rules(takes=takes))) is boss_hears


def test_an_alert_that_no_rule_takes_goes_to_all_channels() -> None:
    nobody = rules(takes={"topics": ["harbour"]})
    assert named(alert(), nobody, nobody) == ["desk", "boss"]


def test_a_channel_that_escalates_hears_of_major_alerts_alone_and_covers_no_gap() -> None:
    boss = rules(escalate="15m")
    assert named(alert(), rules(), boss) == ["desk"]
    assert named(alert(major=True), rules(), boss) == ["desk", "boss"]
    assert named(alert(kind="digest"), rules(), boss) == ["desk"]
    nothing = rules(takes={"topics": ["harbour"]})
    assert named(alert(major=True), nothing, boss) == ["boss", "desk"]


# --- when -----------------------------------------------------------------------------------------


def when(given: Alert, rule: Rules, last: LastTold | None = None) -> tuple[datetime | None, Hold]:
    made = owed(given, "desk", "a", rule, Policy(), last or LastTold())
    return made.at, made.hold


def test_without_rules_an_alert_is_due_at_once() -> None:
    assert when(alert(), rules()) == (NOW, Hold.NOTHING)


def test_alerts_wait_for_each_other_and_join_the_message_that_gathers() -> None:
    rule = rules(wait="2m")
    assert when(alert(), rule) == (NOW + 2 * MINUTE, Hold.OTHERS)
    gathering = LastTold(gathering=NOW + MINUTE)
    assert when(alert(), rule, gathering) == (NOW + MINUTE, Hold.OTHERS)
    assert when(alert(major=True), rule, gathering) == (NOW, Hold.NOTHING)


def test_between_two_messages_on_a_topic_lies_the_pause() -> None:
    rule = rules(pause="1h")
    assert when(alert(), rule, LastTold(sent=NOW - 20 * MINUTE)) == (
        NOW + 40 * MINUTE,
        Hold.OTHERS,
    )
    assert when(alert(), rule, LastTold(sent=NOW - 2 * HOUR)) == (NOW, Hold.NOTHING)
    assert when(alert(), rule, LastTold(sent=NOW + HOUR)) == (NOW, Hold.NOTHING)  # a clock step


def test_quiet_hours_hold_what_is_not_major_until_their_end() -> None:
    late = utc(2026, 3, 18, 23)
    morning = utc(2026, 3, 19, 7)
    rule = rules(quiet=NIGHT)
    assert when(alert(late), rule) == (morning, Hold.QUIET)
    assert when(alert(late, major=True), rule) == (late, Hold.NOTHING)
    assert when(alert(late, major=True), rules(quiet=NIGHT | {"major": "waits"}))[0] == morning
    assert when(alert(late, kind="notice"), rule) == (morning, Hold.ALONE)
    assert when(alert(late, kind="digest"), rule) == (late, Hold.ALONE)
    assert when(alert(late), rules(quiet=NIGHT, wait="5m")) == (morning, Hold.OTHERS)


def test_a_further_try_keeps_to_quiet_hours() -> None:
    late, morning = utc(2026, 3, 18, 23), utc(2026, 3, 19, 7)
    assert not_before(rules(quiet=NIGHT), Policy(), late, urgent=False) == morning
    assert not_before(rules(quiet=NIGHT), Policy(), late, urgent=True) == late
    assert not_before(rules(), Policy(), late, urgent=False) == late


def test_an_escalation_waits_for_somebody_to_acknowledge() -> None:
    at, hold = when(alert(major=True), rules(escalate="15m"))
    assert (at, hold) == (NOW + 15 * MINUTE, Hold.ACKNOWLEDGED)


# --- digests --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "zone", "after", "due"),
    [
        ({"every": "hour", "at": "00:05"}, "UTC", utc(2026, 3, 18, 12), utc(2026, 3, 18, 12, 5)),
        ({"every": "hour", "at": "00:05"}, "UTC", utc(2026, 3, 18, 12, 5), utc(2026, 3, 18, 13, 5)),
        ({"every": "hour"}, "Asia/Kolkata", utc(2026, 3, 18, 12), utc(2026, 3, 18, 12, 30)),
        ({"every": "hour"}, "Asia/Kathmandu", utc(2026, 3, 18, 12, 15), utc(2026, 3, 18, 13, 15)),
        ({"every": "day", "at": "07:00"}, "UTC", utc(2026, 3, 18, 6), utc(2026, 3, 18, 7)),
        ({"every": "day", "at": "07:00"}, "UTC", utc(2026, 3, 18, 7), utc(2026, 3, 19, 7)),
        ({"at": "07:00"}, "Asia/Seoul", utc(2026, 3, 18, 12), utc(2026, 3, 18, 22)),
        ({"at": "07:00"}, "Europe/Berlin", utc(2026, 3, 28, 12), utc(2026, 3, 29, 5)),
        ({"every": "week", "on": "fri"}, "UTC", utc(2026, 3, 18, 12), utc(2026, 3, 20, 7)),
        ({"every": "week", "on": "wed"}, "UTC", utc(2026, 3, 18, 12), utc(2026, 3, 25, 7)),
    ],
)
def test_D5_a_digest_has_its_hour(
    rule: dict[str, str], zone: str, after: datetime, due: datetime
) -> None:
    made = Digest.model_validate(rule)
    assert next_digest(after, made, zone) == due
    assert not digest_due(after, made, zone, due - MINUTE)
    assert digest_due(after, made, zone, due)
    assert last_digest(due, made, zone) == due
    assert last_digest(due + MINUTE, made, zone) == due


# --- silences -------------------------------------------------------------------------------------


def silence(**keys: object) -> Silence:
    values: dict[str, object] = {"id": 1, "created": NOW - HOUR, "until": NOW + HOUR}
    return Silence(reason="known", **(values | keys))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("covers", "wish"),
    [
        (True, silence(topic="office")),
        (False, silence(topic="harbour")),
        (True, silence(story="s1")),
        (False, silence(story="s2")),
        (True, silence(words="STAFF leave")),
        (False, silence(words="staff return")),
        (False, silence(topic="office", until=NOW)),
        (False, silence(topic="office", created=NOW + MINUTE)),
    ],
)
def test_a_silence_covers_what_it_names_while_it_holds(covers: bool, wish: Silence) -> None:
    assert (silence_of(alert(), [wish], NOW) is not None) is covers


def test_of_several_silences_the_longest_counts_and_own_messages_are_never_silenced() -> None:
    short, long = silence(topic="office"), silence(id=2, topic="office", until=NOW + 2 * HOUR)
    found = silence_of(alert(), [short, long], NOW)
    assert found is not None
    assert found.id == 2
    assert silence_of(alert(kind="notice"), [short], NOW) is None
