"""WebSub, as a subscriber (https://www.w3.org/TR/websub/): what is asked of a hub, what it sends.

A hub pushes the new document itself; we take its call as a hint alone and read the feed as ever.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from datetime import timedelta
from urllib.parse import urlencode

from monitor.errors import FetchError, HttpStatus
from monitor.models import Fetched, ParsedFeed
from monitor.sources.net import Answer, Client

LEASE = timedelta(days=10)  # asked for; the hub says what it grants
LEASE_MIN, LEASE_MAX = timedelta(minutes=5), timedelta(days=30)
_SECONDS = 20.0  # for one request to a hub, redirects included
_MOST_WORDS = 500  # bytes of a hub's refusal that are read
_REDIRECTS = (307, 308)
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "*/*"}
_DIGESTS = ("sha1", "sha256", "sha384", "sha512")
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)


def announced(got: Fetched, feed: ParsedFeed) -> tuple[str, str] | None:
    """The hub of a feed and the address the hub knows it by; None where none is announced.

    Link headers count before the document, as the specification asks (section 4).
    """
    said = _links(got.link or "")
    hub = said.get("hub") or feed.hub
    topic = said.get("self") or feed.self_url or got.url
    web = hub is not None and all(a.startswith(("http://", "https://")) for a in (hub, topic))
    return (hub, topic) if hub is not None and web and len(hub) + len(topic) <= 4000 else None


def _links(header: str) -> dict[str, str]:
    """The first target of each relation of a Link header (RFC 8288)."""
    found: dict[str, str] = {}
    for target, parameters in _LINK.findall(header[:8000]):
        rel = _REL.search(parameters)
        for name in ((rel[1] or rel[2]) if rel else "").lower().split():
            found.setdefault(name, target.strip())
    return found


async def ask(
    client: Client,
    hub: str,
    *,
    subscribe: bool,
    topic: str,
    callback: str,
    secret: str,
    private: bool,
) -> None:
    """Ask a hub to begin or to end calling; returns when it took the request.

    It will ask back at `callback` whether the request was ours. Raises FetchError with its words.
    """
    form = {
        "hub.callback": callback,
        "hub.mode": "subscribe" if subscribe else "unsubscribe",
        "hub.topic": topic,
    }
    if subscribe:
        form |= {"hub.lease_seconds": str(int(LEASE.total_seconds())), "hub.secret": secret}
    body = urlencode(form).encode()
    deadline = time.monotonic() + _SECONDS
    for _ in range(3):
        async with client.post(hub, _FORM, body, private=private, deadline=deadline) as answer:
            if answer.status in _REDIRECTS and answer.location is not None:
                hub = answer.location
                continue
            if 200 <= answer.status < 300:
                return
            raise HttpStatus(
                answer.status, f"the hub answered {answer.status}{await _said(answer)}"
            )
    raise FetchError("the hub redirects again and again")


async def _said(answer: Answer) -> str:
    """The hub's own words for a refusal, if they are plain text."""
    if not answer.headers.get("content-type", "").lower().startswith("text/plain"):
        return ""
    words = b""
    async for chunk in answer.chunks:
        words += chunk
        if len(words) >= _MOST_WORDS:
            break
    text = " ".join(words[:_MOST_WORDS].decode("utf-8", "replace").split())
    return f": {text[:200]}" if text else ""


def granted(lease_seconds: str | None) -> timedelta:
    """How long a hub will call: what it says, from five minutes to thirty days."""
    if lease_seconds is None or not re.fullmatch(r"\d{1,12}", lease_seconds.strip()):
        return LEASE
    return max(LEASE_MIN, min(timedelta(seconds=int(lease_seconds)), LEASE_MAX))


def is_signed(body: bytes, signature: str | None, secret: str) -> bool:
    """Whether the body is signed with our secret: `X-Hub-Signature: method=hex` (section 7)."""
    method, _, value = (signature or "").strip().partition("=")
    if method.lower() not in _DIGESTS:
        return False
    digest = hmac.new(secret.encode(), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(digest.encode(), value.strip().lower().encode())
