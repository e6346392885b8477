"""JSON to a program of the operator's, signed: `signed+https://SECRET@host/path`.

The signature is that of Standard Webhooks (standardwebhooks.com), for which there are libraries in
many languages: `webhook-signature: v1,BASE64` of HMAC-SHA256 over "ID.TIMESTAMP.BODY". See
docs/webhook.md.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import time
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote, unquote, urlsplit

from monitor.alerts.channels.http import Answer, Failure, request
from monitor.alerts.channels.port import NO_GAP, said
from monitor.alerts.event import event
from monitor.alerts.render import SHIPPED, Forms
from monitor.errors import ChannelError
from monitor.models import Alert, Delivery, Refused, SendResult, Sent, TryLater, Unknown

SHORTEST = 16  # bytes of a secret
_MARK = "whsec_"
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where to post, and the secret shared with it."""

    url: str = field(repr=False)
    host: str
    secret: bytes = field(repr=False)


def open_signed(name: str, url: str, *, notices: bool, forms: Forms = SHIPPED) -> SignedChannel:
    """The channel for a signed+http(s) URL. Raises ChannelError where host or secret is missing."""
    scheme = url.partition("://")[0].lower().removeprefix("signed+")
    try:
        parts = urlsplit(_encoded(url))
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host:
        raise ChannelError(f"channel {name}: the signed+{scheme}:// URL names no host and port")
    place = f"[{host}]" if ":" in host else host
    place = f"{place}:{port}" if port else place
    query = f"?{parts.query}" if parts.query else ""
    secret = _secret(name, parts.username, parts.password)
    address = f"{scheme}://{place}{parts.path or '/'}{query}"
    return SignedChannel(name, Receiver(address, place, secret), notices=notices, forms=forms)


def _encoded(url: str) -> str:
    """The URL with a whsec_ secret percent-encoded: the "/" of base64 would end the host."""
    head, mark, rest = url.partition("://")
    secret, at, place = rest.partition("@")
    if not (at and secret.startswith(_MARK)):
        return url
    return f"{head}{mark}{quote(unquote(secret), safe='')}@{place}"


def _secret(name: str, user: str | None, password: str | None) -> bytes:
    """The secret of the URL: text, or whsec_ and base64 as Standard Webhooks writes it."""
    if user and password:
        raise ChannelError(f"channel {name}: a ':' in the secret of the signed URL is written %3A")
    text = unquote(password or user or "")
    raw = text.encode()
    if text.startswith(_MARK):
        try:
            raw = base64.b64decode(text.removeprefix(_MARK), validate=True)
        except (binascii.Error, ValueError):
            raise ChannelError(
                f"channel {name}: the secret begins with {_MARK} and is no base64 after it"
            ) from None
    if len(raw) < SHORTEST:
        raise ChannelError(
            f"channel {name}: the signed URL needs a secret of {SHORTEST} bytes or more: "
            f"signed+https://SECRET@host/path"
        )
    return raw


class SignedChannel:
    """Posts each alert by itself, as JSON that the receiver can prove to be ours."""

    kind = "signed"
    room = 1  # a program takes them one by one
    interval: timedelta = NO_GAP
    recipients = ("endpoint",)
    updates = True

    def __init__(
        self, name: str, receiver: Receiver, *, notices: bool, forms: Forms = SHIPPED
    ) -> None:
        self.name = name
        self.notices = notices
        self.forms = forms
        self._receiver = receiver

    def __repr__(self) -> str:
        return f"SignedChannel({self.name!r}, {self._receiver.host!r})"

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        """Post the alert; any 2xx is taken as accepted. The same alert has the same webhook-id."""
        try:
            body = event(alert, self.forms.words, self.forms.page).model_dump_json().encode()
        except (ValueError, TypeError, AttributeError) as error:
            return Refused(f"the alert cannot be written as JSON: {type(error).__name__}")
        headers = signature(self._receiver.secret, alert.id, int(time.time()), body)
        answer = request("POST", self._receiver.url, deadline, body=body, headers=headers)
        if isinstance(answer, Failure):
            words = f"{self._receiver.host}: {answer.why}"
            return Unknown(words) if answer.sent else TryLater(words)
        return self._judged(answer)

    def describe(self) -> str:
        """The host."""
        return f"signed JSON to {self._receiver.host}"

    def _judged(self, answer: Answer) -> SendResult:
        if 200 <= answer.status < 300:
            return Sent()
        secret = self._receiver.secret.decode("utf-8", "replace")
        path = urlsplit(self._receiver.url).path.strip("/")  # often a token
        heard = said(answer.body, self._receiver.url, path, secret)
        words = f"{self._receiver.host} answered {answer.status}: {heard or 'nothing'}"
        if 400 <= answer.status < 500 and answer.status not in {408, 425, 429}:
            return Refused(words)
        return TryLater(words, answer.retry_after)


def signature(secret: bytes, id: str, at: int, body: bytes) -> dict[str, str]:
    """The headers that prove a body: who asks checks them within five minutes of `at`."""
    if not _ID.fullmatch(id):
        id = hashlib.sha256(id.encode("utf-8", "replace")).hexdigest()[:24]
    signed = f"{id}.{at}.".encode() + body
    digest = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{digest}",
    }
