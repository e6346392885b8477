from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from dataclasses import replace as changed
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest

from monitor.alerts.channels import ChannelPort, open_channel
from monitor.alerts.channels.signed import signature
from monitor.config.settings import Channel
from monitor.errors import ChannelError
from monitor.models import Alert, Refused, SendResult, Sent, TryLater, Unknown
from tests.alerts.examples import CANARY, HOSTILE, LEAD, ORDINARY, delivery
from tests.alerts.servers import Reply, scripted_http

SECRET = f"{CANARY}-of-32-bytes-or-so"
WINDOW = 300  # seconds that a receiver allows between the time stamp and now


@dataclass
class Receiver:
    """A program of an operator's, written from docs/webhook.md alone."""

    secret: bytes
    port: int = 0
    taken: list[dict[str, Any]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def judge(self, headers: Any, body: bytes) -> int:
        id_, at = headers["webhook-id"], headers["webhook-timestamp"]
        if abs(time.time() - int(at)) > WINDOW:
            return 400
        digest = hmac.new(self.secret, f"{id_}.{at}.".encode() + body, hashlib.sha256).digest()
        expected = "v1," + base64.b64encode(digest).decode()
        given = headers["webhook-signature"].split(" ")
        if not any(hmac.compare_digest(expected, one) for one in given):
            return 401
        if id_ not in self.ids:
            self.ids.add(id_)
            self.taken.append(json.loads(body))
        return 204


@contextlib.contextmanager
def receiving(secret: bytes) -> Iterator[Receiver]:
    receiver = Receiver(secret)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(receiver.judge(self.headers, body))
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def opened(port: int, secret: str = SECRET, path: str = "/hook?team=a") -> ChannelPort:
    url: Any = f"signed+http://{secret}@127.0.0.1:{port}{path}"
    return open_channel("desk", Channel(url=url), {})


def send(channel: ChannelPort, alert: Alert = ORDINARY, seconds: float = 10) -> SendResult:
    return channel.send(delivery(), alert, time.monotonic() + seconds)


@pytest.mark.parametrize("written", ["text", "whsec"])
def test_a_receiver_with_the_secret_takes_the_alert_once(written: str) -> None:
    secret = SECRET.encode()
    shown = SECRET if written == "text" else "whsec_" + base64.b64encode(secret).decode()
    with receiving(secret) as receiver:
        channel = opened(receiver.port, shown.replace("=", "%3D"))
        assert send(channel) == Sent()
        assert send(channel) == Sent()  # a copy has the same webhook-id
    (found,) = receiver.taken
    assert (found["id"], found["lead"]) == (ORDINARY.id, LEAD)


@pytest.mark.parametrize("encoded", [False, True], ids=["as it is", "percent-encoded"])
def test_a_whsec_secret_may_hold_a_slash_and_a_plus(encoded: bool) -> None:
    secret = bytes([0xFB, 0xFF, 0xBF]) * 8  # its base64 is +/+/+/+/...
    shown = "whsec_" + base64.b64encode(secret).decode()
    assert "/" in shown
    assert "+" in shown
    with receiving(secret) as receiver:
        channel = opened(receiver.port, quote(shown, safe="") if encoded else shown)
        assert send(channel) == Sent()
    assert channel.describe() == f"signed JSON to 127.0.0.1:{receiver.port}"


def test_a_receiver_with_another_secret_takes_nothing() -> None:
    with receiving(b"another secret of 32 bytes or so") as receiver:
        result = send(opened(receiver.port))
    assert isinstance(result, Refused)
    assert "answered 401" in result.why
    assert receiver.taken == []


def test_what_is_replayed_later_or_changed_on_the_way_is_not_taken() -> None:
    receiver, body = Receiver(SECRET.encode()), b'{"id": "1"}'
    now = int(time.time())
    good = signature(SECRET.encode(), "1", now, body)
    assert receiver.judge(good, body) == 204
    assert receiver.judge(good, b'{"id": "2"}') == 401
    assert receiver.judge(good | {"webhook-id": "2"}, body) == 401
    assert receiver.judge(good | {"webhook-timestamp": str(now + 1)}, body) == 401
    late = signature(SECRET.encode(), "1", now - WINDOW - 60, body)
    assert receiver.judge(late, body) == 400


def test_the_published_example_of_standard_webhooks_has_its_signature() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    id_, body = "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}'
    headers = signature(secret, id_, 1614265330, body)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert headers["webhook-id"] == id_


def test_the_request_goes_where_the_url_says_with_a_hostile_alert_as_json() -> None:
    with scripted_http(Reply(200)) as server:
        assert send(opened(server.port), HOSTILE) == Sent()
    (request,) = server.requests
    assert request.path == "/hook?team=a"
    assert "authorization" not in {name.lower() for name in request.headers}
    assert json.loads(request.body)["topic_title"].startswith("red <!channel>")
    sent_id = {name.lower(): value for name, value in request.headers.items()}["webhook-id"]
    assert sent_id.isalnum()


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (Reply(410, b"gone"), Refused, "answered 410: gone"),
        (Reply(429, b"", {"Retry-After": "30"}), TryLater, "answered 429: nothing"),
        (Reply(503, b"down"), TryLater, "answered 503: down"),
        (Reply(302, b"", {"Location": "/x"}), TryLater, "answered 302"),
        (Reply(-1), Unknown, "ended before the answer"),
    ],
)
def test_G7_G8_the_answer_decides_what_follows(
    reply: Reply, kind: type[SendResult], said: str
) -> None:
    with scripted_http(reply) as server:
        result = send(opened(server.port))
        assert isinstance(result, kind)
        assert said in result.why  # type: ignore[union-attr]
        assert len(server.requests) == 1


