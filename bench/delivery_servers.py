"""What bench/delivery.py sends to: a mail server and a webhook that count, and a feed."""

from __future__ import annotations

import email
import email.policy
import json
import re
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

HOST = "127.0.0.1"
NUMBER = re.compile(r"(?:Development|sends) (\d{6})")  # what a message tells


@dataclass
class Taken:
    """What the servers took: the numbers of the alerts, the times of messages, refusals."""

    told: Counter[int] = field(default_factory=Counter)
    at: dict[int, float] = field(default_factory=dict)
    messages: int = 0
    refused: int = 0
    last: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, text: str) -> None:
        """A message is accepted."""
        now = time.monotonic()
        with self.lock:
            self.messages += 1
            self.last = now
            for number in {int(found) for found in NUMBER.findall(" ".join(text.split()))}:
                self.told[number] += 1
                self.at.setdefault(number, now)


class _Mail(socketserver.StreamRequestHandler):
    taken: Taken

    def handle(self) -> None:
        self._say("220 bench")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._data()
            elif verb == b"QUIT":
                return self._say("221 bye")
            else:
                self._say("250 ok")
        return None

    def _data(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        body = mail.get_body(("plain",))
        # A single alert names earlier ones below; a list names none in its subject.
        single = NUMBER.search(str(mail["Subject"]))
        self.taken.take(single[0] if single else str(body.get_content() if body else ""))
        self._say("250 taken")

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")


class _Web(BaseHTTPRequestHandler):
    taken: Taken
    feed: Callable[[], tuple[str, bytes]]
    answered: Callable[[str], None]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        etag, body = self.feed()
        if self.headers.get("If-None-Match") == etag:
            return self._answer(304, b"", ETag=etag)
        self._answer(200, body, ETag=etag, Content_Type="application/rss+xml")
        return self.answered(etag)

    def do_POST(self) -> None:
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.taken.lock:
            early = time.monotonic() - self.taken.last < 1.0
            self.taken.refused += early
        if early:
            return self._answer(429, b"slow down", Retry_After="1")
        self.taken.take(json.dumps(payload, ensure_ascii=False))
        return self._answer(200, b"ok")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The terminal is for the figures."""


class _Quiet(socketserver.ThreadingMixIn):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A service that was killed leaves broken connections: no news for the terminal."""


class _Tcp(_Quiet, socketserver.TCPServer):
    request_queue_size = 64


class _Http(_Quiet, HTTPServer):
    """The same for the webhook and the feeds."""


class Feed:
    """One feed; `publish` adds an entry, `served` is when each number was first answered."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.served: dict[int, float] = {}

    def publish(self, number: int) -> None:
        """An entry that alerts: another figure of a report."""
        people = f"{number:06d} officials"
        title = f"North Korea sends {people} to the Kaesong liaison office"
        text = f"North Korea sent {people} to the inter-Korean liaison office in Kaesong."
        self.items.insert(
            0,
            f"<item><title>{title}</title><link>http://{HOST}/{number}</link><description>{text}"
            f"</description><pubDate>{format_datetime(datetime.now(UTC))}</pubDate></item>",
        )

    def document(self) -> tuple[str, bytes]:
        """Its ETag and RSS."""
        rows = "".join(self.items[:20])
        text = f'<rss version="2.0"><channel><title>A</title>{rows}</channel></rss>'
        return f'"{len(self.items)}"', text.encode()

    def answered(self, etag: str) -> None:
        """A reader has got it."""
        self.served.setdefault(int(etag.strip('"')), time.monotonic())


def serve(taken: Taken, feed: Feed) -> tuple[socketserver.TCPServer, socketserver.TCPServer]:
    """A mail server, and a webhook that is the feed's server too, each in threads of its own."""
    news = {"feed": staticmethod(feed.document), "answered": staticmethod(feed.answered)}
    mail = type("Mail", (_Mail,), {"taken": taken})
    web = type("Web", (_Web,), {"taken": taken, **news})
    servers = _Tcp((HOST, 0), mail), _Http((HOST, 0), web)
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return servers
