from __future__ import annotations

import json
import logging
import time

import pytest

from monitor.alerts.channels import ChannelPort, open_channel
from monitor.config.settings import Channel
from monitor.models import Sent, TryLater, Unknown
from tests.alerts.examples import CANARY, HOSTILE, LEAD, ORDINARY, delivery
from tests.alerts.servers import Reply, scripted_http


def opened(url: str) -> ChannelPort:
    return open_channel("desk", Channel(url=url), {})  # type: ignore[arg-type]


def soon(seconds: float = 5) -> float:
    return time.monotonic() + seconds


def test_L2_any_other_service_gets_title_and_text() -> None:
    with scripted_http(Reply(200, b"{}")) as server:
        channel = opened(f"json://127.0.0.1:{server.port}/{CANARY}")
        assert channel.send(delivery("all"), ORDINARY, soon()) == Sent()
    message = json.loads(server.requests[0].body)
    assert message["title"] == LEAD
    assert "North's staff: present → withdrawn" in message["message"]
    assert "https://example.org/a?x=1&y=2" in message["message"]


def test_G9_a_message_is_cut_to_what_the_service_takes() -> None:
    with scripted_http(Reply(200, b"{}")) as server:
        url = f"ntfy://127.0.0.1:{server.port}/room"
        assert opened(url).send(delivery("all"), HOSTILE, soon()) == Sent()
    (request,) = server.requests
    assert 7_000 < len(request.body.decode()) <= 7_800  # ntfy takes no more


@pytest.mark.parametrize(
    ("url", "room"), [("json://127.0.0.1/", 20), ("tgram://123456789:abcdefg_hijklmnop/1234", 5)]
)
def test_a_message_lists_as_many_alerts_as_the_service_has_room_for(url: str, room: int) -> None:
    assert opened(url).room == room


def test_L2_a_failure_is_tried_later_and_names_the_service() -> None:
    with scripted_http(Reply(500, b"")) as server:
        channel = opened(f"json://127.0.0.1:{server.port}/{CANARY}")
        result = channel.send(delivery("all"), ORDINARY, soon())
    assert result == TryLater("JSON did not take the message; Apprise names no cause")


def test_G13_a_service_that_hangs_ends_at_the_deadline_as_an_open_question() -> None:
    with scripted_http(Reply(0)) as server:
        channel = opened(f"json://127.0.0.1:{server.port}/")
        before = time.monotonic()
        result = channel.send(delivery("all"), ORDINARY, soon(0.3))
        assert time.monotonic() - before < 2
    assert result == Unknown("JSON did not answer in time")


def test_a_deadline_that_has_passed_sends_nothing() -> None:
    with scripted_http() as server:
        channel = opened(f"json://127.0.0.1:{server.port}/")
        assert isinstance(channel.send(delivery("all"), ORDINARY, soon(-1)), TryLater)
    assert not server.requests


def test_C9_text_stays_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with scripted_http(Reply(200, b"{}")) as server:
        channel = opened(f"json://127.0.0.1:{server.port}/{CANARY}")
        assert channel.send(delivery("all"), HOSTILE, soon()) == Sent()
    message = json.loads(server.requests[0].body)
    assert "<script>" in message["title"] + message["message"]
    assert "\x1b" not in message["title"] + message["message"]
    assert "@channel" not in message["message"]
    assert CANARY not in caplog.text + repr(channel)
