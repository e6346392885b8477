"""What the service asks of a channel."""

from __future__ import annotations

import logging
import ssl
import time
import warnings
from datetime import timedelta
from functools import lru_cache
from typing import Any, Protocol

from monitor.alerts.channels.apprised import SENDER, unheard
from monitor.alerts.render import Forms
from monitor.alerts.text import safe_text
from monitor.models import Alert, Delivery, SendResult

NO_GAP = timedelta(0)


class ChannelPort(Protocol):
    """One configured channel. Its repr, `describe` and results never hold a secret.

    `recipients` are the ids of outbox rows: stable while the configuration stays, one a person
    for e-mail, one a conversation elsewhere. `interval` is the least time between two sends.
    """

    @property
    def name(self) -> str:
        """The name in monitor.yaml."""
        ...

    @property
    def kind(self) -> str:
        """ "console", "email", "slack", "signed" or "apprise"."""
        ...

    @property
    def recipients(self) -> tuple[str, ...]:
        """The ids of outbox rows, at least one."""
        ...

    @property
    def notices(self) -> bool:
        """Whether the service's own notices go here as well."""
        ...

    @property
    def updates(self) -> bool:
        """Whether a message can be added to what was sent, so that it disturbs nobody anew."""
        ...

    @property
    def forms(self) -> Forms:
        """How its messages are laid out."""
        ...

    @property
    def interval(self) -> timedelta:
        """The least time between two sends."""
        ...

    @property
    def room(self) -> int:
        """How many alerts one message can list without leaving one out."""
        ...

    def send(
        self, delivery: Delivery, alert: Alert, deadline: float, thread: str | None = None
    ) -> SendResult:
        """Send `alert` to `delivery.recipient`, ending by `deadline`, a moment of time.monotonic().

        `thread` is the reference that the story's first alert got on this channel and recipient.
        Blocks; runs in a thread. Never raises for what a server or a network does.
        """
        ...

    def describe(self) -> str:
        """The channel in a few words for people, without secrets."""
        ...


class _AtLeast(logging.Filter):
    """Drops records below a level whatever level the logger is set to."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record may pass."""
        return record.levelno >= self._level


_FLOORS = {
    "apprise": _AtLeast(logging.INFO),
    "httpx": _AtLeast(logging.WARNING),
    "httpcore.http11": _AtLeast(logging.INFO),
    "urllib3.connectionpool": _AtLeast(logging.INFO),
}


def quiet_loggers() -> None:
    """Keep tokens out of logs.

    Apprise prints them at DEBUG, urllib3 (below it) each path at DEBUG, httpx each address at INFO,
    httpcore (below it) each header that comes back at DEBUG.
    """
    for name, floor in _FLOORS.items():
        logging.getLogger(name).addFilter(floor)


@lru_cache(maxsize=1)
def apprise_schemes() -> frozenset[str]:
    """Every schema that this Apprise can send to. The first call loads its plugins (half a second).

    They touch modules that Python is about to drop, which is no business of our users.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from apprise import NotificationManager

        manager: Any = NotificationManager  # a singleton without types
        return frozenset(manager().schemas(include_disabled=False))


def made_by_apprise(url: str) -> Any:
    """Apprise's object for `url`, without types; None where it does not take the URL."""
    apprise_schemes()
    from apprise import Apprise, AppriseAsset

    asset = AppriseAsset(app_id=SENDER, app_desc=SENDER, async_mode=False)
    with unheard():
        return Apprise.instantiate(url, asset=asset)


def remaining(deadline: float, at_most: float) -> float:
    """Seconds until `deadline`, at most `at_most` and never less than 0.001."""
    return max(min(deadline - time.monotonic(), at_most), 0.001)


@lru_cache(maxsize=1)
def tls_context() -> ssl.SSLContext:
    """Verified TLS by the system's certificates, those of SSL_CERT_FILE, and certifi's."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def said(answer: str | bytes, *secrets: str | None) -> str:
    """A server's words, safe to keep and show: one line of at most 160 characters, no secret."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    text = safe_text(text)
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    return safe_text(text, 160)
