"""A WebSub hub on loopback: takes requests, asks back, delivers signed documents."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen

from tests.loopback import Loopback, Silent


class Hub(Loopback):
    """`answer` is what a request gets; `checks` whether the hub asks back, as it has to."""

    def __init__(self) -> None:
        self.answer: tuple[int, dict[str, str], bytes] = (202, {}, b"")
        self.checks = True
        self.lease = 3600
        self.asked: list[dict[str, str]] = []  # requests, as forms
        self.confirmed: list[tuple[str, str]] = []  # (mode, topic)
        self.refused_by_us: list[int] = []
        self.callbacks: dict[str, dict[str, str]] = {}  # by topic
        hub = self

        class Handler(Silent):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                pairs = parse_qs(self.rfile.read(length).decode(), strict_parsing=True)
                form = {name: values[0] for name, values in pairs.items()}
                hub.asked.append(form)
                if hub.answer[0] == 202 and hub.checks:
                    hub.check(form)
                self.answer(*hub.answer)

        super().__init__(Handler)

    @property
    def url(self) -> str:
        """Where it takes requests."""
        return f"{super().url}/"

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
