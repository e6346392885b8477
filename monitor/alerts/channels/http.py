"""One request with a hard deadline, telling "not sent" from "sent, answer lost"."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from monitor import __version__
from monitor.alerts.channels.port import remaining, tls_context

_CONNECT = 10.0
_ANSWER = 30.0
_MAX_BODY = 65_536


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, up to 64 KiB of it."""

    status: int
    body: bytes
    retry_after: timedelta | None = None

    def json(self) -> Mapping[str, Any]:
        """The body as a JSON object; an empty one if it is none."""
        with suppress(ValueError):
            found = json.loads(self.body)
            if isinstance(found, dict):
                return found
        return {}


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer. `sent` where the whole request had gone out, so that it may have been taken."""

    why: str
    sent: bool


def post_json(
    url: str, payload: Mapping[str, Any], deadline: float, *, token: str | None = None
) -> Answer | Failure:
    """POST `payload` as JSON; see `request`."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
    return request("POST", url, deadline, body=body, headers=headers)


def request(
    method: str,
    url: str,
    deadline: float,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer | Failure:
    """Ask an operator's address, without following redirects or proxies of the environment.

    Ends by `deadline` (time.monotonic()) whatever the server does.
    """
    if deadline <= time.monotonic():
        return Failure("no time left", sent=False)
    watch = _Watch()
    sent = {"User-Agent": f"liaison-monitor/{__version__}", **(headers or {})}
    alarm = threading.Timer(remaining(deadline, 600), watch.hang_up)
    alarm.daemon = True
    alarm.start()
    try:
        return _ask(method, url, body, sent, deadline, watch)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Failure(_cause(error, watch), watch.sent)
    finally:
        alarm.cancel()


def _ask(
    method: str, url: str, body: bytes, headers: dict[str, str], deadline: float, watch: _Watch
) -> Answer:
    timeout = httpx.Timeout(remaining(deadline, _ANSWER), connect=remaining(deadline, _CONNECT))
    # A connection for each message: one kept open may be closed by the other side just as we
    # write, and then nobody knows whether the message was taken.
    with (
        httpx.Client(
            verify=tls_context(), trust_env=False, follow_redirects=False, timeout=timeout
        ) as client,
        client.stream(
            method, url, content=body or None, headers=headers, extensions={"trace": watch}
        ) as response,
    ):
        heard = b""
        for chunk in response.iter_raw():
            heard += chunk
            if len(heard) > _MAX_BODY:
                break
        if watch.late:  # a body without a length looks complete when we hang up
            raise httpx.ReadTimeout("hung up")
        return Answer(response.status_code, heard[:_MAX_BODY], retry_after(response.headers))


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """The server's wish in seconds or as a date, from 1 second to 24 hours; None if it has none."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        wish = timedelta(seconds=min(float(value), 86_400.0))
    except ValueError:
        try:
            then = parsedate_to_datetime(value)
        except ValueError:
            return None
        wish = then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)
    return min(max(wish, timedelta(seconds=1)), timedelta(hours=24))


class _Watch:
    """Sees httpcore's trace events: which socket is used, and when the request was all out."""

    def __init__(self) -> None:
        self.sent = False
        self.late = False
        self._socket: socket.socket | None = None

    def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self.late:
                self.hang_up()
        elif event == "http11.send_request_body.complete":
            self.sent = True

    def hang_up(self) -> None:
        """End the connection from outside; a read that waits on it ends at once."""
        self.late = True
        if self._socket is not None:
            with suppress(OSError):
                # Not the method of a TLS socket: that one is not made for another thread.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _cause(error: Exception, watch: _Watch) -> str:
    if watch.late or isinstance(error, httpx.TimeoutException):
        return "no answer in time" if watch.sent else "no connection in time"
    if isinstance(error, httpx.ConnectError):
        return f"no connection: {error}"
    return "the connection ended before the answer" if watch.sent else "the connection broke"
