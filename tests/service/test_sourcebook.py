"""What each source usually does: learned from its polls, remembered over restarts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from monitor.service import outbox
from monitor.service.poll import Poller
from monitor.sources.net import Client
from tests.service.conftest import StillClock
from tests.service.newsroom import Newsroom, Opened, rss, title
from tests.sources.webserver import Request, Web, response

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def room(
    net: Web, opened: Opened, client: Client, clock: StillClock
) -> AsyncIterator[Newsroom]:
    site = opened(
        "/a",
        "/b",
        every="15m",
        polling="  slowest: 3h\n",
        extra="    every: 20m\n",
        address=net.url("").rstrip("/"),
    )
    made = Newsroom(site, client, clock, net, Poller(site, client))
    yield made
    made.poller.close()


async def mornings(room: Newsroom, days: int) -> None:
    """Six entries each morning, one an hour from 9 on, read every three hours."""
    for hour in range(days * 24):
        if hour % 24 < 6:
            room.serve("/a")
        if hour % 3 == 0:
            await room.poll("a", hours=3)


async def test_the_hours_in_which_a_source_publishes_are_learned_and_kept_over_a_restart(
    room: Newsroom,
) -> None:
    await room.read_first("a")
    await mornings(room, 10)
    assert room.clock.now().hour == 9
    again = Newsroom(room.site, room.client, room.clock, room.net, Poller(room.site, room.client))
    busy = await again.poll("a")
    assert busy.unchanged  # the habit was read from the store, not learned by this poll
    night = await again.poll("a", hours=12)
    again.poller.close()
    pause = busy.after.next_due - busy.after.last_polled if busy.after.last_polled else None
    sleep = night.after.next_due - room.clock.now()
    assert pause is not None
    assert pause < 12 * MINUTE
    assert sleep > 25 * MINUTE


async def test_a_source_with_every_of_its_own_is_read_so_whatever_its_rhythm(
    room: Newsroom,
) -> None:
    room.serve("/b", 20)
    for _ in range(15):
        result = await room.poll("b", hours=2)
        assert 18 * MINUTE <= result.after.next_due - room.clock.now() <= 22 * MINUTE
        room.serve("/b", 2)


async def test_a_commit_that_failed_leaves_no_trace_in_what_was_learned(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.read_first("a")
    before = room.site.store.rhythm("a")
    room.serve("/a", 3)
    real = outbox.put_decision

    def full(*_: Any) -> bool:
        raise MemoryError

    monkeypatch.setattr("monitor.service.poll.put_decision", full)
    assert (await room.poll("a", hours=1)).error is not None
    assert room.site.store.rhythm("a") == before
    monkeypatch.setattr("monitor.service.poll.put_decision", real)
    assert (await room.poll("a", hours=1)).new == 3
    after = room.site.store.rhythm("a")
    assert before is not None
    assert after is not None
    assert after["arrivals"] == before["arrivals"] + 3


async def test_what_a_document_asks_for_is_obeyed_within_bounds(room: Newsroom) -> None:
    def serve(ttl: int, **headers: Any) -> None:
        body = rss(room.clock.now(), *(title("/a", number) for number in range(20)))
        asks = f"<ttl>{ttl}</ttl></channel>".encode()
        room.net.answers["/a"] = response(body.replace(b"</channel>", asks), **headers)

    serve(60)
    asked = await room.poll("a")
    assert 53 * MINUTE <= asked.after.next_due - room.clock.now() <= 67 * MINUTE
    serve(10_000)
    absurd = await room.poll("a", hours=1)
    assert absurd.after.next_due - room.clock.now() <= 3.4 * timedelta(hours=1)  # slowest
    serve(1, Cache_Control="max-age=2400")
    fresh = await room.poll("a", hours=4)
    assert 35 * MINUTE <= fresh.after.next_due - room.clock.now() <= 45 * MINUTE


async def test_hours_that_the_document_calls_silent_are_read_less(room: Newsroom) -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(10, 24))
    body = rss(room.clock.now(), title("/a", 1)).replace(
        b"</channel>", f"<skipHours>{hours}</skipHours></channel>".encode()
    )
    room.net.answers["/a"] = response(body)
    at_nine = await room.poll("a")
    assert at_nine.after.next_due - room.clock.now() < 15 * MINUTE
    at_noon = await room.poll("a", hours=3)
    assert at_noon.after.next_due - room.clock.now() > 60 * MINUTE


async def test_B6_a_304_that_was_proved_wrong_once_is_forgiven_by_a_candid_answer(
    room: Newsroom,
) -> None:
    await room.read_first("a")

    async def lies(writer: Any, request: Request) -> None:
        body = rss(room.clock.now(), *(title("/a", n) for n in range(room.counts["/a"], 0, -1)))
        stuck = "if-none-match" in request.headers
        answer = response(status="304 Not Modified") if stuck else response(body, ETag='"1"')
        writer.write(answer)
        await writer.drain()

    room.net.answers["/a"] = lies
    room.counts["/a"] += 1
    await room.poll("a", hours=1)
    room.counts["/a"] += 1
    caught = await room.poll("a", hours=25)
    assert (caught.new, caught.after.lies) == (1, 1)
    room.serve("/a", 1)  # from now on it answers as it should
    assert (await room.poll("a", hours=1)).after.lies == 0