def test_nobody_listening_is_tried_later() -> None:
    with scripted_http() as server:
        port = server.port
    assert isinstance(send(opened(port)), TryLater)


def test_an_alert_that_is_no_json_is_refused() -> None:
    wrong: Any = {"outlets": "many"}
    assert isinstance(send(opened(1), changed(ORDINARY, **wrong)), Refused)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("signed+https://host.example/path", "needs a secret of 16 bytes or more"),
        (f"signed+https://{CANARY[:8]}@host.example/", "needs a secret of 16 bytes or more"),
        (f"signed+https://whsec_{CANARY}!@host.example/", "is no base64 after it"),
        (f"signed+https://ab:{CANARY * 3}@host.example/", "a ':' in the secret"),
        (f"signed+https://{CANARY * 3}@/path", "names no host"),
        (f"signed+https://{CANARY * 3}@host.example:port/", "names no host"),
        (f"singed+https://{CANARY * 3}@host.example/", "did you mean signed+https://"),
    ],
)
def test_H1_H2_a_mistyped_url_is_one_line_without_the_secret(url: str, said: str) -> None:
    wrong: Any = url
    with pytest.raises(ChannelError) as refused:
        open_channel("desk", Channel(url=wrong), {})
    assert said in str(refused.value)
    assert CANARY[:8] not in str(refused.value)


def test_H2_no_secret_shows_in_a_result_or_a_name() -> None:
    with scripted_http(Reply(400, f"no {SECRET} at /{CANARY}".encode())) as server:
        channel = opened(server.port, path=f"/{CANARY}")
        result = send(channel)
    assert isinstance(result, Refused)
    assert CANARY not in result.why
    for text in (repr(channel), channel.describe()):
        assert CANARY not in text
    assert (channel.kind, channel.room, channel.updates) == ("signed", 1, True)
    assert channel.describe() == f"signed JSON to 127.0.0.1:{server.port}"


def test_an_address_of_ipv6_is_kept_in_its_brackets() -> None:
    url: Any = f"signed+https://{SECRET}@[2001:db8::1]/x"
    channel = open_channel("desk", Channel(url=url), {})
    assert channel.describe() == "signed JSON to [2001:db8::1]"
