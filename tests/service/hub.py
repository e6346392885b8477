"""A WebSub hub on loopback: takes requests, asks back, delivers signed documents."""

from __future__ import annotations

import hashlib
import hmac
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen


@dataclass
class Hub:
    """`answer` is what a request gets; `checks` whether the hub asks back, as it has to."""

    answer: tuple[int, dict[str, str], bytes] = (202, {}, b"")
    checks: bool = True
    lease: int = 3600
    asked: list[dict[str, str]] = field(default_factory=list)  # requests, as forms
    confirmed: list[tuple[str, str]] = field(default_factory=list)  # (mode, topic)
    refused_by_us: list[int] = field(default_factory=list)
    callbacks: dict[str, dict[str, str]] = field(default_factory=dict)  # by topic

    def __post_init__(self) -> None:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                pairs = parse_qs(self.rfile.read(length).decode(), strict_parsing=True)
                form = {name: values[0] for name, values in pairs.items()}
                hub.asked.append(form)
                status, headers, body = hub.answer
                if status == 202 and hub.checks:
                    hub.check(form)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def check(self, form: dict[str, str]) -> None:
        """Verification of intent: the callback has to answer with our challenge."""
        challenge = f"challenge-{len(self.asked)}"
        mode, topic = form["hub.mode"], form["hub.topic"]
        query = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": challenge}
        if mode == "subscribe":
            query["hub.lease_seconds"] = str(self.lease)
        status, said = self.get(form["hub.callback"], query)
        if (status, said) != (200, challenge.encode()):
            self.refused_by_us.append(status)
            return
        self.confirmed.append((mode, topic))
        if mode == "subscribe":
            self.callbacks[topic] = form
        else:
            self.callbacks.pop(topic, None)

    def deny(self, form: dict[str, str], reason: str) -> int:
        """Tell a subscriber that it is refused."""
        query = {"hub.mode": "denied", "hub.topic": form["hub.topic"], "hub.reason": reason}
        return self.get(form["hub.callback"], query)[0]

    def publish(self, topic: str, body: bytes, method: str = "sha256", secret: str = "") -> int:
        """Deliver a document to the subscriber of a topic; the status of its answer."""
        form = self.callbacks[topic]
        key = (secret or form["hub.secret"]).encode()
        digest = hmac.new(key, body, getattr(hashlib, method)).hexdigest()
        headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": f"{method}={digest}"}
        return _status(Request(form["hub.callback"], data=body, headers=headers))

    @staticmethod
    def get(callback: str, query: dict[str, str]) -> tuple[int, bytes]:
        """Call back with these parameters."""
        try:
            with urlopen(f"{callback}?{urlencode(query)}", timeout=10) as answer:
                return answer.status, answer.read()
        except HTTPError as error:
            with error:
                return error.code, b""


def _status(request: Any) -> int:
    try:
        with urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code
