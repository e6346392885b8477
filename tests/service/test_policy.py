"""The policy on a real store, with a webhook on loopback and a clock that is moved."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.models import Alert, Citation, Delivery, DeliveryState, Hold, Move, Silence
from monitor.service.deliver import LEASE, Deliverer
from monitor.service.digest import send_digests
from monitor.service.outbox import owe, try_again
from monitor.service.poll import Poller
from monitor.service.silences import end_silences
from monitor.service.site import Site
from monitor.sources.net import Client
from tests.acceptance.test_service import OLD
from tests.acceptance.world import World
from tests.alerts.servers import scripted_smtp
from tests.service.conftest import StillClock, read

Opened = Callable[..., Site]


def room(world: World, rules: str, name: str = "room", path: str = "hook") -> str:
    url = world.web.url.replace("http://", "slack+http://")
    return f"  {name}:\n    url: {url}/{path}\n    {rules}\n"


def alert_of(site: Site, number: int, major: bool = False) -> Alert:
    return Alert(
        id=f"alert-{number}",
        kind="new story",
        created=site.clock.now(),
        headline=f"Development {number}",
        topic="liaison-office",
        topic_title="The office",
        story=f"story-{number}",
        major=major,
        moves=(Move("staff", "Staff", "present", "withdrawn"),) if major else (),
        citations=(Citation("Gazette", f"Development {number}", f"http://x.example/{number}"),),
    )


def made(site: Site, number: int, major: bool = False) -> Alert:
    """Owe one alert to all whom the policy names."""
    alert = alert_of(site, number, major)
    with site.store.writing() as unit:
        owe(unit, site, alert)
    return alert


async def deliver(site: Site, rounds: int = 1) -> None:
    deliverer = Deliverer(site)
    for _ in range(rounds):
        await deliverer.deliver_due()
        await deliverer.drain(10)


def states(site: Site) -> list[DeliveryState]:
    return [row.state for row in site.store.deliveries()]


async def test_what_came_up_in_quiet_hours_is_one_message_at_their_end(
    world: World, opened: Opened, clock: StillClock
) -> None:
    site = opened("/a", channels=room(world, 'quiet: {from: "08:00", to: "17:00"}'))
    for number in range(3):
        made(site, number)
    await deliver(site)
    assert world.web.posted == []
    made(site, 3, major=True)
    await deliver(site)
    (text,) = world.web.texts()
    assert "Development 3" in text
    clock.move(hours=8)
    await deliver(site)
    blocks = str(world.web.posted[-1]["blocks"])
    assert len(world.web.posted) == 2
    assert "The office: 3 developments" in blocks
    assert all(f"Development {n}" in blocks and f"http://x.example/{n}" in blocks for n in range(3))
    assert set(states(site)) == {DeliveryState.SENT}


async def test_alerts_of_some_minutes_become_one_message(
    world: World, opened: Opened, clock: StillClock
) -> None:
    site = opened("/a", channels=room(world, "wait: 2m"))
    made(site, 1)
    clock.move(minutes=1)
    made(site, 2)
    await deliver(site)
    assert world.web.posted == []
    clock.move(minutes=1)
    await deliver(site)
    assert len(world.web.posted) == 1


async def test_a_channel_that_may_send_two_an_hour_sends_the_rest_together(
    world: World, opened: Opened, clock: StillClock
) -> None:
    site = opened("/a", channels=room(world, "most: 2"))
    for number in range(2):
        made(site, number)
        await deliver(site)
    for number in range(2, 5):
        made(site, number)
    await deliver(site)
    assert len(world.web.posted) == 2
    assert {row.hold for row in site.store.deliveries(DeliveryState.PENDING)} == {Hold.RATE}
    made(site, 5, major=True)
    await deliver(site)
    assert len(world.web.posted) == 3  # a major alert passes
    clock.move(minutes=61)
    await deliver(site)
    assert len(world.web.posted) == 4
    assert "3 developments" in str(world.web.posted[-1]["blocks"])


async def test_a_burst_goes_out_in_few_messages_that_list_everything(
    world: World, opened: Opened
) -> None:
    site = opened("/a")
    for number in range(100):
        made(site, number)
    await deliver(site, rounds=2)
    assert len(world.web.posted) == 2
    said = str(world.web.posted)
    assert all(f"http://x.example/{number}|" in said for number in range(100))
    assert set(states(site)) == {DeliveryState.SENT}


@pytest.mark.slow
async def test_G10_500_developments_at_once_are_ten_messages_a_second_apart(
    world: World, opened: Opened
) -> None:
    site = opened("/a", paced=True)
    for number in range(500):
        made(site, number)
    began = time.monotonic()
    await deliver(site, rounds=10)
    took = time.monotonic() - began
    assert len(world.web.posted) == 10
    assert took >= 9  # one a second; the last needs no pause after it
    said = str([message["blocks"] for message in world.web.posted])
    assert all(
        f"Development {number}'" in said or f"Development {number}\\n" in said
        for number in range(500)
    )
    assert set(states(site)) == {DeliveryState.SENT}


async def test_G12_a_channel_that_was_down_for_two_days_brings_a_list_and_no_flood(
    world: World, opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    world.web.answers = [(503, {}, b"down")] * 400
    for number in range(40):
        made(site, number)
        clock.move(minutes=70)
        await deliver(site, rounds=2)
    tries = len(world.web.posted)
    assert tries < 150
    world.web.answers = []
    clock.move(minutes=61)
    await deliver(site, rounds=3)
    assert len(world.web.posted) - tries == 1
    said = str(world.web.posted[-1]["blocks"])
    assert all(f"x.example/{number}|" in said for number in range(40))
    assert set(states(site)) == {DeliveryState.SENT}


async def test_G11_a_channel_that_is_down_is_told_through_the_others_that_work(
    world: World, opened: Opened, clock: StillClock
) -> None:
    nothing = "takes: {topics: [x]}"
    channels = "".join(room(world, nothing, name, name) for name in ("other", "down", "owner"))
    site = opened("/a", channels=channels + room(world, "notices: false"))
    answers: list[tuple[int, dict[str, str], bytes]] = [(503, {}, b"down")] * 10
    with site.store.writing() as unit:
        unit.save_alert(alert_of(site, 1), [("room", "webhook"), ("down", "webhook")])
    for tries in range(1, 6):
        assert not any(row.alert != "alert-1" for row in site.store.deliveries()), tries
        world.web.answers = answers[:2]
        await deliver(site)
        clock.move(minutes=2**tries)
    told = [row for row in site.store.deliveries() if row.alert != "alert-1"]
    assert {row.channel for row in told} == {"other", "owner"}  # not to what is down as well
    world.web.answers = []
    await deliver(site, rounds=2)
    assert any("takes nothing at the moment" in text for text in world.web.texts())


async def test_G6_a_message_that_is_taken_and_answered_with_429_is_sent_three_times_at_most(
    world: World, opened: Opened, clock: StillClock
) -> None:
    channels = room(world, "notices: false") + room(world, "takes: {topics: [x]}", "other", "b")
    site = opened("/a", channels=channels)
    made(site, 1)
    world.web.answers = [(429, {"Retry-After": "1"}, b"rate_limited")] * 3
    for _ in range(5):
        await deliver(site)
        clock.move(hours=1)
        site.channels["room"]._paused_until = 0.0  # type: ignore[attr-defined]
    (row,) = [row for row in site.store.deliveries() if row.channel == "room"]
    assert (row.state, row.attempt) == (DeliveryState.UNCONFIRMED, 3)
    assert "may be there all the same" in (row.last_error or "")
    assert len([text for text in world.web.texts() if "does not take alerts" in text]) == 1


async def test_what_may_have_arrived_is_not_put_into_another_list(
    world: World, opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    world.web.answers = [(503, {}, b"down")]
    made(site, 1)
    await deliver(site)  # failed, and written down
    made(site, 2)
    (claimed,) = Deliverer(site)._claim()  # and then the sender dies
    assert claimed[1].id == "alert-2"
    clock.move(seconds=LEASE.total_seconds() + 60)
    await deliver(site, rounds=2)
    assert ["developments" in text for text in world.web.texts()[1:]] == [False, False]


async def test_a_message_stays_together_when_its_sender_died(
    opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    for number in range(8):
        made(site, number)
    first = Deliverer(site)._claim()
    assert len(first) == 8
    made(site, 8)
    clock.move(seconds=LEASE.total_seconds() + 1)
    again = Deliverer(site)._claim()
    assert [delivery.id for delivery, _ in again] == [delivery.id for delivery, _ in first]
    assert {delivery.attempt for delivery, _ in again} == {2}


async def test_a_refused_message_is_refused_in_all_its_parts_and_told_once(
    world: World, opened: Opened
) -> None:
    channels = room(world, "notices: false") + room(world, "takes: {topics: [x]}", "other", "b")
    site = opened("/a", channels=channels)
    for number in range(8):
        made(site, number)
    world.web.answers = [(403, {}, b"invalid_token")]
    await deliver(site)
    rows = site.store.deliveries()
    refused = [row for row in rows if row.state is DeliveryState.REFUSED]
    assert len(refused) == 8
    assert len([row for row in rows if row.channel == "other"]) == 1


async def test_a_log_line_of_a_message_says_what_it_was(
    world: World, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    site = opened("/a")
    made(site, 1)
    world.web.answers = [(503, {}, b"busy")]
    await deliver(site)
    made(site, 2)
    await deliver(site)
    said = "".join(capsys.readouterr())
    assert re.search(
        r"alert not sent yet .*next_try='2026-03-22 09:01:00Z'.*what='Development 1'", said
    )
    assert re.search(r"alert sent .*what='Development 2'", said)


async def test_G2_a_password_that_is_refused_for_a_day_loses_nothing_and_brings_one_list(
    world: World, opened: Opened, clock: StillClock
) -> None:
    script: dict[str, Any] = {"extensions": ("AUTH PLAIN",), "answers": {"AUTH": ["535 no"] * 500}}
    with scripted_smtp(**script) as server:
        mail = f"mailto://me:old@127.0.0.1:{server.port}?from=w@x.org&to=desk@x.org"
        site = opened("/a", channels=f"  desk:\n    url: {mail}\n" + room(world, "notices: true"))
        for hour in range(24):
            if hour in (0, 3, 6):
                made(site, hour)
            await deliver(site, rounds=2)
            clock.move(hours=1)
        tried = len([line for line in server.spoken if line.startswith("AUTH")])
        server.answers["AUTH"] = ["235 welcome"] * 10
        await deliver(site, rounds=2)
        said = "".join(server.spoken)
    assert tried <= 30
    notices = [text for text in world.web.texts() if "takes nothing at the moment" in text]
    assert len(notices) == 1
    assert "does not accept the user name or password" in notices[0]
    assert {row.state for row in site.store.deliveries()} == {DeliveryState.SENT}
    assert said.count("mail FROM") == 1


@pytest.mark.parametrize(
    ("tries", "wish", "rules", "due"),
    [
        (5, None, "notices: true", True),
        (4, None, "notices: true", False),  # its own time comes soon
        (5, "7200", "notices: true", False),  # the server wishes so
        (5, None, 'quiet: {from: "09:20", to: "10:00"}', False),
    ],
)
async def test_G2_what_a_channel_did_not_take_for_a_while_is_due_at_the_next_start(
    tries: int, wish: str | None, rules: str, due: bool,
    world: World, opened: Opened, clock: StillClock,
) -> None:  # fmt: skip
    site = opened("/a", channels=room(world, rules))
    world.web.answers = [(503, {"Retry-After": wish} if wish else {}, b"down")] * tries
    made(site, 1)
    for _ in range(tries):
        await deliver(site)
        (waiting,) = site.store.deliveries()
        assert waiting.next_try is not None
        last, clock.at = clock.at, waiting.next_try
    clock.at = last + timedelta(minutes=5)
    with site.store.writing() as unit:
        assert try_again(unit, site, clock.now()) == due
    await deliver(site)
    assert (len(world.web.posted) == tries + 1) == due


async def test_nobody_acknowledged_a_major_alert_so_the_next_channel_hears_of_it(
    world: World, opened: Opened, clock: StillClock
) -> None:
    channels = room(world, "notices: true") + room(world, "escalate: 15m", "boss", "boss")
    site = opened("/a", channels=channels)
    seen, missed = made(site, 1, major=True), made(site, 2, major=True)
    await deliver(site, rounds=2)
    assert len(world.web.posted) == 2
    with site.store.writing() as unit:
        assert unit.acknowledge(seen.id, "Kim", clock.now())
        assert not unit.acknowledge("no such alert", "Kim", clock.now())
    clock.move(minutes=15)
    await deliver(site)
    boss = {row.alert: row for row in site.store.deliveries() if row.channel == "boss"}
    assert boss[seen.id].state is DeliveryState.EXPIRED
    assert boss[seen.id].last_error == "acknowledged by Kim"
    assert boss[missed.id].state is DeliveryState.SENT
    assert boss[missed.id].sent - missed.created == timedelta(minutes=15)  # type: ignore[operator]


async def test_a_silence_keeps_alerts_back_and_lists_them_at_its_end(
    world: World, opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    now = clock.now()
    with site.store.writing() as unit:
        wish = Silence(0, now, now + timedelta(hours=2), "drill", words="development 1")
        number = unit.add_silence(wish)
    made(site, 1)
    made(site, 2)
    await deliver(site)
    assert ["Development 2" in text for text in world.web.texts()] == [True]
    kept = site.store.alert("alert-1")
    assert kept is not None
    assert kept.silenced == f"silence {number}: drill"
    assert end_silences(site, clock.now()) == 0
    clock.move(hours=2)
    assert end_silences(site, clock.now()) == 1
    assert end_silences(site, clock.now()) == 0
    await deliver(site, rounds=2)
    assert "Development 1" in str(world.web.posted[-1]["blocks"])
    assert "drill" in str(world.web.posted[-1]["blocks"])


async def test_a_silence_over_two_topics_lists_each_to_its_readers_and_wakes_nobody(
    world: World, opened: Opened, clock: StillClock
) -> None:
    night = 'quiet: {from: "08:00", to: "17:00"}'
    site = opened("/a", channels=room(world, night) + room(world, "escalate: 15m", "boss", "boss"))
    with site.store.writing() as unit:
        unit.add_silence(Silence(0, clock.now(), clock.now() + timedelta(hours=2), "drill"))
        for topic in ("liaison-office", None):
            owe(unit, site, replace(alert_of(site, 9, True), topic=topic, id=f"of {topic}"))
    clock.move(hours=2)
    assert end_silences(site, clock.now()) == 2
    rows = site.store.deliveries()
    assert {row.channel for row in rows} == {"room"}
    assert len(rows) == 2
    assert all(row.next_try > clock.now() + timedelta(hours=4) for row in rows if row.next_try)
    assert {row.hold for row in rows} == {Hold.ALONE}


async def test_a_notice_of_the_service_waits_for_the_end_of_quiet_hours(
    world: World, opened: Opened, clock: StillClock
) -> None:
    quiet = 'quiet: {from: "08:00", to: "17:00", major: waits}'
    site = opened("/a", channels=room(world, quiet) + room(world, "notices: true", "gone", "gone"))
    world.web.answers = [(404, {}, b"no_service")]
    made(site, 1, major=True)
    await deliver(site)
    notices = [row for row in site.store.deliveries() if row.alert != "alert-1"]
    assert [(row.channel, row.attempt) for row in notices] == [("room", 0)]
    clock.move(hours=8)
    await deliver(site, rounds=3)
    assert sum("gone" in str(posted) for posted in world.web.posted) == 1


async def test_a_silence_that_kept_nothing_back_ends_without_a_word(
    opened: Opened, clock: StillClock
) -> None:
    site = opened("/a")
    with site.store.writing() as unit:
        number = unit.add_silence(
            Silence(0, clock.now(), clock.now() + timedelta(hours=2), "x", topic="liaison-office")
        )
    with site.store.writing() as unit:
        assert unit.end_silence(number, clock.now())
        assert not unit.end_silence(number, clock.now())
    assert end_silences(site, clock.now()) == 0
    assert site.store.silences() == ()


async def test_K3_what_comes_after_a_restore_is_one_list_once_every_source_was_tried(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    site = opened("/a", "/b")
    with site.store.writing() as unit:
        unit.catch_up(clock.now())
        (silence,) = unit.silences()
        mine = replace(silence, until=clock.now() + timedelta(hours=1), words="development 9")
        unit.add_silence(mine)
    made(site, 1)
    made(site, 2, major=True)
    made(site, 9)
    poller = Poller(site, client)
    await read(site, poller, "a")  # both fail: 404 is tried as well
    clock.move(minutes=1)
    assert end_silences(site, clock.now()) == 0
    await read(site, poller, "b")
    poller.close()
    assert end_silences(site, clock.now()) == 1
    assert end_silences(site, clock.now()) == 0
    made(site, 3)
    await deliver(site, rounds=2)
    listed, pushed = world.web.posted
    assert listed["text"].startswith("Since the backup: 2 developments")
    said = str(listed["blocks"])
    assert 0 < said.index("Development 2") < said.index("Development 1")  # the major one on top
    assert "restored from a backup" in said
    assert "Development 9" not in said
    assert "Development 3" in str(pushed)


async def test_an_empty_digest_says_once_that_the_watch_goes_on(
    world: World, opened: Opened, client: Client, clock: StillClock
) -> None:
    site = opened("/a")
    settings = site.config.settings
    digest = settings.policy.digest.model_copy(update={"empty": True})
    policy = settings.policy.model_copy(update={"digest": digest})
    config = replace(site.config, settings=settings.model_copy(update={"policy": policy}))
    site = replace(site, config=config)
    assert send_digests(site, clock.now()) == 0  # two hours after its hour
    clock.move(hours=22, minutes=5)
    assert send_digests(site, clock.now()) == 0  # nothing was ever read
    world.web.feed("/a", OLD)
    poller = Poller(site, client)
    await read(site, poller, "a")
    poller.close()
    assert send_digests(site, clock.now()) == 0  # it was first read after that hour
    clock.move(hours=23, minutes=56)
    assert send_digests(site, clock.now()) == 1
    clock.move(minutes=5)
    assert send_digests(site, clock.now()) == 0
    await deliver(site)
    assert "Still watching: 1 of 1 source read within a day" in str(world.web.posted[-1])


def test_rows_of_deliveries_carry_what_they_wait_for(opened: Opened) -> None:
    site = opened("/a")
    made(site, 1, major=True)
    (row,) = site.store.deliveries()
    assert isinstance(row, Delivery)
    assert (row.hold, row.urgent, row.message) == (Hold.NOTHING, True, None)
