"""What stands before every route: who may ask, and what an answer may load."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import re
from urllib.parse import urlsplit

from pydantic import SecretStr
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

USER = "monitor"

# Nothing but our own style sheet and icon may load; nobody may frame the page or be sent a form.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Asks for the password when there is one; without one it answers only to this machine's names.

    The second rule keeps a web page elsewhere from reading this one through a name of its own that
    it points at 127.0.0.1 (DNS rebinding). No header of a proxy is believed. Paths that match
    `open_to` are for everybody.
    """

    def __init__(
        self, app: ASGIApp, password: SecretStr | None, open_to: str | None = None
    ) -> None:
        self._app = app
        self._password = password
        self._open_to = re.compile(open_to) if open_to else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        is_open = self._open_to is not None and self._open_to.fullmatch(scope["path"])
        refusal = None if is_open else self._refusal(Headers(scope=scope))
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, headers: Headers) -> Response | None:
        if self._password is None:
            if _names_this_machine(headers.get("host", "")):
                return None
            text = "Without a password this page answers only as localhost or 127.0.0.1.\n"
            return PlainTextResponse(text, 421)
        expected = f"{USER}:{self._password.get_secret_value()}".encode()
        if hmac.compare_digest(_credentials(headers.get("authorization", "")), expected):
            return None
        asks = {"WWW-Authenticate": 'Basic realm="Liaison Monitor", charset="UTF-8"'}
        return PlainTextResponse("A user name and a password are needed.\n", 401, asks)


def _credentials(header: str) -> bytes:
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return b""
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _names_this_machine(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
