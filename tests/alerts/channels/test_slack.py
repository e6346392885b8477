from __future__ import annotations

import json
import logging
import ssl
import time
from dataclasses import replace
from typing import Any

import pytest

from monitor.alerts.channels import open_channel
from monitor.alerts.channels.slack import SlackChannel
from monitor.config.settings import Channel
from monitor.models import Alert, Refused, SendResult, Sent, TryLater, Unknown
from tests.alerts.examples import CANARY, HOSTILE, LEAD, ORDINARY, delivery
from tests.alerts.servers import HttpScript, Reply, scripted_http


def hook(server: HttpScript, scheme: str = "slack+http") -> SlackChannel:
    return opened(f"{scheme}://127.0.0.1:{server.port}/services/T/B/{CANARY}")


def bot(server: HttpScript) -> SlackChannel:
    return opened(f"slack+http://{CANARY}@127.0.0.1:{server.port}/?to=%23desk")


def opened(url: str) -> SlackChannel:
    channel = open_channel("desk", Channel(url=url), {})  # type: ignore[arg-type]
    assert isinstance(channel, SlackChannel)
    return channel


def send(
    channel: SlackChannel,
    alert: Alert = ORDINARY,
    seconds: float = 5,
    thread: str | None = None,
    recipient: str = "webhook",
) -> SendResult:
    return channel.send(delivery(recipient), alert, time.monotonic() + seconds, thread)


def posted(server: HttpScript, at: int = 0) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(server.requests[at].body)
    return body


def test_a_webhook_that_says_ok_has_taken_the_message() -> None:
    with scripted_http(Reply(200, b"ok\n")) as server:
        assert send(hook(server)) == Sent()
    assert server.requests[0].path == f"/services/T/B/{CANARY}"
    message = posted(server)
    assert set(message) == {"text", "blocks", "unfurl_links", "unfurl_media"}
    assert message["text"].startswith(LEAD)
    assert message["unfurl_links"] is False
    assert server.requests[0].headers["Content-Type"] == "application/json"


def test_an_older_webhook_is_told_the_channel_of_its_url() -> None:
    with scripted_http() as server:
        send(hook(server), recipient="#desk")
    assert posted(server)["channel"] == "#desk"


@pytest.mark.parametrize("body", [b"", b"<html>Please log in</html>", b'{"ok":true}', b"not ok"])
def test_G8_any_other_body_than_ok_is_no_success(body: bytes) -> None:
    with scripted_http(Reply(200, body)) as server:
        result = send(hook(server))
    assert isinstance(result, TryLater)
    assert "answered 200, but not ok: " + (body.decode() or "nothing") in result.why


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_G8_a_redirect_is_neither_followed_nor_a_success(status: int) -> None:
    with scripted_http(Reply()) as elsewhere:
        target = f"http://127.0.0.1:{elsewhere.port}/{CANARY}"
        with scripted_http(Reply(status, b"ok", {"Location": target})) as server:
            result = send(hook(server))
    assert isinstance(result, TryLater)
    assert result.why.endswith(f"answered {status}; redirects are not followed")
    assert not elsewhere.requests


def test_G5_nothing_is_sent_while_slack_asks_for_a_pause() -> None:
    with scripted_http(Reply(429, b"rate_limited", {"Retry-After": "30"}), Reply()) as server:
        channel, other = hook(server), hook(server)
        first = send(channel)
        second = send(channel)
        assert len(server.requests) == 1
        assert send(other) == Sent()
    assert isinstance(first, Unknown)
    assert first.after is not None
    assert first.after.total_seconds() == 30
    assert isinstance(second, TryLater)
    assert second.after is not None
    assert 25 < second.after.total_seconds() <= 30


def test_G5_after_the_pause_messages_flow_again() -> None:
    with scripted_http(Reply(429, b"", {"Retry-After": "1"}), Reply()) as server:
        channel = hook(server)
        assert isinstance(send(channel), Unknown)
        time.sleep(1.05)
        assert send(channel) == Sent()


def test_G5_a_429_without_a_time_pauses_half_a_minute() -> None:
    with scripted_http(Reply(429, b"")) as server:
        result = send(hook(server))
    assert isinstance(result, Unknown)
    assert result.after is not None
    assert result.after.total_seconds() == 30


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b"invalid_blocks"),
        (400, b"invalid_token"),
        (403, b"action_prohibited"),
        (404, b"no_service"),
        (410, b"channel_is_archived"),
    ],
)
def test_G7_a_lasting_error_is_refused_with_slacks_own_word(status: int, body: bytes) -> None:
    with scripted_http(Reply(status, body)) as server:
        result = send(hook(server))
    assert result == Refused(f"127.0.0.1:{server.port} answered {status}: {body.decode()}")


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 504])
def test_a_passing_error_is_tried_later(status: int) -> None:
    with scripted_http(Reply(status, b"rollup_error")) as server:
        result = send(hook(server))
    assert result == TryLater(f"127.0.0.1:{server.port} answered {status}: rollup_error")


def test_a_503_may_name_its_time() -> None:
    with scripted_http(Reply(503, b"", {"Retry-After": "120"})) as server:
        result = send(hook(server))
    assert isinstance(result, TryLater)
    assert result.after is not None
    assert result.after.total_seconds() == 120


