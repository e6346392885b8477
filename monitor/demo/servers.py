"""The demo's servers, on loopback: feeds over HTTP, a mail server, and a Slack-like webhook.

They keep what they accepted in ledgers, and answer only when it is on the disk.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import re
import socket
import socketserver
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.demo.feeds import Document
from monitor.demo.ledger import Ledger, write_safely

HOST = "127.0.0.1"
LARGEST = 1_000_000  # bytes of a webhook's payload

_ALERT_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")
_ALERT_LINE = re.compile(r"Alert ([0-9a-f]{24})(?![0-9a-f])")

Shelf = Callable[[str], Document | None]
Told = Callable[[dict[str, Any]], None]


def free_ports(count: int) -> list[int]:
    """Ports on loopback that nobody listens on at this moment, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


class _Http(ThreadingHTTPServer):
    """A server for many short requests at once, without a look-up of its own host name."""

    daemon_threads = True
    request_queue_size = 128

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A service that was killed leaves broken connections: no news for the terminal."""


class _Handler(BaseHTTPRequestHandler):
    """Answers with a length each time, so that a connection can be used again."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The terminal belongs to the demo."""


class HttpServer:
    """One HTTP server in a thread of its own, from `start` to `stop`."""

    def __init__(self, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        self.port = port
        self._handler = handler

    def start(self) -> None:
        """Begin to answer; OSError if the port is taken. Port 0 becomes a free one."""
        self._server = _Http((HOST, self.port), self._handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def feed_server(port: int, shelf: Shelf) -> HttpServer:
    """Serves what `shelf` has at a path: 200, 304 for what the reader holds already, or 404."""

    class Handler(_Handler):
        def do_GET(self) -> None:
            found = shelf(self.path)
            if found is None:
                return self.answer(404)
            marks = {"ETag": found.etag, "Last_Modified": found.last_modified}
            if self._holds(found):
                return self.answer_unchanged(marks)
            return self.answer(200, found.body, Content_Type=found.content_type, **marks)

        def answer_unchanged(self, marks: dict[str, str]) -> None:
            self.send_response(304)
            for name, value in marks.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def _holds(self, found: Document) -> bool:
            """An entity tag outranks a date, as HTTP wants it."""
            tags = self.headers.get("If-None-Match")
            if tags is not None:
                return found.etag in {tag.strip() for tag in tags.split(",")} or tags == "*"
            return _not_after(found.last_modified, self.headers.get("If-Modified-Since"))

    return HttpServer(port, Handler)


def _not_after(changed: str, since: str | None) -> bool:
    try:
        return since is not None and parsedate_to_datetime(changed) <= parsedate_to_datetime(since)
    except ValueError:
        return False


def slack_server(port: int, ledger: Ledger, told: Told) -> HttpServer:
    """Takes messages at any path, as Slack's incoming webhooks do, and says "ok"."""

    class Handler(_Handler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if not 0 < length <= LARGEST:
                self.close_connection = True
                return self.answer(400, b"invalid_payload")
            payload = _payload(self.rfile.read(length), self.headers.get_content_type())
            if payload is None:
                return self.answer(400, b"invalid_payload")
            if not (payload.get("text") or payload.get("blocks") or payload.get("attachments")):
                return self.answer(400, b"no_text")
            row = {"at": _now(), "alert": alert_in_payload(payload), "payload": payload}
            ledger.append(row)
            self.answer(200, b"ok")
            return told(row)

    return HttpServer(port, Handler)


def _payload(body: bytes, content_type: str) -> dict[str, Any] | None:
    """The message object, sent as JSON or as the form field `payload`; None if there is none."""
    try:
        text = body.decode("utf-8")
        if content_type == "application/x-www-form-urlencoded":
            text = parse_qs(text)["payload"][0]
        found = json.loads(text)
    except (ValueError, KeyError):
        return None
    return found if isinstance(found, dict) else None


class MailServer:
    """A real SMTP server in a thread of its own; every accepted mail is kept as a file."""

    def __init__(self, port: int, folder: Path, ledger: Ledger, told: Told) -> None:
        self._folder, self._ledger, self._told = folder, ledger, told
        self.port = port

    def start(self) -> None:
        """Begin to answer; OSError if the port is taken. Port 0 becomes a free one."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            self._server = self._call(
                self._loop.create_server(
                    lambda: SMTP(self, hostname="demo.example", loop=self._loop), HOST, self.port
                )
            )
        except OSError:
            self._end_loop()
            raise
        self.port = int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        """Answer no more."""
        self._server.close()
        self._end_loop()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail and its row, then answer 250."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        rows = [_mail_row(message, recipient) for recipient in envelope.rcpt_tos]
        number = len(list(self._folder.iterdir())) + 1
        write_safely(self._folder / f"{number:04}.eml", content)
        for row in rows:
            self._ledger.append({**row, "file": f"{number:04}.eml"})
        self._loop.call_soon(lambda: [self._told(row) for row in rows])
        return "250 OK"

    def _call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _end_loop(self) -> None:
        self._call(_cancel_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _cancel_all() -> None:
    """End the conversations that are still open."""
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _mail_row(message: EmailMessage, recipient: str) -> dict[str, Any]:
    return {
        "at": _now(),
        "alert": alert_in_mail(message),
        "recipient": recipient,
        "message_id": str(message["Message-ID"]),
        "subject": str(message["Subject"]),
    }


def alert_in_mail(message: EmailMessage) -> str:
    """The id of the alert that a mail carries, "" where it carries none."""
    found = _ALERT_ID.search(str(message["Message-ID"]))
    return found[0] if found else ""


def alert_in_payload(payload: dict[str, Any]) -> str:
    """The id of the alert that a Slack message carries, "" where it carries none."""
    found = _ALERT_LINE.search(json.dumps(payload))
    return found[1] if found else ""


def _now() -> str:
    return datetime.now(UTC).isoformat()
