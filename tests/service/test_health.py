"""Sources that break, on a real server: a person hears once, with the cause, and once at the end.

The clock stands and is moved; each look at the sources is made by a new `HealthWatch`, as after a
restart, so that what was said is remembered by the store alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from monitor.service.health import HealthWatch
from monitor.service.poll import Poller
from monitor.sources.net import Client
from tests.service.conftest import StillClock
from tests.service.newsroom import LOGIN, Newsroom, Opened, rss, title
from tests.sources.webserver import Request, Web, response

DOWN = response(status="500 Internal Server Error")
HOUR = timedelta(hours=1)


@pytest.fixture
async def rooms(
    net: Web, opened: Opened, client: Client, clock: StillClock
) -> AsyncIterator[Newsroom]:
    """Six sources."""
    site = opened(*(f"/{id_}" for id_ in "abcdef"), every="15m", address=net.url("").rstrip("/"))
    made = Newsroom(site, client, clock, net, Poller(site, client))
    await made.read_first(*"abcdef")
    yield made
    made.poller.close()


async def test_B1_three_days_down_is_one_notice_never_given_up_and_one_at_the_end(
    room: Newsroom,
) -> None:
    await room.read_first("a")
    room.net.answers["/a"] = DOWN
    pauses = []
    for _ in range(80):
        result = await room.poll(minutes=66)
        pauses.append(result.after.next_due - room.clock.now())
    assert max(pauses) <= 1.1 * HOUR
    assert room.state().failures == 80
    (broke,) = room.notices()
    assert broke.headline == (
        "Outlet a cannot be read since 22 March 2026, 10:06 UTC: server error"
    )
    assert "The server answered 500 Internal Server Error; it is tried again." in broke.text
    assert "look for another feed of the outlet" in broke.text
    room.serve("/a")
    await room.poll(minutes=66)
    await room.poll(minutes=66)
    assert room.said()[1:] == ["Outlet a works again"]
    assert [event.what for event in room.site.store.health_events()] == ["recovered", "broke"]


async def test_B1_a_feed_dead_for_weeks_is_told_of_once_a_week(room: Newsroom) -> None:
    await room.read_first("a")
    room.net.answers["/a"] = DOWN
    for _ in range(3 * 24):
        await room.poll(hours=8)
    broke, *again = room.said()
    assert broke.startswith("Outlet a cannot be read since")
    assert (
        again == ["Outlet a is still in trouble since 22 March 2026, 17:00 UTC: server error"] * 3
    )
    assert [event.what for event in room.site.store.health_events()] == ["broke"]
    room.serve("/a")
    await room.poll(hours=8)
    await room.poll(hours=8)
    assert room.said()[4:] == ["Outlet a works again"]


async def test_single_errors_are_not_told(room: Newsroom) -> None:
    await room.read_first("a")
    for _ in range(10):
        for answer in (DOWN, DOWN):
            room.net.answers["/a"] = answer
            await room.poll(minutes=20)
        room.serve("/a")
        await room.poll(minutes=20)
    assert room.said() == []


CHALLENGE = b"<!doctype html><html><title>Just a moment...</title><body>cf-chl-opt</body></html>"


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (response(CHALLENGE, Content_Type="text/html"), "challenge page"),
        (response(LOGIN, Content_Type="text/html"), "login page"),
        (response(b"", Content_Type="application/rss+xml"), "not a feed"),
        (response(b'{"error": "rate"}', Content_Type="application/json"), "not a feed"),
        (response(status="404 Not Found"), "refused"),
        (response(status="410 Gone"), "gone"),
        (response(b"x" * 50, length=100), "not reached"),
        (response(status="302 Found", Location="http://[::1/"), "address not allowed"),
    ],
)
async def test_A11_a_page_instead_of_the_feed_is_told_and_leaves_the_state_as_it_was(
    room: Newsroom, answer: bytes, word: str
) -> None:
    await room.read_first("a")
    before = room.state()

    async def once(writer: Any, _: Request) -> None:
        writer.write(answer.replace(b"\r\n", b'\r\nETag: "of-the-page"\r\n', 1))
        await writer.drain()

    room.net.answers["/a"] = once
    for _ in range(5):
        await room.poll(minutes=31)
    (broke,) = room.said()
    assert broke.startswith("Outlet a cannot be read since 22 March 2026, 09:31 UTC: ")
    assert broke.endswith(word)
    after = room.state()
    assert (after.etag, after.body_hash, after.entries) == (None, before.body_hash, 20)


async def test_A12_an_empty_feed_is_told_after_hours_and_what_comes_back_is_not_news(
    room: Newsroom,
) -> None:
    await room.read_first("a")
    full = room.net.answers["/a"]
    room.net.answers["/a"] = response(rss(room.clock.now()))
    for _ in range(5):
        await room.poll(hours=1)
    assert room.said() == []
    for _ in range(20):
        await room.poll(hours=1)
    (broke,) = room.notices()
    assert broke.headline.startswith("Outlet a may be missing news: empty")
    assert "The feed is well-formed and holds no entry. It usually holds 20." in broke.text
    room.net.answers["/a"] = full
    result = await room.poll(hours=1)
    assert (result.new, result.alerts) == (0, 0)
    assert room.said()[1:] == ["Outlet a works again"]


async def test_a_feed_that_shrank_is_told_after_three_days(room: Newsroom) -> None:
    await room.read_first("a")
    for day in range(4):
        room.serve("/a", 1, window=3)
        await room.poll(hours=25)
        assert bool(room.said()) is (day == 3)
    (broke,) = room.notices()
    assert "The feed holds only 3 entries. It usually holds" in broke.text


async def test_another_edition_is_told_and_read_on(room: Newsroom) -> None:
    await room.read_first("a")
    korean = [f"항구 도시의 부두에 배 {number}척이 정박해 있다고 알렸다" for number in range(20)]
    for count in (10, 15, 20):
        room.net.answers["/a"] = response(rss(room.clock.now(), *korean[:count]))
        result = await room.poll(minutes=40)
        assert result.new >= 5
    (broke,) = room.notices()
    assert broke.headline.startswith("Outlet a may be missing news: wrong language")
    assert "not written in the letters of its language (en)" in broke.text


@pytest.mark.parametrize(("same_body", "word"), [(True, "frozen"), (False, "silent")])
async def test_B6_a_source_that_stops_bringing_news_is_told_against_its_own_rhythm(
    room: Newsroom, same_body: bool, word: str
) -> None:
    await room.read_first("a")
    for _ in range(15 * 4):
        room.serve("/a")
        await room.poll(hours=6)
    assert room.said() == []
    stopped = room.clock.now()
    for step in range(24):
        if not same_body:  # the channel's own date moves, the entries are those we have
            body = room.net.answers["/a"]
            assert isinstance(body, bytes)
            document = body.split(b"\r\n\r\n", 1)[1]
            mark = f"<ttl>{step + 1}</ttl></channel>".encode()
            old = document.split(b"<ttl>")[0].removesuffix(b"</channel></rss>")
            room.net.answers["/a"] = response(old + mark + b"</rss>")
        await room.poll(hours=6)
    (broke,) = room.notices()
    assert broke.headline.startswith(f"Outlet a may be missing news: {word}")
    assert timedelta(hours=24) <= broke.created - stopped <= timedelta(hours=54)
    assert "entries were to be expected" in broke.text
    assert "See on the outlet's site whether it has news" in broke.text
    room.serve("/a")
    await room.poll(hours=6)
    assert room.said()[1:] == ["Outlet a works again"]


async def test_B6_a_server_that_hides_news_behind_a_304_is_read_whole_and_told(
    room: Newsroom,
) -> None:
    room.serve("/a", 20)

    def lie() -> None:
        body = response(
            rss(room.clock.now(), *(title("/a", n) for n in range(room.counts["/a"], 0, -1)[:20])),
            ETag='"stuck"',
        )

        async def answer(writer: Any, request: Request) -> None:
            stuck = "if-none-match" in request.headers
            writer.write(response(status="304 Not Modified") if stuck else body)
            await writer.drain()

        room.net.answers["/a"] = answer

    lie()
    await room.poll()
    news = 0
    for _ in range(30):
        room.counts["/a"] += 1
        lie()
        news += (await room.poll(hours=2)).new
    assert news >= 18  # the first lie is found within a day, and from then on none is believed
    (broke,) = room.notices()
    assert "stale 304" in broke.headline
    assert "it is read whole each time" in broke.text


async def test_A15_a_window_that_rolled_over_is_told_once_with_what_may_be_missing(
    room: Newsroom,
) -> None:
    await room.read_first("a")
    for _ in range(2):  # two disjoint pages
        room.serve("/a", 40)
        result = await room.poll(hours=5)
        assert result.new == 20
        await room.poll(minutes=2)
    (gap,) = room.notices()
    assert gap.headline == "Outlet a may have had entries that were not seen"
    assert "All 20 entries are new since the last read: entries from between" in gap.text
    assert [event.what for event in room.site.store.health_events()] == ["gap", "gap"]
    room.serve("/a", 1)
    await room.poll(days=2)
    room.serve("/a", 40)
    await room.poll(hours=5)
    await room.poll(minutes=2)
    assert len(room.notices()) == 2  # a day later it is told anew


async def test_A15_no_gap_where_one_known_entry_is_still_there(room: Newsroom) -> None:
    await room.read_first("a")
    room.serve("/a", 19)
    await room.poll(hours=5)
    await room.poll(minutes=2)
    assert room.said() == []


async def test_B10_when_all_sources_answer_with_one_login_page_one_notice_is_sent(
    rooms: Newsroom,
) -> None:
    good = dict(rooms.net.answers)
    for path in good:
        rooms.net.answers[path] = response(LOGIN, Content_Type="text/html")
    for _ in range(12):
        for id_ in "abcdef":
            await rooms.poll(id_, minutes=2)
    (outage,) = rooms.notices()
    assert outage.headline.startswith("No source can be read since 22 March 2026")
    assert "6 of 6 sources cannot be read." in outage.text
    assert "this machine's network" in outage.text
    assert "6 times: login page. For example a: " in outage.text
    rooms.net.answers.update(good)
    for id_ in "abcde":
        await rooms.poll(id_, minutes=2)
    (over,) = rooms.said()[1:]
    assert over.startswith("Sources can be read again: ")
    await rooms.poll("f", minutes=2)
    for _ in range(10):
        await rooms.poll("a", minutes=20)
    assert len(rooms.said()) == 2


async def test_B10_what_still_fails_after_an_outage_is_told_by_itself(rooms: Newsroom) -> None:
    good = dict(rooms.net.answers)
    for path in good:
        rooms.net.answers[path] = DOWN
    for _ in range(6):
        for id_ in "abcdef":
            await rooms.poll(id_, minutes=4)
    rooms.net.answers.update(good | {"/f": DOWN})
    for _ in range(6):
        for id_ in "abcdef":
            await rooms.poll(id_, minutes=4)
    outage, over, single = rooms.said()
    assert outage.startswith("No source can be read")
    assert over.startswith("Sources can be read again")
    assert single.startswith("Outlet f cannot be read since")


async def test_several_sources_that_break_together_are_one_notice(rooms: Newsroom) -> None:
    rooms.net.answers |= {"/a": DOWN, "/b": DOWN}
    for _ in range(8):
        for id_ in "abcdef":
            await rooms.poll(id_, minutes=2)
    (broke,) = rooms.said()
    assert broke == "2 sources are in trouble: Outlet a, Outlet b"
    rooms.serve("/a")
    rooms.serve("/b")
    for id_ in "ab":
        await rooms.poll(id_, minutes=2)
    await rooms.poll("c", minutes=16)
    assert rooms.said()[1] == "Outlet a works again"
    assert rooms.said()[2:] == ["Outlet b works again"]


async def test_a_source_that_breaks_again_and_again_is_told_less_and_less(room: Newsroom) -> None:
    await room.read_first("a")
    for _ in range(3):
        room.net.answers["/a"] = DOWN
        for _ in range(5):
            await room.poll(minutes=40)
        room.serve("/a")
        for _ in range(14):
            await room.poll(minutes=40)
    assert [line.split(" since")[0] for line in room.said()] == [
        "Outlet a cannot be read",
        "Outlet a works again",
        "Outlet a cannot be read",
        "Outlet a works again",
        "Outlet a cannot be read",
    ]
    assert "It broke 3 times within a week: you hear next when it has been well for 24" in (
        room.notices()[-1].text
    )


async def test_a_source_that_is_no_longer_configured_is_no_longer_spoken_of(
    room: Newsroom, opened: Opened
) -> None:
    await room.read_first("a")
    room.serve("/a", 40)
    await room.poll(hours=5)
    room.net.answers["/a"] = DOWN
    for _ in range(5):
        await room.poll(seconds=10)
    with room.site.store.writing() as unit:
        from monitor.store import Told

        unit.save_told(Told("a", True, room.clock.now()))
    other = opened("/b", address=room.net.url("").rstrip("/"))
    room.clock.move(hours=3)
    HealthWatch(other).look(room.clock.now())
    assert [line for line in room.said() if "not seen" not in line] == []
    assert other.store.health_told() == ()
    assert not other.store.health_to_tell()
