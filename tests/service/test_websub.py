"""Hubs that call when a source has news, with a real hub and our real page on loopback."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any
from urllib.request import Request

import pytest

from monitor.service.poll import Poller
from monitor.service.run import Service
from monitor.service.websub import ANSWER_WITHIN, APART, RETRY_MAX, Hubs
from monitor.sources.net import Client
from monitor.store import HubState, Subscription
from monitor.web.app import create_app
from monitor.web.server import serve
from tests.service.conftest import StillClock, read
from tests.service.hub import Hub, _status
from tests.service.newsroom import Newsroom, Opened, rss, title
from tests.sources.webserver import Web, response


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    yield made
    made.close()


class Subscriber(Newsroom):
    """A newsroom whose page is served, so that the hub can reach it."""

    hub: Hub
    hubs: Hubs

    def announce(self, hub: str | None = "", topic: str | None = None, **headers: Any) -> str:
        """Serve the feed with one entry more, and the hub it names; the topic."""
        self.counts["/a"] += 1
        titles = [title("/a", number) for number in range(self.counts["/a"], 0, -1)][:20]
        topic = topic or self.net.url("/a")
        links = f'<link rel="self" href="{topic}"/>'
        if hub is not None:
            links += f'<link rel="hub" href="{hub or self.hub.url}"/>'
        body = rss(self.clock.now(), *titles).replace(
            b"</channel>",
            links.replace("<link", "<a:link xmlns:a='http://www.w3.org/2005/Atom'").encode()
            + b"</channel>",
        )
        self.net.answers["/a"] = response(body, **headers)
        return topic

    async def read(self) -> None:
        self.clock.move(minutes=1)
        await read(self.site, self.poller, "a")

    async def ask(self) -> Subscription:
        """Ask the hubs that are due; what is remembered then of the only subscription."""
        await self.hubs.ask_due(self.client)
        return self.known()

    def known(self) -> Subscription:
        (one,) = self.site.store.subscriptions()
        return one

    async def call(self, work: Any, *arguments: Any) -> Any:
        """Do something that calls the page, which lives in this very loop."""
        return await asyncio.to_thread(work, *arguments)

    def due_in(self) -> timedelta:
        return self.state().next_due - self.clock.now()


@pytest.fixture
async def desk(
    net: Web, hub: Hub, opened: Opened, client: Client, clock: StillClock
) -> AsyncIterator[Subscriber]:
    # Held from here on: a port that is only known to be free may be somebody else's a moment later.
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    server = f"  listen: 127.0.0.1:{port}\n  public_url: http://127.0.0.1:{port}/\n"
    page_password = "  password: a-long-password\n"
    site = opened("/a", every="1h", address=net.url("").rstrip("/"), server=server + page_password)
    hubs = Hubs(site)
    page = serve(
        create_app(site.store, site.config, clock, lambda: (True, {"why": "works"}), hubs),
        "127.0.0.1:0",
    )
    serving_page = asyncio.ensure_future(page.serve([listening]))
    made = Subscriber(site, client, clock, net, Poller(site, client, hubs))
    made.hub, made.hubs = hub, hubs
    yield made
    made.poller.close()
    page.should_exit = True
    await serving_page


async def test_a_feed_that_announces_a_hub_is_subscribed_to(desk: Subscriber) -> None:
    topic = desk.announce()
    await desk.read()
    assert desk.known().state is HubState.WANTED
    held = await desk.ask()
    assert desk.hub.confirmed == [("subscribe", topic)]
    (form,) = desk.hub.asked
    assert form["hub.callback"].startswith(f"{desk.site.config.settings.server.public_url}websub/")
    assert len(form["hub.callback"].rpartition("/")[2]) == 43
    assert int(form["hub.lease_seconds"]) == 10 * 24 * 3600
    assert len(form["hub.secret"]) < 200
    assert (held.state, held.until) == (HubState.HELD, desk.clock.now() + timedelta(hours=1))
    await desk.ask()  # nothing is due
    assert len(desk.hub.asked) == 1


async def held(desk: Subscriber) -> str:
    topic = desk.announce()
    await desk.read()
    await desk.ask()
    return topic


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_a_signed_call_makes_the_source_due_and_its_body_is_not_believed(
    desk: Subscriber, method: str
) -> None:
    topic = await held(desk)
    assert desk.due_in() > timedelta(minutes=30)
    forged = rss(desk.clock.now(), "The office was torn down, says only the hub")
    desk.clock.move(minutes=5)
    assert await desk.call(desk.hub.publish, topic, forged, method) == 202
    desk.hubs.hasten()
    assert desk.due_in() == timedelta()
    desk.announce()
    await desk.read()
    titles = [row.title for row in desk.site.store.ledger()]
    assert titles == [title("/a", 2), title("/a", 1)]


async def test_a_call_with_a_wrong_or_no_signature_changes_nothing(desk: Subscriber) -> None:
    topic = await held(desk)
    before = desk.state()
    assert await desk.call(desk.hub.publish, topic, b"x", "sha256", "wrong") == 202
    callback = desk.hub.callbacks[topic]["hub.callback"]
    for headers in ({}, {"X-Hub-Signature": "md5=00"}, {"X-Hub-Signature": "sha256"}):
        assert await desk.call(_status, Request(callback, data=b"x", headers=headers)) == 202
    desk.hubs.hasten()
    assert desk.state() == before


async def test_calls_in_a_row_are_one_poll_and_none_comes_sooner_than_seconds_apart(
    desk: Subscriber,
) -> None:
    topic = await held(desk)
    desk.clock.move(seconds=2)
    for _ in range(5):
        await desk.call(desk.hub.publish, topic, b"<rss/>")
    desk.hubs.hasten()
    assert desk.due_in() == APART - timedelta(seconds=2)


async def test_a_call_while_the_source_is_being_read_is_followed_by_another_read(
    desk: Subscriber,
) -> None:
    topic = await held(desk)
    desk.clock.move(hours=2)
    with desk.site.store.writing() as unit:
        (state,) = unit.claim_due(desk.clock.now(), 1, "me", timedelta(minutes=1))
    await desk.call(desk.hub.publish, topic, b"<rss/>")
    desk.hubs.hasten()
    source = desk.site.source("a")
    assert source is not None
    await desk.poller.poll(source, state)
    assert desk.due_in() > timedelta(minutes=30)
    desk.hubs.hasten()
    assert desk.due_in() == APART


async def test_a_lease_is_renewed_before_it_ends(desk: Subscriber) -> None:
    await held(desk)
    desk.clock.move(minutes=47)
    await desk.ask()
    assert len(desk.hub.asked) == 1
    desk.clock.move(minutes=2)  # four fifths of the hour
    renewed = await desk.ask()
    assert [form["hub.mode"] for form in desk.hub.asked] == ["subscribe", "subscribe"]
    assert renewed.until == desk.clock.now() + timedelta(hours=1)
    assert renewed.failures == 0


async def test_nobody_can_subscribe_or_end_what_was_not_asked_for(desk: Subscriber) -> None:
    topic = await held(desk)
    (form,) = desk.hub.asked
    asks = {"hub.topic": topic, "hub.challenge": "c", "hub.mode": "subscribe"}
    strangers: tuple[dict[str, str], ...] = (
        asks | {"hub.mode": "unsubscribe"},
        asks | {"hub.topic": "http://other.example/"},
        asks | {"hub.mode": "publish"},
        {"hub.topic": topic, "hub.mode": "subscribe"},
        {},
    )
    for query in strangers:
        assert (await desk.call(desk.hub.get, form["hub.callback"], query))[0] == 404
    unknown = form["hub.callback"][:-43] + "x" * 43
    assert (await desk.call(desk.hub.get, unknown, asks))[0] == 404
    assert await desk.call(_status, Request(unknown, data=b"x")) == 410
    assert desk.known().state is HubState.HELD


async def test_the_pages_password_is_asked_for_everywhere_else(desk: Subscriber) -> None:
    base = desk.site.config.settings.server.public_url
    for path in ("", "api/status", "websub/", "websub/short", f"websub/{'x' * 43}/more"):
        assert await desk.call(_status, Request(f"{base}{path}")) == 401


async def test_a_call_larger_than_any_document_is_refused(desk: Subscriber) -> None:
    topic = await held(desk)
    big = b"x" * (desk.site.config.settings.polling.max_body + 1)
    callback = desk.hub.callbacks[topic]["hub.callback"]

    def call() -> int:
        try:
            return _status(Request(callback, data=big))
        except OSError:  # the connection is cut before all of it was sent
            return 413

    assert await desk.call(call) == 413


async def test_a_refusal_is_told_and_the_source_is_polled_on(
    desk: Subscriber, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.hub.checks = False
    desk.announce()
    await desk.read()
    assert (await desk.ask()).state is HubState.ASKED
    (form,) = desk.hub.asked
    assert await desk.call(desk.hub.deny, form, "not\nfor you") == 200
    refused = desk.known()
    assert (refused.state, refused.note) == (HubState.REFUSED, "not for you")
    assert "hub refuses, the source is polled" in capsys.readouterr().out
    await desk.read()
    assert desk.state().failures == 0
    desk.hub.checks = True
    desk.clock.move(days=1)  # asked again a day later
    assert (await desk.ask()).state is HubState.HELD


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((400, {"Content-Type": "text/plain"}, b"unknown  topic"), "answered 400: unknown topic"),
        ((500, {"Content-Type": "text/html"}, b"<html>"), "the hub answered 500"),
        ((307, {"Location": "/"}, b""), "redirects again and again"),
    ],
)
async def test_a_hub_that_fails_is_asked_again_later_and_later(
    desk: Subscriber, answer: Any, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.hub.answer = answer
    desk.announce()
    await desk.read()
    pauses = []
    for _ in range(12):
        one = await desk.ask()
        assert one.state is HubState.WANTED
        assert one.note.endswith(told)
        pauses.append(one.next_try - desk.clock.now())
        desk.clock.move(seconds=pauses[-1].total_seconds())
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=2), RETRY_MAX)
    assert "hub not asked" in capsys.readouterr().out
    desk.hub.answer = (202, {}, b"")
    assert (await desk.ask()).state is HubState.HELD


async def test_a_hub_that_moved_is_followed_there(desk: Subscriber) -> None:
    other = Hub()
    try:
        desk.hub.answer = (308, {"Location": other.url}, b"")
        desk.announce()
        await desk.read()
        assert (await desk.ask()).state is HubState.HELD
        assert len(other.confirmed) == 1
    finally:
        other.close()


async def test_a_hub_that_never_asks_back_is_asked_again(desk: Subscriber) -> None:
    desk.hub.checks = False
    desk.announce()
    await desk.read()
    first = await desk.ask()
    assert first.next_try == desk.clock.now() + ANSWER_WITHIN
    desk.clock.move(hours=1)
    again = await desk.ask()
    assert (again.state, again.note) == (HubState.ASKED, "the hub did not ask back")


@pytest.mark.parametrize("how", ["another hub", "no hub", "another topic"])
async def test_a_hub_that_is_no_longer_announced_is_told_to_end(desk: Subscriber, how: str) -> None:
    topic = await held(desk)
    other = Hub()
    try:
        if how == "another hub":
            desk.announce(other.url)
        elif how == "no hub":
            desk.announce(None)
        else:
            desk.announce(topic=desk.net.url("/a?new"))
        await desk.read()
        await desk.hubs.ask_due(desk.client)
        assert ("unsubscribe", topic) in desk.hub.confirmed
        left = [one.state for one in desk.site.store.subscriptions()]
        assert left == ([] if how == "no hub" else [HubState.HELD])
        assert topic not in desk.hub.callbacks
    finally:
        other.close()


async def test_a_hub_is_found_in_the_link_header_before_the_document(desk: Subscriber) -> None:
    there = desk.net.url("/canonical")
    link = f'<{desk.hub.url}>; rel="hub", <{there}>; rel=self, <http://x.example/>; rel="next"'
    desk.announce("http://no-hub.example/", Link=link)
    await desk.read()
    one = await desk.ask()
    assert (one.hub, one.topic, one.state) == (desk.hub.url, there, HubState.HELD)


async def test_a_source_that_is_switched_off_is_unsubscribed(
    desk: Subscriber, opened: Opened
) -> None:
    topic = await held(desk)
    file = desk.site.config.path.parent / "sources" / "all.yaml"
    file.write_text(
        file.read_text()
        + "    enabled: false\n"
        + ("  - id: other\n    url: http://other.example/\n    outlet: Other\n")
    )
    from monitor.config.load import load
    from monitor.service.site import open_site

    later = open_site(load(desk.site.config.path), desk.clock, {})
    hubs = Hubs(later)
    hubs.begin()
    hubs.begin()  # a second start before the hub could be asked
    assert desk.known().state is HubState.LEAVING
    assert await desk.call(desk.hub.publish, topic, b"<rss/>") == 410
    await hubs.ask_due(desk.client)
    assert desk.site.store.subscriptions() == ()
    assert desk.hub.confirmed[-1] == ("unsubscribe", topic)
    later.store.close()


async def test_a_hub_that_does_not_let_go_is_left_after_some_tries(desk: Subscriber) -> None:
    await held(desk)
    desk.announce(None)
    await desk.read()
    desk.hub.answer = (503, {}, b"")
    for _ in range(4):
        await desk.hubs.ask_due(desk.client)
        desk.clock.move(days=1)
    assert desk.site.store.subscriptions() == ()
    assert [form["hub.mode"] for form in desk.hub.asked[1:]] == ["unsubscribe"] * 4


async def test_with_another_address_of_ours_everything_begins_anew(
    desk: Subscriber,
) -> None:
    await held(desk)
    desk.hubs._base = "https://elsewhere.example"
    desk.hubs.begin()
    assert desk.site.store.subscriptions() == ()


async def test_a_private_hub_is_not_asked_for_a_public_source(
    desk: Subscriber, opened: Opened
) -> None:
    desk.announce()
    await desk.read()
    (private,) = desk.site.config.sources
    public = private.model_copy(update={"allow_private": False})
    object.__setattr__(desk.site.config, "sources", (public,))
    one = await desk.ask()
    assert one.state is HubState.WANTED
    assert "127.0.0.1" in one.note
    assert desk.hub.asked == []


async def test_without_a_public_address_no_hub_is_asked(
    net: Web, hub: Hub, opened: Opened, client: Client, clock: StillClock
) -> None:
    site = opened("/a", address=net.url("").rstrip("/"))
    service = Service(site, client)
    desk = Subscriber(site, client, clock, net, service._poller)
    desk.hub = hub
    desk.announce()
    await desk.read()
    await service._ask_hubs()
    assert site.store.subscriptions() == ()
    assert hub.asked == []
    desk.poller.close()
