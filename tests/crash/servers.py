"""Feeds, a mail server and a Slack-like webhook that keep ledgers and stop at every step.

What they took is on the disk before they answer. At each step of the protocol `Stage.at` is asked,
which may kill the service, wait, or say what to answer instead.
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from monitor.demo.ledger import Ledger
from monitor.demo.servers import HOST as HOST
from monitor.demo.servers import _payload, alert_in_mail, alert_in_payload

MAIL, SLACK = "desk", "room"  # names of the channels
DROP = "drop"  # the connection ends instead of an answer
SMTP_STEPS = ("connect", "hello", "auth", "sender", "rcpt", "data", "dot", "taken", "250", "quit")
HTTP_STEPS = ("post", "posted", "status", "answered")
SERVED = "feed served"  # a document went out in answer to a poll
STEPS = tuple(f"smtp {step}" for step in SMTP_STEPS) + tuple(f"http {step}" for step in HTTP_STEPS)


@dataclass
class Stage:
    """What the servers share with the rig: the ledgers, the script, and who is on stage.

    `run` is the number of the process that talks now. `on_step` is called at each step. `last` is
    when the latest was reached, by the monotonic clock.
    """

    folder: Path
    run: int = 0
    last: float = 0.0
    answers: dict[str, list[str]] = field(default_factory=dict)  # a step's next answers
    on_step: Callable[[str, int], None] = lambda step, nth: None
    on_message: Callable[[dict[str, Any]], str] = lambda row: ""  # what is wrong with it
    documents: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # path: etag, RSS
    wrong: list[str] = field(default_factory=list)
    failures: list[tuple[int, str]] = field(default_factory=list)  # (run, channel) of bad answers

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._seen: Counter[str] = Counter()
        self.clear()

    def clear(self) -> None:
        """Begin anew, with empty ledgers."""
        for name in ("accepted", "published"):
            (self.folder / f"{name}.jsonl").unlink(missing_ok=True)
        self.accepted = Ledger(self.folder / "accepted.jsonl")
        self.published = Ledger(self.folder / "published.jsonl")
        self._seen.clear()
        self.answers.clear()
        self.wrong.clear()
        self.failures.clear()

    def at(self, step: str) -> str:
        """A step is reached; what to answer instead of the usual, "" for the usual."""
        with self._lock:
            self._seen[step] += 1
            nth = self._seen[step]
            planned = self.answers.get(step)
            answer = planned.pop(0) if planned else ""
            if answer:
                self.failures.append((self.run, MAIL if step.startswith("smtp") else SLACK))
            self.last = time.monotonic()
        self.on_step(step, nth)
        return answer

    def take(self, row: dict[str, Any]) -> None:
        """A message is accepted: kept on the disk, and looked at."""
        if problem := self.on_message(row):
            self.wrong.append(problem)
        self.accepted.append(row)

    def talking(self, by: int) -> None:
        """Count a conversation that begins or ends."""
        with self._lock:
            self._open += by

    @property
    def quiet(self) -> bool:
        """Whether nobody talks with a server."""
        return self._open == 0


class _Server:
    """A server in a thread of its own on a free port."""

    def __init__(self, server: socketserver.TCPServer) -> None:
        self._server = server
        self.port = server.server_address[1]
        self._thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A killed service leaves broken connections."""


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        socketserver.TCPServer.server_bind(self)  # without a look-up of the own name

    def handle_error(self, request: Any, client_address: Any) -> None:
        """As above."""


def serve_mail(stage: Stage) -> _Server:
    """The mail server."""

    class Talk(_Mail):
        pass

    Talk.stage = stage
    return _Server(_Tcp((HOST, 0), Talk))


