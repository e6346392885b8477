"""The sign of life to somebody else's machine, with a real server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.config.load import load
from monitor.errors import ConfigError
from monitor.models import Alert, DeliveryState
from monitor.service.heartbeat import Heartbeat
from monitor.service.ping import Ping, send, watch
from monitor.service.site import Site
from tests.acceptance.world import World
from tests.alerts.servers import HttpScript, Reply, scripted_http

Opened = Callable[..., Site]


def pinging(world: World, opened: Opened, url: str) -> Site:
    hook = world.web.url.replace("http://", "slack+http://")
    return opened("/a", channels=f"  room:\n    url: {hook}/hook\npolicy:\n  ping: {url}\n")


def asked(server: HttpScript) -> list[str]:
    return [request.path for request in server.requests]


async def test_a_watch_that_works_asks_the_address_and_one_that_does_not_asks_fail(
    world: World, opened: Opened
) -> None:
    with scripted_http(Reply(200)) as server:
        site = pinging(world, opened, f"http://127.0.0.1:{server.port}/ping/c4n4ry/?create=1")
        ping = Ping(site)
        await ping.beat()  # before the first tick of a service that just started
        assert asked(server) == []
        Heartbeat(site.config.data).beat()
        await ping.beat()
        Heartbeat(site.config.data).end()
        await ping.beat()
        assert asked(server) == ["/ping/c4n4ry/?create=1", "/ping/c4n4ry/fail?create=1"]


async def test_no_source_that_can_be_read_is_a_failure(world: World, opened: Opened) -> None:
    site = pinging(world, opened, "http://127.0.0.1:9/x")
    Heartbeat(site.config.data).beat()
    assert watch(site).ok
    (state,) = site.store.source_states()
    with site.store.writing() as unit:
        unit.save_source(replace(state, failures=2, last_error="down"))
    assert watch(site).why == "none of 1 sources can be read"


async def test_no_channel_that_takes_messages_is_a_failure_and_logged_once(
    world: World, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    with scripted_http(*[Reply(200)] * 4) as server:
        site = pinging(world, opened, f"http://127.0.0.1:{server.port}/x")
        Heartbeat(site.config.data).beat()
        ping = Ping(site)
        await ping.beat()
        for number, state in enumerate((DeliveryState.REFUSED,) * 2 + (DeliveryState.SENT,)):
            now = site.clock.now() + timedelta(minutes=number)
            with site.store.writing() as unit:
                unit.save_alert(Alert(f"a{number}", "notice", now, "Hello"), [("room", "webhook")])
                ((claimed, _),) = unit.claim_message(now, "me", timedelta(minutes=1))
                after = now + timedelta(seconds=1)
                unit.record_delivery(claimed.id, claimed.attempt, state, after, error="404: gone")
            await ping.beat()
        assert asked(server) == ["/x", "/x/fail", "/x/fail", "/x"]
    said = "".join(capsys.readouterr())
    assert said.count("the watch does not work") == 1
    assert "no channel takes messages, for example room: 404: gone" in said
    assert said.count("the watch works again") == 1


async def test_without_an_address_nothing_is_asked(opened: Opened) -> None:
    await Ping(opened("/a")).beat()


async def test_a_ping_that_does_not_arrive_is_logged_once_and_without_its_address(
    world: World, opened: Opened, capsys: pytest.CaptureFixture[str]
) -> None:
    with scripted_http(Reply(404), Reply(404), Reply(200)) as server:
        site = pinging(world, opened, f"http://127.0.0.1:{server.port}/c4n4ry")
        Heartbeat(site.config.data).beat()
        ping = Ping(site)
        for _ in range(3):
            await ping.beat()
    said = "".join(capsys.readouterr())
    assert said.count("ping does not arrive") == 1
    assert said.count("ping arrives again") == 1
    assert "the server answered 404" in said
    assert "c4n4ry" not in said


def test_a_redirect_is_not_followed_and_nobody_listening_is_told() -> None:
    with scripted_http(Reply(302, b"", {"Location": "/elsewhere"})) as server:
        port = server.port
        assert send(f"http://127.0.0.1:{port}/x", ok=True) == "the server answered 302"
        assert asked(server) == ["/x"]
    assert "no connection" in (send(f"http://127.0.0.1:{port}/x", ok=True) or "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ftp://hc.example/c4n4ry", "policy.ping: must be an address, http:// or https://"),
        ("https://hc.example/${NO_SUCH_VARIABLE}", "policy.ping: the environment variable NO_SUCH"),
    ],
)
def test_H1_a_mistyped_ping_is_one_line_without_its_value(
    world: World, opened: Opened, written: str, said: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        pinging(world, opened, written)
    assert said in str(refused.value)
    assert "c4n4ry" not in str(refused.value)


def test_the_ping_comes_from_the_environment(world: World, opened: Opened) -> None:
    opened("/a")
    text = world.config.read_text(encoding="utf-8")
    world.config.write_text(f"{text}policy:\n  ping: ${{PING}}\n", encoding="utf-8")
    config = load(world.config, {"PING": "https://hc.example/x"})
    assert config.settings.policy.ping is not None
    assert config.settings.policy.ping.get_secret_value() == "https://hc.example/x"
    assert "PING" in config.variables
