"""Real servers on loopback that play a script: SMTP line by line, HTTP answer by answer."""

from __future__ import annotations

import asyncio
import contextlib
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

DROP = "drop"  # close the connection instead of answering
HANG = "hang"  # say nothing until the server stops
DRIP = "drip"  # a byte now and then, never a whole answer


@dataclass
class SmtpScript:
    """Answers by verb; the last one of a list stays. "." is the answer after the final dot."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("8BITMIME",)
    accepted: list[tuple[str, bytes]] = field(default_factory=list)  # handed over with a dot
    spoken: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    def answer(self, verb: str) -> str | None:
        planned = self.answers.get(verb)
        if not planned:
            return None
        return planned.pop(0) if len(planned) > 1 else planned[0]


@contextlib.contextmanager
def scripted_smtp(**script: Any) -> Iterator[SmtpScript]:
    """An SMTP server that follows a script."""
    plan = SmtpScript(**script)

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                _converse(self, plan)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Talk) as server:
        plan.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield plan
        finally:
            plan.stop.set()
            server.shutdown()
            thread.join()


def _converse(talk: socketserver.StreamRequestHandler, plan: SmtpScript) -> None:
    recipient = ""
    if not _say(talk, plan, "connect", "220 test"):
        return
    while line := talk.rfile.readline():
        text = line.decode("utf-8").strip()
        plan.spoken.append(text)
        verb = text.split(" ")[0].upper()
        usual = "250 ok"
        if verb == "EHLO":
            usual = "\r\n".join(
                ["250-test", *(f"250-{name}" for name in plan.extensions), "250 HELP"]
            )
        elif verb == "RCPT":
            recipient = text.partition("<")[2].partition(">")[0]
            verb = recipient if recipient in plan.answers else verb
        elif verb == "DATA":
            usual = "354 go on"
        elif verb == "QUIT":
            usual = "221 bye"
        answer = _say(talk, plan, verb, usual)
        if answer.startswith("354"):
            body = b""
            while (part := talk.rfile.readline()) not in {b".\r\n", b""}:
                body += part
            plan.accepted.append((recipient, body))
            answer = _say(talk, plan, ".", "250 taken")
        if not answer or verb == "QUIT":
            return


def _say(talk: socketserver.StreamRequestHandler, plan: SmtpScript, verb: str, usual: str) -> str:
    """Answer; "" where the conversation is over."""
    answer = plan.answer(verb) or usual
    if answer == HANG:
        plan.stop.wait(20)
        return ""
    if answer == DROP:
        return ""
    if answer == DRIP:
        while not plan.stop.wait(0.05):
            talk.wfile.write(b"2")
        return ""
    talk.wfile.write(answer.encode() + b"\r\n")
    return answer


@dataclass
class Mailbox:
    """What a real SMTP server took, and whether the conversation was secured by then."""

    port: int = 0
    mails: list[tuple[str, bytes]] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        self.mails += [(recipient, content) for recipient in envelope.rcpt_tos]
        self.secured.append(session.ssl is not None)
        return "250 taken"


@contextlib.contextmanager
def real_smtp(tls: ssl.SSLContext | None = None, **options: Any) -> Iterator[Mailbox]:
    """aiosmtpd on a free port of loopback; `tls` from the first byte."""
    box = Mailbox()
    loop = asyncio.new_event_loop()

    def build() -> SMTP:
        return SMTP(box, hostname="test", loop=loop, **options)

    server = loop.run_until_complete(loop.create_server(build, "127.0.0.1", 0, ssl=tls))
    box.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield box
    finally:
        asyncio.run_coroutine_threadsafe(_closed(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _closed(server: asyncio.Server) -> None:
    server.close()
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@dataclass
class Reply:
    """One HTTP answer. `status` 0 hangs, -1 drops the connection after reading the request."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Posted:
    """One request as the server read it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class HttpScript:
    """Answers in order, the last one for ever after."""

    replies: list[Reply]
    requests: list[Posted] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    port: int = 0


@contextlib.contextmanager
def scripted_http(*replies: Reply, tls: ssl.SSLContext | None = None) -> Iterator[HttpScript]:
    """An HTTP server that follows a script."""
    plan = HttpScript(list(replies) or [Reply()])
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(plan))
    server.daemon_threads = True
    server.block_on_close = False
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    plan.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield plan
    finally:
        plan.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(plan: HttpScript) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            plan.requests.append(Posted(self.path, dict(self.headers.items()), body))
            reply = plan.replies.pop(0) if len(plan.replies) > 1 else plan.replies[0]
            self.close_connection = True
            if reply.status <= 0:
                if reply.status == 0:
                    plan.stop.wait(20)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(reply.body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