class _Mail(socketserver.StreamRequestHandler):
    """One SMTP conversation, with a log-in."""

    stage: Stage
    timeout = 20

    def handle(self) -> None:
        self.run, self.recipient = self.stage.run, ""
        self.stage.talking(1)
        try:
            with suppress(OSError):
                self.talk()
        finally:
            self.stage.talking(-1)

    def talk(self) -> None:
        if not self.say("smtp connect", "220 test"):
            return
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if not self.answer(verb.upper(), rest):
                return

    def answer(self, verb: str, rest: str) -> bool:
        """Answer one command; False when the conversation is over."""
        match verb:
            case "EHLO":
                return self.say("smtp hello", "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME")
            case "AUTH":
                assert base64.b64decode(rest.split()[-1])
                return self.say("smtp auth", "235 welcome")
            case "MAIL":
                return self.say("smtp sender", "250 ok")
            case "RCPT":
                self.recipient = rest.partition("<")[2].partition(">")[0]
                return self.say("smtp rcpt", "250 ok")
            case "DATA":
                return self.data()
            case "QUIT":
                self.say("smtp quit", "221 bye")
                return False
        return self.say("smtp other", "250 ok")

    def data(self) -> bool:
        if not self.say("smtp data", "354 go on"):
            return True
        body = b""
        while (part := self.rfile.readline()) not in (b".\r\n", b""):
            body += part
        if not part:
            return False  # no final dot: the message does not count
        answer = self.stage.at("smtp dot")
        if answer and answer != DROP:
            return self.write(answer)
        mail = email.message_from_bytes(body, policy=email.policy.default)
        said = mail.get_body(("plain",))
        text = str(said.get_content()) if said is not None else ""
        row = {"run": self.run, "channel": MAIL, "recipient": self.recipient, "text": text}
        row |= {"alert": alert_in_mail(mail), "message_id": str(mail["Message-ID"])}
        self.stage.take(row | {"lost": answer == DROP})
        self.stage.at("smtp taken")
        if answer == DROP or not self.write("250 taken"):
            return False
        self.stage.at("smtp 250")
        return True

    def say(self, step: str, usual: str) -> bool:
        """Answer as planned or as usual; False for a connection that ended or a refusal."""
        answer = self.stage.at(step) or usual
        return answer != DROP and self.write(answer)

    def write(self, answer: str) -> bool:
        self.wfile.write(answer.encode() + b"\r\n")
        return True


def serve_web(stage: Stage) -> _Server:
    """Feeds by GET, the webhook by POST."""

    class Talk(_Web):
        pass

    Talk.stage = stage
    return _Server(_Http((HOST, 0), Talk))


class _Web(BaseHTTPRequestHandler):
    stage: Stage
    timeout = 20

    def do_GET(self) -> None:
        found = self.stage.documents.get(self.path)
        if found is None:
            return self.reply(404, b"")
        etag, body = found
        if self.headers.get("If-None-Match") == etag:
            return self.reply(304, b"", ETag=etag)
        self.stage.published.append({"run": self.stage.run, "path": self.path, "etag": etag})
        self.reply(200, body, ETag=etag, Content_Type="application/rss+xml")
        self.stage.at(SERVED)
        return None

    def do_POST(self) -> None:
        run = self.stage.run
        self.stage.talking(1)
        try:
            self.post(run)
        finally:
            self.stage.talking(-1)

    def post(self, run: int) -> None:
        answer = self.stage.at("http post")
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return None  # killed while it spoke: half a message does not count
        if answer and answer != DROP and not answer.startswith("taken"):
            status, _, wait = answer.partition(" ")
            echo = f"{self.path} is busy".encode()  # with the secret part of the address
            return self.reply(int(status), echo, **({"Retry_After": wait} if wait else {}))
        payload = _payload(body, self.headers.get_content_type()) or {}
        row = {
            "run": run,
            "channel": SLACK,
            "recipient": "webhook",
            "alert": alert_in_payload(payload),
            "text": json.dumps(payload, ensure_ascii=False),
        }
        self.stage.take(row | {"message_id": "", "lost": bool(answer)})
        self.stage.at("http posted")
        if answer == DROP:
            return None
        self.stage.at("http status")
        if answer:  # "taken 429": it was posted although the answer says otherwise
            self.reply(int(answer.split()[1]), b"busy", Retry_After="1")
        else:
            self.reply(200, b"ok")
        self.stage.at("http answered")
        return None

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        with suppress(OSError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """The terminal belongs to the rig."""