def test_G3_silence_after_the_message_went_out_is_an_open_question() -> None:
    with scripted_http(Reply(0)) as server:
        before = time.monotonic()
        result = send(hook(server), seconds=0.4)
        assert time.monotonic() - before < 3
    assert result == Unknown(f"127.0.0.1:{server.port}: no answer in time")


def test_G3_a_connection_that_ends_after_the_message_went_out_is_an_open_question() -> None:
    with scripted_http(Reply(-1)) as server:
        result = send(hook(server))
    assert result == Unknown(f"127.0.0.1:{server.port}: the connection ended before the answer")


def test_nobody_listening_is_tried_later() -> None:
    with scripted_http() as server:
        channel = hook(server)
    result = send(channel)
    assert isinstance(result, TryLater)
    assert "no connection" in result.why


@pytest.mark.usefixtures("trusted")
def test_a_server_with_a_trusted_certificate_is_reached(server_tls: ssl.SSLContext) -> None:
    with scripted_http(tls=server_tls) as server:
        assert send(hook(server, "slack+https")) == Sent()


def test_B9_a_server_with_a_strange_certificate_gets_no_message(
    server_tls: ssl.SSLContext,
) -> None:
    with scripted_http(tls=server_tls) as server:
        result = send(hook(server, "slack+https"))
    assert isinstance(result, TryLater)
    assert "CERTIFICATE_VERIFY_FAILED" in result.why
    assert not server.requests


def test_B11_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_http() as proxy, scripted_http() as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert send(hook(server)) == Sent()
    assert not proxy.requests


def test_a_bot_posts_to_its_channel_and_keeps_the_time_stamp() -> None:
    with scripted_http(Reply(200, b'{"ok":true,"ts":"15.03"}')) as server:
        assert send(bot(server), recipient="#desk") == Sent(reference="15.03")
    assert server.requests[0].path == "/api/chat.postMessage"
    assert server.requests[0].headers["Authorization"] == f"Bearer {CANARY}"
    assert posted(server)["channel"] == "#desk"
    assert "thread_ts" not in posted(server)


def test_a_follow_up_of_a_bot_goes_under_the_first_message() -> None:
    with scripted_http(Reply(200, b'{"ok":true}')) as server:
        assert send(bot(server), thread="15.03", recipient="#desk") == Sent()
    assert posted(server)["thread_ts"] == "15.03"


def test_a_thread_that_is_gone_does_not_cost_the_message() -> None:
    gone = Reply(200, b'{"ok":false,"error":"thread_not_found"}')
    with scripted_http(gone, Reply(200, b'{"ok":true,"ts":"16.00"}')) as server:
        assert send(bot(server), thread="15.03") == Sent(reference="16.00")
    assert "thread_ts" not in posted(server, 1)


@pytest.mark.parametrize("error", ["channel_not_found", "invalid_auth", "token_expired"])
def test_G7_a_bot_without_rights_is_refused(error: str) -> None:
    with scripted_http(Reply(200, json.dumps({"ok": False, "error": error}).encode())) as server:
        assert send(bot(server)) == Refused(f"127.0.0.1:{server.port} says {error}")


@pytest.mark.parametrize("error", ["ratelimited", "internal_error", "service_unavailable"])
def test_a_bad_moment_of_the_api_is_tried_later(error: str) -> None:
    body = json.dumps({"ok": False, "error": error}).encode()
    with scripted_http(Reply(200, body)) as server:
        assert send(bot(server)) == TryLater(f"127.0.0.1:{server.port} says {error}")


@pytest.mark.parametrize("body", [b"ok", b"[]", b'{"ok":1}', b'{"ok":false}', b"\xff"])
def test_G8_a_bots_answer_that_is_not_slacks_is_no_success(body: bytes) -> None:
    with scripted_http(Reply(200, body)) as server:
        result = send(bot(server))
    assert isinstance(result, TryLater)
    assert "but not ok" in result.why


def test_C9_a_hostile_alert_arrives_as_harmless_text() -> None:
    with scripted_http() as server:
        assert send(hook(server), HOSTILE) == Sent()
    sent = server.requests[0].body.decode()
    assert "<!channel>" not in sent
    assert "<@U1>" not in sent
    assert "\\u001b" not in sent
    assert "\\u202e" not in sent


def test_G14_the_plain_form_is_sent_without_blocks() -> None:
    wrong: Any = {"moves": (None,)}
    broken = replace(ORDINARY, **wrong)
    with scripted_http() as server:
        assert send(hook(server), broken) == Sent()
    assert "blocks" not in posted(server)
    assert posted(server)["text"].startswith(ORDINARY.headline)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, f"/services/T/B/{CANARY} is not here".encode()),
        Reply(404, f"no such page: {CANARY}".encode()),
        Reply(429, CANARY.encode()),
        Reply(500, CANARY.encode()),
        Reply(302, b"", {"Location": f"/{CANARY}"}),
        Reply(200, json.dumps({"ok": False, "error": CANARY}).encode()),
        Reply(-1),
    ],
)
def test_H2_no_token_shows_in_a_result_or_a_log(
    reply: Reply, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with scripted_http(reply) as server:
        for channel in (hook(server), bot(server)):
            result = send(channel)
            assert not isinstance(result, Sent)
            assert CANARY not in repr(result) + repr(channel)
    assert CANARY not in caplog.text
